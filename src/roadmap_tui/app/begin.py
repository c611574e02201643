"""New roadmaps: from three answers, from a template, from a table."""

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

from roadmap_tui.app.changes import free_id
from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import AddItem, Refusal, apply
from roadmap_tui.files.importing.columns import columns_of
from roadmap_tui.files.importing.drafts import Draft, drafted
from roadmap_tui.files.importing.sheet import MAX_BYTES, read_sheet
from roadmap_tui.files.importing.wishes import Reading
from roadmap_tui.files.load import Unreadable, load_bytes
from roadmap_tui.files.reader import read
from roadmap_tui.files.save import Saved, save
from roadmap_tui.files.spell import spell_block
from roadmap_tui.files.templates import templates, text_for
from roadmap_tui.plan.roadmap import Plan, title_of

_HINT = "# users = 4000    # how many people it may reach: the ranking needs that\n"


@dataclass(frozen=True, slots=True)
class Described:
    """A plan in three answers.

    Attributes:
        ship: what is to be shipped.
        first: what must work first; may be empty.
        size: S, M, L or XL.
    """

    ship: str
    first: str
    size: str


def described(answers: Described, name: str) -> Document | Refusal:
    """The roadmap that three answers make; all else in it is a guess."""
    head = spell_block(("roadmap",), {"title": answers.ship})
    start = read(f"{head}{_HINT}".encode(), name)
    feature = free_id(Plan(), answers.ship)
    fields: dict[str, object] = {"title": answers.ship, "effort": answers.size}
    if not answers.first:
        return apply(start, AddItem("product", feature, fields))
    model = free_id(Plan(), answers.first)
    model = f"{model}-model" if model == feature else model
    fields["needs"] = [model]
    return apply(
        start,
        AddItem("product", feature, fields),
        AddItem("model", model, {"title": answers.first}),
    )


def from_template(name: str, path: str) -> Document:
    """The roadmap that a template makes today."""
    template = next(each for each in templates() if each.name == name)
    return read(text_for(template, dt.date.today()).encode(), path)


def from_table(csv: str) -> Draft | Refusal:
    """What a table makes of a new roadmap."""
    raw = load_bytes(os.path.expanduser(csv), MAX_BYTES)
    if isinstance(raw, Unreadable):
        return Refusal(raw.text)
    sheet = read_sheet(raw, None)
    if isinstance(sheet, str):
        return Refusal(sheet)
    columns = columns_of(sheet.head, {})
    if isinstance(columns, str):
        return Refusal(columns, "roadmap import --map says which column is which")
    title = title_of(Path(csv).stem, None)
    start = read(spell_block(("roadmap",), {"title": title}).encode(), csv)
    return drafted(start, sheet, columns, Reading("product", "weeks", None), keep=False)


def free_path(folder: Path, title: str) -> Path:
    """A file that is not there yet, named for a title, where the folder keeps its roadmaps."""
    place = folder / "roadmaps" if (folder / "roadmaps").is_dir() else folder
    base = free_id(Plan(), title)
    names = (f"{base}{end}.toml" for end in ("", *(f"-{number}" for number in range(2, 1000))))
    return next(place / name for name in names if not os.path.lexists(place / name))


def written(document: Document, path: Path) -> Saved | Refusal:
    """Write a new roadmap to a file that is not there yet."""
    return save(document, str(path), None)
