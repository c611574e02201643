"""`roadmap forecast`: when, and whether."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from roadmap_tui.answers.data import forecast_data, load_data, to_json
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.reply import Reply, usage_error
from roadmap_tui.cli.sections import (
    assumption_legend,
    heading_lines,
    scenario_change_lines,
    scenario_facts,
    scenario_json,
)
from roadmap_tui.cli.source import ForecastedPlan, forecast_file, unknown_item
from roadmap_tui.cli.table import TextColumn, bold, format_table, wrap_text
from roadmap_tui.forecast.analysis.critical_path import finish_drivers
from roadmap_tui.forecast.analysis.horizon_value import chance_all_delivered
from roadmap_tui.forecast.analysis.utilisation import TeamUtilisation, team_utilisation
from roadmap_tui.forecast.simulation.results import FinishDrivers, Forecast, ItemForecast
from roadmap_tui.narrative.item_figures import (
    format_delivery_chance,
    format_eventual_chance,
    format_finish_range,
)
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.readiness.lifecycle import team_upkeep, upkeep_note
from roadmap_tui.text.dates import (
    format_chance,
    format_date,
    format_month,
    format_number,
    format_tenths,
    round_significant,
)
from roadmap_tui.text.terminal_text import escape_control

_BUCKETS = ("now", "next", "later")
_CLOSED = ("idea", "live", "done", "failed", "dropped")


class ForecastRequest(NamedTuple):
    """What else is asked: the chain of a target, the chance of several by a day, the load of the teams."""

    target: str | None
    together: tuple[str, ...]
    by: dt.date | None
    load: bool


def answer(file: str, basis: ForecastOptions, as_json: bool, **options: Any) -> Reply:
    """The forecast of every item, and what else is asked."""
    asked = ForecastRequest(**options)
    if asked.by is not None and not asked.together:
        return usage_error("--by says by when all of --together ID … are wanted; name them")
    found = forecast_file(
        file, basis, keeps=as_json or bool(asked.target or asked.together or asked.load)
    )
    if isinstance(found, Reply):
        return found
    for name in (*asked.together, *([asked.target] if asked.target else [])):
        if name not in found.plan.items:
            return unknown_item(file, found.plan, name)
    return Reply(
        to_json(_forecast_json(found, asked))
        if as_json
        else "\n".join(_forecast_text(found, asked)) + "\n",
        found.warnings,
    )


def _forecast_json(found: ForecastedPlan, asked: ForecastRequest) -> dict[str, object]:
    simulation = found.run.simulation
    data = forecast_data(found.forecast, finish_drivers(simulation, asked.target)) | scenario_json(
        found
    )
    if asked.together:
        day, chance = _joint_chance(found, asked)
        data["together"] = {"items": asked.together, "by": day, "chance": round_significant(chance)}
    if asked.load:
        data["teams"] = [load_data(each) for each in team_utilisation(simulation)]
    return data


def _forecast_text(found: ForecastedPlan, asked: ForecastRequest) -> Iterator[str]:
    traced = finish_drivers(found.run.simulation, asked.target) if asked.target else None
    yield from _forecast_lines(found, traced)
    if asked.target and traced is None:
        title = escape_control(found.forecast.items[asked.target].title)
        yield from wrap_text(f"{title} is not open or never ships, so nothing sets its finish.")
    if asked.together:
        day, chance = _joint_chance(found, asked)
        titles = ", ".join(
            escape_control(found.forecast.items[name].title) for name in asked.together
        )
        yield ""
        yield from wrap_text(f"All of {titles} by {format_date(day)}: {format_chance(chance)}.")
    if asked.load:
        yield from _load_lines(team_utilisation(found.run.simulation))


def _joint_chance(found: ForecastedPlan, asked: ForecastRequest) -> tuple[dt.date, float]:
    """By when, and the chance of all that are asked about together."""
    day = asked.by or found.forecast.horizon_end
    weeks = (
        found.forecast.horizon if asked.by is None else ((day - found.forecast.as_of).days + 1) / 7
    )
    return day, chance_all_delivered(found.run.simulation, asked.together, weeks)


def _forecast_lines(found: ForecastedPlan, traced: FinishDrivers | None) -> Iterator[str]:
    forecast = found.forecast
    yield from heading_lines(found.title, forecast, *scenario_facts(found))
    items = [forecast.items[name] for name in forecast.build_order]
    grouped = {bucket: [item for item in items if item.bucket == bucket] for bucket in _BUCKETS}
    order = [item for bucket in _BUCKETS for item in grouped[bucket]]
    columns = (
        TextColumn("", yields=True),
        TextColumn("id", yields=True, spare=True),
        *([TextColumn("was", right=True)] if found.baseline_forecast else []),
        TextColumn(f"by {format_month(forecast.horizon_end)}", right=True),
        TextColumn("ever", right=True),
        TextColumn("when, if it ships"),
        *([TextColumn("critical", right=True), TextColumn("drives", right=True)] if traced else []),
    )
    head, *body = format_table(
        columns,
        [_item_row(forecast, item, found.baseline_forecast, traced) for item in order],
        indent="  ",
    )
    if body:
        yield head
    lines = iter(body)
    for bucket in _BUCKETS:
        if grouped[bucket]:
            yield bold(bucket.upper())
            yield from (next(lines) for _ in grouped[bucket])
    yield from lines  # what the table had no room for
    if not forecast.items:
        yield "No item yet: roadmap add FILE product ID"
        return
    yield ""
    yield from scenario_change_lines(found)
    yield from _closed_lines(forecast)
    yield from _overload_lines(found)
    if traced:
        title = escape_control(forecast.items[traced.target].title)
        yield from wrap_text(
            f"critical: how often it lies on the chain of needs and people that sets when {title}"
            " ships. drives: how far the weeks it takes go along with that, from -1 to 1."
        )
    yield from assumption_legend(forecast)


def _overload_lines(found: ForecastedPlan) -> Iterator[str]:
    """Teams that upkeep leaves less time than the schedule counts on."""
    for name, team in found.plan.teams.items():
        upkeep = team_upkeep(found.plan, name, {"live"}, found.forecast.as_of)
        note = upkeep_note(upkeep, team.people)
        if note:
            yield from wrap_text(
                f"{escape_control(name)}: upkeep takes {format_number(upkeep)} of {team.people} people{note}."
            )


def _item_row(
    forecast: Forecast, item: ItemForecast, base: Forecast | None, traced: FinishDrivers | None
) -> tuple[str, ...]:
    sign = "◆ " if item.kind == "spike" else ""
    was = (
        [format_delivery_chance(base.items[item.id]) if item.id in base.items else "new"]
        if base
        else []
    )
    causes = (
        [format_chance(traced.criticality[item.id]), f"{traced.correlation[item.id]:.2f}"]
        if traced
        else []
    )
    figures = (
        format_delivery_chance(item),
        format_eventual_chance(item),
        format_finish_range(forecast, item),
    )
    return (sign + escape_control(item.title), item.id, *was, *figures, *causes)


def _load_lines(teams: tuple[TeamUtilisation, ...]) -> Iterator[str]:
    """Each team's people at work, in the middle of the runs, in spans of four weeks."""
    yield ""
    if not teams:
        yield "No team yet: [teams.NAME] with its people says who works."
        return
    said = (
        "People at work and idle: the middle, and 8 times in 10; looking after what is live, as"
        " expected"
    )
    yield from map(bold, wrap_text(said))
    spans = range(0, max((len(team.busy) for team in teams), default=0), 4)
    columns = [TextColumn("weeks")]
    for team in teams:
        columns += _load_columns(team)
    rows = [
        (f"{at + 1}–{at + 4}", *(cell for team in teams for cell in _load_cells(team, at)))
        for at in spans
    ]
    yield from format_table(columns, rows, indent="  ")


