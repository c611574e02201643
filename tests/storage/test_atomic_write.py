"""Atomic writes: attributes that stay, and files that are never overwritten."""

import errno
import hashlib
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from roadmap_tui.document.edits import EditRejected
from roadmap_tui.document.limits import MAX_BYTES
from roadmap_tui.document.reader import read_document
from roadmap_tui.storage.export_file import write_export
from roadmap_tui.storage.journal import Journal, unsaved_sessions
from roadmap_tui.storage.save import ChangedOnDisk, SavedFile, save_document

OLD, NEW, THEIRS = b"[product.a]\n", b"[product.b]\neffort = 3\n", b"[product.theirs]\n"
ROADMAP = str(Path(sys.executable).with_name("roadmap"))


@pytest.fixture
def plan(folder: Path) -> Path:
    path = folder / "plan.toml"
    path.write_bytes(OLD)
    return path


def saved(path: Path, new: bytes = NEW) -> SavedFile | EditRejected:
    return save_document(read_document(new, str(path)), str(path), hashlib.sha256(OLD).hexdigest())


def at_the_first_sync(monkeypatch: pytest.MonkeyPatch, does: Callable[[], object]) -> None:
    """Let something happen while a slow disk syncs the temporary file."""
    sync, happened = os.fsync, list[bool]()

    def slow(descriptor: int) -> None:
        sync(descriptor)
        if not happened:
            happened.append(True)
            does()

    monkeypatch.setattr(os, "fsync", slow)


def test_an_edit_during_a_slow_sync_is_kept(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_the_first_sync(monkeypatch, lambda: plan.write_bytes(THEIRS))
    assert isinstance(saved(plan), ChangedOnDisk)
    assert plan.read_bytes() == THEIRS
    assert os.listdir(plan.parent) == ["plan.toml"]


def test_a_checkout_during_a_slow_sync_is_kept(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def git(*words: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b", *words],
            cwd=plan.parent,
            check=True,
        )

    plan.write_bytes(THEIRS)
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "theirs"]):
        git(*words)
    plan.write_bytes(OLD)
    at_the_first_sync(monkeypatch, lambda: git("checkout", "-q", "--", "plan.toml"))
    assert isinstance(saved(plan), ChangedOnDisk)
    assert plan.read_bytes() == THEIRS


@pytest.mark.parametrize("has_links", [True, False])
def test_a_file_that_appears_meanwhile_is_not_replaced_by_a_new_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    path = folder / "new.toml"
    if not has_links:
        monkeypatch.setattr(os, "link", refuse)
    at_the_first_sync(monkeypatch, lambda: path.write_bytes(THEIRS))
    assert isinstance(save_document(read_document(NEW, "new.toml"), str(path), None), EditRejected)
    assert path.read_bytes() == THEIRS
    path.unlink()
    assert isinstance(save_document(read_document(NEW, "new.toml"), str(path), None), SavedFile)
    assert path.read_bytes() == NEW
    assert os.listdir(folder) == ["new.toml"]


def test_hard_links_are_kept(plan: Path) -> None:
    other = plan.with_name("other.toml")
    os.link(plan, other)
    assert isinstance(saved(plan), SavedFile)
    assert plan.read_bytes() == other.read_bytes() == NEW
    assert plan.samefile(other)
    assert not unsaved_sessions(str(plan))


