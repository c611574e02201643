"""Build or buy."""

from collections.abc import Iterator

from roadmap_tui.checks.levels import above
from roadmap_tui.checks.subject import WANTED, Subject
from roadmap_tui.checks.values import Hit, Mistake
from roadmap_tui.fitness.options import best_by_cost, best_by_score, option_fits
from roadmap_tui.plan.words import date, number

LARGE = 12
_OTHERS = {"rules", "saas", "api", "partner"}


@Mistake(
    "BB01",
    "W",
    "next",
    reason=(
        "A quarter of a person's year is enough to ask first what can be bought, or done by a rule."
    ),
    fix="compare with a bought one, or with rules, in options",
)
def bb01(seen: Subject) -> Iterator[Hit]:
    """A model takes over 12 person-weeks, and no way to buy it or to do without is compared."""
    for name, model in seen.models(*WANTED):
        weeks = seen.terms(name).effort.p50
        if above(weeks, LARGE) and not any(
            option.kind in _OTHERS for option in model.options.values()
        ):
            text = f"{number(weeks)} person-weeks, and nothing bought and no rule to compare with"
            yield Hit(seen.path(name, "options"), text, numbers=(("weeks", weeks),))


@Mistake(
    "BB02",
    "W",
    "always",
    reason=(
        "A choice against the marks or the money may be right, but not without the reason that it"
        " was made for."
    ),
    fix="write why, and when it is looked at again",
)
def bb02(seen: Subject) -> Iterator[Hit]:
    """Score and cost have different winners, what is chosen is knocked out, or the day to look again is past."""
    for name, model in seen.models(*WANTED, "live"):
        if not model.options:
            continue
        fits = option_fits(model, seen.draw(name), seen.policy.roi_months)
        marks, money = best_by_score(fits), best_by_cost(fits)
        path = seen.path(name, "options" if model.chosen is None else "chosen")
        if marks is not None and money is not None and marks != money:
            yield Hit(path, f"the marks are for {marks}, the money is for {money}")
        out = fits[model.chosen].knocked_out if model.chosen in fits else ()
        if out:
            yield Hit(
                path,
                f"{model.chosen} is chosen, and knocked out by {' and '.join(out)}",
                "choose another one",
            )
        if model.revisit is not None and seen.days_since(model.revisit) > 0:
            text = f"to be looked at again by {date(model.revisit)}, which is past"
            yield Hit(seen.path(name, "revisit"), text, "look at it again, and set the next day")
