"""Which column of a table has which role: known exports by their headers, others by name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Literal, TypeAlias, get_args

from roadmap_tui.plan.faults import did_you_mean
from roadmap_tui.plan.field_docs import field_docs
from roadmap_tui.plan.item_fields import BetFields, ItemBase
from roadmap_tui.text.typed_numbers import EffortUnit

ColumnRole: TypeAlias = Literal[
    "title",
    "key",
    "link",
    "track",
    "status",
    "summary",
    "owner",
    "team",
    "tags",
    "needs",
    "reach",
    "impact",
    "confidence",
    "chance",
    "effort",
    "points",
]
COLUMN_ROLES: tuple[ColumnRole, ...] = get_args(ColumnRole)
ImportSource: TypeAlias = Literal["Jira", "Linear", "GitHub", "RICE", "other"]
_IN_BRACKETS = re.compile(r"[\[(].*?[\])]")
_WORD = re.compile(r"[a-z0-9]+")

_NO_FIELDS: dict[ColumnRole, tuple[str, ...]] = {
    "key": ("key", "issue key", "id", "number", "issue number", "issue"),
    "link": ("link", "url", "html url"),
    "track": ("track", "type", "issue type", "kind"),
    "points": ("story points", "points", "story point estimate"),
}
"""Names of columns that hold no field of an item, the most certain first, in small letters."""
_JIRA: dict[ColumnRole, tuple[str, ...]] = {
    "title": ("Summary",),
    "key": ("Issue key",),
    "track": ("Issue Type",),
    "status": ("Status",),
    "owner": ("Assignee",),
    "tags": ("Labels",),
    "needs": ("Inward issue link (Blocks)", "Inward issue link (Blocker)"),
    "effort": ("Original Estimate", "Original estimate"),
    "points": (
        "Custom field (Story Points)",
        "Custom field (Story point estimate)",
        "Story Points",
    ),
    "reach": ("Custom field (Reach)",),
    "impact": ("Custom field (Impact)",),
    "confidence": ("Custom field (Confidence)",),
}
_LINEAR: dict[ColumnRole, tuple[str, ...]] = {
    "title": ("Title",),
    "key": ("ID",),
    "status": ("Status",),
    "owner": ("Assignee",),
    "team": ("Team",),
    "tags": ("Labels",),
    "needs": ("Blocked by",),
    "points": ("Estimate",),
}
_GITHUB: dict[ColumnRole, tuple[str, ...]] = {
    "title": ("title",),
    "key": ("number", "issue number"),
    "link": ("url", "html_url"),
    "status": ("state", "status"),
    "owner": ("assignees", "assignee"),
    "tags": ("labels",),
    "points": ("estimate", "story points"),
}


_KNOWN_EXPORTS: Mapping[ImportSource, Mapping[ColumnRole, tuple[str, ...]]] = {
    "Jira": _JIRA,
    "Linear": _LINEAR,
    "GitHub": _GITHUB,
}


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column has which role.

    Attributes:
        source: the tool whose export it is, recognised by its headers.
        names: the columns by role.
        unit: the unit of effort, where the column or the tool gives one.
    """

    source: ImportSource
    names: dict[ColumnRole, str]
    unit: EffortUnit | None


def map_columns(head: tuple[str, ...], chosen: Mapping[str, str]) -> ColumnMapping | str:
    """Map columns to roles, or return what is wrong with them.

    Args:
        head: the names of the columns.
        chosen: columns by role, as the user chose them; an empty one leaves the role open.
    """
    source = _detect_source({name.casefold() for name in head})
    known = _KNOWN_EXPORTS.get(source)
    names = _match_by_words(head) if known is None else _match_by_name(head, known)
    for role, column in chosen.items():
        if role not in COLUMN_ROLES:
            hint = did_you_mean(role, COLUMN_ROLES) or ", ".join(COLUMN_ROLES)
            return f'nothing is called "{role}"; {hint}'
        found = _match_by_name(head, {role: (column,)}).get(role)
        if column and found is None:
            hint = did_you_mean(column, head) or ", ".join(head[:12])
            return f'no column is called "{column}"; {hint}'
        names = {each: name for each, name in names.items() if each != role and name != found}
        if found:
            names[role] = found
    if "title" not in names:
        return (
            f"no column holds titles; choose one: --map title=COLUMN, one of {', '.join(head[:12])}"
        )
    ordered = {role: names[role] for role in COLUMN_ROLES if role in names}
    return ColumnMapping(source, ordered, _effort_unit(source, names))


def _detect_source(head: set[str]) -> ImportSource:
    if {"issue key", "summary"} <= head:
        return "Jira"
    if {"id", "title", "team", "status", "priority"} <= head:
        return "Linear"
    if "title" in head and head & {"number", "url", "html_url"} and head & {"state", "status"}:
        return "GitHub"
    words = {_normalize_name(name) for name in head}
    has_effort = any("effort" in each for each in words)
    return "RICE" if {"reach", "impact"} <= words and has_effort else "other"


def _match_by_name(
    head: tuple[str, ...], known: Mapping[ColumnRole, tuple[str, ...]]
) -> dict[ColumnRole, str]:
    existing = {name.casefold(): name for name in head}
    matches: dict[ColumnRole, str] = {}
    for role, names in known.items():
        for name in names:
            if name.casefold() in existing:
                matches[role] = existing[name.casefold()]
                break
    return matches


def _column_names() -> dict[ColumnRole, tuple[str, ...]]:
    """The names of columns by role: those of fields are declared with the fields."""
    docs = field_docs(ItemBase) | field_docs(BetFields)
    return {role: _NO_FIELDS.get(role) or docs[role].columns for role in COLUMN_ROLES}


def _match_by_words(head: tuple[str, ...]) -> dict[ColumnRole, str]:
    """Columns by role; each column has one role at most, each role its most certain column."""
    by_words: dict[str, list[str]] = {}
    for column in head:
        by_words.setdefault(_normalize_name(column), []).append(column)
    matches: dict[ColumnRole, str] = {}
    for role, names in _column_names().items():
        candidates = chain.from_iterable(by_words.get(name, ()) for name in names)
        found = next((each for each in candidates if each not in matches.values()), None)
        if found is not None:
            matches[role] = found
    return matches


def _normalize_name(name: str) -> str:
    """The words of a column's name, in small letters, without what is in brackets."""
    return " ".join(_WORD.findall(_IN_BRACKETS.sub(" ", name).casefold()))


def _effort_unit(source: ImportSource, names: Mapping[ColumnRole, str]) -> EffortUnit | None:
    """The unit of effort: seconds in Jira, else what the column's name contains."""
    name = names.get("effort", "").casefold()
    if source == "Jira" and name.startswith("original"):
        return "seconds"
    units: tuple[EffortUnit, ...] = ("months", "weeks", "days", "hours")
    return next((unit for unit in units if unit.removesuffix("s") in name), None)
