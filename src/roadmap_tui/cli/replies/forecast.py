"""`roadmap forecast`: when, and whether."""

import datetime as dt
from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

from roadmap_tui.answers.base import MISSING
from roadmap_tui.answers.forecast import ForecastAnswer, JointChance
from roadmap_tui.answers.json_text import to_json
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.reply import Reply, usage_error
from roadmap_tui.cli.sections import (
    assumption_legend,
    heading_lines,
    scenario_change_lines,
    scenario_facts,
    scenario_values,
)
from roadmap_tui.cli.source import ForecastedPlan, forecast_file, unknown_item
from roadmap_tui.cli.table import TextColumn, bold, format_table, wrap_text
from roadmap_tui.forecast.analysis.critical_path import finish_drivers
from roadmap_tui.forecast.analysis.delivery_count import delivery_count
from roadmap_tui.forecast.analysis.horizon_value import chance_all_delivered
from roadmap_tui.forecast.analysis.utilisation import LoadBlock, TeamUtilisation, team_utilisation
from roadmap_tui.forecast.simulation.results import FinishDrivers, Forecast, ItemForecast
from roadmap_tui.narrative.headline import delivery_sentence
from roadmap_tui.narrative.item_figures import (
    format_delivery_chance,
    format_finish_range,
)
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.deadline import weeks_between
from roadmap_tui.plan.intervals import chance_se
from roadmap_tui.readiness.lifecycle import team_upkeep, upkeep_note
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_chance, format_people
from roadmap_tui.text.terminal_text import escape_control

_BUCKETS = ("now", "next", "later")
_CLOSED = ("idea", "live", "done", "failed", "dropped")


class ForecastRequest(NamedTuple):
    """What to show beside the forecast of every item.

    Attributes:
        target: the item whose critical chain is traced.
        together: the items whose joint chance is asked for.
        by: the day for that chance; None is the horizon.
        load: whether to show the load of the teams.
    """

    target: str | None
    together: tuple[str, ...]
    by: dt.date | None
    load: bool

    @property
    def items(self) -> tuple[str, ...]:
        """All items that are named."""
        return self.together if self.target is None else (*self.together, self.target)


def forecast_reply(
    file: str, options: ForecastOptions, request: ForecastRequest, *, as_json: bool
) -> Reply:
    """Show the forecast of every item, and what else is requested."""
    if request.by is not None and not request.together:
        return usage_error("--by says by when all of --together ID … are wanted; name them")
    keep_runs = as_json or request.load or bool(request.items)
    found = forecast_file(file, options, keep_runs=keep_runs)
    if isinstance(found, Reply):
        return found
    unknown = next((name for name in request.items if name not in found.plan.items), None)
    if unknown is not None:
        return unknown_item(file, found.plan, unknown)
    if as_json:
        return Reply(to_json(_forecast_answer(found, request)), found.warnings)
    return Reply("\n".join(_forecast_text(found, request)) + "\n", found.warnings)


def _forecast_answer(found: ForecastedPlan, request: ForecastRequest) -> ForecastAnswer:
    simulation, together = found.run.simulation, None
    if request.together:
        day, chance = _joint_chance(found, request)
        se = chance_se(chance, found.forecast.runs)
        together = JointChance.read(items=request.together, by=day, chance=chance, se=se)
    return ForecastAnswer.of(
        found.forecast,
        finish_drivers(simulation, request.target),
        shipping=delivery_count(simulation),
        together=together or MISSING,
        teams=team_utilisation(simulation) if request.load else MISSING,
        **scenario_values(found),
    )


def _forecast_text(found: ForecastedPlan, request: ForecastRequest) -> Iterator[str]:
    items, target = found.forecast.items, request.target
    traced = finish_drivers(found.run.simulation, target) if target else None
    yield from _forecast_lines(found, traced)
    if target and traced is None:
        title = escape_control(items[target].title)
        yield from wrap_text(f"{title} is not open or never ships, so nothing sets its finish.")
    if request.together:
        day, chance = _joint_chance(found, request)
        titles = ", ".join(escape_control(items[name].title) for name in request.together)
        yield ""
        yield from wrap_text(f"All of {titles} by {format_date(day)}: {format_chance(chance)}.")
    if request.load:
        yield from _load_lines(team_utilisation(found.run.simulation))


def _joint_chance(found: ForecastedPlan, request: ForecastRequest) -> tuple[dt.date, float]:
    """The day, and the chance that all items of `together` have shipped by its end."""
    forecast = found.forecast
    day = request.by or forecast.horizon_end
    weeks = weeks_between(forecast.as_of, day)
    return day, chance_all_delivered(found.run.simulation, request.together, weeks)


