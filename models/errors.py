"""What a person can cause, told apart from what a programmer can cause."""

from typing import Any


class LearnerError(Exception):
    """Something a learner's setting, text, link or upload made impossible.

    `code` names the sentences (`[errors.<code>]` in `assets/i18n`); `values` are the numbers that stand in them.
    A programmer's mistake is a `ValueError` or a `TypeError` instead.
    """

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        numbers = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.code} ({numbers})" if numbers else self.code
