"""`roadmap check`: the known mistakes in plans."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from roadmap_tui.answers.data import to_json
from roadmap_tui.checks.context import CheckInputs
from roadmap_tui.checks.findings import CheckFindings, fault_findings, price_open_spikes, run_checks
from roadmap_tui.checks.registry import RULE_IDS, RULES
from roadmap_tui.checks.rule import Rule
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import FINDINGS_FOUND, SUCCESS, UNREADABLE, Reply, usage_error
from roadmap_tui.cli.source import STDIN, read_source, render_faults
from roadmap_tui.cli.table import wrap_text
from roadmap_tui.document.document import Document
from roadmap_tui.forecast.engine import simulated_forecast
from roadmap_tui.history.clone_state import clone_notices, should_report
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.plan_history import PlanHistory, plan_history
from roadmap_tui.narrative.check_results import (
    FileCheck,
    FileFault,
    FileNotice,
    check_data,
    check_summary,
    file_check,
    file_faults,
    github_annotation,
    github_fault_annotation,
    github_notice_annotation,
)
from roadmap_tui.narrative.check_results import finding_lines as told_at
from roadmap_tui.plan.faults import did_you_mean
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.validation import GRAPH_CHECK
from roadmap_tui.storage.load import Unreadable
from roadmap_tui.text.terminal_text import escape_control

_FAMILIES = frozenset(name[:2] for name in RULE_IDS)
_INDENT = "    "


class CheckOptions(NamedTuple):
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


def answer(files: tuple[str, ...], basis: ForecastOptions, as_json: bool, **options: Any) -> Reply:
    """The findings of each file; why one holds no plan goes to standard error, and hides nothing of the others."""
    asked = CheckOptions(**options)
    unknown = next(
        (each for each in (*asked.only, *asked.ignore) if each not in RULE_IDS | _FAMILIES), None
    )
    if unknown is not None:
        suggestion = did_you_mean(unknown, RULE_IDS)
        return usage_error(
            f"no check {escape_control(unknown)}" + (f"; {suggestion}" if suggestion else "")
        )
    sources = [read_source(file) for file in files]
    broken = [each for each in sources if not _has_plan(each)]
    every = [
        file_check(each, _findings_of(each, asked, basis))
        for each in sources
        if isinstance(each, Document) and _has_plan(each)
    ]
    answered = _CheckedFiles(
        every, [fault for each in broken for fault in file_faults(each)], _clone_notices(files)
    )
    code = _exit_code(every, asked, is_broken=bool(broken))
    told = "".join(map(_fault_text, broken))
    if asked.form == "github" and not as_json:
        return Reply("".join(f"{line}\n" for line in _github_lines(answered)), told, code)
    # a program that reads the answer is not the person who has to see it once
    shown = [each for each in answered.notices if as_json or should_report(each.file, each.notice)]
    told += "".join(f"{line}\n" for line in _notice_lines(shown, answered, asked))
    if as_json:
        return Reply(
            to_json(check_data(every, asked.later, answered.unread, answered.notices)), told, code
        )
    return Reply("".join(f"{line}\n" for line in _report_lines(every, asked)), told, code)


class _CheckedFiles(NamedTuple):
    """What was found in the files that hold a plan, why the others hold none, and what the clones lack."""

    every: list[FileCheck]
    unread: list[FileFault]
    notices: list[FileNotice]


def _exit_code(every: Iterable[FileCheck], asked: CheckOptions, *, is_broken: bool) -> int:
    """The exit code: that of the worst file."""
    severities = {one.finding.severity for each in every for one in each.found}
    if is_broken:
        return UNREADABLE
    return (
        FINDINGS_FOUND if severities & ({"E"} if asked.fail_on == "E" else {"E", "W"}) else SUCCESS
    )


def _clone_notices(files: Iterable[str]) -> list[FileNotice]:
    """What the files' clones lack; what holds for a whole clone comes once."""
    found = [
        FileNotice(file, each)
        for file in dict.fromkeys(files)
        if file != STDIN
        for each in clone_notices(file)
    ]
    first = {each.notice: each for each in reversed(found) if each.notice.lack != "unmerged"}
    return [each for each in found if each.notice.lack == "unmerged" or first[each.notice] is each]


