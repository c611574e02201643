"""View options of ranking and timeline: order, groups, columns, zoom, links, deadlines."""

import datetime as dt
import re
from dataclasses import replace
from itertools import chain, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_tui.forecast.simulation.cancellation import no_checkpoint
from roadmap_tui.text.numbers import format_number
from roadmap_tui.tui.screens.ranking import render_ranking
from roadmap_tui.tui.screens.timeline import render_timeline
from roadmap_tui.tui.view_options import ViewOptions, group_items
from roadmap_tui.tui.views.lines import line_text
from roadmap_tui.tui.views.ranking_columns import RANKING_COLUMNS
from roadmap_tui.tui.views.view_model import ViewModel
from roadmap_tui.tui.workers.insights import InsightRequest, Insights, compute_insights
from tests.tui.driver import opened
from tests.tui.plans import SHIPPED, SMALL, document_of, plan_of, scene_of

SCENES = {path.stem: scene_of(path.read_text(encoding="utf-8")) for path in SHIPPED}
ASSISTANT = next(path for path in SHIPPED if path.stem == "assistant").read_text(encoding="utf-8")
LINE = "everything above this line is done by"
FACTORS = re.compile(r"~?([\d.,]+) +[ ━●]* *~?(-?[\d.,]+) +× +~?[<>]?([\d.e-]+)% +÷ +~?([\d.,]+)")


def looked(scene: ViewModel, look: ViewOptions, width: int = 160) -> ViewModel:
    return replace(scene, options=look, width=width)


def order(scene: ViewModel, draw: object = render_ranking) -> list[str]:
    render = render_ranking if draw is render_ranking else render_timeline
    return list(chain.from_iterable(render(scene).rows))


def numeral(text: str) -> float:
    return float(text.replace(",", ""))


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("width", [80, 100, 160])
def test_factors_multiply_out_to_the_score_but_for_their_rounding(name: str, width: int) -> None:
    scene = looked(SCENES[name], ViewOptions(), width)
    rows = [
        found for line in render_ranking(scene).lines if (found := FACTORS.search(line_text(line)))
    ]
    assert len(rows) == len(scene.forecast.ranking)
    for row in rows:
        score, value, delivers, effort = map(numeral, row.groups())
        assert score == pytest.approx(value * delivers / 100 / effort, rel=0.06)


@pytest.mark.parametrize("name", SCENES)
def test_the_shown_score_is_that_of_the_answer_and_the_order(name: str) -> None:
    scene = SCENES[name]
    rows = [
        found
        for line in render_ranking(looked(scene, ViewOptions())).lines
        if (found := FACTORS.search(line_text(line)))
    ]
    for row, shown in zip(scene.forecast.ranking, rows, strict=True):
        assert row.weighted is not None
        assert format_number(row.weighted.score) == shown[1]


def test_any_column_sorts_and_sorts_the_other_way_round() -> None:
    scene = SCENES["assistant"]
    rows = {row.id: row for row in scene.forecast.ranking}
    efforts = [rows[name].effort for name in order(looked(scene, ViewOptions(sort="effort")))]
    assert efforts == sorted(efforts)
    ships = [scene.item(name).ships for name in order(looked(scene, ViewOptions(sort="ships")))]
    assert ships == sorted(ships, reverse=True)
    for column in RANKING_COLUMNS:
        there = order(looked(scene, ViewOptions(sort=column.name)))
        assert sorted(there) == sorted(rows)
        assert order(looked(scene, ViewOptions(sort=column.name, is_reversed=True))) == there[::-1]


def test_brackets_and_cuts_stand_only_in_the_order_of_ranks() -> None:
    scene = SCENES["assistant"]
    assert "┌" in drawn(render_ranking(looked(scene, ViewOptions())).lines)
    scene = replace(scene, insights=insights_of(scene, ASSISTANT))
    assert LINE in drawn(render_ranking(looked(scene, ViewOptions())).lines)
    for look in (ViewOptions(sort="effort"), ViewOptions(is_reversed=True)):
        text = drawn(render_ranking(looked(scene, look)).lines)
        assert "┌" not in text
        assert LINE not in text


