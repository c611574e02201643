"""`roadmap merge-driver`: what git calls to merge a roadmap."""

from dataclasses import replace

from roadmap_tui.cli.reply import FOUND, GOOD, UNREADABLE, Reply
from roadmap_tui.files.display import printable
from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import Refusal
from roadmap_tui.files.load import Unreadable, load
from roadmap_tui.files.reader import read
from roadmap_tui.files.save import save
from roadmap_tui.history.driver import merge_for_git


def answer(base: str, ours: str, theirs: str, size: int, name: str) -> Reply:
    """What was merged, into the file of our side; exit code 1 if somebody has to choose."""
    documents: list[Document] = []
    for path, side in ((base, "base"), (ours, ""), (theirs, "theirs")):
        found = load(path)
        if isinstance(found, Unreadable):
            return Reply(err=f"roadmap: {found.text}\n", code=UNREADABLE)
        called = name or ours
        documents.append(replace(found, name=f"{called} ({side})" if side else called))
    merged = merge_for_git((base, ours, theirs), (documents[0], documents[1], documents[2]), size)
    saved = save(read(merged.raw, ours), ours, documents[1].sha256)
    if isinstance(saved, Refusal):
        return Reply(err=printable(f"roadmap: {saved.text}; {saved.remedy}") + "\n", code=UNREADABLE)
    told = "".join(printable(f"roadmap: {name or ours}: {note}") + "\n" for note in merged.notes)
    return Reply(err=told, code=GOOD if merged.clean else FOUND)
