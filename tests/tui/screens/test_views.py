"""The views fit their width for any plan and size."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import TypeAlias

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.simulation.cancellation import no_checkpoint
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.actions import ACTIONS, footer_actions
from roadmap_tui.tui.keymap import Keymap
from roadmap_tui.tui.screens.board import render_board
from roadmap_tui.tui.screens.map import render_map
from roadmap_tui.tui.screens.money import render_money
from roadmap_tui.tui.screens.ranking import render_ranking
from roadmap_tui.tui.screens.readiness import render_readiness
from roadmap_tui.tui.screens.spikes import render_spikes
from roadmap_tui.tui.screens.timeline import render_timeline
from roadmap_tui.tui.views.bars import render_bars
from roadmap_tui.tui.views.item_summary import item_summary
from roadmap_tui.tui.views.lines import Line, line_text, line_width
from roadmap_tui.tui.views.ranking_columns import RANKING_COLUMNS
from roadmap_tui.tui.views.ranking_row import SORT_BY
from roadmap_tui.tui.views.readiness_item import readiness_lines
from roadmap_tui.tui.views.status import PlanStatus
from roadmap_tui.tui.views.view_model import ViewModel
from roadmap_tui.tui.workers.forecast import compute_forecast
from roadmap_tui.tui.workers.insights import InsightRequest, Insights, compute_insights
from tests.tui.plans import (
    MONEY,
    NASTY,
    RUNS,
    SHIPPED,
    SMALL,
    TEN_LINES,
    nasty_plan,
    priced,
    scene_of,
    showing,
    steering,
)

Draw: TypeAlias = Callable[[ViewModel], Sequence[Line]]
PLANS = {path.stem: path.read_text(encoding="utf-8") for path in SHIPPED} | {
    "nasty": nasty_plan(),
    "small": SMALL,
    "ten lines": TEN_LINES,
    "money": MONEY,
    "empty": "[roadmap]\nas_of = 2026-11-23\n",
    "long": (
        "[roadmap]\nas_of = 2026-11-23\nhorizon = 1040\n[product.a]\neffort = [1, 100, 900]\nreach"
        " = 1e12\n"
    ),
    "short": (
        "[roadmap]\nas_of = 2026-11-23\nhorizon = 0.2\n[product.a]\neffort = 0\nreach ="
        " 1\n[product.b]\n"
    ),
}


def opened(there: ViewModel) -> Sequence[Line]:
    """What is opened of the selected item, or of the first one."""
    judged = there.readiness
    name = (
        there.selected if there.selected is not None and judged.applies_to(there.selected) else None
    )
    name = name or next(iter(judged.ids), None)
    return () if name is None else readiness_lines(judged, name, there.width)


RENDERERS: dict[str, Draw] = {
    "board": lambda scene: render_board(scene).lines,
    "ranking": lambda scene: render_ranking(scene).lines,
    "timeline": lambda scene: render_timeline(scene).lines,
    "map": lambda scene: (*render_map(scene).lines, *render_map(scene).detail_lines),
    "spikes": lambda scene: render_spikes(replace(scene, insights=study("spikes", scene))).lines,
    "readiness": lambda scene: (
        *render_readiness(scene).lines,
        *render_readiness(scene).detail_lines,
    ),
    "fitness of one": opened,
    "money": lambda scene: render_money(scene).lines,
    "details": item_summary,
}


@cache
def scene(name: str) -> ViewModel:
    return priced(scene_of(PLANS[name]))


def study(view: str, there: ViewModel) -> Insights:
    """What a screen finds out about a scene's plan."""
    return study_of(view, next(name for name in PLANS if scene(name).plan is there.plan))


@cache
def study_of(view: str, name: str) -> Insights:
    document = read_document(PLANS[name].encode(), f"{name}.toml")
    assert document.plan is not None
    known = compute_forecast(resolve_plan(document.plan), RUNS)
    return compute_insights(Insights(document), known, InsightRequest(view, None), no_checkpoint)


