"""What the checks have found of an item, as marks that are read without colour."""

from collections.abc import Iterator

from roadmap_tui.app.lines import Span
from roadmap_tui.app.view import Scene
from roadmap_tui.checks.values import Severity

_SIGNS: dict[Severity, tuple[str, str]] = {"E": ("✗", "bad"), "W": ("!", "warn"), "I": ("i", "dim")}


def marks(scene: Scene, name: str) -> Iterator[Span]:
    """At most three marks, the worst first: a sign for each severity, and how many findings there are of it."""
    found = scene.checked.findings.of(name) if scene.checked is not None else ()
    for severity, (sign, style) in _SIGNS.items():
        count = sum(each.severity == severity for each in found)
        if count:
            yield Span(f"{sign}{count}", style)
