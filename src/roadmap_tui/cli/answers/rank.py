"""`roadmap rank`: what is most worth doing."""

from collections.abc import Iterator

from roadmap_tui.cli.basis import Basis
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import Reply
from roadmap_tui.cli.source import Forecasted, forecasted
from roadmap_tui.cli.table import Column, bold, table, width, wrapped
from roadmap_tui.cli.texts import beside, heading, legend, moved, scenario_part
from roadmap_tui.files.display import printable
from roadmap_tui.forecast.moves import Move
from roadmap_tui.forecast.moves import moves as moves_of
from roadmap_tui.forecast.summary import Forecast, RankRow
from roadmap_tui.report import swings
from roadmap_tui.report.data import move_data, rank_data, to_json
from roadmap_tui.report.figures import brackets, factors, rank_range, score, shift
from roadmap_tui.report.words import ordinal, percent

_MOST, _LITTLE = 10, 0.0005
_COLUMNS = (
    Column("#", right=True),
    Column("", yields=True),
    Column("score", right=True),
    Column("= value", right=True),
    Column("× delivers", right=True),
    Column("÷ effort", right=True),
    Column("80%"),
    Column("plain", right=True),
    Column("worked", right=True),
)
_TOP, _WIDE = 3, 100


def answer(file: str, basis: Basis, as_json: bool, moves: bool) -> Reply:
    """The ranking, best first, and what moves in the queue would bring."""
    found = forecasted(file, basis, keeps=False)
    if isinstance(found, Reply):
        return found
    with progress("trying moves") as check:
        tried = moves_of(found.run.resolved, check=check) if moves else ()
    if as_json:
        data = rank_data(found.forecast) | scenario_part(found)
        return Reply(
            to_json(data | ({"moves": [move_data(each) for each in tried]} if moves else {})),
            found.warnings,
        )
    lines = [*_lines(found), *(_moves(found, tried) if moves else ())]
    return Reply("\n".join(lines) + "\n", found.warnings)


def _moves(found: Forecasted, tried: tuple[Move, ...]) -> Iterator[str]:
    """The moves that make a difference, the best first."""
    yield ""
    yield bold("Moves in the queue")
    sure = [each for each in tried if each.is_sure and abs(each.gain) >= _LITTLE]
    for each in sure[:_MOST]:
        yield from wrapped(swings.move(found.forecast, each), indent="  ", hang="    ")
    if not sure:
        yield "  none makes a difference"


def _lines(found: Forecasted) -> Iterator[str]:
    forecast = found.forecast
    yield from heading(found.title, found.forecast, *beside(found))
    if not forecast.ranking:
        yield "Nothing to rank: no item is open or an idea."
        return
    ties = brackets(forecast.ranking)
    rows = [_row(forecast, *pair) for pair in zip(forecast.ranking, ties, strict=True)]
    columns, has_top = [*_COLUMNS], len(rows) > _TOP and width() >= _WIDE
    if has_top:
        columns.append(Column(f"top {_TOP}", right=True))
        rows = [(*cells, _top(row)) for cells, row in zip(rows, forecast.ranking, strict=True)]
    yield from table(columns, rows)
    yield ""
    yield from moved(found)
    if any(ties):
        sure = percent(found.plan.policy.too_close)
        yield from wrapped(
            f"┌└ too close to call: the upper one comes first in less than {sure} of the futures."
        )
    yield from wrapped("score: unlocked value per person-week. 80%: its rank, 8 times in 10.")
    yield from wrapped(
        "plain: its rank by RICE without chances; ▲ ▼ where weighting moved it. worked: its place"
        " in the queue."
    )
    if has_top:
        yield from wrapped(
            f"top {_TOP}: its chance to be among the first {_TOP}; roadmap show FILE ID tells more."
        )
    yield from legend(forecast)


def _top(row: RankRow) -> str:
    return percent(row.top[_TOP]) if _TOP in row.top else "–"


def _row(forecast: Forecast, row: RankRow, tie: str) -> tuple[str, ...]:
    place = str(row.weighted.rank) if row.weighted else "–"
    plain_rank = f"{row.plain.rank} {shift(row):<2}" if row.plain else "–   "
    worked = "–" if row.worked is None else ordinal(row.worked)
    titled = f"{tie or ' '} {printable(forecast.items[row.id].title)}"
    return place, titled, score(row), *factors(row), rank_range(row), plain_rank, worked
