"""Shares over the depth of a network, in which a block of layers can be chosen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.components import component, pack
from app.components.answers import news
from app.figures import theme

_depth = component("depth.js")


@dataclass(frozen=True)
class Stage:
    """A place on the way through the network: `title` is its name as plain text, `block` the place of its block, `role` that
    of its maps in `app.figures.theme.ROLES`.
    """

    title: str
    block: int
    role: str


@dataclass(frozen=True)
class Series:
    """One curve: a share, 0 to 1, for each stage; None leaves a gap. `colour` is that of light and of dark."""

    name: str
    values: Sequence[float | None]
    colour: Mapping[str, str]
    dashed: bool = False


def depth(
    key: str,
    stages: Sequence[Stage],
    series: Sequence[Series],
    blocks: Sequence[str],
    *,
    chosen: int,
    label: str,
    hint: str,
    on_choose: Callable[[int], None],
) -> None:
    """Draw the curves.

    Args:
        key: Streamlit's key.
        stages: in the order of the network, at least one.
        series: with one value for each stage.
        blocks: the names of the blocks, as plain text.
        chosen: the place of the block that is marked.
        label: what the chart shows.
        hint: how it is used.
        on_choose: gets the place of the block that somebody chose.
    """
    header = {
        "stages": [vars(stage) for stage in stages],
        "series": [{**vars(one), "values": list(one.values), "colour": dict(one.colour)} for one in series],
        "blocks": list(blocks),
        "roles": theme.ROLES,
        "chosen": chosen,
        "label": label,
        "hint": hint,
    }

    def clicked() -> None:
        picked = news(key, "chosen")
        if isinstance(picked, int) and 0 <= picked < len(blocks):
            on_choose(picked)

    _depth(data=pack(header, {}), key=key, on_chosen_change=clicked)
