"""Networks that come with Convscope, each with a card: `assets/weights/<name>.keras`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """What is known of a shipped network."""

    dataset: str


SHIPPED: dict[str, Card] = {}
"""Name -> card."""
