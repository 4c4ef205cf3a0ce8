"""The drawing of a learning rate: where it is high, and what a screen reader hears."""

import re

from app.figures.schedule import HEIGHT, MARGIN, schedule


def test_the_line_goes_through_the_rates() -> None:
    drawn = schedule([0.0, 1.0, 0.5], "up and half down")
    line = re.search(r'<polyline points="([^"]+)"', drawn)
    assert line
    heights = [float(point.split(",")[1]) for point in line[1].split()]
    assert heights == [HEIGHT - MARGIN, MARGIN, HEIGHT / 2]
    assert 'aria-label="up and half down"' in drawn


def test_a_rate_of_nothing_is_flat() -> None:
    assert "nan" not in schedule([0.0, 0.0], "")
