from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from itertools import product
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from models.arrays import Array, FeatureMaps, ImageArray, Kernel
from models.errors import LearnerError
from models.ops.conv import convolve, pad
from models.ops.window import output_size, padding_amounts
from models.specs.operations import ConvSpec

HAND = np.array(
    [
        [1, 0, 2, 0, 1, 3, 0],
        [0, 1, 0, 2, 0, 1, 1],
        [2, 0, 1, 0, 3, 0, 0],
        [0, 3, 0, 1, 0, 2, 1],
        [1, 0, 0, 2, 1, 0, 4],
    ],
    dtype=np.float32,
)
SLOPE = [[1, 0, -1], [2, 0, -2], [1, 0, -1]]
CORNERS = [[1, 2], [3, 4]]
ROW = [[1, 0, -1]]


def floats(numbers: Any) -> Array:
    return np.asarray(numbers, dtype=np.float32)


@pytest.mark.parametrize(
    ("plane", "spec", "bias", "expected"),
    [
        (SLOPE, ConvSpec(), None, [[0, -2, -1, -1, 2], [2, 1, -4, 0, 4], [2, 2, -3, 0, -2]]),
        (SLOPE, ConvSpec(), 0.5, [[0.5, -1.5, -0.5, -0.5, 2.5], [2.5, 1.5, -3.5, 0.5, 4.5], [2.5, 2.5, -2.5, 0.5, -1.5]]),
        (SLOPE, ConvSpec(stride=2), None, [[0, -1, 2], [2, -3, -2]]),
        (SLOPE, ConvSpec(dilation=2), None, [[-2, -3, 0]]),
        (SLOPE, ConvSpec(stride=3, padding=1), None, [[-1, 2, 7], [-6, -3, 4]]),
        (SLOPE, ConvSpec(stride=2, padding=2, dilation=2), None, [[-5, -1, 5, 5], [-4, -2, 0, 8], [-1, -1, -7, 5]]),
        (SLOPE, ConvSpec(stride=2, padding="same"), None, [[-1, -1, -5, 7], [-4, 1, 0, 3], [-3, -2, 3, 2]]),
        (
            SLOPE,
            ConvSpec(padding="same"),
            None,
            [
                [-1, -2, -1, 2, -5, 1, 7],
                [-2, 0, -2, -1, -1, 2, 5],
                [-4, 2, 1, -4, 0, 4, 3],
                [-6, 2, 2, -3, 0, -2, 4],
                [-3, 2, -2, -2, 3, -7, 2],
            ],
        ),
        (CORNERS, ConvSpec(2, stride=2, padding="same"), None, [[5, 10, 11, 3], [14, 5, 11, 3], [1, 4, 1, 4]]),
        (
            ROW,
            ConvSpec((1, 3)),
            None,
            [[-1, 0, 1, -3, 1], [0, -1, 0, 1, -1], [1, 0, -2, 0, 3], [0, 2, 0, -1, -1], [1, -2, -1, 2, -3]],
        ),
    ],
)
def test_by_hand(plane: list[list[int]], spec: ConvSpec, bias: float | None, expected: list[list[float]]) -> None:
    kernel = floats(plane)[:, :, np.newaxis, np.newaxis]
    np.testing.assert_array_equal(convolve(HAND[:, :, np.newaxis], kernel, spec, bias)[:, :, 0], expected)


def test_three_channels_and_two_filters_by_hand() -> None:
    image = floats(np.stack([HAND, np.ones((5, 7)), np.full((5, 7), 2)], axis=-1))
    kernel = floats(np.zeros((3, 3, 3, 2)))
    kernel[:, :, 0, 0], kernel[:, :, 1, 0], kernel[1, 1, 2, 0] = SLOPE, 1, 5
    kernel[1, 1, 0, 1] = 1
    maps = convolve(image, kernel, ConvSpec(), floats([0, 10]))
    np.testing.assert_array_equal(maps[:, :, 0], [[19, 17, 18, 18, 21], [21, 20, 15, 19, 23], [21, 21, 16, 19, 17]])
    np.testing.assert_array_equal(maps[:, :, 1], [[11, 10, 12, 10, 11], [10, 11, 10, 13, 10], [13, 10, 11, 10, 12]])


