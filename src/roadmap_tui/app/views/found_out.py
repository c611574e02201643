"""The board's strip of what was found out: each spike's answer, and what it saved."""

from roadmap_tui.app.lines import Line, Span, clip, fit, joined, mark, width
from roadmap_tui.app.view import Scene
from roadmap_tui.files.display import printable
from roadmap_tui.plan.items import Spike
from roadmap_tui.report.ledger import saved_by
from roadmap_tui.report.words import tenths

_HEAD = 12
_WORDS = {"refuted": "No", "confirmed": "Yes", "inconclusive": "Unclear"}


def found_out(scene: Scene) -> list[tuple[str, Line]]:
    """A line for each answered spike, those that said no first, and of these the newest."""
    today = scene.forecast.as_of
    spikes = [
        (name, spike)
        for name, spike in scene.plan.spike.items()
        if spike.verdict is not None and name in scene.shown
    ]
    spikes.sort(
        key=lambda each: (each[1].verdict != "refuted", -(each[1].finished or today).toordinal())
    )
    return [
        (name, _line(scene, name, spike, is_first=not nth))
        for nth, (name, spike) in enumerate(spikes)
    ]


def _line(scene: Scene, name: str, spike: Spike, *, is_first: bool) -> Line:
    heading = fit(" FOUND OUT" if is_first else "", _HEAD)
    weeks = saved_by(scene.plan, spike, scene.forecast.as_of)
    gain = (
        f"saved {tenths(weeks)} person-week{'' if tenths(weeks) == '1' else 's'}" if weeks else ""
    )
    title = clip(scene.title(name), max(16, scene.width // 3))
    room = scene.width - _HEAD - 1 - width(title) - 2
    learned = printable(spike.learned or spike.answer or "nothing written down yet")
    said = f"{_WORDS[str(spike.verdict)]}: {learned}"
    told = joined([clip(said, max(8, room - width(gain) - 3)) if gain else said, gain], room)
    return (
        Span(heading, "bold"),
        mark(name),
        Span(title, scene.item(name).track, name),
        Span(f"  {told}", "dim", name),
    )
