"""A Keras model as one row of calls, inner models unfolded: what is computed, from what, in which order.

This is the only file that looks into how Keras keeps its graphs.
"""

import inspect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import keras

PICTURE = -1
"""Stands for what comes into the network, where otherwise the index of a step stands."""


@dataclass(frozen=True)
class Step:
    """One call of one layer.

    `name` is the layer's own; where two layers of a network share it, the names of the models around it stand before it
    ("encoder/conv"), and a layer's second call is "conv#2". `sources` are the steps that it takes from, `path` the names of
    the models around it and its own.
    """

    name: str
    layer: Any
    sources: tuple[int, ...]
    path: tuple[str, ...]
    node: Any = None

    def arguments(self, values: Sequence[Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """(arguments, named arguments) of the layer's call, with `values` for `sources`, as at prediction time."""
        if self.node is None:
            args, kwargs = (values[0],), {}
        else:
            tensors = self.node.arguments.keras_tensors
            args, kwargs = self.node.arguments.fill_in({id(t): value for t, value in zip(tensors, values, strict=True)})
        named = {name: value for name, value in kwargs.items() if name not in ("mask", "training")}
        if "training" in inspect.signature(self.layer.call).parameters:
            named["training"] = False
        return args, named

    def run(self, values: Sequence[Any]) -> Any:
        """What the layer makes of `values`. Its losses and counters stay as they are: Keras' own bookkeeping is left out."""
        args, named = self.arguments(values)
        return self.layer.call(*args, **named)


@dataclass(frozen=True)
class Graph:
    """All steps of a network, none before its sources.

    `shape` is what comes in, (height, width, channels) or (height, width), None where any size may come; `output` is the step
    that the network's answer comes from; `blocks` names for each inner model the step that its output comes from.
    """

    shape: tuple[int | None, ...]
    steps: tuple[Step, ...]
    output: int
    blocks: Mapping[str, int]

    def index(self, name: str) -> int:
        """The step called `name`; of an inner model its last one.

        Raises:
            ValueError: when there is none.
        """
        if name in self.blocks:
            return self.blocks[name]
        names = [step.name for step in self.steps]
        if name not in names:
            raise ValueError(f"layer: expected one of {', '.join(names)}; received {name!r}")
        return names.index(name)

    def needed(self, wanted: Sequence[int]) -> list[int]:
        """The steps that `wanted` are computed from, themselves included, in order."""
        found, waiting = {PICTURE}, list(wanted)
        while waiting:
            index = waiting.pop()
            if index not in found:
                found.add(index)
                waiting.extend(self.steps[index].sources)
        return sorted(found - {PICTURE})


def graph(model: keras.Model) -> Graph:
    """The calls of a Sequential or Functional model with one input and one output.

    Raises:
        TypeError: for any other model, and for one that is not built.
    """
    steps: list[Step] = []
    blocks: dict[tuple[str, ...], int] = {}
    output = _unfold(model, PICTURE, (), steps, blocks)
    own = Counter(path[-1] for path in {*(step.path for step in steps), *blocks})
    calls: Counter[str] = Counter()

    def called(path: tuple[str, ...]) -> str:
        name = path[-1] if own[path[-1]] == 1 else "/".join(path)
        calls[name] += 1
        return name if calls[name] == 1 else f"{name}#{calls[name]}"

    named = tuple(replace(step, name=called(step.path)) for step in steps)
    ends = {called(path): step for path, step in blocks.items()}
    return Graph(tuple(model.inputs[0].shape[1:]), named, output, ends)


def _unfold(model: Any, source: int, above: tuple[str, ...], steps: list[Step], blocks: dict[tuple[str, ...], int]) -> int:
    """Append the steps of `model`, fed from `source`; returns the step of its output."""
    if not isinstance(model, keras.Model) or not model.built or len(model.inputs) != 1 or len(model.outputs) != 1:
        raise TypeError(f"model: expected a built model with one input and one output; received {type(model).__name__}")
    made = {id(model.inputs[0]): source}
    last = source
    for layer, tensors, output, node in _calls(model):
        sources = tuple(made[id(tensor)] for tensor in tensors) if node else (last,)
        path = (*above, layer.name)
        if isinstance(layer, keras.Model):
            last = _unfold(layer, sources[0], path, steps, blocks)
            blocks.setdefault(path, last)
        else:
            steps.append(Step("", layer, sources, path, node))
            last = len(steps) - 1
        made[id(output)] = last
    return made[id(model.outputs[0])] if not isinstance(model, keras.Sequential) else last


def _calls(model: Any) -> Iterator[tuple[Any, Sequence[Any], Any, Any]]:
    """(layer, tensors in, tensor out, node) of every call; a Sequential model is a chain and needs no nodes."""
    if isinstance(model, keras.Sequential):
        for layer in model.layers:
            yield layer, (), None, None
        return
    for depth in sorted(model._nodes_by_depth, reverse=True):
        for node in model._nodes_by_depth[depth]:
            if not node.is_input:
                yield node.operation, node.arguments.keras_tensors, node.outputs[0], node
