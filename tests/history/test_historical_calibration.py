"""Estimates at the start of work, from real repositories."""

import math
from pathlib import Path

import pytest

from roadmap_tui.document.document import Document
from roadmap_tui.document.limits import MAX_BYTES
from roadmap_tui.history.file_texts import blob_names, blob_texts
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.historical_calibration import HistoricalCalibration, historical_calibration
from roadmap_tui.history.revisions import Commit, Repository, file_revisions, find_repository
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.storage.load import load_document
from tests.forecast.simulation.grid_posterior import grid_posterior
from tests.history.repositories import Repo

ITEM = '[model.{name}]\nstatus = "{status}"\neffort = {effort}\nchance = {chance}\n{more}\n'


def item(name: str, status: str, effort: str, chance: float = 0.5, more: str = "") -> str:
    return ITEM.format(name=name, status=status, effort=effort, chance=chance, more=more)


def asked(repo: Repo, name: str = "plan.toml") -> HistoricalCalibration | GitUnavailable:
    """What git knows of the file on disk."""
    path = str(repo.folder / name)
    there, disk = find_repository(path), load_document(path)
    assert isinstance(disk, Document)
    assert disk.plan is not None
    return (
        there
        if isinstance(there, GitUnavailable)
        else historical_calibration(resolve_plan(disk.plan), there)
    )


def had(repo: Repo) -> HistoricalCalibration:
    found = asked(repo)
    assert isinstance(found, HistoricalCalibration)
    return found


def test_estimate_at_first_activation_counts(repo: Repo) -> None:
    repo.commit("plan.toml", item("m", "planned", "[1, 2, 4]", 0.9))
    begun = repo.commit("plan.toml", item("m", "active", "[2, 4, 8]", 0.7))
    repo.commit("plan.toml", item("m", "active", "[4, 8, 16]", 0.6, "spent = 5"))
    repo.commit("plan.toml", item("m", "live", "[6, 9, 13]", 0.95, "spent = 8"))
    found = had(repo)
    [effort], [chance] = found.record.efforts, found.record.bets
    assert (effort.estimate, effort.actual, effort.status) == (Estimate(2, 4, 8), 8, "live")
    assert effort.z == pytest.approx(1.2815515655446004)
    assert (chance.chance, chance.worked) == (0.7, True)
    assert found.commits["m"].sha == begun
    assert (found.commits_read, found.unreadable_commits, found.without_history) == (4, 0, ())


def test_failing_that_the_last_commit_before_it_ended(repo: Repo) -> None:
    repo.commit("plan.toml", item("m", "planned", "[1, 2, 4]"))
    last = repo.commit("plan.toml", item("m", "planned", "[3, 5, 9]"))
    repo.commit("plan.toml", item("m", "done", "[4, 6, 9]", 0.5, "spent = 6"))
    repo.commit("plan.toml", item("m", "planned", "[5, 6, 9]"))
    repo.commit("plan.toml", item("m", "done", "[4, 6, 9]", 0.5, "spent = 6"))
    found = had(repo)
    assert found.record.efforts[0].estimate == Estimate(3, 5, 9)
    assert found.commits["m"].sha == last


def test_what_is_not_committed_yet_has_ended_too(repo: Repo) -> None:
    repo.commit("plan.toml", item("m", "active", "[1, 2, 4]"))
    (repo.folder / "plan.toml").write_text(item("m", "failed", "[1, 2, 4]", 0.5, "spent = 3"))
    found = had(repo)
    assert [(each.actual, each.status) for each in found.record.efforts] == [(3, "failed")]


def test_an_item_that_no_commit_knows_open_is_named(repo: Repo) -> None:
    repo.commit(
        "plan.toml",
        item("m", "live", "[1, 2, 4]", 0.5, "spent = 3") + item("open", "planned", "[1, 2, 4]"),
    )
    found = had(repo)
    assert (found.record.efforts, found.without_history) == ((), ("m",))


def test_versions_without_a_plan_are_passed_over_and_counted(repo: Repo) -> None:
    repo.commit("plan.toml", item("m", "planned", "[1, 2, 4]"))
    repo.commit("plan.toml", "a = = 1")
    repo.commit(
        "plan.toml",
        '[product.a]\nneeds = ["b"]\n[product.b]\nneeds = ["a"]\n' + item("m", "active", "9"),
    )
    repo.git("rm", "-q", "plan.toml")
    repo.git("commit", "-q", "-m", "Away")
    repo.commit("plan.toml", item("m", "done", "[4, 6, 9]", 0.5, "spent = 2"))
    found = had(repo)
    assert found.record.efforts[0].estimate == Estimate(1, 2, 4)
    assert (found.commits_read, found.unreadable_commits) == (2, 2)


def test_spent_at_the_time_does_not_count(repo: Repo) -> None:
    """Of a staged item neither: its paths are those from the stage that its actual effort counts
    from.
    """
    head = '[model.m]\nstatus = "{}"\nstage = "{}"\nspent = {}\n'
    stages = "[model.m.stages]\ndata = { effort = 20 }\ntrain = { effort = [1, 3, 9] }\n"
    repo.commit("plan.toml", head.format("active", "data", 2) + stages)
    repo.commit("plan.toml", head.format("live", "train", 3) + stages)
    [effort] = had(repo).record.efforts
    assert effort.z == pytest.approx(0, abs=0.02)
    assert effort.estimate.p50 == pytest.approx(3, rel=0.02)


