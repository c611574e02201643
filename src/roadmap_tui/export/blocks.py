"""What documents are made of, whatever they are written in; all texts are plain, and escaped where they are written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
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
    """A paragraph, or a point of a list; `lead` comes first and stands out."""

    text: str
    lead: str = ""
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list."""

    points: tuple[Paragraph, ...]
    kind: Literal["points"] = "points"


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table; every row is as long as there are columns."""

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
    """One of the pictures, for documents that can have one."""

    picture: PictureName
    alt: str
    kind: Literal["drawn"] = "drawn"


@dataclass(frozen=True, slots=True)
class DetailsBlock:
    """What is told only to those who ask for it; only in pages."""

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


@dataclass(frozen=True, slots=True)
class Report:
    """A document.

    Attributes:
        lead: what its figures mean, sentence by sentence.
        scenario: the name of the scenario that it is of; None if it is of the plan as it is.
        origin: which version of the file it was made from; may be empty.
    """

    title: str
    lead: tuple[str, ...]
    sections: tuple[ReportSection, ...]
    scenario: str | None = None
    origin: str = ""

    def with_blocks(self, *kinds: str) -> "Report":
        """The document without blocks of other kinds, and without the sections that nothing is left of."""
        kept = (
            (each.title, tuple(block for block in each.blocks if block.kind in kinds))
            for each in self.sections
        )
        return replace(
            self, sections=tuple(ReportSection(title, blocks) for title, blocks in kept if blocks)
        )


def table_blocks(
    heads: Sequence[str], rows: Iterable[Sequence[str]], aligns: str = ""
) -> tuple[ReportTable, ...]:
    """A table in a tuple; nothing without rows.

    Args:
        heads: the names of its columns.
        rows: its cells.
        aligns: a letter for each column: l, r or c; left where there is none.
    """
    words: dict[str, Align] = {"l": "left", "r": "right", "c": "center"}
    columns = (
        TableColumn(head, words[align])
        for head, align in zip(heads, aligns.ljust(len(heads), "l"), strict=True)
    )
    cells = tuple(tuple(row) for row in rows)
    return (ReportTable(tuple(columns), cells),) if cells else ()


def bullet_blocks(texts: Iterable[Paragraph | str]) -> tuple[BulletList, ...]:
    """A list in a tuple; nothing without points."""
    every = tuple(each if isinstance(each, Paragraph) else Paragraph(each) for each in texts)
    return (BulletList(every),) if every else ()


def report_sections(title: str, *parts: Iterable[Block]) -> tuple[ReportSection, ...]:
    """A section in a tuple; nothing without blocks."""
    blocks = tuple(block for part in parts for block in part)
    return (ReportSection(title, blocks),) if blocks else ()
