"""Moves since the last review, in real repositories."""

import datetime as dt

from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.engine import forecast
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.review_comparison import (
    ReviewBaseline,
    baseline_forecast,
    compare_with_baseline,
    review_baseline,
)
from roadmap_tui.history.revisions import find_repository
from roadmap_tui.plan.resolver import resolve_plan
from tests.history.repositories import Repo

TODAY = dt.date(2026, 11, 23)


def plan(chance: float, reviewed: str = "") -> str:
    said = f"reviewed = {reviewed}\n" if reviewed else ""
    return (
        f"[roadmap]\nas_of = 2026-11-23\n{said}[product.a]\nreach = 10\neffort = 1\nchance ="
        f" {chance}\n[product.b]\nreach = 9\neffort = 1\n"
    )


def reviewed(repo: Repo, day: dt.date | None) -> ReviewBaseline | GitUnavailable:
    found = find_repository(str(repo.folder / "plan.toml"))
    assert not isinstance(found, GitUnavailable)
    return review_baseline(found, day, TODAY)


def chance_in(past: ReviewBaseline | GitUnavailable) -> object:
    assert isinstance(past, ReviewBaseline)
    assert past.document.plan is not None
    return past.document.plan.product["a"].chance


def test_review_commit_counts_despite_later_commits_that_day(
    repo: Repo,
) -> None:
    repo.commit("plan.toml", plan(0.1, "2026-11-09"), day="2026-11-09")
    repo.commit("plan.toml", plan(0.2, "2026-11-09"), day="2026-11-15")
    repo.commit("plan.toml", plan(0.3, "2026-11-16"), day="2026-11-17")
    repo.commit("plan.toml", plan(0.4, "2026-11-16"), day="2026-11-17")
    past = reviewed(repo, dt.date(2026, 11, 16))
    assert chance_in(past) == 0.3
    assert isinstance(past, ReviewBaseline)
    assert (past.day, past.is_review) == (dt.date(2026, 11, 16), True)


def test_a_review_that_is_not_committed_is_looked_for_by_its_day(repo: Repo) -> None:
    repo.commit("plan.toml", plan(0.1), day="2026-11-09")
    repo.commit("plan.toml", plan(0.2), day="2026-11-16")
    repo.commit("plan.toml", plan(0.3), day="2026-11-17")
    assert chance_in(reviewed(repo, dt.date(2026, 11, 16))) == 0.2
    assert isinstance(reviewed(repo, dt.date(2026, 11, 1)), GitUnavailable)


def test_without_a_review_it_is_what_was_there_before_today(repo: Repo) -> None:
    repo.commit("plan.toml", plan(0.1), day="2026-11-09")
    repo.commit("plan.toml", plan(0.2), day="2026-11-22")
    repo.commit("plan.toml", plan(0.3), day="2026-11-23")
    past = reviewed(repo, None)
    assert chance_in(past) == 0.2
    assert isinstance(past, ReviewBaseline)
    assert (past.day, past.is_review) == (dt.date(2026, 11, 22), False)


def test_movement_is_reported_in_the_displayed_points(repo: Repo) -> None:
    repo.commit("plan.toml", plan(0.9, "2026-11-16"), day="2026-11-16")
    past = reviewed(repo, dt.date(2026, 11, 16))
    assert isinstance(past, ReviewBaseline)
    now = read_document(plan(0.5, "2026-11-16").encode(), "plan.toml")
    assert now.plan is not None
    known = forecast(resolve_plan(now.plan), 2000)
    before = baseline_forecast(past, known)
    assert before is not None
    found = compare_with_baseline(past, before, now, known)
    assert found.points("a") == -40
    assert found.points("b") == 0
    assert [change.id for change in found.changes] == ["a"]


def test_no_repository_no_commit_and_no_plan_are_values(repo: Repo) -> None:
    assert isinstance(reviewed(repo, dt.date(2026, 11, 16)), GitUnavailable)
    repo.commit(
        "plan.toml",
        "[roadmap]\nreviewed = 2026-11-16\n[product.a]\neffort = 0.1.2\n",
        day="2026-11-16",
    )
    past = reviewed(repo, dt.date(2026, 11, 16))
    assert isinstance(past, ReviewBaseline)
    now = read_document(plan(0.5).encode(), "plan.toml")
    assert now.plan is not None
    assert baseline_forecast(past, forecast(resolve_plan(now.plan), 100)) is None
