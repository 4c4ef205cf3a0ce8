from dataclasses import replace

import pytest

from models.errors import LearnerError
from models.ops.mends import pool_mends
from models.ops.window import output_size
from models.specs.operations import PoolSpec


@pytest.mark.parametrize("shape", [(3, 5), (1, 9), (7, 2)])
def test_every_mend_makes_the_window_fit(shape: tuple[int, int]) -> None:
    spec = PoolSpec(size=8)
    with pytest.raises(LearnerError):
        output_size(min(shape), spec.size, spec.stride, spec.padding)
    mends = pool_mends(*shape)
    assert mends == ({"size": min(shape)}, {"padding": "same"})
    for mend in mends:
        mended = replace(spec, **mend)
        assert all(output_size(side, mended.size, mended.stride, mended.padding) >= 1 for side in shape)
