"""The drawing of a network: every layer is in it, nothing lies outside, nothing becomes markup."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from app.facts.network_rows import layers_of
from app.figures.network_drawing import draw
from app.figures.network_parts import Drawn
from app.figures.scale import amount, memory, scale_of
from app.figures.theme import in_the_dark
from models.network import PRESETS
from models.network.notation import parse
from models.network.shapes import walk, walk_until_failure
from models.specs.network import NetworkSpec, ResidualLayer

SVG = "{http://www.w3.org/2000/svg}"
WORDS = {"label": "Drawing", "projection": "1x1", "sum": "add"}
NETWORKS = {name: parse(preset.layers, preset.input) for name, preset in PRESETS.items()} | {
    "empty": NetworkSpec((9, 7, 1)),
    "nested": parse(
        "residual(conv 4 same | residual(conv 4 same | residual(conv 4 same)) | conv 8 s2 same) | flatten", "9x7x1"
    ),
    "long": parse("conv 4 same | batch_norm | activation relu |" * 30, "33x21x3"),
}
WIDTHS = (330, 640, 1280)


def drawn(spec: NetworkSpec, width: float, name: str = "layer") -> ElementTree.Element:
    rows, error = walk_until_failure(spec)
    failed = error.values["path"] if error else None
    says = {path: Drawn(f"{name} {path}", layer.name, "feature_map", path == failed) for path, layer in layers_of(spec.layers)}
    says[()] = Drawn("picture", "", "input")
    return ElementTree.fromstring(draw(spec.input_shape, rows, says, WORDS, width))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NETWORKS)
def test_every_layer_is_drawn_inside_the_picture(name: str, width: float) -> None:
    spec = NETWORKS[name]
    picture = drawn(spec, width)
    blocks = [path for path, layer in layers_of(spec.layers) if isinstance(layer, ResidualLayer)]
    shown = [part.get("data-path", "") for part in picture.iter(f"{SVG}g") if part.get("data-path")]
    assert sorted(shown) == sorted(["in", *(".".join(map(str, path)) for path, _ in layers_of(spec.layers))])
    height = float(picture.get("height", 0))
    assert float(picture.get("width", 0)) == width
    for node in picture.iter():
        for x, y in places(node):
            assert -1 <= x <= width + 1
            assert -1 <= y <= height + 1
    lanes = [node for node in picture.iter(f"{SVG}circle") if node.get("r") == "3"]
    assert len(lanes) == len(blocks)


def places(node: ElementTree.Element) -> list[tuple[float, float]]:
    """The corners of one element."""
    if node.tag == f"{SVG}polygon":
        return [(float(x), float(y)) for x, y in (pair.split(",") for pair in node.get("points", "").split())]
    if node.tag == f"{SVG}path":
        return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", node.get("d", ""))]
    if node.tag == f"{SVG}rect":
        x, y, wide, high = (float(node.get(name, 0)) for name in ("x", "y", "width", "height"))
        return [(x, y), (x + wide, y + high)]
    return [(float(node.get("x", 0)), float(node.get("y", 0)))] if node.tag == f"{SVG}text" else []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NETWORKS)
def test_no_two_words_overlap(name: str, width: float) -> None:
    lines: dict[float, list[tuple[float, float]]] = {}
    for node in drawn(NETWORKS[name], width).iter(f"{SVG}text"):
        half = 0.5 * 0.5 * float(node.get("font-size", 11)) * len(node.text or "")
        lines.setdefault(float(node.get("y", 0)), []).append((float(node.get("x", 0)) - half, float(node.get("x", 0)) + half))
    for spans in lines.values():
        spans.sort()
        assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_more_width_needs_fewer_lines() -> None:
    heights = [float(drawn(NETWORKS["vgg16"], width).get("height", 0)) for width in WIDTHS]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] > heights[-1]


def test_the_layer_that_cannot_work_is_marked() -> None:
    picture = drawn(parse("conv 4 k3 | pool 2 | conv 4 k5 | flatten", "9x7x1"), 640)
    assert [part.get("data-path") for part in picture.iter(f"{SVG}g") if part.get("data-path")] == ["in", "0", "1", "2"]


def test_words_never_become_markup() -> None:
    picture = drawn(NETWORKS["digits"], 640, name='<script>"&')
    assert not list(picture.iter(f"{SVG}script"))
    assert '<script>"& (0,)' in [node.text for node in picture.iter(f"{SVG}text")]


def test_every_colour_has_one_for_the_dark() -> None:
    rows = walk(NETWORKS["residual"])
    says = {path: Drawn("", "", "dense") for path, _ in layers_of(NETWORKS["residual"].layers)} | {(): Drawn("", "", "input")}
    text = draw((32, 32, 3), rows, says, WORDS, 640)
    assert set(re.findall(r"#[0-9a-f]{6}", text)) <= set(in_the_dark())


def test_boxes_share_one_scale() -> None:
    scale = scale_of([(28, 14, 32), (14, 7, 64), (100,), (10,)], 56, 32)
    assert scale.box((28, 14, 32)) == (16, 56, 28)
    assert scale.box((14, 7, 64)) == (32, 28, 14)
    assert scale.box((100,)).height == 56
    assert 2 < scale.box((10,)).height < 56


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (333_526, "333,526"), (9_999_999, "9,999,999"), (15_470_264_320, "15.5G"), (1e12, "1T")]
)
def test_long_numbers_are_shortened(value: int, text: str) -> None:
    assert amount(value) == text


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 B"), (1023, "1,023 B"), (1024, "1 KB"), (12_544, "12.2 KB"), (2**31, "2 GB")]
)
def test_memory_is_told_in_steps_of_1024(count: int, text: str) -> None:
    assert memory(count) == text
