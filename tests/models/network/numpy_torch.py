"""A stand-in for the part of PyTorch that exported programs use, in NumPy, after PyTorch's documentation.

It computes what the documented formulas say (shapes, padding, order of axes) and learns nothing; PyTorch itself is not
among the requirements.
"""

import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

Size = int | tuple[int, int]


def pair(size: Size) -> tuple[int, int]:
    return size if isinstance(size, tuple) else (size, size)


class Tensor(np.ndarray[Any, Any]):
    """An array with PyTorch's names."""

    def numel(self) -> int:
        return self.size

    def dim(self) -> int:
        return self.ndim

    def square(self) -> "Tensor":
        return tensor(self * self)

    def float(self) -> "Tensor":
        return tensor(self)


class Loss:
    """A number that one can go back from, to nowhere."""

    def __init__(self, value: float) -> None:
        assert math.isfinite(value)
        self.value = value

    def __add__(self, other: float) -> "Loss":
        return Loss(self.value + float(other))

    def backward(self) -> None:
        pass

    def item(self) -> float:
        return self.value


def tensor(values: Any) -> Tensor:
    return np.asarray(values, np.float32).view(Tensor)


class Module:
    """Parameters and modules are its attributes."""

    def parts(self) -> list["Module"]:
        return [value for value in vars(self).values() if isinstance(value, Module)]

    def parameters(self) -> Iterator[Tensor]:
        yield from (value for name, value in vars(self).items() if name in ("weight", "bias") and value is not None)
        for part in self.parts():
            yield from part.parameters()

    def __call__(self, x: Tensor) -> Tensor:
        result: Tensor = self.forward(x)  # type: ignore[attr-defined]
        return result


class Sequential(Module):
    def __init__(self, *modules: Module) -> None:
        self.modules = modules

    def parts(self) -> list[Module]:
        return list(self.modules)

    def forward(self, x: Tensor) -> Tensor:
        for module in self.modules:
            x = module(x)
        return x


class Identity(Module):
    def forward(self, x: Tensor) -> Tensor:
        return x


class ConstantPad2d(Module):
    """(left, right, top, bottom); negative amounts cut off."""

    def __init__(self, edges: int | tuple[int, int, int, int], value: float = 0.0) -> None:
        self.edges = edges if isinstance(edges, tuple) else (edges,) * 4
        self.value = value

    def forward(self, x: Tensor) -> Tensor:
        left, right, top, bottom = self.edges
        amounts = ((0, 0), (0, 0), (max(top, 0), max(bottom, 0)), (max(left, 0), max(right, 0)))
        x = tensor(np.pad(x, amounts, constant_values=self.value))
        rows = slice(max(-top, 0), x.shape[2] - max(-bottom, 0))
        return tensor(x[:, :, rows, max(-left, 0) : x.shape[3] - max(-right, 0)])


