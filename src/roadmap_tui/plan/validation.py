"""Faults of a plan that has the right shape but does not make sense."""

import datetime as dt
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from roadmap_tui.plan.dependencies import has_cycle, item_dependencies, references
from roadmap_tui.plan.faults import Fault, did_you_mean
from roadmap_tui.plan.items import Item, Model, Product, Spike
from roadmap_tui.plan.needs import BarNeed
from roadmap_tui.plan.roadmap import Plan, item_kind

GRAPH_CHECK = "GV01"


def validation_faults(plan: Plan, today: dt.date) -> tuple[Fault, ...]:
    """Every fault of the plan's meaning: ids that lead nowhere, cycles, impossible spikes and dates."""
    faults = [*_duplicate_id_faults(plan)]
    if not faults and has_cycle(plan):
        faults += _cycle_faults(plan)
    items = plan.items
    for name, item in items.items():
        faults += _dangling_reference_faults(plan, items, name, item)
        faults += _date_faults(name, item, plan.roadmap.as_of or today)
        if isinstance(item, Spike):
            faults += _spike_faults(plan, items, name, item)
        if isinstance(item, Model):
            faults += _chosen_option_faults(name, item)
    return tuple(faults)


def _duplicate_id_faults(plan: Plan) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for track, items in plan.items_by_table.items():
        for name in items:
            if name in seen:
                wrong = f'"{name}" is also in [{seen[name]}]'
                yield Fault(
                    GRAPH_CHECK,
                    (track, name),
                    wrong,
                    "an id stands once over all tracks; rename one of the two",
                    at="key",
                )
            seen.setdefault(name, track)


def _cycle_faults(plan: Plan) -> Iterator[Fault]:
    graphs = import_module("roadmap_tui.plan.graph")
    graph: Any = graphs.build_graph(plan)
    for cycle in graphs.find_cycles(graph):
        wrong = f"a cycle: {' → '.join([*cycle, cycle[0]])}"
        path = graph.edges[cycle[-1], cycle[0]]["path"]
        yield Fault(
            GRAPH_CHECK,
            path,
            wrong,
            "each waits for the one before it; take one of these links out",
        )


def _dangling_reference_faults(
    plan: Plan, items: Mapping[str, Item], name: str, item: Item
) -> Iterator[Fault]:
    informs = (item.informs,) if isinstance(item, Spike) and item.informs is not None else ()
    # links with their paths take long to make, and are wanted only for what is not there
    for link in (
        () if items.keys() >= {*references(item), *informs} else item_dependencies(name, item)
    ):
        named = link.before if link.after == name and link.before != name else link.after
        if named not in items:
            right = did_you_mean(named, items) or "name one that is there, or add it"
            yield Fault(GRAPH_CHECK, link.path, f'no item "{named}"', right, fatal=False)
    if item.team is not None and item.team not in plan.teams:
        right = did_you_mean(item.team, plan.teams) or f"add [teams.{item.team}] with people = …"
        yield Fault(
            GRAPH_CHECK,
            (item_kind(item), name, "team"),
            f'no team "{item.team}"',
            right,
            fatal=False,
        )
    for at, need in enumerate(item.needs):
        if isinstance(need, BarNeed) and need.model in items:
            model = items[need.model]
            bars = model.bars if isinstance(model, Model) else {}
            if need.bar not in bars:
                path = (item_kind(item), name, "needs", at)
                right = did_you_mean(need.bar, bars) or f"add [model.{need.model}.bars.{need.bar}]"
                yield Fault(
                    GRAPH_CHECK, path, f'{need.model} has no bar "{need.bar}"', right, fatal=False
                )


def _date_faults(name: str, item: Item, as_of: dt.date) -> Iterator[Fault]:
    for field, day in (("started", item.started), ("finished", item.finished)):
        if day is not None and day > as_of and item.status != "planned":
            wrong = f"{field} after {as_of.day} {as_of:%b %Y}, where the forecast starts"
            yield Fault(
                "date",
                (item_kind(item), name, field),
                wrong,
                "write the day it happened, or take it out",
            )


def _chosen_option_faults(name: str, model: Model) -> Iterator[Fault]:
    if model.chosen is not None and model.chosen not in model.options:
        right = (
            did_you_mean(model.chosen, model.options)
            or f"add [model.{name}.options.{model.chosen}]"
        )
        yield Fault(
            GRAPH_CHECK,
            ("model", name, "chosen"),
            f'no option "{model.chosen}"',
            right,
            fatal=False,
        )
    if model.decided is not None and model.revisit is not None and model.revisit < model.decided:
        right = f"write a day after {model.decided}"
        yield Fault(
            "date",
            ("model", name, "revisit"),
            "looked at again before it is decided",
            right,
            fatal=False,
        )


def _spike_faults(
    plan: Plan, items: Mapping[str, Item], name: str, spike: Spike
) -> Iterator[Fault]:
    policy = plan.policy
    works = policy.yes_if_works if spike.yes_if_works is None else spike.yes_if_works
    fails = policy.yes_if_not if spike.yes_if_not is None else spike.yes_if_not
    if works <= fails:
        field = "yes_if_works" if spike.yes_if_works is not None else "yes_if_not"
        wrong = f"a yes is no more likely if the bet works ({works:g}) than if not ({fails:g})"
        yield Fault(
            "spike", ("spike", name, field), wrong, "let yes_if_works be more than yes_if_not"
        )
    bet = items.get(spike.informs or "")
    if bet is not None and not isinstance(bet, Product | Model):
        right = "name the product item or model it is to find out about"
        yield Fault(GRAPH_CHECK, ("spike", name, "informs"), f'"{spike.informs}" is a spike', right)
