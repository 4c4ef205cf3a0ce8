"""A network that somebody brings: the bytes of a `.keras` file -> a Keras model.

Nothing in the file is ever executed, and Keras' own deserialiser never sees it: see `models.network.keras_file`.
"""

import keras

from models.errors import LearnerError
from models.network.keras_file import archive, text
from models.network.keras_file.check import check
from models.network.keras_file.describe import describe
from models.network.keras_file.rebuild import rebuild
from models.network.keras_file.weights import opened


def load_model(data: bytes) -> keras.Model:
    """The network in the bytes of a `.keras` file, as `keras.Model.save` of Keras 3 writes it.

    Taken are Sequential and Functional networks with one input, a picture of any or a given size, and one output, made of
    the layers in `models.network.keras_file.kinds`, also within one another. What a file says about training (optimizer,
    loss, metrics) is not looked at; the model is not compiled. Numbers are float32 whatever the file has.

    Limits: 50 MB, 800 layers, 64 million numbers and 20 thousand million multiplications for one picture.

    Raises:
        LearnerError: for everything that is not taken, with the layer where there is one; the codes begin with `network_`,
            besides `too_many_layers` and `nested_too_deeply`. See the functions that are called here.
    """
    parts = archive.unpack(data)
    check_version(text.parse(parts.metadata, "metadata.json"))
    plan = describe(text.parse(parts.config, "config.json"))
    with opened(parts.weights) as weights:
        try:
            model = rebuild(plan, weights)
        except RecursionError as error:  # Keras goes along a chain of layers by calling itself
            raise LearnerError("too_many_layers", count=plan.calls, limit=plan.calls - 1) from error
    check(model)
    return model


def check_version(metadata: dict[str, object]) -> None:
    """Refuse files of another Keras: their descriptions mean something else.

    Raises:
        LearnerError: `network_file_version` (version).
    """
    version = metadata.get("keras_version")
    if not isinstance(version, str) or not version.startswith("3."):
        raise LearnerError("network_file_version", version=str(version)[:20])