def _forecast_lines(found: ForecastedPlan, traced: FinishDrivers | None) -> Iterator[str]:
    forecast = found.forecast
    yield from heading_lines(found.title, forecast, *scenario_facts(found))
    yield from _bucket_lines(found, traced)
    if not forecast.items:
        yield "No item yet: roadmap add FILE product ID"
        return
    yield ""
    yield from scenario_change_lines(found)
    yield from wrap_text(delivery_sentence(delivery_count(found.run.simulation), forecast))
    yield from _closed_lines(forecast)
    yield from _overload_lines(found)
    if traced:
        title = escape_control(forecast.items[traced.target].title)
        yield from wrap_text(
            f"critical: how often it lies on the chain of needs and people that sets when {title}"
            " ships. drives: how far the weeks it takes go along with that, from -1 to 1."
        )
    yield from assumption_legend(forecast)


def _bucket_lines(found: ForecastedPlan, traced: FinishDrivers | None) -> Iterator[str]:
    """One table of all open items, with a heading above each bucket's rows."""
    forecast, baseline = found.forecast, found.baseline_forecast
    items = [forecast.items[name] for name in forecast.build_order]
    grouped = dict[str, list[ItemForecast]]()
    for bucket in _BUCKETS:
        grouped[bucket] = [item for item in items if item.bucket == bucket]
    rows = [
        _item_row(forecast, item, baseline, traced)
        for item in chain.from_iterable(grouped.values())
    ]
    head, *body = format_table(_columns(found, traced), rows, indent="  ")
    if body:
        yield head
    lines = iter(body)
    for bucket, members in grouped.items():
        if members:
            yield bold(bucket.upper())
            yield from islice(lines, len(members))
    yield from lines  # the note on columns left out


def _columns(found: ForecastedPlan, traced: FinishDrivers | None) -> list[TextColumn]:
    columns = [TextColumn("", shrinks=True), TextColumn("id", shrinks=True, optional=True)]
    if found.baseline_forecast:
        columns.append(TextColumn("was", right=True))
    columns += [
        TextColumn(f"by {format_date(found.forecast.horizon_end)}", right=True),
        TextColumn("when, if it ships"),
    ]
    if traced:
        columns += [TextColumn("critical", right=True), TextColumn("drives", right=True)]
    return columns


def _item_row(
    forecast: Forecast, item: ItemForecast, baseline: Forecast | None, traced: FinishDrivers | None
) -> tuple[str, ...]:
    sign = "◆ " if item.kind == "spike" else ""
    cells = [sign + escape_control(item.title), item.id]
    if baseline:
        before = baseline.items.get(item.id)
        cells.append("new" if before is None else format_delivery_chance(before))
    cells += [
        format_delivery_chance(item),
        format_finish_range(forecast, item),
    ]
    if traced:
        cells += [format_chance(traced.criticality[item.id]), f"{traced.correlation[item.id]:.2f}"]
    return tuple(cells)


def _overload_lines(found: ForecastedPlan) -> Iterator[str]:
    """Teams that upkeep leaves less time than the schedule assumes."""
    for name, team in found.plan.teams.items():
        upkeep = team_upkeep(found.plan, name, {"live"}, found.forecast.as_of)
        note = upkeep_note(upkeep, team.people)
        if note:
            share = f"{format_people(upkeep)} of {team.people} people"
            yield from wrap_text(f"{escape_control(name)}: upkeep takes {share}{note}.")


def _load_lines(teams: tuple[TeamUtilisation, ...]) -> Iterator[str]:
    """Each team's people at work, mean and range, in blocks of four weeks."""
    yield ""
    if not teams:
        yield "No team yet: [teams.NAME] with its people says who works."
        return
    head = (
        "People at work and idle: the mean and the 80% range of each four weeks; upkeep of what is"
        " live: the mean"
    )
    yield from map(bold, wrap_text(head))
    columns = [TextColumn("weeks")]
    for team in teams:
        columns += _load_columns(team)
    rows = list[list[str]]()
    for blocks in zip(*(team.blocks for team in teams), strict=True):
        row = [f"{blocks[0].first}–{blocks[0].last}"]
        for team, block in zip(teams, blocks, strict=True):
            row += _load_cells(team, block)
        rows.append(row)
    yield from format_table(columns, rows, indent="  ")


def _load_columns(team: TeamUtilisation) -> Iterator[TextColumn]:
    name = escape_control(team.team)
    yield TextColumn(f"{name} of {team.people}", right=True)
    yield TextColumn("idle", right=True, name=f"idle of {name}")
    if any(team.upkeep):
        yield TextColumn("upkeep", right=True, name=f"upkeep of {name}")


def _load_cells(team: TeamUtilisation, block: LoadBlock) -> Iterator[str]:
    """People at work, idle and, if there is any, at upkeep, in a block of weeks."""
    for people in (block.busy, block.idle):
        low, high = format_people(people.p10), format_people(people.p90)
        yield f"{format_people(people.mean)} ({low}–{high})"
    if any(team.upkeep):
        yield format_people(block.upkeep)


def _closed_lines(forecast: Forecast) -> Iterator[str]:
    """The items that aren't forecast, by status."""
    closed = [item for item in forecast.items.values() if item.status not in OPEN_STATUSES]
    for status in _CLOSED:
        titles = [escape_control(item.title) for item in closed if item.status == status]
        if titles:
            yield from wrap_text(f"{status}: {' · '.join(titles)}", hang="  ")
