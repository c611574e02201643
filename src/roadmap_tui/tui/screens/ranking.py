"""Ranking: what is most worth doing, and how certain that order is."""

from collections.abc import Iterator
from functools import partial

from roadmap_tui.forecast.simulation.results import RankRow
from roadmap_tui.narrative import sensitivity
from roadmap_tui.narrative.item_figures import tie_brackets
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_chance
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.actions import bindings_for
from roadmap_tui.tui.dialogs.select import SelectDialog, SelectOptions
from roadmap_tui.tui.limits import ANALYSIS_LIMIT, is_large_plan, limit_message
from roadmap_tui.tui.screen_help import ScreenHelp
from roadmap_tui.tui.screens.item_groups import cycle_item_grouping
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.view_options import group_items
from roadmap_tui.tui.views.lazy_lines import LineBlock
from roadmap_tui.tui.views.lines import Line, StyledSpan, text_cells, truncate
from roadmap_tui.tui.views.ranking_columns import RANKING_COLUMN_BY_NAME, RANKING_COLUMNS
from roadmap_tui.tui.views.ranking_row import SORT_BY, RankingLayout
from roadmap_tui.tui.views.view_model import RenderedView, ViewModel, build_view
from roadmap_tui.tui.widgets.canvas import Canvas
from roadmap_tui.tui.workers.insights import capacity_weeks

_WORTH = 0.001


def render_ranking(scene: ViewModel) -> RenderedView:
    """Render the ranking: plain and weighted RICE, factors, ranges, build position."""
    rows = _sort_rows(scene, [row for row in scene.forecast.ranking if row.id in scene.visible])
    if not rows:
        if scene.forecast.ranking:
            words = "No items match the filter."
        else:
            words = f"Nothing to rank yet. Press {scene.key_label('add')} to add an item."
        return build_view([(StyledSpan(f" {words}", "dim"),)], (), scene.width)
    shape = RankingLayout.of(scene)
    lines: list[Line | LineBlock] = [shape.heading()]
    order: list[str] = []
    for heading, part in _row_groups(scene, rows):
        order += [row.id for row in part]
        lines += [(StyledSpan(f" {escape_control(heading)}", "bold"),)] if heading else []
        lines += _group_lines(scene, shape, part)
    lines.append(())
    lines += [
        (StyledSpan(truncate(f" {words}", scene.width), "dim"),) for words in _notes(scene, rows)
    ]
    return build_view(lines, ((name,) for name in order), scene.width, fixed=1)


def _in_rank_order(scene: ViewModel) -> bool:
    return scene.options.sort == "rank" and not scene.options.is_reversed


def _sort_rows(scene: ViewModel, rows: list[RankRow]) -> list[RankRow]:
    """The rows by the chosen column; equal ones in the order of their ranks."""
    key = RANKING_COLUMN_BY_NAME[scene.options.sort].sort_key
    ordered = rows
    if scene.options.sort != "rank" and key is not None:
        ordered = sorted(rows, key=lambda row: _comparable(key(scene, row)))
    return ordered[::-1] if scene.options.is_reversed else ordered


def _comparable(key: float | str) -> tuple[float, str]:
    return (0.0, key) if isinstance(key, str) else (key, "")


def _row_groups(scene: ViewModel, rows: list[RankRow]) -> Iterator[tuple[str, list[RankRow]]]:
    """The rows by group, with headings."""
    if scene.options.group == "none":
        yield "", rows
        return
    known = {row.id: row for row in rows}
    for heading, names in group_items(scene.plan, known, scene.options.group):
        yield heading, [known[name] for name in names]


def _group_lines(
    scene: ViewModel, shape: RankingLayout, rows: list[RankRow]
) -> Iterator[Line | LineBlock]:
    """Rows; in the order of ranks also brackets and capacity lines."""
    ranked = _in_rank_order(scene)
    signs = tie_brackets(rows) if ranked else [""] * len(rows)
    cuts = _capacity_cuts(scene, rows) if ranked and scene.options.group == "none" else {}
    for at, (row, sign) in enumerate(zip(rows, signs, strict=True)):
        yield LineBlock(partial(shape.row, row, sign or " "), (row.id,))
        if at in cuts:
            yield _capacity_line(scene, cuts[at])


