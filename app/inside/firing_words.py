"""What makes a filter fire, in words."""

from collections.abc import Mapping
from typing import Any

from app import i18n
from app.training.training_data import class_name
from models.network.firing_story import dream_story, story
from models.network.firing_values import Dream, Firing


def said(found: Firing) -> list[str]:
    """Sentences about the strongest patches, as Markdown, the most important first."""
    return [i18n.text(f"firing.{code}", **_named(values, found.class_names)) for code, values in story(found)]


def dream_said(made: Dream, place: int, asked: int, found: Firing | None = None) -> list[str]:
    """Sentences about the picture made by gradient ascent for one filter, the `place`th of `made`."""
    return [i18n.text(f"firing.dream.{code}", **values) for code, values in dream_story(made, place, asked, found)]


def _named(values: Mapping[str, Any], class_names: tuple[str, ...]) -> dict[str, Any]:
    """Classes by their names."""
    return {name: class_name(class_names[value]) if name in ("most", "other") else value for name, value in values.items()}
