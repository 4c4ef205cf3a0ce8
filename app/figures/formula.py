"""Formulas as LaTeX, with the learner's numbers put in."""

from models.ops.window import output_size, padding_amounts


def span(kernel_size: int, dilation: int) -> str:
    """How many pixels the dilated kernel covers."""
    return rf"(k - 1)\,d + 1 = ({kernel_size} - 1) \cdot {dilation} + 1 = {(kernel_size - 1) * dilation + 1}"


def output_side(side: str, size: int, window: int, stride: int, padding: str | int) -> str:
    """The size of one side (`H` or `W`) of the output: the rule, the numbers in it, what is rounded and how.

    Raises:
        LearnerError: `window_does_not_fit`.
    """
    result = output_size(size, window, stride, padding)
    if padding == "same":
        ceiling = "" if size % stride == 0 else rf"\lceil {size / stride:.2f} \rceil = "
        rule = rf"\left\lceil \frac{{{side}}}{{s}} \right\rceil"
        return _steps(side, rule, rf"\left\lceil \frac{{{size}}}{{{stride}}} \right\rceil = {ceiling}{result}")
    start, end = padding_amounts(size, window, stride, padding)
    rule = rf"\left\lfloor \frac{{{side} + p_\text{{start}} + p_\text{{end}} - w}}{{s}} \right\rfloor + 1"
    numbers = rf"\left\lfloor \frac{{{size} + {start} + {end} - {window}}}{{{stride}}} \right\rfloor + 1"
    rest = size + start + end - window
    floor = str(result - 1) if rest % stride == 0 else rf"\lfloor {rest / stride:.2f} \rfloor"
    return _steps(side, rule, rf"{numbers} = {floor} + 1 = {result}")


def _steps(side: str, rule: str, numbers: str) -> str:
    """The rule, and under it the numbers: a phone shows both without scrolling."""
    return rf"\begin{{aligned}} {side}' &= {rule} \\ &= {numbers} \end{{aligned}}"


def same_padding(size: int, window: int, stride: int) -> str:
    """How many rows or columns SAME adds, and how they are shared out."""
    start, end = padding_amounts(size, window, stride, "same")
    windows = output_size(size, window, stride, "same")
    rule = rf"\max\big((\lceil {size}/{stride} \rceil - 1) \cdot {stride} + {window} - {size},\; 0\big)"
    numbers = rf"\max({(windows - 1) * stride + window - size}, 0) = {start + end} = {start} + {end}"
    return rf"\begin{{aligned}} p &= {rule} \\ &= {numbers} \end{{aligned}}"


def parameters(kernel_height: int, kernel_width: int, channels: int, filters: int) -> str:
    """The parameter count as a sum of weights and biases."""
    total = (kernel_height * kernel_width * channels + 1) * filters
    return rf"({kernel_height} \times {kernel_width} \times {channels} + 1) \times {filters} = {_number(total)}"


def multiplications(height: int, width: int, filters: int, kernel_height: int, kernel_width: int, channels: int) -> str:
    """How many products one picture costs."""
    total = height * width * filters * kernel_height * kernel_width * channels
    factors = (height, width, filters, kernel_height, kernel_width, channels)
    return " \\times ".join(map(str, factors)) + f" = {_number(total)}"


def dense(numbers: int, units: int) -> str:
    """Weights and biases of a dense layer on `numbers` inputs."""
    return rf"{_number(numbers)} \times {units} + {units} = {_number(numbers * units + units)}"


def side_line(size: int, window: int, stride: int, padding: str | int) -> str:
    """The size of one side of the output in one line of plain text, with its numbers.

    Raises:
        LearnerError: `window_does_not_fit`.
    """
    result = output_size(size, window, stride, padding)
    if padding == "same":
        return f"⌈{size} / {stride}⌉ = {result}"
    start, end = padding_amounts(size, window, stride, padding)
    padded = f"{size} + {start} + {end}" if start or end else f"{size}"
    return f"⌊({padded} − {window}) / {stride}⌋ + 1 = {result}"


def reach_line(size: float, window: int, step: float) -> str:
    """How the receptive field grows through a window, in one line of plain text."""
    return f"{_plain(size)} + ({window} − 1) × {_plain(step)} = {_plain(size + (window - 1) * step)}"


def reach(size: float, window: int, step: float, stride: int) -> str:
    """How the receptive field (r, its step j) grows through a window."""
    grown = f"{_plain(size)} + ({window} - 1) \\cdot {_plain(step)}"
    return (
        rf"\begin{{aligned}} r' &= r + (w - 1)\,j = {grown} = {_plain(size + (window - 1) * step)}"
        rf" \\ j' &= j \cdot s = {_plain(step)} \cdot {stride} = {_plain(step * stride)} \end{{aligned}}"
    )


def _number(value: int) -> str:
    return f"{value:,}".replace(",", r"\,")


def _plain(value: float) -> str:
    return f"{float(value):g}"
