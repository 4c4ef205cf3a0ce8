"""Exported programs run as they stand, and are the same network as our own build."""

import contextlib
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from models.errors import LearnerError
from models.network import PRESETS
from models.network.build import build
from models.network.code import NOTES, STYLES, source, summary
from models.network.notation import parse
from models.network.rows import LayerRow, leaves
from models.network.shapes import walk
from models.specs.network import ConvLayer, DenseLayer, NetworkSpec, ResidualLayer, SeparableLayer, TransposedLayer, nested
from tests.models.network.numpy_torch import as_torch, tensor
from tests.models.network.random_networks import EVERY_KIND, networks

NETWORKS = {
    "every kind": (EVERY_KIND, "15x17x3"),
    "no blocks": (
        "conv 3 k3x5 s2 same relu l2=0.01 | pool 2 average | depthwise k2 m2 gelu | separable 4 silu | flatten | dense 3",
        "15x17x1",
    ),
    "one unit": (
        "conv 3 random_normal tanh | transposed 2 k2 s3 | batch_norm | global_pool max | dense 4 zeros | dense 1 sigmoid",
        "9x8x3",
    ),
    "maps": ("conv 3 same relu | zero_padding 2 | pool 3 s1 same | dense 2", "9x8x1"),
    "nested": (
        "residual(residual(conv 3 s2 same he_uniform | batch_norm) none | conv 3 same) | residual() | global_pool "
        "| dense 4 softmax",
        "9x8x3",
    ),
    "numbers": (
        "flatten | dense 4 elu | residual(dense 4 relu | dropout 0.2 | dense 4) | activation none | dense 3 relu",
        "5x7x1",
    ),
}


def network(name: str) -> NetworkSpec:
    return parse(*NETWORKS[name])


def run(program: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(program, "program.py", "exec"), names)
    return names


def keras_styles(spec: NetworkSpec) -> list[str]:
    blocks = any(isinstance(layer, ResidualLayer) for layer in spec.layers)
    return ["functional", "subclass"] if blocks else ["sequential", "functional", "subclass"]


@pytest.mark.parametrize(("name", "style"), [(name, style) for name in NETWORKS for style in keras_styles(network(name))])
def test_keras_programs_run_and_are_the_same_network(name: str, style: str) -> None:
    spec = network(name)
    program = run(source(spec, style))
    assert program["model"].optimizer.iterations == 2
    check_keras(spec, program["model"])
    keras.backend.clear_session()


@pytest.mark.parametrize("style", ["functional", "subclass"])
def test_keras_models_of_random_networks_are_the_same_network(style: str) -> None:
    for spec in networks(25, seed=13):
        model_only, _, _ = source(spec, style).partition("model.summary()")
        check_keras(spec, run(model_only)["model"])
    keras.backend.clear_session()


def check_keras(spec: NetworkSpec, theirs: Any) -> None:
    ours = build(spec, seed=1)
    assert theirs.count_params() == ours.count_params() == sum(row.parameters for row in walk(spec))
    for row in leaves(walk(spec)):
        theirs.get_layer(row.name).set_weights(ours.get_layer(row.name).get_weights())
    batch = np.random.default_rng(0).random((2, *spec.input_shape), dtype=np.float32)
    np.testing.assert_array_equal(np.asarray(theirs(batch)), np.asarray(ours(batch)))


@pytest.mark.slow
def test_a_program_runs_by_itself(tmp_path: Path) -> None:
    file = tmp_path / "network.py"
    file.write_text(source(parse(PRESETS["digits"].layers, PRESETS["digits"].input), "sequential"))
    done = subprocess.run(
        [sys.executable, "-W", "error", file], cwd=tmp_path, capture_output=True, text=True, timeout=300, check=True
    )
    assert "333,526" in done.stdout


@pytest.mark.parametrize("name", NETWORKS)
def test_pytorch_programs_are_the_same_network(name: str) -> None:
    check_pytorch(network(name))


def test_pytorch_programs_of_random_networks() -> None:
    for spec in networks(60, seed=11):
        check_pytorch(spec)
    keras.backend.clear_session()


