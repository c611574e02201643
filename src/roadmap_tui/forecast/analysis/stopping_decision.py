"""The decision to continue a bet or to stop it, and what an answer before it is worth.

Source: H. Raiffa and R. Schlaifer, "Applied Statistical Decision Theory" (1961): the value of
perfect and of sample information.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoppingDecision:
    """The decision to continue or stop a bet; in person-weeks.

    Attributes:
        chance: that the bet works.
        gain: net value if it works.
        cost_works, cost_fails: remaining cost if it works, and if it fails.
    """

    chance: float
    gain: float
    cost_works: float
    cost_fails: float

    def best_value(self, chance: float) -> float:
        """Return the value of the better of continuing and stopping, at this chance to work."""
        return max(0.0, chance * (self.gain - self.cost_works) - (1 - chance) * self.cost_fails)

    @property
    def evpi(self) -> float:
        """Expected value of perfect information about whether it works."""
        return self.chance * max(0.0, self.gain - self.cost_works) - self.best_value(self.chance)

    def evsi(self, chance: float, if_works: float, if_not: float) -> float:
        """Return the expected value of a test before it is done.

        Args:
            chance: that the bet works, before the test.
            if_works: chance of a yes if the bet works.
            if_not: chance of a yes if it doesn't.
        """
        yes, after_yes, after_no = bayes_update(chance, if_works, if_not)
        return (
            yes * self.best_value(after_yes)
            + (1 - yes) * self.best_value(after_no)
            - self.best_value(chance)
        )


def bayes_update(chance: float, if_works: float, if_not: float) -> tuple[float, float, float]:
    """Return the chance of a yes, and the chance to work after a yes and after a no."""
    yes = chance * if_works + (1 - chance) * if_not
    after_yes = chance * if_works / yes if yes > 0 else chance
    after_no = chance * (1 - if_works) / (1 - yes) if yes < 1 else chance
    return yes, after_yes, after_no
