"""The drawing of a learning rate: where it is high, and what a screen reader hears."""

import re

from app.figures.schedule import schedule


def test_the_area_goes_as_high_as_the_rates() -> None:
    drawn = schedule([0.0, 1.0, 0.5], 'up and "half" down')
    found = re.search(r"polygon\(([^)]+)\)", drawn)
    assert found
    assert found[1] == "0% 100%, 0.0% 96.0%, 50.0% 0.0%, 100.0% 48.0%, 100% 100%"
    assert 'aria-label="up and &quot;half&quot; down"' in drawn


def test_a_rate_of_nothing_is_flat() -> None:
    assert "nan" not in schedule([0.0, 0.0], "")
