"""New roadmaps: from three answers, a template, or a table."""

import datetime as dt
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import AddItem, EditRejected, apply_edits
from roadmap_tui.document.reader import read_document
from roadmap_tui.document.serializer import serialize_table
from roadmap_tui.importers.columns import ColumnRole, map_columns
from roadmap_tui.importers.csv_table import MAX_BYTES, CsvTable, read_csv_table
from roadmap_tui.importers.preview import ImportPreview, preview_import
from roadmap_tui.importers.rows import ImportOptions
from roadmap_tui.plan.roadmap import Plan, display_title
from roadmap_tui.storage.load import Unreadable, load_bytes
from roadmap_tui.storage.save import SavedFile, save_document
from roadmap_tui.storage.templates import dated_template_text, load_templates
from roadmap_tui.tui.plan_edits import unused_id

_HINT = "# users = 4000    # how many people it may reach: the ranking needs that\n"


@dataclass(frozen=True, slots=True)
class PlanAnswers:
    """Three answers that make a plan.

    Attributes:
        feature: what to ship.
        prerequisite: what must work first; may be empty.
        size: S, M, L or XL.
    """

    feature: str
    prerequisite: str
    size: str


def plan_from_answers(answers: PlanAnswers, name: str) -> Document | EditRejected:
    """The roadmap that the answers make; everything else in it is assumed."""
    head = serialize_table(("roadmap",), {"title": answers.feature})
    start = read_document(f"{head}{_HINT}".encode(), name)
    feature = unused_id(Plan(), answers.feature)
    fields: dict[str, object] = {"title": answers.feature, "effort": answers.size}
    if not answers.prerequisite:
        return apply_edits(start, AddItem("product", feature, fields))
    model = unused_id(Plan(), answers.prerequisite)
    model = f"{model}-model" if model == feature else model
    fields["needs"] = [model]
    return apply_edits(
        start,
        AddItem("product", feature, fields),
        AddItem("model", model, {"title": answers.prerequisite}),
    )


def plan_from_template(name: str, path: str) -> Document:
    """The roadmap that a template makes today."""
    template = next(each for each in load_templates() if each.name == name)
    return read_document(dated_template_text(template, dt.date.today()).encode(), path)


def load_table(csv: str) -> CsvTable | EditRejected:
    """The table in a file."""
    raw = load_bytes(os.path.expanduser(csv), MAX_BYTES)
    if isinstance(raw, Unreadable):
        return EditRejected(raw.text)
    table = read_csv_table(raw, None)
    return EditRejected(table) if isinstance(table, str) else table


def guess_roles(table: CsvTable) -> dict[str, ColumnRole]:
    """What the columns of a table seem to hold."""
    mapping = map_columns(table.column_names, {})
    if isinstance(mapping, str):
        return {}
    return {column: role for role, column in mapping.names.items()}


def plan_from_table(
    table: CsvTable, csv: str, chosen: Mapping[str, str]
) -> ImportPreview | EditRejected:
    """The import of a table into a new roadmap, with the chosen column for each role."""
    columns = map_columns(table.column_names, chosen)
    if isinstance(columns, str):
        return EditRejected(columns)
    title = display_title(Path(csv).stem, None)
    start = read_document(serialize_table(("roadmap",), {"title": title}).encode(), csv)
    return preview_import(
        start, table, columns, ImportOptions("product", "weeks", None), keep_existing=False
    )


def save_example(name: str) -> Path | EditRejected:
    """Write a template into a temporary folder, so that it can be tried."""
    path = Path(tempfile.mkdtemp(prefix="roadmap-example-")) / f"{name}.toml"
    saved = save_new_plan(plan_from_template(name, path.name), path)
    return saved if isinstance(saved, EditRejected) else path


def unused_path(folder: Path, title: str) -> Path:
    """An unused file name for a title, where the folder keeps its roadmaps."""
    place = folder / "roadmaps" if (folder / "roadmaps").is_dir() else folder
    base = unused_id(Plan(), title)
    endings = ("", *(f"-{number}" for number in range(2, 1000)))
    names = (f"{base}{ending}.toml" for ending in endings)
    return next(place / name for name in names if not os.path.lexists(place / name))


def save_new_plan(document: Document, path: Path) -> SavedFile | EditRejected:
    """Write a new roadmap to an unused path."""
    return save_document(document, str(path), None)
