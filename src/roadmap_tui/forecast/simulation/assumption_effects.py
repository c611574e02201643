"""How far an item's figures move if what is assumed lies elsewhere within its plausible range."""

from dataclasses import dataclass

import numpy as np

from roadmap_tui.forecast.simulation.results import STEP_WEEKS, AssumedRange
from roadmap_tui.forecast.simulation.sampling import success_chance
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.resolver import ResolvedItem, ResolvedPlan

_PRODUCT_CHANCES = (0.85, 1.0)
_CHANCE_SPREAD = 0.2
_TIMING_FIELDS = {"effort", "chance", "timebox", "yes_if_works", "yes_if_not"}


def plausible_chances(item: ResolvedItem) -> tuple[float, float]:
    """Return the range in which an assumed chance may lie."""
    chance = success_chance(item)
    if item.kind == "product" and chance >= _PRODUCT_CHANCES[0]:
        return _PRODUCT_CHANCES
    return max(0.0, chance - _CHANCE_SPREAD), min(1.0, chance + _CHANCE_SPREAD)


def plausible_efforts(item: ResolvedItem, policy: Policy) -> tuple[float, float]:
    """Return the range of an assumed effort: one size down and up; half and double of a timebox."""
    if item.spike is not None:
        return item.effort.p50 / 2, item.effort.p50 * 2
    sizes = (policy.sizes.S, policy.sizes.M, policy.sizes.L, policy.sizes.XL)
    efforts = [size.p50 for size in sizes]
    smaller = [effort for effort in efforts if effort < item.effort.p50]
    larger = [effort for effort in efforts if effort > item.effort.p50]
    return max(smaller, default=item.effort.p50), min(larger, default=item.effort.p50)


@dataclass(frozen=True, slots=True)
class _Effect:
    """What an assumption may do: multiply a chance, and delay a finish by weeks."""

    factors: tuple[float, float] = (1.0, 1.0)
    delays: tuple[float, float] = (0.0, 0.0)


class AssumptionEffects:
    """Moves an item's chances and finish by what it and its predecessors assume.

    An approximation without another simulation: a chance multiplies the item's, an effort shifts
    its finish by the difference of the middles.

    Args:
        resolved: the plan.
    """

    def __init__(self, resolved: ResolvedPlan) -> None:
        self._resolved = resolved
        self._names = _assumptions_by_item(resolved)
        self._effects: dict[tuple[str, str], _Effect] = {}

    def of(
        self, name: str, ships: float, ever: float, by_step: tuple[float, ...]
    ) -> tuple[tuple[str, ...], AssumedRange | None]:
        """Return an item's assumptions, the most moving first, and what one of them may move.

        Args:
            name: the item.
            ships: its chance to deliver by the horizon.
            ever: its chance to deliver at all.
            by_step: its chance to have delivered by the end of each half-week.
        """
        names = self._names[name]
        if not names:
            return (), None
        effects = [self._effect(name, each) for each in names]
        factors = np.array([effect.factors for effect in effects])
        delays = np.array([effect.delays for effect in effects])
        ends = np.arange(len(by_step) + 1) * STEP_WEEKS
        horizon = self._resolved.horizon
        delayed = np.interp(horizon - delays[:, ::-1], ends, (0.0, *by_step))
        moved = np.where(delays[:, ::-1] == 0, ships, delayed)
        moved = np.clip(np.where(factors == 1, moved, ships * factors), 0.0, 1.0)
        weight = np.ptp(moved, axis=1) + np.ptp(np.minimum(delays, horizon), axis=1) / horizon
        order = np.argsort(-weight, kind="stable")
        found = AssumedRange(
            ships=(float(moved.min()), float(moved.max())),
            ever=(ever * float(factors.min()), min(1.0, ever * float(factors.max()))),
            delays=(float(delays.min()), float(delays.max())),
        )
        return tuple(names[at] for at in order), found

    def _effect(self, name: str, assumption: str) -> _Effect:
        """Return the effect of an assumption of an item, ``FIELD`` or ``ID.FIELD``."""
        source, _, field = assumption.rpartition(".")
        key = source or name, field
        if key not in self._effects:
            self._effects[key] = self._effect_of_field(self._resolved.items[key[0]], field)
        return self._effects[key]

    def _effect_of_field(self, item: ResolvedItem, field: str) -> _Effect:
        match field:
            case "team":
                # people without limit: there is no saying how late a team would be
                return _Effect(delays=(0.0, self._resolved.horizon))
            case "chance":
                return _factors(success_chance(item), plausible_chances(item))
            case "yes_if_works" if item.spike is not None:
                chance = item.spike.yes_if_works
                return _factors(chance, (chance - _CHANCE_SPREAD, chance + _CHANCE_SPREAD))
            case "effort" | "timebox":
                low, high = plausible_efforts(item, self._resolved.policy)
                middle = item.effort.p50
                return _Effect(delays=((low - middle) / item.staff, (high - middle) / item.staff))
        return _Effect()


def _factors(chance: float, plausible: tuple[float, float]) -> _Effect:
    low, high = plausible
    if chance <= 0:
        return _Effect()
    return _Effect((max(0.0, low) / chance, min(1.0, high) / chance))


def _assumptions_by_item(resolved: ResolvedPlan) -> dict[str, tuple[str, ...]]:
    """Return, by item, the defaults behind its chance and range, including its predecessors'."""
    rests: dict[str, dict[str, None]] = {}
    for name in resolved.order:
        found = dict.fromkeys(sorted(resolved.items[name].assumptions))
        for waited in resolved.open_predecessors[name]:
            timing = sorted(resolved.items[waited].assumptions & _TIMING_FIELDS)
            found |= dict.fromkeys(f"{waited}.{field}" for field in timing)
            # a dot marks what the predecessor inherited itself
            found |= dict.fromkeys(each for each in rests[waited] if "." in each)
        rests[name] = found
    return {name: tuple(assumptions) for name, assumptions in rests.items()}
