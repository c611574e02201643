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
    PictureKind("timeline", "Timeline", "when, and whether"),
    PictureKind("board", "Board", "what is on and what is next, what runs, what was found out"),
    PictureKind("ranking", "Ranking", "what is most worth doing, and how sure that order is"),
    PictureKind("map", "Map", "what hangs on what"),
)
