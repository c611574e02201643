"""A card opened in its place: all that the forecast says about it."""

from roadmap_tui.narrative.item_facts import item_facts
from roadmap_tui.tui.views.lines import Line, TextSpan, fit_cells, wrap_cells
from roadmap_tui.tui.views.view_model import ViewModel

_NAMES, _INDENT, _WIDEST = 14, 3, 100


def card_detail_lines(scene: ViewModel, name: str) -> list[Line]:
    """The facts about an item, their names at the left, and a free line."""
    room = max(20, min(_WIDEST, scene.width - _INDENT) - _NAMES)
    told: list[Line] = []
    for fact in item_facts(scene.plan, scene.forecast, name)[1:]:
        for nth, text in enumerate(wrap_cells(fact.text, room)):
            label = fit_cells("" if nth else fact.name, _NAMES)
            told.append(
                (
                    TextSpan(" " * _INDENT, "", name),
                    TextSpan(label, "dim", name),
                    TextSpan(fit_cells(text, scene.width - _INDENT - _NAMES), "", name),
                )
            )
    return [*told, ()]
