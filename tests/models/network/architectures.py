"""Networks of many kinds, small, for pictures that are not square: what a person may bring, and what may be looked into."""

from collections.abc import Callable, Mapping

import keras

from models.network.build import build
from models.network.notation import parse
from tests.models.network.keras_files import L, plain_network, sequential
from tests.models.network.random_networks import EVERY_KIND


def branches() -> keras.Model:
    """Every way to merge."""
    picture = keras.Input((11, 8, 3))
    a, b = (L.Conv2D(4, 3, padding="same", activation="tanh")(picture) for _ in range(2))
    merged = [kind()([a, b]) for kind in (L.Add, L.Subtract, L.Multiply, L.Average, L.Maximum, L.Minimum, L.Concatenate)]
    x = L.Concatenate()(merged)
    return keras.Model(picture, L.Dense(3)(L.GlobalAveragePooling2D()(x)))


def nested() -> keras.Model:
    """Networks in networks: Sequential, Functional, called twice, three deep."""
    inside = keras.Input((None, None, 4))
    deep = sequential(L.Conv2D(4, 1, activation="relu", name="conv"), shape=(None, None, 4))
    block = keras.Model(
        inside, L.Add()([deep(inside), L.DepthwiseConv2D(3, padding="same", name="conv")(inside)]), name="block"
    )
    picture = keras.Input((10, 13, 3))
    x = L.Conv2D(4, 3, name="first", activation="elu")(picture)
    return keras.Model(picture, block(L.ReLU()(block(x))), name="outer")


def residual() -> keras.Model:
    """A residual network with batch normalisation, for pictures of any size."""
    picture = keras.Input((None, None, 1))
    x = L.Conv2D(6, 3, padding="same", use_bias=False)(picture)
    for stride in (1, 2):
        y = L.Activation("relu")(L.BatchNormalization()(x))
        y = L.Conv2D(6, 3, strides=stride, padding="same")(y)
        x = L.Add()([y, L.Conv2D(6, 1, strides=stride)(x)])
    return keras.Model(picture, L.Dense(1, activation="sigmoid")(L.GlobalMaxPooling2D()(x)))


def arithmetic() -> keras.Model:
    """Operators instead of layers."""
    picture = keras.Input((8, 6, 3))
    x = L.Conv2D(4, 3)(picture / 2)
    y = keras.ops.relu(x) + keras.ops.sigmoid(x) * 2.0 - keras.ops.tanh(1 - x)
    z = keras.ops.concatenate([keras.ops.maximum(x, y), keras.activations.relu(x, max_value=6)], axis=-1)
    return keras.Model(picture, keras.ops.softmax(L.Dense(5)(L.Flatten()(0.5 + z))))


ARCHITECTURES: Mapping[str, Callable[[], keras.Model]] = {
    "plain": plain_network,
    "every_spec": lambda: build(parse(EVERY_KIND, "15x17x3"), seed=1),
    "global_pool": lambda: build(parse("conv 4 relu | global_pool max | dense 3 softmax", "9x11x1"), seed=1),
    "branches": branches,
    "nested": nested,
    "residual": residual,
    "arithmetic": arithmetic,
    "convolutions": lambda: sequential(
        L.Conv2D(4, (3, 2), strides=(2, 1), padding="same", activation="gelu"),
        L.Conv2D(6, 3, groups=2, padding="same", kernel_regularizer="l2", kernel_initializer=keras.initializers.Orthogonal(2)),
        L.DepthwiseConv2D((2, 3), depth_multiplier=2, activation="silu", dilation_rate=(1, 2)),
        L.SeparableConv2D(5, 3, depth_multiplier=3, padding="same", activation="softsign", use_bias=False),
        L.Conv2DTranspose(4, (3, 4), strides=(2, 3), padding="valid", activation=L.LeakyReLU(negative_slope=0.2)),
        L.Conv2DTranspose(3, 2, strides=2, padding="same", output_padding=1),
        L.Conv2DTranspose(3, 3, dilation_rate=2),
        shape=(13, 11, 3),
    ),
    "pools": lambda: sequential(
        L.ZeroPadding2D(((1, 2), (0, 3))),
        L.MaxPooling2D(2, strides=1, padding="same"),
        L.AveragePooling2D((3, 2)),
        L.UpSampling2D((2, 3), interpolation="bilinear"),
        L.UpSampling2D(2),
        L.Cropping2D(((1, 0), (2, 1))),
        L.Resizing(6, 5),
        L.CenterCrop(4, 4),
        L.GlobalAveragePooling2D(keepdims=True),
        L.Flatten(),
        shape=(12, 9, 3),
    ),
    "norms": lambda: sequential(
        L.Rescaling([2.0, 1.0, 0.5], offset=-1),
        L.Normalization(mean=[0.1, 0.2, 0.3], variance=[1.0, 2.0, 3.0]),
        L.Normalization(axis=-1),
        L.BatchNormalization(scale=False, trainable=False),
        L.LayerNormalization(axis=[1, 3]),
        L.GroupNormalization(groups=3, center=False),
        L.UnitNormalization(),
        L.BatchNormalization(center=False),
    ),
    "functions": lambda: sequential(
        L.ReLU(max_value=6.0, negative_slope=0.1),
        L.LeakyReLU(negative_slope=0.3),
        L.ELU(alpha=0.7),
        L.PReLU(shared_axes=[1, 2]),
        L.PReLU(),
        L.Activation("hard_sigmoid"),
        L.Softmax(),
    ),
    "noise": lambda: sequential(
        L.RandomFlip("horizontal"),
        L.RandomRotation(0.1),
        L.RandomZoom(0.1, seed=3),
        L.RandomTranslation(0.1, 0.2),
        L.RandomContrast(0.2),
        L.RandomBrightness(0.2),
        L.Dropout(0.5, seed=1),
        L.SpatialDropout2D(0.2),
        L.GaussianDropout(0.1),
        L.GaussianNoise(0.3),
        L.AlphaDropout(0.1),
        L.ActivityRegularization(l2=0.1),
        L.Identity(),
        L.Conv2D(2, 3),
    ),
    "shapes": lambda: sequential(
        L.Permute((2, 1, 3)), L.Dense(4, activation="relu"), L.Reshape((-1, 6, 2)), L.Flatten(), L.Dense(1), shape=(9, 7, 3)
    ),
    "grey_without_channels": lambda: sequential(
        L.Reshape((8, 6, 1)), L.Conv2D(3, 3, activation="relu"), L.Flatten(), L.Dense(2), shape=(8, 6)
    ),
}
"""Name -> makes a network."""
