"""What was drawn for one variant, in words."""

from collections.abc import Callable, Mapping

from app import i18n

Drawn = Mapping[str, float]


def words(drawn: Drawn) -> list[str]:
    """One phrase for each thing that was drawn (names and units as `models.network.augmentation.vary` gives them)."""
    return [phrase for name, say in SAYINGS.items() if name in drawn for phrase in say(name, drawn)]


def _signed(scale: float = 1, digits: int = 0) -> Callable[[str, Drawn], list[str]]:
    """A saying of its own for each direction, and one for neither."""

    def say(name: str, drawn: Drawn) -> list[str]:
        amount = round(drawn[name] * scale, digits)
        way = "plus" if amount > 0 else "minus" if amount < 0 else "none"
        return [i18n.raw(f"drawn.{name}.{way}", amount=f"{abs(amount):.{digits}f}")]

    return say


def _plain(scale: float = 1, digits: int = 2) -> Callable[[str, Drawn], list[str]]:
    def say(name: str, drawn: Drawn) -> list[str]:
        return [i18n.raw(f"drawn.{name}.text", amount=f"{drawn[name] * scale:.{digits}f}")]

    return say


def _whether(name: str, drawn: Drawn) -> list[str]:
    return [i18n.raw(f"drawn.{name}.{'yes' if drawn[name] else 'no'}", amount=f"{drawn[name] * 100:.0f}")]


def _crop(_: str, drawn: Drawn) -> list[str]:
    shares = {side: f"{max(0.0, drawn[f'crop_{side}']) * 100:.0f}" for side in ("top", "left")}
    return [i18n.raw("drawn.crop.text", **shares)]


SAYINGS: Mapping[str, Callable[[str, Drawn], list[str]]] = {
    "flip_horizontal": _whether,
    "flip_vertical": _whether,
    "rotation": _signed(),
    "shift_rows": _signed(digits=1),
    "shift_cols": _signed(digits=1),
    "zoom": _plain(),
    "shear": _signed(digits=2),
    "crop_top": _crop,
    "brightness": _signed(digits=2),
    "contrast": _plain(),
    "saturation": _plain(),
    "hue": _signed(),
    "noise": _plain(),
    "erasing": _whether,
}
"""In the order in which a picture goes through the layers."""
