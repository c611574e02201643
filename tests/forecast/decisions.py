"""Decisions under uncertainty in normal form: the best act for every run of answers, weighed by
joint probabilities.

There is no Bayes' rule in here, and no rolling back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

import numpy as np

STOP = "stop"
NO = 1


@dataclass(frozen=True)
class Reading:
    """The chance of each answer in each state; `ends`: the second answer stops, whatever would be
    best.
    """

    chances: Mapping[str, Sequence[float]]
    ends: bool = False


@dataclass(frozen=True)
class Decision:
    """The chance of each state, and what each act pays in it."""

    prior: Mapping[str, float]
    pays: Mapping[str, Mapping[str, float]]

    def worth(self, *readings: Reading, unheard: int = 0) -> float:
        """What the best rule pays on average; the answers of the last `unheard` readings are not
        listened to.
        """
        heard = readings[: len(readings) - unheard]
        counts = [len(next(iter(reading.chances.values()))) for reading in heard]
        return sum(self._best(heard, answers) for answers in product(*map(range, counts)))

    def _best(self, readings: Sequence[Reading], answers: Sequence[int]) -> float:
        answered = list(zip(readings, answers, strict=True))
        joint = dict(self.prior)
        for reading, answer in answered:
            for state in joint:
                joint[state] *= reading.chances[state][answer]
        ended = any(reading.ends and answer == NO for reading, answer in answered)
        acts = [STOP] if ended else self.pays
        return max(map(partial(self._pay, joint), acts))

    def _pay(self, joint: Mapping[str, float], act: str) -> float:
        return sum(joint[state] * self.pays[act][state] for state in joint)

    def of_certainty(self) -> float:
        """What knowing the state beforehand is worth."""
        return self.worth(self.telling({state: state for state in self.prior})) - self.worth()

    @staticmethod
    def telling(part: Mapping[str, str]) -> Reading:
        """The reading that shows for certain which group of states it is."""
        parts = sorted(set(part.values()))
        rows = dict(zip(parts, np.eye(len(parts)).tolist(), strict=True))
        return Reading({state: rows[own] for state, own in part.items()})


def bet(chance: float, gain: float, cost_works: float, cost_fails: float) -> Decision:
    """Go on with a bet or stop it."""
    return Decision(
        {"works": chance, "fails": 1 - chance},
        {
            "go": {"works": gain - cost_works, "fails": -cost_fails},
            STOP: {"works": 0.0, "fails": 0.0},
        },
    )


def spike(if_works: float, if_not: float, *, drops: bool = False) -> Reading:
    """A reading of a bet: a yes or a no."""
    return Reading({"works": (if_works, 1 - if_works), "fails": (if_not, 1 - if_not)}, ends=drops)
