"""Spikes: questions with an end, whose answers change what is done."""

from collections.abc import Iterator

from roadmap_tui.checks.subject import WANTED, Subject
from roadmap_tui.checks.values import Hit, Mistake
from roadmap_tui.forecast.draws import chance_of
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.plan.words import number, percent

_BELOW_PILOT = {"opinion", "data-checked", "prototype", "offline-eval"}


@Mistake(
    "SP01",
    "W",
    "next",
    reason="A question without an end is research without an end; two weeks are only what the forecast takes it for.",
    fix="set timebox, in weeks",
)
def sp01(seen: Subject) -> Iterator[Hit]:
    """A spike has no timebox of its own."""
    for name, spike in seen.spikes(*WANTED):
        if spike.timebox is None:
            yield Hit(seen.path(name, "timebox"), "no timebox of its own")


@Mistake(
    "SP07",
    "W",
    "next",
    reason="Two of three experiments fail, and about half of all AI projects reach production.",
    fix="lower chance, or cite a pilot in evidence",
    source="R. Kohavi, D. Tang, Y. Xu, Trustworthy Online Controlled Experiments (2020)",
    policy=True,
)
def sp07(seen: Subject) -> Iterator[Hit]:
    """A model is all but sure to work, with evidence below a pilot."""
    for name, model in seen.models(*WANTED):
        chance = chance_of(seen.terms(name))
        if chance > seen.policy.SP07 and model.evidence in _BELOW_PILOT:
            path = seen.path(name, "stages") if model.chance is None and model.stages else seen.path(name, "chance")
            yield Hit(path, f"chance {percent(chance)} on {model.evidence}", numbers=(("chance", chance),))


@Mistake(
    "SP06",
    "W",
    "next",
    reason="An answer that costs more than it may save is curiosity.",
    fix="cut it down, or skip it",
)
def sp06(seen: Subject) -> Iterator[Hit]:
    """An answer is worth less than it costs."""
    for name, _ in seen.spikes(*OPEN):
        worth = seen.known.worths.get(name)
        if worth is not None and worth.net < 0:
            weeks = f"{number(worth.cost)} person-weeks for an answer worth {number(worth.evsi)}"
            yield Hit(seen.path(name), weeks, numbers=(("cost", worth.cost), ("worth", worth.evsi)), at="key")
