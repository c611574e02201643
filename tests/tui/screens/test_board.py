"""The board: its news, its cards, moving them with the mouse, opening them in their place."""

import datetime as dt
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events

from roadmap_tui.storage.snapshots import save_snapshot
from roadmap_tui.tui.dialogs.item import ItemDialog
from roadmap_tui.tui.forms.field_values import value_at
from roadmap_tui.tui.screens.board import render_board
from roadmap_tui.tui.views.lines import line_text
from roadmap_tui.tui.widgets.detail_pane import DetailPane
from roadmap_tui.tui.widgets.drag_canvas import DragCanvas
from tests.tui.driver import Drive, opened
from tests.tui.plans import SMALL, scene_of


def drawn(text: str, width: int = 100) -> list[str]:
    return [
        line_text(line).rstrip()
        for line in render_board(replace(scene_of(text), width=width)).lines
    ]


def card(text: str, title: str) -> list[str]:
    """The lines of a card that stands alone in its row."""
    lines = drawn(text, 160)
    at = next(nth for nth, line in enumerate(lines) if title in line)
    return [line.strip(" ▎│") for line in lines[at : at + 3]]


ONE = '[roadmap]\nas_of = 2026-11-23\nusers = 10\n[model.a]\ntitle = "Alone"\n'


def test_own_assumptions_are_counted() -> None:
    assert card(ONE, "Alone")[1].endswith("~4")  # effort, chance, team and staff
    estimated = f"{ONE}effort = 1\nchance = 1\n"
    assert card(estimated, "Alone")[1].endswith("~2")
    staffed = f'{estimated}staff = 1\nteam = "ml"\n[teams.ml]\npeople = 1\n'
    assert "~" not in card(staffed, "Alone")[1]


@pytest.mark.parametrize(
    ("pin", "more", "said"),
    [
        ("now", "", "pinned"),
        ("now", "not_before = 2027-03-01\n", "pinned; earliest Mar"),
        ("next", "not_before = 2027-06-01\n", "pinned; earliest Jun"),
        ("later", "not_before = 2027-06-01\n", "pinned"),
        ("later", "", "pinned; could start 23 Nov"),
        (
            "now",
            'needs = ["gone"]\n[model.gone]\nstatus = "failed"\neffort = 1\n',
            "pinned; never starts",
        ),
    ],
)
def test_pin_against_the_forecast_is_marked(pin: str, more: str, said: str) -> None:
    note = card(f'{ONE}effort = 1\nchance = 1\npin = "{pin}"\n{more}', "Alone")[2]
    assert note.split(" · ")[0] == said


def test_results_are_shown_with_their_savings() -> None:
    text = (
        '[roadmap]\nas_of = 2026-11-23\n[model.bet]\nstatus = "dropped"\neffort = 6\nchance ='
        ' 0.5\n[spike.s]\ntitle = "Good?"\ninforms = "bet"\nstatus = "done"\nverdict ='
        ' "refuted"\nlearned = "It mixes"\n'
    )
    line = next(line for line in drawn(text) if "RESULTS" in line)
    assert "Good?  No: It mixes · saved 6 person-weeks" in line
    kept = text.replace('status = "dropped"', 'status = "planned"')
    assert not any("saved" in line for line in drawn(kept))


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan in a repository in which the reply model became less likely since the review."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    made = tmp_path / "plan.toml"
    reviewed = SMALL.replace("users = 4000", "users = 4000\nreviewed = 2026-11-16")
    at = "2026-11-16T12:00:00+00:00"
    dated = {**os.environ, "GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
    made.write_text(reviewed.replace("chance = 0.5", "chance = 0.95"), encoding="utf-8")
    for words in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-qm", "a"],
    ):
        subprocess.run(["git", *words], cwd=tmp_path, env=dated, capture_output=True, check=True)
    made.write_text(reviewed, encoding="utf-8")
    return made


async def test_moves_since_the_review_are_on_board_and_card(
    path: Path,
) -> None:
    async with opened(path) as drive:
        assert drive.lines()[0].startswith(" Since 16 Nov: ")
        assert "Reply model ships " in drive.lines()[0]
        points = drive.session.since_review.points("reader") if drive.session.since_review else 0
        assert points < -20
        at = next(
            nth
            for nth, line in enumerate(drive.lines())
            if nth and "Reply model" in line and "needs" not in line
        )
        assert f"▼{-points}" in drive.lines()[at + 1]


