"""Spikes: questions with an end, whose answers change what is done."""

import re
from collections.abc import Iterator

from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.document.edits import SetValue
from roadmap_tui.forecast.analysis.stopping_decision import bayes_update
from roadmap_tui.forecast.simulation.sampling import success_chance
from roadmap_tui.history.plan_history import SpikeAtHead
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.failure_impact import items_lost_with
from roadmap_tui.plan.items import Spike
from roadmap_tui.text.comparisons import is_above, percent_against
from roadmap_tui.text.numbers import (
    format_chance,
    format_effort,
    format_number,
    format_share_change,
)

_NUMBER_WORD = re.compile(
    r"\d|\b(half|halves|twice|double|triple|dozen|zero|two|three|four|five|six|seven|eight|nine|ten"
    r"|hundred)\b",
    re.IGNORECASE,
)
_WEAK_EVIDENCE = {"opinion", "data-checked", "prototype", "offline-eval"}
_WEEK = 7


@RuleInfo(
    "SP01",
    "W",
    "next",
    reason=(
        "A question without an end is research without an end; what the forecast takes is only a"
        " guess."
    ),
    fix="set timebox, in weeks",
)
def sp01(context: CheckContext) -> Iterator[Violation]:
    """A spike has no timebox of its own."""
    for name, spike in context.spikes(*OPEN_OR_IDEA):
        if spike.timebox is None:
            path = context.item_path(name, "timebox")
            text = (
                f"no timebox of its own; {format_number(context.policy.timebox)} weeks are a guess"
            )
            yield Violation(path, text, edits=(SetValue(path, context.policy.timebox),))


@RuleInfo(
    "SP02",
    "W",
    "active",
    reason="A question that no number can answer is answered by those who want to go on.",
    fix="write a claim that can fail, with a number in it",
)
def sp02(context: CheckContext) -> Iterator[Violation]:
    """A spike's question has no number in it."""
    for name, spike in context.spikes(*OPEN_OR_IDEA):
        if not _NUMBER_WORD.search(spike.question or ""):
            text = "no number in its question" if spike.question else "it asks nothing"
            yield Violation(context.item_path(name, "question"), text)


@RuleInfo(
    "SP03",
    "W",
    "active",
    reason="Set after the result is known, a level is always met.",
    fix="set success_if and stop_if before the result is known",
)
def sp03(context: CheckContext) -> Iterator[Violation]:
    """A spike lacks success_if or stop_if."""
    for name, spike in context.spikes(*OPEN_OR_IDEA):
        lacking = [field for field in ("success_if", "stop_if") if not getattr(spike, field)]
        if lacking:
            yield Violation(context.item_path(name, lacking[0]), f"no {' and no '.join(lacking)}")


@RuleInfo(
    "SP04",
    "W",
    "active",
    reason="A timebox is a hard end: what is not known by then costs more to know than was agreed.",
    fix="decide; inconclusive counts",
)
def sp04(context: CheckContext) -> Iterator[Violation]:
    """An active spike is past its timebox."""
    for name, spike in context.spikes("active"):
        box = spike.timebox or context.policy.timebox
        weeks = context.days_since(spike.started) / _WEEK if spike.started is not None else 0.0
        if is_above(weeks, box):
            text = f"begun {format_number(weeks)} weeks ago, with a timebox of {format_number(box)}"
            yield Violation(
                context.item_path(name, "timebox"),
                text,
                numbers=(("weeks", weeks), ("timebox", box)),
            )
        elif is_above(spike.spent or 0.0, box * spike.staff):
            spent, whole = spike.spent or 0.0, box * spike.staff
            text = f"{format_number(spent)} person-weeks spent of {format_number(whole)}"
            numbers = (("spent", spent), ("timebox", whole))
            yield Violation(context.item_path(name, "timebox"), text, numbers=numbers)


@RuleInfo(
    "SP05",
    "W",
    "active",
    reason="To ask whether a bet works is to plan for what happens if it does not.",
    fix="write in fallback what we do then",
)
def sp05(context: CheckContext) -> Iterator[Violation]:
    """What hangs on a bet with an open spike has no fallback."""
    reported = set[str]()
    for bet, spikes in context.resolved.spikes_by_bet.items():
        lost = {bet, *items_lost_with(context.dependency_state, bet)}
        for name in sorted(lost & context.plan.product.keys()):
            if not context.has_fallback(name) and name not in reported:
                reported.add(name)
                bet_text = "" if name == bet else f" to {context.title(bet)}"
                text = f"no fallback, and {context.title(spikes[0])} may say no{bet_text}"
                yield Violation(
                    context.item_path(name, "fallback"), text, items=(name, bet, *spikes)
                )


@RuleInfo(
    "SP06",
    "W",
    "next",
    reason="A spike that only costs value, work or money is curiosity.",
    fix="cut it down, or skip it",
    source="H. Raiffa, R. Schlaifer, Applied Statistical Decision Theory (1961)",
)
def sp06(context: CheckContext) -> Iterator[Violation]:
    """Doing a spike costs value, work or money, and saves none of them."""
    for name, _ in context.spikes(*OPEN_STATUSES):
        effect = context.inputs.spikes.effects.get(name)
        if effect is not None and effect.total_value and effect.advice == "skip":
            share = effect.value_share
            text = (
                f"the plan is better without it: value {format_share_change(share.mean, share.se)},"
                f" person-weeks saved {format_effort(effect.saved_weeks.sure_mean)}"
            )
            numbers = (("value", effect.value.mean), ("saved_weeks", effect.saved_weeks.mean))
            yield Violation(context.item_path(name), text, numbers=numbers, at="key")


