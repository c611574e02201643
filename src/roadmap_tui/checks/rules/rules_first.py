"""Rules first: what does the job without a model."""

from collections.abc import Iterator

from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.plan.readiness.quality_bars import QualityBar
from roadmap_tui.text.comparisons import is_below
from roadmap_tui.text.numbers import format_set_level


@RuleInfo(
    "RB01",
    "W",
    "active",
    reason=(
        "The first version of most AI work is a rule; without it the purpose of the model is"
        " unclear."
    ),
    fix="describe the rule in rule",
    source="M. Zinkevich, Rules of Machine Learning (2017)",
)
def rb01(context: CheckContext) -> Iterator[Violation]:
    """A model's rule is not described."""
    for name, model in context.models(*OPEN_OR_IDEA):
        if not (model.rule or "").strip():
            yield Violation(
                context.item_path(name, "rule"), "nothing says what does the job without a model"
            )


@RuleInfo(
    "RB02",
    "W",
    "always",
    reason=(
        "Where a rule comes that near, the model's work buys the last few points, and the rule can"
        " ship today."
    ),
    fix="ship the rule",
    has_threshold=True,
)
def rb02(context: CheckContext) -> Iterator[Violation]:
    """The rule reaches 90% or more of the launch bar."""
    share = context.policy.RB02
    for name, model in context.models(*OPEN_OR_IDEA):
        for bar_name, bar in model.bars.items():
            if (
                bar.launch is not None
                and bar.baseline is not None
                and _reaches_share(bar, bar.baseline, bar.launch, share)
            ):
                levels = (
                    f"the rule stands at {format_set_level(bar.baseline)}, the launch bar at"
                    f" {format_set_level(bar.launch)}"
                )
                text = f"{bar_name}: {levels}"
                path = context.item_path(name, "bars", bar_name, "baseline")
                yield Violation(
                    path, text, numbers=(("baseline", bar.baseline), ("launch", bar.launch))
                )


def _reaches_share(bar: QualityBar, baseline: float, launch: float, share: float) -> bool:
    """Whether the rule reaches that share of the launch bar; False for levels below 0."""
    if baseline < 0 or launch < 0:
        return False
    if bar.better == "lower":
        return not is_below(launch, share * baseline)
    return not is_below(baseline, share * launch)
