"""The files that the format's description shows, and data of any kind."""

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.parser import parse_plan_data
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.table_keys import known_keys
from tests.plan.build import plan_of, resolved_of

TEN_LINES = """
[roadmap]
title = "Support copilot"
users = 4000
[product.draft-replies]
effort = "M"
needs = ["reply-model"]
[model.reply-model]
effort = "L"
[spike.grounding]
informs = "reply-model"
"""
GROWN = """
schema = 1

[roadmap]
title = "Helpdesk"
as_of = 2026-11-23
horizon = 52
reach_per = "quarter"
currency = "USD"
correlation = 0.3
reviewed = 2026-11-20

[teams.app]
people = 3
week_cost = 4000
[teams.ml]
people = 2

[product.suggested-queue]
title = "Suggest the queue for every ticket"
public = "Smarter routing"
team = "app"
job.when = "a ticket arrives"
job.want = "it to reach the right queue"
job.so_that = "the first reply is not wasted"
reach = [3000, 6000, 7000]
impact = [0.5, 2, 3]
confidence = 0.8
effort = [3, 4, 9]
needs = [
    "triage-model",
    "queue-api",
]
fallback = "keyword rules stay, and we know which queues can't be told apart"

[product.queue-api]
effort = "S"

[model.triage-model]
title = "Ticket triage classifier"
team = "ml"
stage = "train"
attempts = 2
upkeep = 0.2
rule = "keyword rules"

[model.triage-model.stages]
data = { effort = [2, 3, 6], chance = 0.9 }
train = { effort = [2, 4, 12], chance = 0.8, compute = 3000 }
evaluate = { effort = [1, 2, 4], chance = 0.8 }
deploy = { effort = [0.5, 1, 2] }

[model.triage-model.bars.recall]
guardrail = 0.70
launch = 0.80
target = 0.90
baseline = 0.62
measured = [
    { on = 2026-09-20, dataset = "golden-v2", hits = 178, of = 220 },
]

[spike.finetune]
title = "Can fine-tuning beat the rules?"
team = "ml"
question = "Does a fine-tuned small model beat keyword rules by 15 points of macro-recall?"
timebox = 2
informs = "triage-model"
yes_if_works = 0.9
yes_if_not = 0.2
success_if = "macro-recall >= 0.77"
stop_if = "macro-recall < 0.67"
on_refuted = "drop"
"""


def test_ten_lines_are_read_without_faults() -> None:
    resolved = resolved_of(TEN_LINES)
    assert list(resolved.items) == ["draft-replies", "reply-model", "grounding"]
    assert resolved.items["draft-replies"].effort == Estimate(2, 4, 9)
    assert resolved.items["reply-model"].effort == Estimate(5, 10, 24)
    assert resolved.spikes_by_bet == {"reply-model": ("grounding",)}
    assert resolved.items["draft-replies"].assumptions == {
        *{"reach", "confidence", "chance", "impact"},
        *{"staff", "team"},
    }


def test_the_grown_file_is_read_without_faults() -> None:
    plan = plan_of(GROWN)
    resolved = resolve_plan(plan)
    assert resolved.as_of == dt.date(2026, 11, 23)
    assert resolved.team_sizes == {"app": 3, "ml": 2}
    model = resolved.items["triage-model"]
    assert [stage.is_remaining for stage in model.stages] == [False, True, True, True]
    assert (model.attempts, model.upkeep.people) == (2, 0.2)
    assert plan.model["triage-model"].bars["recall"].status("recall") == "likely"
    assert resolved.items["suggested-queue"].assumptions == {"chance", "staff"}


def test_known_keys_are_those_of_the_table() -> None:
    assert {"product", "model", "spike", "teams", "schema"} <= set(known_keys(()))
    assert {"effort", "needs", "fallback"} <= set(known_keys(("product", "a")))
    assert set(known_keys(("model", "a", "stages"))) == {"data", "train", "evaluate", "deploy"}
    assert {"launch", "measured"} <= set(known_keys(("model", "a", "bars", "recall")))
    assert "hits" in known_keys(("model", "a", "bars", "recall", "measured", 0))
    assert known_keys(("product", "a", "effort")) == ()
    assert known_keys(("nowhere",)) == ()


SCALARS = st.one_of(
    st.booleans(),
    st.integers(),
    st.integers(-3, 3),
    st.floats(),
    st.floats(0, 1),
    st.text(max_size=5),
    st.sampled_from(["a", "b", "M", "active", "planned", "2027-Q1", "train", "b.r"]),
    st.dates(),
    st.datetimes(),
    st.times(),
)
KEYS = [
    "effort",
    "needs",
    "chance",
    "status",
    "spent",
    "stage",
    "stages",
    "train",
    "informs",
    "fallback_for",
    "bars",
    "r",
]
KEYS += [
    "measured",
    "on",
    "hits",
    "of",
    "deadline",
    "by",
    "x",
    "started",
    "staff",
    "team",
    "reach",
    "launch",
    "finished",
]
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3)
    ),
)
TABLES = st.dictionaries(
    st.sampled_from(["a", "b", "c", "Not Id", "x", "policy"]), VALUES, max_size=3
)
ITEMS = st.dictionaries(
    st.sampled_from(["a", "b", "c", "x"]),
    st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4),
    max_size=3,
)
FILES = st.fixed_dictionaries(
    {},
    optional={
        "product": ITEMS | TABLES,
        "model": ITEMS,
        "spike": ITEMS,
        "teams": TABLES,
        "roadmap": st.dictionaries(
            st.sampled_from(["users", "as_of", "horizon", "seed", "title"]), VALUES, max_size=2
        ),
        "scenario": st.dictionaries(
            st.sampled_from(["s", "x"]),
            st.dictionaries(st.sampled_from(["product", "model"]), ITEMS),
        ),
        "policy": VALUES,
    },
)


@given(FILES)
def test_reading_any_data_gives_faults_and_never_raises(data: dict[str, Any]) -> None:
    plan, faults = parse_plan_data(data, dt.date(2026, 11, 23))
    assert plan is not None or faults
    for fault in faults:
        assert fault.problem
        assert "{" not in fault.problem.replace("{ ", "")
    if plan is not None and not any(fault.fatal for fault in faults):
        resolve_plan(plan, as_of=dt.date(2026, 11, 23))
