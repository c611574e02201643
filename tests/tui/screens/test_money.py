"""The money screen: cost of the plan, one opened item, and hints for missing tables."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.roadmaps import money_text

from roadmap_tui.diagrams.graph import DependencyGraph
from roadmap_tui.forecast.simulation.cancellation import no_checkpoint
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.text.terminal_text import cell_width
from roadmap_tui.tui.screens.money import render_money
from roadmap_tui.tui.views.lines import line_text
from roadmap_tui.tui.views.view_model import ViewModel
from roadmap_tui.tui.widgets.canvas import Canvas
from roadmap_tui.tui.workers.forecast import compute_forecast
from roadmap_tui.tui.workers.insights import (
    InsightRequest,
    Insights,
    compute_insights,
    preview_money,
    with_option_scenarios,
)
from tests.tui.driver import Drive, opened
from tests.tui.plans import MONEY, SMALL, document_of, priced, scene_of, showing


def text(scene: ViewModel) -> str:
    return "\n".join(line_text(line) for line in render_money(scene).lines)


def looking(scene: ViewModel, name: str, cells: int = 100) -> str:
    return text(replace(scene, selected=name, width=cells))


@pytest.fixture(scope="module")
def scene() -> ViewModel:
    return priced(scene_of(MONEY))


def test_the_plans_cost_stays_on_top(scene: ViewModel) -> None:
    picture = render_money(scene)
    head = " ".join(line_text(line).strip() for line in picture.lines[: picture.fixed_lines])
    assert re.search(r"€\d", head)
    assert "doesn't ship" in head
    assert "as of 23 Nov 2026 · EUR" in head


@pytest.mark.parametrize("cells", [80, 100])
def test_the_selected_item_is_opened_and_no_other(scene: ViewModel, cells: int) -> None:
    drawn = looking(scene, "replies", cells)
    for words in (
        "model calls",
        "left over",
        "margin at 10x",
        "of 30 Oct 2026",
        "NPV above 0",
        "Peak cash outlay",
        "1x",
    ):
        assert words in drawn
    assert "open-weights" not in drawn
    drawn = looking(scene, "m", cells)
    assert "model calls" not in drawn
    for words in (
        "They disagree",
        "out: expertise 1",
        "↑ the volume now",
        "as planned",
        "ships",
        "spike first",
    ):
        assert words in drawn


def test_pending_results_are_shown_as_running(scene: ViewModel) -> None:
    assert "Calculating costs" in text(replace(scene, insights=None))
    study = scene.insights
    assert study is not None
    assert "Simulating each option" in looking(
        replace(scene, insights=replace(study, option_scenarios={})), "m"
    )


def test_an_empty_screen_names_the_keys_that_add_costs() -> None:
    drawn = text(priced(scene_of(SMALL)))
    assert "No costs or benefits are set yet." in drawn
    assert "Press E to set what a week of a person costs." in drawn
    assert "Press t to add the costs and benefits of the selected item." in drawn
    assert "[" not in drawn


def test_an_item_without_a_business_case_names_the_key_that_adds_one(scene: ViewModel) -> None:
    bare = priced(scene_of(MONEY + "[product.bare]\n"))
    assert "Bare has no business case yet. Press t to add one." in looking(bare, "bare")


def test_a_filter_leaves_what_passes(scene: ViewModel) -> None:
    drawn = text(showing(scene, frozenset({"rules"})))
    assert "Keyword rules" in drawn
    assert drawn.count("Draft replies") == 1  # the plan's own return names its case
    assert "No items match the filter." in text(showing(scene, frozenset()))


def test_any_currency_is_shown() -> None:
    for code, sign in (("CHF", "CHF 8k"), ("USD", "$8k"), ("[red]\\u001b", "[red]␛ 8k")):
        drawn = text(replace(priced(scene_of(MONEY.replace('"EUR"', f'"{code}"'))), width=160))
        assert sign in drawn


def test_two_hundred_items_with_all_tables() -> None:
    there = replace(priced(scene_of(money_text(200)), most=1), width=80)
    picture = render_money(replace(there, selected="item-0"))
    assert len(picture.rows) == 200
    lines = [line_text(line) for line in picture.lines]
    assert max(map(cell_width, lines)) <= 80
    assert {"item-0", "item-199"} <= set(picture.lines.item_positions)
    assert any("as planned" in line for line in lines)
    assert sum("Item " in line for line in lines) >= 200


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_text(MONEY, encoding="utf-8")
    return path


def place(drive: Drive) -> tuple[str | None, int]:
    return drive.session.selected, round(
        drive.workspace.query_one("#screen", Canvas).scroll_offset.y
    )


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_down_goes_through_an_opened_item_and_on_to_the_next(
    path: Path, size: tuple[int, int]
) -> None:
    async with opened(path, size) as drive:
        await drive.press("6")
        await drive.studied()
        await drive.press("home")
        await drive.studied()
        seen = [place(drive)]
        shown = set(drive.lines())
        for key in ("down", "up"):
            for _ in range(40):
                await drive.press(key)
                await drive.studied()
                shown |= set(drive.lines())
                if place(drive) == seen[-1]:
                    break
                seen.append(place(drive))
        assert {name for name, _ in seen} == {"replies", "rules", "m"}
        assert seen[0] == seen[-1]
        for words in (
            "model calls",
            "margin at 10x",
            "They disagree",
            "train-our-own",
            "Changed of the item",
        ):
            assert any(words in line for line in shown), words


async def test_each_way_is_run_when_its_item_is_looked_at(path: Path) -> None:
    async with opened(path, (100, 60)) as drive:
        await drive.press("6")
        await drive.studied()
        assert drive.session.insights.option_scenarios == {}
        await drive.press("end")
        await drive.studied()
        assert set(drive.session.insights.option_scenarios) == {"m"}
        assert "as planned" in drive.drawn()
        await drive.press("home")
        await drive.studied()
        assert set(drive.session.insights.option_scenarios) == {"m"}


def asked(text: str) -> tuple[Insights, Forecast, InsightRequest]:
    document = document_of(text)
    assert document.plan is not None
    return (
        Insights(document),
        compute_forecast(resolve_plan(document.plan), 4_000),
        InsightRequest("money", "m-1"),
    )


def test_money_of_many_items_uses_few_runs_first() -> None:
    """First the visible items, then the others, and last all on the runs of the forecast."""
    known, forecast, question = asked(
        "".join(f"[product.p-{at}]\ncost.per_prediction = 1\n" for at in range(40))
    )
    question = replace(question, target="p-20", height=3)
    assert known.document.plan is not None
    plan = known.document.plan
    scene = ViewModel(DependencyGraph(plan, frozenset(plan.items)), forecast, None, 100)

    def shown(study: Insights) -> str:
        return "\n".join(map(line_text, render_money(replace(scene, insights=study)).lines))

    first = preview_money(known, forecast, question, no_checkpoint)
    assert first.money is not None
    assert set(first.money.items) == {f"p-{at}" for at in range(17, 23)}
    assert "preview on 500 runs" in shown(first)
    assert sum("  …" in line for line in shown(first).splitlines()) == 34
    then = preview_money(first, forecast, question, no_checkpoint)
    assert then.money is not None
    assert len(then.money.items) == 40
    assert "preview on 500 runs" in shown(then)
    assert "  …" not in shown(then)
    assert preview_money(then, forecast, question, no_checkpoint) is then
    whole = compute_insights(then, forecast, question, no_checkpoint)
    assert whole.preview_runs == 0
    assert "preview" not in shown(whole)
    assert preview_money(whole, forecast, question, no_checkpoint) is whole


def test_money_of_the_selected_item_comes_first() -> None:
    known, forecast, question = asked(
        "".join(f"[product.p-{at}]\ncost.per_prediction = 1\n" for at in range(40))
    )
    first = preview_money(
        known, forecast, replace(question, target="p-20", height=3), no_checkpoint
    )
    then = preview_money(first, forecast, replace(question, target="p-3", height=2), no_checkpoint)
    assert then.money is not None
    assert set(then.money.items) == {f"p-{at}" for at in (*range(1, 5), *range(17, 23))}


def test_money_of_few_items_is_shown_at_once() -> None:
    known, forecast, question = asked("[product.p]\ncost.per_prediction = 1\n")
    assert preview_money(known, forecast, question, no_checkpoint) is known


def test_money_does_not_wait_for_the_ways_to_have_a_model() -> None:
    known, forecast, question = asked("[model.m-1.options]\napi.chance = 0.9\nown.chance = 0.2\n")
    first = compute_insights(known, forecast, question, no_checkpoint)
    assert first.money is not None
    assert first.option_scenarios == {}
    then = with_option_scenarios(first, forecast, question, no_checkpoint)
    assert set(then.option_scenarios) == {"m-1"}
    assert with_option_scenarios(then, forecast, question, no_checkpoint) is then
    assert (
        with_option_scenarios(first, forecast, replace(question, view="board"), no_checkpoint)
        is first
    )
