"""Seeing that a file has become another."""

import os
from pathlib import Path

from roadmap_tui.document.document import Document
from roadmap_tui.storage.load import Unreadable, load_document
from roadmap_tui.storage.watch import FileStamp, check_for_change

OLD, NEW = "[product.a]\n", "[product.b]\n"


def first_look(path: Path) -> FileStamp:
    document = load_document(str(path))
    assert isinstance(document, Document)
    return FileStamp(document.sha256)


def test_a_file_that_stays_is_not_read_again(folder: Path) -> None:
    path = folder / "plan.toml"
    path.write_text(OLD)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    stamp, found = check_for_change(str(path), first_look(path))
    assert found is None
    assert stamp.status is not None
    assert check_for_change(str(path), stamp) == (stamp, None)


def test_a_write_of_the_same_length_at_the_same_time_is_seen(folder: Path) -> None:
    path = folder / "plan.toml"
    path.write_text(OLD)
    stamp, _ = check_for_change(str(path), first_look(path))
    times = os.stat(path).st_atime_ns, os.stat(path).st_mtime_ns
    path.write_text(NEW)
    os.utime(path, ns=times)
    _, found = check_for_change(str(path), stamp)
    assert isinstance(found, Document)
    assert found.text == NEW


def test_a_touched_file_is_no_other(folder: Path) -> None:
    path = folder / "plan.toml"
    path.write_text(OLD)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    stamp, _ = check_for_change(str(path), first_look(path))
    os.utime(path, (1_700_000_001, 1_700_000_001))
    newer, found = check_for_change(str(path), stamp)
    assert found is None
    assert newer != stamp


def test_a_file_that_goes_and_comes_is_seen(folder: Path) -> None:
    path = folder / "plan.toml"
    path.write_text(OLD)
    stamp = first_look(path)
    path.unlink()
    gone, found = check_for_change(str(path), stamp)
    assert isinstance(found, Unreadable)
    assert check_for_change(str(path), gone) == (gone, None)
    os.mkfifo(path)
    fifo, found = check_for_change(str(path), gone)
    assert (fifo.sha256, found) == ("", None)
    path.unlink()
    path.write_text(OLD)
    _, found = check_for_change(str(path), fifo)
    assert isinstance(found, Document)


def test_one_file_put_in_the_place_of_another_is_seen(folder: Path) -> None:
    path, other = folder / "plan.toml", folder / "other.toml"
    for each, text in ((path, OLD), (other, NEW)):
        each.write_text(text)
        os.utime(each, (1_700_000_000, 1_700_000_000))
    stamp, _ = check_for_change(str(path), first_look(path))
    os.replace(other, path)
    _, found = check_for_change(str(path), stamp)
    assert isinstance(found, Document)
