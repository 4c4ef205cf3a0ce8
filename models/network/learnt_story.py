"""What there is to say about what training changed in a layer: codes and the values of their sentences. No Keras."""

from typing import Any

import numpy as np

from models.network.learnt_values import Film, Judged

Said = tuple[str, dict[str, Any]]
"""A code, and the values of its sentence."""

SAME = 1e-6
ALIKE = 0.9
TURNED = 0.5
WIDER = 1.15


def story(film: Film) -> list[Said]:
    """Between the first and the last epoch: `frozen` alone; or how alike kernels still are, and how wide they are spread.

    The first is `kept`, `bent` or `turned` (of a single kernel `kept_one` and so on), the second `wider`, `narrower` or
    `as_wide`; then `still`, when some have not moved, and `most`, which has moved most.
    """
    lengths, alike = film.moved[-1], film.alike[-1]
    if float(lengths.max()) <= SAME:
        return [("frozen", {"count": film.count})]
    middle = float(np.median(alike))
    code = "kept" if middle >= ALIKE else "bent" if middle >= TURNED else "turned"
    code += "_one" if film.count == 1 else ""
    said: list[Said] = [(code, {"alike": round(middle, 2), "far": percent(np.median(lengths))})]
    before, after = float(film.deviations[0]), float(film.deviations[-1])
    wide = "wider" if after > WIDER * before else "narrower" if before > WIDER * after else "as_wide"
    said.append((wide, {"before": rounded(before), "after": rounded(after)}))
    still = int((lengths <= SAME).sum())
    if still:
        said.append(("still", {"still": still, "count": film.count}))
    if film.count > 1:
        most = int(lengths.argmax())
        said.append(("most", {"filter": most, "far": percent(lengths[most])}))
    return said


def judged_story(found: Judged, classes: int) -> Said:
    """`guessing`, when the untrained network is about as good as chance; else `better`, `same` or `worse`."""
    count = found.pictures
    values: dict[str, Any] = {"before": found.before, "after": found.after, "count": count}
    values |= {"share_before": percent1(found.before / count), "share_after": percent1(found.after / count)}
    if found.after <= found.before:
        return ("same" if found.after == found.before else "worse"), values
    near_chance = found.before <= 1.6 * count / max(classes, 2)
    return ("guessing" if near_chance else "better"), values | {"chance": percent1(1 / max(classes, 2))}


def percent(share: Any) -> int:
    """A share of one as whole per cent."""
    return round(100 * float(share))


def percent1(share: float) -> float:
    """A share of one as per cent with one decimal."""
    return round(100 * share, 1)


def rounded(value: float) -> float:
    """Three significant digits."""
    return float(f"{value:.3g}")
