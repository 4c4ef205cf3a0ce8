"""A complete PyTorch program of a network."""

from collections.abc import Mapping

from models.network.code.flow import flow
from models.network.code.keras_programs import tabbed
from models.network.code.task import PICTURES, task_of
from models.network.code.torch_layers import INITIALIZERS, modules
from models.network.rows import LayerRow, leaves
from models.network.shapes import walk
from models.specs.layers import Trained
from models.specs.network import NetworkSpec

MEAN_OF_PIXELS = """class MeanOfPixels(nn.Module):
    def __init__(self, size, stride, edges):
        super().__init__()
        self.pool = nn.AvgPool2d(size, stride=stride)
        self.edges = edges

    def forward(self, x):
        inside = nn.functional.pad(torch.ones_like(x), self.edges)
        return self.pool(nn.functional.pad(x, self.edges)) / self.pool(inside)


"""
"""An average pooling that leaves padded cells out of its means, for padding that differs from side to side."""

INITIALISE = """def initialise(layer, draw):
    for weights in layer.parameters():
        draw(weights) if weights.dim() > 1 else nn.init.zeros_(weights)


"""


class Module:
    """Modules made before."""

    def call(self, row: LayerRow) -> str:
        """A module of the network."""
        return f"self.{row.name}(x)"

    def add(self, row: LayerRow, shortcut: str) -> str:  # noqa: ARG002
        """A plain sum."""
        return f"x + {shortcut}"


def pytorch(spec: NetworkSpec, notes: Mapping[str, str]) -> str:
    """`nn.Module` with the same layers, the same initializers, the same loss; channels before height and width."""
    rows = walk(spec)
    parts = list(leaves(rows))
    made = ["super().__init__()", *(f"self.{row.name} = {module_code(row)}" for row in parts)]
    called = [*flow(rows, Module()), "return x"]
    network = (
        f"class Network(nn.Module):\n    def __init__(self):\n{tabbed(made, 2)}\n\n"
        f"    def forward(self, x):\n{tabbed(called, 2)}\n\n\n"
    )
    drawn = draws(parts)
    sections = [
        "from functools import partial\n\n" if "partial(" in drawn else "",
        "import torch\nfrom torch import nn\n\n\n",
        MEAN_OF_PIXELS if "MeanOfPixels(" in network else "",
        INITIALISE if drawn else "",
        network,
        "model = Network()\n",
        drawn,
        training(spec, notes, parts),
    ]
    return "".join(sections)


def module_code(row: LayerRow) -> str:
    """The code that makes one layer."""
    parts = modules(row)
    return parts[0] if len(parts) == 1 else f"nn.Sequential({', '.join(parts)})"


def draws(parts: list[LayerRow]) -> str:
    """The code that draws the first weights, one loop per initializer."""
    groups: dict[str, list[str]] = {}
    for row in parts:
        if isinstance(row.layer, Trained):
            groups.setdefault(row.layer.initializer, []).append(f"model.{row.name}")
    return "".join(
        f"for layer in [{', '.join(names)}]:\n    initialise(layer, {INITIALIZERS[initializer]})\n"
        for initializer, names in groups.items()
    )


def penalties(parts: list[LayerRow]) -> list[str]:
    """The lines that add the L2 penalties to the loss."""
    squares = "sum(weights.square().sum() for weights in model.{}.parameters() if weights.dim() > 1)"
    penalised = [(row.name, row.layer.l2) for row in parts if isinstance(row.layer, Trained) and row.layer.l2]
    return [f"loss = loss + {factor} * {squares.format(name)}" for name, factor in penalised]


def training(spec: NetworkSpec, notes: Mapping[str, str], parts: list[LayerRow]) -> str:
    """The code that trains the model on data of the right shape."""
    task = task_of(spec)
    height, width, channels = spec.input_shape
    loop = [
        "output = model(batch)",
        f"loss = {task.torch_loss}",
        *penalties(parts),
        "optimizer.zero_grad()",
        "loss.backward()",
        "optimizer.step()",
    ]
    return f"""print("parameters:", sum(weights.numel() for weights in model.parameters()))

# {notes["data"]}
# {notes["pictures"]} ({PICTURES}, {channels}, {height}, {width}). {notes["axes"]}
# {notes[task.note]}
x = torch.rand({PICTURES}, {channels}, {height}, {width})
y = {task.torch_answers}

optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=32, shuffle=True)
for epoch in range(1):
    for batch, answers in loader:
{tabbed(loop, 2)}
    print("epoch", epoch + 1, "loss", loss.item())
"""
