"""JSON as untrusted text: small, flat, without repeated names or numbers that are none."""

import json
import math
import re
from typing import Any, NoReturn

from models.errors import LearnerError

DEEPEST = 64
MOST_VALUES = 400_000
LONGEST_WHOLE = 18


def parse(data: bytes, part: str) -> dict[str, Any]:
    """The object that `data`, the `part` of an archive, describes; values are plain and finite.

    Raises:
        LearnerError: `network_text_unreadable` (part), `network_text_too_deep` (part, limit), `network_text_too_long`
            (part, limit), `network_text_twice` (part, name), `network_text_number` (part, number).
    """

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in pairs:
            if name in found:
                raise LearnerError("network_text_twice", part=part, name=name[:60])
            found[name] = value
        return found

    def refuse(text: str) -> NoReturn:
        raise LearnerError("network_text_number", part=part, number=text[:20])

    def whole(text: str) -> int:
        return int(text) if len(text) <= LONGEST_WHOLE else refuse(text)

    def real(text: str) -> float:
        number = float(text)
        return number if math.isfinite(number) else refuse(text)

    try:
        text = data.decode("utf-8")
        check_size(text, part)
        value = json.loads(text, object_pairs_hook=once, parse_constant=refuse, parse_int=whole, parse_float=real)
    except (ValueError, RecursionError) as error:
        raise LearnerError("network_text_unreadable", part=part) from error
    if not isinstance(value, dict):
        raise LearnerError("network_text_unreadable", part=part)
    return value


def check_size(text: str, part: str) -> None:
    """Refuse text that would become very many values, or values very deep in one another, before anything is made of it."""
    # Possessive, and with an end for text that is never closed: no text makes this slower than another.
    bare = re.sub(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', "", text, flags=re.DOTALL)
    depth = 0
    for bracket in re.finditer(r"[\[\]{}]", bare):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > DEEPEST:
            raise LearnerError("network_text_too_deep", part=part, limit=DEEPEST)
    if bare.count(",") + bare.count("[") + bare.count("{") > MOST_VALUES:
        raise LearnerError("network_text_too_long", part=part, limit=MOST_VALUES)