@dataclass(frozen=True)
class Look:
    """A scene in few words, so that a failing one can be read."""

    plan: str
    width: int
    selected: int
    hidden: int = 0

    @property
    def scene(self) -> ViewModel:
        """The scene; one item out of so many is hidden, none with 0."""
        there = scene(self.plan)
        names = sorted(there.plan.items)
        shown = frozenset(
            name for at, name in enumerate(names) if not self.hidden or at % self.hidden
        )
        selected = [None, *names][self.selected % (len(names) + 1)]
        return replace(showing(there, shown), width=self.width, selected=selected)


SORTING_HEADS = {f"{SORT_BY}{column.name}" for column in RANKING_COLUMNS}
"""Heads of the ranking's columns; they take clicks, but the arrow keys pass them."""
LOOKS = st.builds(
    Look,
    st.sampled_from(sorted(PLANS)),
    st.integers(20, 200),
    selected=st.integers(0, 60),
    hidden=st.integers(0, 3),
)


def too_wide(there: ViewModel, draw: Draw) -> list[str]:
    return [line_text(line) for line in draw(there) if line_width(line) > there.width]


@pytest.mark.parametrize("view", RENDERERS)
@settings(deadline=None, max_examples=60)
@given(LOOKS)
def test_no_line_is_wider_than_the_room(view: str, look: Look) -> None:
    assert too_wide(look.scene, RENDERERS[view]) == []


@pytest.mark.parametrize("view", RENDERERS)
@pytest.mark.parametrize("cells", [80, 100, 160])
def test_nor_at_the_usual_widths(view: str, cells: int) -> None:
    for plan in PLANS:
        there = replace(scene(plan), width=cells)
        for selected in (None, *list(there.plan.items)[:: 1 if view == "details" else 20]):
            assert too_wide(replace(there, selected=selected), RENDERERS[view]) == []


@settings(deadline=None, max_examples=60)
@given(LOOKS, st.sampled_from(sorted(RENDERERS)))
def test_nothing_that_is_drawn_steers_the_terminal(look: Look, view: str) -> None:
    assert steering("".join(line_text(line) for line in RENDERERS[view](look.scene))) == set()


@settings(deadline=None, max_examples=60)
@given(LOOKS.filter(lambda look: look.width >= 70))
@example(Look("nasty", 160, 1))
def test_open_bets_are_drawn_as_wide_as_the_axis(look: Look) -> None:
    there = look.scene
    picture = render_timeline(there)
    rows = [line for line in picture.lines[1:] if items_on([line])]
    open_rows = [line for line in rows if there.item(_item(line)).status in {"planned", "active"}]
    assert {line_width(line) for line in open_rows} <= {line_width(picture.lines[0])}


def items_on(lines: Sequence[Line]) -> set[str]:
    """The items whose spans are on some lines."""
    return {span.item for span in chain.from_iterable(lines) if span.item}


def _item(line: Line) -> str:
    return next(span.item for span in line if span.item is not None)


@settings(deadline=None, max_examples=60)
@given(LOOKS)
def test_the_arrow_keys_go_to_what_is_drawn(look: Look) -> None:
    there = look.scene
    for draw in (render_board, render_ranking, render_timeline, render_readiness, render_money):
        picture = draw(there)
        drawn = items_on(picture.lines) - SORTING_HEADS
        assert set(chain.from_iterable(picture.rows)) == drawn
        assert drawn <= there.visible


@settings(deadline=None)
@given(
    st.integers(20, 200),
    st.sampled_from([*NASTY, "A title that is rather long for a tab " * 3]),
    st.booleans(),
)
@example(20, "日本語の題", True)
def test_the_bars_fit(cells: int, title: str, noted: bool) -> None:
    notes = (
        ("filter: track:model", "updating…", "preview of 4,000 runs", "● not saved")
        if noted
        else ()
    )
    urgent = "✗ breach" if noted else ""
    status = PlanStatus(escape_control(title), urgent, notes, health=("4 warnings", "saved"))
    for lines in (12, 36):
        top, bottom = shown_bars(status, "board", (cells, lines))
        assert [line_text(line) for line in (*top, bottom) if line_width(line) > cells] == []


