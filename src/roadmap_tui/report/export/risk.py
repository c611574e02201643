"""The document on risk: how fit the AI items are, where they fail, and who looks over them."""

from collections.abc import Iterator

from roadmap_tui.plan.items import Bet, Product
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.report.export.blocks import Block, Report, Text, points, section, table
from roadmap_tui.report.export.cards import cards
from roadmap_tui.report.export.cells import (
    BARS,
    FAILURES,
    SEGMENTS,
    bar_cells,
    fails_by,
    failure_cells,
    segment_cells,
    sentences,
    severest,
)
from roadmap_tui.report.export.meaning import guesses_marked, meaning
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.failing import fails, told
from roadmap_tui.report.fitness_quality import bar_verdict
from roadmap_tui.report.net import Net
from roadmap_tui.report.sections import promises

_INTERVALS = "Values stand with their 95% interval, as in .809 [.752, .856]."
_BIG = 3


def risk(subject: Subject) -> Report:
    """Breaches, bars, segments, failure modes, oversight, what failing bets take with them, and model cards."""
    bars = table(("Item", *BARS, "Fails by"), _bars(subject), "llllrrll")
    modes = table(("Item", *FAILURES), _failures(subject), "lllllrrrl")
    return Report(
        subject.title,
        (*meaning(subject), _INTERVALS, *guesses_marked(subject)),
        (
            *section("Breaches", points(each.text for each in subject.fitness.breaches)),
            *section("Quality bars", bars, _no_bars(subject)),
            *section("Segments", table(("Item", *SEGMENTS), _segments(subject), "llrlrl")),
            *section("Failure modes", modes, _no_failures(subject)),
            *section("Oversight", points(_oversight(subject))),
            *section("If a bet fails", points(_failing(subject))),
            *section("Promises", points(_promised(subject))),
            *cards(subject),
        ),
        subject.scenario,
        subject.made_from,
    )


def _bars(subject: Subject) -> Iterator[tuple[str, ...]]:
    """Every bar, the worst first; a value never stands without the ways in which the model fails."""
    models = [
        (name, subject.plan.model[name])
        for name in subject.fitness.ids
        if name in subject.plan.model
    ]
    told = [(name, model, bar, model.bars[bar]) for name, model in models for bar in model.bars]
    for name, model, bar_name, bar in sorted(
        told, key=lambda each: -bar_verdict(each[2], each[3]).weight
    ):
        yield subject.item_title(name), *bar_cells(subject, bar_name, bar), fails_by(model.failures)


def _no_bars(subject: Subject) -> Iterator[Block]:
    bare = [
        name
        for name in subject.fitness.ids
        if name in subject.plan.model and not subject.plan.model[name].bars
    ]
    if bare:
        yield Text(f"Without a bar: {', '.join(map(subject.item_title, bare))}.")


def _segments(subject: Subject) -> Iterator[tuple[str, ...]]:
    for name in subject.fitness.worst_first:
        if name in subject.plan.model:
            for cells in segment_cells(subject, name):
                yield subject.item_title(name), *cells


def _failures(subject: Subject) -> Iterator[tuple[str, ...]]:
    told = [
        (name, each, failure)
        for name in subject.fitness.ids
        if isinstance(item := subject.plan.items[name], Bet)
        for each, failure in item.failures.items()
    ]
    for name, each, failure in sorted(told, key=lambda one: severest(one[2])):
        yield subject.item_title(name), *failure_cells(subject, each, failure)


def _no_failures(subject: Subject) -> Iterator[Block]:
    items = subject.plan.items
    bare = [
        name
        for name in subject.fitness.ids
        if isinstance(item := items[name], Bet) and not item.failures
    ]
    if bare:
        yield Text(f"Nobody told how these fail: {', '.join(map(subject.item_title, bare))}.")


def _oversight(subject: Subject) -> Iterator[Text]:
    for name in subject.fitness.ids:
        item = subject.plan.items[name]
        if isinstance(item, Product) and item.oversight is not None:
            yield Text(
                "; ".join(sentences(subject, name, "oversight")).replace(":; ", ": "),
                subject.item_title(name),
            )


def _promised(subject: Subject) -> Iterator[Text]:
    for each in promises(subject.plan, subject.forecast):
        yield Text(
            f"by {each.by}: met {each.chance}" + (f"; {each.why}" if each.why else ""), each.title
        )


def _failing(subject: Subject) -> Iterator[Text]:
    """What goes with each of the bets that most hangs on."""
    waiting = Net(subject.plan, frozenset()).waiting
    ahead = [
        item
        for item in subject.forecast.items.values()
        if item.status in OPEN and item.kind != "spike"
    ]
    doubtful = [(item, fails(waiting, item.id)) for item in ahead if 0 < item.ever < 1]
    doubtful.sort(key=lambda each: -len(each[1].lost))
    for item, after in doubtful[:_BIG]:
        case, lost, rest = told(subject.plan, subject.forecast, item.id, after)
        yield Text("; ".join([f"{case} {lost}", *rest]), item.title)
