"""Comparisons as text, Markdown and data, against sentences written by hand."""

import json
from itertools import chain

import pytest
from markdown_it import MarkdownIt

from roadmap_tui.answers.history import DiffAnswer
from roadmap_tui.answers.json_text import to_json
from roadmap_tui.document.reader import read_document
from roadmap_tui.export.comparison import comparison_markdown
from roadmap_tui.history.compare import Comparison, ComparisonOptions, compare
from roadmap_tui.history.diff import table_changes
from roadmap_tui.narrative.changes import cause_clause, change_sentence
from roadmap_tui.narrative.comparison import (
    VersionNames,
    comparison_text,
)
from roadmap_tui.narrative.moves import comparison_moves
from roadmap_tui.text.escape import single_line
from tests.export.samples import NASTY, quoted
from tests.export.test_markdown import rows

READER = MarkdownIt("commonmark").enable("table")


def compared(before: str, after: str) -> Comparison:
    head = "[roadmap]\nas_of = 2026-11-23\n"
    found = compare(
        read_document((head + before).encode(), "a"),
        read_document((head + after).encode(), "b"),
        ComparisonOptions(runs=1000),
    )
    assert isinstance(found, Comparison)
    return found


def test_above_a_number_of_items_that_number_is_why_causes_are_left_out() -> None:
    before = "".join(f"[model.m{at}]\nchance = 0.9\n" for at in range(3))
    after = before.replace("0.9", "0.5")
    found = compare(
        read_document(before.encode(), "a"),
        read_document(after.encode(), "b"),
        ComparisonOptions(runs=100, attribution_limit=2),
    )
    assert isinstance(found, Comparison)
    assert comparison_text(found).notes == (
        "3 items: causes are looked for up to 2; run roadmap diff FILE, which looks for them.",
    )


ITEM = "[model.triage-model]\n"
BARS = "bars.recall.measured = [{ on = 2026-01-01, hits = 1, of = 2 }"
CASES = [
    (
        "",
        '[product.draft-replies]\neffort = "M"',
        "added draft-replies: Draft replies (product, M)",
        "draft-replies was added",
    ),
    (
        "",
        "[model.a]\neffort = [2, 4, 9]\ntitle = 'T'",
        "added a: T (model, [2, 4, 9] person-weeks)",
        "a was added",
    ),
    ("", "[spike.s]\ntimebox = 1", "added s: S (spike, 1 week)", "spike s was added"),
    ("", "[model.a]\nstatus = 'live'", "added a: A (model, live)", "a was added"),
    (
        "",
        "[spike.s]\nstatus = 'done'\nverdict = 'refuted'",
        "added s: S (spike, done)",
        "spike s was refuted",
    ),
    ("[model.a]", "", "removed a: A (model)", "a was removed"),
    (
        "[model.a]\ntags = ['b']",
        "[model.a]\ntags = ['b', 'c']",
        'a: tags with "c" too',
        'tags of a got "c"',
    ),
    (
        "[teams.ml]\npeople = 2",
        "[teams.ml]\npeople = 3",
        "team ml: people 2 → 3",
        "people of team ml went from 2 to 3",
    ),
    ("", "[teams.ml]\npeople = 3", "added team ml", "team ml was added"),
    (
        ITEM + "effort = [2, 4, 9]",
        ITEM + "effort = [3, 5, 9]",
        "triage-model: effort [2, 4, 9] → [3, 5, 9]",
        "effort of triage-model went from [2, 4, 9] to [3, 5, 9]",
    ),
    (
        f"{ITEM}{BARS}]",
        f"{ITEM}{BARS}, {{ on = 2026-02-01, hits = 178, of = 220 }}]",
        "triage-model: recall measured 178 of 220",
        "recall of triage-model measured 178 of 220",
    ),
    (
        ITEM,
        ITEM + "status = 'dropped'\nlearned = 'rules do'",
        "dropped triage-model: rules do",
        "triage-model was dropped",
    ),
    (
        "[spike.s]",
        "[spike.s]\nstatus = 'done'\nverdict = 'refuted'\nlearned = 'No.'\nspent = 2",
        "spike s was refuted: No.",
        "spike s was refuted",
    ),
    (
        ITEM + "status = 'planned'",
        ITEM + "status = 'active'\nspent = 2",
        "triage-model went from planned to active; spent set to 2",
        "triage-model went from planned to active",
    ),
    (
        ITEM + "chance = 0.5",
        ITEM,
        "triage-model: chance left out, was 0.5",
        "chance of triage-model was left out",
    ),
    (
        ITEM,
        ITEM + "chance = 0.5",
        "triage-model: chance set to 0.5",
        "chance of triage-model was set to 0.5",
    ),
    (
        ITEM + "chance = 0.5\nattempts = 2\ntitle = 'A'",
        ITEM + "chance = 0.6\nattempts = 3\ntitle = 'B'",
        'triage-model: chance 0.5 → 0.6; attempts 2 → 3; title "A" → "B"',
        "chance and attempts of triage-model changed",
    ),
    (
        ITEM + f"summary = '{'old ' * 20}'",
        ITEM + f"summary = '{'new ' * 20}'",
        "triage-model: summary rewritten",
        "summary of triage-model was rewritten",
    ),
    (
        ITEM + "needs = ['a']",
        ITEM + "needs = ['a', 'b']",
        "triage-model: now needs b",
        "triage-model now needs b",
    ),
    (
        ITEM + "needs = ['a', 'b']",
        ITEM + "needs = ['b', ['c', 'd'], { bar = 'b.recall' }]",
        "triage-model: now needs c or d and bar b.recall and no longer needs a",
        "triage-model now needs c or d and bar b.recall and no longer needs a",
    ),
    (
        "[policy]\nnow_weeks = 6",
        "[policy]\nnow_weeks = 5",
        "the policy: now_weeks 6 → 5",
        "now_weeks of the policy went from 6 to 5",
    ),
]


