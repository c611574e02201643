"""A save is whole or not at all."""

import errno
import hashlib
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected
from roadmap_tui.document.reader import read_document
from roadmap_tui.storage import atomic_write
from roadmap_tui.storage import save as saving
from roadmap_tui.storage.save import SavedFile, save_document

OLD, NEW = b"[product.a]\r\n", b"[product.b]\r\n"


def sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def document(raw: bytes = NEW) -> Document:
    return read_document(raw, "plan.toml")


@pytest.fixture
def plan(folder: Path) -> Path:
    path = folder / "plan.toml"
    path.write_bytes(OLD)
    return path


def refusal(path: Path | str, expected: str | None) -> EditRejected:
    result = save_document(document(), str(path), expected)
    assert isinstance(result, EditRejected)
    assert result.text
    assert result.remedy
    return result


def test_a_save_writes_the_bytes_and_nothing_else(plan: Path) -> None:
    assert save_document(document(), str(plan), sha256(OLD)) == SavedFile(str(plan), sha256(NEW))
    assert plan.read_bytes() == NEW
    assert os.listdir(plan.parent) == ["plan.toml"]


def test_a_new_file_is_written_where_there_is_none(folder: Path) -> None:
    path = folder / "new.toml"
    assert isinstance(save_document(document(), str(path), None), SavedFile)
    assert path.read_bytes() == NEW
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask
    assert "already" in refusal(path, None).text


def test_a_file_changed_by_others_is_left_alone(plan: Path) -> None:
    plan.write_bytes(b"# theirs\n")
    assert "changed" in refusal(plan, sha256(OLD)).text
    assert plan.read_bytes() == b"# theirs\n"


def test_a_vanished_file_is_not_made_again(plan: Path) -> None:
    plan.unlink()
    assert "no longer exists" in refusal(plan, sha256(OLD)).text
    assert not plan.exists()


def test_the_mode_is_kept(plan: Path) -> None:
    plan.chmod(0o640)
    assert isinstance(save_document(document(), str(plan), sha256(OLD)), SavedFile)
    assert stat.S_IMODE(plan.stat().st_mode) == 0o640