def shown_bars(
    status: PlanStatus, view: str, size: tuple[int, int]
) -> tuple[tuple[Line, ...], Line]:
    return render_bars(status, view, footer_actions(view, "product"), Keymap(), size)


@pytest.mark.parametrize("view", [each.name for each in ACTIONS if each.scope == "screens"])
@pytest.mark.parametrize("cells", [80, 100, 160])
def test_header_and_footer_show_screens_help_and_actions(view: str, cells: int) -> None:
    status = PlanStatus(
        "Support copilot",
        notes=("● not saved",),
        day="as of 23 Nov 2026",
        counts={"spikes": 12},
        health=("6.1 of 14 expected to ship by 22 Nov 2027",),
    )
    (tabs, health), footer = shown_bars(status, view, (cells, 30))
    top, state, bottom = map(line_text, (tabs, health, footer))
    names = {each.name: each.label for each in ACTIONS if each.scope == "screens"}
    assert f" {names[view]}" in top
    short = ("Board", "Rank", "Time", "Map", "Ready", "Money", "Spikes", "Checks", "Diff")
    expected = short if cells == 80 else tuple(names.values())
    assert all(text in top for name, text in zip(names, expected, strict=True) if name != view)
    assert "Spikes 12" in top
    assert "● not saved" in state
    assert "6.1 of 14" in state
    assert bottom.endswith(" ? help ")
    assert bottom.startswith(" Enter open  e edit")
    assert cells < 100 or "Support" in top
    assert "as of 23 Nov 2026" in state


def test_ten_lines_are_marked_as_guesses() -> None:
    lines = [line_text(line) for line in render_board(scene("ten lines")).lines]
    assert any("~" in line for line in lines)


def test_empty_views_show_the_key_to_press() -> None:
    there = scene("empty")
    for draw in (render_board, render_ranking, render_timeline, render_money):
        words = " ".join(line_text(line) for line in draw(there).lines)
        assert "press a to add" in words.lower()
    hidden = showing(scene("small"), frozenset())
    assert "filter" in " ".join(line_text(line) for line in render_board(hidden).lines)
    ranking = " ".join(line_text(line) for line in render_ranking(hidden).lines)
    assert "filter" in ranking
    assert "press a" not in ranking.lower()


@pytest.mark.parametrize("view", ["board", "timeline", "money", "details"])
@pytest.mark.parametrize("title", NASTY)
def test_titles_are_shown_as_they_are_written(view: str, title: str) -> None:
    nth = list(NASTY).index(title)
    there = replace(scene("nasty"), width=200)
    for kind in "pm" if view == "money" else "pms":
        lines = RENDERERS[view](replace(there, selected=f"{kind}{nth}"))
        mine = [
            line_text(line)
            for line in lines
            if view == "details" or f"{kind}{nth}" in items_on([line])
        ]
        assert NASTY[title] in "".join(mine)


def test_spikes_show_their_result_or_their_worth() -> None:
    for name in ("assistant", "helpdesk", "recommender"):
        there = replace(scene(name), width=160)
        drawn = render_spikes(replace(there, insights=study("spikes", there)))
        words = "\n".join(line_text(line) for line in drawn.lines)
        assert set(chain.from_iterable(drawn.rows)) >= there.plan.spike.keys()
        for spike in there.plan.spike.values():
            verdicts = {"confirmed": "yes", "refuted": "no", "inconclusive": "unclear"}
            assert spike.verdict is None or verdicts[spike.verdict] in words
        assert all(heading in words for heading in ("OPEN SPIKES", "RESULTS", "CALIBRATION"))
        ended = [
            each
            for each in there.plan.items.values()
            if each.spent and each.status in {"live", "done", "failed"}
        ]
        assert not ended or "took" in words


def test_spikes_without_a_study_show_that_it_is_running() -> None:
    assert "Calculating" in line_text(render_spikes(scene("small")).lines[0])


@settings(deadline=None, max_examples=60)
@given(LOOKS)
def test_every_block_has_its_declared_height(look: Look) -> None:
    for draw in (render_board, render_ranking, render_timeline, render_map):
        blocks = draw(look.scene).lines.blocks
        assert [len(list(block.draw())) for block in blocks] == [block.height for block in blocks]
