"""Parts of a form: folded sections, requested fields, word completion and range curves."""

import math
import tomllib
from itertools import pairwise
from pathlib import Path
from statistics import NormalDist, median

import pytest
from textual.widgets import Input

from roadmap_tui.plan.policy import Policy
from roadmap_tui.tui.dialogs.form import ItemForm
from roadmap_tui.tui.dialogs.prompt import NameDialog
from roadmap_tui.tui.dialogs.select import SelectDialog
from roadmap_tui.tui.forms.density import CELLS, range_sparkline
from roadmap_tui.tui.forms.suggestions import WordSuggester
from roadmap_tui.tui.widgets.form_rows import FieldRow, FoldLine, FormHelp, LinkLine
from tests.tui.driver import Drive, opened, rendered

PLAN = """[roadmap]
as_of = 2026-11-23
reviewed = 2026-01-05  # long ago

[teams.app]
people = 2

[teams.apple]
people = 1

[product.chat]
effort = [2, 4, 8]
reach = 900
team = "app"
tags = ["support", "speech"]
needs = ["reader"]
status = "active"

[model.reader]
effort = 3
stage = "evaluate"
status = "active"
failures.slang = { severity = "low" }

[model.reader.bars.recall]
launch = 0.8
measured = [ { on = 2026-11-01, dataset = "g", hits = 90, of = 100 } ]

[model.reranker]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "plan.toml"
    made.write_text(PLAN, encoding="utf-8")
    return made


async def form(drive: Drive, name: str) -> None:
    await drive.until(lambda: drive.session.check_results is not None, "the checks")
    await drive.press("3")
    await drive.select(name)
    await drive.press("e")
    await drive.until(lambda: isinstance(drive.app.screen, ItemForm), "the form")
    await drive.drained()


def row(drive: Drive, name: str) -> FieldRow:
    return next(each for each in drive.form.query(FieldRow) if each.field.path == (name,))


def fault(drive: Drive, name: str) -> str:
    label = row(drive, name).query_one(".fault")
    return " ".join(rendered(label)) if label.display else ""


def fold(drive: Drive, title: str) -> FoldLine:
    found = {"".join(rendered(each)): each for each in drive.form.query(FoldLine)}
    heading = next((words for words in found if title in words), None)
    assert heading is not None, f"{title} among {list(found)}"
    return found[heading]


async def unfold(drive: Drive, title: str) -> None:
    fold(drive, title).focus()
    await drive.press("enter")


async def leave(drive: Drive) -> None:
    await drive.press("ctrl+s")
    await drive.until(lambda: drive.at_work, "the form to close")


def chat(drive: Drive) -> dict[str, object]:
    data: dict[str, dict[str, dict[str, object]]] = tomllib.loads(drive.session.document.text)
    return data["product"]["chat"]


async def test_every_other_field_is_folded_and_is_kept_with_the_rest_in_one_step(
    path: Path,
) -> None:
    async with opened(path) as drive:
        await form(drive, "chat")
        assert "2 of" in "".join(rendered(fold(drive, "More")))
        await unfold(drive, "More")
        assert row(drive, "tags").text == "support, speech"
        await drive.fill("support, fast", row(drive, "tags").input)
        await drive.fill("2027-02-30", row(drive, "not_before").input)
        await drive.until(lambda: "date" in fault(drive, "not_before"), "the fault")
        await drive.fill("2027-02-28", row(drive, "not_before").input)
        await drive.fill("Talk to it", drive.field("title"))
        await leave(drive)
        kept = chat(drive)
        assert (kept["tags"], str(kept["not_before"]), kept["title"]) == (
            ["support", "fast"],
            "2027-02-28",
            "Talk to it",
        )
        await drive.press("u")
        assert drive.session.document.text == PLAN


async def test_what_is_asked_is_counted_and_leads_to_its_table(path: Path) -> None:
    text = PLAN.replace("effort = 3", 'effort = 3\nteam = "app"')
    path.write_text(text, encoding="utf-8")
    async with opened(path, (120, 40)) as drive:
        await form(drive, "reader")
        assert "failures 1 of 3" in "".join(rendered(fold(drive, "failures")))
        await unfold(drive, "failures")
        way = next(each for each in drive.form.query(LinkLine) if each.path == ("failures",))
        way.focus()
        await drive.press("enter")
        await drive.type("irony")
        await drive.press("enter")
        await drive.until(lambda: isinstance(drive.app.screen, ItemForm), "the table")
        await drive.drained()
        await drive.fill("people mean the opposite", row(drive, "example").input)
        await drive.press("ctrl+s")
        await drive.until(lambda: bool(drive.form.query(FoldLine)), "the form of the item")
        await drive.fill("2 4", drive.field("effort"))
        await leave(drive)
        reader = tomllib.loads(drive.session.document.text)["model"]["reader"]
        assert reader["failures"]["irony"] == {"example": "people mean the opposite"}
        assert reader["effort"] == [2, 4]
        await drive.press("u")
        assert drive.session.document.text == text


async def test_tab_takes_the_word_that_is_offered_and_leaves_complete_ones_alone(
    path: Path,
) -> None:
    async with opened(path) as drive:
        await form(drive, "chat")
        await drive.fill("reader, rer", drive.field("needs"))
        await drive.press("tab")
        assert drive.field("needs").value == "reader, reranker"
        assert drive.field("needs").has_focus
        await drive.press("tab")
        assert drive.field("fallback").has_focus
        drive.field("team").focus()
        await drive.press("end", "tab")
        assert drive.field("team").value == "app"
        assert drive.field("owner").has_focus


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", None),
        ("a", "ab"),
        ("ab", None),
        ("x, a", "x, ab"),
        ("x | a", "x | ab"),
        ("x,a", "x,ab"),
        ("q", None),
    ],
)
async def test_the_last_word_is_completed(typed: str, offered: str | None) -> None:
    assert await WordSuggester(("abc", "ab"), many=True).get_suggestion(typed) == (
        offered if offered is None else offered.replace("ab", "abc")
    )


async def test_a_range_is_drawn_beside_it_while_it_is_typed(path: Path) -> None:
    async with opened(path) as drive:
        await form(drive, "chat")
        assert len(drawn(drive)) == CELLS
        await drive.fill("3", drive.field("effort"))
        assert not drawn(drive)
        await drive.fill("3 2", drive.field("effort"))
        assert not drawn(drive)
        await drive.fill("m", drive.field("effort"))
        assert len(drawn(drive)) == CELLS
        assert "person-weeks" in "\n".join(rendered(drive.form.query_one(FormHelp)))


def drawn(drive: Drive) -> str:
    label = row(drive, "effort").query_one(".density")
    return "".join(rendered(label)).strip() if label.display else ""


@pytest.mark.parametrize("ends", [(2.0, 8.0), (900.0, 1000.0), (0.1, 30.0)])
def test_the_picture_of_a_range_has_the_shape_of_the_lognormal_that_it_is(
    ends: tuple[float, float],
) -> None:
    """A range without a likely value is lognormal through P10 and P90."""
    low, high = ends
    logs = NormalDist(
        math.log(low * high) / 2, math.log(high / low) / 2 / NormalDist().inv_cdf(0.9)
    )
    start, stop = max(0.0, low - (high - low) / 2), high + (high - low) / 2
    edges = [start + (stop - start) * at / CELLS for at in range(CELLS + 1)]
    shares = [
        logs.cdf(math.log(right)) - (logs.cdf(math.log(left)) if left else 0)
        for left, right in pairwise(edges)
    ]
    heights = ["▁▂▃▄▅▆▇█".index(step) for step in range_sparkline([low, high], Policy())]
    assert heights == pytest.approx([7 * share / max(shares) for share in shares], abs=0.5)
    assert median(heights) < 7


@pytest.mark.parametrize("value", [3, None, "words", [3, 2], [1, 2, 3, 4], ["a", "b"], [0, 1], []])
def test_nothing_is_drawn_of_what_is_no_range(value: object) -> None:
    assert range_sparkline(value, Policy()) == ""


async def test_settings_teams_and_policy_have_forms(path: Path) -> None:
    async with opened(path) as drive:
        for part, field, typed, line in (
            ("roadmap", "horizon", "26", "horizon = 26"),
            ("teams.app", "people", "5", "people = 5"),
            ("policy", "trust_alarm", "30%", "trust_alarm = 0.3"),
        ):
            await drive.press("E")
            await drive.until(lambda: isinstance(drive.app.screen, SelectDialog), "the parts")
            await drive.drained()
            drive.app.screen.query_one(Input).value = part
            await drive.drained()
            await drive.press("enter")
            await drive.until(lambda: isinstance(drive.app.screen, ItemForm), "the form")
            await drive.drained()
            await drive.fill(typed, row(drive, field).input)
            await leave(drive)
            assert line in drive.session.document.text
            await drive.press("u")
            assert drive.session.document.text == PLAN


async def test_a_single_market_gets_a_name_and_another_one_beside_it(path: Path) -> None:
    market = "\n[market] # all\naccounts = 9 # counted\n"
    path.write_text(PLAN + market, encoding="utf-8")
    async with opened(path) as drive:
        for part, name in (("Several markets", "clinics"), ("Add a market", "large")):
            await drive.press("E")
            await drive.until(lambda: isinstance(drive.app.screen, SelectDialog), "the parts")
            await drive.drained()
            drive.app.screen.query_one(Input).value = part
            await drive.drained()
            await drive.press("enter")
            await drive.until(lambda: isinstance(drive.app.screen, NameDialog), "the name")
            await drive.drained()
            drive.app.screen.query_one(Input).value = name
            await drive.press("enter")
            await drive.drained()
        named = market.replace("[market]", "[market.clinics]")
        assert drive.session.document.text == PLAN + named
        await drive.until(lambda: isinstance(drive.app.screen, ItemForm), "the form")
        await drive.fill("40", row(drive, "accounts").input)
        await leave(drive)
        assert "[market.large]\naccounts = 40\n" in drive.session.document.text


async def test_a_finding_about_the_plan_opens_its_field(path: Path) -> None:
    async with opened(path) as drive:
        await drive.press("8")
        await drive.until(lambda: drive.session.check_results is not None, "the checks")
        await drive.press("home")
        for _ in range(40):
            if "GV03" in (drive.session.selected_finding or ""):
                break
            await drive.press("down")
        await drive.press("enter")
        await drive.until(lambda: isinstance(drive.app.screen, ItemForm), "the form")
        await drive.drained()
        assert row(drive, "reviewed").input.has_focus
        assert row(drive, "reviewed").text == "2026-01-05"


async def test_down_goes_to_the_next_field_where_the_form_scrolls(path: Path) -> None:
    async with opened(path, (80, 24)) as drive:
        await form(drive, "chat")
        await unfold(drive, "More")
        drive.field("owner").focus()
        await drive.press("up")
        assert drive.field("team").has_focus
        await drive.press("down")
        assert drive.field("owner").has_focus
