"""All pictures."""

from collections.abc import Callable

from roadmap_tui.diagrams.svg.board import board_picture
from roadmap_tui.diagrams.svg.catalogue import PictureName
from roadmap_tui.diagrams.svg.elements import SvgPicture
from roadmap_tui.diagrams.svg.item_map import map_picture
from roadmap_tui.diagrams.svg.ranking import ranking_picture
from roadmap_tui.diagrams.svg.timeline import timeline_picture
from roadmap_tui.narrative.context import ReportContext

PICTURE_RENDERERS: dict[PictureName, Callable[[ReportContext], SvgPicture]] = {
    "timeline": timeline_picture,
    "board": board_picture,
    "ranking": ranking_picture,
    "map": map_picture,
}
