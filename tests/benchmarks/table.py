"""Benchmarks print one table each: median and 95th percentile of every row."""

from collections.abc import Mapping, Sequence

import numpy as np


def show(title: str, unit: str, rows: Mapping[str, Sequence[float]]) -> None:
    width = max(len(name) for name in rows)
    print(f"\n{title} ({unit})\n{'':{width}}  {'median':>8} {'p95':>8} {'runs':>5}")
    for name, values in rows.items():
        print(f"{name:{width}}  {np.median(values):8.1f} {np.percentile(values, 95):8.1f} {len(values):5}")
