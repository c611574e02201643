"""Every way to draw a plan, by the name of its screen."""

from roadmap_tui.tui.screens.board import render_board
from roadmap_tui.tui.screens.changes import render_changes
from roadmap_tui.tui.screens.checks import render_checks
from roadmap_tui.tui.screens.map import render_map
from roadmap_tui.tui.screens.money import render_money
from roadmap_tui.tui.screens.ranking import render_ranking
from roadmap_tui.tui.screens.readiness import render_readiness
from roadmap_tui.tui.screens.spikes import render_spikes
from roadmap_tui.tui.screens.timeline import render_timeline
from roadmap_tui.tui.views.view_model import Renderer

RENDERERS: dict[str, Renderer] = {
    "board": render_board,
    "ranking": render_ranking,
    "timeline": render_timeline,
    "map": render_map,
    "fitness": render_readiness,
    "money": render_money,
    "findings": render_spikes,
    "checks": render_checks,
    "changes": render_changes,
}
