"""The networks that another one can be compared with."""

from app import controls, i18n, session
from app.inside import network_link, run_choice, shipped_choice
from app.inside.choice import Chosen
from app.network import network_input
from models import engine
from models.hyperparameters import declared
from models.network.preprocessing import of_dataset, of_shape
from models.network.shipped import SHIPPED
from models.network.source import NetworkSource, read_link
from models.specs.training import TrainingSpec

MOST_RUNS = 20


def candidates(chosen: Chosen) -> dict[str, tuple[str, NetworkSource]]:
    """What a link says of a network -> its title and the network; those that come with the app, the learner's own, the runs."""
    found = {name: (shipped_choice.title(name), source_of(name)) for name in SHIPPED}
    found[network_link.LAYERS] = (i18n.raw("inside.kinds.layers"), source_of(network_link.LAYERS))
    for run in engine.trainings().runs(session.owner())[:MOST_RUNS]:
        found[run.id] = (run_choice.line(run), source_of(run.id))
    others = {link: (title, source) for link, (title, source) in found.items() if source and source != chosen.source}
    alike = sorted(others, key=lambda link: not _takes_the_same(others[link][1], chosen))
    return {link: others[link] for link in alike}


def _takes_the_same(source: NetworkSource, chosen: Chosen) -> bool:
    """Whether both are networks for the same data: those are the first to compare."""
    if source.kind != network_link.SHIPPED_KIND or chosen.source.kind != network_link.SHIPPED_KIND:
        return source.preprocessing == chosen.source.preprocessing
    one, other = SHIPPED[source.name], SHIPPED[chosen.source.name]
    return (one.dataset, one.input) == (other.dataset, other.input)


def source_of(link: str) -> NetworkSource | None:
    """The network that a link names, without asking anything; None where there is none."""
    if link in SHIPPED:
        return NetworkSource("shipped", link, preprocessing=of_dataset(SHIPPED[link].dataset))
    if link == network_link.LAYERS:
        spec = network_input.current()
        line = network_input.written(spec)
        seed = int(declared(TrainingSpec)["seed"].take(controls.get(TrainingSpec, "seed")) or 0)
        return NetworkSource("layers", "", 0, line.input, line.layers, seed, preprocessing=of_shape(spec.input_shape))
    named = read_link(link)
    run = engine.trainings().read(named[0]) if named else None
    if not named or not run:
        return None
    epoch = named[1] if named[1] is not None else max((0, *engine.trainings().store.epochs(run.id)))
    return NetworkSource("run", run.id, epoch=epoch, preprocessing=of_dataset(str(run.dataset.get("name", ""))))
