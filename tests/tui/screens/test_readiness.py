"""Screen 5, measurements by key, and breaches on every screen."""

import datetime as dt
import math
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from string import Template
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_tui.answers.readiness import ReadinessAnswer
from roadmap_tui.narrative.readiness.assessment import Readiness
from roadmap_tui.narrative.readiness.upkeep import upkeep_by_quarter
from roadmap_tui.tui.actions import footer_actions
from roadmap_tui.tui.dialogs.confirm import ConfirmDialog
from roadmap_tui.tui.dialogs.measure import MeasureDialog
from roadmap_tui.tui.dialogs.readiness import ReadinessDialog
from roadmap_tui.tui.dialogs.select import SelectDialog
from roadmap_tui.tui.keymap import Keymap
from roadmap_tui.tui.screens.readiness import render_readiness
from roadmap_tui.tui.views.bars import render_bars
from roadmap_tui.tui.views.charts import (
    BUDGET,
    LAUNCH,
    POINT,
    STEPS,
    BulletChart,
    ChartScale,
    level_sparkline,
    stacked_bar,
)
from roadmap_tui.tui.views.lines import line_text, line_width
from roadmap_tui.tui.views.readiness_item import readiness_glance, readiness_lines
from roadmap_tui.tui.views.status import PlanStatus
from tests.tui.driver import Drive, opened, texts_on
from tests.tui.plans import NASTY, SMALL, plan_of, quoted, scene_of, steering

PLAN = """\
[roadmap]
as_of = 2026-11-23

[product.router]
title = "Suggest the queue"
status = "live"
finished = 2026-01-05
effort = 2
needs = ["triage"]
cost.per_prediction = 0.011
trust.weeks = [
    { on = 2026-11-02, accepted = 95, overridden = 5 },
    { on = 2026-11-09, accepted = 90, overridden = 10 },
    { on = 2026-11-16, accepted = 40, overridden = 60 },
]
latency = { p95_ms = 1000, steps = [
    { name = "fetch", p50 = 200, p95 = 200 }, { name = "think", p50 = 600, p95 = 600 }
] }
oversight = { level = 3 }

[model.triage]
title = "Triage"

[model.triage.stages]
train = { effort = 3, chance = 0.8 }
evaluate = { effort = 1, chance = 0.6 }    # a guess

[model.triage.bars.recall]
guardrail = 0.70
launch = 0.80
target = 0.90
baseline = 0.60
measured = [
    { on = 2026-11-13, dataset = "golden", hits = 178, of = 220 },
]

[model.ranker.bars.auc]
launch = 0.7

[model.both.bars.recall]
launch = 0.8

[model.both.bars.precision]
launch = 0.8
measured = [{ on = 2026-11-01, tp = 8, fp = 2, fn = 1, tn = 9 }]
"""
BREACH = PLAN.replace('title = "Triage"', 'title = "Triage"\nstatus = "live"').replace(
    "hits = 178", "hits = 90"
)


def nasty_tables() -> str:
    """Every nasty text as the name and as the text of everything that screen 5 draws."""
    parts = ["[roadmap]\nas_of = 2026-11-23\n[teams.a]\npeople = 2\n"]
    weeks = "[{ on = 2026-11-01, accepted = 5, overridden = 5 }]"
    for nth, title in enumerate(NASTY):
        text = quoted(title)
        parts.append(
            f'[product.p{nth}]\ntitle = {text}\nneeds = ["m{nth}"]\nexplanation = {text}\nstatus ='
            ' "live"\n'
            f"trust = {{ weeks = {weeks}, cohorts = {{ {text} = {{ weeks = {weeks} }} }} }}\n"
            f"latency = {{ p95_ms = 9, steps = [{{ name = {text}, ms = 5 }}] }}\n"
            f"[model.m{nth}]\ntitle = {text}\nteam = 'a'\nupkeep = 1\nmonitor = {{ signal = {text}"
            " }\n"
            f"status = 'live'\ndata = {{ dataset = {text}, owner = {text}, licence = {text},\n"
            "accuracy = { correct = 1, audited = 2 } }\n"
            f"[model.m{nth}.bars.{text}]\nguardrail = 0.9\nlaunch = 0.9\n"
            f"measured = [{{ on = 2026-11-01, dataset = {text}, hits = 1, of = 20 }}]\n"
            f"[model.m{nth}.segments.{text}]\nhits = 1\nof = 20\nfloor = 0.5\n"
            f"[model.m{nth}.failures.{text}]\nexample = {text}\nhurts = {text}\nmitigation ="
            f" {text}\n"
            f"fallback = {text}\n"
        )
    return "\n".join(parts)