@pytest.mark.parametrize(
    ("before", "after", "text", "because"), CASES, ids=[each[3] for each in CASES]
)
def test_a_change_is_shown_in_a_sentence_and_as_a_cause(
    before: str, after: str, text: str, because: str
) -> None:
    [change] = table_changes(
        read_document(before.encode(), "a").data, read_document(after.encode(), "b").data
    )
    assert (change_sentence(change), cause_clause(change)) == (text, because)


def test_a_move_is_shown_with_its_cause() -> None:
    spike = '[spike.finetune]\ntimebox = 1\ninforms = "triage-model"\non_refuted = "continue"\n'
    spike += "yes_if_works = 0.9\nyes_if_not = 0.2\n"
    bet = "[model.triage-model]\neffort = 1\nchance = {}\n"
    found = compared(
        bet.format(0.62) + spike,
        bet.format(0.41) + spike + 'status = "done"\nverdict = "refuted"\n',
    )
    assert [move.sentence for move in comparison_moves(found)] == [
        "triage-model: ships ~62% → ~41%, because spike finetune was refuted"
    ]


def test_dates_of_the_same_range_are_shown_by_the_likely_day() -> None:
    found = compared("[product.a]\neffort = 1", "[product.a]\neffort = 3")
    [move] = comparison_moves(found)
    assert move.lead == "finish ~30 Nov → ~14 Dec"
    found = compared("[product.a]\neffort = [2, 4, 40]", "[product.a]\neffort = [2, 8, 40]")
    [move] = comparison_moves(found)
    assert " → " not in move.when
    assert move.rest == ("finish likely 21 Dec 2026 → 18 Jan 2027",)


def test_what_rests_on_a_guess_is_marked() -> None:
    guessed = compared(
        "[model.m]\neffort = 1\nevidence = 'opinion'", "[model.m]\neffort = 1\nevidence = 'pilot'"
    )
    [move] = comparison_moves(guessed)
    assert move.because == 'its evidence went from "opinion" to "pilot"'
    assert move.lead == "ships ~35% → ~90%"


