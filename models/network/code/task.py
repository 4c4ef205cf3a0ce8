"""What a network can be trained for, judged by its end: the loss and the answers that fit."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.network.rows import LayerRow, leaves, unbatched
from models.network.shapes import walk
from models.specs.network import DropoutLayer, FlattenLayer, NetworkSpec

PICTURES = 64


@dataclass(frozen=True)
class Task:
    """`note` names the comment on the answers; the rest is code: random answers, the loss and metric of Keras, of PyTorch."""

    note: str
    keras_answers: str
    keras_loss: str
    keras_metric: str
    torch_answers: str
    torch_loss: str


def task_of(spec: NetworkSpec) -> Task:
    """Softmax: one class each. Sigmoid: yes or no per unit. No function: the classes' logits. Anything else: numbers."""
    rows = walk(spec)
    shape = unbatched(rows[-1].output_shape) if rows else spec.input_shape
    end = last_activation(rows)
    if len(shape) == 1 and shape[0] > 1 and end in ("softmax", "none"):
        return one_class(shape[0], logits=end == "none")
    sizes, first = listed((PICTURES, *shape)), listed((PICTURES, *shape[2:], *shape[:2]))
    if end == "sigmoid":
        return Task(
            note="yes_no",
            keras_answers=f'random.integers(2, size={sizes}).astype("float32")',
            keras_loss="keras.losses.BinaryCrossentropy()",
            keras_metric="keras.metrics.BinaryAccuracy()",
            torch_answers=f"torch.randint(2, {first}).float()",
            torch_loss="nn.functional.binary_cross_entropy(output, answers)",
        )
    return Task(
        note="values",
        keras_answers=f'random.random({sizes}, dtype="float32")',
        keras_loss="keras.losses.MeanSquaredError()",
        keras_metric="keras.metrics.MeanAbsoluteError()",
        torch_answers=f"torch.rand({first})",
        torch_loss="nn.functional.mse_loss(output, answers)",
    )


def one_class(classes: int, logits: bool) -> Task:
    """Each picture belongs to one of `classes`; the network ends in logits or in probabilities."""
    torch_logs = "nn.functional.cross_entropy(output, answers)"
    return Task(
        note="classes",
        keras_answers=f"random.integers({classes}, size={PICTURES})",
        keras_loss=f"keras.losses.SparseCategoricalCrossentropy({'from_logits=True' if logits else ''})",
        keras_metric='"accuracy"',
        torch_answers=f"torch.randint({classes}, ({PICTURES},))",
        torch_loss=torch_logs if logits else "nn.functional.nll_loss(torch.log(output + 1e-7), answers)",
    )


def last_activation(rows: Iterable[LayerRow]) -> str:
    """The activation function that the network's numbers come out of."""
    ends = [row.layer for row in leaves(rows) if not isinstance(row.layer, DropoutLayer | FlattenLayer)]
    return str(getattr(ends[-1], "activation", "none")) if ends else "none"


def listed(sizes: Iterable[int]) -> str:
    """A tuple as code."""
    return repr(tuple(sizes))
