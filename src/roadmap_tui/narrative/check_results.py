"""Check results as text lines and as GitHub annotations."""

from collections import Counter
from dataclasses import dataclass

from roadmap_tui.checks.findings import CheckFindings
from roadmap_tui.checks.locations import LocatedFinding, locate_findings
from roadmap_tui.checks.rule import SEVERITIES, Severity
from roadmap_tui.document.document import Document, LocatedFault
from roadmap_tui.history.clone_state import Notice
from roadmap_tui.plan.faults import format_path
from roadmap_tui.storage.load import Unreadable
from roadmap_tui.text.numbers import format_count
from roadmap_tui.text.terminal_text import escape_control

_COMMANDS = {"E": "error", "W": "warning", "I": "notice"}


@dataclass(frozen=True, slots=True)
class FileFault:
    """Why a file holds no plan, and where; without a position if it is unreadable."""

    file: str
    text: str
    fix: str
    severity: Severity = "E"
    code: str = "unreadable"
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class FileNotice:
    """A notice about a file's clone."""

    file: str
    notice: Notice


@dataclass(frozen=True, slots=True)
class FileCheck:
    """One file and its findings.

    Attributes:
        items: number of items in its plan.
        found: the worst first.
        later: findings that do not apply yet.
        ignored: number of findings that are ignored with a reason.
        without_git: why checks that need git did not run; empty if they did.
    """

    file: str
    items: int
    found: tuple[LocatedFinding, ...]
    later: tuple[LocatedFinding, ...]
    ignored: int
    without_git: str


def file_check(document: Document, findings: CheckFindings) -> FileCheck:
    """Combine a file with its findings."""
    return FileCheck(
        file=document.name,
        items=len(document.plan.items) if document.plan is not None else 0,
        found=locate_findings(document, findings.found),
        later=locate_findings(document, findings.later),
        ignored=len(findings.ignored),
        without_git=findings.git_error,
    )


def finding_lines(each: LocatedFinding, note: str = "") -> tuple[str, str]:
    """A finding in two lines: position and problem, then reason and fix.

    Args:
        each: the finding.
        note: text beside the id of the check.
    """
    finding = each.finding
    item = f" {finding.item}" if finding.item is not None else ""
    head = (
        f"{escape_control(each.file)}:{each.line}:{each.column}: {finding.severity}"
        f" {finding.check}{note}{item}"
    )
    fix = f"Fix: {finding.fix}." if finding.fix else ""
    return f"{head}: {finding.text}", " ".join(
        part for part in (finding.reason, fix.replace("?.", "?")) if part
    )


def check_summary(each: FileCheck) -> str:
    """One line with the number of findings of a file."""
    counts = Counter(one.finding.severity for one in each.found)
    parts = [
        format_count(counts[severity], noun)
        for severity, noun in SEVERITIES.items()
        if counts[severity]
    ]
    what = ", ".join(parts) or f"nothing is wrong with its {format_count(each.items, 'item')}"
    rest = [f"later: {len(each.later)}"] if each.later else []
    rest += [f"ignored: {each.ignored}"] if each.ignored else []
    return escape_control(f"{each.file}: {'; '.join([what, *rest])}")


def github_annotation(each: LocatedFinding) -> str:
    """A finding as a workflow command, which GitHub shows beside the line in a pull request."""
    finding = each.finding
    title = f"{finding.check} {finding.item}" if finding.item is not None else finding.check
    file, line, column = _escape_property(each.file), each.line, each.column
    place = f"file={file},line={line},col={column},title={_escape_property(title)}"
    text = "\n".join(
        part
        for part in (finding.text, finding.reason, finding.fix and f"Fix: {finding.fix}")
        if part
    )
    return f"::{_COMMANDS[finding.severity]} {place}::{_escape_message(text)}"


def file_faults(source: Document | Unreadable) -> tuple[FileFault, ...]:
    """List the reasons why a file holds no plan."""
    if isinstance(source, Unreadable):
        return (
            FileFault(
                escape_control(source.path),
                escape_control(source.problem),
                escape_control(source.remedy),
            ),
        )
    return tuple(map(_file_fault, source.faults))


def _file_fault(located: LocatedFault) -> FileFault:
    fault = located.fault
    path = format_path(fault.path)
    return FileFault(
        file=escape_control(located.file),
        text=escape_control(f"{path}: {fault.problem}" if path else fault.problem),
        fix=escape_control(fault.remedy),
        severity="E" if fault.fatal else "W",
        code=fault.code,
        line=located.line,
        column=located.column,
    )


def github_fault_annotation(each: FileFault) -> str:
    """A fault of an unreadable file as a workflow command."""
    place = "" if each.line is None else f",line={each.line},col={each.column}"
    text = "\n".join([each.text, f"Fix: {each.fix}"] if each.fix else [each.text])
    place = f"file={_escape_property(each.file)}{place},title={_escape_property(each.code)}"
    return f"::{_COMMANDS[each.severity]} {place}::{_escape_message(text)}"


def github_notice_annotation(each: FileNotice) -> str:
    """A clone notice as a workflow command."""
    command = "warning" if each.notice.lack == "unmerged" else "notice"
    file = _escape_property(escape_control(each.file))
    return f"::{command} file={file}::{_escape_message(escape_control(each.notice.sentence))}"


def _escape_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_message(text).replace(":", "%3A").replace(",", "%2C")
