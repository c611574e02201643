"""The recovery journal has every edit, however the session ends."""

import errno
import gc
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.storage.journal import Journal, UnsavedSession, unsaved_sessions

BASE = "# kept é\n[product.a]\norder = 1\n"
TEXTS = st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=1, max_size=6)


@pytest.fixture
def plan(folder: Path) -> str:
    path = folder / "plan.toml"
    path.write_text(BASE, encoding="utf-8")
    return str(path)


def work(plan: str, *texts: str, base: str = BASE) -> Journal:
    journal = Journal(plan)
    journal.mark_saved(base)
    for number, after in enumerate(texts):
        journal.record(f"step {number}", after)
    return journal


def crash(journal: Journal) -> None:
    """End a session as a crash does: the system closes what it had open."""
    assert journal._lock is not None
    journal._lock.release()
    if journal._file is not None:
        os.close(journal._file)


def only(plan: str) -> UnsavedSession:
    (left,) = unsaved_sessions(plan)
    return left


def test_a_crash_leaves_every_step(plan: str) -> None:
    texts = (BASE.replace("1", "2"), BASE.replace("1", "3"), BASE + "\n# 日本 👩‍💻\r\n")
    crash(work(plan, *texts))
    left = only(plan)
    assert left.base == BASE
    assert [(each.action, each.text) for each in left.entries] == [
        (f"step {n}", text) for n, text in enumerate(texts)
    ]
    left.discard()
    assert not unsaved_sessions(plan)


@given(st.text(st.characters(codec="utf-8"), max_size=30), TEXTS)
def test_any_texts_come_back(base: str, texts: list[str]) -> None:
    plan = f"/nowhere/{os.urandom(8).hex()}.toml"
    crash(work(plan, *texts, base=base))
    found = unsaved_sessions(plan)
    assert bool(found) == (texts[-1] != base)
    for left in found:
        assert left.base == base
        assert left.entries[-1].text == texts[-1]
        left.discard()


def test_a_living_session_leaves_nothing_and_is_counted(plan: str) -> None:
    first = work(plan, BASE + "x")
    assert first.other_sessions() == 0
    second = Journal(plan)
    assert (first.other_sessions(), second.other_sessions()) == (1, 1)
    assert not unsaved_sessions(plan)
    second.close()
    assert first.other_sessions() == 0
    other = Journal(plan + "2")
    assert first.other_sessions() == 0
    other.close()
    first.close()
    assert not unsaved_sessions(plan)


def test_a_link_is_the_file_it_leads_to(plan: str) -> None:
    link = plan + ".link"
    os.symlink(plan, link)
    first = Journal(plan)
    second = Journal(link)
    assert first.other_sessions() == 1
    crash(second)
    first.close()


def test_saved_work_is_not_left(plan: str) -> None:
    journal = work(plan, BASE + "x")
    journal.mark_saved(BASE + "x")
    journal.record("more", BASE + "xy")
    journal.record("undone: more", BASE + "x")
    crash(journal)
    assert not unsaved_sessions(plan)


def test_work_after_a_save_builds_on_it(plan: str) -> None:
    journal = work(plan, BASE + "x")
    journal.mark_saved(BASE + "x")
    journal.record("more", BASE + "xy")
    crash(journal)
    left = only(plan)
    assert (left.base, [each.text for each in left.entries]) == (BASE + "x", [BASE + "xy"])


def test_a_line_cut_short_loses_no_other(plan: str) -> None:
    journal = work(plan, BASE + "x", BASE + "xy", BASE + "xyz")
    crash(journal)
    raw = journal._journal.read_bytes()
    journal._journal.write_bytes(raw[:-7])
    assert only(plan).entries[-1].text == BASE + "xy"
    for noise in (b"\xff\xfe", b"[1]\n", b'{"what": 3}\n', b"\0" * 9):
        journal._journal.write_bytes(raw + noise)
        assert only(plan).entries[-1].text == BASE + "xyz"


@pytest.mark.parametrize("noise", [b"\xff\n", b"[]\n", b'{"format": 99, "path": "x"}\n{}\n'])
def test_what_cannot_be_read_is_kept(plan: str, noise: bytes) -> None:
    journal = work(plan, BASE + "x")
    crash(journal)
    journal._journal.write_bytes(noise)
    assert not unsaved_sessions(plan)
    assert journal._journal.read_bytes() == noise


def test_no_one_else_may_read_it(plan: str) -> None:
    journal = work(plan, BASE + "x")
    assert os.stat(journal._journal).st_mode & 0o777 == 0o600
    assert os.stat(journal._journal.parent).st_mode & 0o777 == 0o700
    journal.close()


def test_a_folder_that_cannot_be_written_is_reported(
    plan: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    journal = work(plan, BASE + "x")
    assert journal.problem
    assert journal.other_sessions() == 0
    assert not unsaved_sessions(plan)
    journal.sync()
    journal.close()


def test_a_full_disk_is_reported_and_the_next_step_keeps_all(
    plan: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = work(plan, BASE + "x")

    def half(file: int, raw: bytes) -> int:
        return write(file, raw[: len(raw) // 2])

    write = os.write
    monkeypatch.setattr(os, "write", half)
    journal.record("lost", BASE + "xy")
    assert "space" in str(journal.problem)
    monkeypatch.setattr(os, "write", write)
    journal.record("more", BASE + "xyz")
    assert journal.problem is None
    crash(journal)
    left = only(plan)
    assert (left.base, left.entries[-1].text) == (BASE, BASE + "xyz")


def test_a_step_that_cannot_be_kept_takes_none_before_it_along(
    plan: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = work(plan, BASE + "x", BASE + "xy")

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        journal.record("lost", BASE + "xyz")
    assert journal.problem
    crash(journal)
    assert [each.text for each in only(plan).entries] == [BASE + "x", BASE + "xy"]


def test_work_is_found_without_its_lock(plan: str) -> None:
    crash(work(plan, "new"))
    only(plan).journal.with_suffix(".lock").unlink()
    assert [each.text for each in only(plan).entries] == ["new"]


def test_without_a_lock_nothing_is_kept_that_others_would_take_for_left(
    plan: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    with monkeypatch.context() as patch:
        patch.setattr("fcntl.flock", refuse)
        journal = work(plan, "new")
    assert journal.problem == "unsaved work can't be kept for a crash: No locks available"
    assert not unsaved_sessions(plan)
    journal.close()


def test_a_session_that_is_dropped_frees_its_lock(plan: str) -> None:
    journal = work(plan, BASE + "x")
    os.close(journal._file or 0)
    journal._file = None
    del journal
    gc.collect()
    assert only(plan).entries
