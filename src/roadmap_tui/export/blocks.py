"""Blocks of a document, independent of the output format; texts are escaped by the writers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal, TypeAlias

from roadmap_tui.export.formats import PictureName

Align: TypeAlias = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table."""

    name: str
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or a list entry; `lead` comes first and is emphasised."""

    text: str
    lead: str = ""
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class BulletList:
    """A bullet list."""

    points: tuple[Paragraph, ...]
    kind: Literal["points"] = "points"


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table; every row has a cell for each column."""

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """A heading within a section."""

    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class DiagramBlock:
    """A Mermaid diagram."""

    source: str
    kind: Literal["diagram"] = "diagram"


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """One of the pictures, for formats that support it."""

    picture: PictureName
    alt: str
    kind: Literal["drawn"] = "drawn"


@dataclass(frozen=True, slots=True)
class DetailsBlock:
    """Details that are collapsed at first; HTML only."""

    summary: str
    points: tuple[Paragraph, ...]
    kind: Literal["more"] = "more"


Block: TypeAlias = (
    Paragraph | BulletList | ReportTable | HeadingBlock | DiagramBlock | PictureBlock | DetailsBlock
)


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A part of a document under a heading."""

    title: str
    blocks: tuple[Block, ...]

    def with_blocks(self, *kinds: str) -> "ReportSection":
        """The section with blocks of these kinds only."""
        return replace(self, blocks=tuple(each for each in self.blocks if each.kind in kinds))


@dataclass(frozen=True, slots=True)
class Report:
    """A document.

    Attributes:
        lead: sentences about what its figures mean.
        scenario: the name of the scenario shown; None for the plan itself.
        origin: the version of the file it was made from; may be empty.
    """

    title: str
    lead: tuple[str, ...]
    sections: tuple[ReportSection, ...]
    scenario: str | None = None
    origin: str = ""

    def with_blocks(self, *kinds: str) -> "Report":
        """The document with blocks of these kinds only, without sections that become empty."""
        kept = (each.with_blocks(*kinds) for each in self.sections)
        return replace(self, sections=tuple(each for each in kept if each.blocks))


def table_blocks(
    heads: Sequence[str], rows: Iterable[Sequence[str]], aligns: str = ""
) -> tuple[ReportTable, ...]:
    """A table as a one-element tuple; empty without rows.

    Args:
        heads: the column names.
        rows: the cells.
        aligns: a letter for each column: l, r or c; missing ones are l.
    """
    words: dict[str, Align] = {"l": "left", "r": "right", "c": "center"}
    columns = (
        TableColumn(head, words[align])
        for head, align in zip(heads, aligns.ljust(len(heads), "l"), strict=True)
    )
    cells = tuple(tuple(row) for row in rows)
    return (ReportTable(tuple(columns), cells),) if cells else ()


def bullet_blocks(texts: Iterable[Paragraph | str]) -> tuple[BulletList, ...]:
    """A list as a one-element tuple; empty without entries."""
    every = tuple(each if isinstance(each, Paragraph) else Paragraph(each) for each in texts)
    return (BulletList(every),) if every else ()


def report_sections(title: str, *parts: Iterable[Block]) -> tuple[ReportSection, ...]:
    """A section as a one-element tuple; empty without blocks."""
    blocks = tuple(chain.from_iterable(parts))
    return (ReportSection(title, blocks),) if blocks else ()
