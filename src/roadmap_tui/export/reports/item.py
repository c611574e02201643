"""Report about one item: outlook, model card, decision record, return."""

from roadmap_tui.export.blocks import Paragraph, Report, bullet_blocks, report_sections
from roadmap_tui.export.decision_records import decision_record
from roadmap_tui.export.explanations import explanation_blocks
from roadmap_tui.export.model_cards import model_card
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.item_facts import item_facts
from roadmap_tui.narrative.item_money import return_facts, unit_facts
from roadmap_tui.narrative.money import money_basis
from roadmap_tui.narrative.preamble import assumption_note, preamble_sentences
from roadmap_tui.plan.items import Model


def item_report(subject: ReportContext, name: str) -> Report:
    """Everything known about an item."""
    item, money = subject.plan.items[name], subject.money.items.get(name)
    facts = item_facts(subject.plan, subject.forecast, name)[1:]
    paid = [] if money is None else list(return_facts(money, subject.forecast, subject.currency))
    unit = (
        []
        if money is None or money.cost is None
        else list(unit_facts(money.cost, subject.currency))
    )
    return Report(
        f"{subject.item_title(name)}, in {subject.title}",
        (*preamble_sentences(subject), *assumption_note(subject)),
        (
            *report_sections(
                "Outlook", bullet_blocks(Paragraph(fact.text, f"{fact.name}:") for fact in facts)
            ),
            *(model_card(subject, name) if isinstance(item, Model) else ()),
            *report_sections(
                "What a task costs",
                bullet_blocks(Paragraph(fact.text, f"{fact.name}:") for fact in unit),
            ),
            *report_sections(
                "Whether it pays",
                (Paragraph(f"Money: {money_basis(subject.plan, subject.forecast)}."),)
                if paid
                else (),
                bullet_blocks(Paragraph(fact.text, f"{fact.name}:") for fact in paid),
            ),
            *(decision_record(subject, name) if isinstance(item, Model) else ()),
            *report_sections("How the figures are made", explanation_blocks(subject, name)),
        ),
        subject.scenario,
        subject.version_sentence,
    )
