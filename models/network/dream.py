"""The picture that a filter responds to most strongly, made by gradient ascent.

A picture of grey noise is changed, step by step, in the direction in which the response grows. Left to itself that ends in a
fine pattern that no camera ever saw; so the picture is shifted by a pixel or two before each step (jitter), softened every few
steps, drawn back towards grey, and all steps are of one length. Sources: D. Erhan et al., "Visualizing Higher-Layer Features of
a Deep Network" (2009); J. Yosinski et al., "Understanding Neural Networks Through Deep Visualization" (2015); C. Olah,
A. Mordvintsev, L. Schubert, "Feature Visualization" (Distill, 2017).
"""

import threading
from collections.abc import Callable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import cv2
import keras
import numpy as np
import tensorflow as tf

from models.arrays import Array, BatchArray
from models.network.firing_values import Dream
from models.network.run import Wanted, computed, runner
from models.network.sizes import shapes
from models.network.sums import is_weighted
from models.specs.ascent import AscentSpec

STARTS = ((0.5, 0.15), (0.5, 0.3), (0.2, 0.2), (0.8, 0.2))
"""(ground, deviation) of the noise. Where a unit behind ReLU is off, nothing tells which way is up: the next is tried."""

SOFTENED_EVERY = 4
ENOUGH = 1e-12
Preprocess = Callable[[BatchArray], BatchArray]


def dream(
    model: keras.Model, layer: str, filters: Sequence[int], spec: AscentSpec, preprocess: Preprocess | None = None
) -> Dream:
    """For each of `filters` of `layer` a picture to which it responds strongly. The same arguments give the same pictures.

    Args:
        model: a Sequential or Functional model; it is not changed.
        layer: any of its layers; of a convolution or a dense layer the sums before the activation function are to grow.
        filters: the numbers of maps, or of units of a row.
        spec: how.
        preprocess: makes the model's own numbers of pictures 0 to 1, each pixel by itself, in proportion.

    Raises:
        ValueError: for an unknown layer and for filters that it does not have.
    """
    chosen = checked(model, layer, filters, spec)
    climb = _Climb(model, layer, spec, preprocess or (lambda images: images))
    start = climb.start(chosen)
    before, _, slopes = climb.look(start, chosen)
    pictures = climb.climbed(start, chosen)
    after, strongest, _ = climb.look(pictures, chosen)
    failed = ~(after > before)
    if failed.any():
        pictures[failed] = start[failed]
        after, strongest, _ = climb.look(pictures, chosen)
        after = np.where(failed, before, after)
    return Dream(pictures, before, after, strongest, spec.steps, ~moves(slopes))


def checked(model: keras.Model, layer: str, filters: Sequence[int], spec: AscentSpec) -> Any:
    """`filters` as an array, once it is sure that `layer` has them."""
    network = runner(model).network
    count = shapes(network, shape_of(network.shape, spec))[network.index(layer)][-1]
    if not filters or not all(0 <= number < count for number in filters):
        raise ValueError(f"filters: expected some of 0 to {count - 1} of layer {layer!r}; received {tuple(filters)}")
    return np.asarray(filters, np.int32)


