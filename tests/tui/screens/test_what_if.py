"""What-ifs stay separate until they are kept; explanations name the lines of their inputs."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from roadmap_tui.cli.main import reply_to
from roadmap_tui.document.edits import RemoveItem, SetValue
from roadmap_tui.forecast.simulation.simulator import work_order
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.text.numbers import format_chance
from roadmap_tui.tui.dialogs.confirm import ConfirmDialog
from roadmap_tui.tui.dialogs.explain import ExplainDialog
from roadmap_tui.tui.dialogs.form import ItemForm
from roadmap_tui.tui.dialogs.prompt import NameDialog
from roadmap_tui.tui.dialogs.select import SelectDialog
from tests.tui.driver import Drive, rendered
from tests.tui.plans import SMALL
from tests.tui.screens.test_item_actions import dialog, done, plan

SCENARIO = SMALL + "\n[scenario.more-ml.teams.ml]\npeople = 2\n"


async def attempt(drive: Drive, words: str) -> None:
    """Begin a what-if by words that stand in the list of what can be tried."""
    await dialog(drive, "w")
    assert isinstance(drive.app.screen, SelectDialog)
    await drive.type(words)
    await done(drive, "enter")
    assert drive.session.what_if is not None


async def end(drive: Drive, key: str) -> None:
    await dialog(drive, "w")
    assert isinstance(drive.app.screen, ConfirmDialog)
    await done(drive, key)


@pytest.mark.parametrize("words", ["fails", "is confirmed", "is dropped"])
async def test_a_discarded_what_if_leaves_the_plan_as_it_was(tmp_path: Path, words: str) -> None:
    async with plan(tmp_path, select="reader") as drive:
        before = drive.forecast
        await attempt(drive, words)
        item = drive.forecast.items["reader"]
        assert item.ships == pytest.approx({"fails": 0, "is dropped": 0}.get(words, item.ships))
        assert drive.forecast.items["reader"].ships != before.items["reader"].ships
        kept = [name for name in before.build_order if name in drive.forecast.build_order]
        assert list(drive.forecast.build_order) == kept
        assert "WHAT IF" in drive.drawn("trial")
        assert "→" in drive.line_of("Draft replies")
        await drive.until(lambda: "value by" in drive.drawn("trial"), "what it does to the value")
        await drive.until(
            lambda: bool(re.search(r"person-weeks [\d.]+→[\d.]+", drive.drawn("trial"))),
            "what it takes",
        )
        await end(drive, "d")
        assert drive.session.document.raw == SMALL.encode()
        assert drive.session.undo_label is None
        assert drive.forecast.items == before.items
        assert not drive.workspace.query_one("#trial").display


async def test_confirmed_bet_ships_despite_open_spikes(
    tmp_path: Path,
) -> None:
    text = (
        '[model.m]\neffort = 1\nchance = 0.5\n[spike.s]\ninforms = "m"\n[spike.t]\ninforms = "m"\n'
    )
    async with plan(tmp_path, text, select="m") as drive:
        assert drive.forecast.items["m"].dropped > 0
        await attempt(drive, "is confirmed")
        assert drive.forecast.items["m"].p_delivered == 1
        assert {each.verdict for each in drive.session.plan.spike.values()} == {"confirmed"}
        await end(drive, "d")
        assert drive.session.document.raw == text.encode()


async def test_a_kept_what_if_is_a_change_like_any_other(tmp_path: Path) -> None:
    async with plan(tmp_path, select="reader") as drive:
        await attempt(drive, "is confirmed")
        await end(drive, "k")
        assert drive.session.what_if is None
        assert drive.session.plan.model["reader"].chance == 1
        await drive.press("u")
        await drive.settled()
        assert drive.session.document.raw == SMALL.encode()


async def test_a_stored_what_if_is_a_scenario_with_only_what_differs(tmp_path: Path) -> None:
    async with plan(tmp_path, select="reader") as drive:
        await attempt(drive, "one more ml")
        assert drive.workspace.change("edited", (SetValue(("model", "reader", "chance"), 0.75),))
        await drive.settled()
        tried = drive.forecast
        await dialog(drive, "w")
        await drive.press("s")
        await drive.until(
            lambda: isinstance(drive.app.screen, NameDialog), "the question for a name"
        )
        box = drive.app.screen.query_one("Input")
        await drive.press("end", "ctrl+u")
        await drive.type("big")
        assert getattr(box, "value", "") == "big"
        await done(drive, "enter")
        data = tomllib.loads(drive.session.document.text)
        assert data.pop("scenario") == {
            "big": {"teams": {"ml": {"people": 2}}, "model": {"reader": {"chance": 0.75}}}
        }
        assert data == tomllib.loads(SMALL)
        assert drive.session.plan.model["reader"].chance == 0.5
        await drive.press("ctrl+s")
        await drive.until(lambda: drive.session.is_saved, "the file to be saved")
        path = tmp_path / "plan.toml"
        answer = json.loads(reply_to(["forecast", str(path), "--scenario", "big", "--json"]).out)
        for item in answer["items"]:
            assert item["ships"] == pytest.approx(tried.items[item["id"]].ships, rel=1e-3)
        await drive.press("u")
        await drive.settled()
        assert drive.session.document.raw == SMALL.encode()


async def test_a_scenario_of_the_file_can_be_tried(tmp_path: Path) -> None:
    async with plan(tmp_path, SCENARIO, select="reader") as drive:
        await attempt(drive, "scenario more")
        assert drive.session.plan.teams["ml"].people == 2
        await end(drive, "d")
        assert drive.session.document.raw == SCENARIO.encode()


async def test_what_was_taken_out_cannot_be_stored_and_is_kept_on_trial(tmp_path: Path) -> None:
    async with plan(tmp_path, select="fallback") as drive:
        await dialog(drive, "w")
        await done(drive, "enter")
        assert drive.workspace.change("removed", (RemoveItem("fallback", mentions=True),))
        await drive.settled()
        await dialog(drive, "w")
        await drive.press("s")
        await drive.until(
            lambda: isinstance(drive.app.screen, NameDialog), "the question for a name"
        )
        await done(drive, "enter")
        assert drive.session.what_if is not None
        assert any("taken out" in notice for notice in drive.notices)


async def test_a_what_if_is_not_saved_and_undone_only_to_its_beginning(tmp_path: Path) -> None:
    async with plan(tmp_path, select="reader") as drive:
        assert drive.workspace.change("edited", (SetValue(("model", "reader", "chance"), 0.4),))
        await drive.settled()
        changed = drive.session.document.raw
        await attempt(drive, "fails")
        await drive.press("ctrl+s")
        await drive.until(
            lambda: any("what-if" in notice for notice in drive.notices), "the refusal"
        )
        assert (tmp_path / "plan.toml").read_bytes() == SMALL.encode()
        await drive.press("u", "u", "u")
        await drive.settled()
        assert drive.session.document.raw == changed
        await end(drive, "d")
        assert drive.session.document.raw == changed
        await drive.press("u")
        assert drive.session.document.raw == SMALL.encode()


async def test_re_planning_gives_the_what_if_its_own_build_order(tmp_path: Path) -> None:
    async with plan(tmp_path, select="drafts") as drive:
        kept = drive.forecast.build_order
        await dialog(drive, "w")
        await done(drive, "enter")
        edits = (
            SetValue(("model", "fallback", "reach"), 900_000),
            SetValue(("model", "reader", "pin"), "later"),
        )
        assert drive.workspace.change("edited", edits)
        await drive.settled()
        assert drive.forecast.build_order == kept
        await drive.press("r")
        await drive.settled()
        own = work_order(resolve_plan(drive.session.plan)).build_order
        assert drive.forecast.build_order == own
        assert own != kept


@pytest.mark.parametrize(("screen", "first"), [("2", "score"), ("3", "finish"), ("1", "ships")])
async def test_why_names_the_lines_that_a_figure_is_made_from(
    tmp_path: Path, screen: str, first: str
) -> None:
    async with plan(tmp_path, select="reader") as drive:
        await drive.press(screen)
        await dialog(drive, "equals_sign")
        explain = drive.app.screen
        assert isinstance(explain, ExplainDialog)
        facts = explain.query_one(".facts")
        await drive.until(
            lambda: "what changes it most" in "\n".join(rendered(facts)),
            "what would change it",
        )
        lines = rendered(facts)
        assert first in lines[0]
        named = [
            found
            for line in lines
            if (found := re.fullmatch(r"\S.*?\s{2,}(\S.*?)\s+line (\d+)\s*", line))
        ]
        assert named
        for found in named:
            assert found[1] in SMALL.split("\n")[int(found[2]) - 1]
        await done(drive, "escape")


PRICED = (
    SMALL.replace("[teams.ml]\npeople = 1\n", "[teams.ml]\npeople = 1\nweek_cost = 4000\n")
    + "[model.reader.bars.recall]\nlaunch = 0.8\nmeasured = [{ on = 2026-11-01, hits = 178, of ="
    " 220 }]\n"
)


@pytest.mark.parametrize(
    ("screen", "first", "lines"),
    [
        ("6", "expected cost $", ["week_cost = 4000"]),
        ("5", "recall", ["launch = 0.8", "hits = 178"]),
    ],
)
async def test_why_on_the_screens_of_money_and_fitness(
    tmp_path: Path, screen: str, first: str, lines: list[str]
) -> None:
    async with plan(tmp_path, PRICED, select="reader") as drive:
        await drive.press(screen)
        if screen == "6":
            await drive.until(lambda: drive.session.insights.money is not None, "the money")
        await dialog(drive, "equals_sign")
        facts = drive.app.screen.query_one(".facts")
        await drive.until(
            lambda: "trying what" not in "\n".join(rendered(facts)), "what would change it"
        )
        shown = rendered(facts)
        assert shown[0].startswith(first)
        for line in lines:
            at = next(at for at, each in enumerate(PRICED.split("\n"), start=1) if line in each)
            assert any(re.search(rf"line {at}\s*$", each) for each in shown)
        if screen == "6":
            assert any("effort for" in each and "→ $" in each for each in shown)
        await done(drive, "escape")


async def test_the_next_guess_opens_the_form_at_its_field(tmp_path: Path) -> None:
    async with plan(
        tmp_path, SMALL.replace("chance = 0.5\n", "").replace("reach = 1500", "")
    ) as drive:
        await drive.until(lambda: drive.session.insights.assumptions is not None, "the guesses")
        guesses = drive.session.insights.assumptions
        assert guesses
        assert [guess.impact for guess in guesses] == sorted(
            (guess.impact for guess in guesses), reverse=True
        )
        await dialog(drive, "i")
        assert isinstance(drive.app.screen, ItemForm)
        await drive.until(
            lambda: drive.app.focused is drive.field(guesses[0].input.field),
            "the field of the guess",
        )


async def test_a_guess_that_is_kept_is_one_no_more(tmp_path: Path) -> None:
    text = (
        "[roadmap]\nas_of = 2026-11-23\n[product.a]\neffort = [1, 2, 9]  # theirs\nreach ="
        " 10\nconfidence = 0.5\n"
    )
    async with plan(tmp_path, f'{text}guesses = ["effort"]\n') as drive:
        await drive.until(lambda: drive.session.insights.assumptions is not None, "the guesses")
        await dialog(drive, "i")
        await drive.until(
            lambda: drive.app.focused is drive.field("effort"), "the field of the guess"
        )
        await drive.press("enter")
        await drive.until(
            lambda: "guesses" not in drive.session.document.text, "the guess to be stood for"
        )
        assert drive.session.document.text == text
        await drive.press("u")
        assert drive.session.document.text == f'{text}guesses = ["effort"]\n'


async def test_without_guesses_there_is_nothing_to_type(tmp_path: Path) -> None:
    text = (
        "[roadmap]\nas_of = 2026-11-23\n[product.a]\neffort = [1, 2, 4]\nreach = 10\nconfidence ="
        " 0.5\n"
    )
    async with plan(tmp_path, text) as drive:
        await drive.until(lambda: drive.session.insights.assumptions is not None, "the guesses")
        await drive.press("i")
        assert drive.at_work
        assert any("No assumption moves" in notice for notice in drive.notices)


WHOLE = PRICED + "".join(
    f'[model.old{at}]\nstatus = "live"\nteam = "ml"\nchance = 0.5\neffort = [2, 4, 8]\nspent ='
    f" {spent}\n"
    for at, spent in enumerate((3, 5, 11))
)


@pytest.mark.parametrize(
    ("screen", "figure", "lines"),
    [
        ("2", "move", ["the queue is planned"]),
        ("3", "load of Ml", ["people = 1"]),
        ("6", "Total cost", ["week_cost = 4000"]),
        ("7", "estimates: Of 3 finished items 2 ended inside", ["spent = 3", "spent = 11"]),
        ("7", "a person-week brings", ["people = 1"]),
        ("1", "the plan delivers a value of", []),
    ],
)
async def test_why_explains_the_figures_of_the_plan(
    tmp_path: Path, screen: str, figure: str, lines: list[str]
) -> None:
    async with plan(tmp_path, WHOLE, select="reader") as drive:
        await drive.press(screen)
        study = {"2": "moves", "3": "utilisation", "6": "money", "7": "ledger", "1": "assumptions"}[
            screen
        ]
        await drive.until(lambda: getattr(drive.session.insights, study) is not None, study)
        await dialog(drive, "equals_sign")
        await drive.press("p")
        shown = rendered(drive.app.screen.query_one(".facts"))
        assert shown[0].strip() == "THE WHOLE PLAN"
        text = " ".join("\n".join(shown).split())
        assert figure in text
        for line in lines:
            places = [at for at, each in enumerate(WHOLE.split("\n"), start=1) if each == line] or [
                0
            ]
            assert not places[0] or any(
                re.search(rf"line ({'|'.join(map(str, places))})\s*$", each) for each in shown
            )
            assert places[0] or line in text
        await drive.press("p")
        assert rendered(drive.app.screen.query_one(".facts"))[0].strip() != "THE WHOLE PLAN"
        await done(drive, "escape")


async def test_why_explains_value_column_and_top_ranks(
    tmp_path: Path,
) -> None:
    async with plan(tmp_path, select="reader") as drive:
        await dialog(drive, "equals_sign")
        text = " ".join("\n".join(rendered(drive.app.screen.query_one(".facts"))).split())
        row = drive.forecast.rank_row("reader")
        assert row is not None
        assert f"{format_chance(row.top[3])} top 3" in text
        assert "if it delivers what the plan would lose without it" in text
        assert "Draft replies waits for it, value" in text
        assert "now_weeks 6 the default" in text
        await done(drive, "escape")


async def test_without_an_item_why_explains_the_plan(tmp_path: Path) -> None:
    async with plan(tmp_path, '[roadmap]\ntitle = "Nothing"\n') as drive:
        await dialog(drive, "equals_sign")
        assert "THE WHOLE PLAN" in "\n".join(rendered(drive.app.screen.query_one(".facts")))
        await drive.press("p")
        await done(drive, "escape")