def test_an_edit_is_kept_where_hard_links_are(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.link(plan, plan.with_name("other.toml"))
    at_the_first_sync(monkeypatch, lambda: None)
    plan.write_bytes(THEIRS)
    assert isinstance(saved(plan), ChangedOnDisk)
    assert plan.read_bytes() == THEIRS


def test_a_write_in_place_that_is_killed_can_be_recovered(plan: Path) -> None:
    """If the process dies between write and sync, the new text is offered afterwards."""
    os.link(plan, plan.with_name("other.toml"))
    child = """
import os, sys
from roadmap_tui.document.reader import read_document
from roadmap_tui.storage import atomic_write
from roadmap_tui.storage.save import save_document
atomic_write._write_all = lambda file, raw: (file.write(raw[:5]), os._exit(9))
save_document(read_document(sys.argv[3].encode(), sys.argv[1]), sys.argv[1], sys.argv[2])
"""
    words = [str(plan), hashlib.sha256(OLD).hexdigest(), NEW.decode()]
    assert subprocess.run([sys.executable, "-c", child, *words], check=False).returncode == 9
    assert plan.read_bytes() not in {OLD, NEW}
    (left,) = unsaved_sessions(str(plan))
    assert (left.base, left.entries[-1].text) == (OLD.decode(), NEW.decode())


def test_a_write_in_place_is_no_other_session(plan: Path) -> None:
    session, write = Journal(str(plan)), Journal(str(plan), for_write=True)
    assert (session.other_sessions(), write.other_sessions()) == (0, 1)
    write.close()
    session.close()


def test_without_a_journal_nothing_is_overwritten_in_place(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.link(plan, plan.with_name("other.toml"))
    monkeypatch.setenv("XDG_STATE_HOME", str(plan / "below a file"))
    refused = saved(plan)
    assert isinstance(refused, EditRejected)
    assert "can't be kept" in refused.text
    assert plan.read_bytes() == OLD


def test_a_disk_that_is_full_keeps_what_is_written_in_place(plan: Path) -> None:
    os.link(plan, plan.with_name("other.toml"))
    child = """
import resource, sys
from roadmap_tui.storage.export_file import write_export
resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16))
refused = write_export(sys.argv[1], "x" * 100, replace=True)
assert refused is not None
"""
    page = plan.with_name("page.md")
    page.write_bytes(b"old page")
    os.link(page, page.with_name("other.md"))
    subprocess.run([sys.executable, "-c", child, str(page)], check=True, capture_output=True)
    assert page.read_bytes() == b"old page"


@pytest.mark.skipif(sys.platform != "linux", reason="extended attributes as Linux has them")
def test_extended_attributes_and_access_lists_are_kept(plan: Path) -> None:
    """An access list in kernel format: version 2, then (tag, permissions, id) for each entry."""
    entries = [
        (0x01, 6, 0xFFFFFFFF),
        (0x02, 4, 4321),
        (0x04, 4, 0xFFFFFFFF),
        (0x10, 4, 0xFFFFFFFF),
        (0x20, 0, 0xFFFFFFFF),
    ]
    rights = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *each) for each in entries)
    wanted = {"user.origin": b"import \xff", "system.posix_acl_access": rights}
    try:
        for name, value in wanted.items():
            os.setxattr(plan, name, value)
    except OSError:
        pytest.skip("this file system has none")
    assert isinstance(saved(plan), SavedFile)
    assert {name: os.getxattr(plan, name) for name in wanted} == wanted


@pytest.mark.skipif(sys.platform != "linux", reason="extended attributes as Linux has them")
def test_a_list_that_the_folder_hands_on_opens_no_file_that_was_closed(plan: Path) -> None:
    entries = [
        (0x01, 7, 0xFFFFFFFF),
        (0x02, 7, 4321),
        (0x04, 7, 0xFFFFFFFF),
        (0x10, 7, 0xFFFFFFFF),
        (0x20, 7, 0xFFFFFFFF),
    ]
    rights = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *each) for each in entries)
    try:
        os.setxattr(plan.parent, "system.posix_acl_default", rights)
    except OSError:
        pytest.skip("this file system has none")
    assert isinstance(saved(plan), SavedFile)
    assert "system.posix_acl_access" not in os.listxattr(plan)


