"""Documents for each audience: contents, omissions, and that no text of the file breaks them."""

import csv
import re
import xml.etree.ElementTree as ET
from functools import lru_cache
from typing import get_args

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from roadmap_tui.export.formats import AUDIENCES, FORMATS, AudienceName, FormatName, PictureName
from roadmap_tui.export.pipeline import ExportSpec, render_export
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.text.escape import single_line
from roadmap_tui.text.terminal_text import escape_control
from tests.export.hostile import HOSTILE, hostile_subject
from tests.export.samples import subject
from tests.export.test_markdown import rows, sections, text_of

READER = MarkdownIt("commonmark").enable("table")
AUDIENCE_NAMES: tuple[AudienceName, ...] = get_args(AudienceName)
PLAIN = "Zqz"
PLAN = """
[roadmap]
as_of = 2026-11-23
currency = "EUR"
users = 100
[teams.ml]
people = 2
week_cost = 1000
[product.first]
title = "First answers"
public = "Quicker answers"
effort = 2
reach = 100
confidence = 1
needs = ["coin"]
fallback = "we ask people"
deadline = { by = 2026-12-31, why = "promised" }
[product.sure]
title = "Sure thing"
public = "A safe thing"
summary = "internal"
effort = [2, 4, 8]
reach = 10
confidence = 1
[product.hidden]
title = "Not for customers"
effort = 1
reach = 10
confidence = 1
[product.there]
public = "What there is"
status = "live"
[product.blocked]
public = "What never comes"
needs = ["zero-shot"]
[model.coin]
title = "A coin"
team = "ml"
effort = 4
chance = 0.5
[model.coin.bars.recall]
launch = 0.8
guardrail = 0.6
measured = [{ on = 2026-11-01, dataset = "golden", hits = 178, of = 220 }]
[model.coin.failures.edge]
example = "it stands on its edge"
hits = 2
of = 500
cost = 500
caught = 0.3
[model.coin.segments.heads]
hits = 45
of = 55
floor = 0.8
[model.zero-shot]
title = "A prompt"
team = "ml"
status = "dropped"
effort = 6
chance = 0.05
[spike.look]
title = "Heads?"
team = "ml"
timebox = 1
informs = "coin"
yes_if_works = 1.0
yes_if_not = 0.0
stop_if = "tails"
[spike.ask]
title = "Will a prompt do?"
status = "done"
informs = "zero-shot"
verdict = "refuted"
spent = 1.5
answer = "0.71 at best"
learned = "It guesses"
"""


@lru_cache(maxsize=1)
def made() -> ReportContext:
    return subject(PLAN, 1000, "A plan")


@lru_cache(maxsize=16)
def report_text(audience: AudienceName) -> str:
    return render_export(made(), ExportSpec("md", audience))


def parts(audience: AudienceName) -> dict[str, list[Token]]:
    return sections(report_text(audience))


def words(tokens: list[Token]) -> str:
    return "\n".join(text_of(token) for token in tokens if token.type == "inline")


def test_the_table_names_every_format_and_audience_once() -> None:
    assert [each.name for each in FORMATS] == list(get_args(FormatName))
    assert [each.name for each in AUDIENCES] == list(AUDIENCE_NAMES)
    assert len({each.extension for each in FORMATS}) == len(FORMATS)
    assert all(each.help and each.label for each in FORMATS)
    assert all(each.help and each.label for each in AUDIENCES)


@lru_cache(maxsize=16)
def harmless(audience: AudienceName) -> list[Token]:
    return READER.parse(render_export(hostile_subject(PLAIN), ExportSpec("md", audience)))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_breaks_or_hides_anything(text: str) -> None:
    """Every document has the structure of one with a harmless text, and its text in its place."""
    shown = sorted({single_line(text), single_line(escape_control(text))}, key=len, reverse=True)
    for audience in AUDIENCE_NAMES:
        got, wanted = (
            READER.parse(render_export(hostile_subject(text), ExportSpec("md", audience))),
            harmless(audience),
        )
        assert [token.type for token in got] == [token.type for token in wanted]
        for mine, plain in zip(got, wanted, strict=True):
            if mine.type == "inline":
                seen = text_of(mine)
                for each in shown:
                    seen = seen.replace(each, PLAIN)
                assert seen == text_of(plain)
            elif mine.type == "fence":
                assert mine.info == "mermaid"


def test_an_outcome_has_its_chance_range_and_deadline() -> None:
    [head, *found] = rows(parts("executive")["Outcomes"])
    assert head == ["Outcome", "Chance by 22 Nov 2027", "When, if it ships", "Share of value"]
    [row] = [each for each in found if each[0].startswith("First answers")]
    assert re.fullmatch(
        r"First answers \(promised by 31 Dec 2026: \d+% chance to meet it\)", row[0]
    )
    assert re.fullmatch(r"~(4[5-9]|5[0-5])%", row[1])


