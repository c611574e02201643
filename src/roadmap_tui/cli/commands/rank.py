"""`roadmap rank`: what is most worth doing."""

from collections.abc import Iterator

from roadmap_tui.answers.data import move_data, rank_data, to_json
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import Reply
from roadmap_tui.cli.sections import (
    assumption_legend,
    heading_lines,
    scenario_change_lines,
    scenario_facts,
    scenario_json,
)
from roadmap_tui.cli.source import ForecastedPlan, forecast_file
from roadmap_tui.cli.table import TextColumn, bold, format_table, output_width, wrap_text
from roadmap_tui.forecast.analysis.queue_moves import QueueMove
from roadmap_tui.forecast.analysis.queue_moves import queue_moves as moves_of
from roadmap_tui.forecast.simulation.results import Forecast, RankRow
from roadmap_tui.narrative import sensitivity
from roadmap_tui.narrative.item_figures import (
    format_rank_range,
    format_rank_shift,
    format_score,
    format_score_factors,
    tie_brackets,
)
from roadmap_tui.text.dates import format_chance, format_ordinal
from roadmap_tui.text.terminal_text import escape_control

_MAX_MOVES, _MIN_GAIN = 10, 0.0005
_COLUMNS = (
    TextColumn("#", right=True),
    TextColumn("", yields=True),
    TextColumn("score", right=True),
    TextColumn("= value", right=True),
    TextColumn("× delivers", right=True),
    TextColumn("÷ effort", right=True),
    TextColumn("80%"),
    TextColumn("plain", right=True),
    TextColumn("worked", right=True),
)
_TOP_PLACES, _WIDE_OUTPUT = 3, 100


def answer(file: str, basis: ForecastOptions, as_json: bool, moves: bool) -> Reply:
    """The ranking, best first, and what moves in the queue would bring."""
    found = forecast_file(file, basis, keeps=False)
    if isinstance(found, Reply):
        return found
    with progress("trying moves") as check:
        tried = moves_of(found.run.resolved, checkpoint=check) if moves else ()
    if as_json:
        data = rank_data(found.forecast) | scenario_json(found)
        return Reply(
            to_json(data | ({"moves": [move_data(each) for each in tried]} if moves else {})),
            found.warnings,
        )
    lines = [*_ranking_lines(found), *(_move_lines(found, tried) if moves else ())]
    return Reply("\n".join(lines) + "\n", found.warnings)


def _move_lines(found: ForecastedPlan, tried: tuple[QueueMove, ...]) -> Iterator[str]:
    """The moves that make a difference, the best first."""
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
    yield from heading_lines(found.title, found.forecast, *scenario_facts(found))
    if not forecast.ranking:
        yield "Nothing to rank: no item is open or an idea."
        return
    ties = tie_brackets(forecast.ranking)
    rows = [_ranking_row(forecast, *pair) for pair in zip(forecast.ranking, ties, strict=True)]
    columns, has_top = [*_COLUMNS], len(rows) > _TOP_PLACES and output_width() >= _WIDE_OUTPUT
    if has_top:
        columns.append(TextColumn(f"top {_TOP_PLACES}", right=True))
        rows = [
            (*cells, _top_shares(row)) for cells, row in zip(rows, forecast.ranking, strict=True)
        ]
    yield from format_table(columns, rows)
    yield ""
    yield from scenario_change_lines(found)
    if any(ties):
        sure = format_chance(found.plan.policy.too_close)
        yield from wrap_text(
            f"┌└ too close to call: the upper one comes first in less than {sure} of the runs."
        )
    yield from wrap_text("score: unlocked value per person-week. 80%: its rank, 8 times in 10.")
    yield from wrap_text(
        "plain: its rank by RICE without chances; ▲ ▼ where weighting moved it. worked: its place"
        " in the queue."
    )
    if has_top:
        yield from wrap_text(
            f"top {_TOP_PLACES}: its chance to be among the first {_TOP_PLACES}; roadmap show FILE ID tells more."
        )
    yield from assumption_legend(forecast)


def _top_shares(row: RankRow) -> str:
    return format_chance(row.top[_TOP_PLACES]) if _TOP_PLACES in row.top else "–"


def _ranking_row(forecast: Forecast, row: RankRow, tie: str) -> tuple[str, ...]:
    place = str(row.weighted.rank) if row.weighted else "–"
    plain_rank = f"{row.rice.rank} {format_rank_shift(row):<2}" if row.rice else "–   "
    worked = "–" if row.build_position is None else format_ordinal(row.build_position)
    titled = f"{tie or ' '} {escape_control(forecast.items[row.id].title)}"
    return (
        place,
        titled,
        format_score(row),
        *format_score_factors(row),
        format_rank_range(row),
        plain_rank,
        worked,
    )
