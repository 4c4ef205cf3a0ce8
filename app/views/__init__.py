"""One file per page. The path is the page's address; an empty one is the home page."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from app import controls


@dataclass(frozen=True)
class Page:
    """A file of this folder, with `show()` and `SPECS`: how it is drawn, and which specs its widgets and its address hold.

    The file is imported when the page is first shown, so that nobody waits for the pages that others look at.
    """

    file: str
    icon: str

    @property
    def show(self) -> Callable[[], None]:
        """Draws the page."""
        return cast(Callable[[], None], import_module(f"app.views.{self.file}").show)

    @property
    def specs(self) -> controls.Specs:
        """The specs whose fields the page lets people set."""
        return cast(controls.Specs, import_module(f"app.views.{self.file}").SPECS)


PAGES: dict[str, Page] = {
    "": Page("home", ":material/home:"),
    "convolution": Page("convolution", ":material/grid_on:"),
    "pooling": Page("pooling", ":material/compress:"),
    "activation": Page("activation", ":material/show_chart:"),
    "softmax": Page("softmax", ":material/percent:"),
    "augmentation": Page("augmentation", ":material/shuffle:"),
    "network": Page("network", ":material/lan:"),
    "training": Page("training", ":material/model_training:"),
    "overview": Page("overview", ":material/map:"),
    "feature-maps": Page("feature_maps", ":material/layers:"),
    "kernels": Page("kernels", ":material/grid_4x4:"),
}
