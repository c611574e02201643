"""`roadmap import`: items from a table of another tool."""

import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from roadmap_tui.answers.edits import ImportAnswer
from roadmap_tui.answers.json_text import to_json
from roadmap_tui.cli.file_edits import new_faults_reply, open_for_edit, rejected_reply
from roadmap_tui.cli.reply import UNREADABLE, Reply, usage_error
from roadmap_tui.cli.source import STDIN
from roadmap_tui.cli.table import TextColumn, bold, format_table, wrap_text
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected
from roadmap_tui.document.reader import read_document
from roadmap_tui.document.serializer import serialize_table, serialize_value
from roadmap_tui.importers.columns import ColumnMapping, map_columns
from roadmap_tui.importers.csv_table import MAX_BYTES, CsvTable, ImportProblem, read_csv_table
from roadmap_tui.importers.preview import ImportPreview, UpdatedItem, preview_import
from roadmap_tui.importers.rows import ImportOptions
from roadmap_tui.plan.roadmap import display_title
from roadmap_tui.storage.load import Unreadable, load_bytes, read_stream
from roadmap_tui.storage.save import save_document
from roadmap_tui.text.terminal_text import escape_control

_MAX_ROWS = 20
_SOURCE_NAMES = {"RICE": "a RICE spreadsheet", "other": "a table"}


class ImportRequest(NamedTuple):
    """How to read a table.

    Attributes:
        maps: columns that the user assigned, as MEANING=COLUMN.
        keep: whether to change nothing that the roadmap says.
        write: whether to write the roadmap.
        track: the track of rows that don't say it.
        unit: the unit of effort where its column doesn't say it.
        points: story points that a person does in a week; None ignores points.
        encoding: the encoding of the table; None is UTF-8.
    """

    maps: tuple[str, ...]
    keep: bool
    write: bool
    track: Literal["product", "model", "spike"]
    unit: Literal["hours", "days", "weeks", "months"]
    points: float | None
    encoding: str | None


def import_reply(
    csv: str, file: str, request: ImportRequest, *, sha256: str | None, as_json: bool
) -> Reply:
    """Show what an import would change, and write it if requested.

    Args:
        csv: the table.
        file: the roadmap; created if it is missing.
        request: how to read the table, and whether to write.
        sha256: the hash that the roadmap must have; None for any.
        as_json: whether to answer as JSON.
    """
    found = _preview_file(csv, file, request, sha256)
    if isinstance(found, Reply):
        return found
    document, table, preview = found
    rejected = _save_import(file, document, preview) if request.write else None
    if rejected is not None:
        return rejected
    if as_json:
        return Reply(to_json(_preview_answer(file, preview, written=request.write)))
    head = bold(escape_control(f"{csv}: {_source_name(preview)}, {len(table.rows)} rows"))
    end = f"Nothing is written yet; --yes writes it to {file}."
    if request.write:
        end = f"Written to {file}."
    return Reply("\n".join([head, *_preview_lines(preview), "", escape_control(end)]) + "\n")


def _preview_file(
    csv: str, file: str, request: ImportRequest, sha256: str | None
) -> tuple[Document, CsvTable, ImportPreview] | Reply:
    """The roadmap, the table, and what its import would change; or the reply that it can't be."""
    table = _read_table(csv, request.encoding)
    if isinstance(table, Reply):
        return table
    columns = _match_columns(table, request.maps)
    if isinstance(columns, Reply):
        return columns
    document = _open_document(file, csv, sha256)
    if isinstance(document, Reply):
        return document
    options = ImportOptions(request.track, request.unit, request.points)
    preview = preview_import(document, table, columns, options, keep_existing=request.keep)
    if isinstance(preview, EditRejected):
        return rejected_reply(preview)
    return new_faults_reply(document, preview.document) or (document, table, preview)


def _read_table(csv: str, encoding: str | None) -> CsvTable | Reply:
    raw = _read_bytes(csv)
    if isinstance(raw, Unreadable):
        return Reply(err=f"{raw.text}\n", code=UNREADABLE)
    table = read_csv_table(raw, encoding)
    if isinstance(table, str):
        return Reply(err=escape_control(f"{csv}: {table}") + "\n", code=UNREADABLE)
    return table


