"""Committing in the background."""

from textual import work
from textual.message import Message
from textual.widget import Widget

from roadmap_tui.document.document import Document
from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.simulation.cancellation import Checkpoint
from roadmap_tui.history.commit import CommitTarget, commit_file, commit_target
from roadmap_tui.history.compare import Comparison, compare
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.revisions import Commit, Repository, find_repository
from roadmap_tui.narrative.commit_message import draft_commit_message
from roadmap_tui.plan.roadmap import display_title
from roadmap_tui.tui.state import Session
from roadmap_tui.tui.workers.forecast import interruptible
from roadmap_tui.tui.workers.input_priority import InputPriority


class Committer(Widget):
    """Drafts messages and commits; it shows nothing itself."""

    DEFAULT_CSS = "Committer { display: none; }"

    class Drafted(Message):
        """A message was drafted, or it is known why there can be none."""

        def __init__(self, place: CommitTarget | GitUnavailable, text: str) -> None:
            super().__init__()
            self.place = place
            self.text = text

    class Committed(Message):
        """The file was committed, or it is known why not; then the message is kept."""

        def __init__(self, result: Commit | GitUnavailable, text: str) -> None:
            super().__init__()
            self.result = result
            self.text = text

    def __init__(self, session: Session, courtesy: InputPriority) -> None:
        super().__init__()
        self._session = session
        self._courtesy = courtesy
        self.kept_message = ""

    def draft(self) -> None:
        """Draft a message of what has changed in the file since it was committed."""
        self._draft(self._session.path, self._session.document)

    @work(thread=True, exclusive=True, group="commit", description="draft")
    def _draft(self, path: str, document: Document) -> None:
        found = _commit_place(path)
        if isinstance(found, CommitTarget) and found.before == document.raw:
            found = GitUnavailable("nothing to commit: git has this file as it is")
        if isinstance(found, GitUnavailable):
            self.post_message(self.Drafted(found, ""))
            return
        with interruptible(self._courtesy) as check:
            text = _draft_message(found, document, check)
            check()
            self.post_message(self.Drafted(found, text))

    def commit(self, repo: Repository, text: str) -> None:
        """Commit the file."""
        self._commit(repo, text)

    @work(thread=True, exclusive=True, group="commit", description="commit")
    def _commit(self, repo: Repository, text: str) -> None:
        self.post_message(self.Committed(commit_file(repo, text), text))


def _commit_place(path: str) -> CommitTarget | GitUnavailable:
    repo = find_repository(path)
    return repo if isinstance(repo, GitUnavailable) else commit_target(repo)


def _draft_message(found: CommitTarget, document: Document, check: Checkpoint) -> str:
    before = None if found.before is None else read_document(found.before, f"{document.name}@HEAD")
    compared = compare(before, document, checkpoint=check)
    plan = document.plan
    title = display_title(document.name, plan.roadmap.title if plan is not None else None)
    return (
        draft_commit_message(compared, title)
        if isinstance(compared, Comparison)
        else f"Change {title}\n"
    )
