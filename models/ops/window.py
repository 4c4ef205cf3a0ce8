"""Where a sliding window fits: the arithmetic of one side (height or width) of a picture.

Source: V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning" (2016); SAME as TensorFlow defines it.
"""

from models.errors import LearnerError


def padding_amounts(size: int, span: int, stride: int, padding: str | int) -> tuple[int, int]:
    """How many zero rows (or columns) stand before and after a side of `size` pixels.

    Args:
        size: pixels of the side, 1 or more.
        span: pixels that the window covers, (kernel_size - 1) x dilation + 1.
        stride: pixels from one window to the next.
        padding: "valid" (none), "same" (so many that ceil(size / stride) windows fit; the odd one at the end), or an amount
            for either end.

    Raises:
        ValueError: for numbers below 1 or an unknown padding.
    """
    for name, value in (("size", size), ("span", span), ("stride", stride)):
        if value < 1:
            raise ValueError(f"{name}: expected 1 or more; received {value}")
    if padding == "valid":
        return 0, 0
    if padding == "same":
        total = max((-(-size // stride) - 1) * stride + span - size, 0)
        return total // 2, total - total // 2
    if isinstance(padding, str) or padding < 0:
        raise ValueError(f"padding: expected 'valid', 'same' or a number from 0 up; received {padding!r}")
    return int(padding), int(padding)


def output_size(size: int, span: int, stride: int, padding: str | int, side: str = "side") -> int:
    """How many windows fit into a side: floor((size + start + end - span) / stride) + 1; with "same", ceil(size / stride).

    `side` is what an error calls it: "height", "width" or just "side".

    Raises:
        LearnerError: `window_does_not_fit`, when not even one window fits.
        ValueError: see `padding_amounts`.
    """
    start, end = padding_amounts(size, span, stride, padding)
    padded = size + start + end
    if span > padded:
        raise LearnerError("window_does_not_fit", side=side, span=span, size=size, padded=padded, missing=span - padded)
    return (padded - span) // stride + 1


def unvisited(size: int, span: int, stride: int, padding: str | int) -> int:
    """Rows (or columns) at the end of the padded side that no window reaches, because the stride does not divide."""
    start, end = padding_amounts(size, span, stride, padding)
    return size + start + end - ((output_size(size, span, stride, padding) - 1) * stride + span)
