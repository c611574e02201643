"""The page for executives: what comes out of it, what is bet on, what is to be decided, learned and risked."""

from collections.abc import Iterator

from roadmap_tui.forecast.calibration import calibration
from roadmap_tui.forecast.summary import ItemForecast
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.report.calibration import efforts_said
from roadmap_tui.report.export.bets import bet_told, bets
from roadmap_tui.report.export.blocks import Block, Report, Text, points, section, table
from roadmap_tui.report.export.decisions import decisions
from roadmap_tui.report.export.drawn import drawn
from roadmap_tui.report.export.learning import lesson_points
from roadmap_tui.report.export.meaning import meaning
from roadmap_tui.report.export.phrase import phrase, sentence
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.fitness_signs import plural
from roadmap_tui.report.money import cost_sentence, unpriced_sentence
from roadmap_tui.report.words import percent

_OUTCOMES, _BETS, _DECISIONS, _LESSONS, _LOSSES = 6, 3, 5, 3, 3
"""What fits on a page."""


def executive(subject: Subject) -> Report:
    """Outcomes as ranges, the three biggest bets, decisions, lessons, money at risk, and how sure all of it is."""
    biggest = bets(subject)[:_BETS]
    heads = ("By", "Decision", "What hangs on it", "If no")
    return Report(
        subject.title,
        tuple(meaning(subject)),
        (
            *section("Outcomes", _outcomes(subject)),
            *section(
                "The biggest bets",
                points(Text(bet_told(subject, row), title) for title, row in biggest),
            ),
            *section("Decisions needed", table(heads, decisions(subject)[:_DECISIONS])),
            *section("What we learned", points(lesson_points(subject)[:_LESSONS])),
            *section("Money at risk", _money(subject)),
            *section("How sure we are", points(_sure(subject))),
            *section("Timeline", drawn("timeline", subject)),
        ),
        subject.scenario,
        subject.made_from,
    )


def _outcomes(subject: Subject) -> Iterator[Block]:
    """The features of the greatest value, in the order in which they are worked on; the others are counted."""
    forecast = subject.forecast
    place = {name: at for at, name in enumerate(forecast.list)}
    value = {row.id: row.own_value for row in forecast.ranking}
    ahead = [
        item for item in forecast.items.values() if item.kind == "product" and item.status in OPEN
    ]
    chosen = sorted(ahead, key=lambda item: -value.get(item.id, 0.0))[:_OUTCOMES]
    chosen.sort(key=lambda item: place[item.id])
    yield from points(Text(sentence(phrase(subject, item)), item.title) for item in chosen)
    if len(ahead) > len(chosen):
        yield Text(f"And {plural(len(ahead) - len(chosen), 'smaller feature')}.")


def _money(subject: Subject) -> Iterator[Block]:
    money, currency = subject.money, subject.currency
    if not subject.forecast.list:
        return
    yield Text(cost_sentence(money, currency))
    unpriced = unpriced_sentence(money, subject.forecast)
    if unpriced:
        yield Text(unpriced)
    worst = sorted(
        (name for name, lost in money.lost.items() if lost > 0), key=lambda name: -money.lost[name]
    )
    yield from points(
        Text(
            f"{currency.money(money.spent[name])} expected, {currency.money(money.lost[name])} of"
            f" it where it does not ship ({percent(1 - subject.forecast.items[name].ever)}).",
            subject.item_title(name),
        )
        for name in worst[:_LOSSES]
    )


def _sure(subject: Subject) -> Iterator[str]:
    forecast = subject.forecast
    yield (
        f"The figures are counted in {forecast.futures:,} simulated futures of this plan; "
        "they are as good as its estimates."
    )
    yield efforts_said(calibration(subject.run.resolved))
    guessing = sum(_is_guessed(item) for item in forecast.items.values())
    ahead = sum(item.status in OPEN for item in forecast.items.values())
    yield (
        f"{guessing} of {plural(ahead, 'open item')} rest on guesses, marked ~: fields that the"
        " file leaves out."
        if guessing
        else "No figure of an open item rests on a guess."
    )
    close = sum(bool(row.too_close_with) for row in forecast.ranking)
    if close:
        yield f"{close} of {len(forecast.ranking)} ranks are too close to call."


def _is_guessed(item: ItemForecast) -> bool:
    return item.status in OPEN and bool(item.guesses)
