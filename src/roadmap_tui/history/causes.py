"""Which changes moved a figure: found by putting each in alone, and by taking each out alone."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from roadmap_tui.files.document import Document
from roadmap_tui.forecast.pace import Check, counted, go_on
from roadmap_tui.forecast.run import PREVIEW, forecast
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.history.changes import Change
from roadmap_tui.history.groups import Group, groups
from roadmap_tui.history.mixing import mixed
from roadmap_tui.history.moves import Measure, measured
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.resolve import Resolved, resolve
from roadmap_tui.plan.roadmap import Plan

MOST_GROUPS = 24
_MOST_LOOKED_AT = 4 * MOST_GROUPS
_HALF = 0.5
# two that did half each must not be told apart by chance
_ABOUT_HALF = _HALF - 0.05
_AS_MUCH = 0.75
_PART = 0.3


@dataclass(frozen=True, slots=True)
class Effect:
    """What a group of changes did: the forecast with it alone, and with all others but it; None if none can be made."""

    group: Group
    alone: Forecast | None
    all_others: Forecast | None


@dataclass(frozen=True, slots=True)
class Trial:
    """The two versions as they are compared when causes are looked for, and the effect of each group between them."""

    before: Forecast
    after: Forecast
    effects: tuple[Effect, ...]

    def causes(self, name: str, measure: Measure) -> tuple[Change, ...]:
        """The changes that account for at least half of how far one figure of an item moved."""
        way = measured(self.after, name, measure) - measured(self.before, name, measure)
        if not way:
            return ()
        shares = [
            (self._share(effect, name, measure, way), effect.group) for effect in self.effects
        ]
        return tuple(change for group in _leading(shares) for change in group.named)

    def _share(self, effect: Effect, name: str, measure: Measure, way: float) -> float:
        """The part of the way that a group went: on average as the first of all and as the last of all."""
        first, last = effect.alone, effect.all_others
        ways = []
        if first is not None:
            ways.append(measured(first, name, measure) - measured(self.before, name, measure))
        if last is not None:
            ways.append(measured(self.after, name, measure) - measured(last, name, measure))
        return sum(ways) / len(ways) / way if ways else 0.0


def try_out(
    before: Document,
    after: Document,
    changes: Iterable[Change],
    told: Forecast,
    check: Check = go_on,
) -> Trial | None:
    """Try each group of changes; None if there are too many of them, or no forecast of a version can be made.

    Every forecast has the same random numbers, so that whatever differs is the changes' doing.

    Args:
        before: the older version.
        after: the newer version.
        changes: all between them.
        told: a forecast with the day and the seed of all others.
        check: called now and then.
    """
    bench = _Bench(before, after, told.as_of, told.seed, min(told.futures, PREVIEW), check)
    old, new = bench.old(), bench.new()
    found = groups(changes)
    if old is None or new is None or len(found) > _MOST_LOOKED_AT:
        return None
    trials = ((group, bench.old(group.places), bench.new(group.places)) for group in found)
    acting = list(islice((trial for trial in trials if trial[1:] != (old, new)), MOST_GROUPS + 1))
    if len(acting) > MOST_GROUPS:
        return None
    each_in_turn = counted(acting, len(acting), check, "looking for causes")
    effects = tuple(
        Effect(group, bench.run(alone), bench.run(others)) for group, alone, others in each_in_turn
    )
    return Trial(bench.forecast(old), bench.forecast(new), effects)


@dataclass(frozen=True, slots=True)
class _Bench:
    before: Document
    after: Document
    day: dt.date
    seed: int
    futures: int
    check: Check

    def old(self, places: Sequence[KeyPath] = ()) -> Resolved | None:
        """The older version with the newer one's tables and fields at these places."""
        return self._resolved(mixed(self.before, self.after, places, self.after.data, self.day))

    def new(self, places: Sequence[KeyPath] = ()) -> Resolved | None:
        """The newer version with the older one's tables and fields at these places."""
        return self._resolved(mixed(self.after, self.before, places, self.after.data, self.day))

    def run(self, resolved: Resolved | None) -> Forecast | None:
        return None if resolved is None else self.forecast(resolved)

    def forecast(self, resolved: Resolved) -> Forecast:
        return forecast(resolved, self.futures, check=self.check)

    def _resolved(self, plan: Plan | None) -> Resolved | None:
        """What the forecast works with, without titles, so that mere words are no difference."""
        self.check()
        if plan is None:
            return None
        resolved = resolve(plan, as_of=self.day, seed=self.seed)
        return replace(
            resolved, terms={name: replace(each, title="") for name, each in resolved.terms.items()}
        )


def _leading(shares: Sequence[tuple[float, Group]]) -> list[Group]:
    """The groups that did at least half, if they did much the same; else the few that did half together."""
    top = max((share for share, _ in shares), default=0.0)
    if top >= _ABOUT_HALF:
        return [group for share, group in shares if share >= max(_ABOUT_HALF, _AS_MUCH * top)]
    parts = [(share, group) for share, group in shares if share >= _PART]
    return [group for _, group in parts] if sum(share for share, _ in parts) >= _HALF else []
