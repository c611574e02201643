"""The mistakes found in a plan, as the screens go through them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias, get_args

from roadmap_tui.checks.run import Findings, findings, worths
from roadmap_tui.checks.subject import Known
from roadmap_tui.checks.values import SEVERITIES, Finding
from roadmap_tui.files.document import Document
from roadmap_tui.forecast.calibration import calibrated
from roadmap_tui.forecast.pace import Check
from roadmap_tui.forecast.simulation import ordered
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.forecast.trials import FUTURES
from roadmap_tui.history.asking import Unavailable
from roadmap_tui.history.past import Past
from roadmap_tui.plan.faults import spell_path
from roadmap_tui.plan.resolve import resolve

Grouping: TypeAlias = Literal["severity", "item", "rule"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)


@dataclass(frozen=True)
class Checked:
    """What is wrong with a document's plan.

    Attributes:
        document: the one that was checked.
        findings: what was found.
    """

    document: Document
    findings: Findings = field(default_factory=Findings)

    @cached_property
    def keyed(self) -> Mapping[str, Finding]:
        """Every finding by a name of its own, the worst first."""
        named: dict[str, Finding] = {}
        for each in self.findings.found:
            name = f"{each.check} {spell_path(each.path)}"
            while name in named:
                name += "'"
            named[name] = each
        return named

    def groups(self, by: Grouping, shown: frozenset[str]) -> Iterator[tuple[str, list[str]]]:
        """The names of the findings about what is shown, group by group; a group's own name first."""
        groups: dict[str, list[str]] = {}
        for name, each in self.keyed.items():
            if each.item is None or each.item in shown:
                groups.setdefault(_group(each, by), []).append(name)
        yield from groups.items()

    def first_of(self, item: str | None) -> str | None:
        """The name of the worst finding about an item, or of the worst of all if there is none about it."""
        of_it = (name for name, each in self.keyed.items() if each.item == item)
        return next(of_it, next(iter(self.keyed), None))


def _group(finding: Finding, by: Grouping) -> str:
    match by:
        case "severity":
            return SEVERITIES[finding.severity]
        case "item":
            return finding.item or ""
        case "rule":
            return finding.check


def checked(
    document: Document, forecast: Forecast, past: Past | Unavailable | None, check: Check
) -> Checked:
    """The mistakes in a document's plan.

    Raises:
        StoppedError: from `check`.
    """
    plan = document.plan
    if plan is None:
        return Checked(document)
    resolved = calibrated(resolve(plan, as_of=forecast.as_of))
    check()
    priced = worths(resolved, ordered(resolved, FUTURES, check=check).places, check)
    known = Known(forecast, tuple(fault for fault, _ in document.found), past, priced)
    return Checked(document, findings(plan, known, check))
