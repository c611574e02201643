"""Quality: whether a model is measured against bars that were set before."""

from collections.abc import Iterator

from roadmap_tui.checks.comparisons import is_below, percent_against
from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.document.edits import SetValue
from roadmap_tui.plan.items import Model, Product
from roadmap_tui.plan.readiness.quality_bars import MeasuredValue, QualityBar
from roadmap_tui.readiness.quality_bars import bar_assessment, bar_ppv
from roadmap_tui.text.numbers import (
    format_count,
    format_measured,
    format_set_level,
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
    for name, _ in context.features(*OPEN_OR_IDEA, "live"):
        models = context.upstream_models(name)
        if any(_has_launch_bar(context.plan.model[each]) for each in models):
            continue
        without = "no model behind it, and so no launch bar"
        text = f"no launch bar on {' or '.join(models)}" if models else without
        edits = _first_bar(context, models[0]) if models else ()
        yield Violation(context.item_path(name), text, edits=edits, at="key")


def _first_bar(context: CheckContext, model: str) -> tuple[SetValue, ...]:
    """The edit that adds a bar to a model without one."""
    edit = SetValue(context.item_path(model, "bars", "quality"), _DEFAULT_BAR)
    return () if context.plan.model[model].bars else (edit,)


def _has_launch_bar(model: Model) -> bool:
    return any(bar.launch is not None for bar in model.bars.values())


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
    for name, bar_name, bar, reading in _measured_bars(context, *OPEN_OR_IDEA, "live"):
        if bar.launch is not None and bar.status(bar_name) == "likely":
            more = bar_assessment(bar_name, bar).cases_missing
            look = bar.look_count(bar_name)
            text = (
                f"{bar_name} {_reading_text(reading, bar.launch)} clears"
                f" {format_set_level(bar.launch)}; look {look} doesn't prove it"
            )
            proof = f"; about {format_count(more or 0, 'more case')} have an 80% chance to"
            text += proof if more else ""
            numbers = (("value", reading.value), ("low", reading.low), ("launch", bar.launch))
            yield Violation(_newest_path(context, name, bar_name, bar), text, numbers=numbers)


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
    "live",
    reason="The guardrail is the level below which it was agreed that no model is better.",
    fix="fall back now, to the rule or to the version before",
)
def mq05(context: CheckContext) -> Iterator[Violation]:
    """The whole interval of a live model lies below its guardrail."""
    for name, bar_name, bar, reading in _measured_bars(context, *OPEN_OR_IDEA, "live"):
        if bar.guardrail is not None and bar.status(bar_name) == "breach":
            side = "above" if bar.better == "lower" else "below"
            text = (
                f"{bar_name} {_reading_text(reading, bar.guardrail)} is {side} its guardrail"
                f" {format_set_level(bar.guardrail)}"
            )
            numbers = (("value", reading.value), ("guardrail", bar.guardrail))
            yield Violation(_newest_path(context, name, bar_name, bar), text, numbers=numbers)


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


def _measured_bars(
    context: CheckContext, *statuses: str
) -> Iterator[tuple[str, str, QualityBar, MeasuredValue]]:
    """The measured bars, with their newest values."""
    for name, model in context.models(*statuses):
        for bar_name, bar in model.bars.items():
            reading = bar.latest_value(bar_name)
            if reading is not None:
                yield name, bar_name, bar, reading


def _reading_text(reading: MeasuredValue, level: float) -> str:
    return format_measured(reading.value, reading.low, reading.high, level)


def _newest_path(
    context: CheckContext, name: str, bar_name: str, bar: QualityBar
) -> tuple[str | int, ...]:
    """The path of the newest measurement."""
    newest = bar.newest_measurement()
    at = next((at for at, each in enumerate(bar.measured) if each is newest), 0)
    return context.item_path(name, "bars", bar_name, "measured", at)
