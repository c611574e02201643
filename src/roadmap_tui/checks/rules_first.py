"""Rules first: what does the job without a model."""

from collections.abc import Iterator

from roadmap_tui.checks.levels import below
from roadmap_tui.checks.subject import WANTED, Subject
from roadmap_tui.checks.values import Hit, Mistake
from roadmap_tui.plan.words import percent, plain_level


@Mistake(
    "RB01",
    "W",
    "active",
    reason="The first version of most AI work is a rule; without it nobody knows what the model is for.",
    fix="describe the rule in rule",
    source="M. Zinkevich, Rules of Machine Learning (2017)",
)
def rb01(seen: Subject) -> Iterator[Hit]:
    """A model's rule is not described."""
    for name, model in seen.models(*WANTED):
        if not (model.rule or "").strip():
            yield Hit(seen.path(name, "rule"), "nothing says what does the job without a model")


@Mistake(
    "RB02",
    "W",
    "always",
    reason="Where a rule comes that near, the model's work buys the last few points, and the rule can ship today.",
    fix="ship the rule",
    policy=True,
)
def rb02(seen: Subject) -> Iterator[Hit]:
    """The rule reaches 90 % or more of the launch bar."""
    for name, model in seen.models(*WANTED):
        for bar_name, bar in model.bars.items():
            if bar.launch is None or bar.baseline is None or bar.launch <= 0 or bar.baseline <= 0:
                continue
            reached = bar.launch / bar.baseline if bar.better == "lower" else bar.baseline / bar.launch
            if not below(reached, seen.policy.RB02):
                levels = f"{plain_level(bar.baseline)} of {plain_level(bar.launch)}"
                text = f"the rule reaches {percent(reached)} of the launch bar of {bar_name}, {levels}"
                path = seen.path(name, "bars", bar_name, "baseline")
                yield Hit(path, text, numbers=(("baseline", bar.baseline), ("launch", bar.launch)))
