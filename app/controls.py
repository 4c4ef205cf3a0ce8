"""Spec class -> widgets -> values: every limit, default and choice comes from the hyperparameter's one declaration.

Also the way of settings out of the address and back into it. What the address may say of a field is what its widget may
hold; anything else is named in one sentence and replaced by what the page had.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from app import i18n, session
from app.components import address
from models.errors import LearnerError
from models.hyperparameters import (
    Choice,
    Flag,
    Hyperparameter,
    Integer,
    Number,
    Padding,
    Spec,
    Words,
    declared,
    defaults,
    refusal,
)

AMOUNT = "amount"
PAD = "pad"
FEW = 4
SMALL_STEP = 0.01


@dataclass(frozen=True)
class Part:
    """Some fields of a spec that another page has in full."""

    spec: type[Spec]
    names: tuple[str, ...]


Specs = Sequence[type[Spec] | Part]


def _named(entry: type[Spec] | Part) -> tuple[type[Spec], tuple[str, ...]]:
    return (entry.spec, entry.names) if isinstance(entry, Part) else (entry, tuple(declared(entry)))


def _fields(specs: Specs) -> Iterator[tuple[str, str, Hyperparameter, Any]]:
    """(scope, name, declaration, default) of every widget; a padding is two: which kind, and how many pixels."""
    for spec, names in map(_named, specs):
        for name in names:
            hyperparameter, default = declared(spec)[name], defaults(spec)[name]
            if isinstance(hyperparameter, Padding):
                yield spec.__name__, name, Choice((*hyperparameter.options, AMOUNT)), default
                yield spec.__name__, PAD, Integer(hyperparameter.low, hyperparameter.high), 1
            else:
                yield spec.__name__, name, hyperparameter, default


def enter(page: str, specs: Specs) -> list[LearnerError]:
    """Bring the settings of `page` to life: from the address when a person follows a link, else as they were left.

    Returns what the address asked for and could not be taken.
    """
    visit, problems = session.visit(), list[LearnerError]()
    link = session.address() if session.is_followed_link() else {}
    if visit.page == page and not link:
        return problems
    visit.page, visit.problems = page, []
    link = _with_amounts(link, specs)
    for scope, name, hyperparameter, default in _fields(specs):
        value = visit.settings.get((scope, name), default)
        if name in link:
            value, problem = _taken(name, hyperparameter, link[name], value)
            problems += [problem] if problem else []
        visit.settings[scope, name] = value
        session.put(name, value)
    session.note_link()
    return problems


def _with_amounts(link: dict[str, list[str]], specs: Specs) -> dict[str, list[str]]:
    """`padding=2` in a link means the same as `padding=amount&pad=2`."""
    paddings = (n for spec, names in map(_named, specs) for n in names if isinstance(declared(spec)[n], Padding))
    for name in paddings:
        given = link.get(name, [""])
        if len(given) == 1 and given[0].isdecimal():
            link = {**link, name: [AMOUNT], PAD: given}
    return link


def _taken(name: str, hyperparameter: Hyperparameter, given: list[str], now: Any) -> tuple[Any, LearnerError | None]:
    if len(given) > 1:
        return now, LearnerError("link_repeats", field=name, received=given, used=now)
    value = hyperparameter.take(given[0])
    if value is None:
        problem = refusal(name, hyperparameter, given[0])
        return now, LearnerError(f"link_{problem.code}", used=now, **problem.values)
    return value, None


def leave(page: str, specs: Specs) -> None:
    """Write the settings of `page` that differ from their defaults into the address."""
    query = {session.LANGUAGE: session.chosen_language()} if session.chosen_language() else {}
    for scope, name, hyperparameter, default in _fields(_standing(specs)):
        value = session.visit().settings.get((scope, name), default)
        if value != default and name not in session.visit().unshared and not _idle(scope, name):
            query[name] = _written(hyperparameter, value)
    address.write(page, query)


def _standing(specs: Specs) -> Specs:
    """Those of `specs` that belong into the address now: where one stands alone and is set, no other."""
    alone = [spec for spec, names in map(_named, specs) if spec.alone and any(get(spec, name) for name in names)]
    return alone or specs


def _idle(scope: str, name: str) -> bool:
    return name == PAD and session.visit().settings.get((scope, "padding")) != AMOUNT


def _written(hyperparameter: Hyperparameter, value: Any) -> str:
    if isinstance(hyperparameter, Flag):
        return str(value).lower()
    return f"{value:g}" if isinstance(hyperparameter, Number) else str(value)


def get(spec: type[Spec], name: str) -> Any:
    """What the widget of a field holds now, wherever on the page it is drawn."""
    return session.visit().settings.get((spec.__name__, name), defaults(spec).get(name))


def change(spec: type[Spec], **values: Any) -> None:
    """Set widgets of `spec` from a callback, as if the learner had moved them."""
    for name, value in values.items():
        if isinstance(declared(spec).get(name), Padding) and not isinstance(value, str):
            change(spec, **{name: AMOUNT, PAD: value})
            continue
        session.visit().settings[spec.__name__, name] = value
        session.put(name, value)


def ask(spec: type[Spec], *names: str, disabled: bool = False) -> dict[str, Any]:
    """Draw the widgets of the fields `names` of `spec` (all, when none are named); returns field -> value."""
    hyperparameters = declared(spec)
    return {name: _ask(spec, name, hyperparameters[name], disabled) for name in names or hyperparameters}


def _ask(spec: type[Spec], name: str, hyperparameter: Hyperparameter, disabled: bool) -> Any:
    if isinstance(hyperparameter, Padding):
        kind = widget(spec.__name__, name, Choice((*hyperparameter.options, AMOUNT)), defaults(spec)[name])
        return widget(spec.__name__, PAD, Integer(hyperparameter.low, hyperparameter.high), 1) if kind == AMOUNT else kind
    return widget(spec.__name__, name, hyperparameter, defaults(spec)[name], disabled=disabled)


def widget(
    scope: str,
    name: str,
    hyperparameter: Hyperparameter,
    default: Any,
    *,
    disabled: bool = False,
    on_change: Callable[[], None] | None = None,
    typed: bool = False,
    key: str = "",
) -> Any:
    """Draw the widget for one hyperparameter under the key `name`; returns its value.

    A number that is `typed` has a field without limits instead of a slider: who asks checks it and says what is wrong.
    With a `key` of its own the widget belongs to who asks: it begins with `default`, and nothing is remembered here.
    """
    if not key:
        session.keep(scope, name, default)
    elif session.value(key) is None:
        session.put(key, default)
    named = f"fields.{scope}_{name}" if i18n.has(f"fields.{scope}_{name}") else f"fields.{name}"
    common: dict[str, Any] = {
        "label": i18n.text(f"{named}.label"),
        "help": i18n.text(f"{named}.help"),
        "key": key or name,
        "disabled": disabled,
    }
    if on_change:
        common["on_change"] = on_change
    match hyperparameter:
        case Integer() if typed:
            st.number_input(step=1, **common)
        case Number(_, _, step) if typed:
            st.number_input(step=step, format="%g", **common)
        case Integer(low, high):
            st.slider(min_value=low, max_value=high, step=1, **common)
        case Number(low, high, step):
            # As many decimals as a notch has; Streamlit shows two.
            st.slider(min_value=low, max_value=high, step=step, format="%g" if step < SMALL_STEP else None, **common)
        case Flag():
            st.toggle(**common)
        case Words(longest):
            st.text_input(max_chars=longest, **common)
        case Choice(options):
            shown: dict[str, Any] = {"options": options, "format_func": lambda option: i18n.raw(f"choices.{name}.{option}")}
            if len(options) <= FEW:
                st.segmented_control(required=True, width="stretch", **shown, **common)
            else:
                st.selectbox(**shown, **common)
        case Padding():
            raise TypeError("hyperparameter: expected one widget's declaration; received Padding, which has two")
    return session.value(key) if key else session.remember(scope, name)
