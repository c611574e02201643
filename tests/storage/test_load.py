import io
import os
from pathlib import Path

import pytest

from roadmap_tui.document.document import Document
from roadmap_tui.document.limits import MAX_BYTES
from roadmap_tui.storage.load import Unreadable, load_document, read_stream


def reason(path: Path | str) -> str:
    result = load_document(str(path))
    assert isinstance(result, Unreadable)
    assert result.text.startswith(f"{path}: ") or "\x00" in str(path)
    return result.text


def test_a_file_is_read_under_the_name_the_user_wrote(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a plan.toml").write_bytes(b"[product.a]\r\n")
    monkeypatch.chdir(folder)
    document = load_document("../our plans é/a plan.toml")
    assert isinstance(document, Document)
    assert document.name == "../our plans é/a plan.toml"
    assert document.raw == b"[product.a]\r\n"


def test_a_missing_file_is_answered_with_a_near_name(folder: Path) -> None:
    (folder / "helpdesk.toml").write_text("")
    assert "did you mean" in reason(folder / "helpdsk.toml")
    assert "helpdesk.toml" in reason(folder / "helpdesk")
    assert "helpdesk.toml" in reason(folder / "qqq")


def test_a_missing_folder_is_named_as_such(folder: Path) -> None:
    assert "no such folder" in reason(folder / "none" / "a.toml")


def test_a_folder_is_no_file(folder: Path) -> None:
    assert "folder" in reason(folder)


def test_a_file_is_no_folder(folder: Path) -> None:
    (folder / "a.toml").write_text("")
    assert "not a folder" in reason(folder / "a.toml" / "b.toml")


def test_what_never_ends_is_not_read(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    assert "regular file" in reason(folder / "pipe")
    assert "regular file" in reason("/dev/zero")


def test_what_is_too_large_is_not_read(folder: Path) -> None:
    with (folder / "large.toml").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert "larger than" in reason(folder / "large.toml")


@pytest.mark.parametrize(
    ("size", "expected"),
    [(11, "it has 11 bytes, and"), (99, "it has 99 bytes, and"), (1000, "bytes or more, and")],
)
def test_a_stream_that_is_too_large_is_counted_as_far_as_it_may_end(
    size: int, expected: str
) -> None:
    assert read_stream("-", io.BytesIO(b"x" * 10), 10) == b"x" * 10
    found = read_stream("-", io.BytesIO(b"x" * size), 10)
    assert isinstance(found, Unreadable)
    assert expected in found.text
    assert "the limit is 10; " in found.text


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_is_reported(folder: Path) -> None:
    (folder / "a.toml").touch(mode=0o000)
    assert "no permission" in reason(folder / "a.toml")


def test_odd_paths_are_answered(folder: Path) -> None:
    (folder / "dangling.toml").symlink_to(folder / "gone.toml")
    (folder / "loop.toml").symlink_to(folder / "loop.toml")
    assert "link" in reason(folder / "dangling.toml")
    assert reason(folder / "loop.toml")
    assert reason("a\x00b")
    assert reason("a" * 5000)
    assert reason("")
