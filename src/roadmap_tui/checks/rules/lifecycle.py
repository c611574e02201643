"""Models after launch: monitoring, retraining, and people for upkeep."""

from collections.abc import Iterator

from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.judgement_violations import judged_violation, judged_violations
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.document.edits import SetValue
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.items import Model
from roadmap_tui.plan.model_fields import STAGES
from roadmap_tui.readiness.data_quality import data_dimensions
from roadmap_tui.readiness.lifecycle import team_upkeep, upkeep_note
from roadmap_tui.text.comparisons import is_above, percent_against
from roadmap_tui.text.numbers import format_count, format_people

_DEFAULT_MONITOR = {"signal": "PSI of its scores", "warn": 0.1, "act": 0.25, "every_weeks": 1}
_HALF_A_YEAR = 26


@RuleInfo(
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
def lc01(context: CheckContext) -> Iterator[Violation]:
    """A live model has no monitor."""
    for name, each in context.judged("no monitor"):
        edit = SetValue(context.item_path(name, "monitor"), _DEFAULT_MONITOR)
        yield judged_violation(context, name, each, (edit,))


@RuleInfo(
    "LC02",
    "W",
    "live",
    reason=(
        "A model is as old as what it was trained on; without a limit the day it gets too old"
        " goes unnoticed."
    ),
    fix="set retrain, or staleness_weeks",
)
def lc02(context: CheckContext) -> Iterator[Violation]:
    """A live model has neither retraining nor a staleness limit."""
    for name, each in context.judged("no age limit"):
        edit = SetValue(context.item_path(name, *each.path), _HALF_A_YEAR)
        yield judged_violation(context, name, each, (edit,))


@RuleInfo(
    "LC03",
    "W",
    "always",
    reason="Each model that ships takes people for good, until those who built it do nothing else.",
    fix="retire or automate",
    source=(
        "D. Sculley and others, Hidden Technical Debt in Machine Learning Systems, NeurIPS (2015)"
    ),
    has_threshold=True,
)
def lc03(context: CheckContext) -> Iterator[Violation]:
    """Upkeep takes more than 40% of a team, now or once all that is planned is live."""
    for name, team in context.plan.teams.items():
        now = team_upkeep(context.plan, name, {"live"}, context.as_of)
        then = team_upkeep(context.plan, name, {"live", *OPEN_STATUSES}, context.as_of)
        limit = context.policy.LC03 * team.people
        is_now = is_above(now, limit)
        upkeep = now if is_now else then
        when = "now" if is_now else "once all that is planned is live"
        if is_above(upkeep, limit):
            share = percent_against(upkeep / team.people, context.policy.LC03)
            text = f"upkeep takes {format_people(upkeep)} of {team.people} people, {share}, {when}"
            text += upkeep_note(upkeep, team.people)
            yield Violation(
                ("teams", name),
                text,
                numbers=(("upkeep", upkeep), ("people", team.people)),
                at="key",
            )


@RuleInfo(
    "LC04",
    "W",
    "live",
    reason=(
        "The limit was set when the model was young; beyond it there is no evidence that it still"
        " holds."
    ),
    fix="train it again, or extend the limit with evidence",
)
def lc04(context: CheckContext) -> Iterator[Violation]:
    """A live model is older than its staleness limit."""
    yield from judged_violations(context, "stale model")


@RuleInfo(
    "LC05",
    "W",
    "active",
    reason="A stage that leaves no number and no sentence behind was waited out, not passed.",
    fix="record a measurement, or write what was learned",
)
def lc05(context: CheckContext) -> Iterator[Violation]:
    """A stage was passed without a measurement, and nothing was learned."""
    for name, model in context.models(*OPEN_OR_IDEA):
        if model.stage is None or (model.learned or "").strip():
            continue
        silent = [
            stage for stage in _passed_stages(model, model.stage) if not _is_measured(model, stage)
        ]
        if silent:
            count = format_count(len(silent), "stage")
            text = f"{count} passed without a measurement: {', '.join(silent)}"
            yield Violation(context.item_path(name, "stage"), text)


def _passed_stages(model: Model, current: str) -> list[str]:
    """The planned stages before the current one."""
    planned = STAGES if model.stages is None else model.stages.present()
    return [stage for stage in STAGES[: STAGES.index(current)] if stage in planned]


def _is_measured(model: Model, stage: str) -> bool:
    """Whether a stage has a measurement: of the data, or else of a bar."""
    measured = any(bar.measured for bar in model.bars.values())
    return measured or (
        stage == "data" and model.data is not None and bool(data_dimensions(model.data))
    )


@RuleInfo(
    "LC06",
    "W",
    "live",
    reason="The interval was set because the world moves on; a model that misses it is behind.",
    fix="train it again, or set a rhythm that fits",
)
def lc06(context: CheckContext) -> Iterator[Violation]:
    """Retraining of a live model is overdue, or when it was trained is not recorded."""
    yield from judged_violations(context, "late retraining", "unknown training")


@RuleInfo(
    "LC07",
    "W",
    "live",
    reason="A monitor that no one reads is the same as none.",
    fix="write what it shows in monitor.readings",
)
def lc07(context: CheckContext) -> Iterator[Violation]:
    """A live model's monitor has no reading, or its last one is late."""
    yield from judged_violations(context, "unread monitor", "late reading")


@RuleInfo(
    "LC08",
    "W",
    "live",
    reason="The levels were set in advance, so that a bad day doesn't decide them.",
    fix="do what was set for this level: look, or act",
)
def lc08(context: CheckContext) -> Iterator[Violation]:
    """The newest reading of a live model's monitor is at its warning level, or at that to act."""
    yield from judged_violations(context, "monitor reading")
