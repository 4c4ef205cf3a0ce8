"""What a network may cost: limits to measure it by."""

from dataclasses import dataclass

KB, MB, MILLION, BILLION = 1024, 1024**2, 10**6, 10**9


@dataclass(frozen=True)
class Budget:
    """Bytes for the parameters, bytes for the activations of one picture, multiplications for one picture."""

    parameters: int
    activations: int
    multiplications: int


BUDGETS: dict[str, Budget] = {
    "page": Budget(2 * MB, 32 * MB, 100 * MILLION),
    "chip": Budget(1 * MB, 256 * KB, 10 * MILLION),
    "phone": Budget(50 * MB, 128 * MB, BILLION),
    "card": Budget(8 * 1024 * MB, 8 * 1024 * MB, 1000 * BILLION),
}
"""Name -> limits. They are round numbers of the right size, not those of one product: the words tell how they are meant."""
