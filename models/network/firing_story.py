"""What there is to say about what makes a filter fire, from its numbers: codes and the values of their sentences. No Keras."""

import math
from collections import Counter
from typing import Any

from models.network.firing_values import Dream, Firing

Said = tuple[str, dict[str, Any]]
"""A code, and the values of its sentence; `most` and `other` are numbers of classes."""

RARE = 0.05
NEARLY_ALL = 0.9
BEYOND = 1.2
"""So many times the strongest response to a real picture is far from any."""


def story(found: Firing) -> list[Said]:
    """In this order: `dead` alone; or `one_class`, `mostly` or `many_classes`, and `never`, `rare`, `everywhere` or `active`.

    For a unit of a row they are `one_class_unit` and so on, and `active_unit`. Behind them `sample`, when the network has not
    seen all pictures.
    """
    sample: list[Said] = [("sample", {"seen": found.seen, "of": found.of})] if found.seen < found.of else []
    if found.dead:
        return [("dead", {"seen": found.seen}), *sample]
    code, values = _classes(found)
    row = not found.patches or found.patches[0].unit is None
    return [(f"{code}_unit" if row else code, values), _activity(found, row), *sample]


def _classes(found: Firing) -> Said:
    counts = Counter(found.labels)
    (most, times), count = counts.most_common(1)[0], len(found.labels)
    if 2 * times < count or count == 1:
        return "many_classes", {"classes": len(counts), "count": count}
    others = {number: float(mean) for number, mean in enumerate(found.by_class) if number != most and not math.isnan(mean)}
    other = max(others, key=lambda number: others[number], default=most)
    means = {"mean": rounded(found.by_class[most]), "other": other, "other_mean": rounded(others.get(other, math.nan))}
    return "one_class" if times == count else "mostly", {"most": most, "times": times, "count": count, **means}


def _activity(found: Firing, row: bool) -> Said:
    values = {"share": percent(found.active), "pictures": percent(found.fires), "seen": found.seen}
    if found.fires == 0:
        return "never", {"highest": rounded(found.highest), **values}
    if found.fires < RARE:
        return "rare", values
    if row:
        return "active_unit", values
    return ("everywhere" if found.active > NEARLY_ALL else "active"), values


def dream_story(made: Dream, place: int, asked: int, found: Firing | None = None) -> list[Said]:
    """About the picture made for one filter, the `place`th of `made`, when `asked` steps were wanted.

    `stuck` alone; or `beyond` or `below` where it is known what real pictures reach, `few_steps`, and always `caution`.
    """
    if made.stuck[place]:
        return [("stuck", {})]
    said: list[Said] = []
    reached = float(made.strongest[place])
    if found and not found.dead:
        values = {"reached": rounded(reached), "real": rounded(found.highest), "seen": found.seen}
        if reached < found.highest:
            said.append(("below", values))
        elif reached > BEYOND * found.highest:
            said.append(("beyond", values))
    if made.steps < asked:
        said.append(("few_steps", {"steps": made.steps, "asked": asked}))
    return [*said, ("caution", {"before": rounded(made.before[place]), "after": rounded(made.after[place])})]


def percent(share: float) -> float:
    """A share of one as per cent with one decimal."""
    return round(100 * share, 1)


def rounded(value: Any) -> float:
    """Three significant digits."""
    return float(f"{float(value):.3g}")
