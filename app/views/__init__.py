"""One file per page. The path is the page's address; an empty one is the home page."""

from collections.abc import Callable
from dataclasses import dataclass

from app import controls
from app.views import activation, augmentation, convolution, home, network, pooling, softmax


@dataclass(frozen=True)
class Page:
    """What the frame needs of a page: how it is drawn, and which specs its widgets and its address hold."""

    show: Callable[[], None]
    icon: str
    specs: controls.Specs


PAGES: dict[str, Page] = {
    "": Page(home.show, ":material/home:", ()),
    "convolution": Page(convolution.show, ":material/grid_on:", convolution.SPECS),
    "pooling": Page(pooling.show, ":material/compress:", pooling.SPECS),
    "activation": Page(activation.show, ":material/show_chart:", activation.SPECS),
    "softmax": Page(softmax.show, ":material/percent:", softmax.SPECS),
    "augmentation": Page(augmentation.show, ":material/shuffle:", augmentation.SPECS),
    "network": Page(network.show, ":material/lan:", network.SPECS),
}
