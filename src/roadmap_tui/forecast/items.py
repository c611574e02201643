"""Each item's forecast, from what becomes of it and when."""

import numpy as np

from roadmap_tui.forecast.draws import chance_of
from roadmap_tui.forecast.futures import unpack
from roadmap_tui.forecast.listing import names
from roadmap_tui.forecast.pace import Check, go_on, paced
from roadmap_tui.forecast.quantiles import Weeks, quantiles, quarter_ends, share_by, sorted_where, steps
from roadmap_tui.forecast.simulation import Simulation, Starts
from roadmap_tui.forecast.summary import Bucket, ItemForecast, Odds, Quantiles, QuarterChance
from roadmap_tui.plan.resolve import OPEN, Resolved, Terms


def item_forecasts(simulation: Simulation, starts: Starts, check: Check = go_on) -> dict[str, ItemForecast]:
    """Every item's forecast, in the order of the file.

    Args:
        simulation: of the plan; of its times, only when it is known what becomes of an item is needed.
        starts: when open items start.
        check: called now and then.
    """
    reported = _Reporter(simulation, starts)
    return {name: reported.item(terms) for name, terms in paced(simulation.resolved.terms.items(), check)}


def item_forecast(simulation: Simulation, starts: Starts, name: str) -> ItemForecast:
    """One item's forecast; see `item_forecasts`."""
    return _Reporter(simulation, starts).item(simulation.resolved.terms[name])


class _Reporter:
    def __init__(self, simulation: Simulation, starts: Starts) -> None:
        resolved = simulation.resolved
        self._resolved = resolved
        self._futures = simulation.futures
        self._outcomes = simulation.outcomes
        self._known = simulation.times.known
        self._starts = starts
        self._guesses = _all_guesses(resolved)
        self._waits = {name: names(resolved, terms) for name, terms in resolved.terms.items()}
        self._holds: dict[str, list[str]] = {name: [] for name in resolved.terms}
        for name, waited in self._waits.items():
            for each in waited:
                self._holds[each].append(name)
        self._quarters = tuple(quarter_ends(resolved.as_of, resolved.day(resolved.horizon)))
        quarter_weeks = [resolved.weeks(day) + 1 / 7 for day in self._quarters]
        self._steps = steps(resolved.horizon)
        self._marks = np.array([*quarter_weeks, resolved.horizon, *self._steps])

    def item(self, terms: Terms) -> ItemForecast:
        """One item's forecast."""
        futures, outcome = self._futures, self._outcomes[terms.id]
        known, start = self._known.get(terms.id), self._starts.get(terms.id)
        is_open = known is not None
        finish = np.empty(0, np.float32) if known is None else sorted_where(known, unpack(outcome.delivers, futures))
        ever = outcome.delivers.bit_count() / futures
        by = share_by(finish, self._marks, futures) if is_open else (ever,) * len(self._marks)
        quarters = len(self._quarters)
        return ItemForecast(
            id=terms.id,
            track=terms.track,
            kind=terms.kind,
            title=terms.title,
            status=terms.status,
            bucket=self._bucket(terms, start),
            ships=by[quarters],
            ever=ever,
            start=start,
            finish=quantiles(finish),
            by_quarter=tuple(QuarterChance(*each) for each in zip(self._quarters, by[:quarters], strict=True)),
            by_step=by[quarters + 1 :],
            deadline=self._deadline(terms, finish, ever),
            failed=1.0 if terms.status == "failed" else (outcome.attempted & ~outcome.delivers).bit_count() / futures,
            blocked=outcome.blocked.bit_count() / futures,
            dropped=1.0 if terms.status == "dropped" else outcome.dropped.bit_count() / futures,
            replaced=outcome.replaced.bit_count() / futures,
            odds=self._odds(terms),
            guesses=self._guesses[terms.id],
            waits_for=self._waits[terms.id],
            holds_up=tuple(self._holds[terms.id]),
        )

    def _bucket(self, terms: Terms, start: Quantiles | None) -> Bucket | None:
        if terms.status not in OPEN and terms.status != "idea":
            return None
        if terms.pin is not None:
            return terms.pin
        if terms.status == "active":
            return "now"
        policy = self._resolved.policy
        if start is None or start.p50 > policy.next_weeks:
            return "later"
        return "now" if start.p50 <= policy.now_weeks else "next"

    def _deadline(self, terms: Terms, finish: Weeks, ever: float) -> float | None:
        if terms.deadline is None:
            return None
        if terms.status not in OPEN:
            return ever
        return share_by(finish, np.array([terms.deadline + 1 / 7]), self._futures)[0]

    def _odds(self, terms: Terms) -> Odds | None:
        """What an open spike may say of its bet, taken by itself."""
        if terms.spike is None or terms.id not in self._resolved.spikes.get(terms.spike.bet or "", ()):
            return None
        before = chance_of(self._resolved.terms[terms.spike.bet or ""])
        if_works, if_not = terms.spike.yes_if_works, terms.spike.yes_if_not
        yes = before * if_works + (1 - before) * if_not
        return Odds(
            yes=yes,
            before=before,
            after_yes=before * if_works / yes if yes else 0.0,
            after_no=before * (1 - if_works) / (1 - yes) if yes < 1 else 0.0,
        )


def _all_guesses(resolved: Resolved) -> dict[str, tuple[str, ...]]:
    """The defaults that each item's chance and range rest on: its own, and those of what it waits for."""
    rests: dict[str, dict[str, None]] = {}
    for name in resolved.order:
        terms = resolved.terms[name]
        inherited: dict[str, None] = {}
        for waited in names(resolved, terms):
            inherited |= {f"{waited}.{guess}": None for guess in sorted(resolved.terms[waited].guesses & _TIMING)}
            inherited |= {guess: None for guess in rests[waited] if "." in guess}
        rests[name] = {**dict.fromkeys(sorted(terms.guesses)), **inherited}
    return {name: tuple(guesses) for name, guesses in rests.items()}


_TIMING = {"effort", "chance", "timebox", "yes_if_works", "yes_if_not"}
