"""Run the checks on a plan."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from roadmap_tui.checks.context import CheckContext, CheckInputs
from roadmap_tui.checks.registry import RULE_IDS, RULES
from roadmap_tui.checks.rule import SEVERITIES, Finding, Rule, Severity, Violation
from roadmap_tui.checks.suppressions import is_suppressed
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_progress
from roadmap_tui.forecast.simulation.priority import QueueEntry
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.money.spike_study import SpikeStudy, study_spikes
from roadmap_tui.plan.faults import Fault, KeyPath
from roadmap_tui.plan.resolver import ResolvedPlan
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.plan.validation import GRAPH_CHECK
from roadmap_tui.text.terminal_text import escape_control

MAX_MARKS = 3
"""How many findings a card shows."""
_SEVERITY_ORDER = {severity: at for at, severity in enumerate(SEVERITIES)}
_TRACKS = {"product", "model", "spike"}


@dataclass(frozen=True)
class CheckFindings:
    """What the checks found in a plan.

    Attributes:
        found: the findings that apply, the worst first, then in the order of the file.
        later: the findings that don't apply yet.
        ignored: the findings that are ignored with a reason.
        git_error: why earlier versions are unknown; empty if they are known.
    """

    found: tuple[Finding, ...] = ()
    later: tuple[Finding, ...] = ()
    ignored: tuple[Finding, ...] = ()
    git_error: str = ""

    @cached_property
    def by_item(self) -> dict[str | None, tuple[Finding, ...]]:
        """The findings of each item that has some; those of the whole roadmap under None."""
        return group_by_item(self.found)

    def of_item(self, item: str | None) -> tuple[Finding, ...]:
        """The findings of an item, the worst first."""
        return self.by_item.get(item, ())

    def marks(self, item: str) -> tuple[Finding, ...]:
        """The findings that an item's card shows."""
        return self.of_item(item)[:MAX_MARKS]

    def count(self, severity: Severity) -> int:
        """The number of findings of a severity."""
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


def study_open_spikes(
    resolved: ResolvedPlan,
    plan: Plan,
    queue: Iterable[QueueEntry],
    checkpoint: Checkpoint = no_checkpoint,
) -> SpikeStudy:
    """What the open spikes about open bets do; nothing is simulated without any."""
    if not resolved.spikes_by_bet:
        return SpikeStudy()
    return study_spikes(resolved, plan, queue, checkpoint)


def run_checks(
    plan: Plan,
    inputs: CheckInputs,
    checkpoint: Checkpoint = no_checkpoint,
    rules: tuple[Rule, ...] = RULES,
) -> CheckFindings:
    """Check a plan that has no fatal faults.

    Args:
        plan: the plan.
        inputs: what the checks need beside it.
        checkpoint: called regularly.
        rules: the rules to check.

    Raises:
        Cancelled: from `checkpoint`.
    """
    context = CheckContext(plan, inputs, RULE_IDS)
    faults = (fault for fault in inputs.faults if fault.code != GRAPH_CHECK)
    found = list(fault_findings(faults))
    later, ignored = list[Finding](), list[Finding]()
    for rule in with_progress(rules, len(rules), checkpoint, "looking for mistakes"):
        for violation in rule.find(context):
            finding = _build_finding(context, rule, violation)
            if not _applies(context, rule, violation, finding.item):
                later.append(finding)
            elif is_suppressed(context, finding.check, finding.item):
                ignored.append(finding)
            else:
                found.append(finding)
    history = inputs.history
    return CheckFindings(
        found=_sorted(context, found),
        later=_sorted(context, later),
        ignored=_sorted(context, ignored),
        git_error=history.text if isinstance(history, GitUnavailable) else "",
    )


def _sorted(context: CheckContext, found: list[Finding]) -> tuple[Finding, ...]:
    """The worst first, then those of the whole roadmap, then in the order of the file."""
    order = {name: at for at, name in enumerate(context.items)}

    def place(each: Finding) -> tuple[int, int]:
        return _SEVERITY_ORDER[each.severity], order.get(each.item or "", -1)

    return tuple(sorted(found, key=place))


def fault_findings(faults: Iterable[Fault]) -> Iterator[Finding]:
    """Faults of a plan, fatal ones too, as findings; contradictions are errors."""
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


def _item_id(path: KeyPath) -> str | None:
    return str(path[1]) if len(path) > 1 and path[0] in _TRACKS else None


def _build_finding(context: CheckContext, rule: Rule, violation: Violation) -> Finding:
    info, item = rule.info, _item_id(violation.path)
    if item not in context.items:
        item = None
    return Finding(
        check=info.id,
        severity=violation.severity or _severity(context, rule, item),
        item=item,
        path=violation.path,
        text=escape_control(violation.text),
        fix=escape_control(violation.fix) if violation.fix else info.fix,
        reason=info.reason,
        numbers=violation.numbers,
        edits=violation.edits,
        at=violation.at,
    )


def _severity(context: CheckContext, rule: Rule, item: str | None) -> Severity:
    if rule.info.live_severity and context.is_live(item):
        return rule.info.live_severity
    return rule.info.severity


def _applies(context: CheckContext, rule: Rule, violation: Violation, item: str | None) -> bool:
    names = violation.items or (() if item is None else (item,))
    return not names or any(context.applies_to(rule.info.applies_from, name) for name in names)
