"""Predict, then reveal: the output's shape and the parameters of one layer."""

from functools import partial

from app import predict
from app.facts.network_rows import key_of
from models.network.rows import LayerRow, unbatched
from models.ops.slips import parameter_slip, size_slip
from models.specs.network import ConvLayer, DenseLayer, PoolLayer, TransposedLayer


def revealed(row: LayerRow) -> bool:
    """Ask for the layer's output shape and parameter count; True once they may be shown."""
    shape, came = unbatched(row.output_shape), unbatched(row.input_shape)
    if len(shape) == 3:
        questions = [
            predict.Question("height", shape[0], partial(_side, row, 0)),
            predict.Question("width", shape[1], partial(_side, row, 1)),
            predict.Question("filters", shape[2], partial(_exactly, shape[2], "other")),
        ]
    else:
        questions = [predict.Question("units", shape[0], partial(_exactly, shape[0], "other"))]
    questions.append(predict.Question("parameters", row.parameters, partial(_parameters, row)))
    layer = row.layer
    facts = {
        "channels": came[-1],
        "filters": shape[-1],
        "stride": getattr(layer, "stride", 1),
        "window": getattr(layer, "size", 0),
    }
    return predict.revealed("network", f"{key_of(row.path)} {layer} {came}", tuple(questions), facts)


def _exactly(answer: int, slip: str, guess: int) -> str | None:
    return None if guess == answer else slip


def _side(row: LayerRow, side: int, guess: int) -> str | None:
    layer, answer = row.layer, unbatched(row.output_shape)[side]
    size = unbatched(row.input_shape)[side]
    if isinstance(layer, PoolLayer) and layer.on:
        return size_slip(guess, size, layer.size, 1, layer.stride, layer.padding)
    if isinstance(layer, ConvLayer) and not isinstance(layer, TransposedLayer) and layer.on:
        return size_slip(guess, size, layer.kernel_shape[side], layer.dilation, layer.stride, layer.padding)
    return _exactly(answer, "other", guess)


def _parameters(row: LayerRow, guess: int) -> str | None:
    layer, channels = row.layer, unbatched(row.input_shape)[-1]
    if guess == row.parameters or not layer.on:
        return _exactly(row.parameters, "other", guess)
    if isinstance(layer, ConvLayer) and layer.bias:
        return parameter_slip(guess, *layer.kernel_shape, channels, layer.filters)
    if isinstance(layer, DenseLayer) and layer.bias and guess == channels * layer.units:
        return "bias"
    if isinstance(layer, PoolLayer):
        return "pooling_has_none"
    return "other"
