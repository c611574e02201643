"""Outcomes over every combination of draws, one run each, so that shares are exact."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.forecast.engine import forecast
from roadmap_tui.forecast.simulation.outcomes import Outcome, OutcomeRules, draw_successes
from roadmap_tui.forecast.simulation.sampling import RandomSource
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.resolver import ResolvedPlan
from tests.forecast.build import resolved_of, standard_error, truth_table, where

AB = "[model.a]\n[model.b]\n"
PROVEN = "launch = 0.8\nmeasured = [{ on = 2026-09-20, hits = 297, of = 300 }]\n"
LIKELY = "launch = 0.8\nmeasured = [{ on = 2026-09-20, hits = 178, of = 220 }]\n"


def outcomes(
    text: str, *uncertain: str, no: tuple[str, ...] = ()
) -> tuple[dict[str, Outcome], int]:
    works = truth_table(resolved_of(text), uncertain, no)
    return OutcomeRules(resolved_of(text), works).outcomes(), works.runs


def ever(text: str, name: str, *uncertain: str) -> float:
    found, count = outcomes(text, *uncertain)
    return found[name].delivers.bit_count() / count


def test_chances_multiply_along_a_chain() -> None:
    text = '[model.a]\n[model.b]\nneeds = ["a"]\n[product.c]\nneeds = ["b"]\n'
    assert [ever(text, name, "a", "b", "c") for name in "abc"] == [1 / 2, 1 / 4, 1 / 8]


def test_chances_multiply_along_a_drawn_chain() -> None:
    text = (
        '[model.a]\nchance = 0.6\n[model.b]\nchance = 0.5\nneeds = ["a"]\n[product.c]\nchance ='
        ' 0.7\nneeds = ["b"]\n'
    )
    items = forecast(resolved_of(text), 20_000).items
    for name, exact in {"a": 0.6, "b": 0.3, "c": 0.21}.items():
        assert items[name].p_delivered == pytest.approx(
            exact, abs=4 * standard_error(exact, 20_000)
        )
    assert items["c"].blocked == pytest.approx(0.7, abs=4 * standard_error(0.7, 20_000))
    assert items["c"].failed == pytest.approx(0.09, abs=4 * standard_error(0.09, 20_000))


def test_items_behind_one_bet_share_its_one_draw() -> None:
    text = (
        '[model.a]\n[product.b]\nneeds = ["a"]\n[product.c]\nneeds = ["a"]\n[product.d]\nneeds ='
        ' ["b", "c"]\n'
    )
    assert ever(text, "d", "a") == 1 / 2


def test_a_choice_is_met_if_any_of_it_delivers() -> None:
    text = AB + '[product.p]\nneeds = [["a", "b"]]\n'
    assert ever(text, "p", "a", "b") == 3 / 4
    assert ever(text, "p", "a", "b", "p") == 3 / 8


def test_a_choice_and_a_need_must_both_be_met() -> None:
    text = AB + '[model.c]\n[product.p]\nneeds = ["c", ["a", "b"]]\n'
    assert ever(text, "p", "a", "b", "c") == 3 / 8


def test_plan_b_is_attempted_only_where_the_first_does_not_deliver() -> None:
    text = '[model.a]\n[model.b]\nfallback_for = "a"\n[product.p]\nneeds = [["a", "b"]]\n'
    found, count = outcomes(text, "a", "b")
    a_delivers = where(found["a"].delivers, count)
    assert (where(found["b"].attempted, count) == ~a_delivers).all()
    assert (where(found["b"].replaced, count) == a_delivers).all()
    assert found["b"].delivers.bit_count() / count == 1 / 4
    assert found["p"].delivers.bit_count() / count == 3 / 4


def test_plan_b_is_attempted_where_the_first_is_blocked() -> None:
    text = '[model.n]\n[model.a]\nneeds = ["n"]\n[model.b]\nfallback_for = "a"\n'
    assert ever(text, "b", "n") == 1 / 2


def test_a_plan_b_of_nothing_there_is_attempted() -> None:
    text = '[model.b]\nfallback_for = "gone"\n'
    assert ever(text, "b", "b") == 1 / 2


@pytest.mark.parametrize("status", ["failed", "dropped", "idea"])
def test_a_need_that_never_delivers_blocks(status: str) -> None:
    text = (
        f'[model.a]\nstatus = "{status}"\n[product.p]\nneeds = ["a"]\n[product.q]\nneeds = ["p"]\n'
    )
    found, count = outcomes(text, "a", "p")
    for name in ("p", "q"):
        assert found[name].blocked.bit_count() == count
        assert found[name].delivers == found[name].attempted == 0


def test_a_missing_need_blocks_and_a_missing_option_does_not() -> None:
    assert ever('[product.p]\nneeds = ["gone"]\n', "p") == 0
    assert ever('[model.b]\n[product.p]\nneeds = [["gone", "b"]]\n', "p", "b") == 1 / 2


@pytest.mark.parametrize("status", ["live", "done"])
def test_what_has_delivered_meets_needs_and_stops_plan_b(status: str) -> None:
    text = (
        f'[model.a]\nstatus = "{status}"\n[product.p]\nneeds = ["a"]\n[product.b]\nfallback_for ='
        ' "a"\n'
    )
    assert [ever(text, name, "a", "p", "b") for name in "apb"] == [1, 1 / 2, 0]


@pytest.mark.parametrize("bar", [PROVEN, LIKELY, "launch = 0.8\n", PROVEN.replace("0.8", "0.98")])
def test_a_bar_proven_or_not_is_met_if_its_model_delivers(bar: str) -> None:
    text = f"[model.m]\n[model.m.bars.recall]\n{bar}[product.p]\nneeds = [{{ bar = 'm.recall' }}]\n"
    assert ever(text, "p", "m") == 1 / 2


def test_need_for_a_spike_is_met_by_any_answer() -> None:
    text = '[model.m]\n[spike.s]\ninforms = "m"\n[product.p]\nneeds = ["s"]\n'
    found, count = outcomes(text, "m", no=("s",))
    assert found["p"].delivers.bit_count() == count


def test_an_active_item_is_blocked_by_a_need_that_fails() -> None:
    text = '[model.a]\n[product.p]\nstatus = "active"\nneeds = ["a"]\n'
    assert ever(text, "p", "a") == 1 / 2


@pytest.mark.parametrize(
    ("status", "way"),
    [
        ("live", "p_delivered"),
        ("done", "p_delivered"),
        ("failed", "failed"),
        ("dropped", "dropped"),
    ],
)
def test_outcome_of_a_closed_item_is_its_status(status: str, way: str) -> None:
    item = forecast(resolved_of(f'[model.m]\nchance = 0.5\nstatus = "{status}"\n'), 64).items["m"]
    ways = {
        each: getattr(item, each)
        for each in ("p_delivered", "failed", "blocked", "dropped", "replaced")
    }
    assert ways == {each: float(each == way) for each in ways}
    assert (item.start, item.finish, item.bucket) == (None, None, None)


def by_hand(resolved: ResolvedPlan, works: dict[str, bool], no: set[str]) -> dict[str, bool]:
    """What delivers in one run, said again in plain Python."""
    delivers: dict[str, bool] = {}
    for name in resolved.order:
        terms = resolved.items[name]
        if terms.status in {"live", "done"}:
            delivers[name] = True
            continue
        delivered = {each for each, does in delivers.items() if does}
        met = all(delivered.intersection(ids_of(need)) for need in terms.needs)
        dropped = any(
            delivers[spike] and spike in no for spike in resolved.spikes_by_bet.get(name, ())
        )
        covered = delivers.get(terms.fallback_for or "", False)
        delivers[name] = (
            terms.status in OPEN_STATUSES and met and not dropped and not covered and works[name]
        )
    return delivers


def ids_of(need: object) -> tuple[str, ...]:
    one = getattr(need, "id", None)
    return (one,) if one else getattr(need, "ids", ())


@st.composite
def plans(draw: st.DrawFn) -> str:
    text = ""
    names = [f"i{at}" for at in range(draw(st.integers(2, 7)))]
    for at, name in enumerate(names):
        before = [*names[:at], "gone"]
        needs: list[str | list[str]] = list(draw(st.lists(st.sampled_from(before), max_size=1)))
        if at > 1 and draw(st.booleans()):
            needs.append(
                draw(st.lists(st.sampled_from(before), min_size=2, max_size=3, unique=True))
            )
        status = draw(
            st.sampled_from(
                ["planned"] * 5 + ["active", "idea", "live", "done", "failed", "dropped"]
            )
        )
        chance = draw(st.sampled_from([0, 0.5, 0.8, 1]))
        text += f'[model.{name}]\nstatus = "{status}"\nchance = {chance}\nneeds = {needs}\n'
        if at and draw(st.integers(0, 2)) == 0:
            text += f'fallback_for = "{draw(st.sampled_from(before))}"\n'
        if draw(st.integers(0, 2)) == 0:
            state = draw(st.sampled_from(["planned", "active", "done"]))
            text += f'[spike.s{at}]\ninforms = "{name}"\nstatus = "{state}"\n'
            text += f'on_refuted = "{draw(st.sampled_from(["drop", "continue"]))}"\n'
            if at and draw(st.booleans()):
                text += f'needs = ["{draw(st.sampled_from(before))}"]\n'
    return text


@given(plans())
def test_delivery_is_that_of_every_single_run(text: str) -> None:
    resolved = resolved_of(text)
    spikes = chain.from_iterable(resolved.spikes_by_bet.values())
    drops = tuple(s for s in spikes if (t := resolved.items[s].spike) and t.drops_bet)[:3]
    uncertain = tuple(name for name, terms in resolved.items.items() if terms.kind != "spike")
    drawn = truth_table(resolved, uncertain, drops)
    found = OutcomeRules(resolved, drawn).outcomes()
    for run in range(drawn.runs):
        works = {name: bool(each >> run & 1) for name, each in drawn.works.items()}
        expected = by_hand(
            resolved, works, {name for name in drops if drawn.negative_answers[name] >> run & 1}
        )
        assert {name: bool(each.delivers >> run & 1) for name, each in found.items()} == expected


@given(plans())
def test_every_run_of_an_open_item_is_accounted_for_once(text: str) -> None:
    resolved = resolved_of(text)
    found = OutcomeRules(resolved, draw_successes(resolved, RandomSource(1, 64))).outcomes()
    for name, terms in resolved.items.items():
        each = found[name]
        failed = each.attempted & ~each.delivers
        ways = [each.delivers, failed, each.blocked, each.dropped, each.replaced]
        if terms.status in OPEN_STATUSES:
            assert sum(way.bit_count() for way in ways) == 64
            assert (
                each.delivers | failed | each.blocked | each.dropped | each.replaced
                == (1 << 64) - 1
            )
    for item in forecast(resolved, 50).items.values():
        total = item.p_delivered + item.failed + item.blocked + item.dropped + item.replaced
        assert total == (0 if item.status == "idea" else pytest.approx(1))
        assert item.ships <= item.p_delivered + 1e-9
