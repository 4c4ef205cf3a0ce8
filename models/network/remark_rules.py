"""The single remarks: on one layer, on two neighbours. Each rule yields what it has to say about what it is shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from models.network.mends import Mend, change, insertion, removal
from models.network.rows import LayerRow, Path, place, unbatched
from models.ops.window import unvisited
from models.specs.layers import Trained, Windowed
from models.specs.network import (
    ActivationLayer,
    BatchNormLayer,
    DenseLayer,
    DepthwiseLayer,
    DropoutLayer,
    FlattenLayer,
    NetworkSpec,
    PoolLayer,
    TransposedLayer,
    ZeroPaddingLayer,
)


@dataclass(frozen=True)
class Remark:
    """`code` names the sentence, `values` its numbers, `path` the layer it is about; `mends` are changes one may want."""

    code: str
    path: Path
    values: Mapping[str, Any] = field(default_factory=dict)
    mends: tuple[Mend, ...] = ()


def remark(code: str, row: LayerRow, *mends: Mend, **values: Any) -> Remark:
    """A remark on the layer of `row`."""
    return Remark(code, row.path, {"place": place(row.path), "kind": row.layer.name, **values}, mends)


def stride_larger_than_kernel(spec: NetworkSpec, row: LayerRow) -> Iterator[Remark]:
    """Windows that leave pixels out between them."""
    layer = row.layer
    if isinstance(layer, TransposedLayer) or not isinstance(layer, Windowed | PoolLayer):
        return
    size = layer.size if isinstance(layer, PoolLayer) else min(layer.kernel_shape)
    if layer.stride > size:
        mend = change("use_stride", spec, row.path, stride=size)
        yield remark("stride_larger_than_kernel", row, mend, stride=layer.stride, size=size, skipped=layer.stride - size)


def rows_dropped(spec: NetworkSpec, row: LayerRow) -> Iterator[Remark]:
    """Rows and columns at the end that no window reaches."""
    layer = row.layer
    if isinstance(layer, TransposedLayer) or not isinstance(layer, Windowed | PoolLayer) or layer.padding != "valid":
        return
    spans = (layer.size, layer.size) if isinstance(layer, PoolLayer) else layer.spans
    sizes = unbatched(row.input_shape)[:2]
    height, width = (unvisited(size, span, layer.stride, "valid") for size, span in zip(sizes, spans, strict=True))
    if height or width:
        mend = change("use_padding", spec, row.path, padding="same")
        yield remark("rows_dropped", row, mend, rows=height, columns=width, height=sizes[0], width=sizes[1])


def uneven_overlap(spec: NetworkSpec, row: LayerRow) -> Iterator[Remark]:
    """Transposed windows that leave gaps, or overlap more often here than there.

    Source: A. Odena, V. Dumoulin, C. Olah, "Deconvolution and Checkerboard Artifacts" (Distill, 2016).
    """
    layer = row.layer
    if not isinstance(layer, TransposedLayer) or layer.stride == 1:
        return
    mend = change("use_kernel_size", spec, row.path, kernel_size=layer.stride)
    size = min(layer.kernel_shape)
    if size < layer.stride:
        yield remark("transposed_leaves_gaps", row, mend, stride=layer.stride, size=size)
    elif any(side % layer.stride for side in layer.kernel_shape):
        yield remark("checkerboard", row, mend, stride=layer.stride, size=max(layer.kernel_shape))


def does_nothing(spec: NetworkSpec, row: LayerRow) -> Iterator[Remark]:
    """A layer that hands on what comes in."""
    layer = row.layer
    idle = (
        (isinstance(layer, PoolLayer) and layer.size == layer.stride == 1)
        or (isinstance(layer, DropoutLayer) and layer.rate == 0)
        or (isinstance(layer, ZeroPaddingLayer) and layer.amount == 0)
        or (isinstance(layer, ActivationLayer) and layer.activation == "none")
        or (isinstance(layer, FlattenLayer) and len(row.input_shape) == 2)
    )
    if idle:
        yield remark("layer_does_nothing", row, removal(spec, row.path))


def zero_initializer(spec: NetworkSpec, row: LayerRow) -> Iterator[Remark]:
    """Weights that all start at 0 all get the same gradient."""
    if isinstance(row.layer, Trained) and row.layer.initializer == "zeros":
        yield remark("zero_initializer", row, change("use_initializer", spec, row.path, initializer="glorot_uniform"))


def dense_on_maps(spec: NetworkSpec, row: LayerRow) -> Iterator[Remark]:
    """A dense layer that works at every position by itself."""
    if isinstance(row.layer, DenseLayer) and len(row.input_shape) == 4:
        mends = insertion("insert_flatten", spec, row.path, FlattenLayer())
        height, width, channels = unbatched(row.input_shape)
        yield remark("dense_on_maps", row, *mends, height=height, width=width, channels=channels)


def softmax_with_one_unit(spec: NetworkSpec, row: LayerRow) -> Iterator[Remark]:
    """Shares that add up to 1, of one."""
    if getattr(row.layer, "activation", "") == "softmax" and row.output_shape[-1] == 1:
        yield remark("softmax_with_one_unit", row, change("use_activation", spec, row.path, activation="sigmoid"))


ON_ONE_LAYER = (
    stride_larger_than_kernel,
    rows_dropped,
    uneven_overlap,
    does_nothing,
    zero_initializer,
    dense_on_maps,
    softmax_with_one_unit,
)


def no_activation_between(spec: NetworkSpec, row: LayerRow, after: tuple[LayerRow, ...]) -> Iterator[Remark]:
    """Two linear layers in a row are one. A depthwise layer before a 1x1 convolution is meant so."""
    if not isinstance(row.layer, Trained) or isinstance(row.layer, DepthwiseLayer) or row.layer.activation != "none":
        return
    following = next((other for other in after if not is_linear(other)), None)
    if following and isinstance(following.layer, Trained):
        mend = change("use_activation", spec, row.path, activation="relu")
        values = {"next_place": place(following.path), "next_kind": following.layer.name}
        yield remark("no_activation_between", row, mend, **values)


def is_linear(row: LayerRow) -> bool:
    """Whether a layer without a kernel only adds and multiplies by constants (at prediction time)."""
    layer = row.layer
    average = isinstance(layer, PoolLayer) and layer.kind == "average"
    return average or isinstance(layer, DropoutLayer | ZeroPaddingLayer | BatchNormLayer | FlattenLayer)


def bias_before_batch_norm(spec: NetworkSpec, row: LayerRow, after: tuple[LayerRow, ...]) -> Iterator[Remark]:
    """A bias that batch normalisation takes away again."""
    layer = row.layer
    linear = isinstance(layer, Trained) and layer.bias and layer.activation == "none"
    if linear and after and isinstance(after[0].layer, BatchNormLayer):
        mend = change("use_bias", spec, row.path, bias=False)
        yield remark("bias_before_batch_norm", row, mend, biases=row.output_shape[-1])


def activation_twice(spec: NetworkSpec, row: LayerRow, after: tuple[LayerRow, ...]) -> Iterator[Remark]:
    """An activation function on top of another."""
    first = getattr(row.layer, "activation", "none")
    second = after[0].layer.activation if after and isinstance(after[0].layer, ActivationLayer) else "none"
    if "none" not in (first, second):
        yield remark("activation_twice", row, removal(spec, after[0].path), first=first, second=second)


ON_NEIGHBOURS = (no_activation_between, bias_before_batch_norm, activation_twice)
