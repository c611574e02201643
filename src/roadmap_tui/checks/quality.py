"""Quality: whether a model is measured against bars that were set before."""

from collections.abc import Iterator

from roadmap_tui.checks.levels import below, percent_beside
from roadmap_tui.checks.subject import WANTED, Subject
from roadmap_tui.checks.values import Hit, Mistake
from roadmap_tui.files.edits import SetValue
from roadmap_tui.fitness.bars import bar_fit, ppv_of
from roadmap_tui.plan.bars import Bar, Reading
from roadmap_tui.plan.items import Product
from roadmap_tui.plan.words import beside, interval, percent, plain_level, plural

_BAR = {"guardrail": 0.7, "launch": 0.8, "target": 0.9}
_TELLING = {"precision", "recall", "f1", "f_beta", "auc"}
EVEN = 0.5


@Mistake(
    "MQ01",
    "W",
    "evaluate",
    reason="Without a level set before, good enough is whatever there is on the day.",
    fix="set guardrail, launch and target on a bar of its model",
)
def mq01(seen: Subject) -> Iterator[Hit]:
    """An AI feature near launch has no launch bar."""
    for name, _ in seen.features(*WANTED, "live"):
        models = seen.models_behind(name)
        if not any(
            bar.launch is not None for each in models for bar in seen.plan.model[each].bars.values()
        ):
            path = seen.path(models[0], "bars", "quality") if models else ()
            edits = (
                (SetValue(path, _BAR),) if models and not seen.plan.model[models[0]].bars else ()
            )
            text = (
                f"no launch bar on {' or '.join(models)}"
                if models
                else "no model behind it, and so no launch bar"
            )
            yield Hit(seen.path(name), text, edits=edits, at="key")


@Mistake(
    "MQ02",
    "W",
    "evaluate",
    reason="A value clears its bar by luck as often as not while its interval does not.",
    fix="measure more cases",
    source="E. B. Wilson, JASA 22 (1927)",
)
def mq02(seen: Subject) -> Iterator[Hit]:
    """The point clears the bar, the interval does not."""
    for name, bar_name, bar, reading in _measured(seen, *WANTED, "live"):
        if bar.launch is not None and bar.status(bar_name) == "likely":
            more = bar_fit(bar_name, bar).more
            need = f"; {plural(more, 'more case')} would prove it at this rate" if more else ""
            text = (
                f"{bar_name} {_told(reading, bar.launch)} clears {plain_level(bar.launch)}, its"
                " interval does not"
            )
            numbers = (("value", reading.value), ("low", reading.low), ("launch", bar.launch))
            yield Hit(_newest(seen, name, bar_name, bar), text + need, numbers=numbers)


@Mistake(
    "MQ03",
    "W",
    "always",
    reason="Where 5 % are what is looked for, always saying no is right 95 % of the time.",
    fix="set bars of precision and recall",
    policy=True,
)
def mq03(seen: Subject) -> Iterator[Hit]:
    """Accuracy is the only bar, with a prevalence below 10 % or above 90 %."""
    for name, model in seen.models(*WANTED, "live"):
        metrics = {bar.metric or bar_name for bar_name, bar in model.bars.items()}
        low, high = seen.policy.MQ03
        for bar_name, bar in model.bars.items():
            rare = bar.prevalence is not None and not low <= bar.prevalence <= high
            if (
                (bar.metric or bar_name) == "accuracy"
                and rare
                and not metrics & _TELLING
                and bar.prevalence is not None
            ):
                guess = max(bar.prevalence, 1 - bar.prevalence)
                text = (
                    f"accuracy alone, where always guessing the same is right {percent(guess)} of"
                    " the time"
                )
                path = seen.path(name, "bars", bar_name)
                yield Hit(path, text, numbers=(("prevalence", bar.prevalence),), at="key")


@Mistake(
    "MQ04",
    "W",
    "evaluate",
    reason="A model is worth what it is better by than the rule that costs nothing.",
    fix="measure the rule, and write it in baseline",
    source="M. Zinkevich, Rules of Machine Learning (2017)",
)
def mq04(seen: Subject) -> Iterator[Hit]:
    """No bar of a model has a baseline."""
    for name, model in seen.models(*WANTED, "live"):
        if model.bars and all(bar.baseline is None for bar in model.bars.values()):
            first = next(iter(model.bars))
            yield Hit(
                seen.path(name, "bars", first, "baseline"),
                "no baseline: nobody knows what the rule reaches",
            )


@Mistake(
    "MQ05",
    "E",
    "live",
    reason="The guardrail is the level below which it was agreed that no model is better.",
    fix="fall back now, to the rule or to the version before",
)
def mq05(seen: Subject) -> Iterator[Hit]:
    """The whole interval of a live model lies below its guardrail."""
    for name, bar_name, bar, reading in _measured(seen, *WANTED, "live"):
        if bar.guardrail is not None and bar.status(bar_name) == "breach":
            side = "above" if bar.better == "lower" else "below"
            text = (
                f"{bar_name} {_told(reading, bar.guardrail)} is {side} its guardrail"
                f" {plain_level(bar.guardrail)}"
            )
            numbers = (("value", reading.value), ("guardrail", bar.guardrail))
            yield Hit(_newest(seen, name, bar_name, bar), text, numbers=numbers)


@Mistake(
    "MQ06",
    "W",
    "evaluate",
    reason="Where most alarms are false, people stop looking at any of them.",
    fix="raise precision, or let somebody review",
)
def mq06(seen: Subject) -> Iterator[Hit]:
    """A yes is wrong more often than right, and nobody reviews it."""
    for name, model in seen.models(*WANTED, "live"):
        for bar_name, bar in model.bars.items():
            right = ppv_of(bar)
            if right is None or not below(right, EVEN):
                continue
            features = _on(seen, name)
            unreviewed = [each for each, item in features if not _is_reviewed(item)]
            if unreviewed or not features:
                nobody = (
                    f"nobody reviews {' or '.join(unreviewed)}"
                    if unreviewed
                    else "nothing says who reviews"
                )
                rare = f"at a prevalence of {percent(bar.prevalence or 0)}"
                text = (
                    f"a yes is right {percent_beside(right, EVEN)} of the time {rare}, and {nobody}"
                )
                yield Hit(
                    seen.path(name, "bars", bar_name, "prevalence"),
                    text,
                    numbers=(("right", right),),
                )


def _on(seen: Subject, model: str) -> list[tuple[str, Product]]:
    """The features that rest on a model."""
    return [
        (name, item)
        for name, item in seen.products(*WANTED, "live")
        if model in seen.models_behind(name)
    ]


def _is_reviewed(item: Product) -> bool:
    over = item.oversight is not None and item.oversight.review is not None
    return over or (item.cost is not None and item.cost.review is not None)


def _measured(seen: Subject, *statuses: str) -> Iterator[tuple[str, str, Bar, Reading]]:
    """The bars that were measured, with what the newest measurement says."""
    for name, model in seen.models(*statuses):
        for bar_name, bar in model.bars.items():
            reading = bar.latest(bar_name)
            if reading is not None:
                yield name, bar_name, bar, reading


def _told(reading: Reading, level: float) -> str:
    return f"{beside(reading.value, level)} {interval(reading.low, reading.high)}"


def _newest(seen: Subject, name: str, bar_name: str, bar: Bar) -> tuple[str | int, ...]:
    """Where the newest measurement stands."""
    newest = bar.newest()
    at = next((at for at, each in enumerate(bar.measured) if each is newest), 0)
    return seen.path(name, "bars", bar_name, "measured", at)