def test_a_bet_that_came_is_shown_with_its_chance() -> None:
    came = (
        "[model.m]\neffort = 1\nchance = 0.5\n[model.g]\neffort = 1\n[product.i]\nstatus ="
        " 'idea'\n[spike.s]\n"
    )
    words = comparison_text(
        compared("[product.a]\neffort = 1\n", "[product.a]\neffort = 1\n" + came)
    )
    assert tuple(each.text for each in words.changes) == (
        "added i: I (product, idea)",
        "added m: M (model, 1 person-week), ships ~50%",
        "added g: G (model, 1 person-week), ships ~35%",
        "added s: S (spike)",
    )
    assert words.guesses


PLAN = """
[product.p]
title = {0}
fallback = {0}
needs = ["m"]
[model.m]
title = {0}
effort = 1
chance = {1}
[spike.s]
title = {0}
informs = "m"
learned = {0}
{2}
"""


@pytest.mark.parametrize("text", NASTY)
def test_no_text_breaks_the_document(text: str) -> None:
    def document(shown: str) -> str:
        answered = f"status = 'done'\nverdict = 'refuted'\nanswer = {quoted(shown)}"
        found = compared(
            PLAN.format(quoted("Old"), 0.9, ""), PLAN.format(quoted(shown), 0.2, answered)
        )
        return comparison_markdown(found, shown, VersionNames(shown, shown))

    tokens, plain = READER.parse(document(text)), READER.parse(document("Zqz"))
    assert [token.type for token in tokens] == [token.type for token in plain]
    children = chain.from_iterable(token.children or () for token in tokens)
    inline = {child.type for child in children}
    assert inline <= {"text", "text_special", "softbreak"}
    assert not {"html_block", "link_open", "image"} & {token.type for token in tokens}
    shown = single_line(text)
    for plain_row, row in zip(rows(plain), rows(tokens), strict=True):
        assert [cell.replace("Zqz", shown) for cell in plain_row] == row


def test_document_names_both_versions_and_the_day() -> None:
    found = compared("[product.a]\neffort = 1", "[product.a]\neffort = 3")
    text = comparison_markdown(found, "Two bets", VersionNames("v1 (abc, 1 Nov 2026)", "plan.toml"))
    assert text.startswith("# What changed: Two bets\n")
    assert "From v1 (abc, 1 Nov 2026) to plan.toml, both as of 23 Nov 2026" in text
    assert rows(READER.parse(text))[1] == [
        "a: A",
        "~>99%",
        "~30 Nov → ~14 Dec",
        "1",
        "its effort went from 1 to 3",
    ]


def test_empty_comparison_is_reported() -> None:
    same = compared("[product.a]\neffort = 1", "[product.a]\neffort = 1 # week")
    assert "Nothing changed that the plan is made of." in comparison_markdown(
        same, "T", VersionNames("a", "b")
    )
    words = compared("[product.a]\neffort = 1", "[product.a]\neffort = 1\ntitle = 'B'")
    assert "No chance moved" in comparison_markdown(words, "T", VersionNames("a", "b"))


def test_scripts_get_paths_values_figures_and_causes() -> None:
    found = compared("[model.a]\neffort = 1\nchance = 0.25", "[model.a]\neffort = 1\nchance = 0.5")
    data = json.loads(to_json(DiffAnswer.of(found, {"revision": "v1"}, {"file": "p"})))
    assert (data["schema"], data["kind"], data["as_of"], data["before"]) == (
        1,
        "diff",
        "2026-11-23",
        {"revision": "v1"},
    )
    [change] = data["changes"]
    assert (change["path"], change["act"]) == ("model.a", "changed")
    assert change["fields"] == [{"path": "model.a.chance", "old": 0.25, "new": 0.5}]
    [move] = data["moved"]
    assert (move["id"], move["measures"]) == ("a", ["ships"])
    assert (move["before"]["ships"], move["after"]["ships"]) == (0.25, 0.5)
    assert move["after"]["finish"] == {"p10": 1, "p50": 1, "p90": 1}
    assert [each["path"] for each in move["because"]] == ["model.a"]
