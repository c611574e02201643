"""How calculations are cancelled."""

import pytest

from roadmap_tui.forecast.simulation.cancellation import (
    CalculationCancelledError,
    with_checkpoints,
)


def test_a_checkpoint_ends_an_iteration() -> None:
    left = [2]

    def checkpoint() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise CalculationCancelledError

    taken: list[int] = []
    with pytest.raises(CalculationCancelledError):
        taken.extend(with_checkpoints(range(9), checkpoint))
    assert taken == [0, 1]
