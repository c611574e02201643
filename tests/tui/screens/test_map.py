"""The map: lines connect the right labels, keys follow them, and failures show their effect."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_tui.diagrams.graph import edges_between, plan_edges
from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.simulation.results import FinishDrivers
from roadmap_tui.text.numbers import format_chance
from roadmap_tui.text.terminal_text import cell_width
from roadmap_tui.tui.screens.map import MAX_FOLLOWED, render_map
from roadmap_tui.tui.views.lines import Line, line_text
from roadmap_tui.tui.views.view_model import ViewModel
from roadmap_tui.tui.widgets.canvas import Canvas
from roadmap_tui.tui.workers.insights import Insights
from tests.tui.driver import opened
from tests.tui.line_paths import Cell, arms, ends, loose
from tests.tui.plans import SHIPPED, SMALL, scene_of, showing

TITLES = (
    "Draft replies",
    "日本語の題",
    "✅ Launch 🚀",
    "한국어 모델 평가",
    "A title that is far too long for one line of a map",
    "x",
)
HEADS = "▸"


def grid_of(lines: tuple[Line, ...]) -> tuple[dict[Cell, str], dict[Cell, str]]:
    """Character of each cell, and the item of its label; widths by the Unicode tables."""
    grid: dict[Cell, str] = {}
    labels: dict[Cell, str] = {}
    for row, line in enumerate(lines):
        at = 0
        for span in line:
            for char in span.text:
                grid[row, at] = char
                for cell in range(at, at + cell_width(char)) if span.item else ():
                    labels[row, cell] = span.item or ""
                at += cell_width(char)
    return grid, labels


def followed(scene: ViewModel) -> set[tuple[str, str]]:
    """Pairs of items that drawn lines connect; fails on lines that lead nowhere."""
    lines = [line for line in render_map(scene).lines[1:] if line_text(line) != " ON THEIR OWN"]
    grid, labels = grid_of(tuple(lines))
    assert loose(grid) == []
    found: set[tuple[str, str]] = set()
    for (row, column), name in labels.items():
        begins = (row, column + 2)
        if (
            grid.get((row, column + 1)) == " "
            and arms(grid.get(begins, " "))
            and (row, column + 1) not in labels
        ):
            found |= {(name, _behind(grid, labels, end)) for end in ends(grid, begins)}
    return {pair for pair in found if pair[1]}


def _behind(grid: dict[Cell, str], labels: dict[Cell, str], cell: Cell) -> str:
    """The item behind an arrow head; empty for what is cut off."""
    row, column = cell
    while grid[row, column] not in HEADS:
        assert grid[row, column] in "◆orels", "a line that ends before the head of an arrow"
        column += 1
    below = (labels.get((each, column + 1), "") for each in range(row, -1, -1))
    return "" if grid.get((row, column + 1)) == "…" else next(each for each in below if each)


def plan(needs: list[list[int]], titles: list[str]) -> str:
    parts = ["[roadmap]\nas_of = 2026-11-23\n"]
    for nth, each in enumerate(needs):
        earlier = sorted({other % nth for other in each}) if nth else []
        names = ", ".join(f'"m{other}"' for other in earlier)
        parts.append(f'[model.m{nth}]\ntitle = "{titles[nth]}"\nneeds = [{names}]\n')
    return "".join(parts)


@settings(max_examples=30)
@given(st.data())
def test_every_need_can_be_followed_from_label_to_label(data: st.DataObject) -> None:
    needs = data.draw(st.lists(st.lists(st.integers(0, 9), max_size=3), min_size=2, max_size=9))
    titles = data.draw(st.lists(st.sampled_from(TITLES), min_size=len(needs), max_size=len(needs)))
    scene = replace(scene_of(plan(needs, titles)), width=400)
    assert followed(scene) == {(tie.before, tie.after) for tie in plan_edges(scene.plan)}


@pytest.fixture(params=[path.stem for path in SHIPPED])
def shipped(request: pytest.FixtureRequest) -> ViewModel:
    return scene_of(
        next(path for path in SHIPPED if path.stem == request.param).read_text(encoding="utf-8")
    )


@pytest.mark.parametrize("width", [79, 99, 160])
def test_what_is_drawn_of_shipped_plans_is_so(shipped: ViewModel, width: int) -> None:
    ties = {(tie.before, tie.after) for tie in plan_edges(shipped.plan)}
    seen: set[tuple[str, str]] = set()
    for name in shipped.plan.items:
        found = followed(replace(shipped, width=width, selected=name))
        assert found <= ties
        seen |= found
    assert seen == ties


def test_what_the_filter_hides_is_passed_through() -> None:
    scene = scene_of(plan([[], [0], [1]], ["x"] * 3))
    shown = frozenset({"m0", "m2"})
    assert [tie.kind for tie in edges_between(plan_edges(scene.plan), shown)] == ["via"]
    picture = render_map(showing(scene, shown))
    assert any("┈" in line_text(line) for line in picture.lines[1:])
    assert {span.item for span in chain.from_iterable(picture.lines) if span.item} == shown


def chain_of(many: int) -> str:
    return plan([[nth - 1] for nth in range(many)], ["Step"] * many)


@pytest.mark.parametrize("many", [MAX_FOLLOWED, 200])
def test_a_chain_can_be_walked_from_end_to_end(many: int) -> None:
    scene = replace(scene_of(chain_of(many)), selected="m0")
    for nth in range(many - 1):
        picture = render_map(replace(scene, selected=f"m{nth}"))
        assert picture.arrow_neighbours[f"m{nth}"] == (f"m{max(0, nth - 1)}", f"m{nth + 1}")
        drawn = {span.item for span in chain.from_iterable(picture.lines) if span.item}
        assert f"m{nth}" in drawn
        assert len(drawn) <= MAX_FOLLOWED
        assert f"… {many - len(drawn)} more" in line_text(picture.lines[0])


def test_the_critical_chain_is_heavy() -> None:
    scene = scene_of(SMALL)
    causes = FinishDrivers("drafts", {"drafts": 1.0, "reader": 0.63, "ground": 0.2}, {})
    study = Insights(read_document(SMALL.encode(), "plan.toml"), causes=causes)
    lines = [line_text(line) for line in render_map(replace(scene, insights=study)).lines]
    assert any("critical 63%" in line for line in lines)
    assert "━" in "".join(lines[1:])
    assert "━" not in "".join(line_text(line) for line in render_map(scene).lines)


def said(scene: ViewModel, name: str) -> str:
    return " ".join(
        line_text(line)
        for line in render_map(replace(scene, selected=name, width=300)).detail_lines
    )


def test_what_a_failure_means() -> None:
    scene = scene_of(
        next(path for path in SHIPPED if path.stem == "helpdesk").read_text(encoding="utf-8")
    )
    own = said(scene, "triage-model")
    assert f"If it never ships ({format_chance(1 - scene.item('triage-model').p_delivered)})" in own
    assert "1 can't ship: Route three easy queues alone" in own
    assert "Suggest the queue is covered by Triage by the vendor's API" in own
    assert 'plan B gets its turn: "This is urgent" box' in said(scene, "urgency-model")
    assert "If the result is no" in said(scene, "finetune")
    assert "Ticket triage classifier is dropped" in said(scene, "finetune")
    assert "nothing is in doubt" in said(scene, "queue-api")
    assert "nothing else is lost" in said(scene, "misroute-report")


def test_empty_maps_teach_a_key() -> None:
    empty = scene_of("[roadmap]\nas_of = 2026-11-23\n")
    assert "Press a to add" in line_text(render_map(empty).lines[0])
    untied = scene_of("[roadmap]\nas_of = 2026-11-23\n[product.a]\n[product.b]\n")
    assert "Press e to set" in line_text(render_map(untied).lines[0])
    assert render_map(untied).rows == (("a",), ("b",))
    assert "filter" in line_text(render_map(showing(untied, frozenset())).lines[0])


def test_it_is_drawn_alike_in_every_process() -> None:
    code = (
        "from tests.tui.plans import SHIPPED, scene_of, showing\n"
        "from roadmap_tui.tui.views.lines import line_text\n"
        "from roadmap_tui.tui.screens.map import render_map\n"
        "for path in SHIPPED:\n"
        "    scene = scene_of(path.read_text(encoding='utf-8'))\n"
        "    shown = frozenset(sorted(scene.visible)[::2])\n"
        "    for each in (scene, showing(scene, shown)):\n"
        "        print(*map(line_text, render_map(each).lines), sep='\\n')\n"
    )
    assert len(set(runs(code))) == 1


def runs(code: str) -> Iterator[bytes]:
    tests = Path(__file__).parents[1]
    for seed in "123":
        environment = {
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": f"{tests.parent / 'src'}:{tests}",
            "PYTHONIOENCODING": "utf-8",
        }
        yield subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, check=True
        ).stdout


async def test_the_keys_go_along_the_lines(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(SMALL, encoding="utf-8")
    async with opened(path) as drive:
        await drive.press("4")
        await drive.select("reader")
        await drive.press("right")
        assert drive.session.selected == "drafts"
        await drive.press("left", "left")
        assert drive.session.selected == "ground"
        await drive.settled()
        assert "Reply model is dropped, 1 can't ship: Draft replies" in drive.drawn("details")
        before = drive.workspace.query_one("#details", Canvas).size.height
        await drive.press("1")
        await drive.until(
            lambda: drive.workspace.query_one("#details", Canvas).size.height == before - 2,
            "the board",
        )
