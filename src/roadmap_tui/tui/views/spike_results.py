"""Spike results on the board: each spike's answer, and what it saved."""

from roadmap_tui.narrative.spike_ledger import effort_saved
from roadmap_tui.plan.items import Spike
from roadmap_tui.text.numbers import format_effort
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.views.lines import (
    Line,
    StyledSpan,
    fit_cells,
    join_fitting,
    selection_mark,
    text_cells,
    truncate,
)
from roadmap_tui.tui.views.view_model import ViewModel

_HEAD = 12
_WORDS = {"refuted": "No", "confirmed": "Yes", "inconclusive": "Unclear"}


def spike_result_lines(scene: ViewModel) -> list[tuple[str, Line]]:
    """One line per answered spike: refuted ones first, then the newest first."""
    today = scene.forecast.as_of
    spikes = [
        (name, spike)
        for name, spike in scene.plan.spike.items()
        if spike.verdict is not None and name in scene.visible
    ]
    spikes.sort(
        key=lambda each: (each[1].verdict != "refuted", -(each[1].finished or today).toordinal())
    )
    return [
        (name, _line(scene, name, spike, is_first=not nth))
        for nth, (name, spike) in enumerate(spikes)
    ]


def _line(scene: ViewModel, name: str, spike: Spike, *, is_first: bool) -> Line:
    heading = fit_cells(" RESULTS" if is_first else "", _HEAD)
    weeks = effort_saved(scene.plan, spike, scene.forecast.as_of)
    gain = ""
    if weeks:
        saved = format_effort(weeks)
        gain = f"saved {saved} person-week{'' if saved == '1' else 's'}"
    title = truncate(scene.title(name), max(16, scene.width // 3))
    room = scene.width - _HEAD - 1 - text_cells(title) - 2
    learned = escape_control(spike.learned or spike.answer or "no learnings recorded")
    said = f"{_WORDS[str(spike.verdict)]}: {learned}"
    result = join_fitting(
        [truncate(said, max(8, room - text_cells(gain) - 3)) if gain else said, gain], room
    )
    return (
        StyledSpan(heading, "bold"),
        selection_mark(name),
        StyledSpan(title, scene.item(name).track, name),
        StyledSpan(f"  {result}", "dim", name),
    )
