"""Which network the "look inside" pages show, as the address names it; the same on each of them."""

from dataclasses import dataclass

from app import controls, session
from models.errors import LearnerError
from models.hyperparameters import Spec, words
from models.network.shipped import SHIPPED
from models.network.source import read_link, write_link

LAYERS, RUN, SHIPPED_KIND, FILE = KINDS = ("layers", "run", "shipped", "file")


@dataclass(frozen=True)
class NetworkLink(Spec):
    """Which network is looked at.

    `network` is empty, or "layers", for the one that the learner has built, "<run>@<epoch>" or "<run>" (its newest epoch), the
    name of a shipped one, or one of `KINDS` where there is none of that kind yet; a file of one's own is "file", and never in
    a link.
    """

    network: str = words(default="", longest=80)


def current() -> str:
    """What the address names, or would if it could."""
    return str(controls.get(NetworkLink, "network"))


def kind_of(text: str) -> str:
    """One of `KINDS`; empty where `text` names no network."""
    if not text:
        return LAYERS
    if text in KINDS:
        return text
    return RUN if read_link(text) else SHIPPED_KIND if text in SHIPPED else ""


def show(text: str) -> None:
    """Callback: look at another network."""
    controls.change(NetworkLink, network=text)


def show_own() -> None:
    """Callback: look at the network that the learner has built."""
    show(LAYERS)


def show_newest() -> None:
    """Callback: look at the newest epoch of the same run."""
    found = read_link(current())
    if found:
        show(write_link(found[0], None))


def last(kind: str) -> str:
    """What was looked at last of a kind; empty when nothing was."""
    return str(session.visit().settings.get(("last_network", kind), ""))


def check() -> None:
    """Note what is looked at. A link may name a network that there is not: the page says so and shows the learner's own."""
    text = current()
    if kind_of(text):
        session.visit().settings["last_network", kind_of(text)] = text
        return
    session.visit().problems.append(LearnerError("network_link_unknown", received=text, options=tuple(SHIPPED)))
    controls.change(NetworkLink, network=LAYERS)
