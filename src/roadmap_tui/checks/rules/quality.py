"""Quality: whether a model is measured against bars that were set before."""

from collections.abc import Iterator

from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.judgement_violations import judged_violation, judged_violations
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.document.edits import SetValue
from roadmap_tui.plan.items import Product
from roadmap_tui.readiness.quality_bars import bar_ppv
from roadmap_tui.text.comparisons import is_below, percent_against
from roadmap_tui.text.numbers import (
    format_whole_percent,
)

_DEFAULT_BAR = {"guardrail": 0.7, "launch": 0.8, "target": 0.9}
_PREVALENCE_AWARE = {"precision", "recall", "f1", "f_beta", "auc"}
EVEN_PRECISION = 0.5


@RuleInfo(
    "MQ01",
    "W",
    "evaluate",
    reason="Without a level set before, good enough is whatever there is on the day.",
    fix="set guardrail, launch and target on a bar of its model",
)
def mq01(context: CheckContext) -> Iterator[Violation]:
    """An AI feature near launch has no launch bar."""
    for name, each in context.judged("no launch level"):
        models = context.upstream_models(name)
        edits = _first_bar(context, models[0]) if models else ()
        yield judged_violation(context, name, each, edits)


def _first_bar(context: CheckContext, model: str) -> tuple[SetValue, ...]:
    """The edit that adds a bar to a model without one."""
    edit = SetValue(context.item_path(model, "bars", "quality"), _DEFAULT_BAR)
    return () if context.plan.model[model].bars else (edit,)


@RuleInfo(
    "MQ02",
    "W",
    "evaluate",
    reason="A value above its bar may be luck, and more so the more often one looks.",
    fix="measure more cases",
    source="E. B. Wilson, JASA 22 (1927)",
)
def mq02(context: CheckContext) -> Iterator[Violation]:
    """The value clears the bar, but so good a result may be luck."""
    yield from judged_violations(context, "unproven bar")


@RuleInfo(
    "MQ03",
    "W",
    "always",
    reason="Where 5% are what is looked for, always saying no is right 95% of the time.",
    fix="set bars of precision and recall",
    has_threshold=True,
)
def mq03(context: CheckContext) -> Iterator[Violation]:
    """Accuracy is the only bar, with a prevalence below 10% or above 90%."""
    low, high = context.policy.MQ03
    for name, model in context.models(*OPEN_OR_IDEA, "live"):
        metrics = {bar.metric or bar_name for bar_name, bar in model.bars.items()}
        if metrics & _PREVALENCE_AWARE:
            continue
        for bar_name, bar in model.bars.items():
            if bar.prevalence is None or (bar.metric or bar_name) != "accuracy":
                continue
            if not low <= bar.prevalence <= high:
                guess = format_whole_percent(max(bar.prevalence, 1 - bar.prevalence))
                text = (
                    f"accuracy alone, where always guessing the same is right {guess} of the time"
                )
                path = context.item_path(name, "bars", bar_name)
                yield Violation(path, text, numbers=(("prevalence", bar.prevalence),), at="key")


@RuleInfo(
    "MQ04",
    "W",
    "evaluate",
    reason="A model is worth what it is better by than the rule that costs nothing.",
    fix="measure the rule, and write it in baseline",
    source="M. Zinkevich, Rules of Machine Learning (2017)",
)
def mq04(context: CheckContext) -> Iterator[Violation]:
    """No bar of a model has a baseline."""
    for name, model in context.models(*OPEN_OR_IDEA, "live"):
        if model.bars and all(bar.baseline is None for bar in model.bars.values()):
            first = next(iter(model.bars))
            yield Violation(
                context.item_path(name, "bars", first, "baseline"),
                "no baseline: what the rule reaches is not known",
            )


@RuleInfo(
    "MQ05",
    "E",
    "evaluate",
    reason="The guardrail is the level below which it was agreed that no model is better.",
    fix="fall back now, to the rule or to the version before",
)
def mq05(context: CheckContext) -> Iterator[Violation]:
    """The whole interval of a live model lies below its guardrail."""
    yield from judged_violations(context, "guardrail")


@RuleInfo(
    "MQ06",
    "W",
    "evaluate",
    reason="Where most alarms are false, people stop looking at any of them.",
    fix="raise precision, or let a person review",
)
def mq06(context: CheckContext) -> Iterator[Violation]:
    """A yes is wrong more often than right, and no person reviews it."""
    for name, model in context.models(*OPEN_OR_IDEA, "live"):
        for bar_name, bar in model.bars.items():
            right = bar_ppv(bar)
            if right is None or not is_below(right, EVEN_PRECISION):
                continue
            review = _missing_review(_features_on(context, name))
            if review:
                share = percent_against(right, EVEN_PRECISION)
                rare = f"at a prevalence of {format_whole_percent(bar.prevalence or 0)}"
                text = f"a yes is right {share} of the time {rare}, and {review}"
                yield Violation(
                    context.item_path(name, "bars", bar_name, "prevalence"),
                    text,
                    numbers=(("right", right),),
                )


def _missing_review(features: list[tuple[str, Product]]) -> str:
    """What the features of a model lack in review; empty if all of them are reviewed."""
    unreviewed = [name for name, item in features if not _is_reviewed(item)]
    missing = f"no person reviews {' or '.join(unreviewed)}" if unreviewed else ""
    return missing if features else "nothing says who reviews"


def _features_on(context: CheckContext, model: str) -> list[tuple[str, Product]]:
    """The features that use a model."""
    return [
        (name, item)
        for name, item in context.products(*OPEN_OR_IDEA, "live")
        if model in context.upstream_models(name)
    ]


def _is_reviewed(item: Product) -> bool:
    over = item.oversight is not None and item.oversight.review is not None
    return over or (item.cost is not None and item.cost.review is not None)


@RuleInfo(
    "MQ07",
    "W",
    "evaluate",
    reason="The level was set before, so that the day of launch doesn't talk anyone into less.",
    fix="improve it, or do without it; lower the level only with a reason that isn't this result",
)
def mq07(context: CheckContext) -> Iterator[Violation]:
    """The newest measurement misses its launch level or its guardrail."""
    yield from judged_violations(context, "missed bar")


@RuleInfo(
    "MQ08",
    "W",
    "evaluate",
    reason="A level that nothing was measured against says nothing about the model.",
    fix="measure it: press m, or roadmap measure",
)
def mq08(context: CheckContext) -> Iterator[Violation]:
    """A bar of a model near launch is not measured."""
    yield from judged_violations(context, "unmeasured bar")
