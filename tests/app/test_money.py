"""The money screen: what it costs on top, one item opened below it, and what to write where nothing is told."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.roadmaps import money_text

from roadmap_tui.app.canvas import Canvas
from roadmap_tui.app.forecaster import calculate
from roadmap_tui.app.lines import text_of
from roadmap_tui.app.study import Question, Study, previewed, studied, with_sides
from roadmap_tui.app.view import Scene
from roadmap_tui.app.views.money import money
from roadmap_tui.files.display import cells
from roadmap_tui.forecast.pace import go_on
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.plan.resolve import resolve
from roadmap_tui.report.net import Net

from .driving import Drive, opened
from .making import MONEY, SMALL, document_of, priced, scene_of, showing


def text(scene: Scene) -> str:
    return "\n".join(text_of(line) for line in money(scene).lines)


def looking(scene: Scene, name: str, cells: int = 100) -> str:
    return text(replace(scene, selected=name, width=cells))


@pytest.fixture(scope="module")
def scene() -> Scene:
    return priced(scene_of(MONEY))


def test_the_plans_cost_stays_on_top(scene: Scene) -> None:
    picture = money(scene)
    head = " ".join(text_of(line).strip() for line in picture.lines[: picture.fixed])
    assert re.search(r"€\d", head)
    assert "won't ship" in head
    assert "as of 23 Nov 2026 · EUR" in head


@pytest.mark.parametrize("cells", [80, 100])
def test_the_selected_item_is_opened_and_no_other(scene: Scene, cells: int) -> None:
    drawn = looking(scene, "replies", cells)
    for words in (
        "model calls",
        "left over",
        "margin at 10x",
        "of 30 Oct 2026",
        "NPV > 0",
        "trough",
        "1x",
    ):
        assert words in drawn
    assert "open-weights" not in drawn
    drawn = looking(scene, "m", cells)
    assert "model calls" not in drawn
    for words in (
        "they disagree",
        "out: expertise 1",
        "↑ the volume now",
        "as planned",
        "ships",
        "find out first",
    ):
        assert words in drawn


def test_until_it_is_known_it_is_said_to_be_worked_out(scene: Scene) -> None:
    assert "working out" in text(replace(scene, study=None))
    study = scene.study
    assert study is not None
    assert "running each way" in looking(replace(scene, study=replace(study, sides={})), "m")


def test_where_nothing_is_told_it_says_what_to_write() -> None:
    drawn = text(priced(scene_of(SMALL)))
    for words in (
        "[teams.app]",
        "week_cost =",
        "[product.drafts.cost]",
        "[product.drafts.roi]",
        "[model.reader.options",
    ):
        assert words in drawn


def test_what_it_says_to_write_can_be_read() -> None:
    lines = [
        line[3:] for line in text(priced(scene_of(SMALL))).splitlines() if line.startswith("   ")
    ]
    told = priced(
        scene_of(
            SMALL.replace("[teams.app]\npeople = 1\n", "")
            + "\n".join([*lines, ""]).replace("[teams.app]", "[teams.app]\npeople = 1")
        )
    )
    assert told.study is not None
    assert told.study.money is not None
    assert list(told.study.money.items) == ["drafts", "reader"]
    assert told.study.money.items["drafts"].paying is not None


def test_an_item_without_tables_is_told_which(scene: Scene) -> None:
    bare = priced(scene_of(MONEY + "[product.bare]\n"))
    assert "write [product.bare.cost] or [product.bare.roi]" in looking(bare, "bare")


def test_a_filter_leaves_what_passes(scene: Scene) -> None:
    drawn = text(showing(scene, frozenset({"rules"})))
    assert "Keyword rules" in drawn
    assert "Draft replies" not in drawn
    assert "nothing passes the filter" in text(showing(scene, frozenset()))


def test_currencies_of_any_kind_are_told() -> None:
    for code, sign in (("CHF", "CHF 8k"), ("USD", "$8k"), ("[red]\\u001b", "[red]␛ 8k")):
        drawn = text(replace(priced(scene_of(MONEY.replace('"EUR"', f'"{code}"'))), width=160))
        assert sign in drawn


def test_two_hundred_items_with_all_tables() -> None:
    there = replace(priced(scene_of(money_text(200)), most=1), width=80)
    picture = money(replace(there, selected="item-0"))
    assert len(picture.rows) == 200
    lines = [text_of(line) for line in picture.lines]
    assert max(map(cells, lines)) <= 80
    assert {"item-0", "item-199"} <= set(picture.lines.places)
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
            "they disagree",
            "train-our-own",
            "Changed of the item",
        ):
            assert any(words in line for line in shown), words


async def test_each_way_is_run_when_its_item_is_looked_at(path: Path) -> None:
    async with opened(path, (100, 60)) as drive:
        await drive.press("6")
        await drive.studied()
        assert drive.session.study.sides == {}
        await drive.press("end")
        await drive.studied()
        assert set(drive.session.study.sides) == {"m"}
        assert "as planned" in drive.drawn()
        await drive.press("home")
        await drive.studied()
        assert set(drive.session.study.sides) == {"m"}


def asked(text: str) -> tuple[Study, Forecast, Question]:
    document = document_of(text)
    assert document.plan is not None
    return Study(document), calculate(resolve(document.plan), 4_000), Question("money", "m-1")


def test_money_of_many_items_is_told_on_few_futures_first() -> None:
    """First the items that may be in sight, then the others, and last all on the futures of the forecast."""
    known, forecast, question = asked(
        "".join(f"[product.p-{at}]\ncost.per_prediction = 1\n" for at in range(40))
    )
    question = replace(question, target="p-20", lines=3)
    assert known.document.plan is not None
    plan = known.document.plan
    scene = Scene(Net(plan, frozenset(plan.items)), forecast, None, 100)

    def shown(study: Study) -> str:
        return "\n".join(map(text_of, money(replace(scene, study=study)).lines))

    first = previewed(known, forecast, question, go_on)
    assert first.money is not None
    assert set(first.money.items) == {f"p-{at}" for at in range(17, 23)}
    assert "preview on 500 futures" in shown(first)
    assert sum("  …" in line for line in shown(first).splitlines()) == 34
    then = previewed(first, forecast, question, go_on)
    assert then.money is not None
    assert len(then.money.items) == 40
    assert "preview on 500 futures" in shown(then)
    assert "  …" not in shown(then)
    assert previewed(then, forecast, question, go_on) is then
    whole = studied(then, forecast, question, go_on)
    assert whole.previews == 0
    assert "preview" not in shown(whole)
    assert previewed(whole, forecast, question, go_on) is whole


def test_money_of_another_item_is_told_before_the_rest() -> None:
    known, forecast, question = asked(
        "".join(f"[product.p-{at}]\ncost.per_prediction = 1\n" for at in range(40))
    )
    first = previewed(known, forecast, replace(question, target="p-20", lines=3), go_on)
    then = previewed(first, forecast, replace(question, target="p-3", lines=2), go_on)
    assert then.money is not None
    assert set(then.money.items) == {f"p-{at}" for at in (*range(1, 5), *range(17, 23))}


def test_money_of_few_items_is_told_at_once() -> None:
    known, forecast, question = asked("[product.p]\ncost.per_prediction = 1\n")
    assert previewed(known, forecast, question, go_on) is known


def test_money_does_not_wait_for_the_ways_to_have_a_model() -> None:
    known, forecast, question = asked("[model.m-1.options]\napi.chance = 0.9\nown.chance = 0.2\n")
    first = studied(known, forecast, question, go_on)
    assert first.money is not None
    assert first.sides == {}
    then = with_sides(first, forecast, question, go_on)
    assert set(then.sides) == {"m-1"}
    assert with_sides(then, forecast, question, go_on) is then
    assert with_sides(first, forecast, replace(question, view="board"), go_on) is first
