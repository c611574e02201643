"""`roadmap git setup`: git merges roadmaps by key."""

from pathlib import Path

from roadmap_tui.answers.edits import GitAnswer
from roadmap_tui.answers.json_text import to_json
from roadmap_tui.cli.file_edits import rejected_reply
from roadmap_tui.cli.reply import Reply, usage_error
from roadmap_tui.document.edits import EditRejected
from roadmap_tui.history.driver_setup import DriverSetup, remove_driver, set_up_driver
from roadmap_tui.text.terminal_text import escape_control


def git_reply(task: str, files: tuple[str, ...], *, remove: bool, as_json: bool) -> Reply:
    """Set up this clone to merge roadmaps by key, or undo that."""
    if remove and files:
        return usage_error("--remove undoes it for all files; name none")
    result = remove_driver(Path.cwd()) if remove else set_up_driver(Path.cwd(), files)
    if isinstance(result, EditRejected):
        return rejected_reply(result)
    notes, merged = (
        (result.notes, result.files) if isinstance(result, DriverSetup) else (result, ())
    )
    if as_json:
        return Reply(to_json(GitAnswer.read(task=task, removed=remove, notes=notes, files=merged)))
    return Reply("".join(escape_control(note) + "\n" for note in notes))
