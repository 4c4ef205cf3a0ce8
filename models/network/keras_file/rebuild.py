"""From a plan and the weights in a file to a Keras model, layer by layer."""

from typing import Any

import keras
import tensorflow as tf

from models.errors import LearnerError
from models.network.keras_file.kinds import MERGING, LayerAsFunction
from models.network.keras_file.parts import shown
from models.network.keras_file.plan import Call, Part, Plan, in_order
from models.network.keras_file.weight_shapes import Shape, weight_shapes
from models.network.keras_file.weights import Weights

REFUSALS = (
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    AssertionError,
    RuntimeError,
    MemoryError,
    tf.errors.OpError,
)
"""What Keras raises when a layer cannot do what is asked of it."""


KERNELS = {
    **dict.fromkeys(("Conv2D", "Conv2DTranspose", "Dense"), ("kernel",)),
    "DepthwiseConv2D": ("depthwise",),
    "SeparableConv2D": ("depthwise", "pointwise"),
}
"""Class in `keras.layers` -> its arrays that Keras would draw."""


def rebuild(plan: Plan, weights: Weights) -> keras.Model:
    """The network of `plan` with the weights of the file; nothing is allocated before the file is known to fill it.

    Raises:
        LearnerError: `network_layer_does_not_fit` (layer, kind, shape: of what comes in), `network_not_connected` (layer),
            `network_outputs` (count), and those of `Weights.arrays`.
    """
    if not plan.parts or plan.exit.part == plan.entry:
        raise LearnerError("network_outputs", count=0)
    return chain(plan, weights) if plan.chain else graph(plan, weights)


def chain(plan: Plan, weights: Weights) -> keras.Model:
    """A Sequential model."""
    layers: list[Any] = [keras.Input(plan.shape, name=plan.entry)]
    shape: Shape = (None, *plan.shape)
    for part in plan.parts:
        layer = ready(part, [shape], weights)
        shape = fitted(part, [shape], lambda layer=layer, shape=shape: layer.compute_output_shape(shape))
        layers.append(layer)
    return fitted(plan.parts[-1], [shape], lambda: keras.Sequential(layers, name=plan.name))


def graph(plan: Plan, weights: Weights) -> keras.Model:
    """A Functional model."""
    entry = keras.Input(plan.shape, name=plan.entry)
    layers: dict[str, Any] = {}
    outputs: dict[str, list[Any]] = {plan.entry: [entry]}
    for part, sources in in_order(plan):
        given = [outputs[source.part][source.number] for source in sources]
        shapes = [tuple(tensor.shape) for tensor in given]
        if part.name not in layers:
            layers[part.name] = ready(part, shapes, weights)
        argument = given if part.kind in MERGING else given[0]
        output = fitted(part, shapes, lambda layer=layers[part.name], argument=argument: layer(argument))
        outputs.setdefault(part.name, []).append(output)
    leaving: Call = plan.exit
    return keras.Model(entry, outputs[leaving.part][leaving.number], name=plan.name)


def ready(part: Part, shapes: list[Shape], weights: Weights) -> Any:
    """The layer of `part` for inputs of `shapes`, built and with its weights."""
    if part.inner:
        return rebuild(part.inner, weights)
    layer = fitted(part, shapes, lambda: made(part))
    expected = fitted(part, shapes, lambda: weight_shapes(layer, shapes[0]))
    arrays = weights.arrays(part, expected) if expected else []
    fitted(part, shapes, lambda: layer.build(shapes if part.kind in MERGING else shapes[0]))
    if arrays:
        fitted(part, shapes, lambda: layer.set_weights(arrays))
    if arrays and part.kind == "Normalization":
        layer.finalize_state()
    return layer


def made(part: Part) -> Any:
    """The layer of `part`, not yet built. Its kernels begin as zeros: what is drawn would move the process's own seed."""
    zeros = {f"{kernel}_initializer": "zeros" for kernel in KERNELS.get(part.kind, ())}
    arguments = {field: function(value) if field == "activation" else value for field, value in part.arguments.items()}
    return getattr(keras.layers, part.kind)(name=part.name, **arguments, **zeros)


def function(value: str | LayerAsFunction | None) -> Any:
    """An activation function by its name, or the layer that stands in its place."""
    if isinstance(value, LayerAsFunction):
        inner = value.arguments.get("activation")
        arguments = {**value.arguments, "activation": function(inner)} if inner else value.arguments
        return getattr(keras.layers, value.kind)(**arguments)
    return getattr(keras.activations, value) if value else None


def fitted(part: Part, shapes: list[Shape], work: Any) -> Any:
    """What `work` returns.

    Raises:
        LearnerError: `network_layer_does_not_fit`, when Keras refuses it.
    """
    try:
        return work()
    except REFUSALS as error:
        shape = ", ".join(shown(shape[1:]) for shape in shapes[:3])
        raise LearnerError("network_layer_does_not_fit", layer=part.name, kind=part.kind, shape=shape) from error
