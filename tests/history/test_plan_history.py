"""History of a plan, from real repositories."""

import datetime as dt
from pathlib import Path

from roadmap_tui.document.document import Document
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.plan_history import PlanHistory, Postponement, SpikeAtHead, plan_history
from roadmap_tui.storage.load import load_document
from tests.history.repositories import Repo

TODAY = dt.date(2026, 11, 23)
DATED = "[product.export]\nnot_before = {}\n"


def day(month: int, of: int = 1) -> dt.date:
    return dt.date(2026, month, of)


def history_of(repo: Repo, text: str | None = None, commits: int = 50) -> PlanHistory:
    """History of ``plan.toml``, changed on disk first if a text is given."""
    path = repo.folder / "plan.toml"
    if text is not None:
        path.write_text(text)
    document = load_document(str(path))
    assert isinstance(document, Document)
    found = plan_history(str(path), document, TODAY, commits)
    assert isinstance(found, PlanHistory), found
    return found


def test_spikes_are_those_of_head(repo: Repo) -> None:
    repo.commit(
        "plan.toml", '[spike.a]\nquestion = "q"\nverdict = "refuted"\nlearned = "l"\n[spike.b]\n'
    )
    repo.commit("other.toml", "[product.x]\n")
    assert history_of(repo, "[product.x]\n").spikes == {
        "a": SpikeAtHead("refuted", "q", "l"),
        "b": SpikeAtHead(None),
    }


def test_each_postponement_has_its_day(repo: Repo) -> None:
    for month in (1, 2, 3):
        repo.commit("plan.toml", DATED.format(day(month + 5)), day=f"2026-0{month}-01")
    repo.commit("plan.toml", DATED.format(day(7)), day="2026-04-01")
    found = history_of(repo, DATED.format(day(12))).postponements
    assert found == {
        ("export", "not_before"): (
            Postponement(day(2), day(6), day(7)),
            Postponement(day(3), day(7), day(8)),
            Postponement(TODAY, day(8), day(12)),
        )
    }


def test_a_quarter_is_its_last_day(repo: Repo) -> None:
    text = "[model.m]\ndeadline = {{ by = {} }}\n"
    repo.commit("plan.toml", text.format('"2026-Q3"'), day="2026-01-01")
    repo.commit("plan.toml", text.format("2026-09-30"), day="2026-02-01")
    repo.commit("plan.toml", text.format('"2026-Q4"'), day="2026-03-01")
    assert history_of(repo).postponements == {
        ("m", "deadline"): (Postponement(day(3), day(9, 30), day(12, 31)),)
    }


def test_what_two_branches_did_is_counted_once(repo: Repo) -> None:
    rest = "\n\n\n\n[product.other]\n"
    repo.commit("plan.toml", DATED.format(day(6)) + rest, day="2026-01-01")
    repo.git("checkout", "-q", "-b", "aside")
    repo.commit("plan.toml", DATED.format(day(6)) + rest + "tags = []\n", day="2026-01-03")
    repo.git("checkout", "-q", "main")
    repo.commit("plan.toml", DATED.format(day(7)) + rest, day="2026-01-02")
    repo.git("merge", "-q", "-m", "Join", "aside", day="2026-01-04")
    assert history_of(repo).postponements == {
        ("export", "not_before"): (Postponement(day(1, 2), day(6), day(7)),)
    }


def test_what_cannot_be_read_is_passed_over(repo: Repo) -> None:
    repo.commit("plan.toml", DATED.format(day(6)), day="2026-01-01")
    repo.commit("plan.toml", "a = = 1", day="2026-01-02")
    repo.commit("plan.toml", "product = 3\nspike = [1]\n", day="2026-01-03")
    repo.commit(
        "plan.toml",
        '[product]\nexport = 1\nb = { not_before = "soon", deadline = 3 }\n',
        day="2026-01-04",
    )
    repo.commit("plan.toml", DATED.format(day(7)), day="2026-01-05")
    assert history_of(repo) == PlanHistory(
        {}, {("export", "not_before"): (Postponement(day(1, 5), day(6), day(7)),)}
    )


def test_only_the_newest_commits_are_looked_at(repo: Repo) -> None:
    for month in (1, 2, 3):
        repo.commit("plan.toml", DATED.format(day(month + 5)), day=f"2026-0{month}-01")
    assert history_of(repo, commits=2).postponements == {
        ("export", "not_before"): (Postponement(day(3), day(7), day(8)),)
    }


def test_a_file_that_git_does_not_know_has_no_past(repo: Repo) -> None:
    repo.commit("other.toml", "[product.a]\n")
    assert history_of(repo, DATED.format(day(6))) == PlanHistory()


def test_without_git_the_reason_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(DATED.format(day(6)))
    document = load_document(str(path))
    assert isinstance(document, Document)
    assert plan_history(str(path), document, TODAY) == GitUnavailable(
        "not in a git repository", "git init makes one"
    )
    Repo(tmp_path)
    found = plan_history(str(path), document, TODAY)
    assert isinstance(found, GitUnavailable)
    assert "no commit yet" in found.text
