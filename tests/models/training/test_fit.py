"""What keeps a network from learning a data set, and that each mend mends it."""

import pytest

from models.network import PRESETS
from models.network.notation import parse
from models.training.fit import misfit

SHAPE = (13, 17, 3)
CASES = {
    "flatten | dense 5 softmax": "",
    "flatten | dense 5": "",
    "conv 5 k3 | global_pool average | activation softmax": "",
    "flatten | dense 4 softmax": "fit_classes",
    "flatten | dense 1 sigmoid": "fit_classes",
    "flatten | dense 5 relu": "fit_activation",
    "flatten | dense 5 sigmoid": "fit_activation",
    "conv 5 k3 relu": "fit_not_flat",
    "": "fit_empty",
    "flatten": "fit_empty",
    "pool 2": "fit_empty",
    "conv 4 k7 d3 | flatten | dense 5 softmax": "layer_window_too_large",
    "flatten | dense 5000 relu | dense 5000 relu | dense 5 softmax": "fit_too_large",
}


@pytest.mark.parametrize(("layers", "code"), CASES.items())
def test_each_misfit_is_found_and_every_mend_mends_it(layers: str, code: str) -> None:
    found = misfit(parse(layers, SHAPE), SHAPE, 5)
    assert (found.error.code if found else "") == code
    for mend in found.mends if found else ():
        after = misfit(mend.spec, SHAPE, 5)
        assert after is None or after.error.code != code, (mend.code, after.error)
    assert not found or found.mends or code == "fit_too_large"


@pytest.mark.parametrize("layers", ["flatten | dense 1 sigmoid", "flatten | dense 1", "flatten | dense 2 softmax"])
def test_two_classes_may_share_one_unit(layers: str) -> None:
    assert misfit(parse(layers, SHAPE), SHAPE, 2) is None


def test_ten_units_for_two_classes_offer_both_ways() -> None:
    found = misfit(parse("flatten | dense 10 softmax", SHAPE), SHAPE, 2)
    assert found
    assert [mend.values["units"] for mend in found.mends] == [2, 1]


@pytest.mark.parametrize("name", [name for name in PRESETS if name != "vgg16"])
def test_every_preset_can_be_mended_step_by_step(name: str) -> None:
    spec = parse(PRESETS[name].layers, PRESETS[name].input)
    for _ in range(4):
        found = misfit(spec, (32, 32, 3), 5)
        if not found:
            return
        spec = found.mends[0].spec
    pytest.fail(str(misfit(spec, (32, 32, 3), 5)))
