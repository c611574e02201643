"""Report of lessons: refuted spikes and what they saved, then open questions."""

from collections.abc import Iterator

from roadmap_tui.export.blocks import (
    Block,
    Paragraph,
    Report,
    bullet_blocks,
    report_sections,
    table_blocks,
)
from roadmap_tui.forecast.simulation.calibration import calibration
from roadmap_tui.narrative.calibration import chance_sentence, effort_sentence
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.preamble import assumption_note, preamble_sentences
from roadmap_tui.narrative.spike_ledger import (
    LedgerEntry,
    advice_lines,
    basis_sentence,
    effort_saved,
    ledger_entries,
)
from roadmap_tui.narrative.spike_results import lessons_learned
from roadmap_tui.plan.items import Spike
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_effort

_OPEN = (
    "Question",
    "A yes",
    "Costs",
    "Value",
    "Saves work",
    "Saves money",
    "What it decides",
    "Advice",
)
_NOTHING = (
    "Nothing was refuted yet: either every bet came true, or no question was asked before building."
)


def lessons_report(context: ReportContext) -> Report:
    """Refuted spikes, other lessons, open questions, and the accuracy of past estimates."""
    books = context.ledger_inputs
    waiting = [_question_row(each) for each in ledger_entries(books) if each.is_open]
    record = calibration(books.resolved)
    return Report(
        context.title,
        (*preamble_sentences(context), *assumption_note(context)),
        (
            *report_sections("Refuted", _refuted_blocks(context)),
            *report_sections(
                "What else we learned", bullet_blocks(lesson_items(context, refuted=False))
            ),
            *report_sections(
                "What we are finding out",
                table_blocks(_OPEN, waiting, "lcrrrrll"),
                (Paragraph(basis_sentence(books)),) if waiting else (),
            ),
            *report_sections("Where a spike would pay", bullet_blocks(advice_lines(books))),
            *report_sections(
                "How good our estimates were",
                bullet_blocks([effort_sentence(record), chance_sentence(record)]),
            ),
        ),
        context.scenario,
        context.version_sentence,
    )


def _question_row(entry: LedgerEntry) -> tuple[str, ...]:
    """An open spike's row: question, value of the answer, and what it decides."""
    figures = (entry.yes, entry.cost, entry.value, entry.weeks, entry.money)
    return (entry.question or entry.title, *figures, entry.note, entry.advice or "–")


def _refuted_blocks(context: ReportContext) -> Iterator[Block]:
    spikes = [
        (name, spike) for name, spike in context.plan.spike.items() if spike.verdict == "refuted"
    ]
    if not spikes:
        yield Paragraph(_NOTHING)
        return
    spikes.sort(key=lambda each: -(weeks_saved(context, each[1]) or 0.0))
    whole = sum(weeks_saved(context, spike) or 0.0 for _, spike in spikes)
    if whole:
        yield Paragraph(
            f"A no is a result: what was dropped for it would have taken {format_effort(whole)}"
            " person-weeks."
        )
    heads = ("Question", "Answer", "What we learned", "Ended", "Took", "Saved")
    yield from table_blocks(
        heads, (_refuted_row(context, name, spike) for name, spike in spikes), "lllrrr"
    )


def _refuted_row(context: ReportContext, name: str, spike: Spike) -> tuple[str, ...]:
    weeks = "–" if spike.spent is None else f"{format_effort(spike.spent)} person-weeks"
    return (
        spike.question or context.item_title(name),
        f"No. {spike.answer}" if spike.answer else "No",
        spike.learned or "–",
        format_date(spike.finished) if spike.finished else "–",
        weeks,
        saved_text(context, spike) or "–",
    )


def weeks_saved(context: ReportContext, spike: Spike) -> float | None:
    """Person-weeks that a refuted spike saved; None if unknown."""
    return effort_saved(context.plan, spike, context.run.forecast.as_of)


def saved_text(context: ReportContext, spike: Spike) -> str:
    """What a refuted spike saved, as text; empty if unknown."""
    weeks = weeks_saved(context, spike)
    if not weeks:
        return ""
    team = context.plan.teams.get(context.plan.items[spike.informs or ""].team or "")
    cost = ""
    if team and team.week_cost:
        cost = f", {context.currency.format_amount(weeks * team.week_cost)}"
    return f"{format_effort(weeks)} person-weeks{cost}"


def lesson_items(context: ReportContext, *, refuted: bool = True) -> list[Paragraph]:
    """Lessons with what each saved, refuted first; without the refuted ones if not `refuted`."""
    return [
        Paragraph(f"({each.outcome}): {each.text}{_saved_suffix(context, each.id)}", each.title)
        for each in lessons_learned(context.plan, context.forecast)
        if refuted or each.outcome != "refuted"
    ]


def _saved_suffix(context: ReportContext, name: str) -> str:
    spike = context.plan.items[name]
    words = saved_text(context, spike) if isinstance(spike, Spike) else ""
    return f" Saved: {words}." if words else ""
