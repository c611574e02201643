"""Where in a file findings stand."""

from collections.abc import Iterable
from dataclasses import dataclass

from roadmap_tui.checks.values import Finding
from roadmap_tui.files.document import Document


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding in its file.

    Attributes:
        line: from 1.
        column: in characters, from 1.
    """

    finding: Finding
    file: str
    line: int
    column: int


def placed(document: Document, found: Iterable[Finding]) -> tuple[Placed, ...]:
    """The findings with their places, in their order; what lacks a table or a field stands where that would."""
    return tuple(_placed(document, each) for each in found)


def _placed(document: Document, finding: Finding) -> Placed:
    start = document.positions.locate(finding.path, finding.at).start
    return Placed(finding, document.name, *document.lines.place(start))
