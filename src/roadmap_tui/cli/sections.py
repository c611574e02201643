"""The lines above and below every table: title, as-of date, scenario, and legend."""

from collections.abc import Iterator, Mapping

from roadmap_tui.answers.scenario import baseline_values
from roadmap_tui.cli.source import ForecastedPlan
from roadmap_tui.cli.table import bold, title_lines, wrap_text
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.history.movement import moved_items
from roadmap_tui.money.plan_cost import ExpectedSpend, expected_spend
from roadmap_tui.narrative.item_figures import ASSUMPTION_MARK, people_note
from roadmap_tui.narrative.moves import describe_moves
from roadmap_tui.narrative.scenario_effect import cost_effect, measured_value_effect
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.text.currency import Currency
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.terminal_text import escape_control

_SEPARATOR = " · "


def heading_lines(title: str, forecast: Forecast, *facts: str) -> Iterator[str]:
    """The roadmap's title, the facts given, the as-of date, and what ranges mean."""
    yield from title_lines(escape_control(title))
    runs = f"{forecast.runs:,} runs, seed {forecast.seed}"
    shown = [*facts, f"as of {format_date(forecast.as_of)}", "80% ranges", runs]
    yield from wrap_text(_SEPARATOR.join(filter(None, [*shown, people_note(forecast)])))
    yield ""


def scenario_facts(found: ForecastedPlan) -> Iterator[str]:
    """The scenario that is shown, and how it changes the total value and cost."""
    costs = scenario_costs(found)
    if found.scenario is None or found.baseline_forecast is None or costs is None:
        return
    yield f"scenario {escape_control(found.scenario)}"
    yield from measured_value_effect(*costs, found.forecast)
    yield from cost_effect(*costs, Currency.from_code(found.plan.roadmap.currency))


def scenario_costs(found: ForecastedPlan) -> tuple[ExpectedSpend, ExpectedSpend] | None:
    """The expected cost without the scenario and with it; None where none is shown."""
    if found.baseline is None:
        return None
    plan, ran = found.baseline
    return expected_spend(ran.simulation, plan), expected_spend(found.run.simulation, found.plan)


def scenario_values(found: ForecastedPlan) -> Mapping[str, object]:
    """What an answer says of the scenario and the plan without it; empty where there is none."""
    costs = scenario_costs(found)
    if found.baseline_forecast is None or costs is None:
        return {}
    return baseline_values(found.scenario, found.baseline_forecast, *costs)


def scenario_change_lines(found: ForecastedPlan, name: str | None = None) -> Iterator[str]:
    """What a scenario changes, in sentences; only those of one item if it is named."""
    before = found.baseline_forecast
    if before is None:
        return
    every = describe_moves(before, found.forecast, moved_items(before, found.forecast))
    changes = [each for each in every if name in {None, each.id}]
    yield bold("Against the plan without the scenario")
    for change in changes:
        text = "; ".join([change.sentence, *change.rest])
        yield from wrap_text(text, indent="  ", hang="    ")
    if not changes:
        yield "  nothing moves"
    yield ""


def assumption_legend(forecast: Forecast) -> Iterator[str]:
    """The meaning of the mark of an assumption, if there are any."""
    relevant = {*OPEN_STATUSES, "idea"}
    if any(item.assumptions for item in forecast.items.values() if item.status in relevant):
        yield from wrap_text(
            f"{ASSUMPTION_MARK} would move if an assumption did: a number that no one has set."
            " `show FILE ID` lists all."
        )