def drawn(lines: object) -> str:
    assert hasattr(lines, "__iter__")
    return "\n".join(line_text(line) for line in lines)


def test_the_line_states_how_often_all_above_it_is_done_by_then() -> None:
    """One person, 4 weeks each: two of four bets fit into 10 weeks, and are done in 1 run of 4."""
    text = (
        "[roadmap]\nas_of = 2026-11-23\n[policy]\nnow_weeks = 2\nnext_weeks = 10\n[teams.a]\npeople"
        " = 1\n"
    )
    text += "".join(
        f'[product.p{n}]\nteam = "a"\neffort = 4\nchance = 0.5\nreach = {9 - n}00\n'
        for n in range(4)
    )
    scene = scene_of(text)
    assert LINE not in drawn(render_ranking(looked(scene, ViewOptions())).lines)
    scene = replace(scene, insights=insights_of(scene, text))
    lines = [line_text(line) for line in render_ranking(looked(scene, ViewOptions())).lines]
    (soon,) = (at for at, line in enumerate(lines) if "1 Feb 2027" in line)
    assert "P1" in lines[soon - 1]
    share = re.search(LINE + r" 1 Feb 2027 in (\d+)% of runs", lines[soon])
    assert share is not None
    assert int(share[1]) == pytest.approx(25, abs=4)


def insights_of(scene: ViewModel, text: str) -> Insights:
    return compute_insights(
        Insights(document_of(text)),
        scene.forecast,
        InsightRequest("ranking", None),
        no_checkpoint,
    )


def test_groups_hold_every_item_once_teams_in_the_order_of_the_file() -> None:
    plan = plan_of(SMALL)
    assert [(name, sorted(ids)) for name, ids in group_items(plan, plan.items, "team")] == [
        ("app", ["drafts", "macros"]),
        ("ml", ["fallback", "ground", "reader"]),
    ]
    assert [name for name, _ in group_items(plan, plan.items, "tag")] == ["okr", "no tag"]
    for draw in (render_ranking, render_timeline):
        for group in ("team", "tag"):
            scene = looked(scene_of(SMALL), ViewOptions(group=group))
            names = order(scene, draw)
            assert len(names) == len(set(names))
            assert sorted(names) == sorted(order(looked(scene_of(SMALL), ViewOptions()), draw))


LOOKS = st.builds(
    ViewOptions,
    st.sampled_from([each.name for each in RANKING_COLUMNS]),
    st.booleans(),
    st.sampled_from(["none", "team", "tag"]),
    st.frozensets(st.sampled_from([each.name for each in RANKING_COLUMNS])),
    st.sampled_from([1, 2, 4, 8, 16]),
    st.floats(0, 60),
)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(SCENES)), LOOKS, st.integers(20, 200), st.integers(0, 40))
def test_no_look_draws_wider_than_the_room(
    name: str, look: ViewOptions, width: int, selected: int
) -> None:
    names = sorted(SCENES[name].plan.items)
    scene = replace(looked(SCENES[name], look, width), selected=names[selected % len(names)])
    for draw in (render_ranking, render_timeline):
        assert [line_text(line) for line in draw(scene).lines if len(line_text(line)) > width] == []


@settings(deadline=None)
@given(LOOKS, st.lists(st.sampled_from([1, -1]), max_size=8), st.floats(1, 1000))
def test_what_is_looked_at_stays_within_the_horizon(
    look: ViewOptions, steps: list[int], horizon: float
) -> None:
    for by in steps:
        for moved in (look.zoom_by(by, horizon), look.pan_by(by, horizon)):
            assert moved.start >= 0
            assert moved.start + moved.visible_weeks(horizon) <= horizon * (1 + 1e-9)
    assert look.zoom_by(1, horizon).visible_weeks(horizon) <= look.visible_weeks(horizon)


