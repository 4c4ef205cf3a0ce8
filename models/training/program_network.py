"""The code of a network that starts from the very weights that `models.network.build` draws."""

from models.network.code.flow import flow
from models.network.code.keras_programs import argument_code, literal
from models.network.keras_calls import call_of, is_default
from models.network.rows import LayerRow
from models.network.seeds import number_of
from models.network.shapes import walk
from models.specs.network import NetworkSpec


def network_code(spec: NetworkSpec, seed: int) -> str:
    """The lines that make `model`; every initializer and every dropout has the seed that `build(spec, seed)` gives it."""
    lines = [f"inputs = keras.Input({spec.input_shape})", "x = inputs", *flow(walk(spec), Seeded(seed))]
    lines += ['model = keras.Model(inputs, x, name="network")', "model.summary()"]
    return "\n".join(lines).replace("=regularizers.", "=keras.regularizers.")


class Seeded:
    """Layers made where they are called, each with its seeds."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def call(self, row: LayerRow) -> str:
        """A new layer."""
        call = call_of(row.layer)
        given = {name: value for name, value in call.named.items() if value is not None}
        named = {name: self._argument(row, name, value) for name, value in given.items()}
        if call.layer == "Dropout":
            named["seed"] = str(number_of(f"{self._seed}/{row.name}"))
        arguments = [*(literal(value) for value in call.first), *(f"{name}={code}" for name, code in named.items() if code)]
        return f"layers.{call.layer}({', '.join([*arguments, f'name={literal(row.name)}'])})(x)"

    def add(self, row: LayerRow, shortcut: str) -> str:
        """A layer of its own, with a name."""
        return f'layers.Add(name="{row.name}_add")([x, {shortcut}])'

    def _argument(self, row: LayerRow, name: str, value: object) -> str:
        """The code of one named argument; empty where Keras takes the same anyway."""
        if name.endswith("_initializer") and value != "zeros":
            kind = str(value).title().replace("_", "")
            return f"keras.initializers.{kind}(seed={number_of(f'{self._seed}/{row.name}/{name}')})"
        return "" if is_default(name, value) else argument_code(name, value)
