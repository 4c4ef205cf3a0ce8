"""How one operation works on a picture."""

from dataclasses import dataclass

from models.errors import LearnerError
from models.hyperparameters import Integer, Spec, choice, integer, number, padding, words

KERNEL_SIZE = Integer(1, 11)


@dataclass(frozen=True)
class ConvSpec(Spec):
    """How a kernel walks over a picture.

    `kernel_size` is one number for a square kernel or (height, width) for a rectangular one, in pixels, 1 to 11.
    `padding` is "valid", "same" or the number of zero rows and columns on every side.
    """

    kernel_size: int | tuple[int, int] = integer(default=3, low=KERNEL_SIZE.low, high=KERNEL_SIZE.high)
    stride: int = integer(default=1, low=1, high=8)
    padding: str | int = padding(default="valid", low=0, high=16)
    dilation: int = integer(default=1, low=1, high=4)

    def __post_init__(self) -> None:
        if not isinstance(self.kernel_size, tuple):
            super().__post_init__()
            return
        sides = tuple(KERNEL_SIZE.take(side) for side in self.kernel_size)
        if len(sides) != 2 or None in sides:
            raise LearnerError(
                "not_a_whole_number", field="kernel_size", received=self.kernel_size, low=KERNEL_SIZE.low, high=KERNEL_SIZE.high
            )
        pair = (sides[0] or 0, sides[1] or 0)
        object.__setattr__(self, "kernel_size", pair[0])
        super().__post_init__()
        object.__setattr__(self, "kernel_size", pair if pair[0] != pair[1] else pair[0])

    @property
    def kernel_shape(self) -> tuple[int, int]:
        """(height, width) of the kernel."""
        return self.kernel_size if isinstance(self.kernel_size, tuple) else (self.kernel_size, self.kernel_size)

    @property
    def spans(self) -> tuple[int, int]:
        """(height, width) of the window that the dilated kernel covers: (kernel - 1) x dilation + 1."""
        height, width = self.kernel_shape
        return (height - 1) * self.dilation + 1, (width - 1) * self.dilation + 1


@dataclass(frozen=True)
class PoolSpec(Spec):
    """How a pooling window summarises a map. The global kinds read neither `size`, `stride` nor `padding`."""

    kind: str = choice("max", "max", "average", "min", "global_average", "global_max")
    size: int = integer(default=2, low=1, high=8)
    stride: int = integer(default=2, low=1, high=8)
    padding: str = choice("valid", "valid", "same")


@dataclass(frozen=True)
class ActivationSpec(Spec):
    """Which function bends each number of a feature map."""

    activation: str = choice("none", "none", "relu", "leaky_relu", "elu", "gelu", "silu", "sigmoid", "tanh")


@dataclass(frozen=True)
class FilterSpec(Spec):
    """How one kernel becomes the filters of a layer.

    `kernel` is a name in `models.images.KERNELS` or typed numbers: `1 0 -1; 2 0 -2; 1 0 -1` is three rows, `|` starts the slice
    of the next input channel. `arrangement`: "turned" turns the kernel step by step, "random" draws Glorot-uniform ones from
    `seed` as an untrained Keras layer does, "constants" fills the filters with 1, 10, -1 in turn.
    """

    kernel: str = words(default="sobel_vertical", longest=6000)
    filters: int = integer(default=4, low=1, high=16)
    arrangement: str = choice("turned", "turned", "random", "constants")
    bias: float = number(default=0.0, low=-10.0, high=10.0, step=0.1)
    seed: int = integer(default=0, low=0, high=9999)
