"""Does it pay to do the spikes that the forecast advises? Against every choice of spikes, on random
roadmaps.
"""

import pytest

from tests.forecast.advice import candidates, choices, totals


def test_the_roadmaps_offer_one_to_three_spikes_on_different_bets() -> None:
    for seed in range(50):
        data = candidates(seed)
        informed = [spike["informs"] for spike in data["spike"].values()]
        assert 1 <= len(informed) == len(set(informed)) <= 3
        assert len(list(choices(data))) == 2 ** len(informed)


def test_the_advice_beats_no_spikes_and_all_spikes() -> None:
    """Summed over 20 roadmaps, in other runs than those that the advice saw."""
    found = totals(range(20))
    assert found.always < 0 < found.careful <= found.attainable
    assert 0 < found.tried <= found.attainable
    assert found.priced > found.always


@pytest.mark.soak
@pytest.mark.parametrize("first", [0, 200, 400])
def test_the_advice_beats_no_spikes_and_all_spikes_on_many_roadmaps(first: int) -> None:
    found = totals(range(first, first + 200))
    assert found.always < 0 < found.careful <= found.attainable
    assert 0.8 * found.attainable < found.tried <= found.attainable
    assert found.priced > found.always