def _notes(scene: ViewModel, rows: list[RankRow]) -> Iterator[str]:
    if _in_rank_order(scene) and any(row.too_close_with for row in rows):
        yield "┌└ too close to call: decide on strategy, not on the score"
    if not _in_rank_order(scene):
        label = RANKING_COLUMN_BY_NAME[scene.options.sort].label
        yield f"sorted by {label}{', reversed' if scene.options.is_reversed else ''}"
    yield "value × chance ÷ effort = score, per person-week · rank: 80% range"
    if any(spike.status in OPEN_STATUSES for spike in scene.plan.spike.values()):
        yield "chance: delivered at any time · ships: delivered by the horizon"
    if scene.plan.teams and _in_rank_order(scene) and scene.options.group == "none":
        yield "line: as much work as the teams can do by that date"
    yield from _best_move_note(scene)


def _best_move_note(scene: ViewModel) -> Iterator[str]:
    """The single move in the build order that gains most, once it is known."""
    moves = scene.insights.moves if scene.insights is not None else None
    if is_large_plan(items := len(scene.plan.items)):
        yield limit_message(
            items,
            "moves in the build order are tried",
            ANALYSIS_LIMIT,
            "run roadmap rank FILE --moves",
        )
    if moves is None:
        return
    best = next((each for each in moves if each.is_sure and each.gain >= _WORTH), None)
    if best is None:
        yield "The build order is already the best we could find."
    else:
        yield f"best move: {sensitivity.queue_move_line(scene.forecast, best)}"


def _capacity_cuts(scene: ViewModel, rows: list[RankRow]) -> dict[int, str]:
    """How often all above a row is done in time, by the row down to which capacity suffices.

    In time for the end of Next, and of the horizon.
    """
    forecast, found = scene.forecast, dict[int, str]()
    done_by = scene.insights.done_by if scene.insights is not None else None
    if not scene.plan.teams or done_by is None or len(rows) < len(forecast.ranking):
        return found
    for weeks in capacity_weeks(scene.plan, forecast):
        at = max(0, _last_fitting_row(scene, rows, weeks))
        share = format_chance(done_by[weeks][at])
        day = format_date(forecast.day(weeks))
        found[at] = f"everything above this line is done by {day} in {share} of runs"
    return found


def _last_fitting_row(scene: ViewModel, rows: list[RankRow], weeks: float) -> int:
    """The last row whose work fits into that many weeks; -1 if none does."""
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
    text = f"╌╌ {words} "
    return (StyledSpan(text + "╌" * max(0, scene.width - text_cells(text) - 1), "dim"),)


class RankingScreen(PlanScreen):
    """The ranking."""

    NAME = "ranking"
    RENDERER = staticmethod(render_ranking)
    SUBJECTS = ("score", "value", "move")
    SCREEN_HELP = ScreenHelp(
        "priorities: RICE weighted by the chance to deliver, and how certain the order is",
        (
            ("┌ │ └", "neighbours that are too close to call"),
            ("▲2  ▼1", "places gained or lost against plain RICE"),
            ("──●──", "the score with its 80% range"),
            ("value × chance ÷ effort", "how the score is calculated"),
            ("rank 2–5", "the 80% range of its rank"),
            ("build", "its place in the build order"),
        ),
    )
    BINDINGS = bindings_for("ranking")

    def on_canvas_chosen(self, event: Canvas.Chosen) -> None:
        """Sort by the head that was clicked; select items as everywhere."""
        if event.item.startswith(SORT_BY):
            event.prevent_default()
            self._sort(event.item.removeprefix(SORT_BY))

    def action_sort(self) -> None:
        """Choose the column to sort by."""
        look = self.session.view_options
        ways = {
            each.name: each.label + ("   again: reversed" * (each.name == look.sort))
            for each in RANKING_COLUMNS
            if each.sort_key is not None
        }
        pick = SelectOptions("Sort by", "sort", ways, "Column", "Type to search")
        self.app.push_screen(SelectDialog(pick), self._sort)

    def _sort(self, column: str | None) -> None:
        if column is not None:
            self.apply_view_options(self.session.view_options.sort_by(column))

    def action_columns(self) -> None:
        """Choose the columns."""
        look = self.session.view_options
        ways = {
            each.name: f"{'✓' if each.is_wanted(look) else '·'} {each.label}"
            for each in RANKING_COLUMNS
            if each.can_be_hidden
        }
        note = "✓ shown if there is room. Esc when done."
        pick = SelectOptions("Columns", "show or hide", ways, "Column", "Type to search", note=note)
        self.app.push_screen(SelectDialog(pick), self._toggle)

    def _toggle(self, column: str | None) -> None:
        if column is not None:
            self.apply_view_options(self.session.view_options.toggle_column(column))
            self.action_columns()

    def action_group(self) -> None:
        """Cycle the grouping of items."""
        cycle_item_grouping(self)
