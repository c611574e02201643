"""Saving, changes by others to the file, and unsaved work that a crash left."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from textual.app import App
from textual.timer import Timer

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected
from roadmap_tui.document.merge import MergeResult, merge_documents
from roadmap_tui.history.clone_state import Notice, clone_notices, should_report
from roadmap_tui.history.merge_status import MergeStatusWatch
from roadmap_tui.storage.journal import Journal, UnsavedSession, unsaved_sessions
from roadmap_tui.storage.load import Unreadable
from roadmap_tui.storage.save import ChangedOnDisk, FileGone, Unwritable
from roadmap_tui.storage.watch import FileStamp, check_for_change
from roadmap_tui.text.sentences import as_sentence
from roadmap_tui.tui.dialogs.confirm import ConfirmDialog
from roadmap_tui.tui.dialogs.merge import MergeDialog
from roadmap_tui.tui.dialogs.prompt import NameDialog
from roadmap_tui.tui.dialogs.recover import RecoverDialog
from roadmap_tui.tui.edit_history import require_forecastable
from roadmap_tui.tui.state import Session
from roadmap_tui.tui.workers.background import BackgroundService, Task

CHECK_SECONDS = 0.5
_SAVE_AS_CHOICE = {"a": "save under another name"}


@dataclass(frozen=True, slots=True)
class DiskCheck:
    """The state of a file on disk.

    Attributes:
        last: the stamp that it was compared with.
        found: what it is now; None if it is as before.
        others: how many other sessions have it open.
        unmerged: the notice of an unfinished merge; None without one.
    """

    last: FileStamp
    stamp: FileStamp
    found: Document | Unreadable | None
    others: int
    unmerged: Notice | None


class FileSyncHost(Protocol):
    """Shows what becomes of the file."""

    @property
    def is_active(self) -> bool:
        """Whether no dialog is open."""

    def file_updated(self, notice: str = "", *, recalculate: bool = False) -> None:
        """The session's document, or what is known of its file, has changed."""

    def file_problem(self, problem: str | EditRejected) -> None:
        """People should know this, or why something was not done."""


