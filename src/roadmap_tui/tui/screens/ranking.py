"""The ranking: what is most worth doing, and how sure that order is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from roadmap_tui.forecast.simulation.results import RankRow
from roadmap_tui.narrative import sensitivity
from roadmap_tui.narrative.item_figures import tie_brackets
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.text.dates import format_month
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.limits import ANALYSIS_LIMIT, is_large_plan, limit_message
from roadmap_tui.tui.view_options import group_items
from roadmap_tui.tui.views.lazy_lines import LineBlock
from roadmap_tui.tui.views.lines import Line, TextSpan, cell_width, truncate
from roadmap_tui.tui.views.ranking_row import RankingLayout
from roadmap_tui.tui.views.view_model import RenderedView, ViewModel, build_view

_WORTH = 0.001
_LAST = 1e18
"""What has no figure is sorted last."""


@dataclass(frozen=True, slots=True)
class RankingColumn:
    """A column of the ranking.

    Attributes:
        key: what it is sorted by, the smallest first.
    """

    name: str
    label: str
    key: Callable[[ViewModel, RankRow], float | str]
    can_be_hidden: bool = True


def _finish(scene: ViewModel, row: RankRow) -> float:
    finish = scene.item(row.id).finish
    return _LAST if finish is None else finish.p50


RANKING_COLUMNS = (
    RankingColumn(
        "rank",
        "rank: the weighted score",
        lambda _, row: row.weighted.rank if row.weighted else _LAST,
        False,
    ),
    RankingColumn(
        "plain",
        "plain rank, and the shift from it",
        lambda _, row: row.rice.rank if row.rice else _LAST,
    ),
    RankingColumn("title", "title", lambda scene, row: scene.title(row.id).casefold(), False),
    RankingColumn(
        "range",
        "the score's range as a line",
        lambda _, row: -row.score_range[1] if row.score_range else _LAST,
    ),
    RankingColumn("value", "value", lambda _, row: -row.value),
    RankingColumn("delivers", "chance to deliver", lambda _, row: -row.delivers),
    RankingColumn("effort", "effort, the least first", lambda _, row: row.effort),
    RankingColumn(
        "spread", "the rank's range", lambda _, row: row.rank_range[0] if row.rank_range else _LAST
    ),
    RankingColumn(
        "worked",
        "place in the queue",
        lambda _, row: row.build_position if row.build_position is not None else _LAST,
    ),
    RankingColumn(
        "ships", "chance to ship by the horizon", lambda scene, row: -scene.item(row.id).ships
    ),
    RankingColumn("finish", "likely finish", _finish),
    RankingColumn("team", "team", lambda scene, row: scene.plan.items[row.id].team or "￿"),
)
"""What the ranking can be sorted by; most of it can be shown or left out."""


def render_ranking(scene: ViewModel) -> RenderedView:
    """Draw the ranking: plain and weighted RICE side by side, the factors, the rank's range, the place in the queue."""
    rows = _sort_rows(scene, [row for row in scene.forecast.ranking if row.id in scene.visible])
    if not rows:
        words = (
            "nothing passes the filter"
            if scene.forecast.ranking
            else f"nothing to rank; press {scene.key_label('add')} to add a bet"
        )
        return build_view([(TextSpan(f" {words}", "dim"),)], (), scene.width)
    shape = RankingLayout.of(scene)
    lines: list[Line | LineBlock] = [shape.heading()]
    for heading, part in _row_groups(scene, rows):
        lines += [(TextSpan(f" {escape_control(heading)}", "bold"),)] if heading else []
        lines += _group_lines(scene, shape, part)
    order = [row.id for _, part in _row_groups(scene, rows) for row in part]
    lines.append(())
    lines += [
        (TextSpan(truncate(f" {words}", scene.width), "dim"),) for words in _notes(scene, rows)
    ]
    return build_view(lines, ((name,) for name in order), scene.width, fixed=1)


def _in_rank_order(scene: ViewModel) -> bool:
    return scene.options.sort == "rank" and not scene.options.is_reversed


def _sort_rows(scene: ViewModel, rows: list[RankRow]) -> list[RankRow]:
    column = next(each for each in RANKING_COLUMNS if each.name == scene.options.sort)
    if column.name == "rank":
        return rows[::-1] if scene.options.is_reversed else rows
    texts = [(column.key(scene, row), at, row) for at, row in enumerate(rows)]
    texts.sort(
        key=lambda each: (str(each[0]), each[1]) if isinstance(each[0], str) else (each[0], each[1])
    )
    return [row for _, _, row in (texts[::-1] if scene.options.is_reversed else texts)]