# Charts


def test_value_is_drawn_on_its_side_of_launch_at_any_width() -> None:
    for cells in range(3, 60):
        for value in (0.7999, 0.8001, 0.6, 0.95):
            bullet = BulletChart((value - 0.02, value, value + 0.02), ((LAUNCH, 0.8),))
            row = line_text(bullet.draw(ChartScale(0.0, 1.0), cells))
            assert len(row) == cells
            assert (row.index(POINT) > row.index(LAUNCH)) == (value > 0.8)


def test_a_bullet_is_to_scale() -> None:
    row = line_text(BulletChart((0.2, 0.5, 0.7), ((LAUNCH, 0.9),)).draw(ChartScale(0.0, 1.0), 11))
    assert row == "  ───●── ┃ "


def test_a_course_is_to_scale() -> None:
    assert level_sparkline([0, 0.25, 0.5, 1], 1) == STEPS[0] + STEPS[2] + STEPS[4] + STEPS[7]
    assert level_sparkline([], 0.4) == ""


def test_steps_are_to_scale_and_beyond_the_budget_too() -> None:
    assert line_text(stacked_bar([2, 3], 10, 11)) == "██▓▓▓     ┃"
    assert line_text(stacked_bar([10, 10], 10, 21)).index(BUDGET) == 10


@pytest.mark.parametrize("value", [1e300, -1e300, 1e-300, 0.0])
def test_charts_of_numbers_beyond_all_measure(value: float) -> None:
    bullet = BulletChart((-value, value, value), ((LAUNCH, 1.0),))
    assert len(line_text(bullet.draw(ChartScale.covering(bullet.values), 9))) == 9
    assert len(line_text(stacked_bar([abs(value)], 1e12, 9))) == 9


# The screen


def shown(text: str, width: int = 100, selected: str | None = None) -> str:
    picture = render_readiness(replace(scene_of(text), width=width, selected=selected))
    return "\n".join(line_text(line) for line in (*picture.lines, *picture.detail_lines))


def test_the_worst_comes_first_with_its_signs() -> None:
    lines = shown(PLAN).splitlines()
    rows = [line for line in lines if re.match(r" (Suggest|Triage|Ranker|Both)", line)]
    assert [row.split("  ")[0].strip() for row in rows] == [
        "Suggest the queue · live",
        "Triage",
        "Both",
        "Ranker",
    ]
    assert "? 20% left" in rows[0]
    assert "! 3 approve" in rows[0]
    assert "! likely" in rows[1]
    assert "? untested" in rows[3]


def test_the_selected_item_is_drawn_below() -> None:
    below = render_readiness(replace(scene_of(PLAN), selected="triage")).detail_lines
    chart = line_text(below[0])
    assert "81% (75–86%)" in chart
    marks = [chart.rindex(mark) for mark in "·┆┃●◇"]
    assert marks == sorted(marks)


def test_all_of_an_item() -> None:
    scene = scene_of(PLAN)
    drawn = "\n".join(line_text(line) for line in readiness_lines(scene.readiness, "router", 90))
    assert "overridden 60% (50–69%) of 100 decided in the newest week: confirmed" in drawn
    weeks = next(line for line in drawn.splitlines() if "alarm 40%" in line and "→" in line)
    at = weeks.index(STEPS[-1])
    assert drawn.splitlines()[drawn.splitlines().index(weeks) + 1].index("!") == at
    assert "▸ 3 approve each  is here" in drawn
    assert "missing for level 4, act with undo" in drawn
    assert "█ fetch 200 ms  ▓ think 600 ms  ┃ budget 1 s" in drawn
    assert "Not described yet." in drawn
    drawn = "\n".join(line_text(line) for line in readiness_lines(scene.readiness, "triage", 90))
    assert "train (3 pw, passes 80%) → evaluate (1 pw, passes 60%)" in drawn


