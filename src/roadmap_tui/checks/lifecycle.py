"""Models after their launch: watched, trained again, and looked after by people who are there."""

from collections.abc import Iterator

from roadmap_tui.checks.subject import Subject
from roadmap_tui.checks.values import Hit, Mistake
from roadmap_tui.files.edits import SetValue

_MONITOR = {
    "signal": "what shows that it drifts, such as PSI of its scores",
    "warn": 0.1,
    "act": 0.25,
    "every_weeks": 1,
}


@Mistake(
    "LC01",
    "E",
    "live",
    reason="The world moves on and the model does not; without a monitor its users are the first to see it.",
    fix="add monitor = { signal, warn, act, every_weeks }",
)
def lc01(seen: Subject) -> Iterator[Hit]:
    """A live model has no monitor."""
    for name, model in seen.models("planned", "active", "live"):
        if model.monitor is None:
            path = seen.path(name, "monitor")
            yield Hit(path, "nothing watches it", edits=(SetValue(path, _MONITOR),))
