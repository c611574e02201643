"""What an answer is worth: against decisions in normal form, and worked by hand for sure efforts.

In `WEEK` a person-week is worth 1, as nothing but q is placed by value, so that values are
person-weeks.
"""

from itertools import chain, combinations, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.forecast.analysis.stopping_decision import StoppingDecision, bayes_update
from roadmap_tui.forecast.analysis.value_of_information import (
    ValueOfInformation,
    maximal_closure_value,
    value_of_information,
)
from roadmap_tui.forecast.simulation.priority import expectations, work_queue
from roadmap_tui.forecast.simulation.simulator import work_order
from tests.forecast.build import case, resolved_of
from tests.forecast.chain import expected_visits, walks
from tests.forecast.decisions import STOP, Decision, Reading, bet, spike

OIL = case("evpi_oil_wildcatter_sas")
TEAM = "[teams.t]\npeople = 1\n"
WEEK = TEAM + '[product.q]\nreach = 1\nconfidence = 1\neffort = 1\nteam = "t"\n'
SIXTEENTHS = st.integers(0, 16).map(lambda at: at / 16)
WEEKS = st.integers(0, 40).map(float)


def found(text: str) -> ValueOfInformation:
    resolved = resolved_of(text)
    return value_of_information(resolved, work_queue(resolved, expectations(resolved), {}))


def evpi(text: str, name: str = "m") -> float:
    """Of a bet without a spike; 0 if none would pay."""
    assert found(text).person_week_price == pytest.approx(1)
    return next((each.evpi for each in found(text).suggestions if each.id == name), 0.0)


def item(kind: str, name: str, more: str = "", **numbers: float) -> str:
    given = "".join(f"{field} = {value}\n" for field, value in numbers.items())
    return f'[{kind}.{name}]\npin = "now"\n{given}{more}\n'


def unlocked(reach: float, effort: float, more: str = "needs = ['m']", name: str = "p") -> str:
    return item("product", name, more, reach=reach, confidence=1, effort=effort)


def wildcatter() -> Decision:
    """Drill or not: what the well holds and what drilling costs are both uncertain."""
    states = {
        f"{oil} {cost}": (oil_chance * cost_chance, worth - dollars)
        for (oil, (oil_chance, worth)), (cost, (cost_chance, dollars)) in product(
            OIL["oil"].items(), OIL["drill_cost"].items()
        )
    }
    drill = {state: pays for state, (_, pays) in states.items()}
    return Decision(
        {state: chance for state, (chance, _) in states.items()},
        {"drill": drill, STOP: dict.fromkeys(drill, 0.0)},
    )


def test_the_decision_here_is_the_published_oil_wildcatters() -> None:
    well = wildcatter()
    oil = {state: state.split()[0] for state in well.prior}
    cost = {state: state.split()[1] for state in well.prior}
    assert well.worth() == pytest.approx(OIL["published"]["ev_now"])
    assert well.worth(well.telling(oil)) == pytest.approx(OIL["published"]["ev_with_oil_pi"])
    assert well.worth(well.telling(oil)) - well.worth() == pytest.approx(
        OIL["published"]["evppi_oil"]
    )
    assert well.worth(well.telling(cost)) - well.worth() == pytest.approx(
        OIL["published"]["evppi_cost"]
    )
    assert well.of_certainty() == pytest.approx(OIL["derived_here"]["evpi_joint"])
    seismic = Reading({state: OIL["signal_likelihood"][part] for state, part in oil.items()})
    assert well.worth(seismic) == pytest.approx(OIL["derived_here"]["ev_with_seismic_gross"])


@given(SIXTEENTHS, WEEKS, WEEKS, WEEKS, SIXTEENTHS, SIXTEENTHS)
def test_a_stake_is_the_decision_to_go_on_or_to_stop(
    chance: float, gain: float, works: float, fails: float, one: float, other: float
) -> None:
    stake, tree = StoppingDecision(chance, gain, works, fails), bet(chance, gain, works, fails)
    if_not, if_works = sorted((one, other))
    assert stake.evpi == pytest.approx(tree.of_certainty(), abs=1e-9)
    exact = tree.worth(spike(if_works, if_not)) - tree.worth()
    assert stake.evsi(chance, if_works, if_not) == pytest.approx(exact, abs=1e-9)
    assert -1e-9 <= exact <= stake.evpi + 1e-9
    assert stake.evsi(chance, 1.0, 0.0) == pytest.approx(stake.evpi, abs=1e-9)
    assert stake.evsi(chance, if_works, if_works) == pytest.approx(0, abs=1e-9)
    if chance in {0.0, 1.0}:
        assert stake.evpi == stake.evsi(chance, if_works, if_not) == 0


