"""What the checks have found of an item, as marks that are read without colour."""

from collections.abc import Iterator

from roadmap_tui.checks.rule import Severity
from roadmap_tui.tui.views.lines import TextSpan
from roadmap_tui.tui.views.view_model import ViewModel

_SIGNS: dict[Severity, tuple[str, str]] = {"E": ("✗", "bad"), "W": ("!", "warn"), "I": ("i", "dim")}


def finding_badges(scene: ViewModel, name: str) -> Iterator[TextSpan]:
    """At most three marks, the worst first: a sign for each severity, and how many findings there are of it."""
    found = scene.check_results.findings.of_item(name) if scene.check_results is not None else ()
    for severity, (sign, style) in _SIGNS.items():
        count = sum(each.severity == severity for each in found)
        if count:
            yield TextSpan(f"{sign}{count}", style)