class Conv2d(Module):
    def __init__(
        self,
        inputs: int,
        outputs: int,
        size: Size,
        stride: int = 1,
        padding: Size = 0,
        dilation: int = 1,
        groups: int = 1,
        bias: bool = True,
    ) -> None:
        self.weight = tensor(np.ones((outputs, inputs // groups, *pair(size))))
        self.bias = tensor(np.ones(outputs)) if bias else None
        self.stride, self.padding, self.dilation, self.groups = stride, pair(padding), dilation, groups

    def forward(self, x: Tensor) -> Tensor:
        top, left = self.padding
        x = ConstantPad2d((left, left, top, top))(x)
        spans = [(size - 1) * self.dilation + 1 for size in self.weight.shape[2:]]
        windows = sliding_window_view(x, spans, axis=(2, 3))[
            :, :, :: self.stride, :: self.stride, :: self.dilation, :: self.dilation
        ]
        kernels = np.split(self.weight, self.groups)
        maps = np.split(windows, self.groups, axis=1)
        out = np.concatenate([np.einsum("nchwij,ocij->nohw", m, k) for m, k in zip(maps, kernels, strict=True)], axis=1)
        return tensor(out if self.bias is None else out + self.bias[:, None, None])


class ConvTranspose2d(Module):
    def __init__(
        self,
        inputs: int,
        outputs: int,
        size: Size,
        stride: int = 1,
        padding: Size = 0,
        output_padding: Size = 0,
        bias: bool = True,
        dilation: int = 1,
    ) -> None:
        self.weight = tensor(np.ones((inputs, outputs, *pair(size))))
        self.bias = tensor(np.ones(outputs)) if bias else None
        self.stride, self.dilation, self.padding, self.end = stride, dilation, pair(padding), pair(output_padding)
        assert max(self.end) < max(stride, dilation)

    def forward(self, x: Tensor) -> Tensor:
        sizes = [
            (side - 1) * self.stride + self.dilation * (size - 1) + end + 1
            for side, size, end in zip(x.shape[2:], self.weight.shape[2:], self.end, strict=True)
        ]
        out = np.zeros((len(x), self.weight.shape[1], *sizes), np.float32)
        for i, j in np.ndindex(*self.weight.shape[2:]):
            rows = slice(i * self.dilation, i * self.dilation + (x.shape[2] - 1) * self.stride + 1, self.stride)
            cols = slice(j * self.dilation, j * self.dilation + (x.shape[3] - 1) * self.stride + 1, self.stride)
            out[:, :, rows, cols] += np.einsum("nchw,co->nohw", x, self.weight[:, :, i, j])
        top, left = self.padding
        out = out[:, :, top : sizes[0] - top, left : sizes[1] - left]
        return tensor(out if self.bias is None else out + self.bias[:, None, None])


class Pool2d(Module):
    def __init__(self, size: int, stride: int | None = None, padding: Size = 0, count_include_pad: bool = True) -> None:
        self.size, self.stride, self.padding, self.all = size, stride or size, pair(padding), count_include_pad
        assert max(self.padding) <= size // 2

    def windows(self, x: Tensor, outside: float) -> np.ndarray[Any, Any]:
        top, left = self.padding
        x = ConstantPad2d((left, left, top, top), outside)(x)
        return sliding_window_view(x, (self.size, self.size), axis=(2, 3))[:, :, :: self.stride, :: self.stride]


class MaxPool2d(Pool2d):
    def forward(self, x: Tensor) -> Tensor:
        return tensor(self.windows(x, -math.inf).max(axis=(4, 5)))


class AvgPool2d(Pool2d):
    def forward(self, x: Tensor) -> Tensor:
        count = self.size**2 if self.all else self.windows(tensor(np.ones_like(x)), 0).sum(axis=(4, 5))
        return tensor(self.windows(x, 0).sum(axis=(4, 5)) / count)


class AdaptiveAvgPool2d(Module):
    def __init__(self, size: int) -> None:
        assert size == 1

    def forward(self, x: Tensor) -> Tensor:
        return tensor(x.mean(axis=(2, 3), keepdims=True))


class AdaptiveMaxPool2d(AdaptiveAvgPool2d):
    def forward(self, x: Tensor) -> Tensor:
        return tensor(x.max(axis=(2, 3), keepdims=True))


class Linear(Module):
    def __init__(self, inputs: int, outputs: int, bias: bool = True) -> None:
        self.weight = tensor(np.ones((outputs, inputs)))
        self.bias = tensor(np.ones(outputs)) if bias else None

    def forward(self, x: Tensor) -> Tensor:
        out = x @ self.weight.T
        return tensor(out if self.bias is None else out + self.bias)


class BatchNorm(Module):
    """As at prediction time, where the running mean is still 0 and the running variance 1."""

    def __init__(self, channels: int, eps: float, momentum: float) -> None:
        assert 0 < momentum <= 1
        self.weight, self.bias, self.eps = tensor(np.ones(channels)), tensor(np.zeros(channels)), eps

    def forward(self, x: Tensor) -> Tensor:
        shape = (-1,) + (1,) * (x.ndim - 2)
        return tensor(x / math.sqrt(1 + self.eps) * self.weight.reshape(shape) + self.bias.reshape(shape))


class Flatten(Module):
    def forward(self, x: Tensor) -> Tensor:
        return tensor(x.reshape(len(x), -1))


class Dropout(Identity):
    def __init__(self, rate: float) -> None:
        assert 0 <= rate < 1


class Function(Module):
    """An activation function: what it does to every number."""

    def __init__(self, function: Any) -> None:
        self.forward = lambda x: tensor(function(x))


def softmax(dim: int) -> Function:
    return Function(
        lambda x: (
            np.exp(x - x.max(axis=dim, keepdims=True)) / np.exp(x - x.max(axis=dim, keepdims=True)).sum(axis=dim, keepdims=True)
        )
    )


class Loader:
    """One batch of 32."""

    def __init__(self, data: tuple[Tensor, Tensor], batch_size: int, shuffle: bool) -> None:
        assert shuffle
        self.batches = [tuple(array[:batch_size] for array in data)]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.batches)


def mean_squared(output: Tensor, answers: Tensor) -> Loss:
    assert output.shape == answers.shape
    return Loss(float(np.square(output - answers).mean()))


def chosen(output: Tensor, answers: Tensor) -> Loss:
    assert answers.ndim == 1
    assert output.ndim == 2
    return Loss(float(-output[np.arange(len(answers)), answers.astype(int)].mean()))


def random_values(*sizes: Any) -> Tensor:
    return tensor(np.random.default_rng(0).random(sizes[0] if isinstance(sizes[0], tuple) else sizes))


def initialise(weights: Tensor, **settings: Any) -> None:
    assert weights.ndim > 1 or not settings


FUNCTIONAL = SimpleNamespace(
    pad=lambda x, edges: ConstantPad2d(edges)(x),
    cross_entropy=chosen,
    nll_loss=chosen,
    binary_cross_entropy=mean_squared,
    mse_loss=mean_squared,
)

FUNCTIONS = {
    "ReLU": lambda: Function(lambda x: np.maximum(x, 0)),
    "LeakyReLU": lambda slope: Function(lambda x: np.where(x > 0, x, slope * x)),
    "ELU": lambda: Function(lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0)))),
    "GELU": lambda: Function(lambda x: x * 0.5 * (1 + np.vectorize(math.erf)(x / math.sqrt(2)))),
    "SiLU": lambda: Function(lambda x: x / (1 + np.exp(-x))),
    "Sigmoid": lambda: Function(lambda x: 1 / (1 + np.exp(-x))),
    "Tanh": lambda: Function(np.tanh),
    "Softmax": softmax,
}


