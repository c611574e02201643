"""`roadmap check`: the known mistakes in plans."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from roadmap_tui.checks.catalogue import IDS, RULES
from roadmap_tui.checks.run import Findings, findings, told, worths
from roadmap_tui.checks.subject import Known
from roadmap_tui.checks.values import Rule
from roadmap_tui.cli.basis import Basis
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import FOUND, GOOD, UNREADABLE, Reply, wrong_use
from roadmap_tui.cli.source import STDIN, read_source, rendered
from roadmap_tui.cli.table import wrapped
from roadmap_tui.files.display import printable
from roadmap_tui.files.document import Document
from roadmap_tui.files.load import Unreadable
from roadmap_tui.forecast.run import run
from roadmap_tui.history.asking import Unavailable
from roadmap_tui.history.clone_state import clone_notices, is_to_be_reported
from roadmap_tui.history.past import Past, past
from roadmap_tui.plan.faults import did_you_mean
from roadmap_tui.plan.meaning import GRAPH
from roadmap_tui.plan.resolve import resolve
from roadmap_tui.report.checked import (
    Checked,
    FileNotice,
    Unread,
    check_data,
    checked,
    github,
    github_notice,
    github_unread,
    summary,
    unread,
)
from roadmap_tui.report.checked import told as told_at
from roadmap_tui.report.data import to_json

_FAMILIES = frozenset(name[:2] for name in IDS)
_INDENT = "    "


class Asked(NamedTuple):
    """What is looked for, and how it is told.

    Attributes:
        only: checks, or the letters of a family; none is all.
        ignore: likewise, those that are left out.
        fail_on: the severity from which on the exit code tells of a finding.
        form: ``text`` or ``github``.
        later: whether what it is not time for yet is told too.
    """

    only: tuple[str, ...]
    ignore: tuple[str, ...]
    fail_on: str
    form: str
    later: bool


def answer(files: tuple[str, ...], basis: Basis, as_json: bool, **options: Any) -> Reply:
    """The findings of each file; why one holds no plan goes to standard error, and hides nothing of the others."""
    asked = Asked(**options)
    unknown = next(
        (each for each in (*asked.only, *asked.ignore) if each not in IDS | _FAMILIES), None
    )
    if unknown is not None:
        suggestion = did_you_mean(unknown, IDS)
        return wrong_use(
            f"no check {printable(unknown)}" + (f"; {suggestion}" if suggestion else "")
        )
    sources = [read_source(file) for file in files]
    broken = [each for each in sources if not _holds_a_plan(each)]
    every = [
        checked(each, _found(each, asked, basis))
        for each in sources
        if isinstance(each, Document) and _holds_a_plan(each)
    ]
    answered = _Answered(
        every, [fault for each in broken for fault in unread(each)], _notices(files)
    )
    code = _code(every, asked, is_broken=bool(broken))
    told = "".join(map(_why_not, broken))
    if asked.form == "github" and not as_json:
        return Reply("".join(f"{line}\n" for line in _github(answered)), told, code)
    # a program that reads the answer is not the person who has to see it once
    shown = [
        each for each in answered.notices if as_json or is_to_be_reported(each.file, each.notice)
    ]
    told += "".join(f"{line}\n" for line in _clone_lines(shown, answered, asked))
    if as_json:
        return Reply(
            to_json(check_data(every, asked.later, answered.unread, answered.notices)), told, code
        )
    return Reply("".join(f"{line}\n" for line in _lines(every, asked)), told, code)


class _Answered(NamedTuple):
    """What was found in the files that hold a plan, why the others hold none, and what the clones lack."""

    every: list[Checked]
    unread: list[Unread]
    notices: list[FileNotice]


def _code(every: Iterable[Checked], asked: Asked, *, is_broken: bool) -> int:
    """The exit code: that of the worst file."""
    severities = {one.finding.severity for each in every for one in each.found}
    if is_broken:
        return UNREADABLE
    return FOUND if severities & ({"E"} if asked.fail_on == "E" else {"E", "W"}) else GOOD


def _notices(files: Iterable[str]) -> list[FileNotice]:
    """What the files' clones lack; what holds for a whole clone comes once."""
    found = [
        FileNotice(file, each)
        for file in dict.fromkeys(files)
        if file != STDIN
        for each in clone_notices(file)
    ]
    first = {each.notice: each for each in reversed(found) if each.notice.lack != "unmerged"}
    return [each for each in found if each.notice.lack == "unmerged" or first[each.notice] is each]


