"""Comparing the plan with what it was, in the background."""

from textual import work
from textual.message import Message
from textual.widget import Widget

from roadmap_tui.app.compared import Against, Compared, base_of, compared_with, told_why
from roadmap_tui.app.courtesy import Courtesy
from roadmap_tui.app.dialogs.against import AgainstDialog
from roadmap_tui.app.forecaster import working
from roadmap_tui.app.session import Session
from roadmap_tui.files.document import Document
from roadmap_tui.history.asking import Unavailable
from roadmap_tui.history.git import Commit, repository, revisions

_MOST = 500


class Comparer(Widget):
    """Compares a session's document with what it was; it shows nothing itself."""

    DEFAULT_CSS = "Comparer { display: none; }"

    class Done(Message):
        """A comparison was made."""

        def __init__(self, compared: Compared) -> None:
            super().__init__()
            self.compared = compared

    class Chosen(Message):
        """Somebody has chosen what to compare with."""

    class Listed(Message):
        """The revisions there are, the newest first; none where there is no git, and then why."""

        def __init__(self, commits: tuple[Commit, ...], why: str) -> None:
            super().__init__()
            self.commits = commits
            self.why = why

    def __init__(self, session: Session, courtesy: Courtesy) -> None:
        super().__init__()
        self._session = session
        self._courtesy = courtesy

    def update(self, view: str) -> None:
        """Compare, if that is what is shown; a newer request puts an older one aside."""
        session = self._session
        if view == "changes":
            self._compare(session.path, session.document, session.saved, session.against)

    @work(thread=True, exclusive=True, group="compare", description="compare")
    def _compare(self, path: str, document: Document, saved: Document, against: Against) -> None:
        base = base_of(path, document, saved, against)
        with working(self._courtesy) as check:
            compared = compared_with(document, base, check)
            check()
            self.post_message(self.Done(compared))

    def ask(self) -> None:
        """Ask what to compare with, once it is known what there is."""
        self._list(self._session.path)

    @work(thread=True, exclusive=True, group="revisions")
    def _list(self, path: str) -> None:
        repo = repository(path)
        found = repo if isinstance(repo, Unavailable) else revisions(repo, _MOST)
        why = told_why(found) if isinstance(found, Unavailable) else ""
        self.post_message(self.Listed(() if isinstance(found, Unavailable) else found, why))

    def on_comparer_listed(self, event: Listed) -> None:
        """Ask."""
        self.app.push_screen(AgainstDialog(event.commits, event.why), self._choose)

    def _choose(self, name: str | None) -> None:
        if name is not None:
            self._session.against, self._session.compared = name, None
            self.post_message(self.Chosen())
