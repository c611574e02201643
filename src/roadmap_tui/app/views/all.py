"""Every way to draw a plan, by the name of its screen."""

from roadmap_tui.app.view import View
from roadmap_tui.app.views.board import board
from roadmap_tui.app.views.changes import changes
from roadmap_tui.app.views.checks import checks
from roadmap_tui.app.views.findings import findings
from roadmap_tui.app.views.fitness import fitness
from roadmap_tui.app.views.map import graph
from roadmap_tui.app.views.money import money
from roadmap_tui.app.views.ranking import ranking
from roadmap_tui.app.views.timeline import timeline

VIEWS: dict[str, View] = {
    "board": board,
    "ranking": ranking,
    "timeline": timeline,
    "map": graph,
    "fitness": fitness,
    "money": money,
    "findings": findings,
    "checks": checks,
    "changes": changes,
}
