"""How a live item does, in a few words."""

from roadmap_tui.fitness.amounts import likely, mean
from roadmap_tui.fitness.unit import task_cost
from roadmap_tui.plan.items import Model, Product
from roadmap_tui.report.fitness import Fitness
from roadmap_tui.report.fitness_quality import bar_verdict, value_of
from roadmap_tui.report.fitness_signs import SIGNS
from roadmap_tui.report.words import number


def live_facts(fitness: Fitness, name: str) -> list[str]:
    """Quality, trust, speed, cost a task, how long ago it was measured, and what its errors are, as far as known."""
    item = fitness.plan.items[name]
    facts = [_quality(fitness, name)]
    trust, latency = fitness.verdict(name, "trust"), fitness.verdict(name, "latency")
    facts += [f"override {trust.text}"] if trust else []
    facts += [latency.text] if latency else []
    stale = fitness.verdict(name, "upkeep")
    facts += [stale.text] if stale is not None and stale.level != "good" else []
    cost = task_cost(item.cost, likely) if isinstance(item, Product) and item.cost is not None else None
    facts += [f"{number(mean(cost))} {fitness.plan.roadmap.currency} a task"] if cost is not None else []
    since = fitness.measured(name)
    facts += [f"measured {since}"] if since else []
    return [fact for fact in facts if fact]


def _quality(fitness: Fitness, name: str) -> str:
    """The worst bar of an item, or of the models that it rests on."""
    own = fitness.plan.items[name]
    models = (name,) if isinstance(own, Model) else fitness.models(name)
    bars = [pair for each in models for pair in fitness.plan.model[each].bars.items()]
    if not bars:
        return ""
    bar_name, bar = max(bars, key=lambda pair: bar_verdict(*pair).weight)
    reading = bar.latest(bar_name)
    verdict = bar_verdict(bar_name, bar)
    if reading is None:
        return verdict.text
    word = "" if verdict.level == "good" else f"{verdict.word} "
    return f"{SIGNS[verdict.level]} {word}{value_of(bar, reading)}"
