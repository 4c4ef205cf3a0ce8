"""Activation functions as LaTeX, with the number under the point put in."""

from collections.abc import Callable

from models.ops.activation import LEAKY_SLOPE

Written = Callable[[str], str]

RULES: dict[str, Written] = {
    "relu": lambda x: rf"\max({x},\; 0)",
    "leaky_relu": lambda x: rf"\max({x},\; {LEAKY_SLOPE} \cdot {x})",
    "elu": lambda x: rf"\max({x},\; 0) + \min(e^{{{x}}} - 1,\; 0)",
    "gelu": lambda x: rf"{x} \cdot \Phi({x})",
    "silu": lambda x: rf"\frac{{{x}}}{{1 + e^{{-{x}}}}}",
    "sigmoid": lambda x: rf"\frac{{1}}{{1 + e^{{-{x}}}}}",
    "tanh": lambda x: rf"\frac{{e^{{{x}}} - e^{{-{x}}}}}{{e^{{{x}}} + e^{{-{x}}}}}",
    "linear": lambda x: x,
}
"""Name -> the function of what stands for x."""

SLOPES: dict[str, str] = {
    "relu": r"1 \text{ if } x > 0,\; \text{else } 0",
    "leaky_relu": rf"1 \text{{ if }} x > 0,\; \text{{else }} {LEAKY_SLOPE}",
    "elu": r"1 \text{ if } x > 0,\; \text{else } e^x",
    "gelu": r"\Phi(x) + x \cdot \varphi(x)",
    "silu": r"\sigma(x)\,\big(1 + x\,(1 - \sigma(x))\big)",
    "sigmoid": r"\sigma(x)\,\big(1 - \sigma(x)\big)",
    "tanh": r"1 - \tanh^2(x)",
    "linear": "1",
}
"""Name -> the derivative, where sigma is the sigmoid, Phi the share of the normal distribution below x, phi its density."""


def bent(name: str, at: float, value: float) -> str:
    """The rule of a function, and under it the number in it."""
    number = f"({at:g})" if at < 0 else f"{at:g}"
    return rf"\begin{{aligned}} f(x) &= {RULES[name]('x')} \\ f({at:g}) &= {RULES[name](number)} = {value:.4g} \end{{aligned}}"


def slope(name: str, at: float, value: float) -> str:
    """The rule of the derivative, and its number."""
    return rf"\begin{{aligned}} f'(x) &= {SLOPES[name]} \\ f'({at:g}) &= {value:.4g} \end{{aligned}}"
