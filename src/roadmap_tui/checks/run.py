"""Looking for all known mistakes in a plan."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from roadmap_tui.checks.catalogue import IDS, RULES
from roadmap_tui.checks.silences import is_silenced
from roadmap_tui.checks.subject import Known, Subject
from roadmap_tui.checks.values import SEVERITIES, Finding, Hit, Rule, Severity
from roadmap_tui.files.display import printable
from roadmap_tui.forecast.pace import Check, counted, go_on
from roadmap_tui.forecast.queue import Place
from roadmap_tui.forecast.spikes import SpikeWorth, spike_worths
from roadmap_tui.history.asking import Unavailable
from roadmap_tui.plan.faults import Fault
from roadmap_tui.plan.meaning import GRAPH
from roadmap_tui.plan.resolve import Resolved
from roadmap_tui.plan.roadmap import Plan

MOST_MARKS = 3
_RANK = {severity: at for at, severity in enumerate(SEVERITIES)}
_ITEMS = {"product", "model", "spike"}


@dataclass(frozen=True)
class Findings:
    """What is wrong with a plan.

    Attributes:
        found: the worst first; of those alike, in the order of the file.
        later: what it is not time for yet.
        silenced: what somebody gave a reason for.
        without_git: why what needs git was not asked; empty if it was.
    """

    found: tuple[Finding, ...] = ()
    later: tuple[Finding, ...] = ()
    silenced: tuple[Finding, ...] = ()
    without_git: str = ""

    @cached_property
    def by_item(self) -> dict[str | None, tuple[Finding, ...]]:
        """The findings of each item that has some, the worst first; those of the roadmap as a whole under None."""
        return grouped(self.found)

    def of(self, item: str | None) -> tuple[Finding, ...]:
        """The findings of an item, the worst first."""
        return self.by_item.get(item, ())

    def marks(self, item: str) -> tuple[Finding, ...]:
        """Those that are shown on its card: three at most."""
        return self.of(item)[:MOST_MARKS]

    def count(self, severity: Severity) -> int:
        """How many there are of a severity."""
        return self._counts[severity]

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(each.severity for each in self.found)


def grouped(found: Iterable[Finding]) -> dict[str | None, tuple[Finding, ...]]:
    """Findings by item, in their order."""
    items: dict[str | None, list[Finding]] = {}
    for each in found:
        items.setdefault(each.item, []).append(each)
    return {name: tuple(each) for name, each in items.items()}


def worths(
    resolved: Resolved, places: Iterable[Place], check: Check = go_on
) -> dict[str, SpikeWorth]:
    """What each open spike's answer is worth, by id; nothing where that can't be priced (see `forecast.spikes`)."""
    return {each.id: each for each in spike_worths(resolved, places, check)}


def findings(
    plan: Plan, known: Known, check: Check = go_on, rules: tuple[Rule, ...] = RULES
) -> Findings:
    """The known mistakes in a plan.

    Args:
        plan: one without fatal faults.
        known: what is known of it.
        check: called now and then.
        rules: those that are looked for.

    Raises:
        StoppedError: from `check`.
    """
    seen = Subject(plan, known, IDS)
    found: list[Finding] = [*told(fault for fault in known.faults if fault.code != GRAPH)]
    later: list[Finding] = []
    silenced: list[Finding] = []
    for rule in counted(rules, len(rules), check, "looking for mistakes"):
        for hit in rule.look(seen):
            each = _finding(seen, rule, hit)
            if not _is_time(seen, rule, hit, each.item):
                later.append(each)
            elif is_silenced(seen, each.check, each.item):
                silenced.append(each)
            else:
                found.append(each)
    order = {name: at for at, name in enumerate(seen.items)}

    def place(each: Finding) -> tuple[int, int]:
        return _RANK[each.severity], -1 if each.item is None else order.get(each.item, -1)

    return Findings(
        found=tuple(sorted(found, key=place)),
        later=tuple(sorted(later, key=place)),
        silenced=tuple(sorted(silenced, key=place)),
        without_git=known.past.text if isinstance(known.past, Unavailable) else "",
    )


def told(faults: Iterable[Fault]) -> Iterator[Finding]:
    """Faults of a plan, fatal ones too, as findings: E where it contradicts itself."""
    for fault in faults:
        yield Finding(
            check=fault.code,
            severity="E" if fault.code == GRAPH else "W",
            item=_item(fault.path),
            path=fault.path,
            text=printable(fault.wrong),
            fix=printable(fault.right),
            at=fault.at,
        )


def _item(path: tuple[str | int, ...]) -> str | None:
    return str(path[1]) if len(path) > 1 and path[0] in _ITEMS else None


def _finding(seen: Subject, rule: Rule, hit: Hit) -> Finding:
    item, mistake = _item(hit.path), rule.mistake
    item = item if item in seen.items else None
    return Finding(
        check=mistake.id,
        severity=hit.severity
        or (mistake.live if mistake.live and seen.is_live(item) else mistake.severity),
        item=item,
        path=hit.path,
        text=printable(hit.text),
        fix=printable(hit.fix) if hit.fix else mistake.fix,
        reason=mistake.reason,
        numbers=hit.numbers,
        edits=hit.edits,
        at=hit.at,
    )


def _is_time(seen: Subject, rule: Rule, hit: Hit, item: str | None) -> bool:
    names = hit.of or (() if item is None else (item,))
    return not names or any(seen.is_time(rule.mistake.asked, name) for name in names)
