"""Items that a filter shows."""

import pytest

from roadmap_tui.tui.search.item_filter import matches_filter
from roadmap_tui.tui.search.plan_texts import PlanTexts
from tests.tui.plans import plan_of

PLAN = plan_of("""\
[teams.ml]
people = 1
[product.drafts]
title = "Draft Replies"
team = "app"
owner = "Mirela"
tags = ["OKR"]
status = "active"
[product.macros]
summary = "Straße: 140 rules"
[model.reader]
title = "Reply model"
team = "ml"
[spike.wanted]
track = "product"
title = "Wanted?"
learned = "nobody asked"
[spike.works]
title = "Works: so?"
""")

TEXTS = PlanTexts(PLAN).of_items


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"drafts", "macros", "reader", "wanted", "works"}),
        ("   ", {"drafts", "macros", "reader", "wanted", "works"}),
        ("repl", {"drafts", "reader"}),
        ("REPL draft", {"drafts"}),
        ("draft model", set()),
        ("mirela", {"drafts"}),
        ("strasse", {"macros"}),
        ("asked", {"wanted"}),
        ("track:product", {"drafts", "macros", "wanted"}),
        ("track:model", {"reader", "works"}),
        ("track:spike", {"wanted", "works"}),
        ("team:ml", {"reader"}),
        ("team:APP", {"drafts"}),
        ("status:active", {"drafts"}),
        ("status:planned track:model", {"reader", "works"}),
        ("tag:okr", {"drafts"}),
        ("tag:OKR mirela", {"drafts"}),
        ("tag:ok", set()),
        ("team:", {"macros", "wanted", "works"}),
        ("works:", {"works"}),
        ("status:nonsense", set()),
        ("[/]", set()),
    ],
)
def test_what_passes(query: str, shown: set[str]) -> None:
    assert {
        name for name, item in PLAN.items.items() if matches_filter(item, query, TEXTS[name])
    } == shown
