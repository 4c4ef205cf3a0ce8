"""Every colour and number format of the house. The same thing has the same colour on every page."""

from typing import Any

# Stops from the lowest to the highest value; zero has the colour of the page. Blue to orange and violet to green stay apart
# for the three common kinds of colour blindness.
SCALES: dict[str, dict[str, list[str]]] = {
    "maps": {
        "light": ["#0b3a85", "#5a92dc", "#ffffff", "#ef8a52", "#98210c"],
        "dark": ["#a5ccff", "#2f6fd0", "#12151c", "#d9581e", "#ffbf99"],
    },
    "weights": {
        "light": ["#5a1a80", "#b388d0", "#ffffff", "#6fbf78", "#0d5a28"],
        "dark": ["#e0bdf7", "#8a46b8", "#12151c", "#2f9247", "#b4f2bb"],
    },
    "positive": {
        "light": ["#ffffff", "#9ad8d0", "#3ba59c", "#136a66", "#04302f"],
        "dark": ["#12151c", "#12504e", "#1f8f88", "#63cfc4", "#d5fff8"],
    },
}

ROLES: dict[str, dict[str, str]] = {
    "input": {"light": "#5b6472", "dark": "#a9b2c0"},
    "kernel": {"light": "#d98a00", "dark": "#ffc04d"},
    "padding": {"light": "#8a5cf0", "dark": "#b69bff"},
    "unvisited": {"light": "#b3261e", "dark": "#ff8a80"},
    "feature_map": {"light": "#2456c9", "dark": "#7ea6ff"},
    "activation_map": {"light": "#0f766e", "dark": "#4fd1c5"},
    "pooled_map": {"light": "#b0368f", "dark": "#f08bd2"},
    "derivative": {"light": "#5f7300", "dark": "#c3d94e"},
    "dense": {"light": "#a8552a", "dark": "#eaa27a"},
}

CLASSES = ("#0072b2", "#d97a00", "#009e73", "#c0599b", "#3f9fd8", "#b8431a", "#8c6d31", "#7b61c4", "#7a8f2a", "#6b7280")
"""One colour for each of ten classes, from M. Okabe, K. Ito, "Color universal design" (2008), readable on light and on dark."""

RUNS: tuple[dict[str, str], ...] = (
    {"light": "#2456c9", "dark": "#7ea6ff"},
    {"light": "#c2570c", "dark": "#ffa45c"},
    {"light": "#0f766e", "dark": "#4fd1c5"},
    {"light": "#b0368f", "dark": "#f08bd2"},
    {"light": "#7a5c00", "dark": "#e3c35a"},
    {"light": "#5b6472", "dark": "#a9b2c0"},
)
"""Curves: training and validation are the first two; of several runs each has one."""

INKS: dict[str, dict[str, str]] = {
    "paper": {"light": "#fffffe", "dark": "#12151c"},
    "text": {"light": "#1c2330", "dark": "#e7eaf0"},
    "line": {"light": "#8a93a3", "dark": "#7d8798"},
    "red": {"light": "#c0392b", "dark": "#ff8b7e"},
    "green": {"light": "#1e8449", "dark": "#6fd59a"},
    "blue": {"light": "#1f5fc4", "dark": "#8bb4ff"},
}
"""Colours of drawings; each is spelled only once among them and the roles, so that a drawing can be turned dark."""


def in_the_dark() -> dict[str, str]:
    """Light colour -> its dark one, for drawings."""
    return {pair["light"]: pair["dark"] for pair in (*ROLES.values(), *INKS.values())}


def for_browser() -> dict[str, Any]:
    """The colours as the components take them."""
    return {"scales": SCALES, "roles": ROLES}


def ink(name: str) -> str:
    """A colour of the light theme; who shows the drawing in the dark exchanges them."""
    return (INKS.get(name) or ROLES[name])["light"]
