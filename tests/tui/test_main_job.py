"""The main job by keys: look, change a number, see the effect, undo, save."""

import subprocess
from pathlib import Path

import pytest

from roadmap_tui.tui.forms.field_values import value_at
from roadmap_tui.tui.state import Session
from tests.tui.driver import Drive, opened
from tests.tui.plans import SHIPPED


def git(folder: Path, *words: str) -> str:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "core.autocrlf=false")
    return subprocess.run(
        ["git", *identity, *words], cwd=folder, check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture(params=SHIPPED, ids=lambda path: path.stem)
def roadmap(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    assert isinstance(request.param, Path)
    path.write_bytes(request.param.read_bytes())
    return path


def with_a_range(session: Session) -> tuple[str, list[float]]:
    """A planned, ranked feature that is next or now, and its effort, a range on one line."""
    assert session.forecast is not None
    for row in session.forecast.ranking:
        effort = value_at(session.document.data, ("product", row.id, "effort"))
        if (
            isinstance(effort, list)
            and session.forecast.items[row.id].status == "planned"
            and row.weighted
        ):
            return row.id, [float(each) for each in effort]
    raise AssertionError("no such feature")


async def three_screens(drive: Drive, title: str) -> dict[str, str]:
    drawn = {}
    for key in "123":
        await drive.press(key)
        await drive.until(
            lambda: f"▌{title}"[:12] in drive.drawn() or "▌" in drive.drawn(), "a selected item"
        )
        await drive.studied()
        assert title[:10] in drive.drawn()
        drawn[key] = drive.drawn()
    return drawn


async def test_look_change_undo_and_save(roadmap: Path) -> None:
    original = roadmap.read_bytes()
    git(roadmap.parent, "init", "-q")
    git(roadmap.parent, "add", ".")
    git(roadmap.parent, "commit", "-qm", "before")
    async with opened(roadmap, (120, 40)) as drive:
        session = drive.session
        name, effort = with_a_range(session)
        before = drive.forecast
        title = before.items[name].title
        await drive.press("2")
        await drive.select(name)
        shown = await three_screens(drive, title)
        assert len(set(shown.values())) == 3
        assert session.selected == name

        await drive.press("e")
        await drive.until(lambda: not drive.at_work, "the form")
        await drive.write(" ".join(f"{4 * each:g}" for each in effort), "effort")
        await drive.press("enter")
        await drive.until(lambda: drive.at_work, "the form to close")
        await drive.settled()
        after = drive.forecast
        assert value_at(session.document.data, ("product", name, "effort")) == [
            4 * each for each in effort
        ]
        assert session.selected == name
        rows = [row for each in (before, after) if (row := each.rank_row(name))]
        assert rows[1].effort == pytest.approx(4 * rows[0].effort)
        assert rows[0].weighted is not None
        assert rows[1].weighted is not None
        assert rows[1].weighted.score < rows[0].weighted.score
        assert after.items[name].ships < before.items[name].ships
        changed = await three_screens(drive, title)
        assert changed["2"] != shown["2"]
        assert changed["3"] != shown["3"]

        await drive.press("u")
        await drive.settled()
        assert session.document.raw == original
        assert drive.forecast == before
        assert session.is_saved
        assert await three_screens(drive, title) == shown

        await drive.press("ctrl+y")
        await drive.settled()
        assert drive.forecast == after
        assert await three_screens(drive, title) == changed
        assert roadmap.read_bytes() == original

        assert session.document.raw != original
        await drive.press("ctrl+s")
        await drive.until(lambda: session.is_saved, "saving")
        assert roadmap.read_bytes() == session.document.raw
    assert git(roadmap.parent, "diff", "--numstat").split() == ["1", "1", roadmap.name]


async def test_every_open_item_can_be_reached_on_the_board(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(SHIPPED[0].read_bytes())
    async with opened(path) as drive:
        wanted = {item.id for item in drive.forecast.items.values() if item.bucket}
        reached: set[str | None] = set()
        await drive.press("home")
        for _ in range(len(drive.forecast.items)):
            await drive.press("left", "left")
            reached.add(drive.session.selected)
            for _ in range(2):
                await drive.press("right")
                reached.add(drive.session.selected)
            if wanted <= reached:
                return
            await drive.press("down")
        assert wanted <= reached