def _read_bytes(csv: str) -> bytes | Unreadable:
    if csv != STDIN:
        return load_bytes(csv, MAX_BYTES)
    if sys.stdin is None:
        return Unreadable(csv, "standard input is closed")
    return read_stream(csv, sys.stdin.buffer, MAX_BYTES)


def _match_columns(table: CsvTable, maps: tuple[str, ...]) -> ColumnMapping | Reply:
    """The meaning of each column, or the reply that `maps` is wrong."""
    chosen = dict[str, str]()
    for each in maps:
        meaning, separator, column = each.partition("=")
        if not separator:
            return usage_error(
                escape_control(
                    f"--map {each} names no column; write --map MEANING=COLUMN, such as title=Name"
                )
            )
        chosen[meaning.strip()] = column.strip()
    columns = map_columns(table.column_names, chosen)
    return usage_error(escape_control(columns)) if isinstance(columns, str) else columns


def _open_document(file: str, csv: str, sha256: str | None) -> Document | Reply:
    if file == STDIN or os.path.lexists(file):
        return open_for_edit(file, sha256)
    title = display_title("roadmap" if csv == STDIN else Path(csv).stem, None)
    return read_document(serialize_table(("roadmap",), {"title": title}).encode(), file)


def _save_import(file: str, before: Document, preview: ImportPreview) -> Reply | None:
    is_there = os.path.lexists(file)
    if preview.document == before and is_there:
        return None
    saved = save_document(preview.document, file, before.sha256 if is_there else None)
    return rejected_reply(saved) if isinstance(saved, EditRejected) else None


def _preview_answer(file: str, preview: ImportPreview, *, written: bool) -> ImportAnswer:
    return ImportAnswer.read(
        preview,
        file=file,
        written=written,
        source=preview.columns.source,
        columns=preview.columns.names,
    )


def _source_name(preview: ImportPreview) -> str:
    return _SOURCE_NAMES.get(preview.columns.source, f"issues of {preview.columns.source}")


def _preview_lines(preview: ImportPreview) -> Iterator[str]:
    columns = [f"{meaning}: {column}" for meaning, column in preview.columns.names.items()]
    yield from wrap_text(escape_control(", ".join(columns)), indent="  ", hang="  ")
    yield ""
    if preview.added:
        yield bold(f"{len(preview.added)} new")
        added = preview.added[:_MAX_ROWS]
        rows = [(f"{each.track}.{each.id}", escape_control(each.title)) for each in added]
        columns_shown = (TextColumn("id"), TextColumn("title", shrinks=True))
        yield from format_table(columns_shown, rows, indent="  ")
        yield from _more_line(len(preview.added))
    if preview.updated:
        yield bold(f"{len(preview.updated)} changed")
        for each in preview.updated[:_MAX_ROWS]:
            yield from wrap_text(escape_control(_update_text(each)), indent="  ", hang="    ")
        yield from _more_line(len(preview.updated))
    if preview.unchanged_count:
        yield f"{preview.unchanged_count} as they are"
    if preview.problems:
        yield bold("To check")
        for problem in _problem_lines(preview.problems):
            yield from wrap_text(escape_control(problem), indent="  ", hang="    ")


def _problem_lines(problems: tuple[ImportProblem, ...]) -> Iterator[str]:
    """Problems with their lines; those with the same text share a line."""
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for each in problems:
        alike[each.column, each.text].append(each.line)
    for (column, text), lines in alike.items():
        place = f"line{'' if len(lines) == 1 else 's'} {', '.join(map(str, lines[:_MAX_ROWS]))}"
        if len(lines) > _MAX_ROWS:
            place += f" and {len(lines) - _MAX_ROWS} more"
        if column:
            place += f", {column}"
        yield f"{place}: {text}"


def _more_line(count: int) -> Iterator[str]:
    if count > _MAX_ROWS:
        yield f"  … and {count - _MAX_ROWS} more"


def _update_text(update: UpdatedItem) -> str:
    changes = list[str]()
    for name, (old, new) in update.changes.items():
        before = "(not set)" if old is None else serialize_value(old)
        changes.append(f"{name} {before} → {serialize_value(new)}")
    return f"{update.track}.{update.id}: {', '.join(changes)}"
