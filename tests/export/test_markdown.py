"""The Markdown export, parsed by an independent library."""

from itertools import groupby

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from roadmap_tui.export.pipeline import ExportSpec, render_export
from roadmap_tui.text.escape import single_line
from tests.export.samples import NASTY, quoted, subject

READER = MarkdownIt("commonmark").enable("table")
PLAN = """
[roadmap]
title = {0}
as_of = 2026-11-23
users = 100
[product.a]
title = {0}
fallback = {0}
needs = ["b"]
deadline = {{ by = "2027-Q2", why = {0} }}
[product.c]
title = {0}
status = "live"
learned = {0}
[model.b]
title = {0}
[model.d]
title = {0}
fallback_for = "b"
[spike.s]
title = {0}
question = {0}
informs = "b"
[spike.r]
title = {0}
status = "done"
informs = "d"
verdict = "refuted"
answer = {0}
learned = {0}
"""
TWO_BETS = """
[roadmap]
title = "Two bets"
as_of = 2026-11-23
[product.sure]
effort = 4
reach = 100
confidence = 1
[product.first]
effort = 2
reach = 100
confidence = 1
needs = ["coin"]
fallback = "we ask people"
deadline = { by = 2027-03-31, why = "promised" }
[model.coin]
title = "A coin"
effort = 2
chance = 0.5
[spike.look]
question = "Heads?"
timebox = 1
informs = "coin"
yes_if_works = 0.75
yes_if_not = 0.25
[spike.old]
status = "done"
informs = "coin"
verdict = "confirmed"
learned = "Coins have two sides"
[spike.older]
status = "done"
informs = "coin"
verdict = "refuted"
learned = "Dice have six"
"""


def exported(text: str, title: str) -> str:
    return render_export(subject(text, 400, title), ExportSpec("md"))


def text_of(token: Token) -> str:
    assert token.children is not None
    allowed = {"text", "text_special", "strong_open", "strong_close", "softbreak"}
    assert {child.type for child in token.children} <= allowed
    return "".join(" " if child.type == "softbreak" else child.content for child in token.children)


def rows(tokens: list[Token]) -> list[list[str]]:
    """Every row of every table, as texts of its cells."""
    found: list[list[str]] = []
    for at, token in enumerate(tokens):
        if token.type == "tr_open":
            found.append([])
        elif token.type in {"th_open", "td_open"}:
            found[-1].append(text_of(tokens[at + 1]))
    return found


def sections(text: str) -> dict[str, list[Token]]:
    tokens, found = READER.parse(text), dict[str, list[Token]]()
    name = ""
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            name = text_of(tokens[at + 1])
        found.setdefault(name, []).append(token)
    return found


@pytest.mark.parametrize("title", NASTY)
def test_no_title_breaks_the_document(title: str) -> None:
    text = exported(PLAN.format(quoted(title)), title)
    tokens, plain = READER.parse(text), READER.parse(exported(PLAN.format('"Zqz"'), "Zqz"))
    assert [token.type for token in tokens] == [token.type for token in plain]
    assert not {"html_block", "html_inline", "link_open", "image"} & {
        token.type for token in tokens
    }
    shown = single_line(title)
    assert text_of(tokens[1]) == shown
    got, wanted = rows(tokens), rows(plain)
    assert [len(row) for row in got] == [len(row) for row in wanted]
    for wanted_row, row in zip(wanted, got, strict=True):
        assert [cell.replace("Zqz", shown) for cell in wanted_row] == row


def test_tables_are_as_wide_as_their_heads() -> None:
    tokens = READER.parse(exported(TWO_BETS, "Two bets"))
    for line in exported(TWO_BETS, "Two bets").splitlines():
        assert "|" not in line or line.startswith("|") or line.strip().startswith("i_")
    table = 0
    widths: list[tuple[int, int]] = []
    for token in tokens:
        table += token.type == "table_open"
        if token.type == "tr_open":
            widths.append((table, 0))
        elif token.type in {"th_open", "td_open"}:
            widths[-1] = (table, widths[-1][1] + 1)
    for _, group in groupby(widths, key=lambda pair: pair[0]):
        assert len({width for _, width in group}) == 1


def test_it_names_the_day_and_what_ranges_and_chances_mean() -> None:
    text = exported(TWO_BETS, "Two bets")
    head = " ".join(text.split("##")[0].split())
    assert head.startswith("# Two bets As of 23 Nov 2026.")
    assert "80% range" in head
    assert "if the item ships" in head
    assert "by 22 Nov 2027" in head


def test_a_sure_item_and_one_behind_a_coin() -> None:
    parts = sections(exported(TWO_BETS, "Two bets"))
    outcomes = {row[0]: row for row in rows(parts["Product"])}
    assert outcomes["Sure"][1:] == ["~>99%", "~21 Dec", ""]
    assert outcomes["First"][3] == "we ask people"
    assert 0.25 < int(outcomes["First"][1].strip("~%")) / 100 < 0.5


def test_an_open_spike_shows_its_odds_and_what_a_no_does() -> None:
    [head, row] = rows(sections(exported(TWO_BETS, "Two bets"))["What we are finding out"])
    cells = dict(zip(head, row, strict=True))
    assert cells["Question"] == "Heads?"
    assert cells["Answer by"] == "~30 Nov"
    assert cells["Odds"] == "50% yes"
    assert (cells["Works now"], cells["After a yes"], cells["After a no"]) == ("50%", "75%", "25%")
    assert cells["If no"] == "A coin is dropped; we ask people"


def test_refuted_spikes_come_first() -> None:
    text = "".join(
        text_of(token)
        for token in sections(exported(TWO_BETS, "x"))["What we learned"]
        if token.children
    )
    assert text.index("Dice have six.") < text.index("Coins have two sides.")
    assert "(refuted)" in text


def test_a_promise_has_its_chance_and_its_reason() -> None:
    [_, row] = rows(sections(exported(TWO_BETS, "x"))["What we promised"])
    assert row[:2] == ["First", "31 Mar 2027"]
    assert row[3] == "promised"


def test_guesses_are_marked_and_listed() -> None:
    text = exported(
        "[roadmap]\nas_of = 2026-11-23\n[policy]\nproduct_chance = 1\nstaff = 1\nimpact = 1\n"
        "[teams.t]\npeople = 2\n[product.a]\nreach = 3\nconfidence = 1\nteam = 't'\n"
        "[product.b]\neffort = 1\nteam = 't'\n",
        "x",
    )
    parts = sections(text)
    marked = {row[0]: row[1:3] for row in rows(parts["Product"])[1:]}
    assert marked["A"][1].startswith("~")  # one size more does not move its chance
    assert not any(cell.startswith("~") for cell in marked["B"])
    assert [text_of(token) for token in parts["Guesses"] if token.children][-1] == "A: effort"


def test_the_diagram_has_every_link_once() -> None:
    text = exported(TWO_BETS, "x").split("```mermaid\n")[1].split("```")[0]
    lines = [line.strip() for line in text.splitlines()]
    assert lines[0] == "flowchart LR"
    assert "i_coin --> i_first" in lines
    assert "i_look -. informs .-> i_coin" in lines
    assert len(lines) == len(set(lines))
    assert not [line for line in lines if "sure" in line]


def test_an_empty_roadmap_is_a_document() -> None:
    assert exported('[roadmap]\nas_of = 2026-11-23\ntitle = "x"\n', "x").startswith("# x\n")


def test_there_are_no_runs_of_blank_lines() -> None:
    text = exported(TWO_BETS, "Two bets")
    assert "\n\n\n" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