def check_pytorch(spec: NetworkSpec) -> None:
    with as_torch():
        program = run(source(spec, "pytorch"))
    ours, theirs, rows = build(spec, seed=1), program["model"], walk(spec)
    assert sum(weights.numel() for weights in theirs.parameters()) == sum(row.trainable for row in rows)
    flattened: tuple[int, ...] = ()
    for row in leaves(rows):
        if row.layer.name == "flatten" and len(row.input_shape) == 4:
            flattened = tuple(size or 0 for size in row.input_shape[1:])
        weights = dict(zip([term.name for term in row.parameter_terms], ours.get_layer(row.name).get_weights(), strict=True))
        give(list(getattr(theirs, row.name).parameters()), torch_order(row, weights, flattened))
        if isinstance(row.layer, DenseLayer):
            flattened = ()
    batch = np.random.default_rng(0).random((2, *spec.input_shape), dtype=np.float32)
    expected = np.asarray(ours(batch))
    found = np.asarray(theirs(tensor(batch.transpose(0, 3, 1, 2))))
    if expected.ndim == 4:
        found = found.transpose(0, 2, 3, 1)
    elif flattened:
        found = found.reshape(2, flattened[2], *flattened[:2]).transpose(0, 2, 3, 1).reshape(2, -1)
    np.testing.assert_allclose(found, expected, rtol=1e-3, atol=1e-4 * max(1.0, float(np.abs(expected).max())))


def give(parameters: list[Any], weights: list[Any]) -> None:
    for parameter, weight in zip(parameters, weights, strict=True):
        assert parameter.size == weight.size
        parameter[...] = weight.reshape(parameter.shape)


def torch_order(row: LayerRow, weights: dict[str, Any], flattened: tuple[int, ...]) -> list[Any]:
    """A layer's weights in PyTorch's order of axes; `flattened` is the map that a row of numbers was, if it was one."""
    bias = [weights["bias"]] if "bias" in weights else []
    match row.layer:
        case ConvLayer() | TransposedLayer():
            return [weights["kernel"].transpose(3, 2, 0, 1), *bias]
        case SeparableLayer():
            return [weights["depthwise_kernel"].transpose(2, 3, 0, 1), weights["pointwise_kernel"].transpose(3, 2, 0, 1), *bias]
        case DenseLayer() if flattened:
            return [weights["kernel"].reshape(*flattened, -1).transpose(3, 2, 0, 1), *bias]
        case DenseLayer():
            return [weights["kernel"].T, *bias]
    if "kernel" in weights:
        return [weights["kernel"].transpose(2, 3, 0, 1), *bias]
    return [weights[name] for name in ("gamma", "beta") if name in weights]


def test_sequential_cannot_branch() -> None:
    with pytest.raises(LearnerError) as caught:
        source(parse("conv 3 same | residual(conv 3 same)", "9x9x1"), "sequential")
    assert caught.value.code == "sequential_cannot_branch"
    assert caught.value.values["place"] == "2"


def test_unknown_style() -> None:
    with pytest.raises(ValueError, match="style"):
        source(NetworkSpec(), "jax")


@pytest.mark.parametrize("style", STYLES)
def test_a_network_without_layers_and_comments_in_another_language(style: str) -> None:
    notes = {name: f"({name})" for name in NOTES}
    program = source(NetworkSpec(), style, notes)
    compile(program, "program.py", "exec")
    assert "# (data)" in program
    assert "# (values)" in program


@pytest.mark.parametrize("style", STYLES)
def test_presets_can_be_written(style: str) -> None:
    for name, preset in PRESETS.items():
        if (name, style) != ("residual", "sequential"):
            compile(source(parse(preset.layers, preset.input), style), name, "exec")


def test_the_networks_of_these_tests_have_every_kind() -> None:
    kinds = {layer.name for name in NETWORKS for layer in nested(network(name).layers)}
    assert len(kinds) == 13


def test_summary() -> None:
    assert summary(
        parse("conv 4 k3 s2 same | residual(conv 4 same | batch_norm) | flatten off | global_pool | dense 10", "28x28x1")
    ) == (
        "Layer (type)                           Output Shape      Param #\n"
        "================================================================\n"
        "conv_1 (Conv2D)                        (None, 14, 14, 4) 40\n"
        "  conv_2_1 (Conv2D)                    (None, 14, 14, 4) 148\n"
        "  batch_norm_2_2 (BatchNormalization)  (None, 14, 14, 4) 16\n"
        "residual_2_add (Add)                   (None, 14, 14, 4) 0\n"
        "residual_2_activation (Activation)     (None, 14, 14, 4) 0\n"
        "global_pool_4 (GlobalAveragePooling2D) (None, 4)         0\n"
        "dense_5 (Dense)                        (None, 10)        50\n"
        "================================================================\n"
        "Total params: 254 (1016.00 B)\n"
        "Trainable params: 246 (984.00 B)\n"
        "Non-trainable params: 8 (32.00 B)\n"
    )
