"""The map grid: the one way to show feature maps, activation maps and pooled maps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app import i18n
from app.components import compact, component, pack
from app.components.answers import news
from app.figures import theme
from models.arrays import FeatureMaps

_maps = component("maps.js")


@dataclass(frozen=True)
class Place:
    """A pixel of a map that somebody clicked."""

    map: int
    row: int
    column: int


def maps(
    key: str,
    values: FeatureMaps,
    titles: Sequence[str],
    *,
    label: str,
    scale: str = "common",
    chosen: int | None = None,
    on_choose: Callable[[Place], None] | None = None,
    tile: int = 150,
    pixels: int = 0,
    hint: bool = True,
    palette: str = "maps",
) -> None:
    """Show every map of `values` (height, width, filters); `on_choose` gets the pixel that somebody clicked.

    `scale` is "common" (one range for all, drawn with its numbers) or "own" (each map its own range, written under it).
    Signed maps get the diverging scale, maps from 0 up the sequential one. `tile` is the smallest width of a map in pixels.
    `pixels` says that the values are brightnesses from 0 to 1, shown as such: 1 for grey pictures, 3 when each three maps are
    the red, green and blue of one picture. `hint` tells how to read numbers; once is enough where maps stand together.
    `palette` is "weights" for kernels.
    """
    sent, step = compact(values)
    header = {**_described(values, titles, max(pixels, 1)), "label": label, "scale": scale, "step": step, "chosen": chosen}
    note = i18n.raw(f"maps.{scale}_scale") if len(titles) > 1 else ""
    words = {"words": {"hint": i18n.raw("maps.hint") if hint else ""}, "scaleNote": note}
    drawn = {"palette": palette, "tile": tile, "pixels": pixels, "colours": theme.for_browser()}
    data = pack({**header, **words, **drawn}, {"maps": sent})

    def clicked() -> None:
        place = _place(news(key, "chosen"), (*values.shape[:2], len(titles)))
        if place and on_choose:
            on_choose(place)

    _maps(data=data, key=key, on_chosen_change=clicked)


def _described(values: FeatureMaps, titles: Sequence[str], channels: int) -> dict[str, Any]:
    # Map by map in memory: three times as fast as across them.
    planes = np.ascontiguousarray(values.transpose(2, 0, 1)).reshape(values.shape[2] // channels, -1)
    lows, highs, means = (part.tolist() for part in (planes.min(axis=1), planes.max(axis=1), planes.mean(axis=1)))
    alternatives = [
        i18n.raw("maps.alternative", title=title, low=f"{low:.3g}", high=f"{high:.3g}", mean=f"{mean:.3g}")
        for title, low, high, mean in zip(titles, lows, highs, means, strict=True)
    ]
    ranges = list(zip(lows, highs, strict=True))
    return {
        "titles": list(titles),
        "alternatives": alternatives,
        "ranges": ranges,
        "common": (min(lows), max(highs)),
        "signed": min(lows) < 0,
    }


def _place(chosen: Any, shape: tuple[int, ...]) -> Place | None:
    """What the browser says was clicked, when it is a pixel of these maps."""
    if not isinstance(chosen, dict):
        return None
    given = [chosen.get(name) for name in ("row", "column", "map")]
    place = [at for at, size in zip(given, shape, strict=True) if isinstance(at, int) and 0 <= at < size]
    return Place(map=place[2], row=place[0], column=place[1]) if len(place) == 3 else None
