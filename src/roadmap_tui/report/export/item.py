"""The document about one item: its outlook, a model's card, the record of a decision, and what it pays."""

from roadmap_tui.plan.items import Model
from roadmap_tui.report.about import about
from roadmap_tui.report.export.blocks import Report, Text, points, section
from roadmap_tui.report.export.cards import card
from roadmap_tui.report.export.explained import explained
from roadmap_tui.report.export.meaning import guesses_marked, meaning
from roadmap_tui.report.export.records import record
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.money import stated
from roadmap_tui.report.money_items import paying_facts, unit_facts


def about_item(subject: Subject, name: str) -> Report:
    """All that is told of an item."""
    item, money = subject.plan.items[name], subject.money.items.get(name)
    facts = about(subject.plan, subject.forecast, name)[1:]
    paid = [] if money is None else list(paying_facts(money, subject.forecast, subject.currency))
    unit = (
        []
        if money is None or money.cost is None
        else list(unit_facts(money.cost, subject.currency))
    )
    return Report(
        f"{subject.item_title(name)}, in {subject.title}",
        (*meaning(subject), *guesses_marked(subject)),
        (
            *section("Outlook", points(Text(fact.text, f"{fact.name}:") for fact in facts)),
            *(card(subject, name) if isinstance(item, Model) else ()),
            *section(
                "What a task costs", points(Text(fact.text, f"{fact.name}:") for fact in unit)
            ),
            *section(
                "Whether it pays",
                (Text(f"Money: {stated(subject.plan, subject.forecast)}."),) if paid else (),
                points(Text(fact.text, f"{fact.name}:") for fact in paid),
            ),
            *(record(subject, name) if isinstance(item, Model) else ()),
            *section("How the figures are made", explained(subject, name)),
        ),
        subject.scenario,
        subject.made_from,
    )