@given(SIXTEENTHS, SIXTEENTHS, SIXTEENTHS)
def test_a_reading_keeps_the_chance(chance: float, if_works: float, if_not: float) -> None:
    yes, after_yes, after_no = bayes_update(chance, if_works, if_not)
    assert yes * after_yes + (1 - yes) * after_no == pytest.approx(chance)
    assert 0 <= min(yes, after_yes, after_no) <= max(yes, after_yes, after_no) <= 1


def test_the_better_the_reading_the_more_it_is_worth() -> None:
    stake = StoppingDecision(0.4, 30, 8, 8)
    worths = [stake.evsi(0.4, 0.6 + step / 25, 0.4 - step / 25) for step in range(11)]
    assert all(less <= more + 1e-9 for less, more in pairwise(worths))
    assert worths[0] < worths[-1]
    assert worths[-1] == pytest.approx(stake.evpi)


READINGS = st.tuples(
    st.sampled_from([0.5, 0.75, 0.9, 1.0]), st.sampled_from([0.0, 0.1, 0.25, 0.4]), st.booleans()
)


@given(SIXTEENTHS, WEEKS, st.integers(1, 20), READINGS, READINGS)
def test_two_readings_are_valued_one_after_the_other(
    chance: float,
    gain: float,
    cost: int,
    first: tuple[float, float, bool],
    second: tuple[float, float, bool],
) -> None:
    """The second by what it adds once the first is known; nothing if that dropped the bet."""
    text = WEEK + item("model", "m", chance=chance, effort=cost) + unlocked(gain + 3, 3)
    for order, (name, (if_works, if_not, drops)) in enumerate((("s", first), ("r", second))):
        fields = f'informs = "m"\non_refuted = "{"drop" if drops else "continue"}"\n'
        text += item(
            "spike", name, fields, timebox=2, order=order, yes_if_works=if_works, yes_if_not=if_not
        )
    worths = {each.id: each for each in found(text).spikes}
    tree = bet(chance, gain, cost, cost)
    readings = [spike(if_works, if_not, drops=drops) for if_works, if_not, drops in (first, second)]
    free = spike(*second[:2])
    assert worths["s"].evsi == pytest.approx(tree.worth(spike(*first[:2])) - tree.worth(), abs=1e-6)
    assert worths["r"].evsi == pytest.approx(
        tree.worth(readings[0], free) - tree.worth(readings[0]), abs=1e-6
    )
    for each in worths.values():
        assert -1e-9 <= each.evsi <= each.evpi + 1e-6
        assert each.evpi == pytest.approx(tree.of_certainty(), abs=1e-6)
        assert each.net_value == each.evsi - 2
        assert each.changes_nothing == (each.evsi < 1e-6)
    assert found(text).spikes[0].net_value == max(each.net_value for each in worths.values())


HAND = (
    TEAM
    + "[roadmap]\nhorizon = 10\n"
    + '[product.q]\nreach = 30\nconfidence = 1\neffort = 3\nteam = "t"\n'
    + '[model.m]\nchance = 0.5\neffort = 6\nteam = "t"\n'
    + '[product.p]\nreach = 96\nconfidence = 1\neffort = 2\nteam = "t"\nneeds = ["m"]\n'
    + '[product.r]\nreach = 4\nconfidence = 1\neffort = 4\nteam = "t"\n'
)
SPIKE = '[spike.s]\ninforms = "m"\ntimebox = 1\nyes_if_works = 0.8\nyes_if_not = 0.2\nteam = "t"\n'


def test_a_bet_worked_by_hand() -> None:
    """Bundles: q 30 / 3 = 10; p with m 48 / (6 + 0.5 · 2) = 6.86; r 4 / 4 = 1.

    The ten weeks are used up with m, so a week is worth 48 / 7. If m works, p brings 96 · 7 / 48 -
    2 = 12 weeks;
    m itself takes 6 either way. Going on: 0.5 (12 - 6) - 0.5 · 6 = 0; for certain: 0.5 (12 - 6) =
    3.
    """
    known = found(HAND)
    assert known.person_week_price == pytest.approx(48 / 7)
    assert [(each.id, each.chance) for each in known.suggestions] == [("m", 0.5)]
    assert known.suggestions[0].evpi == pytest.approx(3)
    assert known.spikes == ()