def test_closer_the_months_are_marked_and_the_selected_finish_is_in_sight() -> None:
    scene = SCENES["assistant"]
    late = max(
        (
            item
            for item in scene.forecast.items.values()
            if item.finish is not None and item.kind == "product"
        ),
        key=lambda item: (
            item.finish.p50 if item.finish and item.finish.p50 < scene.forecast.horizon else 0
        ),
    )
    look = ViewOptions(zoom=8).showing_item(scene.forecast, late.id)
    assert late.finish is not None
    assert look.start <= late.finish.p50 <= look.start + look.visible_weeks(scene.forecast.horizon)
    heading = line_text(render_timeline(looked(scene, look)).lines[0])
    assert re.search(r"│(\d{4} )?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", heading)
    assert "×8" in heading
    day = scene.forecast.day(look.start)
    assert f"from {day.day} " in heading


PROMISE = (
    "[roadmap]\nas_of = 2026-11-23\nhorizon = 100\n[product.late]\nneeds = ['first',"
    " 'second']\neffort = 30\ndeadline = { by = 2027-11-08 }\n[product.first]\neffort ="
    " 40\n[model.second]\neffort = 20\nchance = 1\n[product.other]\neffort = 1\n"
)


def test_deadline_is_drawn_at_its_day() -> None:
    scene = looked(scene_of(PROMISE), ViewOptions(), 180)
    lines = [line_text(line) for line in render_timeline(scene).lines]
    row = next(line for line in lines if line.startswith(" Late"))
    assert row.count("⚑") == 1
    ticks = [at for at, char in enumerate(lines[0]) if char == "│"]
    first, fifth = dt.date(2027, 1, 1), dt.date(2028, 1, 1)
    share = (dt.date(2027, 11, 8) - first) / (fifth - first)
    assert row.index("⚑") == pytest.approx(ticks[0] + share * (ticks[4] - ticks[0]), abs=1.1)
    assert any("⚑ deadline" in line for line in lines)


def test_a_line_leads_from_what_the_selected_item_waits_for() -> None:
    scene = replace(looked(scene_of(PROMISE), ViewOptions(), 180), selected="late")
    lines = [line_text(line) for line in render_timeline(scene).lines]
    rows = {}
    for name in ("First", "Late", "Second"):
        [rows[name]] = [line for line in lines if line.startswith(f" {name}")]
    assert all("▸" in rows[name] for name in ("First", "Second"))
    corner = {name: len(re.split("[┐┘┤├┌└]", row)[0]) for name, row in rows.items()}
    assert len(set(corner.values())) == 1
    between = lines[lines.index(rows["First"]) : lines.index(rows["Second"]) + 1]
    assert all(line[corner["Late"]] in "┐┘┤├┌└┆" for line in between)
    calm = [line_text(line) for line in render_timeline(replace(scene, selected="other")).lines]
    assert not any("▸" in line or "┆" in line for line in calm)


async def test_keys_sort_group_and_look_closer(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(SMALL, encoding="utf-8")
    async with opened(path) as drive:
        await drive.press("2", "O")
        await drive.until(lambda: not drive.at_work, "the list")
        await drive.type("effort")
        await drive.press("enter")
        await drive.until(lambda: drive.at_work, "the list to close")
        shown = render_ranking(scene_now(drive.session.view_model(100))).rows
        efforts = map(drive.forecast.rank_row, chain.from_iterable(shown))
        assert all(one.effort <= other.effort for one, other in pairwise(filter(None, efforts)))
        await drive.press("g")
        assert " app" in drive.drawn()
        await drive.press("3", "+", "+")
        await drive.settled()
        assert "×4" in drive.lines()[0]
        before = drive.lines()[0]
        await drive.press("right")
        assert drive.lines()[0] != before
        await drive.press("-", "-", "g", "g")
        await drive.settled()
        assert "×" not in drive.lines()[0]
        assert drive.session.is_saved


def scene_now(scene: ViewModel | None) -> ViewModel:
    assert scene is not None
    return scene


async def test_a_click_on_a_head_sorts_by_its_column(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(SMALL, encoding="utf-8")
    async with opened(path) as drive:
        await drive.press("2")
        selected = drive.session.selected
        head = drive.lines()[0].index("value")
        for is_reversed in (False, True):
            await drive.pilot.click("#screen", offset=(head + 1, 0))
            await drive.drained()
            look = drive.session.view_options
            assert (look.sort, look.is_reversed) == ("value", is_reversed)
        assert drive.session.selected == selected
        assert drive.workspace.title_of(selected or "") in drive.drawn()
