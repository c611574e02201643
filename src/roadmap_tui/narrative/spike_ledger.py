"""Ledger of spikes: cost, result and effect of each, and the value of open ones."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from roadmap_tui.forecast.analysis.value_of_information import SpikeSuggestion
from roadmap_tui.forecast.simulation.results import Forecast, SpikeOdds
from roadmap_tui.forecast.simulation.sampling import mean_effort
from roadmap_tui.money.spike_study import Advice, SpikeEffect, SpikeStudy
from roadmap_tui.narrative.money import plan_currency
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.items import Bet, Spike
from roadmap_tui.plan.resolver import ResolvedPlan, build_resolved_item
from roadmap_tui.plan.roadmap import Plan, display_title
from roadmap_tui.text.currency import Currency
from roadmap_tui.text.numbers import (
    format_chance,
    format_effort,
    format_person_weeks,
    format_share_change,
)
from roadmap_tui.text.terminal_text import escape_control

VERDICT_ANSWERS = {"refuted": "no", "confirmed": "yes", "inconclusive": "unclear"}
ADVICE_WORDS: dict[Advice, str] = {"do": "do it", "skip": "don't", "choose": "your call"}
_MAX_ADVICE = 5


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One spike in the ledger, as text.

    Attributes:
        yes: chance of a yes, if open.
        verdict: the result, if ended.
        cost: its effort, or the effort spent, in person-weeks.
        value: what doing it does to the value by the horizon, if open.
        weeks, money: what doing it saves, its own cost included, if open; ``–`` if unknown.
        note: what its answer decides and the trade, if open; what it changed and saved, if ended.
        advice: whether to do it, if open; empty where it wasn't simulated.
    """

    id: str
    title: str
    question: str
    is_open: bool
    yes: str
    verdict: str
    cost: str
    value: str
    weeks: str
    money: str
    note: str
    advice: str


@dataclass(frozen=True, slots=True)
class LedgerInputs:
    """Inputs of the ledger."""

    plan: Plan
    resolved: ResolvedPlan
    forecast: Forecast
    study: SpikeStudy


def ledger_entries(books: LedgerInputs) -> tuple[LedgerEntry, ...]:
    """Every spike: open ones by advice, then ended ones, refuted first."""
    plan, forecast, effects = books.plan, books.forecast, books.study.effects
    ranked = sorted(effects, key=lambda each: _rank(effects, each))
    place = {name: at for at, name in enumerate(ranked)}
    order = {"refuted": 0, "confirmed": 1, "inconclusive": 2}
    spikes = sorted(
        plan.spike.items(),
        key=lambda each: (
            each[1].status not in OPEN_STATUSES,
            place.get(each[0], len(place)),
            order.get(each[1].verdict or "", 3),
            -(each[1].finished or forecast.as_of).toordinal(),
        ),
    )
    return tuple(_ledger_entry(books, name, spike) for name, spike in spikes)


def _rank(effects: Mapping[str, SpikeEffect], name: str) -> tuple[int, float, float]:
    """What to do first, then by value and work saved."""
    effect = effects[name]
    advice = ("do", "choose", "skip").index(effect.advice)
    return advice, -effect.value.mean, -effect.saved_weeks.mean


def _ledger_entry(books: LedgerInputs, name: str, spike: Spike) -> LedgerEntry:
    plan, item = books.plan, books.forecast.items[name]
    effect = books.study.effects.get(name)
    is_open = spike.status in OPEN_STATUSES
    notes = _decision_notes(books, name, spike) if is_open else _outcome_notes(books, spike)
    return LedgerEntry(
        id=name,
        title=escape_control(item.title),
        question=escape_control(spike.question or ""),
        is_open=is_open,
        yes=format_chance(item.odds.p_yes) if item.odds else "–",
        verdict=VERDICT_ANSWERS.get(spike.verdict or "", spike.status),
        cost=_cost(books, name, spike),
        value=format_share_change(effect.value_share.mean, effect.value_share.se)
        if effect
        else "–",
        weeks=_saved_weeks(effect),
        money=_saved_money(effect, plan_currency(plan)),
        note="; ".join(notes),
        advice=ADVICE_WORDS[effect.advice] if effect else "",
    )


def _saved_weeks(effect: SpikeEffect | None) -> str:
    if effect is None:
        return "–"
    return format_effort(effect.saved_weeks.sure_mean)


def _saved_money(effect: SpikeEffect | None, currency: Currency) -> str:
    if effect is None or not effect.total_money:
        return "–"
    return currency.format_rounded(effect.saved_money.sure_mean)