def test_chance_is_the_one_at_that_time_for_any_stage(repo: Repo) -> None:
    stages = (
        "[model.m.stages]\ntrain = { effort = 2, chance = 0.5 }\ndeploy = { effort = 1, chance ="
        " 0.8 }\n"
    )
    repo.commit("plan.toml", '[model.m]\nstatus = "active"\nstage = "train"\n' + stages)
    repo.commit("plan.toml", '[model.m]\nstatus = "live"\nstage = "deploy"\n' + stages)
    [chance] = had(repo).record.bets
    assert chance.chance == pytest.approx(0.4)


def test_an_effort_of_the_whole_is_not_held_against_that_of_the_last_stages(repo: Repo) -> None:
    repo.commit("plan.toml", item("m", "active", "[10, 20, 40]"))
    staged = '[model.m]\nstatus = "live"\nstage = "train"\nspent = 4\n[model.m.stages]\n'
    repo.commit("plan.toml", staged + "data = { effort = 9 }\ntrain = { effort = [1, 3, 9] }\n")
    assert had(repo).record.efforts == ()
    assert [each.chance for each in had(repo).record.bets] == [0.5]


def test_other_figures_are_those_of_an_independent_reading(repo: Repo) -> None:
    """Twelve items of known deviates, each begun in a commit of its own under an estimate of its
    own.
    """
    sigma = math.log(9) / (2 * 1.2815515655446004)
    deviates = [-1.4, -0.6, 0.1, 0.4, 0.5, 0.9, 1.1, 1.5, 1.6, 2.0, 2.2, 3.0]
    text = [item(f"m{at}", "planned", "[1, 2, 4]") for at in range(12)]
    for at in range(12):
        text[at] = item(f"m{at}", "active", f"[{at + 1}, {3 * (at + 1)}, {9 * (at + 1)}]")
        repo.commit("plan.toml", "".join(text))
    for at, z in enumerate(deviates):
        text[at] = item(
            f"m{at}", "live", "[1, 2, 4]", 0.5, f"spent = {3 * (at + 1) * math.exp(sigma * z)!r}"
        )
    repo.commit("plan.toml", "".join(text))
    record = had(repo).record
    assert [each.z for each in record.efforts] == pytest.approx(deviates)
    assert record.bias == pytest.approx(grid_posterior(deviates, 0.3).bias, abs=1e-3)
    assert record.inside_count == 6


def test_no_repository_no_commit_and_no_git_are_values(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repo.folder / "plan.toml").write_text(item("m", "live", "[1, 2, 4]", 0.5, "spent = 3"))
    found = asked(repo)
    assert isinstance(found, GitUnavailable)
    assert found.text == "this repository has no commit yet"
    repo.commit("other.toml", "1")
    assert had(repo).without_history == ("m",)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = asked(repo)
    assert isinstance(found, GitUnavailable)
    assert found.text == "git is not installed"


def commits_of(repo: Repo, name: str) -> tuple[Repository, tuple[Commit, ...]]:
    there = find_repository(str(repo.folder / name))
    assert isinstance(there, Repository)
    commits = file_revisions(there, 500)
    assert isinstance(commits, tuple)
    return there, commits


@pytest.mark.parametrize("name", ["plan.toml", "a plan blob 7.toml", "é/日本.toml", "x blob"])
def test_texts_are_what_git_show_prints(repo: Repo, name: str) -> None:
    contents = ["a\n", "", "é blob 3\nlast without end", "a\n", "\n\n\r\n"]
    shas = [repo.commit(name, text, message=str(at)) for at, text in enumerate(contents)]
    repo.git("rm", "-q", "--", name)
    repo.git("commit", "-q", "-m", "Away")
    there, commits = commits_of(repo, name)
    names = blob_names(there, commits)
    assert isinstance(names, dict)
    assert set(names) == set(shas)
    read = dict(blob_texts(there, list(dict.fromkeys(names.values()))))
    assert [read[names[sha]].decode() for sha in shas] == contents
    assert len(read) == 4


def test_any_number_of_texts_can_be_had_and_unknown_ones_are_left_out(repo: Repo) -> None:
    files = [repo.folder / str(at) for at in range(150)]
    for at, file in enumerate(files):
        file.write_text("x" * at)
    names = repo.git("hash-object", "-w", "--", *(file.name for file in files)).split()
    there = find_repository(str(repo.folder / "plan.toml"))
    assert isinstance(there, Repository)
    found = list(blob_texts(there, ["0" * 40, *names, "f" * 40]))
    assert [name for name, _ in found] == names
    assert [len(raw) for _, raw in found] == list(range(150))


def test_what_is_longer_than_any_roadmap_is_not_read(repo: Repo) -> None:
    small = repo.commit("plan.toml", "a")
    repo.commit("plan.toml", "#" * (MAX_BYTES + 1))
    names = blob_names(*commits_of(repo, "plan.toml"))
    assert isinstance(names, dict)
    assert set(names) == {small}