class _Climb:
    """One ascent: the way up is reckoned in pictures 0 to 1."""

    def __init__(self, model: keras.Model, layer: str, spec: AscentSpec, preprocess: Preprocess) -> None:
        self.spec, self.run = spec, runner(model)
        self.shape = shape_of(self.run.network.shape, spec)
        self.preprocess = preprocess
        zero = np.zeros((1, *self.shape), np.float32)
        self.scale = preprocess(zero + 1) - preprocess(zero)
        # Where the model wants blue first, its slopes come with blue first.
        ramp = zero + np.arange(1, self.shape[2] + 1, dtype=np.float32) / np.float32(self.shape[2] + 1)
        self.order = np.argsort(((preprocess(ramp) - preprocess(zero)) / self.scale)[0, 0, 0])
        self.looking = looking(model, layer, spec.aim)

    def start(self, filters: Any) -> BatchArray:
        """Grey noise: for each filter the first of `STARTS` in which any pixel moves it, else the first."""
        random = np.random.default_rng(self.spec.seed)
        noises = [(ground + far * random.standard_normal(self.shape, np.float32)).clip(0, 1) for ground, far in STARTS]
        found = np.repeat(np.asarray(noises[0], np.float32)[None], len(filters), axis=0)
        stuck = ~moves(self.look(found, filters)[2])
        for noise in noises[1:]:
            if not stuck.any():
                break
            tried = np.where(stuck[:, None, None, None], np.asarray(noise, np.float32), found)
            freed = stuck & moves(self.look(tried, filters)[2])
            found[freed] = tried[freed]
            stuck &= ~freed
        return found

    def look(self, pictures: BatchArray, filters: Any) -> tuple[Array, Array, Array]:
        """(what is to grow, largest number on the map, slopes) for each picture and its filter."""
        given = self.run.pictures(self.preprocess(pictures))
        aims, strongest, slopes = (np.asarray(part) for part in self.looking(given, filters))
        slopes = slopes.reshape(pictures.shape) * self.scale
        return aims, strongest, slopes[..., self.order]

    def climbed(self, start: BatchArray, filters: Any) -> BatchArray:
        """`start`, changed step by step."""
        spec, random = self.spec, np.random.default_rng([self.spec.seed, 1])
        pictures = start.copy()
        for turn in range(spec.steps):
            rows, cols = (int(shift) for shift in random.integers(-spec.jitter, spec.jitter + 1, 2))
            pictures = np.roll(pictures, (rows, cols), axis=(1, 2))
            slopes = self.look(pictures, filters)[2]
            lengths = np.abs(slopes).mean(axis=(1, 2, 3), keepdims=True)
            moved = pictures + spec.step * slopes / np.maximum(lengths, ENOUGH)
            pictures = (moved + spec.decay * (0.5 - moved)).clip(0, 1)
            if spec.blur and turn % SOFTENED_EVERY == 0 and turn < spec.steps - SOFTENED_EVERY:
                pictures = softened(pictures, spec.blur)
            pictures = np.roll(pictures, (-rows, -cols), axis=(1, 2))
        return np.ascontiguousarray(pictures, dtype=np.float32)


def shape_of(shape: tuple[int | None, ...], spec: AscentSpec) -> tuple[int, int, int]:
    """(height, width, channels) of the picture."""
    height, width, channels = shape if len(shape) == 3 else (*shape, 1)
    return height or spec.height, width or spec.width, channels or 3


def moves(slopes: Array) -> Any:
    """For each picture whether any of its pixels moves what is to grow."""
    return np.abs(slopes).max(axis=(1, 2, 3)) > ENOUGH


def softened(pictures: BatchArray, blur: float) -> BatchArray:
    """Each picture through a Gaussian of `blur` pixels."""
    soft = [cv2.GaussianBlur(picture, (0, 0), blur, borderType=cv2.BORDER_REFLECT) for picture in pictures]
    return np.stack(soft).reshape(pictures.shape)


_looking: WeakKeyDictionary[keras.Model, dict[tuple[str, str], Any]] = WeakKeyDictionary()
_making = threading.Lock()


def looking(model: keras.Model, layer: str, aim: str) -> Any:
    """A traced function, kept as long as the model: (pictures, filters) -> (aims, largest numbers, slopes of the pictures)."""
    with _making:
        kept = _looking.setdefault(model, {})
        if (layer, aim) not in kept:
            kept[layer, aim] = made(model, layer, aim)
        return kept[layer, aim]


def made(model: keras.Model, layer: str, aim: str) -> Any:
    """See `looking`."""
    network = runner(model).network
    index = network.index(layer)
    wanted = [Wanted(index, is_weighted(network.steps[index].layer))]

    def look(pictures: Any, filters: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(pictures)
            maps = computed(network, pictures, wanted)[0]
            own = tf.gather(maps, filters, axis=len(maps.shape) - 1, batch_dims=1)
            numbers = tf.reshape(own, (tf.shape(own)[0], -1))
            aims = numbers[:, middle(own)] if aim == "unit" else tf.reduce_mean(numbers, axis=1)
        slopes = tape.gradient(aims, pictures, unconnected_gradients=tf.UnconnectedGradients.ZERO)
        return aims, tf.reduce_max(numbers, axis=1), slopes

    signature = [tf.TensorSpec((None, *network.shape), tf.float32), tf.TensorSpec((None,), tf.int32)]
    return tf.function(look, input_signature=signature, autograph=False)


def middle(maps: Any) -> Any:
    """Where the middle of a map stands among all its numbers, row after row; of maps (images, height, width) or (images,)."""
    sizes = tf.shape(maps)
    return sizes[1] // 2 * sizes[2] + sizes[2] // 2 if len(maps.shape) == 3 else tf.reduce_prod(sizes[1:]) // 2