class FileSync:
    """Watches the file of a session, saves it, and merges what others changed.

    Args:
        app: shows the dialogs.
        session: whose file it is.
        background: reads the file.
        host: shows the results.
    """

    def __init__(
        self, app: App[str], session: Session, background: BackgroundService, host: FileSyncHost
    ) -> None:
        self._app = app
        self._session = session
        self._background = background
        self._host = host
        self._is_checking = False
        self._problem: str | None = None
        self._merge_watch = MergeStatusWatch(session.path)
        self._timer: Timer | None = None

    def start(self) -> None:
        """Begin to watch, and offer what a crash left."""
        self._timer = self._app.set_interval(CHECK_SECONDS, self.check_file)
        job = partial(_clone_job, path=self._session.path)
        self._background.submit("clone", job, self._report_clone)
        if self._session.read_only is None:
            self._offer_recovery()

    def _report_clone(self, notice: Notice) -> None:
        self._warn(notice.sentence)

    # Unsaved work

    def _offer_recovery(self) -> None:
        left = unsaved_sessions(self._session.path)
        while left and left[0].entries[-1].text == self._session.document.text:
            left[0].discard()
            left = left[1:]
        if left:
            dialog = RecoverDialog(left[0])
            self._app.push_screen(dialog, partial(self._on_recovery_choice, left[0]))

    def _on_recovery_choice(self, left: UnsavedSession, way: str | None) -> None:
        if way == "r":
            self._session.recover(left)
            notice = "Recovered, not saved yet. Press u to undo."
            self._host.file_updated(notice, recalculate=True)
            self._reconcile()
        elif way == "d":
            left.discard()
            self._offer_recovery()

    # Changes by others

    def check_file(self) -> None:
        """Check the file, unless a check is running."""
        if not self._is_checking:
            self._is_checking = True
            session = self._session
            if self._merge_watch.path != session.path:
                self._merge_watch = MergeStatusWatch(session.path)
            job = partial(
                _file_job,
                watch=self._merge_watch,
                last=session.disk,
                journal=session.journal,
            )
            self._background.submit("disk", job, self._on_checked, exclusive=False)

    def _on_checked(self, check: DiskCheck) -> None:
        """Take in what was seen, unless the session saved or read the file since."""
        self._is_checking = False
        session = self._session
        if check.others and not session.other_sessions:
            self._warn(
                "open in another Roadmap TUI too; what both change is merged when the second one"
                " saves"
            )
        if session.journal.problem not in {None, self._problem}:
            self._warn(session.journal.problem or "")
        if check.unmerged is not None and not session.is_unmerged:
            self._warn(check.unmerged.sentence)
        is_unmerged = check.unmerged is not None
        before = session.other_sessions, session.is_unmerged
        has_changed = (check.others, is_unmerged) != before
        session.other_sessions, session.is_unmerged = check.others, is_unmerged
        self._problem = session.journal.problem
        if check.last is session.disk:
            session.disk = check.stamp
            if check.found is not None:
                self._on_disk_changed(check.found)
                has_changed = True
        if has_changed:
            self._host.file_updated()

    def _on_disk_changed(self, found: Document | Unreadable) -> None:
        session = self._session
        session.disk_version = found
        if isinstance(found, Unreadable):
            self._warn(
                f"{as_sentence(found.text)} Your version is kept here. Press Ctrl+S to write it."
            )
            return
        if found.raw == session.saved.raw:
            session.disk_version = None
            return
        fit = require_forecastable(found)
        if isinstance(fit, EditRejected):
            place = found.faults[0].message if found.faults else fit.text
            self._warn(
                f"The file changed on disk, but it can't be read: {as_sentence(place)}"
                " Your version is kept here."
            )
            return
        self._reconcile()

    def _reconcile(self) -> None:
        """Reload what others saved; merge it with unsaved changes, asking first."""
        session, found = self._session, self._session.disk_version
        if not isinstance(found, Document) or isinstance(require_forecastable(found), EditRejected):
            return
        if session.is_saved:
            session.adopt("Reloaded from disk", found, found)
            notice = "Reloaded: the file changed on disk. Press u to undo."
            self._host.file_updated(notice, recalculate=True)
        elif self._host.is_active:
            self._ask_merge(found)
        else:
            self._warn("The file changed on disk. Ctrl+S merges both versions.")

    def _ask_merge(self, found: Document) -> None:
        session = self._session
        merged = merge_documents(session.saved, session.document, found)
        if isinstance(merged, EditRejected):
            self._warn(merged)
        else:
            dialog = MergeDialog(session.saved, session.document, found, merged)
            self._app.push_screen(dialog, partial(self._on_merged, session.document, found))

    def _on_merged(self, mine: Document, found: Document, merged: MergeResult | None) -> None:
        session = self._session
        if merged is None or session.document is not mine:
            return
        session.adopt("Merged with the file on disk", found, merged.document)
        notice = "merged" if session.is_saved else "Merged, not saved yet. Press u to undo."
        self._host.file_updated(notice, recalculate=True)

    # Saving

    def save(self) -> bool:
        """Write the file; False if it isn't written. Asks about what prevents it."""
        session = self._session
        if not isinstance(session.disk_version, Document):
            return self._report_save(session.save(), session.path)
        fit = require_forecastable(session.disk_version)
        if isinstance(fit, EditRejected):
            text = f"On disk it can't be read: {fit.text}. It is not written over."
            dialog = ConfirmDialog("The file on disk has errors", text, _SAVE_AS_CHOICE)
            self._app.push_screen(dialog, self._on_save_as_choice)
        else:
            self._reconcile()
        return False

    def save_as(self) -> None:
        """Ask for another name, and write the file there."""
        dialog = NameDialog("Save under another name", "File", self._session.path)
        self._app.push_screen(dialog, self._save_as)

    def _save_as(self, path: str | None) -> None:
        if path:
            self._report_save(self._session.save_as(path), path)

    def _report_save(self, result: object, path: str) -> bool:
        if not isinstance(result, EditRejected):
            self._host.file_updated(f"saved {path}")
            return True
        self._warn(result)
        match result:
            case ChangedOnDisk():
                self.check_file()
            case FileGone():
                text = f"{path} no longer exists."
                dialog = ConfirmDialog("The file no longer exists", text, {"w": "Write it again"})
                self._app.push_screen(dialog, self._on_rewrite_choice)
            case Unwritable():
                dialog = ConfirmDialog("Not saved", result.text, _SAVE_AS_CHOICE)
                self._app.push_screen(dialog, self._on_save_as_choice)
        self._host.file_updated()
        return False

    def _on_rewrite_choice(self, way: str | None) -> None:
        if way == "w":
            self._report_save(self._session.save(recreate=True), self._session.path)

    def _on_save_as_choice(self, way: str | None) -> None:
        if way == "a":
            self.save_as()

    def _warn(self, problem: str | EditRejected) -> None:
        self._host.file_problem(problem)


def _file_job(
    _task: Task, watch: MergeStatusWatch, last: FileStamp, journal: Journal
) -> Iterator[DiskCheck]:
    """The file on disk, compared with its last stamp; the journal is written on the way."""
    stamp, found = check_for_change(watch.path, last)
    journal.sync()
    yield DiskCheck(last, stamp, found, journal.other_sessions(), watch.check())


def _clone_job(_task: Task, path: str) -> Iterator[Notice]:
    """What the file's clone lacks: a driver that runs, or its whole history."""
    for notice in clone_notices(path):
        if notice.lack != "unmerged" and should_report(path, notice):
            yield notice
