"""Decisions under uncertainty in normal form: the best act for every run of answers, weighed by
joint probabilities.

There is no Bayes' rule in here, and no rolling back.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

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
        joint = {
            state: chance
            * math.prod(reading.chances[state][answer] for reading, answer in answered)
            for state, chance in self.prior.items()
        }
        ended = any(reading.ends and answer == NO for reading, answer in answered)
        acts = [STOP] if ended else self.pays
        return max(sum(joint[state] * self.pays[act][state] for state in joint) for act in acts)

    def of_certainty(self) -> float:
        """What knowing the state beforehand is worth."""
        return self.worth(self.telling({state: state for state in self.prior})) - self.worth()

    @staticmethod
    def telling(part: Mapping[str, str]) -> Reading:
        """The reading that shows for certain which group of states it is."""
        parts = sorted(set(part.values()))
        return Reading(
            {state: [float(own == each) for each in parts] for state, own in part.items()}
        )


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
