"""The document for the team: all of the plan, part by part."""

from collections.abc import Iterator

from roadmap_tui.report.export.blocks import (
    Block,
    Diagram,
    Heading,
    Report,
    Section,
    Text,
    points,
    section,
    table,
)
from roadmap_tui.report.export.drawn import drawn
from roadmap_tui.report.export.explained import explained
from roadmap_tui.report.export.meaning import guesses_marked, meaning
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.findings import lessons, questions
from roadmap_tui.report.mermaid import diagram
from roadmap_tui.report.sections import TrackPart, guesses, promises, ranking, tracks

_RANKING = (
    "Score = value × chance to deliver ÷ effort, per person-week. The value of an item includes"
    " that of all which can't be delivered without it; effort is what is still to do. The plain"
    " rank leaves chances aside."
)
_RANKED = (
    "Rank",
    "Rank, 8 times in 10",
    "Plain rank",
    "Item",
    "Score",
    "Value",
    "Delivers",
    "Effort",
    "Too close to call with",
)
_FOLLOWED = 150
"""Of more items, a map helps nobody in a document."""
_ASKED = (
    "Question",
    "Answer by",
    "Odds",
    "Decides on",
    "Works now",
    "After a yes",
    "After a no",
    "If no",
)


def team(subject: Subject) -> Report:
    """Outcomes, ranking, questions, lessons, promises, links and guesses."""
    plan, forecast = subject.plan, subject.forecast
    ranked = (
        (
            row.rank,
            row.rank_range,
            row.plain,
            row.title,
            row.score,
            row.value,
            row.delivers,
            row.effort,
            row.close,
        )
        for row in ranking(forecast)
    )
    asked = (
        (row.question, row.by, row.odds, row.bet, row.now, row.after_yes, row.after_no, row.on_no)
        for row in questions(plan, forecast)
    )
    promised = ((row.title, row.by, row.chance, row.why) for row in promises(plan, forecast))
    learned = points(
        Text(f"({each.outcome}): {each.text}", each.title) for each in lessons(plan, forecast)
    )
    linked = diagram(plan, forecast)
    mapped = drawn("map", subject) if len(forecast.items) <= _FOLLOWED else ()
    links: tuple[Block, ...] = (*mapped, Diagram(linked)) if linked else ()
    guessed = points(Text(f"{row.title}: {row.fields}") for row in guesses(forecast))
    why_ranked: tuple[Block, ...] = (
        (*drawn("ranking", subject), Text(_RANKING)) if forecast.ranking else ()
    )
    why_guessed = (
        Text("These fields are left out in the file, so that defaults stand in for them:"),
    )
    return Report(
        subject.title,
        (*meaning(subject), *guesses_marked(subject, listed=True)),
        (
            *section("Board", drawn("board", subject)),
            *section("Timeline", drawn("timeline", subject)),
            *_tracks(subject),
            *section("What is most worth doing", why_ranked, table(_RANKED, ranked, "rcrlrrrrl")),
            *section("What we are finding out", table(_ASKED, asked, "llclrrrl")),
            *section("What we learned", learned),
            *section(
                "What we promised",
                table(("Item", "By", "Chance to meet it", "Why"), promised, "llrl"),
            ),
            *section("What hangs on what", links),
            *section("How the figures are made", explained(subject)),
            *section("Guesses", why_guessed if guessed else (), guessed),
        ),
        subject.scenario,
        subject.made_from,
    )


def _tracks(subject: Subject) -> Iterator[Section]:
    for part in tracks(subject.plan, subject.forecast):
        yield from section(part.name, _track(part, subject.until))


def _track(part: TrackPart, until: str) -> Iterator[Block]:
    for bucket in part.buckets:
        yield Heading(bucket.name)
        rows = (
            (
                row.title,
                row.ships + (f" ({row.ever} ever)" if row.ever else ""),
                row.when,
                row.fallback,
            )
            for row in bucket.rows
        )
        yield from table(("Item", f"Ships by {until}", "When, if it ships", "If not"), rows, "lrll")
    for group in part.others:
        yield Heading(group.name)
        yield from points(group.titles)
