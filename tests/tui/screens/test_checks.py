"""The checks screen: findings, fixes and ignored checks."""

from itertools import chain
from pathlib import Path

import pytest

from roadmap_tui.diagrams.graph import DependencyGraph
from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.simulation.cancellation import no_checkpoint
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.text.sentences import as_sentence
from roadmap_tui.tui.dialogs.fix import FixDialog, IgnoreDialog
from roadmap_tui.tui.dialogs.form import ItemForm
from roadmap_tui.tui.screens.checks import render_checks
from roadmap_tui.tui.views.lines import line_text, line_width
from roadmap_tui.tui.views.view_model import ViewModel
from roadmap_tui.tui.workers.check_results import GROUPINGS, CheckResults, run_document_checks
from roadmap_tui.tui.workers.forecast import compute_forecast
from tests.tui.driver import Drive, opened
from tests.tui.plans import NASTY, SHIPPED

UNWATCHED = """\
# Why this plan has this order.
[roadmap]
title = "Unwatched"
as_of = 2026-11-23

[product.replies]
title = "Draft [/] replies"
status = "live"
needs = ["reader"]

[model.reader]
title = "Reply model"
status = "live"  # since spring

[model.lonely]
title = "A model no one waits for"
effort = 4
"""


def looked_through(text: str) -> tuple[ViewModel, CheckResults]:
    document = read_document(text.encode(), "plan.toml")
    assert document.plan is not None
    forecast = compute_forecast(resolve_plan(document.plan), 200)
    found = run_document_checks(document, forecast, None, no_checkpoint)
    net = DependencyGraph(document.plan, frozenset(document.plan.items))
    return ViewModel(net, forecast, None, 100, check_results=found), found


def drawn(scene: ViewModel) -> str:
    return "\n".join(line_text(line) for line in render_checks(scene).lines)


@pytest.mark.parametrize("cells", [40, 80, 100, 160])
@pytest.mark.parametrize("by", GROUPINGS)
def test_every_finding_appears_once_with_its_fix(by: str, cells: int) -> None:
    grouping = next(each for each in GROUPINGS if each == by)
    scene, found = looked_through(UNWATCHED)
    scene = ViewModel(
        scene.graph, scene.forecast, None, cells, check_results=found, grouping=grouping
    )
    picture = render_checks(scene)
    assert sorted(chain.from_iterable(picture.rows)) == sorted(found.by_key)
    assert {"LC01", "DT02"} <= {each.check for each in found.by_key.values()}
    text = " ".join(" ".join(line_text(line).split()) for line in picture.lines)
    for each in found.by_key.values():
        assert f"{each.severity} {each.check}" in text
        assert as_sentence(each.fix).split()[0] in text
    assert all(line_width(line) <= cells for line in picture.lines)


def test_before_it_is_known_and_where_nothing_is_wrong() -> None:
    scene, found = looked_through(
        '[teams.web]\npeople = 1\n[product.a]\nteam = "web"\neffort = [1, 2, 4]\nreach = 5\n'
    )
    assert not found.by_key
    assert "No known mistakes" in drawn(scene)
    assert "Checking the plan" in drawn(ViewModel(scene.graph, scene.forecast, None, 80))


def test_texts_of_the_file_are_shown_as_they_are() -> None:
    for title, seen in NASTY.items():
        quoted = title.replace("\\", "\\\\").replace("\x1b", "\\u001b").replace("\x9b", "\\u009b")
        quoted = quoted.replace("\n", "\\n").replace("\t", "\\t").replace("\u202e", "\\u202e")
        scene, _ = looked_through(f'[model.lonely]\ntitle = "{quoted}"\neffort = 4\n')
        assert seen[:12] in drawn(scene)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_roadmaps_are_looked_through(path: Path) -> None:
    scene, found = looked_through(path.read_text())
    assert drawn(scene).count("→") >= len(found.by_key)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_text(UNWATCHED)
    return path


async def at(drive: Drive, check: str) -> None:
    """Go to the screen of checks, and to a finding on it."""
    await drive.press("8")
    await drive.until(lambda: drive.session.check_results is not None, "the checks")
    await drive.press("home")
    for _ in range(len(drive.session.check_results.by_key) if drive.session.check_results else 0):
        if check in (drive.session.selected_finding or ""):
            break
        await drive.press("down")
    assert check in (drive.session.selected_finding or "")


async def test_enter_goes_to_the_field(plan: Path) -> None:
    async with opened(plan) as drive:
        await at(drive, "DT02")
        await drive.press("enter")
        assert isinstance(drive.app.screen, ItemForm)
        assert drive.session.selected == "lonely"


async def test_a_fix_is_shown_before_it_is_made_and_can_be_undone(plan: Path) -> None:
    async with opened(plan) as drive:
        await at(drive, "LC01")
        await drive.press("f")
        dialog = drive.app.screen
        assert isinstance(dialog, FixDialog)
        assert any(line.startswith("+") and "monitor" in line for line in dialog._lines)
        assert "-" not in [line[:1] for line in dialog._lines]
        await drive.press("escape")
        assert drive.session.document.text == UNWATCHED
        await drive.press("f", "enter")
        monitored = drive.session.document.text
        assert "# since spring" in monitored
        assert drive.session.plan.model["reader"].monitor is not None
        await drive.settled()
        await drive.until(
            lambda: drive.session.check_results is not None and not _has(drive, "LC01"),
            "the finding to go",
        )
        await drive.press("u")
        assert drive.session.document.text == UNWATCHED
        await drive.settled()
        await drive.until(lambda: _has(drive, "LC01"), "the finding to come back")


def _has(drive: Drive, check: str) -> bool:
    found = drive.session.check_results
    return found is not None and any(each.check == check for each in found.findings.found)


async def test_findings_that_need_a_decision_have_no_fix(plan: Path) -> None:
    async with opened(plan) as drive:
        await at(drive, "DT02")
        await drive.press("f")
        assert drive.at_work
        assert any("Only you know" in notice for notice in drive.notices)


async def test_a_check_is_silenced_with_a_reason(plan: Path) -> None:
    async with opened(plan) as drive:
        await at(drive, "DT02")
        await drive.press("z")
        assert isinstance(drive.app.screen, IgnoreDialog)
        await drive.press("enter")
        assert isinstance(drive.app.screen, IgnoreDialog)
        await drive.type("a bet on next year")
        await drive.press("enter")
        (silence,) = drive.session.plan.model["lonely"].ignore
        assert (silence.check, silence.why) == ("DT02", "a bet on next year")
        assert silence.until is not None
        await drive.settled()
        await drive.until(lambda: not _has(drive, "DT02"), "ignore")
        await drive.press("end")
        ignored = (
            drive.session.check_results.findings.ignored if drive.session.check_results else ()
        )
        assert [(each.check, each.item) for each in ignored] == [("DT02", "lonely")]


async def test_it_is_grouped_and_filtered(plan: Path) -> None:
    async with opened(plan) as drive:
        await at(drive, "DT02")
        for words in ("A model no one waits for", "DT02  A model item", "WARNING"):
            await drive.press("g")
            assert words in drive.drawn()
        await drive.press("1", "/")
        await drive.type("check:dt02")
        await drive.press("enter")
        assert "A model no one" in drive.drawn()
        assert "Reply model" not in drive.drawn()