def test_its_spike_worked_by_hand() -> None:
    """With a spike of 1 week the bundle is 48 / (1 + 6 + 0.5 · 2) = 6, and used up with m: a week
    is worth 6.

    If m works, p brings 96 / 6 - 2 = 14. Going on: 0.5 (14 - 6) - 0.5 · 6 = 1; for certain 4 - 1 =
    3.
    A yes (1 of 2) makes it 0.8: 0.8 · 8 - 0.2 · 6 = 5.2; a no 0.2: 1.6 - 4.8, so stop. 0.5 · 5.2 -
    1 = 1.6.
    """
    known = found(HAND + SPIKE + 'on_refuted = "continue"\n')
    assert known.person_week_price == pytest.approx(6)
    assert known.suggestions == ()
    (worth,) = known.spikes
    assert (worth.informs, worth.chance, worth.would_stop, worth.changes_nothing) == (
        "m",
        0.5,
        True,
        False,
    )
    assert (worth.p_yes, worth.evpi, worth.evsi) == pytest.approx((0.5, 3, 1.6))
    assert (worth.cost, worth.net_value) == pytest.approx((1, 0.6))


def test_a_reading_that_changes_nothing_is_idle_by_hand() -> None:
    """Values ten times as large: even after a no it is 0.2 (V - 6) > 0.8 · 6, so going on is best
    whatever it says.
    """
    sure = WEEK + item("model", "m", chance=0.5, effort=6) + unlocked(142, 2)
    (worth,) = found(
        sure + item("spike", "s", 'informs = "m"', timebox=1, yes_if_works=0.8, yes_if_not=0.2)
    ).spikes
    assert (worth.evsi, worth.would_stop, worth.changes_nothing) == (0, False, True)
    assert worth.evpi == pytest.approx(3)
    assert worth.net_value == -1


def test_a_week_is_worth_what_the_last_bundle_that_fits_brings() -> None:
    """Densities 10, 6.86 and 1: q takes 3 weeks, m and p 7 more, r 4 more."""
    for horizon, exact in ((2, 10), (3, 10), (4, 48 / 7), (10, 48 / 7), (10.1, 1), (40, 1)):
        assert found(
            HAND.replace("horizon = 10", f"horizon = {horizon}")
        ).person_week_price == pytest.approx(exact)


def test_weeks_are_those_of_all_people_and_only_of_items_with_a_team() -> None:
    assert found(HAND.replace("people = 1", "people = 2")).person_week_price == pytest.approx(1)
    assert found(HAND + "[teams.u]\npeople = 1\n").person_week_price == pytest.approx(1)
    free = HAND.replace('effort = 6\nteam = "t"', "effort = 6")
    assert found(free).person_week_price == pytest.approx(1)


def test_a_week_is_never_worth_more_later_in_the_queue() -> None:
    """m comes first for p's sake at 48 / 7; p itself would be 48 a week."""
    assert found(
        HAND.replace("reach = 30", "reach = 3").replace("horizon = 10", "horizon = 6.5")
    ).person_week_price == pytest.approx(48 / 7)


def test_without_teams_or_value_nothing_is_priced() -> None:
    for text in (
        HAND.replace(TEAM, "").replace('team = "t"\n', ""),
        TEAM + '[model.m]\nchance = 0.5\neffort = 6\nteam = "t"\n',
    ):
        known = found(text + SPIKE.replace('team = "t"\n', ""))
        assert (known.person_week_price, known.spikes, known.suggestions) == (None, (), ())


def test_what_takes_no_effort_sets_no_price() -> None:
    gift = TEAM + "[product.g]\nreach = 9\nconfidence = 1\neffort = 0\n"
    assert found(gift).person_week_price is None
    assert found(gift + WEEK.removeprefix(TEAM)).person_week_price == pytest.approx(1)


@pytest.mark.parametrize("times", [2, 1000])
def test_the_unit_of_value_does_not_matter(times: int) -> None:
    text = HAND + SPIKE
    for reach in (30, 96, 4):
        text = text.replace(f"reach = {reach}\n", f"reach = {reach * times}\n")
    once, many = found(HAND + SPIKE), found(text)
    assert once.person_week_price is not None
    assert many.person_week_price == pytest.approx(once.person_week_price * times)
    for before, after in zip(once.spikes, many.spikes, strict=True):
        assert (after.evpi, after.evsi, after.cost) == pytest.approx(
            (before.evpi, before.evsi, before.cost)
        )


