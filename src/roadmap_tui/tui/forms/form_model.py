"""What a form shows: an item, one of its tables, or a table of the plan."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from roadmap_tui.checks.registry import RULES
from roadmap_tui.checks.rule import APPLIES_FROM, Finding
from roadmap_tui.document.document import Document
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.plan.faults import KeyPath, format_path
from roadmap_tui.plan.items import Item
from roadmap_tui.plan.resolver import ResolvedPlan
from roadmap_tui.plan.roadmap import Plan, item_kind
from roadmap_tui.readiness.aspects.failures import MIN_FAILURE_MODES
from roadmap_tui.text.numbers import format_count
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.forms.field_values import Field, essential_fields, value_at
from roadmap_tui.tui.forms.table_fields import (
    item_tables,
    model_at,
    remaining_fields,
    scalar_fields,
    subtables,
    table_fields,
)
from roadmap_tui.tui.views.lines import truncate
from roadmap_tui.tui.workers.check_results import CheckResults

_TIMES = {rule.id: rule.info.applies_from for rule in RULES}
_SHOWN, _WORDS = 4, 40
"""Most things that a folded section lists, and the length of one."""


@dataclass(frozen=True, slots=True)
class FormLink:
    """A line that leads to a field or to a table.

    Attributes:
        path: key path below the form's table; without the name of a table to be added.
        text: its text.
    """

    path: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class FormSection:
    """A section of a form.

    Attributes:
        title: its title; empty for the first section, which can't be folded.
        note: shown while it is folded.
    """

    title: str
    fields: tuple[Field, ...] = ()
    links: tuple[FormLink, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class FormModel:
    """What a form shows.

    Attributes:
        document, plan, resolved, forecast: the current plan, its defaults and its forecast.
        place: the table of the fields.
        heading: its heading.
        sections: its sections.
        name: the item that it is about; None if it is about the plan.
        is_guest: whether it is shown in a browser, where no editor can be opened.
    """

    document: Document
    plan: Plan
    resolved: ResolvedPlan
    forecast: Forecast
    place: KeyPath
    heading: str
    sections: tuple[FormSection, ...]
    name: str | None = None
    is_guest: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields, those of the first section first."""
        return tuple(chain.from_iterable(group.fields for group in self.sections))


@dataclass(frozen=True, slots=True)
class FormContext:
    """What all forms on a plan are built from."""

    document: Document
    plan: Plan
    resolved: ResolvedPlan
    forecast: Forecast
    checked: CheckResults | None = None
    is_guest: bool = False

    def item_form(self, name: str) -> FormModel:
        """The form of an item: essentials, findings, other fields, tables."""
        item, terms = self.plan.items[name], self.resolved.items[name]
        place = (item_kind(item), name)
        first = essential_fields(item)
        others = remaining_fields(item, first)
        filled = sum(
            value_at(self.document.data, (*place, *each.path)) is not None for each in others
        )
        ways = tuple(self._table_links(item, place))
        there = [
            each.path[0]
            for each in ways
            if value_at(self.document.data, (*place, *each.path)) is not None
        ]
        groups = (
            FormSection("", first),
            *self._finding_sections(name, item),
            FormSection(
                "More",
                others,
                note=f"{filled} of {format_count(len(others), 'other field')} filled",
            ),
            FormSection("Details", links=ways, note=_list_some(dict.fromkeys(there)) or "none yet"),
        )
        return self._opened(
            place, f"{escape_control(terms.title)}   {terms.kind} · {name}", groups, name
        )

    def table_form(self, place: KeyPath) -> FormModel:
        """The form of a table of an item or of the plan."""
        name = str(place[1]) if place[0] in {"product", "model", "spike"} else None
        spelled = escape_control(format_path(place if name is None else place[2:]))
        if name is not None:
            item, terms = self.plan.items[name], self.resolved.items[name]
            fields = tuple(
                replace(each, path=each.path[-1:]) for each in table_fields(item, _words(place[2:]))
            )
            heading = f"{escape_control(terms.title)}   {terms.kind} · {name} · {spelled}"
            return self._opened(place, heading, (FormSection("", fields),), name)
        sections: list[FormSection] = []
        model = model_at(Plan, place)
        if model is not None:
            sections.append(FormSection("", scalar_fields(model)))
            below = tuple(FormLink((each,), each) for each in subtables(model))
            if below:
                note = _list_some(each.text for each in below)
                sections.append(FormSection("Details", links=below, note=note))
        return self._opened(place, f"The plan   {spelled}", tuple(sections))

    def _opened(
        self, place: KeyPath, heading: str, groups: tuple[FormSection, ...], name: str | None = None
    ) -> FormModel:
        known = (self.document, self.plan, self.resolved, self.forecast)
        return FormModel(*known, place, heading, groups, name, self.is_guest)

    def _finding_sections(self, name: str, item: Item) -> Iterator[FormSection]:
        """Findings on an item: current ones, and those that apply later."""
        checked = self.checked
        if checked is None or checked.document is not self.document:
            return
        now = [each for each in checked.findings.found if each.item == name]
        if now:
            yield _finding_section("Needs attention", now, item)
        later = [each for each in checked.findings.later if each.item == name]
        for time, words in APPLIES_FROM.items():
            if found := [each for each in later if _TIMES.get(each.check) == time]:
                yield _finding_section(f"Asked {words}", found, item)

    def _table_links(self, item: Item, place: KeyPath) -> Iterator[FormLink]:
        """Links to the tables that an item has or may have, and to new named ones."""
        named: dict[str, None] = {}
        for path in item_tables(item):
            there = value_at(self.document.data, (*place, *path)) is not None
            yield FormLink(
                path, escape_control(".".join(path)) + ("" if there else "   not set yet")
            )
        for name in type(item).model_fields:
            if (
                model_at(type(item), (name,)) is None
                and model_at(type(item), (name, "new")) is not None
            ):
                named[name] = None
        yield from (FormLink((each,), f"{each}   Add …") for each in named)


def _finding_section(title: str, found: list[Finding], item: Item) -> FormSection:
    ways = tuple(_finding_link(each) for each in found)
    return FormSection(
        title,
        links=ways,
        note=_list_some(dict.fromkeys(_finding_summary(each, item) for each in found)),
    )


def _finding_link(finding: Finding) -> FormLink:
    path = _words(finding.path[2:])
    return FormLink(path, f"{finding.check}  {_path_prefix(path)}{finding.text}: {finding.fix}")


def _path_prefix(path: tuple[str, ...]) -> str:
    return f"{escape_control('.'.join(path))} · " if path else ""


def _finding_summary(finding: Finding, item: Item) -> str:
    """What a finding asks for, with a count where there is one."""
    path = finding.path[2:]
    if not path:
        return truncate(finding.text, _WORDS)
    if finding.check == "FM01":
        return f"failures {len(getattr(item, 'failures', ()))} of {MIN_FAILURE_MODES}"
    return escape_control(str(path[0])).replace("_", " ")


def _list_some(words: Iterable[str]) -> str:
    listed = list(words)
    return ", ".join(listed[:_SHOWN]) + (
        f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
    )


def _words(path: KeyPath) -> tuple[str, ...]:
    return tuple(str(each) for each in path)
