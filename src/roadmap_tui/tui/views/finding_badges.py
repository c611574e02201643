"""Findings of the checks as badges that are readable without colour."""

from collections.abc import Iterator

from roadmap_tui.checks.rule import Severity
from roadmap_tui.tui.views.lines import StyledSpan
from roadmap_tui.tui.views.view_model import ViewModel

_SIGNS: dict[Severity, tuple[str, str]] = {"E": ("✗", "bad"), "W": ("!", "warn"), "I": ("i", "dim")}


def severity_sign(severity: Severity) -> tuple[str, str]:
    """The sign of a severity, and its style."""
    return _SIGNS[severity]


def finding_badges(scene: ViewModel, name: str) -> Iterator[StyledSpan]:
    """Up to three badges, the worst severity first, each with the number of findings."""
    found = scene.check_results.findings.of_item(name) if scene.check_results is not None else ()
    for severity, (sign, style) in _SIGNS.items():
        count = sum(each.severity == severity for each in found)
        if count:
            yield StyledSpan(f"{sign}{count}", style)
