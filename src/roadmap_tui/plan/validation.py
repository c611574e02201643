"""Faults of a plan that has the format's shape but does not make sense."""

import datetime as dt
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from roadmap_tui.plan.dependencies import has_cycle, item_dependencies, references
from roadmap_tui.plan.faults import Fault, did_you_mean
from roadmap_tui.plan.items import Bet, Item, Model, Product, Spike
from roadmap_tui.plan.needs import BarNeed
from roadmap_tui.plan.roadmap import Plan, item_kind

GRAPH_CHECK = "GV01"


def validation_faults(plan: Plan, today: dt.date) -> tuple[Fault, ...]:
    """Every fault of meaning: references to nothing, cycles, impossible spikes and dates."""
    faults = [*_duplicate_id_faults(plan)]
    if not faults and has_cycle(plan):
        faults += _cycle_faults(plan)
    items = plan.items
    for name, item in items.items():
        faults += _dangling_reference_faults(items, name, item)
        if item.team is not None:
            faults += _team_faults(plan, name, item)
        if not isinstance(item, Spike):
            faults += _market_faults(plan, name, item)
        if item.needs:
            faults += _quality_bar_faults(items, name, item)
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
                problem = f'"{name}" is also in [{seen[name]}]'
                remedy = "ids are unique across all tracks; rename one of the two"
                yield Fault(GRAPH_CHECK, (track, name), problem, remedy, at="key")
            seen.setdefault(name, track)


def _cycle_faults(plan: Plan) -> Iterator[Fault]:
    # Only a plan with a cycle pays for loading networkx.
    graphs = import_module("roadmap_tui.plan.graph")
    graph: Any = graphs.build_graph(plan)
    for cycle in graphs.find_cycles(graph):
        problem = f"a cycle: {' → '.join([*cycle, cycle[0]])}"
        path = graph.edges[cycle[-1], cycle[0]]["path"]
        remedy = "each waits for the one before it; remove one of these links"
        yield Fault(GRAPH_CHECK, path, problem, remedy)


def _dangling_reference_faults(items: Mapping[str, Item], name: str, item: Item) -> Iterator[Fault]:
    named = {*references(item)}
    if isinstance(item, Spike) and item.informs is not None:
        named.add(item.informs)
    # Dependencies with their paths take long to make; they are needed only for what is missing.
    if items.keys() >= named:
        return
    for each in item_dependencies(name, item):
        other = each.before if each.before != name else each.after
        if other not in items:
            remedy = did_you_mean(other, items) or "use an existing one, or add it"
            yield Fault(GRAPH_CHECK, each.path, f'no item "{other}"', remedy, fatal=False)


def _team_faults(plan: Plan, name: str, item: Item) -> Iterator[Fault]:
    if item.team is not None and item.team not in plan.teams:
        path = (item_kind(item), name, "team")
        remedy = did_you_mean(item.team, plan.teams) or f"add [teams.{item.team}] with people = …"
        yield Fault(GRAPH_CHECK, path, f'no team "{item.team}"', remedy, fatal=False)


def _market_faults(plan: Plan, name: str, item: Bet) -> Iterator[Fault]:
    if item.market is not None and item.market not in plan.markets:
        path = (item_kind(item), name, "market")
        remedy = did_you_mean(item.market, plan.markets) or f"add [market.{item.market}]"
        yield Fault(GRAPH_CHECK, path, f'no market "{item.market}"', remedy, fatal=False)


def _quality_bar_faults(items: Mapping[str, Item], name: str, item: Item) -> Iterator[Fault]:
    for index, need in enumerate(item.needs):
        if not isinstance(need, BarNeed) or need.model not in items:
            continue
        model = items[need.model]
        bars = model.bars if isinstance(model, Model) else {}
        if need.bar not in bars:
            path = (item_kind(item), name, "needs", index)
            problem = f'{need.model} has no bar "{need.bar}"'
            remedy = did_you_mean(need.bar, bars) or f"add [model.{need.model}.bars.{need.bar}]"
            yield Fault(GRAPH_CHECK, path, problem, remedy, fatal=False)


def _date_faults(name: str, item: Item, as_of: dt.date) -> Iterator[Fault]:
    for field, day in (("started", item.started), ("finished", item.finished)):
        if day is not None and day > as_of and item.status != "planned":
            problem = f"{field} after {as_of.day} {as_of:%b %Y}, when the forecast starts"
            remedy = "write the day it happened, or remove it"
            yield Fault("date", (item_kind(item), name, field), problem, remedy)


def _chosen_option_faults(name: str, model: Model) -> Iterator[Fault]:
    chosen = model.chosen
    if chosen is not None and chosen not in model.options:
        remedy = did_you_mean(chosen, model.options) or f"add [model.{name}.options.{chosen}]"
        path = ("model", name, "chosen")
        yield Fault(GRAPH_CHECK, path, f'no option "{chosen}"', remedy, fatal=False)
    if model.decided is not None and model.revisit is not None and model.revisit < model.decided:
        problem = "the revisit date is not after the decision"
        remedy = f"write a day after {model.decided}"
        yield Fault("date", ("model", name, "revisit"), problem, remedy, fatal=False)


def _spike_faults(
    plan: Plan, items: Mapping[str, Item], name: str, spike: Spike
) -> Iterator[Fault]:
    policy = plan.policy
    works = policy.yes_if_works if spike.yes_if_works is None else spike.yes_if_works
    fails = policy.yes_if_not if spike.yes_if_not is None else spike.yes_if_not
    if works <= fails:
        field = "yes_if_works" if spike.yes_if_works is not None else "yes_if_not"
        problem = f"a yes is no more likely if the bet works ({works:g}) than if not ({fails:g})"
        remedy = "set yes_if_works above yes_if_not"
        yield Fault("spike", ("spike", name, field), problem, remedy)
    bet = items.get(spike.informs or "")
    if bet is not None and not isinstance(bet, Product | Model):
        problem = f'"{spike.informs}" is a spike'
        remedy = "name the product item or model that it informs"
        yield Fault(GRAPH_CHECK, ("spike", name, "informs"), problem, remedy)
