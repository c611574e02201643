"""Signs beside figures: guesses, shifts and ties."""

import re
from dataclasses import replace

from roadmap_tui.forecast.simulation.results import RankRow, RiceScore
from roadmap_tui.narrative.item_facts import item_facts
from roadmap_tui.narrative.item_figures import (
    format_delivery_chance,
    format_finish_range,
    format_rank_range,
    format_rank_shift,
    format_score,
    format_score_factors,
    tie_brackets,
)
from roadmap_tui.narrative.summary_sentence import summary_sentence
from tests.export.samples import planned

ROW = RankRow("a", RiceScore(2, 3), RiceScore(1, 1), 1, 1, 1, 1, (1, 1), (1, 4), {}, (), (), 1)


def test_the_shift_is_the_way_from_the_plain_rank() -> None:
    assert format_rank_shift(ROW) == "▲2"
    assert format_rank_shift(replace(ROW, rice=RiceScore(2, 1), weighted=RiceScore(1, 2))) == "▼1"
    assert format_rank_shift(replace(ROW, rice=RiceScore(2, 1))) == "·"
    assert format_rank_shift(replace(ROW, rice=None)) == ""


def test_ranges_of_ranks() -> None:
    assert format_rank_range(ROW) == "1–4"
    assert format_rank_range(replace(ROW, rank_range=(2, 2))) == "2"
    assert format_rank_range(replace(ROW, rank_range=None)) == "–"


def test_brackets_tie_what_is_too_close_to_call() -> None:
    names, close = "abcdef", {"a": "b", "b": "a", "d": "e", "e": "df", "f": "e"}
    rows = [replace(ROW, id=name, too_close_with=tuple(close.get(name, ""))) for name in names]
    assert tie_brackets(rows) == ["┌", "└", "", "┌", "│", "└"]
    assert tie_brackets([]) == []
    assert tie_brackets([ROW]) == [""]


def test_figures_are_marked_where_they_rest_on_a_guess() -> None:
    text = """
    [roadmap]
    as_of = 2026-11-23
    [product.known]
    effort = 2
    reach = 5
    confidence = 1
    [product.waits]
    effort = 1
    reach = 5
    confidence = 1
    needs = ["vague"]
    [model.vague]
    effort = 1
    [product.wanted]
    effort = 1
    reach = 5
    """
    text = re.sub(r"(\[(?:product|model)\.\w+\])", r"\1\nteam = 't'", text)
    text += "[policy]\nproduct_chance = 1\nimpact = 1\nstaff = 1\n[teams.t]\npeople = 99\n"
    forecast = planned(text)[1]
    rows = {row.id: row for row in forecast.ranking}
    marks = {}
    for name, row in rows.items():
        marks[name] = [cell.startswith("~") for cell in format_score_factors(row)]
    assert marks["known"] == [False, False, False]
    assert marks["waits"] == [False, True, False]
    assert marks["vague"] == [False, True, False]
    assert marks["wanted"] == [True, False, False]
    assert [name for name, row in rows.items() if not format_score(row).startswith("~")] == [
        "known"
    ]
    items = forecast.items
    assert [name for name in items if format_delivery_chance(items[name]).startswith("~")] == [
        "waits",
        "vague",
    ]
    assert format_finish_range(forecast, items["known"]) == "7 Dec"


PLAN = """
[roadmap]
as_of = 2026-11-23
[product.feature]
title = "A feature"
effort = 2
reach = 8
confidence = 0.5
needs = ["coin"]
fallback = "we ask people"
deadline = { by = 2027-03-31, why = "promised" }
[model.coin]
effort = 2
chance = 0.5
[spike.look]
title = "Heads?"
timebox = 1
informs = "coin"
[product.gone]
status = "dropped"
learned = "Nobody wanted it."
"""


def test_all_about_a_feature() -> None:
    plan, forecast = planned(PLAN)
    facts = {fact.name: fact.text for fact in item_facts(plan, forecast, "feature")}
    assert facts["feature"] == "A feature"
    assert facts["Status"] == "Planned · Product · Now"
    assert facts["Finish"] == "~28 Dec if it ships (80% range), without limits of people"
    assert facts["Deadline"].startswith("31 Mar 2027, ")
    assert facts["RICE rank"] == "1st"  # the same place, so no shift
    assert facts["Needs"] == "Coin"
    assert "we ask people" in facts["Summary"]


def test_all_about_a_spike() -> None:
    plan, forecast = planned(PLAN)
    facts = {fact.name: fact.text for fact in item_facts(plan, forecast, "look")}
    assert facts["Result"] == "~30 Nov; ~50% yes"
    assert facts["If yes"] == "Coin: chance it works 50% → 80%"
    assert facts["If no"] == "Coin is dropped; chance it works 20%"
    assert facts["Needed by"] == "Coin"
    assert "yes_if_not" not in facts["Assumptions"]


def test_sentences_to_send() -> None:
    plan, forecast = planned(PLAN)
    assert (
        summary_sentence(plan, forecast, "look")
        == "Heads? Result expected 30 Nov; 50% chance of a yes."
    )
    assert summary_sentence(plan, forecast, "gone") == "Gone was dropped. Nobody wanted it."
    sentence = summary_sentence(plan, forecast, "feature")
    assert sentence.startswith("A feature has a ")
    assert "If it ships, expect ~28 Dec (80% range, without limits of people)." in sentence
    assert sentence.endswith("Next decision 30 Nov: Heads? If it doesn't ship: we ask people.")