def test_a_link_stays_a_link(plan: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(plan)
    assert isinstance(save_document(document(), str(link), sha256(OLD)), SavedFile)
    assert link.is_symlink()
    assert plan.read_bytes() == NEW


@pytest.mark.parametrize("through", ["file", "folder"])
def test_a_link_out_of_a_repository_is_not_followed(
    folder: Path, tmp_path: Path, through: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    target = outside / "plan.toml"
    target.write_bytes(OLD)
    (folder / ".git").mkdir()
    if through == "file":
        (folder / "plan.toml").symlink_to(target)
        path = folder / "plan.toml"
    else:
        (folder / "roadmaps").symlink_to(outside)
        path = folder / "roadmaps" / "plan.toml"
    refused = refusal(path, sha256(OLD))
    assert str(target) in refused.remedy
    assert target.read_bytes() == OLD
    assert os.listdir(outside) == ["plan.toml"]
    assert isinstance(save_document(document(), str(target), sha256(OLD)), SavedFile)


def test_links_within_a_repository_and_to_it_are_followed(folder: Path, tmp_path: Path) -> None:
    (folder / ".git").touch()
    (folder / "roadmaps").mkdir()
    target = folder / "roadmaps" / "plan.toml"
    (folder / "plan.toml").symlink_to(target)
    (tmp_path / "here").symlink_to(folder)
    for path in (
        folder / "plan.toml",
        tmp_path / "here" / "plan.toml",
        tmp_path / "here" / "roadmaps" / "plan.toml",
    ):
        target.write_bytes(OLD)
        assert isinstance(save_document(document(), str(path), sha256(OLD)), SavedFile)
        assert target.read_bytes() == NEW


def test_a_link_to_nothing_makes_no_file_outside(folder: Path, tmp_path: Path) -> None:
    (folder / ".git").mkdir()
    (folder / "plan.toml").symlink_to(tmp_path / "made.toml")
    refusal(folder / "plan.toml", None)
    assert not (tmp_path / "made.toml").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_is_kept(plan: Path) -> None:
    os.chown(plan, 1234, 2345)
    plan.chmod(0o2640)
    assert isinstance(save_document(document(), str(plan), sha256(OLD)), SavedFile)
    status = plan.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (1234, 2345, 0o2640)


def test_an_owner_that_cannot_be_kept_hinders_no_save(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    plan.chmod(0o600)
    status = plan.stat()
    foreign = os.stat_result((*status[:4], status.st_uid + 1, status.st_gid + 1, *status[6:]))
    monkeypatch.setattr(os, "chown", refuse)
    atomic_write._copy_mode_and_owner(str(plan), foreign)
    assert stat.S_IMODE(plan.stat().st_mode) == 0o600


def test_what_is_private_is_so_from_the_first_byte(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes = []
    alike = atomic_write._copy_mode_and_owner

    def watched(path: str, old: os.stat_result) -> None:
        modes.append(stat.S_IMODE(os.stat(path).st_mode))
        alike(path, old)

    plan.chmod(0o600)
    monkeypatch.setattr(atomic_write, "_copy_mode_and_owner", watched)
    assert isinstance(save_document(document(), str(plan), sha256(OLD)), SavedFile)
    assert [mode & 0o077 for mode in modes] == [0]


def test_a_save_that_fails_halfway_leaves_the_old_file(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for step in ("replace", "fsync"):
        with monkeypatch.context() as patch:
            patch.setattr(os, step, full)
            assert os.strerror(errno.ENOSPC) in refusal(plan, sha256(OLD)).text
        assert plan.read_bytes() == OLD
        assert os.listdir(plan.parent) == ["plan.toml"]


def test_an_interrupted_save_leaves_the_old_file(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save_document(document(), str(plan), sha256(OLD))
    assert plan.read_bytes() == OLD
    assert os.listdir(plan.parent) == ["plan.toml"]


def test_read_only_folder_is_reported(folder: Path) -> None:
    assert "folder" in refusal(folder / "none" / "plan.toml", None).remedy
    refusal(folder, sha256(OLD))
    refusal("/proc/none.toml", None)
    refusal("a\x00b", None)
    refusal(folder / ("x" * 300), None)


def test_a_special_file_is_not_written(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    refusal(folder / "pipe", sha256(OLD))
    assert stat.S_ISFIFO((folder / "pipe").stat().st_mode)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_what_may_not_be_written_is_left_alone(plan: Path) -> None:
    plan.chmod(0o444)
    assert "write-protected" in refusal(plan, sha256(OLD)).text
    plan.chmod(0o644)
    plan.parent.chmod(0o555)
    refusal(plan, sha256(OLD))
    plan.parent.chmod(0o755)
    assert plan.read_bytes() == OLD


def test_full_disk_is_reported(plan: Path) -> None:
    """A limit of the system's, in a process of its own, stands for the full disk."""
    child = """
import resource, sys
from roadmap_tui.document.reader import read_document
from roadmap_tui.storage.save import Unwritable, save_document
resource.setrlimit(resource.RLIMIT_FSIZE, (4, 4))
result = save_document(read_document(b"[product.b]\\r\\n", "plan.toml"), sys.argv[1], sys.argv[2])
assert isinstance(result, Unwritable), result
print(result.text, result.remedy)
"""
    command = [sys.executable, "-c", child, str(plan), sha256(OLD)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert os.strerror(errno.EFBIG) in done.stdout
    assert plan.read_bytes() == OLD
    assert os.listdir(plan.parent) == ["plan.toml"]


def test_what_killed_saves_left_is_swept(plan: Path, tmp_path: Path) -> None:
    folder, outside = plan.parent, tmp_path / "outside"
    outside.touch()
    stray, young = folder / ".roadmap-0123456789ab.tmp", folder / ".roadmap-ba9876543210.tmp"
    theirs = [
        folder / ".roadmap-x.tmp",
        folder / "a.roadmap-0123456789ab.tmp",
        folder / ".roadmap-0123456789abc.tmp",
    ]
    for each in (stray, young, *theirs):
        each.touch()
    (folder / ".roadmap-aaaaaaaaaaaa.tmp").symlink_to(outside)
    (folder / ".roadmap-bbbbbbbbbbbb.tmp").mkdir()
    for each in (stray, *theirs, outside):
        os.utime(each, (1_700_000_000, 1_700_000_000))
    kept = set(os.listdir(folder)) - {stray.name}
    assert isinstance(save_document(document(), str(plan), sha256(OLD)), SavedFile)
    assert set(os.listdir(folder)) == kept
    assert outside.exists()


def test_two_programs_do_not_write_at_once(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "LOCK_TIMEOUT_SECONDS", 0.05)
    lock = next(iter(_locks(plan)))
    with FileLock(lock, thread_local=False):
        assert "another program" in refusal(plan, sha256(OLD)).text
    assert isinstance(save_document(document(), str(plan), sha256(OLD)), SavedFile)


def test_a_file_is_saved_where_no_lock_can_be(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(plan / "below a file"))
    assert refusal(plan, sha256(NEW)).text.endswith("since it was read")
    assert isinstance(save_document(document(), str(plan), sha256(OLD)), SavedFile)
    assert plan.read_bytes() == NEW


def _locks(plan: Path) -> list[Path]:
    """The lock files after a save; none of them stands beside the plan."""
    assert isinstance(save_document(document(OLD), str(plan), sha256(OLD)), SavedFile)
    assert os.listdir(plan.parent) == ["plan.toml"]
    folder = Path(os.environ["XDG_STATE_HOME"]) / "roadmap-tui" / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    return [folder / f"{sha256(os.fsencode(plan))[:32]}.lock"]
