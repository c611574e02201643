"""Build or buy."""

from collections.abc import Iterator

from roadmap_tui.checks.comparisons import is_above
from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.money.option_assessment import assess_options, best_by_cost, best_by_score
from roadmap_tui.text.numbers import format_date, format_number

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
def bb01(seen: CheckContext) -> Iterator[Violation]:
    """A model takes over 12 person-weeks, and no way to buy it or to do without is compared."""
    for name, model in seen.models(*OPEN_OR_IDEA):
        weeks = seen.resolved_item(name).effort.p50
        if is_above(weeks, LARGE_EFFORT) and not any(
            option.kind in _WITHOUT_BUILDING for option in model.options.values()
        ):
            text = f"{format_number(weeks)} person-weeks, and nothing bought and no rule to compare with"
            yield Violation(seen.item_path(name, "options"), text, numbers=(("weeks", weeks),))


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
def bb02(seen: CheckContext) -> Iterator[Violation]:
    """Score and cost have different winners, what is chosen is knocked out, or the day to look again is past."""
    for name, model in seen.models(*OPEN_OR_IDEA, "live"):
        if not model.options:
            continue
        fits = assess_options(model, seen.sampled_amounts(name), seen.policy.roi_months)
        marks, money = best_by_score(fits), best_by_cost(fits)
        path = seen.item_path(name, "options" if model.chosen is None else "chosen")
        if marks is not None and money is not None and marks != money:
            yield Violation(path, f"the marks are for {marks}, the money is for {money}")
        out = fits[model.chosen].knockout_factors if model.chosen in fits else ()
        if out:
            yield Violation(
                path,
                f"{model.chosen} is chosen, and knocked out by {' and '.join(out)}",
                "choose another one",
            )
        if model.revisit is not None and seen.days_since(model.revisit) > 0:
            text = f"to be looked at again by {format_date(model.revisit)}, which is past"
            yield Violation(
                seen.item_path(name, "revisit"), text, "look at it again, and set the next day"
            )
