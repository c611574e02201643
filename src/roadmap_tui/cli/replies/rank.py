"""`roadmap rank`: what is most worth doing."""

from collections.abc import Iterator, Mapping

from roadmap_tui.answers.base import MISSING
from roadmap_tui.answers.json_text import to_json
from roadmap_tui.answers.ranking import RankAnswer
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import Reply
from roadmap_tui.cli.sections import (
    assumption_legend,
    heading_lines,
    scenario_change_lines,
    scenario_facts,
    scenario_values,
)
from roadmap_tui.cli.source import ForecastedPlan, forecast_file
from roadmap_tui.cli.table import TextColumn, bold, format_table, output_width, wrap_text
from roadmap_tui.forecast.analysis.cost_of_delay import costs_of_delay
from roadmap_tui.forecast.analysis.queue_moves import QueueMove
from roadmap_tui.forecast.analysis.queue_moves import queue_moves as moves_of
from roadmap_tui.forecast.analysis.ranking import competition_ranks
from roadmap_tui.forecast.simulation.results import Forecast, RankRow
from roadmap_tui.narrative import sensitivity
from roadmap_tui.narrative.item_figures import (
    format_rank_range,
    format_rank_shift,
    format_score,
    format_score_factors,
    tie_brackets,
)
from roadmap_tui.text.numbers import (
    format_chance,
    format_ordinal,
    format_percent,
    format_whole_percent,
)
from roadmap_tui.text.terminal_text import escape_control

_MAX_MOVES = 10
_MIN_GAIN = 0.0005
"""Moves that gain less are not shown."""
_COLUMNS = (
    TextColumn("#", right=True),
    TextColumn("", shrinks=True),
    TextColumn("score", right=True),
    TextColumn("= value", right=True),
    TextColumn("× delivers", right=True),
    TextColumn("÷ effort", right=True),
    TextColumn("80%"),
    TextColumn("plain", right=True),
    TextColumn("worked", right=True),
)
_DELAY_COLUMNS = (TextColumn("a month later", right=True), TextColumn("CD3", right=True))
_DELAY_WIDTH = 120
"""The width from which on the cost of delay has columns."""
_TOP_PLACES = 3
_WIDE_OUTPUT = 100
"""The width from which on the chance of a top place has a column."""


def rank_reply(file: str, options: ForecastOptions, *, moves: bool, as_json: bool) -> Reply:
    """Show the ranking, best first, and with `moves` what moves in the queue would bring."""
    found = forecast_file(file, options, keep_runs=False)
    if isinstance(found, Reply):
        return found
    tried: tuple[QueueMove, ...] = ()
    if moves:
        with progress("trying moves") as checkpoint:
            tried = moves_of(found.run.resolved, checkpoint=checkpoint)
    if as_json:
        answer = RankAnswer.of(
            found.forecast,
            costs_of_delay(found.run.simulation),
            moves=tried if moves else MISSING,
            **scenario_values(found),
        )
        return Reply(to_json(answer), found.warnings)
    lines = [*_ranking_lines(found)]
    if moves:
        lines += _move_lines(found, tried)
    return Reply("\n".join(lines) + "\n", found.warnings)


def _move_lines(found: ForecastedPlan, tried: tuple[QueueMove, ...]) -> Iterator[str]:
    """The moves that make a difference, best first."""
    yield ""
    yield bold("Moves in the queue")
    sure = [each for each in tried if each.is_sure and abs(each.gain) >= _MIN_GAIN]
    for each in sure[:_MAX_MOVES]:
        yield from wrap_text(
            sensitivity.queue_move_line(found.forecast, each), indent="  ", hang="    "
        )
    if not sure:
        yield "  none makes a difference"


def _ranking_lines(found: ForecastedPlan) -> Iterator[str]:
    forecast = found.forecast
    yield from heading_lines(found.title, forecast, *scenario_facts(found))
    if not forecast.ranking:
        yield "Nothing to rank: no item is open or an idea."
        return
    ties = tie_brackets(forecast.ranking)
    has_top = len(forecast.ranking) > _TOP_PLACES and output_width() >= _WIDE_OUTPUT
    columns = [*_COLUMNS, *([TextColumn(f"top {_TOP_PLACES}", right=True)] if has_top else [])]
    rows = [
        _ranking_row(forecast, row, tie, has_top=has_top)
        for row, tie in zip(forecast.ranking, ties, strict=True)
    ]
    has_delay = bool(forecast.value) and output_width() >= _DELAY_WIDTH
    if has_delay:
        columns += _DELAY_COLUMNS
        cells = _delay_cells(forecast, costs_of_delay(found.run.simulation))
        rows = [(*row, *delay) for row, delay in zip(rows, cells, strict=True)]
    yield from format_table(columns, rows)
    yield ""
    yield from scenario_change_lines(found)
    yield from _legend_lines(found, has_ties=any(ties), has_top=has_top)
    if has_delay:
        yield from wrap_text(
            "a month later: the part of the plan's value by the horizon that is lost if it lands a"
            " month later. CD3: its rank by that per person-week."
        )


def _delay_cells(forecast: Forecast, delays: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    """Each ranked item's cost of delay, and its rank by cost of delay per person-week."""
    per_week = {
        row.id: delays[row.id] / row.effort
        for row in forecast.ranking
        if row.effort and row.id in delays
    }
    ranks = dict(zip(per_week, competition_ranks(per_week.values()), strict=True))
    for row in forecast.ranking:
        lost, rank = delays.get(row.id), ranks.get(row.id)
        share = "–" if lost is None else format_percent(lost / forecast.value)
        yield share, "–" if rank is None else str(rank)


def _legend_lines(found: ForecastedPlan, *, has_ties: bool, has_top: bool) -> Iterator[str]:
    if has_ties:
        sure = format_whole_percent(found.plan.policy.too_close)
        yield from wrap_text(
            f"┌└ too close to call: the upper one comes first in less than {sure} of the runs."
        )
    yield from wrap_text("score: unlocked value per person-week. 80%: the 80% range of its rank.")
    yield from wrap_text(
        "plain: its rank by RICE without chances; ▲ ▼ where weighting moved it. worked: its place"
        " in the queue."
    )
    if has_top:
        yield from wrap_text(
            f"top {_TOP_PLACES}: its chance to be among the first {_TOP_PLACES}; roadmap show FILE"
            " ID shows more."
        )
    yield from assumption_legend(found.forecast)


def _ranking_row(forecast: Forecast, row: RankRow, tie: str, *, has_top: bool) -> tuple[str, ...]:
    rank = str(row.weighted.rank) if row.weighted else "–"
    title = f"{tie or ' '} {escape_control(forecast.items[row.id].title)}"
    plain_rank = f"{row.rice.rank} {format_rank_shift(row):<2}" if row.rice else "–   "
    position = "–" if row.build_position is None else format_ordinal(row.build_position)
    cells = (
        rank,
        title,
        format_score(row),
        *format_score_factors(row),
        format_rank_range(row),
        plain_rank,
        position,
    )
    if not has_top:
        return cells
    return (*cells, format_chance(row.top[_TOP_PLACES]) if _TOP_PLACES in row.top else "–")
