"""How the figures of each open item are made."""

from collections.abc import Iterator

from roadmap_tui.forecast.spikes import options
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.report.explain import Explainer
from roadmap_tui.report.explained import Explained
from roadmap_tui.report.export.blocks import More, Text
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.inputs import shown


def explained(subject: Subject, only: str | None = None) -> Iterator[More]:
    """Formula and inputs of every figure, item by item; of a scenario nothing, for its inputs stand in two places."""
    if subject.scenario is not None:
        return
    resolved = subject.run.resolved
    priced = options(resolved, subject.run.order.places)
    explainer = Explainer(subject.document, subject.plan, resolved, subject.forecast, priced)
    for name, item in subject.forecast.items.items():
        if item.status in {*OPEN, "idea"} and only in {None, name}:
            told = tuple(text for each in explainer.all(name) for text in _told(each))
            if told:
                yield More(item.title, told)


def _told(figure: Explained) -> Iterator[Text]:
    first, *others = figure.formula
    yield Text(first, f"{figure.figure}:")
    yield from map(Text, others)
    if figure.givens:
        yield Text(
            "; ".join(f"{each.label} {shown(each)} ({each.place})" for each in figure.givens),
            "From",
        )
