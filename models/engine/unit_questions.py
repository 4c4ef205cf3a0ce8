"""What pages ask about one unit of an open network."""

from models.arrays import ImageArray
from models.engine.networks import opened
from models.network.place_values import PlaceStory
from models.network.source import NetworkSource
from models.network.unit import unit_story as story_of
from models.network.unit_place import place_story as place_of
from models.network.unit_values import Story


def unit_story(source: NetworkSource, picture: ImageArray, layer: str, map: int, shown: int) -> Story:
    """`models.network.unit.unit_story` for a picture 0 to 1, (height, width, channels), before its preprocessing."""
    network = opened(source)
    return story_of(network.model, layer, map, network.preprocess(picture[None])[0], shown)


def place_story(source: NetworkSource, picture: ImageArray, layer: str, map: int, row: int, col: int) -> PlaceStory:
    """`models.network.unit_place.place_story` for a picture 0 to 1."""
    network = opened(source)
    return place_of(network.model, layer, map, row, col, network.preprocess(picture[None])[0])
