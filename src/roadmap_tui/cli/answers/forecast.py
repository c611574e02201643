"""`roadmap forecast`: when, and whether."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from roadmap_tui.cli.basis import Basis
from roadmap_tui.cli.reply import Reply, wrong_use
from roadmap_tui.cli.source import Forecasted, forecasted, no_item
from roadmap_tui.cli.table import Column, bold, table, wrapped
from roadmap_tui.cli.texts import beside, heading, legend, moved, scenario_part
from roadmap_tui.files.display import printable
from roadmap_tui.fitness.lifecycle import team_upkeep, unplanned_note
from roadmap_tui.forecast.causes import causes
from roadmap_tui.forecast.delivered import together
from roadmap_tui.forecast.loads import Load, loads
from roadmap_tui.forecast.summary import Causes, Forecast, ItemForecast
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.report.data import forecast_data, load_data, to_json
from roadmap_tui.report.figures import ever, ships, when
from roadmap_tui.report.words import date, month, number, percent, rounded, tenths

_BUCKETS = ("now", "next", "later")
_CLOSED = ("idea", "live", "done", "failed", "dropped")


class Asked(NamedTuple):
    """What else is asked: the chain of a target, the chance of several by a day, the load of the teams."""

    target: str | None
    together: tuple[str, ...]
    by: dt.date | None
    load: bool


def answer(file: str, basis: Basis, as_json: bool, **options: Any) -> Reply:
    """The forecast of every item, and what else is asked."""
    asked = Asked(**options)
    if asked.by is not None and not asked.together:
        return wrong_use("--by says by when all of --together ID … are wanted; name them")
    found = forecasted(
        file, basis, keeps=as_json or bool(asked.target or asked.together or asked.load)
    )
    if isinstance(found, Reply):
        return found
    for name in (*asked.together, *([asked.target] if asked.target else [])):
        if name not in found.plan.items:
            return no_item(file, found.plan, name)
    return Reply(
        to_json(_data(found, asked)) if as_json else "\n".join(_told(found, asked)) + "\n",
        found.warnings,
    )


def _data(found: Forecasted, asked: Asked) -> dict[str, object]:
    simulation = found.run.simulation
    data = forecast_data(found.forecast, causes(simulation, asked.target)) | scenario_part(found)
    if asked.together:
        day, chance = _chance(found, asked)
        data["together"] = {"items": asked.together, "by": day, "chance": rounded(chance)}
    if asked.load:
        data["teams"] = [load_data(each) for each in loads(simulation)]
    return data


def _told(found: Forecasted, asked: Asked) -> Iterator[str]:
    traced = causes(found.run.simulation, asked.target) if asked.target else None
    yield from _lines(found, traced)
    if asked.target and traced is None:
        title = printable(found.forecast.items[asked.target].title)
        yield from wrapped(f"{title} is not open or never ships, so nothing sets its finish.")
    if asked.together:
        day, chance = _chance(found, asked)
        titles = ", ".join(printable(found.forecast.items[name].title) for name in asked.together)
        yield ""
        yield from wrapped(f"All of {titles} by {date(day)}: {percent(chance)}.")
    if asked.load:
        yield from _loads(loads(found.run.simulation))


def _chance(found: Forecasted, asked: Asked) -> tuple[dt.date, float]:
    """By when, and the chance of all that are asked about together."""
    day = asked.by or found.forecast.until
    weeks = (
        found.forecast.horizon if asked.by is None else ((day - found.forecast.as_of).days + 1) / 7
    )
    return day, together(found.run.simulation, asked.together, weeks)


def _lines(found: Forecasted, traced: Causes | None) -> Iterator[str]:
    forecast = found.forecast
    yield from heading(found.title, forecast, *beside(found))
    items = [forecast.items[name] for name in forecast.list]
    grouped = {bucket: [item for item in items if item.bucket == bucket] for bucket in _BUCKETS}
    order = [item for bucket in _BUCKETS for item in grouped[bucket]]
    columns = (
        Column("", yields=True),
        Column("id", yields=True, spare=True),
        *([Column("was", right=True)] if found.base else []),
        Column(f"by {month(forecast.until)}", right=True),
        Column("ever", right=True),
        Column("when, if it ships"),
        *([Column("critical", right=True), Column("drives", right=True)] if traced else []),
    )
    head, *body = table(
        columns, [_row(forecast, item, found.base, traced) for item in order], indent="  "
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
    yield from moved(found)
    yield from _closed(forecast)
    yield from _overloaded(found)
    if traced:
        title = printable(forecast.items[traced.target].title)
        yield from wrapped(
            f"critical: how often it lies on the chain of needs and people that sets when {title}"
            " ships. drives: how far the weeks it takes go along with that, from -1 to 1."
        )
    yield from legend(forecast)


def _overloaded(found: Forecasted) -> Iterator[str]:
    """Teams that upkeep leaves less time than the schedule counts on."""
    for name, team in found.plan.teams.items():
        upkeep = team_upkeep(found.plan, name, {"live"}, found.forecast.as_of)
        note = unplanned_note(upkeep, team.people)
        if note:
            yield from wrapped(
                f"{printable(name)}: upkeep takes {number(upkeep)} of {team.people} people{note}."
            )


def _row(
    forecast: Forecast, item: ItemForecast, base: Forecast | None, traced: Causes | None
) -> tuple[str, ...]:
    sign = "◆ " if item.kind == "spike" else ""
    was = [ships(base.items[item.id]) if item.id in base.items else "new"] if base else []
    causes = [percent(traced.critical[item.id]), f"{traced.drives[item.id]:.2f}"] if traced else []
    figures = (ships(item), ever(item), when(forecast, item))
    return (sign + printable(item.title), item.id, *was, *figures, *causes)


def _loads(teams: tuple[Load, ...]) -> Iterator[str]:
    """Each team's people at work, in the middle of the futures, in spans of four weeks."""
    yield ""
    if not teams:
        yield "No team yet: [teams.NAME] with its people says who works."
        return
    said = (
        "People at work and idle: the middle, and 8 times in 10; looking after what is live, as"
        " expected"
    )
    yield from map(bold, wrapped(said))
    spans = range(0, max((len(team.busy) for team in teams), default=0), 4)
    columns = [Column("weeks")]
    for team in teams:
        columns += _load_columns(team)
    rows = [
        (f"{at + 1}–{at + 4}", *(cell for team in teams for cell in _load_cells(team, at)))
        for at in spans
    ]
    yield from table(columns, rows, indent="  ")


