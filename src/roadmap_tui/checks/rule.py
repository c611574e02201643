"""What a check is, and what it finds."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from roadmap_tui.checks.applicability import AppliesFrom
from roadmap_tui.document.edits import Edit
from roadmap_tui.plan.faults import KeyPath

if TYPE_CHECKING:  # the screens import the types of findings at start, and the context takes long
    from roadmap_tui.checks.context import CheckContext

Severity: TypeAlias = Literal["E", "W", "I"]
NamedNumbers: TypeAlias = tuple[tuple[str, float], ...]
SEVERITIES: dict[Severity, str] = {"E": "error", "W": "warning", "I": "note"}
"""The severities in words, the worst first."""
APPLIES_FROM: dict[AppliesFrom, str] = {
    "always": "always",
    "next": "once it is Next or Now",
    "active": "while it is active",
    "evaluate": "near launch",
    "live": "while it is live",
}
"""From when on a check applies, in words."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A place where a rule's condition holds.

    Attributes:
        path: the field at fault, or the table that lacks it.
        text: what is wrong, with the numbers that show it, in a clause.
        fix: what to do here; empty for the rule's own fix.
        numbers: those numbers by name.
        edits: the edits that fix it, if that needs no decision.
        items: the items of which one must have reached the rule's time; empty for the path's item.
        severity: the severity, if it isn't the rule's.
        at: whether the key or its value is at fault.
    """

    path: KeyPath
    text: str
    fix: str = ""
    numbers: NamedNumbers = ()
    edits: tuple[Edit, ...] = ()
    items: tuple[str, ...] = ()
    severity: Severity | None = None
    at: Literal["key", "value"] = "value"


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """The description of a rule; as a decorator, it makes a `Rule` of the function that finds it.

    Attributes:
        id: its name in files and answers.
        severity: E for contradictions and live risks, W for warnings, I for information.
        applies_from: from when on an item is checked.
        reason: why it is a mistake, in a sentence.
        fix: what to do about it, in a clause.
        source: the publication that it is from, if any.
        live_severity: the severity for live items, if it differs.
        has_threshold: whether `[policy]` has a threshold under its id.
        needs_git: whether it compares with earlier versions.
    """

    id: str
    severity: Severity
    applies_from: AppliesFrom
    reason: str
    fix: str
    source: str = ""
    live_severity: Severity | None = None
    has_threshold: bool = False
    needs_git: bool = False

    def __call__(self, find: Callable[["CheckContext"], Iterator[Violation]]) -> "Rule":
        """The rule of a function; the first line of its docstring is the rule's condition."""
        condition = (find.__doc__ or "").partition("\n")[0].removesuffix(".")
        return Rule(self, condition, find)


@dataclass(frozen=True, slots=True)
class Rule:
    """A known mistake, and how to find it.

    Attributes:
        condition: when it is a mistake, in a clause.
        find: finds its violations.
    """

    info: RuleInfo
    condition: str
    find: Callable[["CheckContext"], Iterable[Violation]]

    @property
    def id(self) -> str:
        """Its name in files and answers."""
        return self.info.id


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake that was found.

    Attributes:
        check: the rule's id.
        item: the item it is about; None if it is about the roadmap as a whole.
        path: the field at fault, or the table that lacks it.
        text: what is wrong, with the numbers that show it, in a clause.
        fix: what to do, in a clause.
        reason: why it is a mistake, in a sentence; empty for a fault that isn't a rule's.
        numbers: the numbers that show it, by name.
        edits: the edits that fix it, if that needs no decision.
        at: whether the key or its value is at fault.
    """

    check: str
    severity: Severity
    item: str | None
    path: KeyPath
    text: str
    fix: str
    reason: str = ""
    numbers: NamedNumbers = ()
    edits: tuple[Edit, ...] = ()
    at: Literal["key", "value"] = "value"
