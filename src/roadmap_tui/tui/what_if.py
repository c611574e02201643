"""What-ifs: changes on trial beside the plan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import AddItem, Edit, SetValue
from roadmap_tui.evidence.spike_answer import SpikeVerdict, spike_answer_edits
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.overlay import overlay_between
from roadmap_tui.plan.roadmap import Plan, item_kind

_TRACKS = ("product", "model", "spike")


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A what-if.

    Attributes:
        base_document: the document that it began with.
        base_forecast: the forecast of that document; its build order is kept.
        undo_depth: number of earlier changes that can be undone.
        is_replanned: whether the what-if has its own build order.
    """

    label: str
    base_document: Document
    base_forecast: Forecast
    undo_depth: int
    is_replanned: bool = False


@dataclass(frozen=True, slots=True)
class WhatIfIdea:
    """A suggested what-if: its label and its edits."""

    label: str
    edits: tuple[Edit, ...]


def what_if_ideas(
    document: Document, plan: Plan, forecast: Forecast, name: str | None
) -> Iterator[WhatIfIdea]:
    """What-ifs on the selected item and the teams, and the scenarios of the file."""
    if name is not None and name in plan.items:
        yield from _item_ideas(plan, forecast, name)
    for team, people in ((team, each.people) for team, each in plan.teams.items()):
        for now, word in ((people + 1, "one more"), (people - 1, "one less")):
            if now >= 1:
                yield WhatIfIdea(
                    f"{word} in {team}: {now} people", (SetValue(("teams", team, "people"), now),)
                )
    for scenario, tables in plan.scenario.items():
        yield WhatIfIdea(f"scenario {scenario}", tuple(overlay_edits(document.data, tables)))


def _item_ideas(plan: Plan, forecast: Forecast, name: str) -> Iterator[WhatIfIdea]:
    item = plan.items[name]
    title = forecast.items[name].title
    place: KeyPath = (item_kind(item), name)
    if item.status not in OPEN_STATUSES:
        if item.status in {"idea", "dropped"}:
            yield WhatIfIdea(f"{title} is planned", (SetValue((*place, "status"), "planned"),))
        return
    if place[0] == "spike":
        said: dict[SpikeVerdict, str] = {
            "confirmed": "says yes",
            "refuted": "says no",
            "inconclusive": "stays unclear",
        }
        for verdict, words in said.items():
            yield WhatIfIdea(
                f"{title} {words}",
                spike_answer_edits(plan, name, verdict, "", forecast.items[name].odds),
            )
    else:
        yield WhatIfIdea(f"{title} fails", (SetValue((*place, "status"), "failed"),))
        yield WhatIfIdea(
            f"{title} is confirmed",
            (*_confirm_spikes(plan, name), SetValue((*place, "chance"), 1.0)),
        )
    yield WhatIfIdea(f"{title} is dropped", (SetValue((*place, "status"), "dropped"),))


def _confirm_spikes(plan: Plan, name: str) -> Iterator[Edit]:
    """Edits that confirm the open spikes of a bet, so that none can drop it."""
    for spike, each in plan.spike.items():
        if each.informs == name and each.status in OPEN_STATUSES:
            yield from spike_answer_edits(plan, spike, "confirmed", "", None)


def overlay_edits(
    data: Mapping[str, object], over: Mapping[str, object], path: KeyPath = ()
) -> Iterator[Edit]:
    """Edits that overlay tables on the data of a file."""
    for key, value in over.items():
        there = data.get(key)
        place = (*path, key)
        if isinstance(value, Mapping) and isinstance(there, Mapping):
            yield from overlay_edits(there, value, place)
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


def scenario_tables(what_if: WhatIf, document: Document) -> dict[str, object]:
    """The tables that differ from the base.

    Raises:
        LookupError: something was taken out, which a scenario can't say; the argument is its path.
    """
    before, after = map(_plan_tables, (what_if.base_document.data, document.data))
    return overlay_between(before, after)


def _plan_tables(data: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in data.items() if key not in {"scenario", "schema"}}