def test_the_executive_page_begins_with_the_next_decision() -> None:
    lead = words(parts("executive")[""])
    assert "Decide now: Keep the deadline of First answers, 31 Dec 2026, or move it." in lead
    assert re.search(r"[\d.]+ of \d+ open items are expected to ship by 22 Nov 2027\.", lead)


def test_executive_page_fits_one_page_for_any_plan() -> None:
    assert list(parts("executive")) == [
        "",
        "Outcomes",
        "Live and shipped",
        "Decisions needed",
        "What we learned",
        "Money",
        "Risks",
        "How certain this is",
    ]
    many = "".join(
        f"[product.p{at}]\neffort = 2\nreach = {at}\nchance = 0.{at % 9 + 1}\n"
        for at in range(1, 60)
    )
    spikes = "".join(f'[spike.s{at}]\ninforms = "p{at}"\n' for at in range(1, 60))
    long = render_export(
        subject("[roadmap]\nas_of = 2026-11-23\n" + many + spikes, 200),
        ExportSpec("md", "executive"),
    )
    assert sum(bool(line.strip()) for line in long.splitlines()) <= 45
    assert long.count("P5") > 9  # the others by title


def test_decisions_stand_in_the_order_of_their_days() -> None:
    found = rows(parts("executive")["Decisions needed"])[1:]
    assert [row[0] for row in found] == ["now", "30 Nov"]
    assert found[0][1].startswith("Keep the deadline of First answers, 31 Dec 2026")
    assert found[1][2] == "A coin: >99% after a yes, 0% after a no"
    assert found[1][3] == "A coin is dropped; we ask people"


def test_customers_see_public_names_and_neither_chances_nor_money() -> None:
    text = report_text("customer")
    assert "%" not in text
    assert "€" not in text
    for inside in (
        "First answers",
        "Sure thing",
        "Not for",
        "coin",
        "Heads",
        "internal",
        "person-week",
        "chance",
    ):
        assert inside not in text
    found = parts("customer")
    assert words(found["Now"]).endswith("What there is")
    assert "A safe thing" in words(found["Next"])
    assert "Planned for " in words(found["Next"])
    assert words(found["Exploring"]).split("\n")[1:] == ["Quicker answers"]
    assert "What never comes" not in text


def test_customers_are_shown_that_nothing_is_announced() -> None:
    text = render_export(
        subject("[roadmap]\nas_of = 2026-11-23\n[product.a]\n", 200), ExportSpec("md", "customer")
    )
    assert "Nothing is announced yet." in text


def test_a_quality_figure_has_its_interval_and_its_failure_modes() -> None:
    [head, row] = rows(parts("risk")["Quality bars"])
    cells = dict(zip(head, row, strict=True))
    assert cells["Measured"] == "81% (75–86%)"
    assert cells["Status"] == "! likely"
    assert cells["Fails by"] == "edge"
    [head, row] = rows(parts("risk")["Segments"])
    assert dict(zip(head, row, strict=True))["Measured"] == "82% (70–90%) of 55"
    [head, row] = rows(parts("risk")["Failure modes"])
    assert dict(zip(head, row, strict=True))["Harm per 1,000"] == "€1.4k"
    assert "Model card: A coin" in parts("risk")
    assert "Model card: A prompt" not in parts("risk")


def test_learning_begins_with_what_was_refuted_and_what_it_saved() -> None:
    found = parts("learning")
    assert list(found)[1] == "Refuted"
    [head, row] = rows(found["Refuted"])
    cells = dict(zip(head, row, strict=True))
    assert cells["Question"] == "Will a prompt do?"
    assert cells["Answer"] == "No. 0.71 at best"
    assert cells["Took"] == "1.5 person-weeks"
    assert cells["Saved"] == "6 person-weeks, €6k"


def test_funding_shows_where_it_can_be_stopped() -> None:
    [head, row] = rows(parts("funding")["Where it can be stopped"])
    cells = dict(zip(head, row, strict=True))
    assert (cells["It stops"], cells["If"], cells["How likely to stop"]) == (
        "A coin",
        "tails",
        "50%",
    )
    assert cells["Costs until then"] == "€1k"
    assert cells["Saved by a no"] == "€4k"


@settings(max_examples=6)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=25).map(lambda text: f"Q{text}"))
def test_any_text_leaves_every_export_whole(text: str) -> None:
    there = hostile_subject(text)
    for audience in ("executive", "risk"):
        got = READER.parse(render_export(there, ExportSpec("md", audience)))
        assert [token.type for token in got] == [token.type for token in harmless(audience)]
    for picture in get_args(PictureName):
        ET.fromstring(render_export(there, ExportSpec("svg", picture=picture)))
    html5lib.HTMLParser(strict=True).parse(render_export(there, ExportSpec("html", "executive")))
    assert (
        len(list(csv.reader(render_export(there, ExportSpec("csv")).splitlines())))
        == len(there.forecast.items) + 1
    )