@pytest.mark.parametrize("width", [20, 40, 80, 100, 160])
def test_nasty_texts_fit_and_steer_nothing(width: int) -> None:
    scene = replace(scene_of(nasty_tables()), width=width)
    judged = scene.readiness
    assert len(judged.ids) == 2 * len(NASTY)
    for name in judged.ids:
        picture = render_readiness(replace(scene, selected=name, cached_readiness=judged))
        lines = [*picture.lines, *picture.detail_lines, *readiness_lines(judged, name, width)]
        assert [
            line_text(line)
            for line in (*picture.lines, *picture.detail_lines)
            if line_width(line) > width
        ] == []
        assert steering("".join(map(line_text, lines))) == set()
    urgent = "".join(each.text for each in judged.breaches)
    assert len(judged.breaches) == len(NASTY)
    assert steering(urgent) == set()


def test_an_empty_screen_names_the_keys_that_add_readiness_data() -> None:
    drawn = shown("[roadmap]\nas_of = 2026-11-23\n[product.a]\neffort = 1\n")
    assert "Press a to add a model" in drawn
    assert "Press t to add a quality bar" in shown("[model.m]\n", selected="m")
    assert "[" not in drawn


NUMBERS = st.sampled_from(["0", "1", "-1", "0.5", "1e-300", "1e12", "-1e300", "0.8"])
COUNTS = st.tuples(st.integers(0, 3), st.integers(0, 3)).map(sorted)
SOMETHING = st.fixed_dictionaries(
    {
        "bar": st.tuples(*[NUMBERS] * 4, st.sampled_from(["higher", "lower"])),
        "value": (
            st.lists(NUMBERS, min_size=3, max_size=3).map(lambda each: sorted(each, key=float))
        ),
        "counts": COUNTS,
        "weeks": st.lists(COUNTS, max_size=4),
        "ms": st.lists(st.sampled_from(["0", "1e-12", "5", "1e12", "[1, 9]"]), max_size=5),
        "budget": st.sampled_from(
            ["", "p95_ms = 1e-12,", "p95_ms = 5,", "kind = 'flow',", "kind = 'background',"]
        ),
        "level": st.integers(0, 5),
        "status": st.sampled_from(["planned", "live", "done", "idea"]),
    }
)


ANY = Template("""\
[roadmap]
as_of = 2026-11-23
[teams.a]
people = 1
[product.p]
needs = ["m"]
status = "$status"
trust = { weeks = [$weeks], cohorts.c.weeks = [$weeks] }
latency = { $budget steps = [$steps], measured = { on = 2026-11-01, within = $hits, of = $of } }
oversight = { level = $level, review = { per_day = $hits, minutes = $of, hours = 1 } }
[model.m]
team = "a"
status = "$status"
upkeep = $hits
data.accuracy = { correct = $hits, audited = $of }
segments.s = { hits = $hits, of = $of, floor = 0.5 }
failures.f = { hits = $hits, of = $of, cost = 1e12 }
[model.m.bars.a]
better = "$better"
guardrail = $guardrail
launch = $launch
target = $target
baseline = $baseline
measured = [{ on = 2026-11-01, value = $value, low = $low, high = $high }]
[model.m.bars.b]
launch = $launch
measured = [{ on = 2026-11-01, hits = $hits, of = $of }]
""")