def _github(answered: _Answered) -> Iterator[str]:
    yield from map(github_unread, answered.unread)
    yield from (github_notice(each) for each in answered.notices if each.notice.lack != "driver")
    yield from (github(each) for one in answered.every for each in one.found)


def _clone_lines(shown: Iterable[FileNotice], answered: _Answered, asked: Asked) -> Iterator[str]:
    """What the clones lack, and which checks saw only a part of the history."""
    for each in shown:
        yield printable(f"{each.file}: {each.notice.sentence}")
    is_cut = any(each.notice.lack == "history" for each in answered.notices)
    needing = [rule.id for rule in RULES if rule.mistake.git and _is_asked(rule, asked)]
    if is_cut and needing:
        yield f"asked only of a part of the history: {' and '.join(needing)}"


def _holds_a_plan(source: Document | Unreadable) -> bool:
    if isinstance(source, Unreadable) or source.plan is None:
        return False
    return all(fault.code == GRAPH or not fault.fatal for fault, _ in source.found)


def _why_not(source: Document | Unreadable) -> str:
    return f"{source.text}\n" if isinstance(source, Unreadable) else rendered(source.faults)


def _found(document: Document, asked: Asked, basis: Basis) -> Findings:
    """What is found in a document; where it contradicts itself so that nothing can be forecast, only that."""
    faults = tuple(fault for fault, _ in document.found)
    if document.plan is None or any(fault.fatal for fault in faults):
        return Findings(tuple(told(faults)))
    with progress("forecasting") as check:
        ran = run(
            resolve(document.plan, as_of=basis.as_of, seed=basis.seed),
            basis.futures,
            check=check,
            keeps=False,
        )
        known = Known(
            forecast=ran.forecast,
            faults=faults,
            past=_past(document, ran.forecast.as_of),
            worths=worths(ran.resolved, ran.order.places, check),
        )
        rules = tuple(rule for rule in RULES if _is_asked(rule, asked))
        return findings(document.plan, known, check, rules)


def _past(document: Document, as_of: dt.date) -> Past | Unavailable:
    if document.name == STDIN:
        return Unavailable("standard input has no history")
    return past(document.name, document, as_of)


def _is_asked(rule: Rule, asked: Asked) -> bool:
    names = {rule.id, rule.id[:2]}
    return (not asked.only or not names.isdisjoint(asked.only)) and names.isdisjoint(asked.ignore)


def _lines(every: Iterable[Checked], asked: Asked) -> Iterator[str]:
    """Each finding with its place, its reason and its fix; file by file, with how many there are."""
    files = tuple(every)
    for each in files:
        for one in each.found:
            yield from _two_lines(*told_at(one))
        for one in each.later if asked.later else ():
            yield from _two_lines(*told_at(one, " (later)"))
        yield from wrapped(summary(each))
    without_git = next((each.without_git for each in files if each.without_git), "")
    needing = [rule.id for rule in RULES if rule.mistake.git and _is_asked(rule, asked)]
    if without_git and needing:
        yield from wrapped(
            f"not asked, for want of git: {' and '.join(needing)}; {printable(without_git)}"
        )


def _two_lines(head: str, rest: str) -> Iterator[str]:
    yield from wrapped(head, hang=f"{_INDENT}  ")
    if rest:
        yield from wrapped(rest, _INDENT, _INDENT)
