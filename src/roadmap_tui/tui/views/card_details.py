"""Details of an expanded card."""

from roadmap_tui.narrative.item_facts import item_facts
from roadmap_tui.tui.views.lines import Line, StyledSpan, fit_cells, wrap_cells
from roadmap_tui.tui.views.view_model import ViewModel

_NAMES, _INDENT, _WIDEST = 14, 3, 100


def card_detail_lines(scene: ViewModel, name: str) -> list[Line]:
    """The facts about an item, names at the left, and an empty line."""
    room = max(20, min(_WIDEST, scene.width - _INDENT) - _NAMES)
    facts: list[Line] = []
    for fact in item_facts(scene.plan, scene.forecast, name)[1:]:
        for nth, text in enumerate(wrap_cells(fact.text, room)):
            label = fit_cells("" if nth else fact.name, _NAMES)
            facts.append(
                (
                    StyledSpan(" " * _INDENT, "", name),
                    StyledSpan(label, "dim", name),
                    StyledSpan(fit_cells(text, scene.width - _INDENT - _NAMES), "", name),
                )
            )
    return [*facts, ()]