def random_picture(height: int, width: int, channels: int) -> ImageArray:
    return np.random.default_rng(7).random((height, width, channels), dtype=np.float32)


def random_kernel(spec: ConvSpec, channels: int, filters: int) -> Kernel:
    return np.random.default_rng(8).normal(size=(*spec.kernel_shape, channels, filters)).astype(np.float32)


def by_keras(image: ImageArray, kernel: Kernel, spec: ConvSpec) -> FeatureMaps:
    amount = 0 if isinstance(spec.padding, str) else spec.padding
    batch = np.pad(image, ((amount, amount), (amount, amount), (0, 0)))[np.newaxis]
    padding = "same" if spec.padding == "same" else "valid"
    maps = keras.ops.conv(batch, kernel, strides=spec.stride, padding=padding, dilation_rate=spec.dilation)
    return np.asarray(maps[0], dtype=np.float32)


def by_loops(image: ImageArray, kernel: Kernel, spec: ConvSpec) -> FeatureMaps:
    """Pixel by pixel: for stride and dilation both above 1, which Keras refuses."""
    sides = list(zip(image.shape[:2], spec.spans, strict=True))
    amounts = [padding_amounts(size, span, spec.stride, spec.padding) for size, span in sides]
    height, width = (output_size(size, span, spec.stride, spec.padding) for size, span in sides)
    padded = np.pad(image, (*amounts, (0, 0)))
    maps = np.zeros((height, width, kernel.shape[3]), dtype=np.float32)
    for row, col in product(range(height), range(width)):
        top, left = row * spec.stride, col * spec.stride
        window = padded[top : top + spec.spans[0] : spec.dilation, left : left + spec.spans[1] : spec.dilation]
        maps[row, col] = (window[..., np.newaxis] * kernel).sum(axis=(0, 1, 2))
    return maps


KERNEL_SIZES: list[int | tuple[int, int]] = [1, 2, 3, 4, 5, 6, 7, (3, 5), (5, 2), (1, 4), (7, 1)]
PADDINGS: list[str | int] = ["valid", "same", 0, 1, 2, 3]
WALKS = list(product((1, 2, 3, 4), PADDINGS, (1, 2, 3)))


@pytest.mark.parametrize(("shape", "filters"), [((22, 19, 1), 5), ((20, 27, 3), 4), ((24, 21, 3), 1), ((6, 9, 1), 2)])
@pytest.mark.parametrize("kernel_size", KERNEL_SIZES)
def test_equals_keras(kernel_size: int | tuple[int, int], shape: tuple[int, int, int], filters: int) -> None:
    image = random_picture(*shape)
    kernel = random_kernel(ConvSpec(kernel_size), shape[2], filters)
    for spec in (ConvSpec(kernel_size, *walk) for walk in WALKS):
        if not fits(shape, spec):
            with pytest.raises(LearnerError, match="window_does_not_fit"):
                convolve(image, kernel, spec)
            continue
        expected = by_loops if spec.stride > 1 and spec.dilation > 1 else by_keras
        maps = convolve(image, kernel, spec)
        np.testing.assert_allclose(maps, expected(image, kernel, spec), rtol=0, atol=1e-4, err_msg=str(spec))


def fits(shape: tuple[int, int, int], spec: ConvSpec) -> bool:
    if spec.padding == "same":
        return True
    room = 0 if isinstance(spec.padding, str) else 2 * spec.padding
    return all(span <= size + room for size, span in zip(shape[:2], spec.spans, strict=True))


