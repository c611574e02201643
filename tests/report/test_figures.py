"""Signs beside figures: guesses, shifts and ties."""

from dataclasses import replace

from roadmap_tui.forecast.summary import RankRow, Score
from roadmap_tui.report.about import about
from roadmap_tui.report.figures import (
    brackets,
    ever,
    factors,
    rank_range,
    score,
    shift,
    ships,
    when,
)
from roadmap_tui.report.say import say

from .making import planned

ROW = RankRow("a", Score(2, 3), Score(1, 1), 1, 1, 1, 1, (1, 1), (1, 4), {}, (), (), 1)


def test_the_shift_is_the_way_from_the_plain_rank() -> None:
    assert shift(ROW) == "▲2"
    assert shift(replace(ROW, plain=Score(2, 1), weighted=Score(1, 2))) == "▼1"
    assert shift(replace(ROW, plain=Score(2, 1))) == "·"
    assert shift(replace(ROW, plain=None)) == ""


def test_ranges_of_ranks() -> None:
    assert rank_range(ROW) == "1–4"
    assert rank_range(replace(ROW, rank_range=(2, 2))) == "2"
    assert rank_range(replace(ROW, rank_range=None)) == "–"


def test_brackets_tie_what_is_too_close_to_call() -> None:
    names, close = "abcdef", {"a": "b", "b": "a", "d": "e", "e": "df", "f": "e"}
    rows = [replace(ROW, id=name, too_close_with=tuple(close.get(name, ""))) for name in names]
    assert brackets(rows) == ["┌", "└", "", "┌", "│", "└"]
    assert brackets([]) == []
    assert brackets([ROW]) == [""]


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
    forecast = planned(text)[1]
    rows = {row.id: row for row in forecast.ranking}
    marks = {name: [cell.startswith("~") for cell in factors(row)] for name, row in rows.items()}
    assert marks["known"] == [False, False, False]
    assert marks["waits"] == [False, True, False]
    assert marks["vague"] == [False, True, False]
    assert marks["wanted"] == [True, False, False]
    assert [name for name, row in rows.items() if not score(row).startswith("~")] == ["known"]
    items = forecast.items
    assert [name for name in items if ships(items[name]).startswith("~")] == ["waits", "vague"]
    assert when(forecast, items["known"]) == "7 Dec"


def test_ever_is_told_where_it_differs_by_three_points() -> None:
    item = planned("[product.a]\n")[1].items["a"]
    assert ever(replace(item, ships=0.5, ever=0.52)) == ""
    assert ever(replace(item, ships=0.5, ever=0.54, guesses=())) == "54%"


PLAN = """
[roadmap]
as_of = 2026-11-23
[product.feature]
title = "A feature"
effort = 2
reach = 8
confidence = 0.5
needs = ["coin"]
or_else = "we ask people"
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
    facts = {fact.name: fact.text for fact in about(plan, forecast, "feature")}
    assert facts["feature"] == "A feature"
    assert facts["is"] == "planned product item, now"
    assert facts["when"] == "~28 Dec if it ships"
    assert facts["deadline"].startswith("31 Mar 2027, met ")
    assert facts["plain rank"].startswith("1 ")
    assert facts["waits for"] == "Coin"
    assert "we ask people" in facts["in short"]


def test_all_about_a_spike() -> None:
    plan, forecast = planned(PLAN)
    facts = {fact.name: fact.text for fact in about(plan, forecast, "look")}
    assert facts["answer"] == "30 Nov; ~yes 5 in 10"
    assert facts["on yes"] == "Coin works 80%, now 50%"
    assert facts["on no"] == "Coin works 20% and is dropped"
    assert facts["holds up"] == "Coin"
    assert "yes_if_not" in facts["guesses"]


def test_sentences_to_send() -> None:
    plan, forecast = planned(PLAN)
    assert say(plan, forecast, "look") == "Heads? An answer by 30 Nov; 5 in 10 that it is yes."
    assert say(plan, forecast, "gone") == "Gone: dropped. Nobody wanted it."
    sentence = say(plan, forecast, "feature")
    assert sentence.startswith("A feature: 28 Dec (8 in 10) if it ships; ")
    assert sentence.endswith("Next decision: 30 Nov, Heads? If not: we ask people.")