async def test_without_git_it_is_what_moved_since_the_last_look(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(SMALL, encoding="utf-8")
    save_snapshot(
        str(path), SMALL.replace("chance = 0.5", "chance = 0.95").encode(), dt.date(2026, 1, 2)
    )
    async with opened(path) as drive:
        assert "Since 2 Jan: Reply model ships " in drive.lines()[0]


async def test_a_plan_that_has_not_changed_is_not_forecast_a_second_time(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(SMALL, encoding="utf-8")
    save_snapshot(str(path), SMALL.encode(), dt.date(2026, 1, 2))
    async with opened(path) as drive:
        since = drive.session.since_review
        assert since is not None
        assert since.before is drive.session.forecast


async def test_tracks_that_do_not_fit_have_scrollbars_of_their_own_and_follow_the_selection(
    tmp_path: Path,
) -> None:
    path = tmp_path / "plan.toml"
    more = "".join(f'[model.more{nth}]\ntitle = "More {nth}"\neffort = "S"\n' for nth in range(20))
    path.write_text(SMALL + more, encoding="utf-8")
    async with opened(path, (80, 24)) as drive:
        await drive.studied()
        canvas = drive.workspace.query_one(DragCanvas)
        assert not canvas.show_vertical_scrollbar
        assert any(line.endswith("█") for line in drive.lines())
        assert "Macro rules" in drive.drawn()
        await drive.press("end")
        await drive.until(lambda: "▌" in drive.drawn(), "the last one to be in sight")
        assert "Macro rules" in drive.drawn()
        top = drive.drawn()
        y = next(nth for nth, line in enumerate(drive.lines()) if "▌" in line)
        mouse(events.MouseScrollUp, canvas, 5, y)
        await drive.drained()
        assert drive.drawn() != top


def mouse(kind: type[events.MouseEvent], canvas: DragCanvas, x: int, y: int) -> None:
    canvas.post_message(kind(canvas, x, y, 0, 0, 1, False, False, False))


async def drag(drive: Drive, title: str, x: int) -> None:
    """Take hold of a card, and move the mouse to a cell of the same line."""
    canvas = drive.workspace.query_one(DragCanvas)
    y = next(nth for nth, line in enumerate(drive.lines()) if title in line and nth)
    mouse(events.MouseDown, canvas, drive.lines()[y].index(title), y)
    mouse(events.MouseMove, canvas, x, y)
    await drive.drained()


async def test_a_card_is_dragged_to_another_column_and_undone(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(SMALL, encoding="utf-8")
    async with opened(path) as drive:
        original = drive.session.document.raw
        await drag(drive, "Macro rules", 90)
        assert "LATER: drop it here" in drive.drawn()
        canvas = drive.workspace.query_one(DragCanvas)
        mouse(events.MouseUp, canvas, 90, 8)
        await drive.drained()
        await drive.settled()
        assert value_at(drive.session.document.data, ("product", "macros", "pin")) == "later"
        assert "drop it here" not in drive.drawn()
        await drive.press("u")
        await drive.settled()
        assert drive.session.document.raw == original


async def test_escape_lets_go_of_a_card(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(SMALL, encoding="utf-8")
    async with opened(path) as drive:
        await drag(drive, "Macro rules", 90)
        await drive.press("escape")
        mouse(events.MouseUp, drive.workspace.query_one(DragCanvas), 90, 8)
        await drive.drained()
        assert drive.session.is_saved
        assert "drop it here" not in drive.drawn()


async def test_a_narrow_screen_opens_a_card_in_a_dialog(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(SMALL, encoding="utf-8")
    async with opened(path) as drive:
        await drive.press("home", "right")
        assert drive.session.selected == "drafts"
        await drive.press("enter")
        assert isinstance(drive.app.screen, ItemDialog)
        await drive.press("escape")
        assert drive.at_work


async def test_a_wide_screen_has_the_details_beside_the_cards(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(SMALL, encoding="utf-8")
    async with opened(path, (120, 20)) as drive:
        await drive.press("home", "right")
        pane = drive.workspace.query_one(DetailPane)
        for name in ("drafts", "reader"):
            drive.session.selected = name
            drive.workspace.redraw()
            await drive.drained()
            assert drive.workspace.title_of(name) in drive.lines("pane")[0]
        await drive.press("enter")
        assert drive.app.focused is pane
        top = drive.lines("pane")[0]
        await drive.press("down", "down")
        assert drive.lines("pane")[0] != top
        assert drive.session.selected == "reader"
        await drive.press("escape", "home")
        assert drive.app.focused is not pane
        await drive.press("enter")
        await drive.pilot.resize_terminal(100, 30)
        await drive.until(lambda: not pane.display, "the pane to hide")
        assert drive.app.focused is not pane