def plan_of_any(each: dict[str, Any]) -> str:
    """A feature and a model whose tables say anything that the format lets them say."""
    *levels, baseline, better = each["bar"]
    guardrail, launch, target = sorted(levels, key=float, reverse=better == "lower")
    low, value, high = each["value"]
    hits, of = each["counts"]
    weeks = (
        f"on = 2026-11-0{at}, accepted = {a}, overridden = {b}"
        for at, (a, b) in enumerate(each["weeks"], 1)
    )
    return ANY.substitute(
        each,
        weeks=", ".join(f"{{ {week} }}" for week in weeks),
        steps=", ".join(f"{{ name = 's', ms = {ms} }}" for ms in each["ms"]),
        hits=hits,
        of=of,
        better=better,
        guardrail=guardrail,
        launch=launch,
        target=target,
        baseline=baseline,
        low=low,
        value=value,
        high=high,
    )


@settings(deadline=None, max_examples=60)
@given(SOMETHING, st.integers(20, 160))
def test_any_readiness_tables_are_drawn(each: dict[str, Any], width: int) -> None:
    plan = plan_of(plan_of_any(each))
    judged = Readiness(plan, dt.date(2026, 11, 23))
    for name in judged.worst_first:
        assert len(readiness_glance(judged, name, width, 4)) == 4
        drawn = readiness_lines(judged, name, width)
        assert [line_text(line) for line in drawn if line_width(line) > width] == []
        assert not re.search(r"\b(nan|inf)\b", " ".join(map(line_text, drawn)))
    assert ReadinessAnswer.of(judged).items


