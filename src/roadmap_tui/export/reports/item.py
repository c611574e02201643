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


def item_report(context: ReportContext, name: str) -> Report:
    """Everything known about an item."""
    item, money = context.plan.items[name], context.money.items.get(name)
    facts = item_facts(context.plan, context.forecast, name)[1:]
    paid = [] if money is None else list(return_facts(money, context.forecast, context.currency))
    if money is None or money.cost is None:
        unit = []
    else:
        unit = list(unit_facts(money.cost, context.currency))
    return Report(
        f"{context.item_title(name)}, in {context.title}",
        (*preamble_sentences(context), *assumption_note(context)),
        (
            *report_sections(
                "Outlook", bullet_blocks(Paragraph(fact.text, f"{fact.name}:") for fact in facts)
            ),
            *(model_card(context, name) if isinstance(item, Model) else ()),
            *report_sections(
                "What a task costs",
                bullet_blocks(Paragraph(fact.text, f"{fact.name}:") for fact in unit),
            ),
            *report_sections(
                "Whether it pays",
                (Paragraph(f"Money: {money_basis(context.plan, context.forecast)}."),)
                if paid
                else (),
                bullet_blocks(Paragraph(fact.text, f"{fact.name}:") for fact in paid),
            ),
            *(decision_record(context, name) if isinstance(item, Model) else ()),
            *report_sections("How the figures are made", explanation_blocks(context, name)),
        ),
        context.scenario,
        context.version_sentence,
    )