def _row_groups(scene: ViewModel, rows: list[RankRow]) -> Iterator[tuple[str, list[RankRow]]]:
    """The rows under their headings; under none where they are not put together."""
    if scene.options.group == "none":
        yield "", rows
        return
    known = {row.id: row for row in rows}
    for heading, names in group_items(scene.plan, known, scene.options.group):
        yield heading, [known[name] for name in names]


def _group_lines(
    scene: ViewModel, shape: RankingLayout, rows: list[RankRow]
) -> Iterator[Line | LineBlock]:
    """Rows; in the order of their ranks also brackets and what fits."""
    ranked = _in_rank_order(scene)
    signs = tie_brackets(rows) if ranked else [""] * len(rows)
    cuts = _capacity_cuts(scene, rows) if ranked and scene.options.group == "none" else {}
    for at, (row, sign) in enumerate(zip(rows, signs, strict=True)):
        yield LineBlock(partial(shape.row, row, sign or " "), (row.id,))
        if at in cuts:
            yield _capacity_line(scene, cuts[at])


def _notes(scene: ViewModel, rows: list[RankRow]) -> Iterator[str]:
    if _in_rank_order(scene) and any(row.too_close_with for row in rows):
        yield "┌└ too close to call: decide on strategy, not on score"
    if not _in_rank_order(scene):
        label = next(each.label for each in RANKING_COLUMNS if each.name == scene.options.sort)
        yield f"sorted by {label}{', the other way round' if scene.options.is_reversed else ''}"
    yield "value × delivers ÷ effort = score, per person-week · rank: 8 times in 10"
    if any(spike.status in OPEN_STATUSES for spike in scene.plan.spike.values()):
        yield "delivers: ever, whatever spikes say · ships: by the horizon, if they say yes"
    if scene.plan.teams and _in_rank_order(scene) and scene.options.group == "none":
        yield "fits: as much effort as the teams have person-weeks until then, in this order"
    yield from _best_move_note(scene)


def _best_move_note(scene: ViewModel) -> Iterator[str]:
    """The one move in the queue that brings most, once that is known."""
    moves = scene.insights.moves if scene.insights is not None else None
    if is_large_plan(items := len(scene.plan.items)):
        yield limit_message(
            items, "moves in the queue are tried", ANALYSIS_LIMIT, "run roadmap rank FILE --moves"
        )
    if moves is None:
        return
    best = next((each for each in moves if each.is_sure and each.gain >= _WORTH), None)
    if best is None:
        yield "no single move in the queue brings more"
    else:
        yield f"best move: {sensitivity.queue_move_line(scene.forecast, best)}"


def _capacity_cuts(scene: ViewModel, rows: list[RankRow]) -> dict[int, str]:
    """After which row the teams' time is used up, until the end of the column Next and until the horizon."""
    policy, forecast = scene.plan.policy, scene.forecast
    found: dict[int, str] = {}
    if scene.plan.teams:
        soon = min(policy.next_weeks, forecast.horizon)
        for weeks in dict.fromkeys((forecast.horizon, soon)):
            at = _last_fitting_row(scene, rows, weeks)
            word = (
                "all of it fits" if at == len(rows) - 1 else "fits" if at >= 0 else "nothing fits"
            )
            if weeks == soon or at < len(rows) - 1:
                found[max(0, at)] = f"{word} by {format_month(forecast.day(weeks))}"
    return found


def _last_fitting_row(scene: ViewModel, rows: list[RankRow], weeks: float) -> int:
    """The last row up to which each team's work fits into so many weeks; -1 if not even the first one's does."""
    left = {name: team.people * weeks for name, team in scene.plan.teams.items()}
    items = scene.plan.items
    for at, row in enumerate(rows):
        team = items[row.id].team
        if team in left:
            left[team] -= row.effort
            if left[team] < 0:
                return at - 1
    return len(rows) - 1


def _capacity_line(scene: ViewModel, words: str) -> Line:
    told = f"╌╌ {words} "
    return (TextSpan(told + "╌" * max(0, scene.width - cell_width(told) - 1), "dim"),)
