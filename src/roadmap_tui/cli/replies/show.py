"""`roadmap show`: all about one item."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from roadmap_tui.answers.base import MISSING
from roadmap_tui.answers.forecast import ItemForecastRow
from roadmap_tui.answers.json_text import to_json
from roadmap_tui.answers.ranking import RankingEntry
from roadmap_tui.answers.show import ShowAnswer
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.item_explanation import explanation_lines, explanation_rows
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import Reply
from roadmap_tui.cli.sections import (
    heading_lines,
    scenario_change_lines,
    scenario_facts,
    scenario_values,
)
from roadmap_tui.cli.source import ForecastedPlan, forecast_file, unknown_item
from roadmap_tui.cli.table import bold, wrap_text
from roadmap_tui.document.serializer import serialize_key, serialize_value
from roadmap_tui.document.values import get_at
from roadmap_tui.forecast.analysis.cost_of_delay import costs_of_delay
from roadmap_tui.forecast.analysis.critical_path import finish_drivers
from roadmap_tui.narrative.item_facts import Fact, item_facts
from roadmap_tui.narrative.summary_sentence import summary_sentence
from roadmap_tui.text.terminal_text import escape_control


class ShowOptions(NamedTuple):
    """What to show of an item.

    Attributes:
        name: its id.
        say: whether to show only a sentence.
        why: whether to show how its figures are made, too.
    """

    name: str
    say: bool
    why: bool


def show_reply(file: str, options: ForecastOptions, shown: ShowOptions, *, as_json: bool) -> Reply:
    """Show one item's forecast, rank and fields."""
    found = forecast_file(file, options, keep_runs=as_json or shown.why)
    if isinstance(found, Reply):
        return found
    name = shown.name
    if name not in found.plan.items:
        return unknown_item(file, found.plan, name)
    if shown.say and not as_json:
        return Reply(f"{_summary_sentence(found, name)}\n", found.warnings)
    with progress("trying numbers") as checkpoint:
        if as_json:
            why = explanation_rows(found, name, checkpoint) if shown.why else MISSING
            return Reply(to_json(_item_answer(found, name, why)), found.warnings)
        lines = [*_item_lines(found, name)]
        if shown.why:
            lines += explanation_lines(found, name, checkpoint)
    return Reply("\n".join(lines) + "\n", found.warnings)


def _summary_sentence(found: ForecastedPlan, name: str) -> str:
    return summary_sentence(found.plan, found.forecast, name)


def _item_fields(found: ForecastedPlan, name: str) -> Mapping[str, object]:
    fields = get_at(found.document.data, (found.forecast.items[name].kind, name))
    return fields if isinstance(fields, Mapping) else {}


def _item_answer(found: ForecastedPlan, name: str, why: object) -> ShowAnswer:
    drivers = finish_drivers(found.run.simulation)
    row = found.forecast.rank_row(name)
    delay = costs_of_delay(found.run.simulation).get(name)
    return ShowAnswer.read(
        found.forecast,
        item=ItemForecastRow.of(found.forecast.items[name], drivers, found.forecast.runs),
        rank=None if row is None else RankingEntry.of(found.forecast, row, delay),
        fields=_item_fields(found, name),
        say=_summary_sentence(found, name),
        why=why,
        **scenario_values(found),
    )


def _item_lines(found: ForecastedPlan, name: str) -> Iterator[str]:
    yield from heading_lines(found.title, found.forecast, *scenario_facts(found))
    yield from _fact_lines(item_facts(found.plan, found.forecast, name))
    if found.baseline_forecast is not None:
        yield ""
        yield from list(scenario_change_lines(found, name))[:-1]
    fields = [Fact(key, text) for key, text in _flat_fields(_item_fields(found, name))]
    if fields:
        yield ""
        yield bold("In the file")
        yield from _fact_lines(fields)


def _fact_lines(facts: list[Fact]) -> Iterator[str]:
    """Names in one column, texts in the next, broken between words."""
    longest = max((len(fact.name) for fact in facts), default=0)
    hang = " " * (longest + 4)
    for fact in facts:
        yield from wrap_text(fact.text, indent=f"  {fact.name:<{longest}}  ", hang=hang)


def _flat_fields(fields: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    """Every field with its value as the file spells it; nested tables key by key."""
    for key, value in fields.items():
        name = above + serialize_key(key)
        if isinstance(value, Mapping):
            yield from _flat_fields(value, f"{name}.")
        else:
            yield name, escape_control(serialize_value(value))
