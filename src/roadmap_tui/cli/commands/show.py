"""`roadmap show`: all about one item."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from roadmap_tui.answers.data import (
    answer_envelope,
    forecast_basis,
    item_forecast_data,
    rank_row_data,
    to_json,
)
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.item_explanation import explanation_json, explanation_lines
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import Reply
from roadmap_tui.cli.sections import (
    heading_lines,
    scenario_change_lines,
    scenario_facts,
    scenario_json,
)
from roadmap_tui.cli.source import ForecastedPlan, forecast_file, unknown_item
from roadmap_tui.cli.table import bold, wrap_text
from roadmap_tui.document.serializer import serialize_key, serialize_value
from roadmap_tui.document.values import get_at
from roadmap_tui.forecast.analysis.critical_path import finish_drivers
from roadmap_tui.narrative.item_facts import Fact, item_facts
from roadmap_tui.narrative.summary_sentence import summary_sentence
from roadmap_tui.text.terminal_text import escape_control


class ShowOptions(NamedTuple):
    """What of an item is asked: only a sentence, or also how its figures are made."""

    name: str
    say: bool
    why: bool


def answer(file: str, basis: ForecastOptions, as_json: bool, **options: Any) -> Reply:
    """One item's forecast, rank and fields."""
    asked = ShowOptions(**options)
    found = forecast_file(file, basis, keeps=as_json or asked.why)
    if isinstance(found, Reply):
        return found
    name = asked.name
    if name not in found.plan.items:
        return unknown_item(file, found.plan, name)
    if asked.say and not as_json:
        return Reply(f"{_summary_sentence(found, name)}\n", found.warnings)
    with progress("trying numbers") as check:
        if as_json:
            return Reply(
                to_json(
                    _item_json(found, name)
                    | (explanation_json(found, name, check) if asked.why else {})
                ),
                found.warnings,
            )
        lines = [
            *_item_lines(found, name),
            *(explanation_lines(found, name, check) if asked.why else ()),
        ]
    return Reply("\n".join(lines) + "\n", found.warnings)


def _summary_sentence(found: ForecastedPlan, name: str) -> str:
    return summary_sentence(found.plan, found.forecast, name)


def _item_fields(found: ForecastedPlan, name: str) -> Mapping[str, object]:
    fields = get_at(found.document.data, (found.forecast.items[name].kind, name))
    return fields if isinstance(fields, Mapping) else {}


def _item_json(found: ForecastedPlan, name: str) -> dict[str, object]:
    rows = [rank_row_data(found.forecast, row) for row in found.forecast.ranking if row.id == name]
    return answer_envelope(
        "show",
        **forecast_basis(found.forecast),
        item=item_forecast_data(found.forecast.items[name], finish_drivers(found.run.simulation)),
        rank=rows[0] if rows else None,
        fields=_item_fields(found, name),
        say=_summary_sentence(found, name),
        **scenario_json(found),
    )


def _item_lines(found: ForecastedPlan, name: str) -> Iterator[str]:
    yield from heading_lines(found.title, found.forecast, *scenario_facts(found))
    facts = item_facts(found.plan, found.forecast, name)
    yield from _fact_lines(facts)
    if found.baseline_forecast is not None:
        yield ""
        yield from list(scenario_change_lines(found, name))[:-1]
    fields = _field_lines(_item_fields(found, name))
    if fields:
        yield ""
        yield bold("In the file")
        yield from _fact_lines([Fact(key, text) for key, text in fields])


def _fact_lines(facts: list[Fact]) -> Iterator[str]:
    """Names in one column, texts in the next, broken between words."""
    longest = max((len(fact.name) for fact in facts), default=0)
    for fact in facts:
        yield from wrap_text(
            fact.text, indent=f"  {fact.name:<{longest}}  ", hang=" " * (longest + 4)
        )


def _field_lines(fields: Mapping[str, object], above: str = "") -> list[tuple[str, str]]:
    """Every field with its value as the file would spell it; tables of tables key by key."""
    spelled: list[tuple[str, str]] = []
    for key, value in fields.items():
        name = above + serialize_key(key)
        if isinstance(value, Mapping):
            spelled += _field_lines(value, f"{name}.")
        else:
            spelled.append((name, escape_control(serialize_value(value))))
    return spelled
