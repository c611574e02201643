"""Other ways to look at the ranking and the timeline: order, groups, columns, closeness, links, promises."""

import datetime as dt
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_tui.app.lines import text_of
from roadmap_tui.app.look import Look, groups
from roadmap_tui.app.view import Scene
from roadmap_tui.app.views.ranking import COLUMNS, ranking
from roadmap_tui.app.views.timeline import timeline
from roadmap_tui.plan.words import number

from .driving import opened
from .making import SHIPPED, SMALL, plan_of, scene_of

SCENES = {path.stem: scene_of(path.read_text(encoding="utf-8")) for path in SHIPPED}
FACTORS = re.compile(r"~?([\d.,]+) +[ ━●]* *~?(-?[\d.,]+) +× +~?([\d.e-]+)% +÷ +~?([\d.,]+)")


def looked(scene: Scene, look: Look, width: int = 160) -> Scene:
    return replace(scene, look=look, width=width)


def order(scene: Scene, draw: object = ranking) -> list[str]:
    return [name for row in (ranking if draw is ranking else timeline)(scene).rows for name in row]


def numeral(text: str) -> float:
    return float(text.replace(",", ""))


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("width", [80, 100, 160])
def test_factors_multiply_out_as_they_are_shown(name: str, width: int) -> None:
    scene = looked(SCENES[name], Look(), width)
    rows = [found for line in ranking(scene).lines if (found := FACTORS.search(text_of(line)))]
    assert len(rows) == len(scene.forecast.ranking)
    for row in rows:
        score, value, delivers, effort = map(numeral, row.groups())
        assert number(value * delivers / 100 / effort).replace(",", "") == row[1].replace(
            ",", ""
        ), row[0]
        assert score == pytest.approx(value * delivers / 100 / effort, rel=0.006)


@pytest.mark.parametrize("name", SCENES)
def test_shown_scores_are_near_the_ones_the_order_is_made_of(name: str) -> None:
    scene = SCENES[name]
    rows = [
        found
        for line in ranking(looked(scene, Look())).lines
        if (found := FACTORS.search(text_of(line)))
    ]
    for row, shown in zip(scene.forecast.ranking, rows, strict=True):
        assert row.weighted is not None
        assert numeral(shown[1]) == pytest.approx(row.weighted.score, rel=0.06)


def test_any_column_sorts_and_sorts_the_other_way_round() -> None:
    scene = SCENES["assistant"]
    rows = {row.id: row for row in scene.forecast.ranking}
    efforts = [rows[name].effort for name in order(looked(scene, Look(sort="effort")))]
    assert efforts == sorted(efforts)
    ships = [scene.item(name).ships for name in order(looked(scene, Look(sort="ships")))]
    assert ships == sorted(ships, reverse=True)
    for column in COLUMNS:
        there = order(looked(scene, Look(sort=column.name)))
        assert sorted(there) == sorted(rows)
        assert order(looked(scene, Look(sort=column.name, is_reversed=True))) == there[::-1]


def test_brackets_and_cuts_stand_only_in_the_order_of_ranks() -> None:
    scene = SCENES["assistant"]
    assert "┌" in drawn(ranking(looked(scene, Look())).lines)
    assert "fits by" in drawn(ranking(looked(scene, Look())).lines)
    for look in (Look(sort="effort"), Look(is_reversed=True)):
        text = drawn(ranking(looked(scene, look)).lines)
        assert "┌" not in text
        assert "fits" not in text


def drawn(lines: object) -> str:
    assert hasattr(lines, "__iter__")
    return "\n".join(text_of(line) for line in lines)


def test_what_fits_is_what_the_teams_have_time_for() -> None:
    text = (
        "[roadmap]\nas_of = 2026-11-23\n[policy]\nnow_weeks = 2\nnext_weeks = 10\n[teams.a]\npeople"
        " = 1\n"
    )
    text += "".join(
        f'[product.p{n}]\nteam = "a"\neffort = 4\nreach = {9 - n}00\n' for n in range(4)
    )
    lines = [text_of(line) for line in ranking(looked(scene_of(text), Look())).lines]
    assert "fits by Feb 2027" in lines[3]
    assert "P1" in lines[2]
    assert not any("all of it fits" in line for line in lines)
    many = scene_of(text.replace("people = 1", "people = 9"))
    roomy = [text_of(line) for line in ranking(looked(many, Look())).lines]
    assert "all of it fits by Feb 2027" in roomy[5]


