"""Full data sets over the network. The only file of this package that imports Keras: for worker processes."""

import keras

from models.datasets.official import FILES, folder, present
from models.errors import LearnerError

MEGABYTES = {"mnist": 11.5, "fashion_mnist": 30.9, "cifar10": 170.5}
"""What has to come over the network."""


def download(name: str) -> None:
    """Fetch a set by Keras, which checks it, into the folder where `DATASETS[name]()` looks for it.

    A set that is there already is left alone: Keras deletes files that differ from its own.

    Raises:
        LearnerError: `download_failed` (dataset, megabytes, folder, reason).
        ValueError: for a name that Keras does not have.
    """
    if name not in FILES:
        raise ValueError(f"name: expected one of {', '.join(FILES)}; received {name!r}")
    if present(name):
        return
    try:
        getattr(keras.datasets, name).load_data()
    except Exception as error:  # Keras raises a bare Exception when a download fails
        reason = str(error).partition("\n")[0][:200]
        numbers = {"megabytes": MEGABYTES[name], "folder": str(folder())}
        raise LearnerError("download_failed", dataset=name, reason=reason, **numbers) from error
