"""`roadmap import`: items from a table of another tool."""

import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from roadmap_tui.cli.changing import new_faults, open_to_change, refusal_reply
from roadmap_tui.cli.reply import UNREADABLE, Reply, wrong_use
from roadmap_tui.cli.source import STDIN
from roadmap_tui.cli.table import Column, bold, table, wrapped
from roadmap_tui.files.display import printable
from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import Refusal
from roadmap_tui.files.importing.columns import Columns, columns_of
from roadmap_tui.files.importing.drafts import Draft, Updated, drafted
from roadmap_tui.files.importing.sheet import MAX_BYTES, Problem, Sheet, read_sheet
from roadmap_tui.files.importing.wishes import Reading
from roadmap_tui.files.load import Unreadable, load_bytes, read_stream
from roadmap_tui.files.reader import read
from roadmap_tui.files.save import save
from roadmap_tui.files.spell import spell_block, spell_value
from roadmap_tui.plan.roadmap import title_of
from roadmap_tui.report.data import envelope, to_json

_SHOWN = 20
_SOURCES = {"RICE": "a RICE spreadsheet", "other": "a table"}


def answer(csv: str, file: str, yes: bool, as_json: bool, **options: Any) -> Reply:
    """What would be done, or was; or why it can't be.

    Args:
        csv: the table.
        file: the roadmap; begun if it is not there.
        yes: whether to write it.
        as_json: whether to answer as JSON.
        options: how the table is to be read.
    """
    sheet = _sheet(csv, options["encoding"])
    if isinstance(sheet, Reply):
        return sheet
    columns = _columns(sheet, options["maps"])
    document = _document(file, csv, options["sha256"])
    if isinstance(columns, Reply) or isinstance(document, Reply):
        return (
            columns
            if isinstance(columns, Reply)
            else document
            if isinstance(document, Reply)
            else Reply()
        )
    reading = Reading(options["track"], options["unit"], options["points"])
    draft = drafted(document, sheet, columns, reading, keep=options["keep"])
    if isinstance(draft, Refusal):
        return refusal_reply(draft)
    failed = new_faults(document, draft.document) or (_save(file, document, draft) if yes else None)
    if failed is not None:
        return failed
    if as_json:
        return Reply(to_json(_data(file, draft, yes)))
    rows = f"{csv}: {_source(draft)}, {len(sheet.rows)} rows"
    end = f"Written to {file}." if yes else f"Nothing is written yet; --yes writes it to {file}."
    return Reply("\n".join([bold(printable(rows)), *_lines(draft), "", printable(end)]) + "\n")


def _sheet(csv: str, encoding: str | None) -> Sheet | Reply:
    if csv != STDIN:
        raw = load_bytes(csv, MAX_BYTES)
    elif sys.stdin is None:
        raw = Unreadable(csv, "standard input is closed")
    else:
        raw = read_stream(csv, sys.stdin.buffer, MAX_BYTES)
    if isinstance(raw, Unreadable):
        return Reply(err=f"{raw.text}\n", code=UNREADABLE)
    sheet = read_sheet(raw, encoding)
    return (
        Reply(err=printable(f"{csv}: {sheet}") + "\n", code=UNREADABLE)
        if isinstance(sheet, str)
        else sheet
    )


def _columns(sheet: Sheet, maps: tuple[str, ...]) -> Columns | Reply:
    unclear = next((each for each in maps if "=" not in each), None)
    if unclear is not None:
        return wrong_use(
            printable(
                f"--map {unclear} names no column; write --map MEANING=COLUMN, such as title=Name"
            )
        )
    chosen = {
        meaning.strip(): column.strip()
        for meaning, _, column in (each.partition("=") for each in maps)
    }
    columns = columns_of(sheet.head, chosen)
    return wrong_use(printable(columns)) if isinstance(columns, str) else columns


def _document(file: str, csv: str, sha256: str | None) -> Document | Reply:
    if file == STDIN or os.path.lexists(file):
        return open_to_change(file, sha256)
    title = title_of("roadmap" if csv == STDIN else Path(csv).stem, None)
    return read(spell_block(("roadmap",), {"title": title}).encode(), file)


def _save(file: str, before: Document, draft: Draft) -> Reply | None:
    if draft.document == before and os.path.lexists(file):
        return None
    saved = save(draft.document, file, before.sha256 if os.path.lexists(file) else None)
    return refusal_reply(saved) if isinstance(saved, Refusal) else None


def _data(file: str, draft: Draft, written: bool) -> dict[str, object]:
    return envelope(
        "import",
        file=file,
        written=written,
        source=draft.columns.source,
        columns=draft.columns.named,
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
        unchanged=draft.same,
        problems=[
            {"line": each.line, "column": each.column, "text": each.text} for each in draft.problems
        ],
    )


def _source(draft: Draft) -> str:
    return _SOURCES.get(draft.columns.source, f"issues of {draft.columns.source}")


def _lines(draft: Draft) -> Iterator[str]:
    columns = [f"{meaning}: {column}" for meaning, column in draft.columns.named.items()]
    yield from wrapped(printable(", ".join(columns)), indent="  ", hang="  ")
    yield ""
    if draft.added:
        yield bold(f"{len(draft.added)} new")
        rows = [(f"{each.track}.{each.id}", printable(each.title)) for each in draft.added[:_SHOWN]]
        yield from table((Column("id"), Column("title", yields=True)), rows, indent="  ")
        yield from _more(len(draft.added))
    if draft.updated:
        yield bold(f"{len(draft.updated)} changed")
        for each in draft.updated[:_SHOWN]:
            yield from wrapped(printable(_changes(each)), indent="  ", hang="    ")
        yield from _more(len(draft.updated))
    if draft.same:
        yield f"{draft.same} as they are"
    if draft.problems:
        yield bold("Not read")
        for problem in _grouped(draft.problems):
            yield from wrapped(printable(problem), indent="  ", hang="    ")


def _grouped(problems: tuple[Problem, ...]) -> Iterator[str]:
    """Problems with their lines; those that read alike are told once."""
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for each in problems:
        alike[each.column, each.text].append(each.line)
    for (column, text), lines in alike.items():
        listed = ", ".join(map(str, lines[:_SHOWN])) + (
            f" and {len(lines) - _SHOWN} more" if len(lines) > _SHOWN else ""
        )
        place = f"line{'' if len(lines) == 1 else 's'} {listed}"
        yield f"{place}{f', {column}' if column else ''}: {text}"


def _more(count: int) -> Iterator[str]:
    if count > _SHOWN:
        yield f"  … and {count - _SHOWN} more"


def _changes(each: Updated) -> str:
    told = (
        f"{name} {'(not set)' if old is None else spell_value(old)} → {spell_value(new)}"
        for name, (old, new) in each.changes.items()
    )
    return f"{each.track}.{each.id}: {', '.join(told)}"
