"""Ledger of spikes: cost, result and effect of each, and the value of open ones."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.forecast.analysis.spike_selection import SpikeSelection
from roadmap_tui.forecast.analysis.value_of_information import SpikeValue
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.forecast.simulation.sampling import mean_effort
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.items import Bet, Spike
from roadmap_tui.plan.resolver import ResolvedPlan, build_resolved_item
from roadmap_tui.plan.roadmap import Plan, display_title
from roadmap_tui.text.numbers import format_chance, format_number, format_odds, format_tenths
from roadmap_tui.text.terminal_text import escape_control

VERDICT_ANSWERS = {"refuted": "no", "confirmed": "yes", "inconclusive": "unclear"}
_MAX_ADVICE, _NEGLIGIBLE = 5, 0.0005


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One spike in the ledger, as text; figures are person-weeks.

    Attributes:
        yes: odds of a yes, if open.
        verdict: the result, if ended.
        cost: its effort, or the effort spent.
        worth, net: if open; ``–`` where nothing is priced.
        gain: its effect on the value by the horizon.
        note: what its answer decides, if open; what it changed and saved, if ended.
        advice: whether to do it, if open; empty where nothing is priced.
    """

    id: str
    title: str
    question: str
    is_open: bool
    yes: str
    verdict: str
    cost: str
    worth: str
    net: str
    gain: str
    note: str
    advice: str


@dataclass(frozen=True, slots=True)
class LedgerInputs:
    """Inputs of the ledger."""

    plan: Plan
    resolved: ResolvedPlan
    forecast: Forecast
    findings: SpikeSelection


def ledger_entries(books: LedgerInputs) -> tuple[LedgerEntry, ...]:
    """Every spike: open ones by net worth, then ended ones, refuted first."""
    plan, forecast, findings = books.plan, books.forecast, books.findings
    worth = {each.id: each for each in findings.information.spikes}
    place = {name: at for at, name in enumerate(worth)}
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
    return tuple(_ledger_entry(books, name, spike, worth.get(name)) for name, spike in spikes)


def _ledger_entry(
    books: LedgerInputs, name: str, spike: Spike, worth: SpikeValue | None
) -> LedgerEntry:
    plan, item = books.plan, books.forecast.items[name]
    gain = books.findings.gains.get(name)
    is_open = spike.status in OPEN_STATUSES
    note = (
        _decision_note(plan, spike, worth) if is_open else "; ".join(_outcome_notes(books, spike))
    )
    advice = "do it" if name in books.findings.worthwhile else "leave it"
    return LedgerEntry(
        id=name,
        title=escape_control(item.title),
        question=escape_control(spike.question or ""),
        is_open=is_open,
        yes=format_odds(item.odds.p_yes) if item.odds else "–",
        verdict=VERDICT_ANSWERS.get(spike.verdict or "", spike.status),
        cost=format_tenths(worth.cost) if worth else _effort_spent(plan, spike),
        worth=format_tenths(worth.evsi) if worth else "–",
        net=f"{worth.net_value:+.1f}" if worth else "–",
        gain=_gain_text(gain),
        note=note,
        advice="" if gain is None else advice,
    )


def _gain_text(gain: float | None) -> str:
    if gain is None:
        return "–"
    return "0%" if abs(gain) < _NEGLIGIBLE else f"{gain:+.1%}"


def _effort_spent(plan: Plan, spike: Spike) -> str:
    weeks = None
    if spike.status in OPEN_STATUSES:
        weeks = (spike.timebox or plan.policy.timebox) * spike.staff
    taken = spike.spent if spike.spent is not None else weeks
    return "–" if taken is None else format_tenths(taken)


def _decision_note(plan: Plan, spike: Spike, worth: SpikeValue | None) -> str:
    """What an open spike's answer decides."""
    if spike.informs is None:
        return "informs no bet"
    bet = _bet_title(plan, spike.informs)
    if spike.informs not in plan.items or plan.items[spike.informs].status not in OPEN_STATUSES:
        return f"{bet} is no longer open"
    return f"whether to go on with {bet}" if worth is None else _stop_note(spike, bet, worth)


def _stop_note(spike: Spike, bet: str, worth: SpikeValue) -> str:
    if worth.chance in {0, 1}:
        return f"whether {bet} works is known already"
    if worth.changes_nothing:
        return f"no answer would change what is done about {bet}"
    if worth.would_stop and spike.on_refuted == "drop":
        return f"a no stops {bet}, {format_odds(1 - worth.p_yes)}"
    if worth.would_stop:
        return f"a no would make stopping {bet} right, but on_refuted = continue"
    return f"a no lowers {bet}, but going on stays right"


def _outcome_notes(books: LedgerInputs, spike: Spike) -> Iterator[str]:
    """What an ended spike changed and saved, and what was learned."""
    plan = books.plan
    if spike.informs is not None and spike.informs in plan.items:
        item = plan.items[spike.informs]
        bet = _bet_title(plan, spike.informs)
        saved = effort_saved(plan, spike, books.forecast.as_of)
        if saved is not None:
            yield f"{bet} was dropped, which saved {format_tenths(saved)} person-weeks"
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


def pricing_sentence(books: LedgerInputs) -> str:
    """The meaning of the figures, or why nothing is priced."""
    price, forecast = books.findings.information.person_week_price, books.forecast
    if price is None:
        valued = any(row.own_value for row in forecast.ranking)
        why = "no team has people"
        if not valued:
            why = "no item has a value: give the roadmap users, or items a reach"
        return f"Worth isn't priced: {why}."
    return (
        f"In person-weeks, of which one brings {format_number(price)} here: costs, and what the"
        " answer is worth before it is known; net is what is left. value: what the spike does to"
        " the value by the horizon, its delay included; that decides whether to do it."
    )


def advice_lines(books: LedgerInputs) -> list[str]:
    """Uncertain bets without a spike, and the most that one may cost."""
    forecast, findings = books.forecast, books.findings
    return [
        f"{escape_control(forecast.items[each.id].title)}, works {format_chance(each.chance)}: a"
        f" spike may take up to {format_tenths(each.evpi)} person-weeks"
        for each in findings.information.suggestions[:_MAX_ADVICE]
    ]
