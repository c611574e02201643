"""The weekly review and the commit after it, driven by keys."""

import datetime as dt
import os
import subprocess
from pathlib import Path

import pytest
from textual.widgets import TextArea

from roadmap_tui.narrative.review import ReviewOutcome, review_summary, review_visits
from roadmap_tui.tui.dialogs.commit import CommitDialog
from roadmap_tui.tui.dialogs.prompt import AnswerDialog
from roadmap_tui.tui.dialogs.review import ReviewDialog
from tests.tui.driver import Drive, opened, texts_on
from tests.tui.plans import SMALL, scene_of

TEXT = SMALL.replace(
    "timebox = 2\n",
    'timebox = 2\nstatus = "active"\nstarted = 2026-11-12\n',
).replace(
    "chance = 0.9\n",
    'chance = 0.9\nstatus = "live"\nfinished = 2026-05-01\n',
)
TODAY = dt.date(2026, 11, 23)


def test_it_walks_active_bets_spikes_that_end_and_live_models() -> None:
    scene = scene_of(TEXT)
    walk = review_visits(scene.plan, scene.forecast, scene.readiness, None)
    assert [(each.id, each.reasons[0]) for each in walk] == [
        ("macros", "active"),
        ("ground", "answer due Thu"),
        ("fallback", "live"),
    ]
    late = scene_of(TEXT.replace("2026-11-12", "2026-11-02"))
    assert ("ground", ("answer overdue",)) in [
        (each.id, each.reasons)
        for each in review_visits(late.plan, late.forecast, late.readiness, None)
    ]
    far = scene_of(TEXT.replace("timebox = 2", "timebox = 9"))
    assert "ground" not in [
        each.id for each in review_visits(far.plan, far.forecast, far.readiness, None)
    ]


def test_summary_lists_changes_confirmations_and_skipped() -> None:
    scene = scene_of(TEXT)
    found = [
        ReviewOutcome("ground", action="Does it stay grounded? refuted"),
        ReviewOutcome("macros", is_confirmed=True),
        ReviewOutcome("reader"),
    ]
    assert review_summary(scene.plan, TODAY, found, None, scene.forecast).splitlines() == [
        "Small plan, reviewed 23 Nov 2026: 2 of 3 looked at.",
        "- Does it stay grounded? refuted",
        "Still right: Macro rules.",
        "Not looked at: Reply model.",
    ]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan in a repository."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    made = tmp_path / "plan.toml"
    made.write_text(TEXT, encoding="utf-8")
    for words in (
        ["init", "-q", "-b", "main"],
        ["config", "user.name", "A"],
        ["config", "user.email", "a@b.c"],
        ["add", "-A"],
        ["commit", "-qm", "a"],
    ):
        git(made, *words)
    return made


def git(path: Path, *words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=path.parent, capture_output=True, check=True
    ).stdout.decode()


async def review(drive: Drive) -> ReviewDialog:
    await drive.press("R")
    await drive.until(lambda: isinstance(drive.app.screen, ReviewDialog), "the review")
    assert isinstance(drive.app.screen, ReviewDialog)
    return drive.app.screen


def verdict(drive: Drive) -> str | None:
    return drive.session.plan.spike["ground"].verdict


async def test_a_review_answers_marks_and_is_written_down_each_step_undoable(path: Path) -> None:
    async with opened(path) as drive:
        dialog = await review(drive)
        assert "Review1of3:Macrorules" in texts_on(dialog)
        await drive.press("enter")
        assert drive.session.plan.items["macros"].reviewed == TODAY
        assert drive.session.is_current
        assert "Review2of3" in texts_on(dialog)
        await drive.press("v")
        await drive.until(lambda: isinstance(drive.app.screen, AnswerDialog), "the answer")
        await drive.press("enter")
        await drive.until(lambda: "Review3of3" in texts_on(dialog), "the next one")
        assert verdict(drive) == "confirmed"
        await drive.press("u")
        assert "Review2of3" in texts_on(dialog)
        assert verdict(drive) is None
        await drive.press("space", "space")
        assert "2of3" not in texts_on(dialog)
        assert "Stillright:Macrorules." in texts_on(dialog)
        await drive.press("enter")
        await drive.until(lambda: drive.at_work, "the review to end")
        assert drive.session.plan.roadmap.reviewed == TODAY
        assert "Still right: Macro rules." in drive.app.clipboard
        await drive.settled()
        await drive.press("u", "u")
        await drive.settled()
        assert drive.session.document.text == TEXT


async def test_leaving_a_review_writes_no_day_down(path: Path) -> None:
    async with opened(path) as drive:
        await review(drive)
        await drive.press("space", "escape")
        await drive.until(lambda: drive.at_work, "the review to end")
        assert drive.session.is_saved


async def test_a_commit_is_drafted_from_what_changed_and_saved_first(path: Path) -> None:
    async with opened(path) as drive:
        await drive.press("home", ">")
        await drive.settled()
        (path.parent / "other.txt").write_text("x", encoding="utf-8")
        git(path, "add", "other.txt")
        await drive.press("C")
        await drive.until(lambda: isinstance(drive.app.screen, CommitDialog), "the message")
        await drive.drained()
        area = drive.app.screen.query_one(TextArea)
        assert area.text.startswith('Macros: pin set to "next"')
        area.insert("!", (0, 0))
        await drive.press("ctrl+s")
        await drive.until(lambda: any("Committed" in each for each in drive.notices), "the commit")
        assert git(path, "log", "-1", "--format=%s").startswith('!Macros: pin set to "next"')
        assert git(path, "show", "HEAD:plan.toml") == path.read_text(encoding="utf-8") != TEXT
        assert git(path, "diff", "--cached", "--name-only").split() == ["other.txt"]
        await drive.press("C")
        await drive.until(
            lambda: any("Nothing to commit" in each for each in drive.notices), "a word about it"
        )


async def test_outside_of_a_repository_the_reason_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(SMALL, encoding="utf-8")
    async with opened(path) as drive:
        await drive.press("C")
        await drive.until(
            lambda: any("git init" in each for each in drive.notices), "a word about it"
        )
