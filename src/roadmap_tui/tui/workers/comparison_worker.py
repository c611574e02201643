"""Comparing the plan with what it was, in the background."""

from textual import work
from textual.message import Message
from textual.widget import Widget

from roadmap_tui.document.document import Document
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.revisions import Commit, file_revisions, find_repository
from roadmap_tui.tui.dialogs.compare_to import CompareToDialog
from roadmap_tui.tui.state import Session
from roadmap_tui.tui.workers.comparison import (
    CompareTo,
    PlanComparison,
    compare_documents,
    find_comparison_base,
    unavailable_text,
)
from roadmap_tui.tui.workers.forecast import interruptible
from roadmap_tui.tui.workers.input_priority import InputPriority

_MOST = 500


class Comparer(Widget):
    """Compares a session's document with what it was; it shows nothing itself."""

    DEFAULT_CSS = "Comparer { display: none; }"

    class Done(Message):
        """A comparison was made."""

        def __init__(self, compared: PlanComparison) -> None:
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

    def __init__(self, session: Session, courtesy: InputPriority) -> None:
        super().__init__()
        self._session = session
        self._courtesy = courtesy

    def update(self, view: str) -> None:
        """Compare, if that is what is shown; a newer request puts an older one aside."""
        session = self._session
        if view == "changes":
            self._compare(session.path, session.document, session.saved, session.compare_to)

    @work(thread=True, exclusive=True, group="compare", description="compare")
    def _compare(self, path: str, document: Document, saved: Document, against: CompareTo) -> None:
        base = find_comparison_base(path, document, saved, against)
        with interruptible(self._courtesy) as check:
            compared = compare_documents(document, base, check)
            check()
            self.post_message(self.Done(compared))

    def ask(self) -> None:
        """Ask what to compare with, once it is known what there is."""
        self._list(self._session.path)

    @work(thread=True, exclusive=True, group="revisions")
    def _list(self, path: str) -> None:
        repo = find_repository(path)
        found = repo if isinstance(repo, GitUnavailable) else file_revisions(repo, _MOST)
        why = unavailable_text(found) if isinstance(found, GitUnavailable) else ""
        self.post_message(self.Listed(() if isinstance(found, GitUnavailable) else found, why))

    def on_comparer_listed(self, event: Listed) -> None:
        """Ask."""
        self.app.push_screen(CompareToDialog(event.commits, event.why), self._choose)

    def _choose(self, name: str | None) -> None:
        if name is not None:
            self._session.compare_to, self._session.comparison = name, None
            self.post_message(self.Chosen())