def trade_note(effect: SpikeEffect, currency: Currency) -> str:
    """What doing a spike gains and costs: ``costs 0.3% of value, saves $9k of $210k``."""
    parts = []
    share = effect.value_share
    if share.direction:
        change = format_share_change(abs(share.mean), share.se).removeprefix("+")
        verb = "adds" if share.direction > 0 else "costs"
        parts.append(f"{verb} {change} of value")
    money, weeks = effect.saved_money, effect.saved_weeks
    if effect.total_money and money.direction:
        verb = "saves" if money.direction > 0 else "adds"
        whole = currency.format_rounded(effect.total_money)
        parts.append(f"{verb} {currency.format_rounded(abs(money.mean))} of {whole}")
    if weeks.direction and (not money.direction or weeks.direction != money.direction):
        verb = "saves" if weeks.direction > 0 else "adds"
        parts.append(f"{verb} {format_person_weeks(abs(weeks.mean))}")
    return ", ".join(parts) or "makes no difference that could be measured"


def _cost(books: LedgerInputs, name: str, spike: Spike) -> str:
    """The person-weeks left to do, if open, else those spent."""
    if spike.status in OPEN_STATUSES:
        return format_effort(mean_effort(books.resolved.items[name]))
    return "–" if spike.spent is None else format_effort(spike.spent)


def _decision_notes(books: LedgerInputs, name: str, spike: Spike) -> Iterator[str]:
    """What an open spike's answer decides, and the trade where that is a person's call."""
    plan, effect = books.plan, books.study.effects.get(name)
    if spike.informs is None:
        yield "informs no bet"
        return
    bet = _bet_title(plan, spike.informs)
    if spike.informs not in plan.items or plan.items[spike.informs].status not in OPEN_STATUSES:
        yield f"{bet} is no longer open"
        return
    odds = books.forecast.items[name].odds
    if odds is not None:
        yield _stop_note(spike, bet, odds)
    if effect is not None and effect.advice == "choose":
        yield trade_note(effect, plan_currency(plan))


def _stop_note(spike: Spike, bet: str, odds: SpikeOdds) -> str:
    if odds.before in {0, 1}:
        return f"whether {bet} works is known already"
    if spike.on_refuted == "continue":
        return f"{bet} goes on after a no, so no answer would change what is done"
    return f"{format_chance(1 - odds.p_yes)} chance that a no stops {bet}"


def _outcome_notes(books: LedgerInputs, spike: Spike) -> Iterator[str]:
    """What an ended spike changed and saved, and what was learned."""
    plan = books.plan
    if spike.informs is not None and spike.informs in plan.items:
        item = plan.items[spike.informs]
        bet = _bet_title(plan, spike.informs)
        saved = effort_saved(plan, spike, books.forecast.as_of)
        if saved is not None:
            yield f"{bet} was dropped, which saved {format_person_weeks(saved)}"
        elif (
            spike.verdict in {"confirmed", "refuted"}
            and isinstance(item, Bet)
            and item.chance is not None
        ):
            yield f"{bet} now works {format_chance(item.chance)}"
        elif spike.verdict == "inconclusive":
            yield f"{bet} stays as it was"
        else:
            yield f"{bet} is {item.status}"
    learned = spike.learned or spike.answer
    if learned:
        yield escape_control(learned)


def effort_saved(plan: Plan, spike: Spike, as_of: dt.date) -> float | None:
    """Person-weeks that a refuted spike saved: those of its dropped bet; None if it saved none."""
    bet = plan.items.get(spike.informs or "")
    if bet is None or spike.verdict != "refuted" or bet.status != "dropped":
        return None
    return mean_effort(build_resolved_item(plan, spike.informs or "", bet, as_of))


def _bet_title(plan: Plan, name: str) -> str:
    item = plan.items.get(name)
    return escape_control(display_title(name, item.title if item else None))


def basis_sentence(books: LedgerInputs) -> str:
    """The meaning of the figures of open spikes; empty without any."""
    if not books.study.effects:
        return ""
    meaning = (
        "Each figure compares the plan with the spike and without it, on the same simulation runs:"
        " value by the horizon, work and money, the spike's own included."
    )
    if any(row.own_value > 0 for row in books.forecast.ranking):
        return meaning
    return f"{meaning} No open item has a value yet; set users or reach to compare it too."


def advice_lines(books: LedgerInputs) -> list[str]:
    """Uncertain bets without a spike, and the most that one may cost."""
    return [_suggestion(books, each) for each in books.study.information.suggestions[:_MAX_ADVICE]]


def _suggestion(books: LedgerInputs, each: SpikeSuggestion) -> str:
    title = escape_control(books.forecast.items[each.id].title)
    works = f"{title}, {format_chance(each.chance)} chance to work"
    team = books.resolved.items[each.id].team
    capacity = books.study.capacity.get(team or "")
    if capacity is not None and capacity.binds:
        return f"{works}: a spike may take up to {format_person_weeks(each.evpi)}"
    cost = books.plan.teams[team].week_cost if team is not None else None
    saved = format_person_weeks(each.saved_weeks)
    if cost:
        currency = plan_currency(books.plan)
        saved += f", {currency.format_rounded(each.saved_weeks * cost)}"
    return f"{works}: knowing for certain would save {saved} on average"
