"""Report for the team: the whole plan."""

from collections.abc import Iterator

from roadmap_tui.diagrams.mermaid import mermaid_diagram
from roadmap_tui.export.blocks import (
    Block,
    DiagramBlock,
    HeadingBlock,
    Paragraph,
    Report,
    ReportSection,
    bullet_blocks,
    report_sections,
    table_blocks,
)
from roadmap_tui.export.explanations import explanation_blocks
from roadmap_tui.export.figures import picture_blocks
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.plan_tables import (
    TrackPart,
    assumption_rows,
    deadline_rows,
    ranking_rows,
    track_parts,
)
from roadmap_tui.narrative.preamble import assumption_note, preamble_sentences
from roadmap_tui.narrative.spike_results import lessons_learned, open_questions

_RANKING = (
    "Score = value × chance to deliver ÷ effort, per person-week. The value of an item includes"
    " that of all which can't be delivered without it; effort is what is still to do. The plain"
    " rank leaves chances aside."
)
_RANKED = (
    "Rank",
    "Rank, 80% range",
    "Plain rank",
    "Item",
    "Score",
    "Value",
    "Delivers",
    "Effort",
    "Too close to call with",
)
_FOLLOWED = 150
"""Above this many items, a map is unreadable in a document."""
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


def team_report(context: ReportContext) -> Report:
    """Outcomes, ranking, questions, lessons, deadlines, dependencies and assumptions."""
    plan, forecast = context.plan, context.forecast
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
        for row in ranking_rows(forecast)
    )
    asked = (
        (row.question, row.by, row.odds, row.bet, row.now, row.after_yes, row.after_no, row.on_no)
        for row in open_questions(plan, forecast)
    )
    promised = ((row.title, row.by, row.chance, row.why) for row in deadline_rows(plan, forecast))
    learned = bullet_blocks(
        Paragraph(f"({each.outcome}): {each.text}", each.title)
        for each in lessons_learned(plan, forecast)
    )
    linked = mermaid_diagram(plan, forecast)
    mapped = picture_blocks("map", context) if len(forecast.items) <= _FOLLOWED else ()
    links: tuple[Block, ...] = (*mapped, DiagramBlock(linked)) if linked else ()
    guessed = bullet_blocks(
        Paragraph(f"{row.title}: {row.fields}") for row in assumption_rows(forecast)
    )
    why_ranked: tuple[Block, ...] = (
        (*picture_blocks("ranking", context), Paragraph(_RANKING)) if forecast.ranking else ()
    )
    why_guessed = (
        Paragraph("These fields are left out in the file, so that defaults stand in for them:"),
    )
    return Report(
        context.title,
        (*preamble_sentences(context), *assumption_note(context, are_listed=True)),
        (
            *report_sections("Board", picture_blocks("board", context)),
            *report_sections("Timeline", picture_blocks("timeline", context)),
            *_track_sections(context),
            *report_sections(
                "What is most worth doing", why_ranked, table_blocks(_RANKED, ranked, "rcrlrrrrl")
            ),
            *report_sections("What we are finding out", table_blocks(_ASKED, asked, "llclrrrl")),
            *report_sections("What we learned", learned),
            *report_sections(
                "What we promised",
                table_blocks(("Item", "By", "Chance to meet it", "Why"), promised, "llrl"),
            ),
            *report_sections("What hangs on what", links),
            *report_sections("How the figures are made", explanation_blocks(context)),
            *report_sections("Guesses", why_guessed if guessed else (), guessed),
        ),
        context.scenario,
        context.version_sentence,
    )


def _track_sections(context: ReportContext) -> Iterator[ReportSection]:
    for part in track_parts(context.plan, context.forecast):
        yield from report_sections(part.name, _track_blocks(part, context.until))


def _track_blocks(part: TrackPart, until: str) -> Iterator[Block]:
    for bucket in part.buckets:
        yield HeadingBlock(bucket.name)
        rows = (
            (
                row.title,
                row.ships,
                row.when,
                row.fallback,
            )
            for row in bucket.rows
        )
        yield from table_blocks(
            ("Item", f"Ships by {until}", "When, if it ships", "If not"), rows, "lrll"
        )
    for group in part.others:
        yield HeadingBlock(group.name)
        yield from bullet_blocks(group.titles)
