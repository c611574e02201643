"""What forms are opened on: an item, one of its tables, or a table of the plan as a whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from roadmap_tui.app.checked import Checked
from roadmap_tui.app.fields import Field, fields_of, value_at
from roadmap_tui.app.lines import clip
from roadmap_tui.app.tables import (
    model_at,
    other_fields,
    plain_fields,
    table_fields,
    tables_below,
    tables_of,
)
from roadmap_tui.checks.catalogue import RULES
from roadmap_tui.checks.failures import FEW
from roadmap_tui.checks.values import TIMES, Finding
from roadmap_tui.files.display import printable
from roadmap_tui.files.document import Document
from roadmap_tui.forecast.recall import Recall
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.plan.faults import KeyPath, spell_path
from roadmap_tui.plan.items import Item
from roadmap_tui.plan.resolve import Resolved
from roadmap_tui.plan.roadmap import Plan, kind_of
from roadmap_tui.plan.words import plural

_TIMES = {rule.id: rule.mistake.asked for rule in RULES}
_SHOWN, _WORDS = 4, 40
"""How many things a folded part names, and how long one may be."""


@dataclass(frozen=True, slots=True)
class Way:
    """A line that leads on to a field or to a table.

    Attributes:
        path: where it stands below the form's table; the name of a table that is not there yet is left out.
        text: what is said of it.
    """

    path: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """A part of a form.

    Attributes:
        title: what it is called; the first part of a form has none, and is never folded.
        note: what can be told of it while it is folded.
    """

    title: str
    fields: tuple[Field, ...] = ()
    ways: tuple[Way, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a form is opened on.

    Attributes:
        document, plan, resolved, forecast: the plan as it is, with its defaults and what follows from it.
        recall: what previews found before.
        place: the table that its fields stand in.
        heading: what it is about.
        groups: its parts.
        name: the item that it is about or of whose tables it shows one; None if it is about the plan as a whole.
        is_guest: whether it is looked at from elsewhere, where no editor can be opened.
    """

    document: Document
    plan: Plan
    resolved: Resolved
    forecast: Forecast
    recall: Recall
    place: KeyPath
    heading: str
    groups: tuple[Group, ...]
    name: str | None = None
    is_guest: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        """All its fields, those of the first part first."""
        return tuple(field for group in self.groups for field in group.fields)


@dataclass(frozen=True, slots=True)
class Ground:
    """What all forms on a plan are made from."""

    document: Document
    plan: Plan
    resolved: Resolved
    forecast: Forecast
    recall: Recall
    checked: Checked | None = None
    is_guest: bool = False

    def item(self, name: str) -> Opened:
        """The form of an item: its essentials, what is asked of it, its other fields, its tables."""
        item, terms = self.plan.items[name], self.resolved.terms[name]
        place = (kind_of(item), name)
        first = fields_of(item)
        others = other_fields(item, first)
        told = sum(
            value_at(self.document.data, (*place, *each.path)) is not None for each in others
        )
        ways = tuple(self._tables(item, place))
        there = [
            each.path[0]
            for each in ways
            if value_at(self.document.data, (*place, *each.path)) is not None
        ]
        groups = (
            Group("", first),
            *self._asked(name, item),
            Group("More", others, note=f"{told} of {plural(len(others), 'other field')} told"),
            Group("Tables", ways=ways, note=_listed(dict.fromkeys(there)) or "none yet"),
        )
        return self._opened(
            place, f"{printable(terms.title)}   {terms.kind} · {name}", groups, name
        )

    def table(self, place: KeyPath) -> Opened:
        """The form of a table of an item or of the plan."""
        name = str(place[1]) if place[0] in {"product", "model", "spike"} else None
        spelled = printable(spell_path(place if name is None else place[2:]))
        if name is not None:
            item, terms = self.plan.items[name], self.resolved.terms[name]
            fields = tuple(
                replace(each, path=each.path[-1:]) for each in table_fields(item, _words(place[2:]))
            )
            heading = f"{printable(terms.title)}   {terms.kind} · {name} · {spelled}"
            return self._opened(place, heading, (Group("", fields),), name)
        model = model_at(Plan, place)
        fields = plain_fields(model) if model is not None else ()
        below = (
            tuple(Way((each,), each) for each in tables_below(model)) if model is not None else ()
        )
        ways = (
            (Group("Tables", ways=below, note=_listed(each.text for each in below)),)
            if below
            else ()
        )
        return self._opened(place, f"The plan   {spelled}", (Group("", fields), *ways))

    def _opened(
        self, place: KeyPath, heading: str, groups: tuple[Group, ...], name: str | None = None
    ) -> Opened:
        known = (self.document, self.plan, self.resolved, self.forecast, self.recall)
        return Opened(*known, place, heading, groups, name, self.is_guest)

    def _asked(self, name: str, item: Item) -> Iterator[Group]:
        """What the checks ask for: now, and from when on."""
        checked = self.checked
        if checked is None or checked.document is not self.document:
            return
        now = [each for each in checked.findings.found if each.item == name]
        if now:
            yield _group("Asked now", now, item)
        later = [each for each in checked.findings.later if each.item == name]
        for time, words in TIMES.items():
            if found := [each for each in later if _TIMES.get(each.check) == time]:
                yield _group(f"Asked {words}", found, item)

    def _tables(self, item: Item, place: KeyPath) -> Iterator[Way]:
        """The tables that an item has and may have, and room for one more of those that have names."""
        named: dict[str, None] = {}
        for path in tables_of(item):
            there = value_at(self.document.data, (*place, *path)) is not None
            yield Way(path, printable(".".join(path)) + ("" if there else "   not there yet"))
        for name in type(item).model_fields:
            if (
                model_at(type(item), (name,)) is None
                and model_at(type(item), (name, "new")) is not None
            ):
                named[name] = None
        yield from (Way((each,), f"{each}   one more …") for each in named)


def _group(title: str, found: list[Finding], item: Item) -> Group:
    ways = tuple(_way(each) for each in found)
    return Group(
        title, ways=ways, note=_listed(dict.fromkeys(_counted(each, item) for each in found))
    )


def _way(finding: Finding) -> Way:
    path = _words(finding.path[2:])
    return Way(path, f"{finding.check}  {_said(path)}{finding.text}: {finding.fix}")


def _said(path: tuple[str, ...]) -> str:
    return f"{printable('.'.join(path))} · " if path else ""


def _counted(finding: Finding, item: Item) -> str:
    """What a finding asks for, with how much of it is there where that can be counted."""
    path = finding.path[2:]
    if not path:
        return clip(finding.text, _WORDS)
    if finding.check == "FM01":
        return f"failures {len(getattr(item, 'failures', ()))} of {FEW}"
    return printable(str(path[0])).replace("_", " ")


def _listed(words: Iterable[str]) -> str:
    told = list(words)
    return ", ".join(told[:_SHOWN]) + (
        f" and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
    )


def _words(path: KeyPath) -> tuple[str, ...]:
    return tuple(str(each) for each in path)
