"""What the checks found, in lines for people, for GitHub, and as data."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roadmap_tui.checks.placing import Placed, placed
from roadmap_tui.checks.run import Findings
from roadmap_tui.checks.values import SEVERITIES, Severity
from roadmap_tui.files.display import printable
from roadmap_tui.files.document import Document, LocatedFault
from roadmap_tui.files.load import Unreadable
from roadmap_tui.history.clone_state import Notice
from roadmap_tui.plan.faults import spell_path
from roadmap_tui.plan.words import plural
from roadmap_tui.report.data import Data, envelope
from roadmap_tui.report.words import rounded

_COMMANDS = {"E": "error", "W": "warning", "I": "notice"}


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a file holds no plan, and where; without a place if it can't be read at all."""

    file: str
    text: str
    fix: str
    severity: Severity = "E"
    code: str = "unreadable"
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class FileNotice:
    """Something about a file's clone."""

    file: str
    notice: Notice


@dataclass(frozen=True, slots=True)
class Checked:
    """One file and what was found in it.

    Attributes:
        items: how many there are in its plan.
        found: the worst first.
        later: what it is not time for yet.
        silenced: how many findings somebody gave a reason for.
        without_git: why what needs git was not asked; empty if it was.
    """

    file: str
    items: int
    found: tuple[Placed, ...]
    later: tuple[Placed, ...]
    silenced: int
    without_git: str


def checked(document: Document, findings: Findings) -> Checked:
    """A file with what was found in it."""
    return Checked(
        file=document.name,
        items=len(document.plan.items) if document.plan is not None else 0,
        found=placed(document, findings.found),
        later=placed(document, findings.later),
        silenced=len(findings.silenced),
        without_git=findings.without_git,
    )


def told(each: Placed, note: str = "") -> tuple[str, str]:
    """A finding in two lines: the place and what is wrong, then why that is one and what would be right.

    Args:
        each: the finding.
        note: what is told beside its id.
    """
    finding = each.finding
    item = f" {finding.item}" if finding.item is not None else ""
    head = (
        f"{printable(each.file)}:{each.line}:{each.column}: {finding.severity}"
        f" {finding.check}{note}{item}"
    )
    fix = f"Fix: {finding.fix}." if finding.fix else ""
    return f"{head}: {finding.text}", " ".join(
        part for part in (finding.reason, fix.replace("?.", "?")) if part
    )


def summary(each: Checked) -> str:
    """How many findings a file has, in a line."""
    counts = {
        severity: sum(one.finding.severity == severity for one in each.found)
        for severity in SEVERITIES
    }
    parts = [plural(count, SEVERITIES[severity]) for severity, count in counts.items() if count]
    what = ", ".join(parts) or f"nothing is wrong with its {plural(each.items, 'item')}"
    rest = [f"later: {len(each.later)}"] if each.later else []
    rest += [f"silenced: {each.silenced}"] if each.silenced else []
    return printable(f"{each.file}: {'; '.join([what, *rest])}")


def github(each: Placed) -> str:
    """A finding as a workflow command, which GitHub shows beside the line of a pull request."""
    finding = each.finding
    title = f"{finding.check} {finding.item}" if finding.item is not None else finding.check
    place = (
        f"file={_property(each.file)},line={each.line},col={each.column},title={_property(title)}"
    )
    text = "\n".join(
        part
        for part in (finding.text, finding.reason, finding.fix and f"Fix: {finding.fix}")
        if part
    )
    return f"::{_COMMANDS[finding.severity]} {place}::{_data(text)}"


def unread(source: Document | Unreadable) -> tuple[Unread, ...]:
    """Why a file holds no plan."""
    if isinstance(source, Unreadable):
        return (Unread(printable(source.path), printable(source.wrong), printable(source.right)),)
    return tuple(map(_unread, source.faults))


def _unread(located: LocatedFault) -> Unread:
    fault = located.fault
    path = spell_path(fault.path)
    return Unread(
        file=printable(located.file),
        text=printable(f"{path}: {fault.wrong}" if path else fault.wrong),
        fix=printable(fault.right),
        severity="E" if fault.fatal else "W",
        code=fault.code,
        line=located.line,
        column=located.column,
    )


def github_unread(each: Unread) -> str:
    """A fault of a file that holds no plan, as a workflow command."""
    place = "" if each.line is None else f",line={each.line},col={each.column}"
    text = "\n".join([each.text, f"Fix: {each.fix}"] if each.fix else [each.text])
    return (
        f"::{_COMMANDS[each.severity]}"
        f" file={_property(each.file)}{place},title={_property(each.code)}::{_data(text)}"
    )


def github_notice(each: FileNotice) -> str:
    """Something about a file's clone, as a workflow command."""
    command = "warning" if each.notice.lack == "unmerged" else "notice"
    return (
        f"::{command}"
        f" file={_property(printable(each.file))}::{_data(printable(each.notice.sentence))}"
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def check_data(
    every: Iterable[Checked],
    with_later: bool = False,
    unreadable: Iterable[Unread] = (),
    notices: Iterable[FileNotice] = (),
) -> Data:
    """What was found in all files, why others hold no plan, and what their clones lack."""
    files = tuple(every)
    later = (
        {"later_findings": [*_findings(each for one in files for each in one.later)]}
        if with_later
        else {}
    )
    return envelope(
        "check",
        findings=[*_findings(each for one in files for each in one.found)],
        later=sum(len(one.later) for one in files),
        silenced=sum(one.silenced for one in files),
        without_git=next((one.without_git for one in files if one.without_git), None),
        unreadable=[
            {
                "file": each.file,
                "line": each.line,
                "column": each.column,
                "text": each.text,
                "fix": each.fix,
            }
            for each in unreadable
        ],
        notices=[
            {
                "file": each.file,
                "lack": each.notice.lack,
                "text": each.notice.text,
                "fix": each.notice.remedy,
            }
            for each in notices
        ],
        **later,
    )


def _findings(every: Iterable[Placed]) -> Iterator[Data]:
    for each in every:
        finding = each.finding
        yield {
            "check": finding.check,
            "severity": finding.severity,
            "item": finding.item,
            "file": each.file,
            "line": each.line,
            "column": each.column,
            "text": finding.text,
            "fix": finding.fix,
            "reason": finding.reason,
            "numbers": {name: rounded(number) for name, number in finding.numbers},
        }
