"""Sigmoid, softmax and cross-entropy as LaTeX, with the learner's numbers put in."""

from collections.abc import Sequence

SHOWN_TERMS = 4


def softmax(logits: Sequence[float], temperature: float, share: float) -> str:
    """The probability of the first class: the rule, and the logits in it."""
    rule, by = ("", "") if temperature == 1 else ("/T", f"/{temperature:g}")
    powers = [f"e^{{{_plain(logit)}{by}}}" for logit in logits]
    under = " + ".join(powers if len(powers) <= SHOWN_TERMS else [*powers[: SHOWN_TERMS - 1], r"\dots", powers[-1]])
    name = rf"p_1 &= \frac{{e^{{z_1{rule}}}}}{{\sum_j e^{{z_j{rule}}}}}"
    numbers = rf"\frac{{{powers[0]}}}{{{under}}} "
    return rf"\begin{{aligned}} {name} \\ &= {numbers} \\ &= {share:.4f} \end{{aligned}}"


def _plain(value: float) -> str:
    return f"{value:.4g}"


def _in_sum(value: float) -> str:
    return f"({_plain(value)})" if value < 0 else _plain(value)


def sigmoid(logit: float, share: float) -> str:
    """One unit."""
    return rf"\sigma({_plain(logit)}) = \frac{{1}}{{1 + e^{{-{_in_sum(logit)}}}}} = {share:.4f}"


def two(first: float, second: float, share: float) -> str:
    """The first of two softmax units."""
    a, b = f"e^{{{_plain(first)}}}", f"e^{{{_plain(second)}}}"
    return rf"p_1 = \frac{{{a}}}{{{a} + {b}}} = {share:.4f}"


def difference(first: float, second: float, share: float) -> str:
    """The sigmoid of the difference of two logits."""
    return rf"\sigma({_plain(first)} - {_in_sum(second)}) = \sigma({_plain(round(first - second, 6))}) = {share:.4f}"


def many(classes: int) -> str:
    """K softmax units."""
    return rf"p_k = \frac{{e^{{z_k}}}}{{e^{{z_1}} + \dots + e^{{z_{{{classes}}}}}}}"


def cost(probability: float, value: float) -> str:
    """Cross-entropy of the true class."""
    return rf"L = -\ln p = -\ln {probability:.4g} = {value:.4g}"
