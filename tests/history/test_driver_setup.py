"""`roadmap git setup`: what it writes, and that undoing it leaves nothing."""

import os
import shlex
import sys
from pathlib import Path

import pytest

from roadmap_tui.document.edits import EditRejected
from roadmap_tui.history.driver_setup import remove_driver, set_up_driver
from tests.history.clone import Clone

ODD = [
    "plan.toml",
    "a b.toml",
    'say "hi".toml',
    "-x.toml",
    "#1.toml",
    "!no.toml",
    "[a]*?.toml",
    "tschüß.toml",
    "it's.toml",
    "tab\there.toml",
    "line\nend.toml",
    '"quoted".toml',
    " # .toml",
]
PLAN = "[product.a]\neffort = 3\n"


@pytest.fixture
def repository(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


@pytest.mark.parametrize("name", ODD)
def test_git_asks_for_the_driver_for_this_file_alone(repository: Clone, name: str) -> None:
    (repository.folder / name).touch()
    assert not isinstance(set_up_driver(repository.folder, [name]), EditRejected)
    others = ["other.toml", f"sub/{name}", "a.toml", "pyproject.toml"]
    said = repository.git("check-attr", "-z", "merge", "--", name, *others).stdout.split("\0")
    assert said[2::3] == ["roadmap", *["unspecified"] * len(others)]


def test_without_a_file_it_holds_for_the_folder_of_roadmaps(repository: Clone) -> None:
    set_up_driver(repository.folder, [])
    said = repository.git(
        "check-attr", "merge", "--", "roadmaps/a.toml", "a.toml", "x/roadmaps/a.toml"
    ).stdout
    assert [line.rsplit(" ", 1)[1] for line in said.splitlines()] == [
        "roadmap",
        "unspecified",
        "unspecified",
    ]


def test_the_driver_is_named_by_an_absolute_path(repository: Clone) -> None:
    set_up_driver(repository.folder, [])
    command = shlex.split(repository.git("config", "merge.roadmap.driver").stdout)
    command = command[command.index("-v") - 1 :]
    assert command[2] == command[5] == sys.executable
    assert os.path.isabs(command[2])
    assert command[6:11] == ["-P", "-m", "roadmap_tui", "merge-driver", "--"]


@pytest.mark.parametrize(
    "old", [None, b"", b"*.png binary", b"*.png binary\r\n\r\n# x\n", b"\xff\n", b"*.a b\r\n*.c d"]
)
def test_undoing_it_gives_the_same_bytes(repository: Clone, old: bytes | None) -> None:
    attributes, config = repository.folder / ".gitattributes", repository.folder / ".git/config"
    if old is not None:
        attributes.write_bytes(old)
    settings = repository.git("config", "--list", "--local").stdout
    for _ in range(2):
        assert not isinstance(set_up_driver(repository.folder, []), EditRejected)
    assert attributes.read_bytes().count(b"merge=roadmap") == 1
    assert not isinstance(remove_driver(repository.folder), EditRejected)
    assert (attributes.read_bytes() if attributes.exists() else None) == (old or None)
    assert repository.git("config", "--list", "--local").stdout == settings
    assert b"roadmap" not in config.read_bytes()
    assert not isinstance(remove_driver(repository.folder), EditRejected)


def test_nothing_outside_is_written(
    repository: Clone, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "there"
    outside.write_text("theirs\n")
    (repository.folder / ".gitattributes").symlink_to(outside)
    assert isinstance(set_up_driver(repository.folder, []), EditRejected)
    assert outside.read_text() == "theirs\n"
    (repository.folder / ".gitattributes").unlink()
    (repository.folder / "plan.toml").symlink_to(outside)
    for name in ("plan.toml", "../there", "missing.toml"):
        assert isinstance(set_up_driver(repository.folder, [name]), EditRejected)
    assert not (repository.folder / ".gitattributes").exists()


def test_outside_a_repository_the_answer_gives_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    for done in (set_up_driver(tmp_path, []), remove_driver(tmp_path)):
        assert isinstance(done, EditRejected)
        assert "not in a git repository" in done.text
    monkeypatch.setenv("PATH", "")
    done = set_up_driver(tmp_path, [])
    assert isinstance(done, EditRejected)
    assert "not installed" in done.text


def merged_by_key(repository: Clone) -> set[str]:
    """The files that git hands to the driver, by git itself."""
    listed = repository.git("ls-files", "-z", "--cached", "--others").stdout.split("\0")
    said = repository.git("check-attr", "-z", "merge", "--", *filter(None, listed)).stdout.split(
        "\0"
    )
    return {
        path for path, driver in zip(said[0::3], said[2::3], strict=False) if driver == "roadmap"
    }


def write(folder: Path, *names: str, text: str = PLAN) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


NOT_ROADMAPS = {
    "pyproject.toml": '[project]\nname = "roadmap"\n\n[tool.x]\nproduct = 1\n',
    "broken/pyproject.toml": '[project\nname = "x"\n[product.a]\n',
    "Cargo.toml": '[package]\nname = "model"\n[dependencies]\n',
    "shop.toml": '[server]\nport = 1\n[owner]\nname = "x"\n[product.shoe]\nprice = 3\n',
    "empty.toml": "",
    "a/roadmaps/settings.toml": 'theme = "product"\n',
}
"""Files that are no roadmaps, though they contain our words."""


@pytest.mark.parametrize("start", [".", "a", "a/roadmaps"])
def test_without_a_file_it_finds_the_roadmaps_by_what_is_in_them(
    repository: Clone, start: str
) -> None:
    for name, text in NOT_ROADMAPS.items():
        write(repository.folder, name, text=text)
    (repository.folder / ".gitignore").write_text("/ignored/\n")
    roadmaps = {
        "plan.toml",
        "a/roadmaps/p.toml",
        "a/b c/Plän #1.toml",
        "roadmaps/q.toml",
        "roadmaps/x/r.toml",
    }
    write(repository.folder, *roadmaps, "ignored/plan.toml")
    write(
        repository.folder,
        "odd/in-merge.toml",
        text=f"<<<<<<< ours\n{PLAN}=======\n>>>>>>> theirs\n",
    )
    write(repository.folder, "odd/mistyped.toml", text=f"[roadmpa]\ntitle = 1\n{PLAN}")
    repository.git("add", "plan.toml", "a")
    done = set_up_driver(repository.folder / start, [])
    assert not isinstance(done, EditRejected)
    wanted = {*roadmaps, "odd/in-merge.toml", "odd/mistyped.toml"}
    assert set(done.files) == merged_by_key(repository) == wanted
    write(repository.folder, "roadmaps/new.toml", "a/roadmaps/new.toml")
    assert merged_by_key(repository) - wanted == {"roadmaps/new.toml"}


def test_what_a_sparse_checkout_leaves_out_is_found(repository: Clone) -> None:
    write(repository.folder, "a/plan.toml", "c/roadmaps/d.toml", "c/gone.toml")
    write(repository.folder, "c/pyproject.toml", text=NOT_ROADMAPS["pyproject.toml"])
    write(repository.folder, "c/large.toml", text=PLAN + "#" * 5_000_000)
    os.symlink("plan.toml", repository.folder / "c/link.toml")
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "Add plans")
    repository.git("sparse-checkout", "set", "a")
    assert not (repository.folder / "c").exists()
    (repository.folder / "a/plan.toml").unlink()  # about to be removed
    done = set_up_driver(repository.folder, [])
    assert not isinstance(done, EditRejected)
    assert done.files == ("c/gone.toml", "c/roadmaps/d.toml")


@pytest.mark.parametrize("name", ["folder", "pipe.toml"])
def test_what_is_no_regular_file_is_refused_by_name(repository: Clone, name: str) -> None:
    (repository.folder / "folder").mkdir()
    os.mkfifo(repository.folder / "pipe.toml")
    assert isinstance(set_up_driver(repository.folder, [name]), EditRejected)
    assert not (repository.folder / ".gitattributes").exists()


def test_files_with_another_attribute_keep_it_and_are_named(repository: Clone) -> None:
    write(repository.folder, "plan.toml", "other/plan.toml")
    (repository.folder / "other/.gitattributes").write_text("*.toml -merge\n")
    done = set_up_driver(repository.folder, [])
    assert not isinstance(done, EditRejected)
    assert done.files == ("plan.toml",)
    assert any("not merged by key" in note and "other/plan.toml" in note for note in done.notes)


def test_missing_roadmap_is_reported(repository: Clone) -> None:
    write(repository.folder, "pyproject.toml", text=NOT_ROADMAPS["pyproject.toml"])
    done = set_up_driver(repository.folder, [])
    assert not isinstance(done, EditRejected)
    assert done.files == ()
    assert any("no roadmap was found" in note for note in done.notes)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_second_run_changes_no_byte(repository: Clone, newline: str) -> None:
    write(repository.folder, "plan.toml", "a b/x.toml", "roadmaps/y.toml")
    for names in ([], ["plan.toml", "a b/x.toml"], []):
        assert not isinstance(set_up_driver(repository.folder, names), EditRejected)
        attributes, config = repository.folder / ".gitattributes", repository.folder / ".git/config"
        # as a checkout with core.autocrlf leaves it
        attributes.write_bytes(
            attributes.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", newline.encode())
        )
        before = attributes.read_bytes(), config.read_bytes()
        assert not isinstance(set_up_driver(repository.folder, []), EditRejected)
        assert (attributes.read_bytes(), config.read_bytes()) == before
    assert merged_by_key(repository) == {"plan.toml", "a b/x.toml", "roadmaps/y.toml"}


@pytest.mark.parametrize("place", [".gitattributes", "sub/.gitattributes"])
def test_a_pipe_in_place_of_attributes_is_refused(repository: Clone, place: str) -> None:
    write(repository.folder, "sub/plan.toml")
    os.mkfifo(repository.folder / place)
    assert isinstance(set_up_driver(repository.folder, []), EditRejected)


def test_links_and_pipes_are_not_read(
    repository: Clone, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "plan.toml"
    outside.write_text(PLAN)
    (repository.folder / "plan.toml").symlink_to(outside)
    os.mkfifo(repository.folder / "pipe.toml")
    done = set_up_driver(repository.folder, [])
    assert not isinstance(done, EditRejected)
    assert done.files == ()