@RuleInfo(
    "SP07",
    "W",
    "next",
    reason="Two of three experiments fail, and about half of all AI projects reach production.",
    fix="lower chance, or cite a pilot in evidence",
    has_threshold=True,
)
def sp07(context: CheckContext) -> Iterator[Violation]:
    """AI work is all but sure, with evidence below a pilot."""
    stated = (
        (name, item) for name, item in context.features(*OPEN_OR_IDEA) if item.chance is not None
    )
    for name, item in (*stated, *context.models(*OPEN_OR_IDEA)):
        chance = success_chance(context.resolved_item(name))
        if is_above(chance, context.policy.SP07) and item.evidence in _WEAK_EVIDENCE:
            path = context.item_path(name, "stages" if item.chance is None else "chance")
            share = percent_against(chance, context.policy.SP07)
            text = f"chance {share} on evidence: {item.evidence}"
            yield Violation(path, text, numbers=(("chance", chance),))


@RuleInfo(
    "SP08",
    "E",
    "always",
    reason=(
        "A result that can be changed afterwards is no result, and what was refuted is asked again."
    ),
    fix="restore it, and append a correction to learned",
    needs_git=True,
)
def sp08(context: CheckContext) -> Iterator[Violation]:
    """A verdict was changed, or a refuted spike deleted, since HEAD."""
    for name, before in context.history.spikes.items():
        spike = context.plan.spike.get(name)
        if spike is None:
            if before.verdict == "refuted" and not _is_renamed(context, before):
                yield Violation(
                    ("spike", name),
                    f"{name}, refuted at HEAD, is not in the plan any more",
                    at="key",
                )
        elif before.verdict is not None and spike.verdict != before.verdict:
            yield Violation(
                context.item_path(name, "verdict"),
                f"{before.verdict} at HEAD, {spike.verdict or 'no verdict'} now",
            )


def _is_renamed(context: CheckContext, before: SpikeAtHead) -> bool:
    """Whether a new spike has the same verdict, question and learning."""
    earlier = context.history.spikes
    new = [spike for name, spike in context.plan.spike.items() if name not in earlier]
    return any(_is_same_answer(before, each) for each in new)


def _is_same_answer(before: SpikeAtHead, spike: Spike) -> bool:
    answer = (spike.verdict, spike.question, spike.learned)
    return (before.verdict, before.question, before.learned) == answer


@RuleInfo(
    "SP09",
    "W",
    "always",
    reason="What was found out and not written down is found out again.",
    fix="write it down in learned",
)
def sp09(context: CheckContext) -> Iterator[Violation]:
    """A spike is done and says nothing was learned."""
    for name, spike in context.spikes("done"):
        if not (spike.learned or "").strip():
            verdict = f", {spike.verdict}" if spike.verdict else ""
            yield Violation(
                context.item_path(name, "learned"),
                f"done{verdict}, and nothing is written of what was learned",
            )


@RuleInfo(
    "SP10",
    "W",
    "next",
    reason=(
        "A rule for the day of the answer that contradicts what the answer would mean will not be"
        " kept."
    ),
    fix="change on_refuted",
)
def sp10(context: CheckContext) -> Iterator[Violation]:
    """A no drops a bet that would still be worth it, or goes on with one that would not."""
    values = {each.id: each for each in context.inputs.spikes.information.spikes}
    for name, spike in context.spikes(*OPEN_STATUSES):
        worth = values.get(name)
        odds = context.resolved_item(name).spike
        if worth is None or odds is None:
            continue
        path = context.item_path(name, "on_refuted")
        _, _, after_no = bayes_update(worth.chance, odds.yes_if_works, odds.yes_if_not)
        chance = f"at {format_chance(after_no)} after a no, {worth.informs} would"
        if spike.on_refuted == "drop" and not worth.would_stop:
            text = f"{chance} still be worth its effort; it would be dropped"
            yield Violation(path, text, "write continue", edits=(SetValue(path, "continue"),))
        if spike.on_refuted == "continue" and worth.would_stop:
            text = f"{chance} not be worth its effort; it would go on"
            yield Violation(path, text, "write drop", edits=(SetValue(path, "drop"),))


@RuleInfo(
    "SP11",
    "W",
    "always",
    reason="There is nothing to find out about what is certain or decided.",
    fix="drop the spike",
)
def sp11(context: CheckContext) -> Iterator[Violation]:
    """An open spike's bet is certain, or closed."""
    for name, spike in context.spikes(*OPEN_STATUSES):
        bet = spike.informs or ""
        if bet not in context.items or context.items[bet].status == "idea":
            continue
        status, chance = context.items[bet].status, success_chance(context.resolved_item(bet))
        if status in OPEN_STATUSES and 0 < chance < 1:
            continue
        why = (
            f"its chance is {format_chance(chance)}"
            if status in OPEN_STATUSES
            else f"it is {status}"
        )
        edits = (SetValue(context.item_path(name, "status"), "dropped"),)
        yield Violation(
            context.item_path(name, "informs"),
            f"nothing to find out about {context.title(bet)}: {why}",
            edits=edits,
        )
