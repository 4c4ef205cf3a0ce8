"""The line of Keras that does what one operation of a page does."""

from models.specs.operations import ConvSpec, PoolSpec


def conv_line(spec: ConvSpec, filters: int, activation: str, bias: float) -> str:
    """`spec` as Keras code, `keras.layers` imported as `layers`; an amount of padding takes a layer of its own.

    The code says how the layer works; its kernel is what training finds, or `layer.set_weights`.
    """
    amount = spec.padding if isinstance(spec.padding, int) else 0
    named = {
        "strides": spec.stride if spec.stride != 1 else None,
        "padding": '"same"' if spec.padding == "same" else None,
        "dilation_rate": spec.dilation if spec.dilation != 1 else None,
        "activation": f'"{activation}"' if activation != "none" else None,
        "bias_initializer": f"keras.initializers.Constant({bias:g})" if bias else None,
    }
    told = "".join(f", {name}={value}" for name, value in named.items() if value is not None)
    line = f"layers.Conv2D({filters}, kernel_size={spec.kernel_size}{told})"
    return f"layers.ZeroPadding2D({amount}),\n{line}" if amount else line


def pool_line(spec: PoolSpec) -> str:
    """`spec` as Keras code, `keras.layers` imported as `layers`; min pooling, which has no layer, on a tensor `x`."""
    if spec.kind.startswith("global_"):
        return "layers.GlobalMaxPooling2D()" if spec.kind == "global_max" else "layers.GlobalAveragePooling2D()"
    strides = f", strides={spec.stride}" if spec.stride != spec.size else ""
    same = ', padding="same"' if spec.padding == "same" else ""
    name = "AveragePooling2D" if spec.kind == "average" else "MaxPooling2D"
    line = f"layers.{name}(pool_size={spec.size}{strides}{same})"
    return f"-{line}(-x)" if spec.kind == "min" else line


def activation_line(name: str, filters: int, kernel_size: int) -> str:
    """Both ways to say it in Keras: as part of the layer before, or as a layer of its own, on a tensor `x`."""
    return (
        f'layers.Conv2D({filters}, kernel_size={kernel_size}, padding="same", activation="{name}")\n'
        f'layers.Activation("{name}")(x)  # the same as a layer of its own'
    )
