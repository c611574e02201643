"""A stored scenario, applied to the plan, gives the what-if it came from."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.plan.overlay import apply_overlay, overlay_between
from roadmap_tui.plan.parser import parse_plan_data, parse_scenario

KEYS = st.sampled_from("abcd")
VALUES = st.one_of(
    st.integers(0, 2),
    st.sampled_from([1.0, True, False, "x", "1", dt.date(2026, 11, 23)]),
    st.lists(st.integers(0, 2), max_size=2),
)
TABLES = st.recursive(
    st.dictionaries(KEYS, VALUES, max_size=3),
    lambda inside: st.dictionaries(KEYS, st.one_of(VALUES, inside), max_size=3),
    max_leaves=8,
)


def is_taken_out(base: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether something of the base is missing, also in nested tables."""
    both = [(base[key], after[key]) for key in base.keys() & after.keys()]
    deeper = (
        is_taken_out(*pair)
        for pair in both
        if isinstance(pair[0], dict) and isinstance(pair[1], dict)
    )
    return bool(base.keys() - after.keys()) or any(deeper)


def exactly(value: object) -> str:
    """A value so that 1, 1.0 and true differ."""
    return (
        repr(sorted(value.items(), key=str))
        if isinstance(value, dict) and not value
        else repr(_sorted(value))
    )


def _sorted(value: object) -> object:
    return {key: _sorted(value[key]) for key in sorted(value)} if isinstance(value, dict) else value


@given(base=TABLES, after=TABLES)
def test_what_differs_laid_over_the_base_gives_the_other(
    base: dict[str, Any], after: dict[str, Any]
) -> None:
    if is_taken_out(base, after):
        with pytest.raises(LookupError) as caught:
            overlay_between(base, after)
        here: Any = base
        for key in caught.value.args[0]:
            here = here[key]
    else:
        over = overlay_between(base, after)
        assert exactly(apply_overlay(base, over)) == exactly(after)


@given(base=TABLES)
def test_nothing_differs_from_itself(base: dict[str, Any]) -> None:
    assert overlay_between(base, base) == {}


def test_a_scenario_is_the_plan_with_what_differs() -> None:
    data: dict[str, Any] = {
        "teams": {"ml": {"people": 2}},
        "model": {"m": {"team": "ml", "effort": [1, 2, 4], "bars": {"r": {"launch": 0.8}}}},
        "scenario": {
            "more": {"teams": {"ml": {"people": 3}}},
            "other": {
                "model": {"m": {"effort": 9, "bars": {"r": {"target": 0.9}}}, "n": {"chance": 0.4}}
            },
        },
    }
    plan, faults = parse_plan_data(data)
    assert plan is not None
    assert not faults
    more, other = (parse_scenario(data, plan, name) for name in ("more", "other"))
    assert more is not None
    assert other is not None
    assert more.teams["ml"].people == 3
    assert more.model == plan.model
    effort, bar = other.model["m"].effort, other.model["m"].bars["r"]
    assert (getattr(effort, "p10", None), bar.launch, bar.target) == (9, 0.8, 0.9)
    assert (other.model["m"].team, other.model["n"].chance) == ("ml", 0.4)
    assert not more.scenario
