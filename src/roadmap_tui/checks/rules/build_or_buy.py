"""Build or buy."""

from collections.abc import Iterator

from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.money.option_assessment import assess_options, best_by_cost, best_by_score
from roadmap_tui.plan.items import Model
from roadmap_tui.text.comparisons import is_above
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_number

LARGE_EFFORT = 12
_WITHOUT_BUILDING = {"rules", "saas", "api", "partner"}


@RuleInfo(
    "BB01",
    "W",
    "next",
    reason=(
        "A quarter of a person's year is enough to ask first what can be bought, or done by a rule."
    ),
    fix="compare with a bought one, or with rules, in options",
)
def bb01(context: CheckContext) -> Iterator[Violation]:
    """A model takes over 12 person-weeks, and no way to buy it or to do without is compared."""
    for name, model in context.models(*OPEN_OR_IDEA):
        weeks = context.resolved_item(name).effort.p50
        kinds = {option.kind for option in model.options.values()}
        if is_above(weeks, LARGE_EFFORT) and not kinds & _WITHOUT_BUILDING:
            size = f"{format_number(weeks)} person-weeks"
            text = f"{size}, and nothing bought and no rule to compare with"
            yield Violation(context.item_path(name, "options"), text, numbers=(("weeks", weeks),))


@RuleInfo(
    "BB02",
    "W",
    "always",
    reason=(
        "A choice against the marks or the money may be right, but not without the reason that it"
        " was made for."
    ),
    fix="write why, and when it is looked at again",
)
def bb02(context: CheckContext) -> Iterator[Violation]:
    """Score and cost differ, the chosen option can't win, or the day to look again is past."""
    for name, model in context.models(*OPEN_OR_IDEA, "live"):
        if not model.options:
            continue
        yield from _choice_violations(context, name, model)
        if model.revisit is not None and context.days_since(model.revisit) > 0:
            text = f"to be looked at again by {format_date(model.revisit)}, which is past"
            yield Violation(
                context.item_path(name, "revisit"), text, "look at it again, and set the next day"
            )


def _choice_violations(context: CheckContext, name: str, model: Model) -> Iterator[Violation]:
    """Where score and cost disagree, or the chosen option is knocked out."""
    fits = assess_options(context.plan, name, context.sampled_amounts, context.as_of)
    marks, money = best_by_score(fits), best_by_cost(fits)
    path = context.item_path(name, "options" if model.chosen is None else "chosen")
    if marks is not None and money is not None and marks != money:
        yield Violation(path, f"the marks are for {marks}, the money is for {money}")
    out = fits[model.chosen].knockout_factors if model.chosen in fits else ()
    if out:
        text = f"{model.chosen} is chosen, and knocked out by {' and '.join(out)}"
        yield Violation(path, text, "choose another one")
    if model.chosen in fits and not fits[model.chosen].is_in_use:
        months = context.policy.roi_months
        text = f"{model.chosen} is chosen, and is not in use within {months} months"
        yield Violation(path, text, "choose one that is in use sooner, or correct its weeks")
