"""Which column of a table means what: known exports by their headers, and any other by what its columns are called."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from roadmap_tui.plan.faults import did_you_mean

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
EffortUnit: TypeAlias = Literal["hours", "days", "weeks", "months", "seconds"]
_IN_BRACKETS = re.compile(r"[\[(].*?[\])]")
_WORD = re.compile(r"[a-z0-9]+")

_COLUMN_NAMES: dict[ColumnRole, tuple[str, ...]] = {
    "title": (
        "title",
        "feature",
        "feature name",
        "name",
        "idea",
        "initiative",
        "project",
        "item",
        "task",
        "summary",
    ),
    "key": ("key", "issue key", "id", "number", "issue number", "issue"),
    "link": ("link", "url", "html url"),
    "track": ("track", "type", "issue type", "kind"),
    "status": ("status", "state", "stage"),
    "summary": ("summary", "notes", "note", "comment"),
    "owner": ("owner", "assignee", "assignees", "lead", "pm"),
    "team": ("team", "squad"),
    "tags": ("tags", "labels", "label", "tag", "theme", "category"),
    "needs": ("needs", "depends on", "dependencies", "blocked by"),
    "reach": ("reach", "users", "users reached"),
    "impact": ("impact",),
    "confidence": ("confidence",),
    "chance": ("chance", "probability", "probability of success", "chance of success"),
    "effort": (
        "effort",
        "estimate",
        "person weeks",
        "person months",
        "person days",
        "weeks",
        "months",
        "days",
    ),
    "points": ("story points", "points", "story point estimate"),
}
"""What columns are called, the surest first, in small letters."""
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


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What the columns of a table mean.

    Attributes:
        source: the tool whose export it is, told by its headers.
        names: the columns, by what they mean.
        unit: what effort is counted in, where the column or the tool says it.
    """

    source: ImportSource
    names: dict[ColumnRole, str]
    unit: EffortUnit | None


def map_columns(head: tuple[str, ...], chosen: Mapping[str, str]) -> ColumnMapping | str:
    """What the columns mean, or what is wrong with them.

    Args:
        head: their names.
        chosen: the names of columns by what they are said to mean; an empty one takes none for it.
    """
    source = _detect_source({name.casefold() for name in head})
    known: Mapping[ColumnRole, tuple[str, ...]] = {
        "Jira": _JIRA,
        "Linear": _LINEAR,
        "GitHub": _GITHUB,
    }.get(source, {})
    named = _match_by_name(head, known) if known else _match_by_words(head)
    for meaning, column in chosen.items():
        if meaning not in COLUMN_ROLES:
            return (
                f'nothing is called "{meaning}";'
                f" {did_you_mean(meaning, COLUMN_ROLES) or ', '.join(COLUMN_ROLES)}"
            )
        found = _match_by_name(head, {meaning: (column,)}).get(meaning)
        if column and found is None:
            return (
                f'no column is called "{column}";'
                f" {did_you_mean(column, head) or ', '.join(head[:12])}"
            )
        named = {each: name for each, name in named.items() if each != meaning and name != found}
        named |= {meaning: found} if found else {}
    if "title" not in named:
        return f"no column holds titles; name it: --map title=COLUMN, one of {', '.join(head[:12])}"
    return ColumnMapping(
        source,
        {each: named[each] for each in COLUMN_ROLES if each in named},
        _effort_unit(source, named),
    )


def _detect_source(head: set[str]) -> ImportSource:
    if {"issue key", "summary"} <= head:
        return "Jira"
    if {"id", "title", "team", "status", "priority"} <= head:
        return "Linear"
    if "title" in head and head & {"number", "url", "html_url"} and head & {"state", "status"}:
        return "GitHub"
    words = {_normalize_name(name) for name in head}
    return (
        "RICE"
        if {"reach", "impact"} <= words and any("effort" in each for each in words)
        else "other"
    )


def _match_by_name(
    head: tuple[str, ...], known: Mapping[ColumnRole, tuple[str, ...]]
) -> dict[ColumnRole, str]:
    there = {name.casefold(): name for name in head}
    named: dict[ColumnRole, str] = {}
    for meaning, names in known.items():
        found = next((there[name.casefold()] for name in names if name.casefold() in there), None)
        if found is not None:
            named[meaning] = found
    return named


def _match_by_words(head: tuple[str, ...]) -> dict[ColumnRole, str]:
    named: dict[ColumnRole, str] = {}
    for meaning, names in _COLUMN_NAMES.items():
        for called in names:
            found = next(
                (
                    each
                    for each in head
                    if _normalize_name(each) == called and each not in named.values()
                ),
                None,
            )
            if found is not None:
                named[meaning] = found
                break
    return named


def _normalize_name(name: str) -> str:
    """The words of a column's name, in small letters, without what stands in brackets."""
    return " ".join(_WORD.findall(_IN_BRACKETS.sub(" ", name).casefold()))


def _effort_unit(source: ImportSource, named: Mapping[ColumnRole, str]) -> EffortUnit | None:
    """What effort is counted in: of Jira, seconds; else what the column's name says."""
    name = named.get("effort", "").casefold()
    if source == "Jira" and name.startswith("original"):
        return "seconds"
    units: tuple[EffortUnit, ...] = ("months", "weeks", "days", "hours")
    return next((unit for unit in units if unit.removesuffix("s") in name), None)
