"""The ranking: what is most worth doing, and how sure that order is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from roadmap_tui.app.lines import Line, Span, clip, width
from roadmap_tui.app.look import groups
from roadmap_tui.app.scale import STUDIED, is_large, too_many
from roadmap_tui.app.sheet import Block
from roadmap_tui.app.view import Picture, Scene, picture
from roadmap_tui.app.views.ranking_row import Shape
from roadmap_tui.files.display import printable
from roadmap_tui.forecast.summary import RankRow
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.report import swings
from roadmap_tui.report.figures import brackets
from roadmap_tui.report.words import month

_WORTH = 0.001
_LAST = 1e18
"""What has no figure is sorted last."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the ranking.

    Attributes:
        key: what it is sorted by, the smallest first.
    """

    name: str
    label: str
    key: Callable[[Scene, RankRow], float | str]
    can_be_hidden: bool = True


def _finish(scene: Scene, row: RankRow) -> float:
    finish = scene.item(row.id).finish
    return _LAST if finish is None else finish.p50


COLUMNS = (
    Column(
        "rank",
        "rank: the weighted score",
        lambda _, row: row.weighted.rank if row.weighted else _LAST,
        False,
    ),
    Column(
        "plain",
        "plain rank, and the shift from it",
        lambda _, row: row.plain.rank if row.plain else _LAST,
    ),
    Column("title", "title", lambda scene, row: scene.title(row.id).casefold(), False),
    Column(
        "range",
        "the score's range as a line",
        lambda _, row: -row.score_range[1] if row.score_range else _LAST,
    ),
    Column("value", "value", lambda _, row: -row.value),
    Column("delivers", "chance to deliver", lambda _, row: -row.delivers),
    Column("effort", "effort, the least first", lambda _, row: row.effort),
    Column(
        "spread", "the rank's range", lambda _, row: row.rank_range[0] if row.rank_range else _LAST
    ),
    Column(
        "worked",
        "place in the queue",
        lambda _, row: row.worked if row.worked is not None else _LAST,
    ),
    Column("ships", "chance to ship by the horizon", lambda scene, row: -scene.item(row.id).ships),
    Column("finish", "likely finish", _finish),
    Column("team", "team", lambda scene, row: scene.plan.items[row.id].team or "￿"),
)
"""What the ranking can be sorted by; most of it can be shown or left out."""


def ranking(scene: Scene) -> Picture:
    """Draw the ranking: plain and weighted RICE side by side, the factors, the rank's range, the place in the queue."""
    rows = _sorted(scene, [row for row in scene.forecast.ranking if row.id in scene.shown])
    if not rows:
        words = (
            "nothing passes the filter"
            if scene.forecast.ranking
            else f"nothing to rank; press {scene.key('add')} to add a bet"
        )
        return picture([(Span(f" {words}", "dim"),)], (), scene.width)
    shape = Shape.of(scene)
    lines: list[Line | Block] = [shape.heading()]
    for heading, part in _parts(scene, rows):
        lines += [(Span(f" {printable(heading)}", "bold"),)] if heading else []
        lines += _part(scene, shape, part)
    order = [row.id for _, part in _parts(scene, rows) for row in part]
    lines.append(())
    lines += [(Span(clip(f" {words}", scene.width), "dim"),) for words in _notes(scene, rows)]
    return picture(lines, ((name,) for name in order), scene.width, fixed=1)


def _in_rank_order(scene: Scene) -> bool:
    return scene.look.sort == "rank" and not scene.look.is_reversed


def _sorted(scene: Scene, rows: list[RankRow]) -> list[RankRow]:
    column = next(each for each in COLUMNS if each.name == scene.look.sort)
    if column.name == "rank":
        return rows[::-1] if scene.look.is_reversed else rows
    texts = [(column.key(scene, row), at, row) for at, row in enumerate(rows)]
    texts.sort(
        key=lambda each: (str(each[0]), each[1]) if isinstance(each[0], str) else (each[0], each[1])
    )
    return [row for _, _, row in (texts[::-1] if scene.look.is_reversed else texts)]


def _parts(scene: Scene, rows: list[RankRow]) -> Iterator[tuple[str, list[RankRow]]]:
    """The rows under their headings; under none where they are not put together."""
    if scene.look.group == "none":
        yield "", rows
        return
    known = {row.id: row for row in rows}
    for heading, names in groups(scene.plan, known, scene.look.group):
        yield heading, [known[name] for name in names]


def _part(scene: Scene, shape: Shape, rows: list[RankRow]) -> Iterator[Line | Block]:
    """Rows; in the order of their ranks also brackets and what fits."""
    ranked = _in_rank_order(scene)
    signs = brackets(rows) if ranked else [""] * len(rows)
    cuts = _cuts(scene, rows) if ranked and scene.look.group == "none" else {}
    for at, (row, sign) in enumerate(zip(rows, signs, strict=True)):
        yield Block(partial(shape.row, row, sign or " "), (row.id,))
        if at in cuts:
            yield _cut_line(scene, cuts[at])


def _notes(scene: Scene, rows: list[RankRow]) -> Iterator[str]:
    if _in_rank_order(scene) and any(row.too_close_with for row in rows):
        yield "┌└ too close to call: decide on strategy, not on score"
    if not _in_rank_order(scene):
        label = next(each.label for each in COLUMNS if each.name == scene.look.sort)
        yield f"sorted by {label}{', the other way round' if scene.look.is_reversed else ''}"
    yield "value × delivers ÷ effort = score, per person-week · rank: 8 times in 10"
    if any(spike.status in OPEN for spike in scene.plan.spike.values()):
        yield "delivers: ever, whatever spikes say · ships: by the horizon, if they say yes"
    if scene.plan.teams and _in_rank_order(scene) and scene.look.group == "none":
        yield "fits: as much effort as the teams have person-weeks until then, in this order"
    yield from _best_move(scene)


def _best_move(scene: Scene) -> Iterator[str]:
    """The one move in the queue that brings most, once that is known."""
    moves = scene.study.moves if scene.study is not None else None
    if is_large(items := len(scene.plan.items)):
        yield too_many(
            items, "moves in the queue are tried", STUDIED, "run roadmap rank FILE --moves"
        )
    if moves is None:
        return
    best = next((each for each in moves if each.is_sure and each.gain >= _WORTH), None)
    if best is None:
        yield "no single move in the queue brings more"
    else:
        yield f"best move: {swings.move(scene.forecast, best)}"


def _cuts(scene: Scene, rows: list[RankRow]) -> dict[int, str]:
    """After which row the teams' time is used up, until the end of the column Next and until the horizon."""
    policy, forecast = scene.plan.policy, scene.forecast
    found: dict[int, str] = {}
    if scene.plan.teams:
        soon = min(policy.next_weeks, forecast.horizon)
        for weeks in dict.fromkeys((forecast.horizon, soon)):
            at = _fits(scene, rows, weeks)
            word = (
                "all of it fits" if at == len(rows) - 1 else "fits" if at >= 0 else "nothing fits"
            )
            if weeks == soon or at < len(rows) - 1:
                found[max(0, at)] = f"{word} by {month(forecast.day(weeks))}"
    return found


def _fits(scene: Scene, rows: list[RankRow], weeks: float) -> int:
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


def _cut_line(scene: Scene, words: str) -> Line:
    told = f"╌╌ {words} "
    return (Span(told + "╌" * max(0, scene.width - width(told) - 1), "dim"),)
