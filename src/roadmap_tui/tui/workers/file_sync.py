"""Keeping people's work: saving, what others do to the file, and what a crash left over."""

from functools import partial

from textual import work
from textual.message import Message
from textual.widget import Widget

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected
from roadmap_tui.document.merge import MergeResult, merge_documents
from roadmap_tui.history.clone_state import clone_notices, should_report
from roadmap_tui.storage.journal import UnsavedSession, unsaved_sessions
from roadmap_tui.storage.load import Unreadable
from roadmap_tui.storage.save import ChangedOnDisk, FileGone, Unwritable
from roadmap_tui.storage.watch import FileStamp, check_for_change
from roadmap_tui.tui.dialogs.confirm import ConfirmDialog
from roadmap_tui.tui.dialogs.merge import MergeDialog
from roadmap_tui.tui.dialogs.prompt import NameDialog
from roadmap_tui.tui.dialogs.recover import RecoverDialog
from roadmap_tui.tui.state import Session, require_forecastable

CHECK_SECONDS = 0.5
_SAVE_AS_CHOICE = {"a": "save under another name"}


class Keeper(Widget):
    """Watches the file of a session and sees to it that nobody's work is lost; it shows nothing itself."""

    DEFAULT_CSS = "Keeper { display: none; }"

    class Updated(Message):
        """The session's document, or what is known of its file, is another."""

        def __init__(self, said: str = "", *, recalculate: bool = False) -> None:
            super().__init__()
            self.notice = said
            self.recalculate = recalculate

    class Warned(Message):
        """Something that people should know, or why something was not done."""

        def __init__(self, text: str | EditRejected) -> None:
            super().__init__()
            self.text = text

    class Looked(Message, bubble=False):
        """The file was looked at."""

        def __init__(
            self,
            last: FileStamp,
            stamp: FileStamp,
            found: Document | Unreadable | None,
            others: int,
        ) -> None:
            super().__init__()
            self.last = last
            self.stamp = stamp
            self.found = found
            self.others = others

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._is_checking = False
        self._problem: str | None = None

    def on_mount(self) -> None:
        """Offer what was left over, and begin to watch."""
        self.set_interval(CHECK_SECONDS, self.check_file)
        self._ask_clone(self._session.path)
        if self._session.read_only is None:
            self._offer_recovery()

    @work(thread=True, group="clone")
    def _ask_clone(self, path: str) -> None:
        """Say what the file's clone lacks: a finished merge, a driver that runs, or the whole history."""
        for notice in clone_notices(path):
            if should_report(path, notice):
                self._warn(notice.sentence)

    # What a crash left over

    def _offer_recovery(self) -> None:
        left = unsaved_sessions(self._session.path)
        while left and left[0].entries[-1].text == self._session.document.text:
            left[0].discard()
            left = left[1:]
        if left:
            self.app.push_screen(RecoverDialog(left[0]), partial(self._on_recovery_choice, left[0]))

    def _on_recovery_choice(self, left: UnsavedSession, way: str | None) -> None:
        if way == "r":
            self._session.recover(left)
            self.post_message(
                self.Updated("recovered, not saved yet · u takes it back", recalculate=True)
            )
            self._reconcile()
        elif way == "d":
            left.discard()
            self._offer_recovery()

    # What others do

    def check_file(self) -> None:
        """Look at the file, unless a look is under way."""
        if not self._is_checking:
            self._is_checking = True
            self._read_file(self._session.path, self._session.disk)

    @work(thread=True, group="disk")
    def _read_file(self, path: str, last: FileStamp) -> None:
        stamp, found = check_for_change(path, last)
        self._session.journal.sync()
        self.post_message(self.Looked(last, stamp, found, self._session.journal.other_sessions()))

    def on_keeper_looked(self, event: Looked) -> None:
        """Take in what was seen, unless the session saved or read the file meanwhile."""
        self._is_checking = False
        session = self._session
        if event.others and not session.other_sessions:
            self._warn(
                "open in another Roadmap TUI too; what both change is merged when the second one"
                " saves"
            )
        if session.journal.problem not in {None, self._problem}:
            self._warn(session.journal.problem or "")
        changed = event.others != session.other_sessions
        session.other_sessions, self._problem = event.others, session.journal.problem
        if event.last is session.disk:
            session.disk = event.stamp
            if event.found is not None:
                self._on_disk_changed(event.found)
                changed = True
        if changed:
            self.post_message(self.Updated())

    def _on_disk_changed(self, found: Document | Unreadable) -> None:
        """The file on disk has become another."""
        session = self._session
        session.disk_version = found
        if isinstance(found, Unreadable):
            self._warn(f"{found.text}. Here all is as it was, and Ctrl+S writes it")
            return
        if found.raw == session.saved.raw:
            session.disk_version = None
            return
        fit = require_forecastable(found)
        if isinstance(fit, EditRejected):
            place = found.faults[0].message if found.faults else fit.text
            self._warn(f"changed on disk, but it can't be read: {place}. Here all is as it was")
            return
        self._reconcile()

    def _reconcile(self) -> None:
        """Bring what others made of the file and the own work together; ask where there is own work."""
        session, found = self._session, self._session.disk_version
        if not isinstance(found, Document) or isinstance(require_forecastable(found), EditRejected):
            return
        if session.is_saved:
            session.adopt("reloaded from disk", found, found)
            self.post_message(
                self.Updated(
                    "reloaded: somebody changed the file · u takes it back", recalculate=True
                )
            )
        elif self.app.screen is self.screen:
            self._merge(found)
        else:
            self._warn("the file has changed on disk; Ctrl+S brings both together")

    def _merge(self, found: Document) -> None:
        session = self._session
        merged = merge_documents(session.saved, session.document, found)
        if isinstance(merged, EditRejected):
            self._warn(merged)
        else:
            dialog = MergeDialog(session.saved, session.document, found, merged)
            self.app.push_screen(dialog, partial(self._on_merged, session.document, found))

    def _on_merged(self, mine: Document, found: Document, merged: MergeResult | None) -> None:
        session = self._session
        if merged is None or session.document is not mine:
            return
        session.adopt("merged with the file on disk", found, merged.document)
        said = "merged, not saved yet · u takes it back" if not session.is_saved else "merged"
        self.post_message(self.Updated(said, recalculate=True))

    # Saving

    def save(self) -> bool:
        """Write the file; whether it is written. What stands in the way is asked about."""
        session = self._session
        if not isinstance(session.disk_version, Document):
            return self._report_save(session.save(), session.path)
        fit = require_forecastable(session.disk_version)
        if isinstance(fit, EditRejected):
            text = f"On disk it can't be read: {fit.text}. It is not written over."
            self.app.push_screen(
                ConfirmDialog("Somebody broke the file", text, _SAVE_AS_CHOICE),
                self._on_save_as_choice,
            )
        else:
            self._reconcile()
        return False

    def save_as(self) -> None:
        """Ask for another name, and write the file there."""
        self.app.push_screen(
            NameDialog("Save under another name", "File", self._session.path), self._save_as
        )

    def _save_as(self, path: str | None) -> None:
        if path:
            self._report_save(self._session.save_as(path), path)

    def _report_save(self, result: object, path: str) -> bool:
        if not isinstance(result, EditRejected):
            self.post_message(self.Updated(f"saved {path}"))
            return True
        self._warn(result)
        match result:
            case ChangedOnDisk():
                self.check_file()
            case FileGone():
                self.app.push_screen(
                    ConfirmDialog(
                        "The file is gone",
                        f"{path} is not there any more.",
                        {"w": "write it again"},
                    ),
                    self._on_rewrite_choice,
                )
            case Unwritable():
                self.app.push_screen(
                    ConfirmDialog("Not saved", result.text, _SAVE_AS_CHOICE),
                    self._on_save_as_choice,
                )
        self.post_message(self.Updated())
        return False

    def _on_rewrite_choice(self, way: str | None) -> None:
        if way == "w":
            self._report_save(self._session.save(anew=True), self._session.path)

    def _on_save_as_choice(self, way: str | None) -> None:
        if way == "a":
            self.save_as()

    def _warn(self, text: str | EditRejected) -> None:
        self.post_message(self.Warned(text))
