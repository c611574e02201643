"""Reports of `check`, `diff`, `log` and others on incomplete clones, with real git."""

import json
import os
from pathlib import Path

import pytest

from roadmap_tui.document.edits import EditRejected
from roadmap_tui.history.clone_state import Lack, clone_notices
from roadmap_tui.history.driver_setup import set_up_driver
from roadmap_tui.history.merge_command import driver_command
from tests.history.clone import Clone
from tests.history.outage import unregister

BASE = "[product.a]\neffort = 3\nreach = 100\n"
FEW = ("--runs", "100")


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    (tmp_path / "there").mkdir()
    made = Clone(tmp_path / "there")
    made.file = "plan.toml"
    made.commit(BASE)
    assert not isinstance(set_up_driver(made.folder, []), EditRejected)
    made.commit(BASE)
    return made


def lacks(clone: Clone) -> list[Lack]:
    return [each.lack for each in clone_notices(str(clone.folder / clone.file))]


def test_a_clone_that_lacks_nothing_is_not_spoken_of(clone: Clone) -> None:
    assert lacks(clone) == []
    assert clone.roadmap("check", "plan.toml", *FEW).stderr == ""


OLD = "/usr/bin/python3 -P -m roadmap_tui merge-driver -- %O %A %B %L %P"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "not registered"),
        (OLD, "older version"),
        (driver_command("/nowhere/50 %/python"), "its Python is gone: /nowhere/50 %/python"),
        (driver_command("/nowhere/pyth'on"), "its Python is gone: /nowhere/pyth'on"),
    ],
)
def test_broken_driver_is_reported_until_setup(clone: Clone, line: str, said: str) -> None:
    unregister(clone)
    if line:
        clone.git("config", "merge.roadmap.driver", line)
    (notice,) = clone_notices(str(clone.folder / "plan.toml"))
    assert said in notice.sentence
    assert not isinstance(set_up_driver(clone.folder, []), EditRejected)
    assert lacks(clone) == []


def test_check_reports_it_once_and_keeps_json_clean(clone: Clone) -> None:
    unregister(clone)
    checked = clone.roadmap("check", "plan.toml", "plan.toml", *FEW, "--json")
    assert checked.stderr.count("roadmap git setup") == 1
    assert [each["lack"] for each in json.loads(checked.stdout)["notices"]] == ["driver"]


def test_driver_fault_is_reported_once_per_clone(clone: Clone, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Clone(tmp_path / "other", clone)
    for each in (clone, other):
        unregister(each)
        assert "git setup" in each.roadmap("check", "plan.toml", *FEW, "--json").stderr
        reply = [each.roadmap("check", "plan.toml", *FEW).stderr for _ in range(3)]
        assert ["git setup" in line for line in reply] == [True, False, False]
    clone.git("config", "merge.roadmap.driver", OLD)  # another fault
    assert "older version" in clone.roadmap("check", "plan.toml", *FEW).stderr
    clone.roadmap("git", "setup")
    clone.git("config", "merge.roadmap.driver", OLD)  # the same fault, but fixed in between
    assert "older version" in clone.roadmap("check", "plan.toml", *FEW).stderr
    assert (
        len(json.loads(clone.roadmap("check", "plan.toml", *FEW, "--json").stdout)["notices"]) == 1
    )


def test_without_a_state_folder_faults_are_reported_each_time(
    clone: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unregister(clone)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file" / "below"))
    (tmp_path / "file").touch()
    for _ in range(2):
        assert clone.roadmap("check", "plan.toml", *FEW).stderr.count("git setup") == 1


def test_foreign_merge_driver_is_kept(clone: Clone) -> None:
    clone.git("config", "merge.roadmap.driver", "my-own-merge %O %A %B")
    assert lacks(clone) == []


@pytest.mark.parametrize("command", [["check"], ["diff"]])
def test_unfinished_merge_is_reported(clone: Clone, command: list[str]) -> None:
    clone.merge(BASE, BASE.replace("100", "120"), BASE.replace("100", "150"))
    assert lacks(clone) == ["unmerged"]
    # ours alone, without marks, as an older driver line left it
    (clone.folder / "plan.toml").write_text(BASE.replace("100", "120"))
    reply = clone.roadmap(*command, "plan.toml", *FEW)
    assert "a merge of this file is not finished" in reply.stderr
    assert "git checkout -m -- plan.toml" in reply.stderr
    assert clone.git("checkout", "-m", "--", "plan.toml").returncode == 0
    assert "reach = 150" in clone.text()
    clone.commit(BASE.replace("100", "150"))
    assert lacks(clone) == []


@pytest.fixture
def shallow(clone: Clone, tmp_path: Path) -> Clone:
    """The newest commit of a clone alone, as CI checks it out."""
    for effort in ("4", "5"):
        clone.commit(BASE.replace("3", effort))
    clone.git("clone", "-q", "--depth", "1", f"file://{clone.folder}", str(tmp_path / "shallow"))
    copy = Clone(tmp_path / "shallow")
    copy.file = "plan.toml"
    return copy


@pytest.mark.parametrize(
    "words",
    [
        ["check", "plan.toml", *FEW],
        ["log", "plan.toml", "a", *FEW],
        ["calibrate", "plan.toml", "--git"],
        ["diff", "plan.toml", "HEAD~1", *FEW],
    ],
    ids=lambda words: words[0],
)
def test_shallow_history_is_reported(shallow: Clone, words: list[str]) -> None:
    assert "shallow" in shallow.roadmap(*words).stderr
    shallow.git("fetch", "-q", "--unshallow")
    assert lacks(shallow) == ["driver"]


def test_a_cut_history_is_in_the_json_and_beside_a_pull_request(shallow: Clone) -> None:
    data = json.loads(shallow.roadmap("log", "plan.toml", "a", *FEW, "--json").stdout)
    assert data["history_cut"] is True
    reply = shallow.roadmap("check", "plan.toml", *FEW, "--format", "github").stdout
    assert "::notice file=plan.toml::the history is cut" in reply


def test_a_pipe_in_place_of_attributes_is_not_waited_for(clone: Clone) -> None:
    (clone.folder / ".gitattributes").unlink()
    os.mkfifo(clone.folder / ".gitattributes")
    assert lacks(clone) == []
