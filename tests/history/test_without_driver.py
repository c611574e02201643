"""`git merge`, for real, where the driver can't run or is not registered: nothing of either side is
lost.
"""

import pytest

from tests.history.branches import Writer
from tests.history.clone import Clone
from tests.history.merge_verdict import lost_lines, sides
from tests.history.outage import BROKEN, break_driver, unregister

BASE = "[product.a]\neffort = 3\nreach = 100\n"
OURS, THEIRS = BASE.replace("3", "4"), BASE.replace("100", "200")
WAYS = ["its Python is gone", "not registered"]


def disable(repository: Clone, way: str) -> None:
    if way == "not registered":
        unregister(repository)
    else:
        break_driver(repository, BROKEN[way])


def check_nothing_lost(repository: Clone, seed: int) -> None:
    writer = Writer(seed)
    base = writer.sheet()
    ours, theirs = writer.branch(base), writer.branch(base)
    done = repository.merge(base.text(), ours.text(), theirs.text())
    text = repository.text()
    assert (done.returncode != 0) == bool(sides(text)[2]), text
    assert not lost_lines(base.text(), ours.text(), theirs.text(), text)


@pytest.mark.parametrize("way", BROKEN)
def test_git_merges_by_lines_with_marks(repository: Clone, way: str) -> None:
    break_driver(repository, BROKEN[way])
    done = repository.merge(BASE, OURS, THEIRS)
    assert done.returncode == 1
    assert "roadmap git setup" in done.stderr
    assert sides(repository.text()) == (OURS, THEIRS, 1)


@pytest.mark.parametrize("way", BROKEN)
def test_a_merge_without_conflict_is_clean(repository: Clone, way: str) -> None:
    break_driver(repository, BROKEN[way])
    base = BASE.replace("reach", "\n\n\n\nreach")
    done = repository.merge(base, base.replace("3", "4"), base.replace("100", "200"))
    assert done.returncode == 0
    assert repository.text() == base.replace("3", "4").replace("100", "200")


def test_a_driver_that_dies_while_it_writes_loses_nothing(repository: Clone) -> None:
    # a full disk: no file may grow beyond the first block
    line = repository.git("config", "merge.roadmap.driver").stdout.strip()
    head, _, call = line.partition(" && ")
    repository.git(
        "config",
        "merge.roadmap.driver",
        f"{head} && (ulimit -f 0; exec {call.replace(';', ');', 1)}",
    )
    done = repository.merge(BASE, OURS, THEIRS)
    assert done.returncode == 1, done.stderr
    assert sides(repository.text()) == (OURS, THEIRS, 1)


@pytest.mark.parametrize("way", WAYS)
def test_random_branches_lose_nothing(repository: Clone, way: str) -> None:
    disable(repository, way)
    for seed in range(25):
        check_nothing_lost(repository, seed)


@pytest.mark.soak
@pytest.mark.parametrize("way", [*BROKEN, "not registered"])
def test_many_random_branches_lose_nothing(repository: Clone, way: str) -> None:
    disable(repository, way)
    for seed in range(2000, 2500):
        check_nothing_lost(repository, seed)
