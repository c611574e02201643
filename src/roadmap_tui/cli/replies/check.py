"""`roadmap check`: the known mistakes in plans."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Literal, NamedTuple, TypeGuard

from roadmap_tui.answers.checks import CheckAnswer
from roadmap_tui.answers.json_text import to_json
from roadmap_tui.checks.context import CheckInputs
from roadmap_tui.checks.findings import (
    CheckFindings,
    fault_findings,
    run_checks,
    study_open_spikes,
)
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
    check_summary,
    file_check,
    file_faults,
    finding_lines,
    github_annotation,
    github_fault_annotation,
    github_notice_annotation,
)
from roadmap_tui.plan.faults import did_you_mean
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.validation import GRAPH_CHECK
from roadmap_tui.storage.load import Unreadable
from roadmap_tui.text.terminal_text import escape_control

_FAMILIES = frozenset(name[:2] for name in RULE_IDS)
_INDENT = "    "


class CheckOptions(NamedTuple):
    """Which checks to run, and how to report them.

    Attributes:
        only: ids of checks, or the letters of a family; empty is all.
        ignore: likewise, the checks to leave out.
        fail_on: the lowest severity that sets the exit code.
        form: the output format.
        later: whether to report findings that don't apply yet.
    """

    only: tuple[str, ...]
    ignore: tuple[str, ...]
    fail_on: Literal["E", "W"]
    form: Literal["text", "github"]
    later: bool

    def selects(self, rule: Rule) -> bool:
        """Whether a rule is to be checked."""
        names = {rule.id, rule.id[:2]}
        is_wanted = not self.only or not names.isdisjoint(self.only)
        return is_wanted and names.isdisjoint(self.ignore)

    def unknown(self) -> str | None:
        """The first name that is no check and no family."""
        names = (*self.only, *self.ignore)
        return next((each for each in names if each not in RULE_IDS | _FAMILIES), None)

    def git_rules(self) -> list[str]:
        """The ids of the selected rules that need the history."""
        return [rule.id for rule in RULES if rule.info.needs_git and self.selects(rule)]


class _CheckedFiles(NamedTuple):
    """The findings of the files with a plan, and the faults and clone notices of all files."""

    checked: list[FileCheck]
    unread: list[FileFault]
    notices: list[FileNotice]


def check_reply(
    files: tuple[str, ...], options: ForecastOptions, selection: CheckOptions, *, as_json: bool
) -> Reply:
    """Report the findings of each file; files without a plan are reported on standard error."""
    unknown = selection.unknown()
    if unknown is not None:
        return usage_error(f"no check {escape_control(unknown)}", did_you_mean(unknown, RULE_IDS))
    sources = [read_source(file) for file in files]
    sound = [each for each in sources if _has_plan(each)]
    broken = [each for each in sources if not _has_plan(each)]
    result = _CheckedFiles(
        checked=[file_check(each, _findings_of(each, selection, options)) for each in sound],
        unread=list(chain.from_iterable(map(file_faults, broken))),
        notices=_clone_notices(files),
    )
    reply = _rendered(result, selection, as_json=as_json)
    return reply._replace(
        err="".join(map(_fault_text, broken)) + reply.err,
        code=_exit_code(result.checked, selection, is_broken=bool(broken)),
    )


def _rendered(result: _CheckedFiles, selection: CheckOptions, *, as_json: bool) -> Reply:
    """The findings, and the notices on the clones for standard error."""
    if as_json:
        # a program isn't the person who has to see a notice once, so it gets all of them
        notices = _notice_lines(result, result.notices, selection)
        answer = CheckAnswer.of(
            result.checked, result.unread, result.notices, with_later=selection.later
        )
        return Reply(to_json(answer), _joined(notices))
    if selection.form == "github":
        return Reply(_joined(_github_lines(result)))
    shown = [each for each in result.notices if should_report(each.file, each.notice)]
    notices = _notice_lines(result, shown, selection)
    return Reply(_joined(_report_lines(result.checked, selection)), _joined(notices))


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _exit_code(files: Iterable[FileCheck], selection: CheckOptions, *, is_broken: bool) -> int:
    """The exit code of the worst file."""
    if is_broken:
        return UNREADABLE
    found = chain.from_iterable(each.found for each in files)
    severities = {each.finding.severity for each in found}
    failing = {"E"} if selection.fail_on == "E" else {"E", "W"}
    return FINDINGS_FOUND if severities & failing else SUCCESS


def _clone_notices(files: Iterable[str]) -> list[FileNotice]:
    """What the files' clones lack; a notice on a whole clone is reported once."""
    notices = dict[object, FileNotice]()
    for file in dict.fromkeys(files):
        if file == STDIN:
            continue
        for each in clone_notices(file):
            key = (file, each) if each.lack == "unmerged" else each
            notices.setdefault(key, FileNotice(file, each))
    return list(notices.values())