def test_the_unit_of_effort_does_not_matter_either() -> None:
    """Everything takes three times as long, and the horizon too: worths in person-weeks are three
    times as many.
    """
    text = HAND + SPIKE
    for number in (
        "horizon = 10",
        "effort = 3",
        "effort = 6",
        "effort = 2",
        "effort = 4",
        "timebox = 1",
    ):
        field, value = number.split(" = ")
        text = text.replace(f"{number}\n", f"{field} = {int(value) * 30}\n")
    for before, after in zip(found(HAND + SPIKE).spikes, found(text).spikes, strict=True):
        assert (after.evpi, after.evsi) == pytest.approx((before.evpi * 30, before.evsi * 30))


@pytest.mark.parametrize(("chance", "exact"), [(0.25, 1.5), (0.5, 3), (0.75, 1.5), (0, 0), (1, 0)])
def test_certainty_by_hand(chance: float, exact: float) -> None:
    """V = 14 - 2 = 12, costs 6: going on is worth 12 p - 6 if positive, knowing 6 p."""
    assert evpi(
        WEEK + item("model", "m", chance=chance, effort=6) + unlocked(14, 2)
    ) == pytest.approx(exact)


def test_a_bets_own_value_counts_and_its_effort_once() -> None:
    """A feature that is a bet: 20 if it works, 6 weeks: 0.25 (20 - 6) against nothing."""
    text = WEEK + item("product", "m", reach=20, confidence=1, chance=0.25, effort=6)
    assert evpi(text) == pytest.approx(3.5)


def test_of_an_active_bet_what_is_left_to_do_counts() -> None:
    text = (
        WEEK
        + item("model", "m", 'status = "active"\nspent = 4', chance=0.25, effort=6)
        + unlocked(14, 2)
    )
    assert evpi(text) == pytest.approx(0.25 * (12 - 2) - max(0, 0.25 * 12 - 2))


def test_what_does_not_pay_for_itself_is_not_unlocked() -> None:
    """r would bring 3 for 5 weeks of work."""
    text = WEEK + item("model", "m", chance=0.25, effort=6) + unlocked(14, 2)
    assert evpi(text + unlocked(3, 5, name="r")) == evpi(text)
    assert evpi(text + unlocked(9, 5, name="r")) == pytest.approx(0.25 * (12 + 4 - 6))


def test_a_chain_counts_as_a_whole() -> None:
    """d has no value, 3 weeks; p behind it 14 - 2: together 9 beyond m."""
    chain = item("model", "d", "needs = ['m']", chance=1, effort=3) + unlocked(
        14, 2, "needs = ['d']"
    )
    assert evpi(WEEK + item("model", "m", chance=0.25, effort=6) + chain) == pytest.approx(
        0.25 * (9 - 6)
    )
    dear = chain.replace("effort = 3", "effort = 13")
    assert evpi(WEEK + item("model", "m", chance=0.25, effort=6) + dear) == 0


def test_what_several_need_is_paid_once() -> None:
    """Neither p nor r pays for d alone, 14 - 2 - 13 < 0 each; both do: 24 - 13 = 11 beyond m."""
    both = item("model", "d", "needs = ['m']", chance=1, effort=13)
    both += unlocked(14, 2, "needs = ['d']") + unlocked(14, 2, "needs = ['d']", name="r")
    assert evpi(WEEK + item("model", "m", chance=0.25, effort=6) + both) == pytest.approx(
        0.25 * (11 - 6)
    )


def test_what_is_behind_another_bet_counts_at_its_chance() -> None:
    """p needs n too, a bet of 0.5 that is done anyway: m unlocks 0.5 (22 - 2) = 10."""
    text = WEEK + item("model", "m", chance=0.25, effort=6) + unlocked(22, 2, "needs = ['m', 'n']")
    assert evpi(text + item("model", "n", chance=0.5, effort=1)) == pytest.approx(
        0.25 * (10 - 6), rel=0.05
    )


def test_a_bet_that_may_be_blocked_is_at_stake_only_where_it_is_attempted() -> None:
    text = WEEK + item("model", "m", "needs = ['n']", chance=0.25, effort=6) + unlocked(14, 2)
    assert evpi(text + item("model", "n", chance=0.5, effort=1)) == pytest.approx(
        0.5 * 1.5, rel=0.05
    )


def test_what_something_else_covers_for_is_not_unlocked() -> None:
    text = (
        WEEK + item("model", "m", chance=0.25, effort=6) + unlocked(14, 2, "needs = [['m', 'n']]")
    )
    assert evpi(text + item("model", "n", chance=1, effort=1)) == 0