def _github_lines(answered: _CheckedFiles) -> Iterator[str]:
    yield from map(github_fault_annotation, answered.unread)
    yield from (
        github_notice_annotation(each) for each in answered.notices if each.notice.lack != "driver"
    )
    yield from (github_annotation(each) for one in answered.every for each in one.found)


def _notice_lines(
    shown: Iterable[FileNotice], answered: _CheckedFiles, asked: CheckOptions
) -> Iterator[str]:
    """What the clones lack, and which checks saw only a part of the history."""
    for each in shown:
        yield escape_control(f"{each.file}: {each.notice.sentence}")
    is_cut = any(each.notice.lack == "history" for each in answered.notices)
    needing = [rule.id for rule in RULES if rule.info.git and _is_selected(rule, asked)]
    if is_cut and needing:
        yield f"asked only of a part of the history: {' and '.join(needing)}"


def _has_plan(source: Document | Unreadable) -> bool:
    if isinstance(source, Unreadable) or source.plan is None:
        return False
    return all(fault.code == GRAPH_CHECK or not fault.fatal for fault, _ in source.unlocated_faults)


def _fault_text(source: Document | Unreadable) -> str:
    return f"{source.text}\n" if isinstance(source, Unreadable) else render_faults(source.faults)


def _findings_of(document: Document, asked: CheckOptions, basis: ForecastOptions) -> CheckFindings:
    """What is found in a document; where it contradicts itself so that nothing can be forecast, only that."""
    faults = tuple(fault for fault, _ in document.unlocated_faults)
    if document.plan is None or any(fault.fatal for fault in faults):
        return CheckFindings(tuple(fault_findings(faults)))
    with progress("forecasting") as check:
        ran = simulated_forecast(
            resolve_plan(document.plan, as_of=basis.as_of, seed=basis.seed),
            basis.runs,
            checkpoint=check,
            keep_simulation=False,
        )
        known = CheckInputs(
            forecast=ran.forecast,
            faults=faults,
            history=_history_of(document, ran.forecast.as_of),
            spike_values=price_open_spikes(ran.resolved, ran.order.queue, check),
        )
        rules = tuple(rule for rule in RULES if _is_selected(rule, asked))
        return run_checks(document.plan, known, check, rules)


def _history_of(document: Document, as_of: dt.date) -> PlanHistory | GitUnavailable:
    if document.name == STDIN:
        return GitUnavailable("standard input has no history")
    return plan_history(document.name, document, as_of)


def _is_selected(rule: Rule, asked: CheckOptions) -> bool:
    names = {rule.id, rule.id[:2]}
    return (not asked.only or not names.isdisjoint(asked.only)) and names.isdisjoint(asked.ignore)


def _report_lines(every: Iterable[FileCheck], asked: CheckOptions) -> Iterator[str]:
    """Each finding with its place, its reason and its fix; file by file, with how many there are."""
    files = tuple(every)
    for each in files:
        for one in each.found:
            yield from _finding_lines(*told_at(one))
        for one in each.later if asked.later else ():
            yield from _finding_lines(*told_at(one, " (later)"))
        yield from wrap_text(check_summary(each))
    without_git = next((each.without_git for each in files if each.without_git), "")
    needing = [rule.id for rule in RULES if rule.info.git and _is_selected(rule, asked)]
    if without_git and needing:
        yield from wrap_text(
            f"not asked, for want of git: {' and '.join(needing)}; {escape_control(without_git)}"
        )


def _finding_lines(head: str, rest: str) -> Iterator[str]:
    yield from wrap_text(head, hang=f"{_INDENT}  ")
    if rest:
        yield from wrap_text(rest, _INDENT, _INDENT)
