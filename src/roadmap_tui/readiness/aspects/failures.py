"""Failure modes: whether the errors are described, and the severe ones met with something."""

from collections.abc import Iterator, Mapping

from roadmap_tui.plan.items import Model, Product
from roadmap_tui.plan.readiness.failure_modes import FailureMode
from roadmap_tui.readiness.judgement import Judgement, level_if
from roadmap_tui.text.numbers import format_count

MIN_FAILURE_MODES = 3
"""From this many failure modes on, errors count as described."""


def described_failures(failures: Mapping[str, FailureMode]) -> tuple[str, ...]:
    """The failure modes with an example, whom they hurt, or counts; a name alone describes none."""
    return tuple(
        name
        for name, each in failures.items()
        if (each.example or "").strip() or (each.hurts or "").strip() or each.of
    )


def judge_failures(item: Model | Product) -> Iterator[Judgement]:
    """Judge the failure modes of an item."""
    if isinstance(item, Model):
        yield from _judge_number(item)
    for name, each in item.failures.items():
        if each.severity == "high":
            yield _judge_mitigation(name, each)


def _judge_number(model: Model) -> Iterator[Judgement]:
    measured = [name for name, bar in model.bars.items() if bar.latest_value(name) is not None]
    if not measured:
        return
    described = described_failures(model.failures)
    count, named = len(described), len(model.failures)
    listed = format_count(count, "failure mode") if count else "no failure mode"
    empty = f"; {named - count} of {named} are empty" if named > count else ""
    level = level_if(count < MIN_FAILURE_MODES, "watch" if count else "unknown")
    reason = f"{measured[0]} is measured, and {listed} described{empty}"
    yield Judgement(
        "failure modes",
        "described failures",
        ("failures",),
        level,
        reason,
        ", ".join(described),
        (("failures", count),),
    )


def _judge_mitigation(name: str, failure: FailureMode) -> Judgement:
    path, mitigation = ("failures", name), (failure.mitigation or "").strip()
    reason = f"{name} is of high severity, and nothing mitigates it"
    if mitigation:
        reason = f"{name} is of high severity, and mitigated"
    level = level_if(not mitigation, "watch")
    return Judgement("failure modes", "mitigation", path, level, reason, mitigation, is_key=True)
