"""All screens on the plan, by name."""

from roadmap_tui.tui.controller import PlanController
from roadmap_tui.tui.handlers.registry import HANDLERS
from roadmap_tui.tui.screens.board import BoardScreen
from roadmap_tui.tui.screens.changes import ChangesScreen
from roadmap_tui.tui.screens.checks import ChecksScreen
from roadmap_tui.tui.screens.map import MapScreen
from roadmap_tui.tui.screens.money import MoneyScreen
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.screens.ranking import RankingScreen
from roadmap_tui.tui.screens.readiness import ReadinessScreen
from roadmap_tui.tui.screens.spikes import SpikesScreen
from roadmap_tui.tui.screens.timeline import TimelineScreen

_CLASSES: tuple[type[PlanScreen], ...] = (
    BoardScreen,
    RankingScreen,
    TimelineScreen,
    MapScreen,
    ReadinessScreen,
    MoneyScreen,
    SpikesScreen,
    ChecksScreen,
    ChangesScreen,
)
SCREENS = {each.NAME: each for each in _CLASSES}
RENDERERS = {name: each.RENDERER for name, each in SCREENS.items()}


def make_screen(controller: PlanController, name: str) -> PlanScreen:
    """A new screen."""
    return SCREENS[name](controller, HANDLERS)
