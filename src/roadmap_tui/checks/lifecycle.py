"""Models after their launch: watched, trained again, and looked after by people who are there."""

from collections.abc import Iterator

from roadmap_tui.checks.levels import above, percent_beside
from roadmap_tui.checks.subject import WANTED, Subject
from roadmap_tui.checks.values import Hit, Mistake
from roadmap_tui.files.edits import SetValue
from roadmap_tui.fitness.data import dimensions
from roadmap_tui.fitness.lifecycle import stale_weeks, team_upkeep, unplanned_note
from roadmap_tui.plan.items import STAGES, Model
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.plan.words import date, number, plural

_MONITOR = {"signal": "PSI of its scores", "warn": 0.1, "act": 0.25, "every_weeks": 1}
_HALF_A_YEAR = 26


@Mistake(
    "LC01",
    "E",
    "live",
    reason=(
        "The world moves on and the model does not; without a monitor its users are the first to"
        " see it."
    ),
    fix="add monitor = { signal, warn, act, every_weeks }",
    source="E. Breck and others, The ML Test Score, IEEE Big Data (2017)",
)
def lc01(seen: Subject) -> Iterator[Hit]:
    """A live model has no monitor."""
    for name, model in seen.models(*OPEN, "live"):
        if model.monitor is None:
            path = seen.path(name, "monitor")
            yield Hit(path, "nothing watches whether it drifts", edits=(SetValue(path, _MONITOR),))


@Mistake(
    "LC02",
    "W",
    "live",
    reason=(
        "A model is as old as what it was trained on; without a limit nobody notices the day it is"
        " too old."
    ),
    fix="set retrain, or staleness_weeks",
)
def lc02(seen: Subject) -> Iterator[Hit]:
    """A live model has neither retraining nor a staleness limit."""
    for name, model in seen.models(*OPEN, "live"):
        if model.retrain is None and model.staleness_weeks is None:
            path = seen.path(name, "staleness_weeks")
            text = "nothing says when it is trained again, or when it is stale"
            yield Hit(path, text, edits=(SetValue(path, _HALF_A_YEAR),))


@Mistake(
    "LC03",
    "W",
    "always",
    reason="Each model that ships takes people for good, until those who built it do nothing else.",
    fix="retire or automate",
    source=(
        "D. Sculley and others, Hidden Technical Debt in Machine Learning Systems, NeurIPS (2015)"
    ),
    policy=True,
)
def lc03(seen: Subject) -> Iterator[Hit]:
    """Upkeep takes more than 40 % of a team, now or once all that is planned is live."""
    for name, team in seen.plan.teams.items():
        now = team_upkeep(seen.plan, name, {"live"}, seen.as_of)
        then = team_upkeep(seen.plan, name, {"live", *OPEN}, seen.as_of)
        upkeep, when = (
            (now, "now")
            if above(now, seen.policy.LC03 * team.people)
            else (then, "once all that is planned is live")
        )
        if above(upkeep, seen.policy.LC03 * team.people):
            share = percent_beside(upkeep / team.people, seen.policy.LC03)
            text = f"upkeep takes {number(upkeep)} of {team.people} people, {share}, {when}"
            text += unplanned_note(upkeep, team.people)
            yield Hit(
                ("teams", name),
                text,
                numbers=(("upkeep", upkeep), ("people", team.people)),
                at="key",
            )


@Mistake(
    "LC04",
    "W",
    "live",
    reason=(
        "Somebody set the limit when the model was young; beyond it nobody has shown that it still"
        " holds."
    ),
    fix="train it again, or extend the limit with evidence",
)
def lc04(seen: Subject) -> Iterator[Hit]:
    """A live model is older than its staleness limit."""
    for name, model in seen.models("live"):
        stale, trained = stale_weeks(model, seen.as_of), model.retrained or model.finished
        if stale is not None and above(stale, 0) and trained is not None:
            limit = model.staleness_weeks or 0.0
            text = (
                f"trained on {date(trained)}, {number(stale + limit)} weeks ago; its limit is"
                f" {number(limit)}"
            )
            numbers = (("weeks", stale + limit), ("limit", limit))
            yield Hit(seen.path(name, "retrained"), text, numbers=numbers)


@Mistake(
    "LC05",
    "W",
    "active",
    reason="A stage that leaves no number and no sentence behind was waited out, not passed.",
    fix="record a measurement, or write what was learned",
)
def lc05(seen: Subject) -> Iterator[Hit]:
    """A stage was passed without a measurement, and nothing was learned."""
    for name, model in seen.models(*WANTED):
        if model.stage is None or (model.learned or "").strip():
            continue
        there = model.stages.given() if model.stages is not None else STAGES
        passed = [stage for stage in STAGES[: STAGES.index(model.stage)] if stage in there]
        silent = [stage for stage in passed if not _is_measured(model, stage)]
        if silent:
            text = (
                f"{plural(len(silent), 'stage')} passed without a measurement: {', '.join(silent)}"
            )
            yield Hit(seen.path(name, "stage"), text)


def _is_measured(model: Model, stage: str) -> bool:
    """Whether something was measured in a stage: the data of it, or else a bar."""
    measured = any(bar.measured for bar in model.bars.values())
    return measured or (stage == "data" and model.data is not None and bool(dimensions(model.data)))
