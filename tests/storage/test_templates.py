"""Templates: their content, and dates that follow the first day."""

import datetime as dt
import re

import pytest

from roadmap_tui.document.document import Document
from roadmap_tui.document.reader import read_document
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.storage.templates import (
    TEMPLATE_DATE,
    Template,
    dated_template_text,
    load_templates,
)

NAMES = [
    "agent-autonomy",
    "ai-feature-launch",
    "blank-dual-track",
    "build-vs-buy",
    "fraud-scoring",
    "keep-alive-year",
    "llm-assistant",
    "medical-classifier",
    "model-migration",
    "recommendation-engine",
]
ALL = {each.name: each for each in load_templates()}
GROWN = [name for name in NAMES if name != "blank-dual-track"]
DAY = re.compile(r"\d{4}-(?:\d\d-\d\d|Q[1-4])")


def document_of(name: str) -> Document:
    return read_document(ALL[name].text.encode(), name)


def plan_of(name: str) -> Plan:
    plan = document_of(name).plan
    assert plan is not None
    return plan


def test_there_are_ten() -> None:
    assert list(ALL) == NAMES
    assert all(each.about.endswith((".", "?")) and "#" not in each.about for each in ALL.values())


@pytest.mark.parametrize("name", NAMES)
def test_each_is_read_without_a_fault_and_can_be_edited(name: str) -> None:
    document = document_of(name)
    assert document.faults == ()
    assert document.read_only is None
    assert plan_of(name).roadmap.as_of is None


@pytest.mark.parametrize("name", GROWN)
def test_each_shows_what_the_format_can(name: str) -> None:
    plan = plan_of(name)
    assert 8 <= len(plan.items) <= 25
    assert plan.product
    assert plan.model
    refuted = [spike for spike in plan.spike.values() if spike.verdict == "refuted"]
    assert len(refuted) == 1
    assert refuted[0].learned
    assert refuted[0].answer
    assert any(spike.status in OPEN_STATUSES for spike in plan.spike.values())
    models = plan.model.values()
    assert any(model.bars for model in models)
    assert any(model.segments for model in models)
    assert any(len(model.failures) >= 3 for model in models)
    assert any(item.cost or item.roi for item in plan.product.values())


def test_the_blank_one_is_two_features_a_model_its_cases_and_a_question() -> None:
    plan = plan_of("blank-dual-track")
    assert (len(plan.product), len(plan.model), len(plan.spike)) == (2, 2, 1)
    assert all(spike.verdict is None for spike in plan.spike.values())


@pytest.mark.parametrize("name", NAMES)
def test_numbers_of_open_items_are_assumptions(name: str) -> None:
    plan = plan_of(name)
    for item, terms in resolve_plan(plan, as_of=TEMPLATE_DATE).items.items():
        if terms.status not in OPEN_STATUSES:
            continue
        given = plan.items[item].model_fields_set
        sized = {"effort", "stages"} & given or terms.kind == "spike"
        assert sized
        assert ("timebox" if terms.kind == "spike" else "effort") in terms.assumptions, item
        assert not {"reach", "confidence", "chance"} & given - terms.assumptions - {"confidence"}, (
            item
        )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "day",
    [TEMPLATE_DATE, dt.date(2026, 11, 29), dt.date(2028, 3, 1), dt.date(2031, 12, 31)],
    ids=str,
)
def test_only_dates_differ_and_they_lie_as_far_from_the_day_as_they_did(
    name: str, day: dt.date
) -> None:
    before, after = ALL[name].text, dated_template_text(ALL[name], day)
    assert DAY.sub("", before) == DAY.sub("", after)
    ages = []
    for text, start in ((before, TEMPLATE_DATE), (after, day)):
        days = (dt.date.fromisoformat(each) for each in DAY.findall(text) if "Q" not in each)
        ages.append([start - each for each in days])
    assert all(
        dt.timedelta() <= later - then < dt.timedelta(weeks=1)
        for then, later in zip(*ages, strict=True)
    )
    if day - TEMPLATE_DATE < dt.timedelta(weeks=1):
        assert before == after


def test_quarters_move_by_the_day_they_end_on() -> None:
    template = Template(
        "t",
        "",
        '[product.a]\ndeadline = { by = "2027-Q2" }\n[product.b]\ntitle = "2027-Q2 review"\n',
    )
    moved = dated_template_text(template, dt.date(2027, 5, 31))
    assert (
        moved
        == '[product.a]\ndeadline = { by = "2028-Q1" }\n[product.b]\ntitle = "2027-Q2 review"\n'
    )
