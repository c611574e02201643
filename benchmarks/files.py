"""Speed of reading, editing, saving and merging a roadmap of 1,000 items, as ratios.

    python -m benchmarks.files

Everything is measured against `tomli.loads` of the same text: no program reads the file in less.
"""

import random
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

import tomli
from benchmarks.measure import print_timing, timed

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import Edit, EditRejected, SetValue, apply_edits
from roadmap_tui.document.merge import MergeResult, merge_documents
from roadmap_tui.document.reader import read_document
from roadmap_tui.importers.columns import map_columns
from roadmap_tui.importers.csv_table import CsvTable, read_csv_table
from roadmap_tui.importers.preview import ImportPreview, preview_import
from roadmap_tui.importers.rows import ImportOptions
from roadmap_tui.storage.journal import Journal
from roadmap_tui.storage.load import load_document
from roadmap_tui.storage.save import SavedFile, save_document

ITEMS = 1_000


def roadmap(items: int) -> str:
    """A roadmap of that size as a person would write it, with comments and needs."""
    dice = random.Random(1)
    lines = ["[roadmap]", "users = 4000", "", "[teams.app]", "people = 4"]
    for at in range(items):
        low = dice.randint(1, 4)
        lines += [
            "",
            f"# Asked for in interview {at}.",
            f"[{_track(at)}.item-{at}]",
            f'title = "Item {at}"',
        ]
        lines += [
            f"effort = [{low}, {low * 2}, {low * 5}]  # weeks",
            'team = "app"',
            "reach = [100, 200, 300]",
        ]
        if at >= 3 and at % 3:
            lines += ["needs = [", f'    "item-{at // 3 * 3 - 3}",', "]"]
    return "\n".join([*lines, ""])


def _track(at: int) -> str:
    return "product" if at % 3 else "model"


def _effort(at: int, value: int) -> Edit:
    return SetValue((_track(at), f"item-{at}", "effort"), value)


def _made(document: Document, *edits: Edit) -> Document:
    result = apply_edits(document, *edits)
    if not isinstance(result, Document):
        raise SystemExit(f"the benchmark's own edit was refused: {result.text}")
    return result


def edit_and_save(path: Path) -> Callable[[], object]:
    """What `roadmap set` does: read, change one field, save."""
    values = count(1)

    def run() -> object:
        document = load_document(str(path))
        if not isinstance(document, Document):
            raise SystemExit(document.text)
        saved = save_document(
            _made(document, _effort(500, next(values))), str(path), document.sha256
        )
        if not isinstance(saved, SavedFile):
            raise SystemExit(saved.text)
        return saved

    return run


def edit_again(document: Document) -> Callable[[], object]:
    """What a second edit in the app does, journal included."""
    values = count(1)
    opened = _made(document, _effort(500, 99))
    journal = Journal("/nowhere/benchmark.toml")
    journal.mark_saved(opened.text)

    def run() -> object:
        after = _made(opened, _effort(500, 100 + next(values)))
        journal.record("edited", after.text)
        return after

    return run


def merging(document: Document) -> Callable[[], object]:
    """Two branches with four edits each."""
    ours = _made(document, *(_effort(at, 7) for at in (3, 400, 401, 900)))
    theirs = _made(document, *(_effort(at, 8) for at in (4, 402, 500, 999)))

    def run() -> object:
        result = merge_documents(document, ours, theirs)
        if not isinstance(result, MergeResult) or result.conflicts:
            raise SystemExit("the benchmark's own merge failed")
        return result

    return run


def importing(into: Document, rows: int) -> Callable[[], ImportPreview]:
    """A table of that many issues, from its bytes to the text of the roadmap."""
    head = (
        "Summary,Issue key,Issue Type,Status,Assignee,Labels,Original Estimate,Inward issue link"
        " (Blocks)"
    )
    lines = (
        f"Issue {at} of many,PRJ-{at},Story,To Do,Ann,ml,{3600 * at},PRJ-{at // 2}"
        for at in range(1, rows + 1)
    )
    raw = "\n".join([head, *lines]).encode()

    def run() -> ImportPreview:
        sheet = read_csv_table(raw)
        columns = map_columns(sheet.column_names, {}) if isinstance(sheet, CsvTable) else sheet
        if isinstance(sheet, str) or isinstance(columns, str):
            raise SystemExit("the benchmark's own table could not be read")
        draft = preview_import(into, sheet, columns, ImportOptions(), keep_existing=False)
        if isinstance(draft, EditRejected):
            raise SystemExit(draft.text)
        return draft

    return run


def main() -> None:
    """Measure."""
    text = roadmap(ITEMS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.toml"
        path.write_text(text)
        document = read_document(text.encode(), "plan.toml")
        print(f"a roadmap of {ITEMS} items, {len(text) / 1e3:.0f} kB")
        bare = timed(lambda: tomli.loads(text))
        print_timing("tomli.loads", bare)
        print_timing(
            "open: read, plan, faults", timed(lambda: load_document(str(path))), bare, "bar: 500 ms"
        )
        print_timing(
            "open, change one field, save",
            timed(edit_and_save(path)),
            bare,
            "bar: 300 ms without opening",
        )
        print_timing("change one field again, as in the app", timed(edit_again(document)), bare)
        print_timing("merge by key", timed(merging(document)), bare, "bar: 2,000 ms")
        begun = read_document(b'[roadmap]\ntitle = "Imported"\n', "plan.toml")
        print_timing(
            "import a CSV of 5,000 rows", timed(importing(begun, 5_000)), bare, "bar: 2,000 ms"
        )
        again = importing(begun, 5_000)().document
        print_timing("the same once more", timed(importing(again, 5_000)), bare)


if __name__ == "__main__":
    main()