def _github_lines(result: _CheckedFiles) -> Iterator[str]:
    yield from map(github_fault_annotation, result.unread)
    yield from (
        github_notice_annotation(each) for each in result.notices if each.notice.lack != "driver"
    )
    for file in result.checked:
        yield from map(github_annotation, file.found)


def _notice_lines(
    result: _CheckedFiles, shown: Iterable[FileNotice], selection: CheckOptions
) -> Iterator[str]:
    """What the clones lack, and which checks saw only a part of the history."""
    for each in shown:
        yield escape_control(f"{each.file}: {each.notice.sentence}")
    is_cut = any(each.notice.lack == "history" for each in result.notices)
    rules = selection.git_rules()
    if is_cut and rules:
        yield f"asked only of a part of the history: {' and '.join(rules)}"


def _has_plan(source: Document | Unreadable) -> TypeGuard[Document]:
    """Whether there is a plan, with no fatal faults but contradictions, which are findings."""
    if isinstance(source, Unreadable) or source.plan is None:
        return False
    return all(fault.code == GRAPH_CHECK or not fault.fatal for fault, _ in source.unlocated_faults)


def _fault_text(source: Document | Unreadable) -> str:
    if isinstance(source, Unreadable):
        return f"{source.text}\n"
    return render_faults(source.faults)


def _findings_of(
    document: Document, selection: CheckOptions, options: ForecastOptions
) -> CheckFindings:
    """The findings of a document; only its contradictions if they prevent a forecast."""
    faults = tuple(fault for fault, _ in document.unlocated_faults)
    if document.plan is None or any(fault.fatal for fault in faults):
        return CheckFindings(tuple(fault_findings(faults)))
    with progress("forecasting") as checkpoint:
        resolved = resolve_plan(document.plan, as_of=options.as_of, seed=options.seed)
        ran = simulated_forecast(
            resolved, options.runs, checkpoint=checkpoint, keep_simulation=False
        )
        inputs = CheckInputs(
            forecast=ran.forecast,
            faults=faults,
            history=_history_of(document, ran.forecast.as_of),
            spikes=study_open_spikes(ran.resolved, document.plan, ran.order.queue, checkpoint),
        )
        rules = tuple(filter(selection.selects, RULES))
        return run_checks(document.plan, inputs, checkpoint, rules)


def _history_of(document: Document, as_of: dt.date) -> PlanHistory | GitUnavailable:
    if document.name == STDIN:
        return GitUnavailable("standard input has no history")
    return plan_history(document.name, document, as_of)


def _report_lines(files: list[FileCheck], selection: CheckOptions) -> Iterator[str]:
    """Each finding with its place, its reason and its fix; file by file, each with a summary."""
    for each in files:
        for one in each.found:
            yield from _finding_lines(*finding_lines(one))
        if selection.later:
            for one in each.later:
                yield from _finding_lines(*finding_lines(one, " (later)"))
        yield from wrap_text(check_summary(each))
    git_error = next((each.without_git for each in files if each.without_git), "")
    rules = selection.git_rules()
    if git_error and rules:
        yield from wrap_text(
            f"not asked, for want of git: {' and '.join(rules)}; {escape_control(git_error)}"
        )


def _finding_lines(head: str, rest: str) -> Iterator[str]:
    yield from wrap_text(head, hang=f"{_INDENT}  ")
    if rest:
        yield from wrap_text(rest, _INDENT, _INDENT)