def test_plan_b_is_lost_where_the_bet_works() -> None:
    """b brings 8 for 3 weeks wherever m fails; if m works, p brings 14 - 2 but b's 5 are lost."""
    text = WEEK + item("model", "m", chance=0.25, effort=4) + unlocked(14, 2)
    plan_b = unlocked(8, 3, 'fallback_for = "m"', name="b")
    assert evpi(text + plan_b) == pytest.approx(0.25 * (12 - 5 - 4))
    assert evpi(text) == pytest.approx(0.25 * (12 - 4))


STAGES = """stage = "train"
attempts = {attempts}
[model.m.stages.train]
effort = 3
chance = {train}
[model.m.stages.evaluate]
effort = 1
chance = {evaluate}
[model.m.stages.deploy]
effort = 2
chance = 1
"""


@pytest.mark.parametrize("attempts", [1, 2, 3])
@pytest.mark.parametrize(("train", "evaluate"), [(0.5, 1), (0.5, 0.5), (1, 0.25)])
def test_a_staged_bet_costs_less_where_it_fails_early(
    attempts: int, train: float, evaluate: float
) -> None:
    """Every path followed; p and r bring just what makes the decision hang on the chance."""
    chances = {"train": train, "evaluate": evaluate, "deploy": 1.0}
    ways = list(walks(chances, "train", attempts))
    chance = sum(probability for probability, works, _ in ways if works)
    efforts = {"train": 3, "evaluate": 1, "deploy": 2}
    if_works, if_not = expected_visits(ways, 1.0), expected_visits(ways, 0.0)
    works = sum(efforts[name] * count for name, count in if_works.items())
    fails = sum(efforts[name] * count for name, count in if_not.items())
    gain = works + fails * (1 - chance) / chance + 1
    staged = "[model.m]\npin = 'now'\n" + STAGES.format(
        attempts=attempts, train=train, evaluate=evaluate
    )
    tree = bet(chance, gain, works, fails)
    assert evpi(WEEK + staged + unlocked(gain + 2, 2)) == pytest.approx(
        tree.of_certainty(), rel=1e-3
    )


def test_a_staged_bet_by_hand() -> None:
    """One training of 3 weeks at 0.5, then 1 week of evaluation and 2 to deploy: 6 if it works, 3
    if not.

    V = 12: going on is worth 0.5 (12 - 6) - 0.5 · 3 = 1.5; knowing 3.
    """
    staged = "[model.m]\npin = 'now'\n" + STAGES.format(attempts=1, train=0.5, evaluate=1)
    assert evpi(WEEK + staged + unlocked(14, 2)) == pytest.approx(1.5)


@pytest.mark.parametrize("status", ["live", "done", "failed", "dropped", "idea"])
def test_only_open_bets_and_open_spikes_are_priced(status: str) -> None:
    gone = HAND.replace("[model.m]\n", f'[model.m]\nstatus = "{status}"\n') + SPIKE
    assert (found(gone).spikes, found(gone).suggestions) == ((), ())
    closed = HAND + SPIKE + f'status = "{status}"\n'
    if status != "live":
        assert found(closed).spikes == ()
        assert [each.id for each in found(closed).suggestions] == ["m"]


def test_advice_is_ordered_by_what_certainty_is_worth() -> None:
    text = WEEK
    for name, reach in (("a", 10), ("b", 14), ("c", 8)):
        text += item("model", name, chance=0.5, effort=6) + unlocked(
            reach, 0, f"needs = ['{name}']", name=f"p{name}"
        )
    assert [(each.id, each.evpi) for each in found(text).suggestions] == [
        ("b", 3),
        ("a", 2),
        ("c", 1),
    ]


def test_the_queue_of_the_forecast_serves_as_well() -> None:
    resolved = resolved_of(HAND + SPIKE)
    assert value_of_information(resolved, work_order(resolved, 500).queue) == found(HAND + SPIKE)


@given(st.lists(st.tuples(st.integers(-9, 9), st.sets(st.integers(0, 6), max_size=3)), max_size=7))
def test_the_best_choice_is_the_best_of_all_choices(things: list[tuple[int, set[int]]]) -> None:
    """Each with all that it needs, needs of needs included; against every subset."""
    names = [str(at) for at in range(len(things))]
    worth = {name: float(value) for name, (value, _) in zip(names, things, strict=True)}
    needs = {}
    for name, (_, needed) in zip(names, things, strict=True):
        needs[name] = {str(at) for at in needed if at < len(things)}
    by_size = (combinations(names, count) for count in range(len(names) + 1))
    subsets = map(set, chain.from_iterable(by_size))
    best = 0.0
    for some in subsets:
        if all(needs[name] <= some for name in some):
            best = max(best, sum(worth[name] for name in some))
    assert maximal_closure_value(worth, needs) == pytest.approx(best)