def test_groups_hold_every_item_once_teams_in_the_order_of_the_file() -> None:
    plan = plan_of(SMALL)
    assert [(name, sorted(ids)) for name, ids in groups(plan, plan.items, "team")] == [
        ("app", ["drafts", "macros"]),
        ("ml", ["fallback", "ground", "reader"]),
    ]
    assert [name for name, _ in groups(plan, plan.items, "tag")] == ["okr", "no tag"]
    for draw in (ranking, timeline):
        for group in ("team", "tag"):
            scene = looked(scene_of(SMALL), Look(group=group))
            names = order(scene, draw)
            assert len(names) == len(set(names))
            assert sorted(names) == sorted(order(looked(scene_of(SMALL), Look()), draw))


LOOKS = st.builds(
    Look,
    st.sampled_from([each.name for each in COLUMNS]),
    st.booleans(),
    st.sampled_from(["none", "team", "tag"]),
    st.frozensets(st.sampled_from([each.name for each in COLUMNS])),
    st.sampled_from([1, 2, 4, 8, 16]),
    st.floats(0, 60),
)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(SCENES)), LOOKS, st.integers(20, 200), st.integers(0, 40))
def test_no_look_draws_wider_than_the_room(
    name: str, look: Look, width: int, selected: int
) -> None:
    names = sorted(SCENES[name].plan.items)
    scene = replace(looked(SCENES[name], look, width), selected=names[selected % len(names)])
    for draw in (ranking, timeline):
        assert [text_of(line) for line in draw(scene).lines if len(text_of(line)) > width] == []


@settings(deadline=None)
@given(LOOKS, st.lists(st.sampled_from([1, -1]), max_size=8), st.floats(1, 1000))
def test_what_is_looked_at_stays_within_the_horizon(
    look: Look, steps: list[int], horizon: float
) -> None:
    for by in steps:
        for moved in (look.closer(by, horizon), look.moved(by, horizon)):
            assert moved.start >= 0
            assert moved.start + moved.weeks(horizon) <= horizon * (1 + 1e-9)
    assert look.closer(1, horizon).weeks(horizon) <= look.weeks(horizon)


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
    look = Look(zoom=8).following(scene.forecast, late.id)
    assert late.finish is not None
    assert look.start <= late.finish.p50 <= look.start + look.weeks(scene.forecast.horizon)
    heading = text_of(timeline(looked(scene, look)).lines[0])
    assert re.search(r"│(\d{4} )?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", heading)
    assert "×8" in heading
    day = scene.forecast.day(look.start)
    assert f"from {day.day} " in heading


PROMISE = (
    "[roadmap]\nas_of = 2026-11-23\nhorizon = 100\n[product.late]\nneeds = ['first',"
    " 'second']\neffort = 30\ndeadline = { by = 2027-11-08 }\n[product.first]\neffort ="
    " 40\n[model.second]\neffort = 20\nchance = 1\n[product.other]\neffort = 1\n"
)


def test_a_deadline_stands_at_its_day() -> None:
    scene = looked(scene_of(PROMISE), Look(), 180)
    lines = [text_of(line) for line in timeline(scene).lines]
    row = next(line for line in lines if line.startswith(" Late"))
    assert row.count("⚑") == 1
    ticks = [at for at, char in enumerate(lines[0]) if char == "│"]
    first, fifth = dt.date(2027, 1, 1), dt.date(2028, 1, 1)
    share = (dt.date(2027, 11, 8) - first) / (fifth - first)
    assert row.index("⚑") == pytest.approx(ticks[0] + share * (ticks[4] - ticks[0]), abs=1.1)
    assert any("promised" in line for line in lines)


def test_a_line_leads_from_what_the_selected_item_waits_for() -> None:
    scene = replace(looked(scene_of(PROMISE), Look(), 180), selected="late")
    lines = [text_of(line) for line in timeline(scene).lines]
    rows = {
        name: next(line for line in lines if line.startswith(f" {name}"))
        for name in ("First", "Late", "Second")
    }
    assert all("▸" in rows[name] for name in ("First", "Second"))
    corner = {
        name: next(at for at, char in enumerate(row) if char in "┐┘┤├┌└")
        for name, row in rows.items()
    }
    assert len(set(corner.values())) == 1
    between = lines[lines.index(rows["First"]) : lines.index(rows["Second"]) + 1]
    assert all(line[corner["Late"]] in "┐┘┤├┌└┆" for line in between)
    calm = [text_of(line) for line in timeline(replace(scene, selected="other")).lines]
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
        shown = ranking(scene_now(drive.session.scene(100))).rows
        efforts = [drive.forecast.rank(name) for row in shown for name in row]
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


def scene_now(scene: Scene | None) -> Scene:
    assert scene is not None
    return scene
