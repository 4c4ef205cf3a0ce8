"""What the host sets, as environment variables."""

import os


def setting(name: str, default: float) -> float:
    """A positive number from the environment.

    Raises:
        ValueError: with the name and what stands there.
    """
    given = os.environ.get(name, "")
    try:
        number = float(given) if given.strip() else default
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise ValueError(f"{name}: expected a number above 0; received {given!r}")
    return number
