"""What the quick lane can be asked. Only its workers import this module, and with it Keras.

Questions take and return arrays and plain values; what travels much is bytes.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.datasets.summary import summary
from models.engine.film_questions import kernel_film, kernel_judged
from models.engine.firing_questions import dreams, firing
from models.engine.networks import open_network
from models.engine.take_home import epoch_file, program_file
from models.engine.unit_questions import place_story, unit_story
from models.hyperparameters import Choice, declared
from models.images.transform import from_bytes
from models.network.augmentation import Drawn, vary
from models.network.layer_maps import layer_maps
from models.network.overview import network_map
from models.specs.augmentation import AugmentationSpec
from models.training.ensemble import Looked, ensemble
from models.training.store import Store


def variants(pictures: NDArray[np.uint8], spec: AugmentationSpec) -> tuple[NDArray[np.uint8], list[Drawn]]:
    """`models.network.augmentation.vary` for bytes (images, height, width, channels), 0 to 255."""
    varied, drawn = vary(from_bytes(pictures), spec)
    return np.rint(varied * 255).astype(np.uint8), drawn


def sixteen(pictures: NDArray[np.uint8], spec: AugmentationSpec) -> tuple[NDArray[np.uint8], list[Drawn]]:
    """Sixteen variants of the one picture in `pictures`."""
    return variants(np.repeat(pictures, 16, axis=0), spec)


def fill_modes(pictures: NDArray[np.uint8], spec: AugmentationSpec) -> NDArray[np.uint8]:
    """The one picture in `pictures`, moved in the same way once for each fill mode: (fill modes, height, width, channels)."""
    declaration = declared(AugmentationSpec)["fill_mode"]
    modes = declaration.options if isinstance(declaration, Choice) else ()
    return np.concatenate([variants(pictures, replace(spec, fill_mode=mode))[0] for mode in modes])


def ensemble_of(runs: tuple[str, ...]) -> Looked:
    """`models.training.ensemble.ensemble` of kept runs."""
    return ensemble(Store(), runs)


QUESTIONS: dict[str, Callable[..., Any]] = {
    "variants": variants,
    "sixteen": sixteen,
    "fill_modes": fill_modes,
    "data_summary": summary,
    "open_network": open_network,
    "network_map": network_map,
    "layer_maps": layer_maps,
    "program_file": program_file,
    "epoch_file": epoch_file,
    "ensemble": ensemble_of,
    "unit_story": unit_story,
    "place_story": place_story,
    "firing": firing,
    "dreams": dreams,
    "kernel_film": kernel_film,
    "kernel_judged": kernel_judged,
}
"""Name -> function."""

# TensorFlow sets up each operation when it is first used: half a second that the first question need not wait for.
variants(np.zeros((2, 5, 7, 3), np.uint8), AugmentationSpec(rotation=1, brightness=0.1, noise=0.1, erasing=0.5))
