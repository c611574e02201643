"""`git merge`, for real, with the merge driver: nothing lost, nothing wrong, no choice that is not
needed.
"""

import os

import pytest
import tomli

from tests.history.branches import Writer, expected
from tests.history.clone import Clone
from tests.history.merge_verdict import bare, lost_comments, read, sides


def check_merge(repository: Clone, seed: int) -> None:
    writer = Writer(seed)
    base = writer.sheet()
    ours, theirs = writer.branch(base), writer.branch(base)
    want = expected(base, ours, theirs)
    done = repository.merge(base.text(), ours.text(), theirs.text())
    text = repository.text()
    assert (done.returncode != 0) == bool(want.conflicts), (want.conflicts, text)
    mine, yours, marks = sides(text)
    assert bare(read(mine)) == bare(want.ours)
    assert bare(read(yours)) == bare(want.theirs)
    assert bool(marks) == bool(want.conflicts)
    named = "".join(
        line.partition("changed on both sides: ")[2] for line in done.stderr.splitlines()
    )
    assert set(filter(None, named.split(", "))) == {".".join(place) for place in want.conflicts}
    assert not lost_comments(base, ours, theirs, text, want)
    words = [
        word for word in {**ours.comments(), **theirs.comments()} if mine.count(f"# {word}") > 1
    ]
    assert not words


@pytest.mark.parametrize("lot", range(6))
def test_random_branches_merge_by_key(repository: Clone, lot: int) -> None:
    for seed in range(lot * 10, lot * 10 + 10):
        check_merge(repository, seed)


@pytest.mark.soak
@pytest.mark.parametrize("lot", range(10))
def test_many_random_branches_merge_by_key(repository: Clone, lot: int) -> None:
    for seed in range(1000 + lot * 50, 1000 + lot * 50 + 50):
        check_merge(repository, seed)


BASE = "[product.a]\neffort = 3\nreach = 100\n"


@pytest.mark.parametrize(
    "name", ["-x.toml", 'a b\'s "c".toml', "--output=x.toml", "$(touch marked).toml", "tschüß.toml"]
)
def test_any_file_name_is_merged(repository: Clone, name: str) -> None:
    there = {*os.listdir(repository.folder), name}
    repository.file = name
    repository.set_up()
    done = repository.merge(BASE, BASE.replace("3", "4"), BASE.replace("100", "200"))
    assert done.returncode == 0
    assert repository.text() == "[product.a]\neffort = 4\nreach = 200\n"
    assert set(os.listdir(repository.folder)) == there


def test_nothing_of_the_repository_runs(repository: Clone) -> None:
    mark = repository.folder / "marked"
    hostile = f"open({str(mark)!r}, 'w').close()\n"
    for name in ("roadmap_tui", "tomli", "pydantic"):
        (repository.folder / name).mkdir()
        (repository.folder / name / "__init__.py").write_text(hostile)
    for name in ("sitecustomize.py", "usercustomize.py", "click.py", "json.py"):
        (repository.folder / name).write_text(hostile)
    done = repository.merge(BASE, BASE.replace("3", "4"), BASE.replace("100", "200"))
    assert done.returncode == 0, done.stderr
    assert not mark.exists()


def test_without_an_ancestor_both_are_kept(repository: Clone) -> None:
    repository.git("checkout", "-q", "--orphan", "theirs")
    repository.commit("[product.a]\neffort = 3\n\n[product.b]\n")
    repository.git("checkout", "-q", "--orphan", "ours")
    repository.commit("[product.a]\neffort = 3\n\n[product.c]\n")
    done = repository.git("merge", "--no-edit", "--allow-unrelated-histories", "theirs")
    assert done.returncode == 0, done.stderr
    assert set(tomli.loads(repository.text())["product"]) == {"a", "b", "c"}


@pytest.mark.parametrize(
    "broken", ["[product.a\neffort = 4\n", "[product.a]\neffort = 4\neffort = 5\n"]
)
def test_what_keys_cannot_merge_gets_the_marks_of_git(repository: Clone, broken: str) -> None:
    done = repository.merge(BASE, BASE.replace("3", "6"), broken)
    assert done.returncode == 1
    assert "can't be merged by key" in done.stderr
    mine, yours, marks = sides(repository.text())
    assert marks
    assert (mine, yours) == (BASE.replace("3", "6"), broken)


def test_a_merge_of_lines_that_is_no_toml_is_not_clean(repository: Clone) -> None:
    base = "[product.a]\neffort = 4\n<<<<<<< ours\n\n[product.b]\neffort = 2\n"
    ours = "[product.a]\neffort = 4\n\n[product.b]\nreach = 7\neffort = 2\n"
    theirs = "[product.a]\neffort = 4\n\n[product.b]\neffort = 2\nreach = 8\n"
    done = repository.merge(base, ours, theirs)
    assert done.returncode == 1, repository.text()
    assert "can't be merged by key" in done.stderr
    assert sides(repository.text())[:2] == (ours, theirs)


def test_a_conflict_whose_sides_make_no_plan_with_the_rest_is_not_clean(repository: Clone) -> None:
    # the spike and the model of one id stand far apart: git merges the lines
    base = "[model.b]\norder = 1\n\n[product.p]\n"
    ours = f"{base}\n[model.d]\norder = 2\n"
    theirs = base.replace(
        "[model.b]\norder = 1\n", "[model.b]\norder = 1\n\n[spike.d]\norder = 3\n"
    )
    done = repository.merge(base, ours, theirs)
    assert done.returncode == 1, repository.text()
    assert sides(repository.text())[:2] == (ours, theirs)


def test_bytes_that_are_no_text_are_not_lost(repository: Clone) -> None:
    repository.commit(BASE)
    repository.git("branch", "theirs")
    repository.commit(BASE.replace("3", "4"))
    repository.git("checkout", "-q", "theirs")
    (repository.folder / repository.file).write_bytes(b"# \xff\n" + BASE.encode())
    repository.git("commit", "-qam", "Change the plan")
    repository.git("checkout", "-q", "-")
    repository.git("merge", "theirs")
    raw = (repository.folder / repository.file).read_bytes()
    assert b"\xff" in raw
    assert b"effort = 4" in raw


def test_a_rebase_and_a_cherry_pick_merge_by_key_too(repository: Clone) -> None:
    repository.merge(BASE, BASE, BASE)
    repository.git("checkout", "-q", "-b", "one")
    repository.commit(BASE.replace("3", "4"))
    repository.git("checkout", "-q", "-b", "two", "HEAD~1")
    repository.commit(BASE.replace("100", "200"))
    assert repository.git("rebase", "-q", "one").returncode == 0
    assert repository.text() == BASE.replace("3", "4").replace("100", "200")


def test_line_merge_is_kept_if_it_gives_the_same(repository: Clone) -> None:
    base = "[product.a]\neffort = 3\n\n\n\n[product.b]\n# remark\nreach = 1\n"
    ours = base.replace("3", "4").replace("\n\n\n\n", "\n\n")
    theirs = base.replace("reach = 1", "reach  =  2")
    assert repository.merge(base, ours, theirs).returncode == 0
    assert repository.text() == ours.replace("reach = 1", "reach  =  2")


def test_a_file_too_large_to_read_is_merged_by_lines(repository: Clone) -> None:
    base = BASE + "# padding\n" * 500_000
    done = repository.merge(base, base.replace("= 3", "= 4"), "# first\n" + base)
    assert "larger than 5 MB" in done.stderr
    assert repository.text() == "# first\n" + base.replace("= 3", "= 4")
