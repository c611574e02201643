"""Every picture there is."""

from collections.abc import Callable

from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.export.table import PictureName
from roadmap_tui.report.pictures.board import board
from roadmap_tui.report.pictures.net import net
from roadmap_tui.report.pictures.pen import Picture
from roadmap_tui.report.pictures.ranking import ranking
from roadmap_tui.report.pictures.timeline import timeline

PICTURES: dict[PictureName, Callable[[Subject], Picture]] = {
    "timeline": timeline,
    "board": board,
    "ranking": ranking,
    "map": net,
}
