"""Which column of a table means what: known exports by their headers, and any other by what its columns are called."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from roadmap_tui.plan.faults import did_you_mean

Meaning: TypeAlias = Literal[
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
MEANINGS: tuple[Meaning, ...] = get_args(Meaning)
Source: TypeAlias = Literal["Jira", "Linear", "GitHub", "RICE", "other"]
Unit: TypeAlias = Literal["hours", "days", "weeks", "months", "seconds"]
_IN_BRACKETS = re.compile(r"[\[(].*?[\])]")
_WORD = re.compile(r"[a-z0-9]+")

_CALLED: dict[Meaning, tuple[str, ...]] = {
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
_JIRA: dict[Meaning, tuple[str, ...]] = {
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
_LINEAR: dict[Meaning, tuple[str, ...]] = {
    "title": ("Title",),
    "key": ("ID",),
    "status": ("Status",),
    "owner": ("Assignee",),
    "team": ("Team",),
    "tags": ("Labels",),
    "needs": ("Blocked by",),
    "points": ("Estimate",),
}
_GITHUB: dict[Meaning, tuple[str, ...]] = {
    "title": ("title",),
    "key": ("number", "issue number"),
    "link": ("url", "html_url"),
    "status": ("state", "status"),
    "owner": ("assignees", "assignee"),
    "tags": ("labels",),
    "points": ("estimate", "story points"),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table mean.

    Attributes:
        source: the tool whose export it is, told by its headers.
        named: the columns, by what they mean.
        unit: what effort is counted in, where the column or the tool says it.
    """

    source: Source
    named: dict[Meaning, str]
    unit: Unit | None


def columns_of(head: tuple[str, ...], chosen: Mapping[str, str]) -> Columns | str:
    """What the columns mean, or what is wrong with them.

    Args:
        head: their names.
        chosen: the names of columns by what they are said to mean; an empty one takes none for it.
    """
    source = _source({name.casefold() for name in head})
    known: Mapping[Meaning, tuple[str, ...]] = {
        "Jira": _JIRA,
        "Linear": _LINEAR,
        "GitHub": _GITHUB,
    }.get(source, {})
    named = _by_name(head, known) if known else _by_words(head)
    for meaning, column in chosen.items():
        if meaning not in MEANINGS:
            return (
                f'nothing is called "{meaning}";'
                f" {did_you_mean(meaning, MEANINGS) or ', '.join(MEANINGS)}"
            )
        found = _by_name(head, {meaning: (column,)}).get(meaning)
        if column and found is None:
            return (
                f'no column is called "{column}";'
                f" {did_you_mean(column, head) or ', '.join(head[:12])}"
            )
        named = {each: name for each, name in named.items() if each != meaning and name != found}
        named |= {meaning: found} if found else {}
    if "title" not in named:
        return f"no column holds titles; name it: --map title=COLUMN, one of {', '.join(head[:12])}"
    return Columns(
        source, {each: named[each] for each in MEANINGS if each in named}, _unit(source, named)
    )


def _source(head: set[str]) -> Source:
    if {"issue key", "summary"} <= head:
        return "Jira"
    if {"id", "title", "team", "status", "priority"} <= head:
        return "Linear"
    if "title" in head and head & {"number", "url", "html_url"} and head & {"state", "status"}:
        return "GitHub"
    words = {_words(name) for name in head}
    return (
        "RICE"
        if {"reach", "impact"} <= words and any("effort" in each for each in words)
        else "other"
    )


def _by_name(head: tuple[str, ...], known: Mapping[Meaning, tuple[str, ...]]) -> dict[Meaning, str]:
    there = {name.casefold(): name for name in head}
    named: dict[Meaning, str] = {}
    for meaning, names in known.items():
        found = next((there[name.casefold()] for name in names if name.casefold() in there), None)
        if found is not None:
            named[meaning] = found
    return named


def _by_words(head: tuple[str, ...]) -> dict[Meaning, str]:
    named: dict[Meaning, str] = {}
    for meaning, names in _CALLED.items():
        for called in names:
            found = next(
                (each for each in head if _words(each) == called and each not in named.values()),
                None,
            )
            if found is not None:
                named[meaning] = found
                break
    return named


def _words(name: str) -> str:
    """The words of a column's name, in small letters, without what stands in brackets."""
    return " ".join(_WORD.findall(_IN_BRACKETS.sub(" ", name).casefold()))


def _unit(source: Source, named: Mapping[Meaning, str]) -> Unit | None:
    """What effort is counted in: of Jira, seconds; else what the column's name says."""
    name = named.get("effort", "").casefold()
    if source == "Jira" and name.startswith("original"):
        return "seconds"
    units: tuple[Unit, ...] = ("months", "weeks", "days", "hours")
    return next((unit for unit in units if unit.removesuffix("s") in name), None)
