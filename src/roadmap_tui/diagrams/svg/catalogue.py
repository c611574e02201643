"""The pictures of a roadmap, by name; light, so that commands can offer them."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

PictureName: TypeAlias = Literal["timeline", "board", "ranking", "map"]


@dataclass(frozen=True, slots=True)
class PictureKind:
    """A picture and what it shows."""

    name: PictureName
    label: str
    help: str


PICTURES: tuple[PictureKind, ...] = (
    PictureKind("timeline", "Timeline", "when each item is likely to finish, and its chance"),
    PictureKind("board", "Board", "what is in progress and next, what is live, what spikes found"),
    PictureKind("ranking", "Ranking", "what is most worth doing, and how certain the order is"),
    PictureKind("map", "Map", "the dependencies"),
)
