"""`roadmap import`: items from a table of another tool."""

import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from roadmap_tui.answers.data import answer_envelope, to_json
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


def answer(csv: str, file: str, yes: bool, as_json: bool, **options: Any) -> Reply:
    """What would be done, or was; or why it can't be.

    Args:
        csv: the table.
        file: the roadmap; begun if it is not there.
        yes: whether to write it.
        as_json: whether to answer as JSON.
        options: how the table is to be read.
    """
    sheet = _read_sheet(csv, options["encoding"])
    if isinstance(sheet, Reply):
        return sheet
    columns = _match_columns(sheet, options["maps"])
    document = _open_document(file, csv, options["sha256"])
    if isinstance(columns, Reply) or isinstance(document, Reply):
        return (
            columns
            if isinstance(columns, Reply)
            else document
            if isinstance(document, Reply)
            else Reply()
        )
    reading = ImportOptions(options["track"], options["unit"], options["points"])
    draft = preview_import(document, sheet, columns, reading, keep_existing=options["keep"])
    if isinstance(draft, EditRejected):
        return rejected_reply(draft)
    failed = new_faults_reply(document, draft.document) or (
        _save_import(file, document, draft) if yes else None
    )
    if failed is not None:
        return failed
    if as_json:
        return Reply(to_json(_preview_json(file, draft, yes)))
    rows = f"{csv}: {_source_name(draft)}, {len(sheet.rows)} rows"
    end = f"Written to {file}." if yes else f"Nothing is written yet; --yes writes it to {file}."
    return Reply(
        "\n".join([bold(escape_control(rows)), *_preview_lines(draft), "", escape_control(end)])
        + "\n"
    )


def _read_sheet(csv: str, encoding: str | None) -> CsvTable | Reply:
    if csv != STDIN:
        raw = load_bytes(csv, MAX_BYTES)
    elif sys.stdin is None:
        raw = Unreadable(csv, "standard input is closed")
    else:
        raw = read_stream(csv, sys.stdin.buffer, MAX_BYTES)
    if isinstance(raw, Unreadable):
        return Reply(err=f"{raw.text}\n", code=UNREADABLE)
    sheet = read_csv_table(raw, encoding)
    return (
        Reply(err=escape_control(f"{csv}: {sheet}") + "\n", code=UNREADABLE)
        if isinstance(sheet, str)
        else sheet
    )


def _match_columns(sheet: CsvTable, maps: tuple[str, ...]) -> ColumnMapping | Reply:
    unclear = next((each for each in maps if "=" not in each), None)
    if unclear is not None:
        return usage_error(
            escape_control(
                f"--map {unclear} names no column; write --map MEANING=COLUMN, such as title=Name"
            )
        )
    chosen = {
        meaning.strip(): column.strip()
        for meaning, _, column in (each.partition("=") for each in maps)
    }
    columns = map_columns(sheet.column_names, chosen)
    return usage_error(escape_control(columns)) if isinstance(columns, str) else columns


def _open_document(file: str, csv: str, sha256: str | None) -> Document | Reply:
    if file == STDIN or os.path.lexists(file):
        return open_for_edit(file, sha256)
    title = display_title("roadmap" if csv == STDIN else Path(csv).stem, None)
    return read_document(serialize_table(("roadmap",), {"title": title}).encode(), file)


def _save_import(file: str, before: Document, draft: ImportPreview) -> Reply | None:
    if draft.document == before and os.path.lexists(file):
        return None
    saved = save_document(draft.document, file, before.sha256 if os.path.lexists(file) else None)
    return rejected_reply(saved) if isinstance(saved, EditRejected) else None


def _preview_json(file: str, draft: ImportPreview, written: bool) -> dict[str, object]:
    return answer_envelope(
        "import",
        file=file,
        written=written,
        source=draft.columns.source,
        columns=draft.columns.names,
        added=[
            {"track": each.track, "id": each.id, "title": each.title, "line": each.line}
            for each in draft.added
        ],
        updated=[
            {
                "track": each.track,
                "id": each.id,
                "line": each.line,
                "changes": [
                    {"field": name, "old": old, "new": new}
                    for name, (old, new) in each.changes.items()
                ],
            }
            for each in draft.updated
        ],
        unchanged=draft.unchanged_count,
        problems=[
            {"line": each.line, "column": each.column, "text": each.text} for each in draft.problems
        ],
    )


def _source_name(draft: ImportPreview) -> str:
    return _SOURCE_NAMES.get(draft.columns.source, f"issues of {draft.columns.source}")


def _preview_lines(draft: ImportPreview) -> Iterator[str]:
    columns = [f"{meaning}: {column}" for meaning, column in draft.columns.names.items()]
    yield from wrap_text(escape_control(", ".join(columns)), indent="  ", hang="  ")
    yield ""
    if draft.added:
        yield bold(f"{len(draft.added)} new")
        rows = [
            (f"{each.track}.{each.id}", escape_control(each.title))
            for each in draft.added[:_MAX_ROWS]
        ]
        yield from format_table(
            (TextColumn("id"), TextColumn("title", yields=True)), rows, indent="  "
        )
        yield from _more_line(len(draft.added))
    if draft.updated:
        yield bold(f"{len(draft.updated)} changed")
        for each in draft.updated[:_MAX_ROWS]:
            yield from wrap_text(escape_control(_change_lines(each)), indent="  ", hang="    ")
        yield from _more_line(len(draft.updated))
    if draft.unchanged_count:
        yield f"{draft.unchanged_count} as they are"
    if draft.problems:
        yield bold("Not read")
        for problem in _problem_lines(draft.problems):
            yield from wrap_text(escape_control(problem), indent="  ", hang="    ")


def _problem_lines(problems: tuple[ImportProblem, ...]) -> Iterator[str]:
    """Problems with their lines; those that read alike are told once."""
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for each in problems:
        alike[each.column, each.text].append(each.line)
    for (column, text), lines in alike.items():
        listed = ", ".join(map(str, lines[:_MAX_ROWS])) + (
            f" and {len(lines) - _MAX_ROWS} more" if len(lines) > _MAX_ROWS else ""
        )
        place = f"line{'' if len(lines) == 1 else 's'} {listed}"
        yield f"{place}{f', {column}' if column else ''}: {text}"


def _more_line(count: int) -> Iterator[str]:
    if count > _MAX_ROWS:
        yield f"  … and {count - _MAX_ROWS} more"


def _change_lines(each: UpdatedItem) -> str:
    told = (
        f"{name} {'(not set)' if old is None else serialize_value(old)} → {serialize_value(new)}"
        for name, (old, new) in each.changes.items()
    )
    return f"{each.track}.{each.id}: {', '.join(told)}"