@contextmanager
def as_torch() -> Iterator[None]:
    """`import torch` means this file, for a while."""
    torch, nn = ModuleType("torch"), ModuleType("torch.nn")
    names = ("xavier_uniform_", "xavier_normal_", "kaiming_uniform_", "kaiming_normal_", "normal_", "zeros_")
    modules = (
        Module,
        Sequential,
        Identity,
        ConstantPad2d,
        Conv2d,
        ConvTranspose2d,
        MaxPool2d,
        AvgPool2d,
        Linear,
        Flatten,
        Dropout,
    )
    vars(nn).update({module.__name__: module for module in (*modules, AdaptiveAvgPool2d, AdaptiveMaxPool2d)}, **FUNCTIONS)
    vars(nn).update(ZeroPad2d=ConstantPad2d, BatchNorm1d=BatchNorm, BatchNorm2d=BatchNorm, functional=FUNCTIONAL)
    vars(nn)["init"] = SimpleNamespace(**dict.fromkeys(names, initialise))
    optimizer = SimpleNamespace(zero_grad=lambda: None, step=lambda: None)
    vars(torch).update(
        nn=nn,
        rand=random_values,
        randint=lambda high, size: tensor(np.random.default_rng(0).integers(high, size=size)),
        ones_like=lambda x: tensor(np.ones_like(x)),
        log=np.log,
        optim=SimpleNamespace(Adam=lambda parameters, lr: optimizer),  # noqa: ARG005
        utils=SimpleNamespace(data=SimpleNamespace(DataLoader=Loader, TensorDataset=lambda *arrays: arrays)),
    )
    before = {name: sys.modules.get(name) for name in ("torch", "torch.nn")}
    sys.modules.update({"torch": torch, "torch.nn": nn})
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module
