"""Rules first: what does the job without a model."""

from collections.abc import Iterator

from roadmap_tui.checks.levels import below
from roadmap_tui.checks.subject import WANTED, Subject
from roadmap_tui.checks.values import Hit, Mistake
from roadmap_tui.plan.bars import Bar
from roadmap_tui.plan.words import plain_level


@Mistake(
    "RB01",
    "W",
    "active",
    reason=(
        "The first version of most AI work is a rule; without it nobody knows what the model is"
        " for."
    ),
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
    reason=(
        "Where a rule comes that near, the model's work buys the last few points, and the rule can"
        " ship today."
    ),
    fix="ship the rule",
    policy=True,
)
def rb02(seen: Subject) -> Iterator[Hit]:
    """The rule reaches 90 % or more of the launch bar."""
    share = seen.policy.RB02
    for name, model in seen.models(*WANTED):
        for bar_name, bar in model.bars.items():
            if (
                bar.launch is not None
                and bar.baseline is not None
                and _reaches(bar, bar.baseline, bar.launch, share)
            ):
                levels = (
                    f"the rule stands at {plain_level(bar.baseline)}, the launch bar at"
                    f" {plain_level(bar.launch)}"
                )
                text = f"{bar_name}: {levels}"
                path = seen.path(name, "bars", bar_name, "baseline")
                yield Hit(path, text, numbers=(("baseline", bar.baseline), ("launch", bar.launch)))


def _reaches(bar: Bar, baseline: float, launch: float, share: float) -> bool:
    """Whether the rule comes to that share of the launch bar; nobody can say so of levels below 0."""
    if baseline < 0 or launch < 0:
        return False
    short, far = (share * baseline, launch) if bar.better == "lower" else (share * launch, baseline)
    return not below(far, short)
