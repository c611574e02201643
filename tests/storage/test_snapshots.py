"""Snapshots of a roadmap from the last days of use."""

import datetime as dt
import os
from pathlib import Path

import pytest

from roadmap_tui.storage.snapshots import last_snapshot, save_snapshot

MON = dt.date(2026, 11, 23)


def day(ahead: int) -> dt.date:
    return MON + dt.timedelta(days=ahead)


def test_the_last_look_is_that_of_the_last_day_before_today(tmp_path: Path) -> None:
    path = str(tmp_path / "plan.toml")
    assert last_snapshot(path, MON) is None
    save_snapshot(path, b"one", MON)
    assert last_snapshot(path, MON) is None
    save_snapshot(path, b"two", day(1))
    save_snapshot(path, b"three", day(1))
    found = last_snapshot(path, day(1))
    assert found is not None
    assert (found.day, found.raw) == (MON, b"one")
    later = last_snapshot(path, day(9))
    assert later is not None
    assert (later.day, later.raw) == (day(1), b"three")


def test_no_more_than_two_days_are_kept_and_only_for_their_owner(tmp_path: Path) -> None:
    path = str(tmp_path / "plan.toml")
    for ahead in range(5):
        save_snapshot(path, b"x" * (ahead + 1), day(ahead))
    state = Path(os.environ["XDG_STATE_HOME"])
    looks = [each for each in state.rglob("*.look") if each.read_bytes().startswith(b"x")]
    assert sorted(len(each.read_bytes()) for each in looks) == [4, 5]
    assert {each.stat().st_mode & 0o077 for each in looks} == {0}


def test_other_files_are_others_and_a_link_is_what_it_leads_to(tmp_path: Path) -> None:
    path, other, link = (tmp_path / name for name in ("plan.toml", "other.toml", "link.toml"))
    path.touch()
    link.symlink_to(path)
    save_snapshot(str(link), b"mine", MON)
    assert last_snapshot(str(other), day(1)) is None
    found = last_snapshot(str(path), day(1))
    assert found is not None
    assert found.raw == b"mine"


def test_what_cannot_be_kept_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "state"
    blocked.write_text("a file", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    save_snapshot(str(tmp_path / "plan.toml"), b"x", MON)
    assert last_snapshot(str(tmp_path / "plan.toml"), day(1)) is None
