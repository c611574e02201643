"""Seeing that a file has become another."""

import os
from pathlib import Path

from roadmap_tui.files.document import Document
from roadmap_tui.files.load import Unreadable, load
from roadmap_tui.files.watch import Stamp, look

OLD, NEW = "[product.a]\n", "[product.b]\n"


def first_look(path: Path) -> Stamp:
    document = load(str(path))
    assert isinstance(document, Document)
    return Stamp(document.sha256)


def test_a_file_that_stays_is_not_read_again(folder: Path) -> None:
    path = folder / "plan.toml"
    path.write_text(OLD)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    stamp, found = look(str(path), first_look(path))
    assert found is None
    assert stamp.status is not None
    assert look(str(path), stamp) == (stamp, None)


def test_a_write_of_the_same_length_at_the_same_time_is_seen(folder: Path) -> None:
    path = folder / "plan.toml"
    path.write_text(OLD)
    stamp, _ = look(str(path), first_look(path))
    times = os.stat(path).st_atime_ns, os.stat(path).st_mtime_ns
    path.write_text(NEW)
    os.utime(path, ns=times)
    _, found = look(str(path), stamp)
    assert isinstance(found, Document)
    assert found.text == NEW


def test_a_touched_file_is_no_other(folder: Path) -> None:
    path = folder / "plan.toml"
    path.write_text(OLD)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    stamp, _ = look(str(path), first_look(path))
    os.utime(path, (1_700_000_001, 1_700_000_001))
    newer, found = look(str(path), stamp)
    assert found is None
    assert newer != stamp


def test_a_file_that_goes_and_comes_is_seen(folder: Path) -> None:
    path = folder / "plan.toml"
    path.write_text(OLD)
    stamp = first_look(path)
    path.unlink()
    gone, found = look(str(path), stamp)
    assert isinstance(found, Unreadable)
    assert look(str(path), gone) == (gone, None)
    os.mkfifo(path)
    fifo, found = look(str(path), gone)
    assert (fifo.sha256, found) == ("", None)
    path.unlink()
    path.write_text(OLD)
    _, found = look(str(path), fifo)
    assert isinstance(found, Document)


def test_one_file_put_in_the_place_of_another_is_seen(folder: Path) -> None:
    path, other = folder / "plan.toml", folder / "other.toml"
    for each, text in ((path, OLD), (other, NEW)):
        each.write_text(text)
        os.utime(each, (1_700_000_000, 1_700_000_000))
    stamp, _ = look(str(path), first_look(path))
    os.replace(other, path)
    _, found = look(str(path), stamp)
    assert isinstance(found, Document)