def _load_columns(team: Load) -> Iterator[Column]:
    name = printable(team.team)
    yield Column(f"{name} of {team.people}", right=True)
    yield Column("idle", right=True, called=f"idle of {name}")
    if any(team.upkeep):
        yield Column("upkeep", right=True, called=f"upkeep of {name}")


def _load_cells(team: Load, at: int) -> Iterator[str]:
    """People at work, idle and, if there is any of it, at upkeep in a span of four weeks."""
    for weeks in (team.busy[at : at + 4], team.idle[at : at + 4]):
        low, mid, high = (
            sum(getattr(week, name) for week in weeks) / len(weeks)
            for name in ("p10", "p50", "p90")
        )
        yield f"{tenths(mid)} ({tenths(low)}–{tenths(high)})"
    if any(team.upkeep):
        upkeep = team.upkeep[at : at + 4]
        yield f"{sum(upkeep) / len(upkeep):.2f}"


def _closed(forecast: Forecast) -> Iterator[str]:
    """The items that aren't forecast, by status."""
    closed = [item for item in forecast.items.values() if item.status not in OPEN]
    for status in _CLOSED:
        titles = [printable(item.title) for item in closed if item.status == status]
        if titles:
            yield from wrapped(f"{status}: {' · '.join(titles)}", hang="  ")
