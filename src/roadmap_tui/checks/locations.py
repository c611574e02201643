"""The locations of findings in a file."""

from collections.abc import Iterable
from dataclasses import dataclass

from roadmap_tui.checks.rule import Finding
from roadmap_tui.document.document import Document


@dataclass(frozen=True, slots=True)
class LocatedFinding:
    """A finding in its file.

    Attributes:
        line: from 1.
        column: in characters, from 1.
    """

    finding: Finding
    file: str
    line: int
    column: int


def locate_findings(document: Document, found: Iterable[Finding]) -> tuple[LocatedFinding, ...]:
    """The findings with their locations, in the same order.

    A missing table or field is located where it would be.
    """
    return tuple(_locate(document, each) for each in found)


def _locate(document: Document, finding: Finding) -> LocatedFinding:
    start = document.positions.locate(finding.path, finding.at).start
    return LocatedFinding(finding, document.name, *document.lines.line_and_column(start))
