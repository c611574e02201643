"""Looking for all known mistakes in a plan."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from roadmap_tui.checks.context import CheckContext, CheckInputs
from roadmap_tui.checks.registry import RULE_IDS, RULES
from roadmap_tui.checks.rule import SEVERITIES, Finding, Rule, Severity, Violation
from roadmap_tui.checks.suppressions import is_suppressed
from roadmap_tui.forecast.analysis.value_of_information import SpikeValue, spike_values
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_progress
from roadmap_tui.forecast.simulation.priority import QueueEntry
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.plan.faults import Fault
from roadmap_tui.plan.resolver import ResolvedPlan
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.plan.validation import GRAPH_CHECK
from roadmap_tui.text.terminal_text import escape_control

MAX_MARKS = 3
_SEVERITY_ORDER = {severity: at for at, severity in enumerate(SEVERITIES)}
_TRACKS = {"product", "model", "spike"}


@dataclass(frozen=True)
class CheckFindings:
    """What is wrong with a plan.

    Attributes:
        found: the worst first; of those alike, in the order of the file.
        later: what it is not time for yet.
        ignored: what somebody gave a reason for.
        git_error: why what needs git was not asked; empty if it was.
    """

    found: tuple[Finding, ...] = ()
    later: tuple[Finding, ...] = ()
    ignored: tuple[Finding, ...] = ()
    git_error: str = ""

    @cached_property
    def by_item(self) -> dict[str | None, tuple[Finding, ...]]:
        """The findings of each item that has some, the worst first; those of the roadmap as a whole under None."""
        return group_by_item(self.found)

    def of_item(self, item: str | None) -> tuple[Finding, ...]:
        """The findings of an item, the worst first."""
        return self.by_item.get(item, ())

    def marks(self, item: str) -> tuple[Finding, ...]:
        """Those that are shown on its card: three at most."""
        return self.of_item(item)[:MAX_MARKS]

    def count(self, severity: Severity) -> int:
        """How many there are of a severity."""
        return self._counts[severity]

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(each.severity for each in self.found)


def group_by_item(found: Iterable[Finding]) -> dict[str | None, tuple[Finding, ...]]:
    """Findings by item, in their order."""
    items: dict[str | None, list[Finding]] = {}
    for each in found:
        items.setdefault(each.item, []).append(each)
    return {name: tuple(each) for name, each in items.items()}


def price_open_spikes(
    resolved: ResolvedPlan, places: Iterable[QueueEntry], check: Checkpoint = no_checkpoint
) -> dict[str, SpikeValue]:
    """What each open spike's answer is worth, by id; nothing where that can't be priced (see `forecast.spikes`)."""
    return {each.id: each for each in spike_values(resolved, places, check)}


def run_checks(
    plan: Plan,
    known: CheckInputs,
    check: Checkpoint = no_checkpoint,
    rules: tuple[Rule, ...] = RULES,
) -> CheckFindings:
    """The known mistakes in a plan.

    Args:
        plan: one without fatal faults.
        known: what is known of it.
        check: called now and then.
        rules: those that are looked for.

    Raises:
        StoppedError: from `check`.
    """
    seen = CheckContext(plan, known, RULE_IDS)
    found: list[Finding] = [
        *fault_findings(fault for fault in known.faults if fault.code != GRAPH_CHECK)
    ]
    later: list[Finding] = []
    silenced: list[Finding] = []
    for rule in with_progress(rules, len(rules), check, "looking for mistakes"):
        for hit in rule.find(seen):
            each = _build_finding(seen, rule, hit)
            if not _applies(seen, rule, hit, each.item):
                later.append(each)
            elif is_suppressed(seen, each.check, each.item):
                silenced.append(each)
            else:
                found.append(each)
    order = {name: at for at, name in enumerate(seen.items)}

    def place(each: Finding) -> tuple[int, int]:
        return _SEVERITY_ORDER[each.severity], -1 if each.item is None else order.get(each.item, -1)

    return CheckFindings(
        found=tuple(sorted(found, key=place)),
        later=tuple(sorted(later, key=place)),
        ignored=tuple(sorted(silenced, key=place)),
        git_error=known.history.text if isinstance(known.history, GitUnavailable) else "",
    )


def fault_findings(faults: Iterable[Fault]) -> Iterator[Finding]:
    """Faults of a plan, fatal ones too, as findings: E where it contradicts itself."""
    for fault in faults:
        yield Finding(
            check=fault.code,
            severity="E" if fault.code == GRAPH_CHECK else "W",
            item=_item_id(fault.path),
            path=fault.path,
            text=escape_control(fault.problem),
            fix=escape_control(fault.remedy),
            at=fault.at,
        )


def _item_id(path: tuple[str | int, ...]) -> str | None:
    return str(path[1]) if len(path) > 1 and path[0] in _TRACKS else None


def _build_finding(seen: CheckContext, rule: Rule, hit: Violation) -> Finding:
    item, mistake = _item_id(hit.path), rule.info
    item = item if item in seen.items else None
    return Finding(
        check=mistake.id,
        severity=hit.severity
        or (mistake.live if mistake.live and seen.is_live(item) else mistake.severity),
        item=item,
        path=hit.path,
        text=escape_control(hit.text),
        fix=escape_control(hit.fix) if hit.fix else mistake.fix,
        reason=mistake.reason,
        numbers=hit.numbers,
        edits=hit.edits,
        at=hit.at,
    )


def _applies(seen: CheckContext, rule: Rule, hit: Violation, item: str | None) -> bool:
    names = hit.of or (() if item is None else (item,))
    return not names or any(seen.applies_to(rule.info.applies_from, name) for name in names)
