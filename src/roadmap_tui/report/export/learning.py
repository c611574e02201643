"""What was learned: first what was refuted and what that saved, then what is being found out."""

from collections.abc import Iterator

from roadmap_tui.forecast.calibration import calibration
from roadmap_tui.plan.items import Spike
from roadmap_tui.report.calibration import chances_said, efforts_said
from roadmap_tui.report.export.blocks import Block, Report, Text, points, section, table
from roadmap_tui.report.export.meaning import guesses_marked, meaning
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.findings import lessons
from roadmap_tui.report.ledger import Entry, advised, ledger, priced, saved_by
from roadmap_tui.report.words import date, tenths

_OPEN = ("Question", "A yes", "Costs", "Worth", "Net", "Value", "What it decides", "Advice")
_NOTHING = "Nothing was refuted yet: either every bet came true, or nobody asked before building."


def learning(subject: Subject) -> Report:
    """Refuted spikes with what each saved, other lessons, open questions, and how good estimates have been."""
    books = subject.books
    waiting = [
        (
            each.question or each.title,
            each.yes,
            each.cost,
            each.worth,
            each.net,
            each.gain,
            each.note,
            each.advice or "–",
        )
        for each in ledger(books)
        if each.is_open
    ]
    record = calibration(books.resolved)
    return Report(
        subject.title,
        (*meaning(subject), *guesses_marked(subject)),
        (
            *section("Refuted", _refuted(subject)),
            *section("What else we learned", points(lesson_points(subject, refuted=False))),
            *section(
                "What we are finding out",
                table(_OPEN, waiting, "lcrrrrll"),
                (Text(priced(books)),) if waiting else (),
            ),
            *section("Where a spike would pay", points(advised(books))),
            *section(
                "How good our estimates were", points([efforts_said(record), chances_said(record)])
            ),
        ),
        subject.scenario,
        subject.made_from,
    )


def _asked(entry: Entry) -> tuple[str, ...]:
    """An open spike: what it asks, what its answer is worth, and what it decides."""
    figures = (entry.yes, entry.cost, entry.worth, entry.net, entry.gain)
    return (entry.question or entry.title, *figures, entry.note, entry.advice or "–")


def _refuted(subject: Subject) -> Iterator[Block]:
    spikes = [
        (name, spike) for name, spike in subject.plan.spike.items() if spike.verdict == "refuted"
    ]
    if not spikes:
        yield Text(_NOTHING)
        return
    spikes.sort(key=lambda each: -(saved_in_weeks(subject, each[1]) or 0.0))
    whole = sum(saved_in_weeks(subject, spike) or 0.0 for _, spike in spikes)
    if whole:
        yield Text(
            f"A no is a result: what was dropped for it would have taken {tenths(whole)}"
            " person-weeks."
        )
    heads = ("Question", "Answer", "What we learned", "Ended", "Took", "Saved")
    yield from table(heads, (_row(subject, name, spike) for name, spike in spikes), "lllrrr")


def _row(subject: Subject, name: str, spike: Spike) -> tuple[str, ...]:
    weeks = "–" if spike.spent is None else f"{tenths(spike.spent)} person-weeks"
    return (
        spike.question or subject.item_title(name),
        f"No. {spike.answer}" if spike.answer else "No",
        spike.learned or "–",
        date(spike.finished) if spike.finished else "–",
        weeks,
        saved(subject, spike) or "–",
    )


def saved_in_weeks(subject: Subject, spike: Spike) -> float | None:
    """The person-weeks that a refuted spike has saved; None if none that are known."""
    return saved_by(subject.plan, spike, subject.run.forecast.as_of)


def saved(subject: Subject, spike: Spike) -> str:
    """What a refuted spike has saved, in words; empty if that is not known."""
    weeks = saved_in_weeks(subject, spike)
    if not weeks:
        return ""
    team = subject.plan.teams.get(subject.plan.items[spike.informs or ""].team or "")
    cost = f", {subject.currency.money(weeks * team.week_cost)}" if team and team.week_cost else ""
    return f"{tenths(weeks)} person-weeks{cost}"


def lesson_points(subject: Subject, *, refuted: bool = True) -> list[Text]:
    """What was learned, refuted first, each with what it saved; without what was refuted, if that is told already."""
    return [
        Text(f"({each.outcome}): {each.text}{_and_saved(subject, each.id)}", each.title)
        for each in lessons(subject.plan, subject.forecast)
        if refuted or each.outcome != "refuted"
    ]


def _and_saved(subject: Subject, name: str) -> str:
    spike = subject.plan.items[name]
    words = saved(subject, spike) if isinstance(spike, Spike) else ""
    return f" Saved: {words}." if words else ""