def _load_columns(team: TeamUtilisation) -> Iterator[TextColumn]:
    name = escape_control(team.team)
    yield TextColumn(f"{name} of {team.people}", right=True)
    yield TextColumn("idle", right=True, called=f"idle of {name}")
    if any(team.upkeep):
        yield TextColumn("upkeep", right=True, called=f"upkeep of {name}")


def _load_cells(team: TeamUtilisation, at: int) -> Iterator[str]:
    """People at work, idle and, if there is any of it, at upkeep in a span of four weeks."""
    for weeks in (team.busy[at : at + 4], team.idle[at : at + 4]):
        low, mid, high = (
            sum(getattr(week, name) for week in weeks) / len(weeks)
            for name in ("p10", "p50", "p90")
        )
        yield f"{format_tenths(mid)} ({format_tenths(low)}–{format_tenths(high)})"
    if any(team.upkeep):
        upkeep = team.upkeep[at : at + 4]
        yield f"{sum(upkeep) / len(upkeep):.2f}"


def _closed_lines(forecast: Forecast) -> Iterator[str]:
    """The items that aren't forecast, by status."""
    closed = [item for item in forecast.items.values() if item.status not in OPEN_STATUSES]
    for status in _CLOSED:
        titles = [escape_control(item.title) for item in closed if item.status == status]
        if titles:
            yield from wrap_text(f"{status}: {' · '.join(titles)}", hang="  ")
