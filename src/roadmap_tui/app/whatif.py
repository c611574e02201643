"""What-ifs: a plan changed on trial, beside the plan as it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import AddItem, Edit, SetValue
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.overlay import difference
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.plan.roadmap import Plan, kind_of
from roadmap_tui.report.answering import Verdict, answer

_TRACKS = ("product", "model", "spike")


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A trial under way.

    Attributes:
        base: the document it began with.
        forecast: of the base; its list is kept.
        steps: how many changes of before can be undone.
        replanned: whether the plan on trial has a list of its own.
    """

    what: str
    base: Document
    forecast: Forecast
    steps: int
    replanned: bool = False


@dataclass(frozen=True, slots=True)
class Idea:
    """Something to try: what, in words, and the edits that make it so."""

    what: str
    edits: tuple[Edit, ...]


def ideas(document: Document, plan: Plan, forecast: Forecast, name: str | None) -> Iterator[Idea]:
    """What can be tried at once: with the selected item, with the teams, and the scenarios of the file."""
    if name is not None and name in plan.items:
        yield from _of_item(plan, forecast, name)
    for team, people in ((team, each.people) for team, each in plan.teams.items()):
        for now, word in ((people + 1, "one more"), (people - 1, "one less")):
            if now >= 1:
                yield Idea(
                    f"{word} in {team}: {now} people", (SetValue(("teams", team, "people"), now),)
                )
    for scenario, tables in plan.scenario.items():
        yield Idea(f"scenario {scenario}", tuple(edits_of(document.data, tables)))


def _of_item(plan: Plan, forecast: Forecast, name: str) -> Iterator[Idea]:
    item = plan.items[name]
    title = forecast.items[name].title
    place: KeyPath = (kind_of(item), name)
    if item.status not in OPEN:
        if item.status in {"idea", "dropped"}:
            yield Idea(f"{title} is planned", (SetValue((*place, "status"), "planned"),))
        return
    if place[0] == "spike":
        said: dict[Verdict, str] = {
            "confirmed": "says yes",
            "refuted": "says no",
            "inconclusive": "stays unclear",
        }
        for verdict, words in said.items():
            yield Idea(
                f"{title} {words}", answer(plan, name, verdict, "", forecast.items[name].odds)
            )
    else:
        yield Idea(f"{title} fails", (SetValue((*place, "status"), "failed"),))
        yield Idea(
            f"{title} is confirmed", (*_heard(plan, name), SetValue((*place, "chance"), 1.0))
        )
    yield Idea(f"{title} is dropped", (SetValue((*place, "status"), "dropped"),))


def _heard(plan: Plan, name: str) -> Iterator[Edit]:
    """A bet's open spikes say yes: none of them is left that might drop it all the same."""
    for spike, each in plan.spike.items():
        if each.informs == name and each.status in OPEN:
            yield from answer(plan, spike, "confirmed", "", None)


def edits_of(
    data: Mapping[str, object], over: Mapping[str, object], path: KeyPath = ()
) -> Iterator[Edit]:
    """The edits that lay tables over the data of a file."""
    for key, value in over.items():
        there = data.get(key)
        place = (*path, key)
        if isinstance(value, Mapping) and isinstance(there, Mapping):
            yield from edits_of(there, value, place)
        elif isinstance(value, Mapping) and path and path[0] in _TRACKS and len(place) == 2:
            yield AddItem(str(path[0]), key, dict(value))
        elif isinstance(value, Mapping) and place[0] in _TRACKS and len(place) == 1:
            yield from (
                AddItem(key, name, dict(each))
                for name, each in value.items()
                if isinstance(each, Mapping)
            )
        else:
            yield SetValue(place, value)


def scenario_of(what_if: WhatIf, document: Document) -> dict[str, object]:
    """The tables that differ from the base.

    Raises:
        LookupError: something was taken out, which a scenario can't say; the argument is its path.
    """
    before, after = (
        {key: value for key, value in data.items() if key not in {"scenario", "schema"}}
        for data in (what_if.base.data, document.data)
    )
    return difference(before, after)
