"""A card opened in its place: all that the forecast says about it."""

from roadmap_tui.app.lines import Line, Span, fit, wrapped
from roadmap_tui.app.view import Scene
from roadmap_tui.report.about import about

_NAMES, _INDENT, _WIDEST = 14, 3, 100


def lines(scene: Scene, name: str) -> list[Line]:
    """The facts about an item, their names at the left, and a free line."""
    room = max(20, min(_WIDEST, scene.width - _INDENT) - _NAMES)
    told: list[Line] = []
    for fact in about(scene.plan, scene.forecast, name)[1:]:
        for nth, text in enumerate(wrapped(fact.text, room)):
            label = fit("" if nth else fact.name, _NAMES)
            told.append(
                (
                    Span(" " * _INDENT, "", name),
                    Span(label, "dim", name),
                    Span(fit(text, scene.width - _INDENT - _NAMES), "", name),
                )
            )
    return [*told, ()]
