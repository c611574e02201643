"""The pictures: as wide as they may be, whatever the plan and the room."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from roadmap_tui.app.actions import ACTIONS, offered
from roadmap_tui.app.bars import bars
from roadmap_tui.app.details import details
from roadmap_tui.app.forecaster import calculate
from roadmap_tui.app.keymap import Keymap
from roadmap_tui.app.lines import Line, line_width, text_of
from roadmap_tui.app.status import Status
from roadmap_tui.app.study import Question, Study, studied
from roadmap_tui.app.view import Picture, Scene
from roadmap_tui.app.views.board import board
from roadmap_tui.app.views.findings import findings
from roadmap_tui.app.views.fitness import fitness
from roadmap_tui.app.views.fitness_item import item_lines
from roadmap_tui.app.views.map import graph
from roadmap_tui.app.views.money import money
from roadmap_tui.app.views.ranking import ranking
from roadmap_tui.app.views.timeline import timeline
from roadmap_tui.files.display import printable
from roadmap_tui.files.reader import read
from roadmap_tui.forecast.pace import go_on
from roadmap_tui.plan.resolve import resolve

from .making import (
    FUTURES,
    MONEY,
    NASTY,
    SHIPPED,
    SMALL,
    TEN_LINES,
    nasty_plan,
    priced,
    scene_of,
    showing,
    steering,
)

Draw: TypeAlias = Callable[[Scene], Sequence[Line]]
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


def opened(there: Scene) -> Sequence[Line]:
    """What is opened of the selected item, or of the first one."""
    judged = there.fitness
    name = (
        there.selected if there.selected is not None and judged.concerns(there.selected) else None
    )
    name = name or next(iter(judged.ids), None)
    return () if name is None else item_lines(judged, name, there.width)


VIEWS: dict[str, Draw] = {
    "board": lambda scene: board(scene).lines,
    "ranking": lambda scene: ranking(scene).lines,
    "timeline": lambda scene: timeline(scene).lines,
    "map": lambda scene: (*graph(scene).lines, *graph(scene).below),
    "findings": lambda scene: findings(replace(scene, study=study("findings", scene))).lines,
    "fitness": lambda scene: (*fitness(scene).lines, *fitness(scene).below),
    "fitness of one": opened,
    "money": lambda scene: money(scene).lines,
    "details": details,
}


@cache
def scene(name: str) -> Scene:
    return priced(scene_of(PLANS[name]))


def study(view: str, there: Scene) -> Study:
    """What a screen finds out about a scene's plan."""
    return study_of(view, next(name for name in PLANS if scene(name).plan is there.plan))


@cache
def study_of(view: str, name: str) -> Study:
    document = read(PLANS[name].encode(), f"{name}.toml")
    assert document.plan is not None
    known = calculate(resolve(document.plan), FUTURES)
    return studied(Study(document), known, Question(view, None), go_on)


@dataclass(frozen=True)
class Look:
    """A scene in few words, so that a failing one can be read."""

    plan: str
    width: int
    selected: int
    hidden: int = 0

    @property
    def scene(self) -> Scene:
        """The scene; one item out of so many is hidden, none with 0."""
        there = scene(self.plan)
        names = sorted(there.plan.items)
        shown = frozenset(
            name for at, name in enumerate(names) if not self.hidden or at % self.hidden
        )
        selected = [None, *names][self.selected % (len(names) + 1)]
        return replace(showing(there, shown), width=self.width, selected=selected)


LOOKS = st.builds(
    Look,
    st.sampled_from(sorted(PLANS)),
    st.integers(20, 200),
    selected=st.integers(0, 60),
    hidden=st.integers(0, 3),
)


def too_wide(there: Scene, draw: Draw) -> list[str]:
    return [text_of(line) for line in draw(there) if line_width(line) > there.width]


@pytest.mark.parametrize("view", VIEWS)
@settings(deadline=None, max_examples=60)
@given(LOOKS)
def test_no_line_is_wider_than_the_room(view: str, look: Look) -> None:
    assert too_wide(look.scene, VIEWS[view]) == []


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("cells", [80, 100, 160])
def test_nor_at_the_usual_widths(view: str, cells: int) -> None:
    for plan in PLANS:
        there = replace(scene(plan), width=cells)
        for selected in (None, *list(there.plan.items)[:: 1 if view == "details" else 20]):
            assert too_wide(replace(there, selected=selected), VIEWS[view]) == []


@settings(deadline=None, max_examples=60)
@given(LOOKS, st.sampled_from(sorted(VIEWS)))
def test_nothing_that_is_drawn_steers_the_terminal(look: Look, view: str) -> None:
    assert steering("".join(text_of(line) for line in VIEWS[view](look.scene))) == set()


@settings(deadline=None, max_examples=60)
@given(LOOKS.filter(lambda look: look.width >= 70))
@example(Look("nasty", 160, 1))
def test_open_bets_are_drawn_as_wide_as_the_axis(look: Look) -> None:
    there = look.scene
    picture = timeline(there)
    rows = [line for line in picture.lines[1:] if any(span.item for span in line)]
    open_rows = [line for line in rows if there.item(_item(line)).status in {"planned", "active"}]
    assert {line_width(line) for line in open_rows} <= {line_width(picture.lines[0])}


