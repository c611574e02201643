"""What a check is, and what it finds."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from roadmap_tui.document.edits import Edit
from roadmap_tui.plan.faults import KeyPath

if TYPE_CHECKING:
    from roadmap_tui.checks.context import CheckContext

Severity: TypeAlias = Literal["E", "W", "I"]
AppliesFrom: TypeAlias = Literal["always", "next", "active", "evaluate", "live"]
NamedNumbers: TypeAlias = tuple[tuple[str, float], ...]
SEVERITIES: dict[Severity, str] = {"E": "error", "W": "warning", "I": "note"}
"""The worst first, each in a word."""
APPLIES_FROM: dict[AppliesFrom, str] = {
    "always": "always",
    "next": "once it is Next or Now",
    "active": "while it is active",
    "evaluate": "near launch",
    "live": "while it is live",
}
"""From when on a check speaks, in words."""


@dataclass(frozen=True, slots=True)
class Violation:
    """Where a rule's condition holds.

    Attributes:
        path: the field at fault, or the table that lacks it.
        text: what is wrong, with the numbers that say so, in a clause.
        fix: what would be right here; empty for what the rule says.
        numbers: those numbers by name.
        edits: what mends it, where that needs no thought.
        of: the items whose time it must be, one is enough; none for the item of the path.
        severity: where it is another one than the rule's.
        at: whether the key or its value is at fault.
    """

    path: KeyPath
    text: str
    fix: str = ""
    numbers: NamedNumbers = ()
    edits: tuple[Edit, ...] = ()
    of: tuple[str, ...] = ()
    severity: Severity | None = None
    at: Literal["key", "value"] = "value"


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What is known of a mistake; it makes a `Rule` of the function that looks for it.

    Attributes:
        id: as it is called in files and answers.
        severity: E for what contradicts itself or is unsafe, W warns, I informs.
        applies_from: from when on it is spoken of.
        reason: why it is a mistake, in a sentence.
        fix: what to do about it, in a clause.
        source: who says so, where somebody does.
        live: the severity where the item is live, if that is another one.
        policy: whether `[policy]` has a threshold under its id.
        git: whether the past must be known to see it.
    """

    id: str
    severity: Severity
    applies_from: AppliesFrom
    reason: str
    fix: str
    source: str = ""
    live: Severity | None = None
    policy: bool = False
    git: bool = False

    def __call__(self, look: Callable[["CheckContext"], Iterator[Violation]]) -> "Rule":
        """The rule that looks for it so; the first line of the function's text tells when it fires."""
        what = (look.__doc__ or "").partition("\n")[0].removesuffix(".")
        return Rule(self, what, look)


@dataclass(frozen=True, slots=True)
class Rule:
    """One known mistake, and how to find it.

    Attributes:
        condition: when it fires, in a clause.
        find: finds where it does.
    """

    info: RuleInfo
    condition: str
    find: Callable[["CheckContext"], Iterable[Violation]]

    @property
    def id(self) -> str:
        """As it is called in files and answers."""
        return self.info.id


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake that was found.

    Attributes:
        check: the rule's id.
        item: the item it is about; None if it is about the roadmap as a whole.
        path: the field at fault, or the table that lacks it.
        text: what is wrong, with the numbers that say so, in a clause.
        fix: what would be right, in a clause.
        reason: why it is a mistake, in a sentence; empty of a fault that is no check.
        numbers: the numbers that fired it, by name.
        edits: what mends it, where that needs no thought.
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
