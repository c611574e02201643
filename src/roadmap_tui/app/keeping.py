"""Keeping people's work: saving, what others do to the file, and what a crash left over."""

from functools import partial

from textual import work
from textual.message import Message
from textual.widget import Widget

from roadmap_tui.app.dialogs.ask import NameDialog
from roadmap_tui.app.dialogs.confirm import Choose
from roadmap_tui.app.dialogs.merge import MergeDialog
from roadmap_tui.app.dialogs.recover import RecoverDialog
from roadmap_tui.app.session import Session, usable
from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import Refusal
from roadmap_tui.files.journal import Leftover, leftovers
from roadmap_tui.files.load import Unreadable
from roadmap_tui.files.merge import Merged, merge
from roadmap_tui.files.save import Changed, Gone, Unwritable
from roadmap_tui.files.watch import Stamp, look
from roadmap_tui.history.clone_state import clone_notices, is_to_be_reported

LOOK_SECONDS = 0.5
_ELSEWHERE = {"a": "save under another name"}


class Keeper(Widget):
    """Watches the file of a session and sees to it that nobody's work is lost; it shows nothing itself."""

    DEFAULT_CSS = "Keeper { display: none; }"

    class Updated(Message):
        """The session's document, or what is known of its file, is another."""

        def __init__(self, said: str = "", *, recalculate: bool = False) -> None:
            super().__init__()
            self.said = said
            self.recalculate = recalculate

    class Warned(Message):
        """Something that people should know, or why something was not done."""

        def __init__(self, text: str | Refusal) -> None:
            super().__init__()
            self.text = text

    class Looked(Message, bubble=False):
        """The file was looked at."""

        def __init__(
            self, last: Stamp, stamp: Stamp, found: Document | Unreadable | None, others: int
        ) -> None:
            super().__init__()
            self.last = last
            self.stamp = stamp
            self.found = found
            self.others = others

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._looking = False
        self._problem: str | None = None

    def on_mount(self) -> None:
        """Offer what was left over, and begin to watch."""
        self.set_interval(LOOK_SECONDS, self.look_now)
        self._ask_clone(self._session.path)
        if self._session.read_only is None:
            self._offer()

    @work(thread=True, group="clone")
    def _ask_clone(self, path: str) -> None:
        """Say what the file's clone lacks: a finished merge, a driver that runs, or the whole history."""
        for notice in clone_notices(path):
            if is_to_be_reported(path, notice):
                self._warn(notice.sentence)

    # What a crash left over

    def _offer(self) -> None:
        left = leftovers(self._session.path)
        while left and left[0].steps[-1].text == self._session.document.text:
            left[0].discard()
            left = left[1:]
        if left:
            self.app.push_screen(RecoverDialog(left[0]), partial(self._recovered, left[0]))

    def _recovered(self, left: Leftover, way: str | None) -> None:
        if way == "r":
            self._session.recover(left)
            self.post_message(
                self.Updated("recovered, not saved yet · u takes it back", recalculate=True)
            )
            self._settle()
        elif way == "d":
            left.discard()
            self._offer()

    # What others do

    def look_now(self) -> None:
        """Look at the file, unless a look is under way."""
        if not self._looking:
            self._looking = True
            self._look(self._session.path, self._session.disk)

    @work(thread=True, group="disk")
    def _look(self, path: str, last: Stamp) -> None:
        stamp, found = look(path, last)
        self._session.journal.sync()
        self.post_message(self.Looked(last, stamp, found, self._session.journal.others()))

    def on_keeper_looked(self, event: Looked) -> None:
        """Take in what was seen, unless the session saved or read the file meanwhile."""
        self._looking = False
        session = self._session
        if event.others and not session.others:
            self._warn(
                "open in another Roadmap TUI too; what both change is merged when the second one"
                " saves"
            )
        if session.journal.problem not in {None, self._problem}:
            self._warn(session.journal.problem or "")
        changed = event.others != session.others
        session.others, self._problem = event.others, session.journal.problem
        if event.last is session.disk:
            session.disk = event.stamp
            if event.found is not None:
                self._found(event.found)
                changed = True
        if changed:
            self.post_message(self.Updated())

    def _found(self, found: Document | Unreadable) -> None:
        """The file on disk has become another."""
        session = self._session
        session.elsewhere = found
        if isinstance(found, Unreadable):
            self._warn(f"{found.text}. Here all is as it was, and Ctrl+S writes it")
            return
        if found.raw == session.saved.raw:
            session.elsewhere = None
            return
        fit = usable(found)
        if isinstance(fit, Refusal):
            place = found.faults[0].message if found.faults else fit.text
            self._warn(f"changed on disk, but it can't be read: {place}. Here all is as it was")
            return
        self._settle()

    def _settle(self) -> None:
        """Bring what others made of the file and the own work together; ask where there is own work."""
        session, found = self._session, self._session.elsewhere
        if not isinstance(found, Document) or isinstance(usable(found), Refusal):
            return
        if session.is_saved:
            session.take("reloaded from disk", found, found)
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
        merged = merge(session.saved, session.document, found)
        if isinstance(merged, Refusal):
            self._warn(merged)
        else:
            dialog = MergeDialog(session.saved, session.document, found, merged)
            self.app.push_screen(dialog, partial(self._merged, session.document, found))

    def _merged(self, mine: Document, found: Document, merged: Merged | None) -> None:
        session = self._session
        if merged is None or session.document is not mine:
            return
        session.take("merged with the file on disk", found, merged.document)
        said = "merged, not saved yet · u takes it back" if not session.is_saved else "merged"
        self.post_message(self.Updated(said, recalculate=True))

    # Saving

    def save(self) -> bool:
        """Write the file; whether it is written. What stands in the way is asked about."""
        session = self._session
        if not isinstance(session.elsewhere, Document):
            return self._told(session.save(), session.path)
        fit = usable(session.elsewhere)
        if isinstance(fit, Refusal):
            text = f"On disk it can't be read: {fit.text}. It is not written over."
            self.app.push_screen(
                Choose("Somebody broke the file", text, _ELSEWHERE), self._elsewhere
            )
        else:
            self._settle()
        return False

    def save_as(self) -> None:
        """Ask for another name, and write the file there."""
        self.app.push_screen(
            NameDialog("Save under another name", "File", self._session.path), self._save_as
        )

    def _save_as(self, path: str | None) -> None:
        if path:
            self._told(self._session.save_as(path), path)

    def _told(self, result: object, path: str) -> bool:
        if not isinstance(result, Refusal):
            self.post_message(self.Updated(f"saved {path}"))
            return True
        self._warn(result)
        match result:
            case Changed():
                self.look_now()
            case Gone():
                self.app.push_screen(
                    Choose(
                        "The file is gone",
                        f"{path} is not there any more.",
                        {"w": "write it again"},
                    ),
                    self._anew,
                )
            case Unwritable():
                self.app.push_screen(Choose("Not saved", result.text, _ELSEWHERE), self._elsewhere)
        self.post_message(self.Updated())
        return False

    def _anew(self, way: str | None) -> None:
        if way == "w":
            self._told(self._session.save(anew=True), self._session.path)

    def _elsewhere(self, way: str | None) -> None:
        if way == "a":
            self.save_as()

    def _warn(self, text: str | Refusal) -> None:
        self.post_message(self.Warned(text))