@pytest.mark.parametrize(
    "spec", [ConvSpec(11), ConvSpec(11, padding="same", dilation=2), ConvSpec(7, 2), ConvSpec(3), ConvSpec(1)]
)
def test_large_picture_equals_tensorflow(spec: ConvSpec) -> None:
    image = random_picture(512, 512, 3)
    kernel = random_kernel(spec, 3, 8)
    padding = "SAME" if spec.padding == "same" else "VALID"
    expected = tf.nn.conv2d(image[np.newaxis], kernel, spec.stride, padding, dilations=spec.dilation)[0]
    np.testing.assert_allclose(convolve(image, kernel, spec), expected, rtol=0, atol=1e-4)


def test_many_people_at_once() -> None:
    pictures = [random_picture(200 + side, 210, 3) for side in range(6)]
    kernel = random_kernel(ConvSpec(7), 3, 16)
    expected = [convolve(picture, kernel, ConvSpec(7), 1) for picture in pictures]
    with ThreadPoolExecutor(6) as people:
        for _ in range(5):
            maps = list(people.map(lambda picture: convolve(picture, kernel, ConvSpec(7), 1), pictures))
            assert all(np.array_equal(one, other) for one, other in zip(maps, expected, strict=True))


def test_many_channels_equal_keras() -> None:
    image = random_picture(13, 10, 300)
    kernel = random_kernel(ConvSpec(7), 300, 20) / np.float32(100)
    np.testing.assert_allclose(convolve(image, kernel, ConvSpec(7)), by_keras(image, kernel, ConvSpec(7)), rtol=0, atol=1e-4)


@pytest.mark.parametrize(
    ("shape", "spec"),
    [
        ((41, 47), ConvSpec(11, dilation=4)),
        ((43, 41), ConvSpec(11, dilation=4)),
        ((5, 7), ConvSpec(11, padding="same", dilation=4)),
        ((5, 7), ConvSpec(3, 8, 16, 4)),
        ((5, 7), ConvSpec(11, 8, "same", 4)),
        ((1, 1), ConvSpec(11, 8, 16, 3)),
        ((5, 7), ConvSpec(1, 8, 16, 4)),
        ((1, 9), ConvSpec((1, 2), dilation=4)),
    ],
)
def test_extreme_walks(shape: tuple[int, int], spec: ConvSpec) -> None:
    image = random_picture(*shape, 3)
    kernel = random_kernel(spec, 3, 2)
    np.testing.assert_allclose(convolve(image, kernel, spec), by_loops(image, kernel, spec), rtol=0, atol=1e-4)


def test_window_that_does_not_fit_is_explained() -> None:
    spec = ConvSpec(5, dilation=3)
    with pytest.raises(LearnerError) as caught:
        convolve(random_picture(40, 10, 1), random_kernel(spec, 1, 1), spec)
    assert caught.value.code == "window_does_not_fit"
    assert caught.value.values == {"side": "width", "span": 13, "size": 10, "padded": 10, "missing": 3}


