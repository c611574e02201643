"""`roadmap git setup`: git merges roadmaps by key."""

from pathlib import Path

from roadmap_tui.cli.changing import refusal_reply
from roadmap_tui.cli.reply import Reply, wrong_use
from roadmap_tui.files.display import printable
from roadmap_tui.files.edits import Refusal
from roadmap_tui.history.setup import SetUp, set_up, take_back
from roadmap_tui.report.data import envelope, to_json


def answer(task: str, files: tuple[str, ...], remove: bool, as_json: bool) -> Reply:
    """What was done."""
    if remove and files:
        return wrong_use("--remove undoes it for all files; name none")
    done = take_back(Path.cwd()) if remove else set_up(Path.cwd(), files)
    if isinstance(done, Refusal):
        return refusal_reply(done)
    notes, merged = (done.notes, done.files) if isinstance(done, SetUp) else (done, ())
    if as_json:
        return Reply(to_json(envelope("git", task=task, removed=remove, notes=notes, files=merged)))
    return Reply("".join(printable(note) + "\n" for note in notes))