def many(count: int) -> str:
    """So many AI items, half of them features, with all tables."""
    parts = ["[roadmap]\nas_of = 2026-11-23\n[teams.a]\npeople = 9\n"]
    weeks = ", ".join(
        f"{{ on = 2026-{9 + at // 4:02}-0{at % 4 + 1}, accepted = 90, overridden = {at} }}"
        for at in range(8)
    )
    parts += [
        f"[product.p{at}]\nneeds = ['m{at}']\neffort = 1\nexplanation = 'x'\ntrust.weeks ="
        f" [{weeks}]\nlatency = {{ p95_ms = 9, steps = [{{ name = 'a', ms = 3 }}], measured = {{ on"
        " = 2026-11-01, p95 = 8 } }\noversight = { level = 2, promote_if = { accept = 0.8 }"
        f" }}\n[model.m{at}]\nteam = 'a'\nupkeep = 0.01\nretrain = {{ every_weeks = 9, effort = 0.1"
        " }\nstages = { train = { effort = 1, chance = 0.9 }, evaluate = { effort = 1, chance"
        " = 0.9 } }\ndata = { completeness = { filled = 9, of = 10 }, accuracy = { correct ="
        " 9, audited = 10 } }\nbars.recall = { launch = 0.8, measured = [{ on = 2026-11-01,"
        f" hits = {100 + at}, of = 220 }}] }}\nsegments.a = {{ hits = 9, of = 10, floor = 0.5"
        " }\nfailures.f = { hits = 1, of = 220, cost = [1, 5] }\n"
        for at in range(count // 2)
    ]
    return "\n".join(parts)


def test_200_items_with_all_tables() -> None:
    scene = scene_of(many(200))
    judged = scene.readiness
    picture = render_readiness(replace(scene, cached_readiness=judged))
    assert len(picture.rows) == 200
    assert "recall" in line_text(picture.lines[2])
    assert all(line_width(line) <= 100 for line in picture.lines)
    weights = []
    for (name,) in picture.rows:
        weights.append(max(each.verdict.severity for each in judged.assessments(name)))
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize("cells", [60, 80, 100, 160])
def test_breach_comes_first(cells: int) -> None:
    notes = ("filter: track:model", "● not saved")
    (breach,) = scene_of(BREACH).readiness.breaches
    drawn = PlanStatus(
        "A plan with a rather long title", breach.text, notes, "as of 23 Nov 2026", {"readiness": 1}
    )
    shown = footer_actions("ranking", "model")
    top, bottom = render_bars(drawn, "ranking", shown, Keymap(), (cells, 30))
    lines = [*top, bottom]
    assert all(line_width(line) <= cells for line in lines)
    words = " ".join(map(line_text, lines))
    assert all(
        each in words
        for each in ("✗ breach", "2 Ranking", "5 Readiness 1" if cells > 90 else "5", "? help")
    )
    assert words.index("breach") < words.find("as of") or "as of" not in words


# By key


@asynccontextmanager
async def plan(folder: Path, text: str = PLAN, select: str | None = None) -> AsyncIterator[Drive]:
    path = folder / "plan.toml"
    path.write_bytes(text.encode())
    async with opened(path, (100, 40)) as drive:
        await drive.press("5")
        if select is not None:
            await drive.select(select)
        yield drive


async def pressed(drive: Drive, key: str, dialog: type) -> None:
    await drive.press(key)
    await drive.until(lambda: isinstance(drive.app.screen, dialog), dialog.__name__)
    await drive.drained()


async def done(drive: Drive, *keys: str) -> None:
    await drive.press(*keys)
    await drive.until(lambda: drive.at_work, "the dialog to close")
    await drive.settled()


async def undone(drive: Drive) -> None:
    await drive.press("u")
    await drive.settled()
    assert drive.session.document.raw == PLAN.encode()


def beta_above(level: float, a: int, b: int) -> float:
    """Share of Beta(a, b) above a level, by the binomial distribution of a + b - 1 trials."""
    trials = a + b - 1
    return sum(math.comb(trials, k) * level**k * (1 - level) ** (trials - k) for k in range(a))


@pytest.mark.parametrize(("key", "chance"), [("y", beta_above(0.8, 198, 44)), ("escape", 0.6)])
async def test_a_measurement_and_its_chance_are_one_step(
    tmp_path: Path, key: str, chance: float
) -> None:
    async with plan(tmp_path, select="triage") as drive:
        await pressed(drive, "m", MeasureDialog)
        await drive.type("197")
        await drive.press("tab")
        await drive.type("240")
        assert "likely" in texts_on(drive.app.screen)
        await pressed(drive, "enter", ConfirmDialog)
        await done(drive, key)
        model = drive.session.plan.model["triage"]
        assert [each.hits for each in model.bars["recall"].measured] == [178, 197]
        assert model.stages is not None
        assert model.stages.evaluate is not None
        assert model.stages.evaluate.chance == pytest.approx(chance, abs=0.005)
        assert "likely → likely" in "".join(drive.notices)
        await undone(drive)
        assert drive.session.undo_label is None


async def test_of_several_bars_one_is_picked_and_asked_as_it_was_measured_last(
    tmp_path: Path,
) -> None:
    async with plan(tmp_path, select="both") as drive:
        await pressed(drive, "m", SelectDialog)
        await drive.type("prec")
        await pressed(drive, "enter", MeasureDialog)
        for number in ("90", "5", "9", "99"):
            await drive.type(number)
            await drive.press("tab")
        await drive.paste("golden-v3")
        await drive.press("tab")
        await drive.type("v7")
        await drive.press("tab", "tab")
        await drive.type("20")
        await pressed(drive, "enter", ConfirmDialog)
        assert "Themodelworks:nochanceintheplan,99%asmeasured" in texts_on(drive.app.screen)
        await done(drive, "escape")
        newest = drive.session.plan.model["both"].bars["precision"].measured[-1]
        assert (newest.version, newest.run, newest.groups) == ("v7", None, 20)
        assert (newest.tp, newest.fp, newest.fn, newest.tn, newest.dataset) == (
            90,
            5,
            9,
            99,
            "golden-v3",
        )
        await undone(drive)


async def test_a_feature_measures_its_model_and_a_metric_that_is_no_count_its_value(
    tmp_path: Path,
) -> None:
    async with plan(tmp_path, select="router") as drive:
        await pressed(drive, "m", MeasureDialog)
        assert "MeasureTriage:recall" in texts_on(drive.app.screen)
        await done(drive, "escape")
        await drive.select("ranker")
        await pressed(drive, "m", MeasureDialog)
        for number in (".75", ".72", ".78"):
            await drive.type(number)
            await drive.press("tab")
        await done(drive, "enter")
        assert drive.session.plan.model["ranker"].bars["auc"].status("auc") == "proven"
        await undone(drive)


@pytest.mark.parametrize(
    ("hits", "of", "said"), [("9", "8", "9hitsof8"), ("x", "8", "notanumber"), ("9", "", "of")]
)
async def test_invalid_input_is_reported_and_stays(
    tmp_path: Path, hits: str, of: str, said: str
) -> None:
    async with plan(tmp_path, select="triage") as drive:
        await pressed(drive, "m", MeasureDialog)
        await drive.type(hits)
        await drive.press("tab")
        await drive.type(of)
        await drive.press("enter")
        await drive.until(lambda: said in texts_on(drive.app.screen), "the fault")
        assert isinstance(drive.app.screen, MeasureDialog)
        await done(drive, "escape")
        assert drive.session.document.raw == PLAN.encode()


async def test_without_a_bar_the_screen_shows_what_to_add(tmp_path: Path) -> None:
    async with plan(tmp_path, SMALL, select="reader") as drive:
        await drive.press("m")
        await drive.until(
            lambda: any("[model.reader.bars" in each for each in drive.notices), "the word"
        )


async def test_enter_opens_all_and_leads_on(tmp_path: Path) -> None:
    async with plan(tmp_path, select="triage") as drive:
        await pressed(drive, "enter", ReadinessDialog)
        await drive.until(lambda: "81%" in texts_on(drive.app.screen), "the drawing")
        await pressed(drive, "m", MeasureDialog)
        await done(drive, "escape")


async def test_breach_of_a_live_model_is_on_every_screen(tmp_path: Path) -> None:
    async with plan(tmp_path, BREACH) as drive:
        for key in "1234579":
            await drive.press(key)
            assert "✗ breach: Triage, recall below 70%" in drive.bars


UPKEEP = """\
[roadmap]
as_of = 2026-11-23
[teams.ml]
people = 2
[model.here]
team = "ml"
status = "live"
upkeep = 0.1
[model.gone]
team = "ml"
status = "live"
upkeep = 0.4
retired = 2027-02-01
[model.soon]
team = "ml"
effort = 4
chance = 0.5
upkeep = 0.2
retrain = { every_weeks = 10, effort = 2 }
"""


def test_upkeep_by_quarter_counts_the_chance_to_ship() -> None:
    """0.4 people from now on or until it is retired; half of the time after the four weeks."""
    scene = scene_of(UPKEEP)
    course = upkeep_by_quarter(scene.plan, scene.forecast, "ml")
    assert [end.isoformat() for end, _ in course][:3] == ["2026-12-31", "2027-03-31", "2027-06-30"]
    assert [people for _, people in course][:2] == pytest.approx(
        [0.1 + 0.4 + 0.2, 0.1 + 0.2], abs=0.02
    )
    drawn = "\n".join(line_text(line) for line in render_readiness(scene).lines)
    assert "expected: 0.7 at the end of Q4 2026, 0.3 at the end of Q1 2027" in " ".join(
        drawn.split()
    )


def test_item_without_a_model_shows_why_nothing_is_drawn() -> None:
    drawn = shown(PLAN + '[product.plain]\ntitle = "Plain"\n', selected="plain")
    assert "Plain uses no model, so it isn't listed." in drawn
    assert drawn.count("no data yet") == 1


def test_row_has_accuracy_interval_and_failure_modes() -> None:
    text = PLAN.replace('title = "Triage"', 'title = "Triage"\nfailures = { lost = {}, late = {} }')
    lines = shown(text, width=200).splitlines()
    row = next(line for line in lines if line.strip().startswith("recall 81%"))
    assert "81% (75–86%)" in row
    assert "fails by lost, late" in row


def test_a_course_has_its_days() -> None:
    drawn = "\n".join(
        line_text(line) for line in readiness_lines(scene_of(PLAN).readiness, "router", 100)
    )
    assert "5% → 60%, alarm 40%, 2 Nov 2026 to 16 Nov 2026" in drawn