def in_namespace(script: str, *words: str) -> str:
    """What a shell says in which mounts are its own; skipped where that isn't allowed."""
    if (
        shutil.which("unshare") is None
        or subprocess.run(["unshare", "-m", "true"], check=False).returncode
    ):
        pytest.skip("mounts need rights that this user lacks")
    command = ["unshare", "-m", "sh", "-ec", script, "sh", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("folder_is_closed", [False, True])
def test_a_file_that_is_mounted_by_itself_is_saved(
    plan: Path, tmp_path: Path, folder_is_closed: bool
) -> None:
    source = tmp_path / "source.toml"
    source.write_bytes(OLD)
    closed = (
        'mount --bind "$2" "$2"; mount --bind "$1" "$2/plan.toml"; mount -o remount,ro,bind "$2";'
    )
    mounts = closed if folder_is_closed else 'mount --bind "$1" "$2/plan.toml";'
    script = f'{mounts} "$3" set "$2/plan.toml" a.effort 4'
    in_namespace(script, str(source), str(plan.parent), ROADMAP)
    assert source.read_text() == "[product.a]\neffort = 4\n"
    assert plan.read_bytes() == OLD
    assert os.listdir(plan.parent) == ["plan.toml"]


def test_a_full_disk_keeps_the_old_page_and_the_old_plan(plan: Path) -> None:
    script = """
mount -t tmpfs -o size=128k none "$1"
printf '[product.a]\\neffort = 4\\n' > "$1/plan.toml"
echo old > "$1/page.html"
cat /dev/zero > "$1/filler" || true
"$2" export "$1/plan.toml" --format html -o "$1/page.html" --runs 100 && exit 1
"$2" set "$1/plan.toml" a.effort 5 && exit 1
cat "$1/page.html" "$1/plan.toml"
ls -A "$1"
"""
    output = in_namespace(script, str(plan.parent), ROADMAP)
    assert output.count(os.strerror(errno.ENOSPC)) >= 2
    assert "old\n[product.a]\neffort = 4\nfiller\npage.html\nplan.toml\n" in output


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_in_a_closed_folder_is_saved(plan: Path) -> None:
    plan.parent.chmod(0o555)
    try:
        assert isinstance(saved(plan), SavedFile)
    finally:
        plan.parent.chmod(0o755)
    assert plan.read_bytes() == NEW


def test_what_nothing_would_read_again_is_not_written(plan: Path) -> None:
    head = b"[product.a]\n# "
    refused = saved(plan, head + b"x" * (MAX_BYTES - len(head) + 1))
    assert isinstance(refused, EditRejected)
    assert "5,000,001 bytes" in refused.text
    assert plan.read_bytes() == OLD
    assert isinstance(saved(plan, head + b"x" * (MAX_BYTES - len(head))), SavedFile)


# Exports


def test_a_page_is_replaced_as_a_plan_is(folder: Path) -> None:
    page, link = folder / "page.md", folder / "link.md"
    page.write_text("old")
    page.chmod(0o640)
    link.symlink_to(page)
    before = page.stat()
    assert write_export(str(link), "new é", replace=True) is None
    assert link.is_symlink()
    assert page.read_text(encoding="utf-8") == "new é"
    assert page.stat().st_mode == before.st_mode
    assert page.stat().st_ino != before.st_ino
    assert sorted(os.listdir(folder)) == ["link.md", "page.md"]


@pytest.mark.parametrize("name", ["other.toml", "notes.md", "link.md", "broken.toml"])
def test_another_roadmap_is_never_replaced_by_an_export(folder: Path, name: str) -> None:
    (folder / "other.toml").write_bytes(OLD)
    (folder / "notes.md").write_bytes(OLD)
    (folder / "link.md").symlink_to(folder / "other.toml")
    (folder / "broken.toml").write_bytes(b"<<<<<<< ours\n")
    before = (folder / name).read_bytes()
    refused = write_export(str(folder / name), "page", replace=True)
    assert isinstance(refused, EditRejected)
    assert "never replaces" in refused.text
    assert (folder / name).read_bytes() == before


def test_a_plan_that_appears_while_a_page_is_synced_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = folder / "page.md"
    page.write_text("old")
    at_the_first_sync(monkeypatch, lambda: page.write_bytes(OLD))
    assert isinstance(write_export(str(page), "new", replace=True), EditRejected)
    assert page.read_bytes() == OLD


def test_an_export_follows_no_link_out_of_a_repository(folder: Path, tmp_path: Path) -> None:
    (folder / ".git").mkdir()
    outside = tmp_path / "page.md"
    outside.write_text("mine")
    (folder / "page.md").symlink_to(outside)
    refused = write_export(str(folder / "page.md"), "page", replace=True)
    assert isinstance(refused, EditRejected)
    assert str(outside) in refused.text
    assert outside.read_text() == "mine"


def test_pipes_and_devices_take_an_export_as_it_comes(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    refused = write_export(str(folder / "pipe"), "page", replace=True)
    assert isinstance(refused, EditRejected)
    assert "nothing reads" in refused.text
    assert write_export(os.devnull, "page", replace=True) is None
    reader = os.open(folder / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    assert write_export(str(folder / "pipe"), "page", replace=True) is None
    assert os.read(reader, 100) == b"page"
    os.close(reader)
    child = (
        "from roadmap_tui.storage.export_file import write_export as w; assert w('/dev/stdout',"
        " 'page', replace=True) is None"
    )
    done = subprocess.run([sys.executable, "-c", child], capture_output=True, check=True)
    assert done.stdout == b"page"


@pytest.mark.parametrize("name", ["", "a\x00b", ".", "x" * 300, "none/page.md"])
def test_invalid_export_path_is_reported(folder: Path, name: str) -> None:
    refused = write_export(f"{folder}/{name}", "page", replace=True)
    assert isinstance(refused, EditRejected)
    assert refused.remedy
    assert not os.listdir(folder)
