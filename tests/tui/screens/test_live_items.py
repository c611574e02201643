"""The strip of live items at the foot of the board."""

from dataclasses import replace

import pytest

from roadmap_tui.narrative.readiness.live_items import live_items
from roadmap_tui.tui.screens.board import render_board
from roadmap_tui.tui.views.lazy_lines import LazyLines, LineBlock
from roadmap_tui.tui.views.lines import line_text, line_width
from roadmap_tui.tui.views.live_items import live_item_lines
from roadmap_tui.tui.views.view_model import ViewModel
from tests.tui.plans import scene_of, steering
from tests.tui.screens.test_readiness import nasty_tables

PLAN = """\
[roadmap]
as_of = 2026-11-23
currency = "EUR"

[product.summary]
title = "Thread summary"
status = "live"
needs = ["writer"]
cost = { per_prediction = 0.011, priced = 2026-10-30 }
trust.weeks = [{ on = 2026-11-16, accepted = 275, overridden = 205 }]
latency = { p95_ms = 3000, measured = { on = 2026-11-16, p95 = 2100 } }

[model.writer]
status = "live"
retrain = { every_weeks = 9, effort = 1 }
bars.pass_rate = { launch = 0.80, measured = [{ on = 2026-11-11, hits = 178, of = 220 }] }
failures = { lost = {}, invented = {} }

[product.rules]
title = "Keyword rules"
status = "live"
finished = 2026-01-05

[product.soon]
needs = ["writer"]
"""


def drawn_lines(scene: ViewModel) -> list[str]:
    return [line_text(line).rstrip() for line in LazyLines(live_item_lines(scene), scene.width)]


def test_figures_with_interval_failure_modes_and_dates() -> None:
    heading, figures, notes, _, _, rules, end = drawn_lines(scene_of(PLAN))
    assert heading.split("  ")[0] == " LIVE"
    assert (
        " ".join(figures.split())
        == "Thread summary ! 81% (75–86%) ! 43% watch ✓ p95 2.1 s €0.011 12 days ago"
    )
    assert (
        notes.strip()
        == "Writer, pass_rate likely, launch 80% · fails by lost, invented · prices of 30 Oct 2026"
    )
    assert rules.split("  ")[0].strip() == "Keyword rules"
    assert rules.endswith("since 5 Jan 2026")
    assert end == ""


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("retrained = 2026-11-12", "Writer, measured before it was trained again"),
        ("retrained = 2026-11-11", None),
        ("retrained = 2026-11-10\nstaleness_weeks = 1", "Writer, stale"),
        (
            "retrained = 2026-11-16\nstaleness_weeks = 1",
            "Writer, measured before it was trained again",
        ),
    ],
)
def test_what_was_measured_may_no_longer_hold(change: str, why: str | None) -> None:
    scene = scene_of(PLAN.replace("retrain =", f"{change}\nretrain ="))
    summary, *_ = live_items(scene.readiness)
    assert summary.cells[-1].text == ("! 12 days ago" if why else "12 days ago")
    assert (why in summary.notes) == bool(why)


def test_missing_measurement_is_reported() -> None:
    summary, *_ = live_items(
        scene_of(
            PLAN.replace("measured = [{ on = 2026-11-11, hits = 178, of = 220 }]", "")
        ).readiness
    )
    assert summary.cells[0].text == "? untested"
    assert summary.cells[-1].text == "! never"
    assert not any("fails by" in note for note in summary.notes)


def test_accuracy_without_failure_modes_is_marked() -> None:
    summary, *_ = live_items(
        scene_of(PLAN.replace("failures = { lost = {}, invented = {} }", "")).readiness
    )
    assert "no failure modes recorded" in summary.notes


def test_missing_day_of_prices_is_reported() -> None:
    summary, *_ = live_items(scene_of(PLAN.replace(", priced = 2026-10-30", "")).readiness)
    assert "prices of no day" in summary.notes


@pytest.mark.parametrize("cells", [20, 40, 60, 80, 100, 160])
def test_quality_column_stays_at_any_width(cells: int) -> None:
    lines = drawn_lines(replace(scene_of(PLAN), width=cells))
    assert all(
        line_width(line) <= cells
        for line in LazyLines(live_item_lines(replace(scene_of(PLAN), width=cells)), cells)
    )
    assert cells < 40 or "81% (75–86%)" in lines[1]
    assert ("€0.011" in lines[1]) == (cells >= 100)


def test_nothing_live_takes_no_room() -> None:
    scene = scene_of("[product.a]\n[model.b]\n")
    assert live_item_lines(scene) == []
    assert not any("LIVE" in line_text(line) for line in render_board(scene).lines)


def test_the_arrow_keys_reach_what_is_live() -> None:
    scene = scene_of(PLAN)
    strip = [each for each in live_item_lines(scene) if isinstance(each, LineBlock)]
    assert [each.items for each in strip] == [("summary",), ("writer",), ("rules",)]
    assert [
        row for row in render_board(scene).rows if row in {("summary",), ("writer",), ("rules",)}
    ] == [each.items for each in strip]


@pytest.mark.parametrize("cells", [40, 80, 100])
def test_texts_of_the_file_are_data(cells: int) -> None:
    scene = replace(scene_of(nasty_tables()), width=cells)
    lines = list(
        LazyLines(live_item_lines(replace(scene, cached_readiness=scene.readiness)), cells)
    )
    assert all(line_width(line) <= cells for line in lines)
    assert steering("".join(map(line_text, lines))) == set()
