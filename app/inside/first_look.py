"""What somebody sees who looks inside a network for the first time and has not said at which."""

from app import controls, image_input, session
from app.inside import network_link, run_choice
from app.network import network_input
from models import engine
from models.network.preprocessing import DIGITS, of_dataset, of_shape
from models.network.shipped import SHIPPED
from models.network.source import read_link
from models.specs.picture import PictureSpec
from models.specs.preprocessing import PreprocessingSpec

PICTURE = "digit_3"
SEEN = ("inside", "looked")


def greet() -> None:
    """Choose a network and a picture that go together, unless the link or the learner has chosen already.

    What is chosen stands in the link from then on, so that every link opens on what its sender saw.
    """
    settings = session.visit().settings
    asked = {*session.address()} - {session.LANGUAGE}
    first = not settings.get(SEEN) and not asked
    settings[SEEN] = True
    if not first:
        return
    if not network_link.current():
        network_link.show(_network())
    if controls.get(PictureSpec, "image") == image_input.FIRST and _takes() == DIGITS:
        controls.change(PictureSpec, image=PICTURE)


def _network() -> str:
    """The learner's own, where there is one: built, or else trained; otherwise a ready-made one."""
    if network_input.current() != network_input.FIRST:
        return network_link.LAYERS
    return run_choice.newest() or next(iter(SHIPPED), network_link.LAYERS)


def _takes() -> PreprocessingSpec:
    """What the chosen network takes, as far as that is known before it is open."""
    text = network_link.current()
    if text in SHIPPED:
        return of_dataset(SHIPPED[text].dataset)
    found = read_link(text)
    run = engine.trainings().read(found[0]) if found else None
    return of_dataset(str(run.dataset.get("name", ""))) if run else of_shape(network_input.current().input_shape)
