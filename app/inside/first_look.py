"""What somebody sees who looks inside a network for the first time and has not said at which."""

from app import controls, image_input, session
from app.inside import network_link, run_choice
from app.network import network_input
from models.network.shipped import SHIPPED
from models.specs.picture import PictureSpec

PICTURE = "digit_3"
SEEN = ("inside", "looked")


def greet() -> None:
    """Choose a network and a picture that go together, unless the link or the learner has chosen already.

    What is chosen stands in the link from then on. An empty link is never left behind, so that each opens on what was sent.
    """
    settings = session.visit().settings
    asked = {*session.address()} - {session.LANGUAGE}
    first = not settings.get(SEEN) and not asked and not network_link.current()
    settings[SEEN] = True
    if not first:
        return
    if network_input.current() != network_input.FIRST:
        network_link.show(network_link.LAYERS)
    elif run_choice.newest():
        network_link.show(run_choice.newest())
    elif SHIPPED:
        network_link.show(next(iter(SHIPPED)))
        if controls.get(PictureSpec, "image") == image_input.FIRST:
            controls.change(PictureSpec, image=PICTURE)
