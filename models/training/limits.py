"""How much one training may be, so that others get their turn: the host's settings."""

from models.errors import LearnerError
from models.settings import setting

MOST_PICTURES = 100_000
MOST_EPOCHS = 200


def too_much(pictures: int, epochs: int) -> LearnerError | None:
    """Why a training on so many training pictures is not begun; None when it may be.

    The errors: `fit_too_many` (pictures, limit; `CONVSCOPE_MOST_PICTURES`), `fit_too_long` (epochs, limit;
    `CONVSCOPE_MOST_EPOCHS`).
    """
    most = round(setting("CONVSCOPE_MOST_PICTURES", MOST_PICTURES))
    if pictures > most:
        return LearnerError("fit_too_many", pictures=pictures, limit=most)
    longest = round(setting("CONVSCOPE_MOST_EPOCHS", MOST_EPOCHS))
    if epochs > longest:
        return LearnerError("fit_too_long", epochs=epochs, limit=longest)
    return None