def _item(line: Line) -> str:
    return next(span.item for span in line if span.item is not None)


@settings(deadline=None, max_examples=60)
@given(LOOKS)
def test_the_arrow_keys_go_to_what_is_drawn(look: Look) -> None:
    there = look.scene
    for draw in (board, ranking, timeline, fitness, money):
        picture = draw(there)
        drawn = {span.item for line in picture.lines for span in line if span.item is not None}
        assert {name for row in picture.rows for name in row} == drawn
        assert drawn <= there.shown


@settings(deadline=None)
@given(
    st.integers(20, 200),
    st.sampled_from([*NASTY, "A title that is rather long for a tab " * 3]),
    st.booleans(),
)
@example(20, "日本語の題", True)
def test_the_bars_fit(cells: int, title: str, noted: bool) -> None:
    notes = (
        ("filter: track:model", "updating…", "preview of 4,000 futures", "● not saved")
        if noted
        else ()
    )
    for picture in shown_bars(
        Status(printable(title), notes=notes, urgent="✗ breach" if noted else ""), "board", cells
    ):
        assert [text_of(line) for line in picture.lines if line_width(line) > cells] == []


def shown_bars(status: Status, view: str, cells: int) -> tuple[Picture, Picture]:
    return bars(status, view, offered(view, "product"), Keymap(), cells)


@pytest.mark.parametrize("view", [each.name for each in ACTIONS if each.scope == "screens"])
@pytest.mark.parametrize("cells", [80, 100, 160])
def test_the_bars_tell_the_screens_whole_words_the_help_and_what_matters(
    view: str, cells: int
) -> None:
    status = Status(
        "Support copilot", notes=("● not saved",), day="as of 23 Nov 2026", counts={"findings": 12}
    )
    top, bottom = (text_of(picture.lines[0]) for picture in shown_bars(status, view, cells))
    names = {each.name: each.label for each in ACTIONS if each.scope == "screens"}
    assert f" {names[view]}" in top
    assert "[" in top
    short = ("Board", "Rank", "Time", "Map", "Fit", "Money", "Found", "Checks", "Diff")
    expected = short if cells == 80 else tuple(names.values())
    assert all(told in top for name, told in zip(names, expected, strict=True) if name != view)
    assert "·12" in top
    assert "● not saved" in top + bottom
    assert "? all" in bottom
    assert bottom.startswith(" Enter open  e edit")
    assert cells < 100 or "Support" in top
    assert cells < 160 or "as of 23 Nov 2026" in top


def test_ten_lines_are_marked_as_guesses() -> None:
    lines = [text_of(line) for line in board(scene("ten lines")).lines]
    assert any("~" in line for line in lines)


def test_what_there_is_nothing_of_is_told() -> None:
    there = scene("empty")
    for draw in (board, ranking, timeline, money):
        assert "press a" in " ".join(text_of(line) for line in draw(there).lines)
    hidden = showing(scene("small"), frozenset())
    assert "filter" in " ".join(text_of(line) for line in board(hidden).lines)
    assert "press a" not in " ".join(text_of(line) for line in ranking(hidden).lines)


@pytest.mark.parametrize("view", ["board", "timeline", "money", "details"])
@pytest.mark.parametrize("title", NASTY)
def test_titles_are_shown_as_they_are_written(view: str, title: str) -> None:
    nth = list(NASTY).index(title)
    there = replace(scene("nasty"), width=200)
    for kind in "pm" if view == "money" else "pms":
        lines = VIEWS[view](replace(there, selected=f"{kind}{nth}"))
        mine = [
            text_of(line)
            for line in lines
            if view == "details" or any(s.item == f"{kind}{nth}" for s in line)
        ]
        assert NASTY[title] in "".join(mine)


def test_findings_tell_of_every_spike_what_became_of_it_or_what_it_is_worth() -> None:
    for name in ("assistant", "helpdesk", "recommender"):
        there = replace(scene(name), width=160)
        drawn = findings(replace(there, study=study("findings", there)))
        words = "\n".join(text_of(line) for line in drawn.lines)
        assert {each for row in drawn.rows for each in row} >= there.plan.spike.keys()
        for spike in there.plan.spike.values():
            verdicts = {"confirmed": "yes", "refuted": "no", "inconclusive": "unclear"}
            assert spike.verdict is None or verdicts[spike.verdict] in words
        assert all(heading in words for heading in ("TO FIND OUT", "FOUND OUT", "CALIBRATION"))
        ended = [
            each
            for each in there.plan.items.values()
            if each.spent and each.status in {"live", "done", "failed"}
        ]
        assert not ended or "took" in words


def test_findings_without_a_study_say_that_it_is_being_worked_out() -> None:
    assert "working out" in text_of(findings(scene("small")).lines[0])


@settings(deadline=None, max_examples=60)
@given(LOOKS)
def test_every_block_is_as_high_as_it_says(look: Look) -> None:
    for draw in (board, ranking, timeline, graph):
        blocks = draw(look.scene).lines.blocks
        assert [len(list(block.draw())) for block in blocks] == [block.height for block in blocks]