@pytest.mark.parametrize(
    ("image", "kernel", "bias", "message"),
    [
        ((5, 7), (3, 3, 1, 2), None, r"image: expected axes \(height, width, channels\)"),
        ((5, 0, 1), (3, 3, 1, 2), None, "image: expected axes .* none empty"),
        ((5, 7, 1), (3, 3, 2), None, "kernel: expected axes"),
        ((5, 7, 1), (3, 3, 1, 0), None, "kernel: expected axes .* none empty"),
        ((5, 7, 1), (3, 2, 1, 2), None, r"kernel: expected first axes \(3, 3\).*received \(3, 2, 1, 2\)"),
        ((5, 7, 3), (3, 3, 1, 2), None, "kernel: expected 3 input channels.*received 1"),
        ((5, 7, 1), (3, 3, 1, 2), (3,), r"bias: expected one number, or 2 for as many filters; received shape \(3,\)"),
        ((5, 7, 1), (3, 3, 1, 2), (2, 1), r"bias: expected .* received shape \(2, 1\)"),
    ],
)
def test_arrays_that_disagree(
    image: tuple[int, ...], kernel: tuple[int, ...], bias: tuple[int, ...] | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        convolve(floats(np.ones(image)), floats(np.ones(kernel)), ConvSpec(3), None if bias is None else floats(np.ones(bias)))


@pytest.mark.parametrize("spec", [ConvSpec(), ConvSpec(7, padding="same"), ConvSpec((2, 3), 2, 3, 2), ConvSpec(11, 4, 16)])
@pytest.mark.parametrize("value", [0, 0.5, 1, -1e6])
def test_constant_picture(spec: ConvSpec, value: float) -> None:
    maps = convolve(np.full((9, 12, 3), value, dtype=np.float32), random_kernel(spec, 3, 4), spec, 1)
    assert maps.dtype == np.float32
    assert np.isfinite(maps).all()
    if value == 0:
        np.testing.assert_array_equal(maps, np.ones_like(maps))


@pytest.mark.parametrize("padding", ["valid", "same", 2])
def test_input_stays_as_it_is(padding: str | int) -> None:
    spec = ConvSpec(1, padding=padding)
    image, kernel, bias = random_picture(6, 9, 1), np.ones((1, 1, 1, 1), dtype=np.float32), np.zeros(1, dtype=np.float32)
    before = image.copy()
    maps = convolve(image, kernel, spec, bias)
    maps += 1
    np.testing.assert_array_equal(image, before)
    np.testing.assert_array_equal(kernel, 1)
    np.testing.assert_array_equal(bias, 0)


def test_any_numbers_in_any_layout() -> None:
    spec = ConvSpec(3, 2, "same")
    image = np.random.default_rng(1).integers(0, 255, (20, 18, 3))
    kernel = random_kernel(spec, 3, 4)
    expected = convolve(image.astype(np.float32), kernel, spec)
    layouts: list[Any] = [image, image.astype(np.float64), image.astype(np.uint8), np.asfortranarray(image, dtype=np.float32)]
    layouts.append(np.repeat(image, 2, axis=1).astype(np.float32)[:, ::2])
    layouts.append(image.astype(np.float32)[::-1, ::-1].copy()[::-1, ::-1])
    for layout in layouts:
        np.testing.assert_array_equal(convolve(layout, kernel, spec), expected)
    wide: Any = np.asfortranarray(kernel, dtype=np.float64)
    np.testing.assert_array_equal(convolve(floats(image), wide, spec), expected)


def test_biases() -> None:
    image, kernel = random_picture(6, 9, 3), random_kernel(ConvSpec(), 3, 2)
    plain, biases = convolve(image, kernel, ConvSpec()), floats([3, -4])
    np.testing.assert_array_equal(convolve(image, kernel, ConvSpec(), 0), plain)
    np.testing.assert_allclose(convolve(image, kernel, ConvSpec(), -2.5), plain - 2.5, atol=1e-6)
    np.testing.assert_allclose(convolve(image, kernel, ConvSpec(), biases), plain + biases, atol=1e-6)


def test_each_map_lies_in_one_piece() -> None:
    maps = convolve(random_picture(6, 9, 3), random_kernel(ConvSpec(), 3, 4), ConvSpec())
    assert maps.shape == (4, 7, 4)
    assert maps.transpose(2, 0, 1).flags.c_contiguous


OTHERS: list[dict[str, Any]] = [{"kernel_size": 2}, {"stride": 2}, {"padding": "same"}, {"padding": 2}, {"dilation": 2}]


def test_every_field_changes_the_result() -> None:
    image = random_picture(9, 12, 3)
    specs = [ConvSpec(), *(replace(ConvSpec(), **other) for other in OTHERS)]
    shapes = {convolve(image, random_kernel(spec, 3, 1), spec).shape for spec in specs}
    assert len(shapes) == len(specs)
    assert {name for other in OTHERS for name in other} == {field.name for field in fields(ConvSpec)}


def test_padding_puts_the_odd_row_and_column_at_the_end() -> None:
    padded = pad(np.ones((2, 3, 1), dtype=np.float32), ConvSpec(4, padding="same"))
    inside: Array = np.zeros((5, 6), dtype=np.float32)
    inside[1:3, 1:4] = 1
    np.testing.assert_array_equal(padded[:, :, 0], inside)
