"""Complete Keras 3 programs of a network, in three styles."""

from collections.abc import Mapping
from textwrap import indent
from typing import Any

from models.errors import LearnerError
from models.network.code.flow import flow
from models.network.code.task import PICTURES, listed, task_of
from models.network.keras_calls import call_of
from models.network.rows import LayerRow, leaves
from models.network.shapes import placed, walk
from models.specs.network import BatchNormLayer, DropoutLayer, NetworkSpec, ResidualLayer

IMPORTS = """import keras
import numpy as np
from keras import layers, regularizers
"""


def sequential(spec: NetworkSpec, notes: Mapping[str, str]) -> str:
    """`keras.Sequential`, a list of layers."""
    rows = walk(spec)
    for row in rows:
        if row.layer.on and isinstance(row.layer, ResidualLayer):
            raise placed(LearnerError("sequential_cannot_branch"), row.layer, row.path)
    lines = [f"keras.Input({spec.input_shape}),", *(f"{layer_code(row)}," for row in leaves(rows))]
    model = f'model = keras.Sequential(\n    [\n{tabbed(lines, 2)}\n    ],\n    name="network",\n)'
    return program(spec, notes, model)


def functional(spec: NetworkSpec, notes: Mapping[str, str]) -> str:
    """The functional style: every layer is called with what comes in."""
    lines = [f"inputs = keras.Input({spec.input_shape})", "x = inputs", *flow(walk(spec), Functional())]
    return program(spec, notes, "\n".join([*lines, 'model = keras.Model(inputs, x, name="network")']))


def subclass(spec: NetworkSpec, notes: Mapping[str, str]) -> str:
    """A subclass of `keras.Model`: the layers are made once and called in `call`."""
    rows = walk(spec)
    made = ['super().__init__(name="network")', *(f"self.{row.name} = {layer_code(row)}" for row in leaves(rows))]
    called = [*flow(rows, Subclass()), "return x"]
    model = (
        "class Network(keras.Model):\n"
        f"    def __init__(self):\n{tabbed(made, 2)}\n\n"
        f"    def call(self, x, training=False):\n{tabbed(called, 2)}\n\n\n"
        f"model = Network()\nmodel(keras.Input({spec.input_shape}))"
    )
    return program(spec, notes, model)


class Functional:
    """Layers made where they are called."""

    def call(self, row: LayerRow) -> str:
        """A new layer."""
        return f"{layer_code(row)}(x)"

    def add(self, row: LayerRow, shortcut: str) -> str:
        """A layer of its own, with a name."""
        return f'layers.Add(name="{row.name}_add")([x, {shortcut}])'


class Subclass:
    """Layers made before."""

    def call(self, row: LayerRow) -> str:
        """A layer of the model; what behaves differently in training is told."""
        differs = isinstance(row.layer, DropoutLayer | BatchNormLayer)
        return f"self.{row.name}(x{', training=training' if differs else ''})"

    def add(self, row: LayerRow, shortcut: str) -> str:  # noqa: ARG002
        """A plain sum."""
        return f"x + {shortcut}"


def layer_code(row: LayerRow) -> str:
    """The code that makes one layer."""
    call = call_of(row.layer)
    first = [literal(value) for value in call.first]
    named = [f"{name}={argument_code(name, value)}" for name, value in call.told.items()]
    return f"layers.{call.layer}({', '.join([*first, *named, f'name={literal(row.name)}'])})"


def argument_code(name: str, value: Any) -> str:
    """The code of one named argument of a `Call`."""
    return f"regularizers.L2({value})" if name.endswith("_regularizer") else literal(value)


def literal(value: Any) -> str:
    """A value as code, text in double quotes."""
    return f'"{value}"' if isinstance(value, str) else repr(value)


def program(spec: NetworkSpec, notes: Mapping[str, str], model: str) -> str:
    """A whole program around the code of a model."""
    task = task_of(spec)
    shape = listed((PICTURES, *spec.input_shape))
    imports = IMPORTS if "regularizers." in model else IMPORTS.replace(", regularizers", "")
    gap = "\n" if model.startswith("class") else ""
    return f"""{imports}{gap}
{model}
model.summary()

# {notes["data"]}
# {notes["pictures"]} {shape}
# {notes[task.note]}
random = np.random.default_rng(0)
x = random.random({shape}, dtype="float32")
y = {task.keras_answers}

model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.001),
    loss={task.keras_loss},
    metrics=[{task.keras_metric}],
)
model.fit(x, y, batch_size=32, epochs=1)
"""


def tabbed(lines: list[str], depth: int) -> str:
    """Lines, `depth` levels deep."""
    return indent("\n".join(lines), "    " * depth)
