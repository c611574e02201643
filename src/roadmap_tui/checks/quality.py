"""Quality: whether a model is measured against bars that were set before."""

from collections.abc import Iterator

from roadmap_tui.checks.subject import WANTED, Subject
from roadmap_tui.checks.values import Hit, Mistake
from roadmap_tui.plan.words import interval, level_of, plain_level


@Mistake(
    "MQ05",
    "E",
    "live",
    reason="The guardrail is the level below which it was agreed that no model is better.",
    fix="fall back now, to the rule or to the version before",
)
def mq05(seen: Subject) -> Iterator[Hit]:
    """The whole interval of a live model lies below its guardrail."""
    for name, model in seen.models(*WANTED, "live"):
        for bar_name, bar in model.bars.items():
            reading = bar.latest(bar_name)
            if reading is not None and bar.guardrail is not None and bar.status(bar_name) == "breach":
                side = "above" if bar.better == "lower" else "below"
                told = f"{level_of(reading.value)} {interval(reading.low, reading.high)}"
                yield Hit(
                    seen.path(name, "bars", bar_name),
                    f"{bar_name} {told} is {side} its guardrail {plain_level(bar.guardrail)}",
                    numbers=(("value", reading.value), ("high", reading.high), ("guardrail", bar.guardrail)),
                )
