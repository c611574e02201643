"""Committing in the background."""

from textual import work
from textual.message import Message
from textual.widget import Widget

from roadmap_tui.app.courtesy import Courtesy
from roadmap_tui.app.forecaster import working
from roadmap_tui.app.session import Session
from roadmap_tui.files.document import Document
from roadmap_tui.files.reader import read
from roadmap_tui.forecast.pace import Check
from roadmap_tui.history.asking import Unavailable
from roadmap_tui.history.commit import Place, commit, place
from roadmap_tui.history.compare import Comparison, compare
from roadmap_tui.history.git import Commit, Repository, repository
from roadmap_tui.plan.roadmap import title_of
from roadmap_tui.report.message import draft


class Committer(Widget):
    """Drafts messages and commits; it shows nothing itself."""

    DEFAULT_CSS = "Committer { display: none; }"

    class Drafted(Message):
        """A message was drafted, or it is known why there can be none."""

        def __init__(self, place: Place | Unavailable, text: str) -> None:
            super().__init__()
            self.place = place
            self.text = text

    class Committed(Message):
        """The file was committed, or it is known why not; then the message is kept."""

        def __init__(self, result: Commit | Unavailable, text: str) -> None:
            super().__init__()
            self.result = result
            self.text = text

    def __init__(self, session: Session, courtesy: Courtesy) -> None:
        super().__init__()
        self._session = session
        self._courtesy = courtesy
        self.kept = ""

    def draft(self) -> None:
        """Draft a message of what has changed in the file since it was committed."""
        self._draft(self._session.path, self._session.document)

    @work(thread=True, exclusive=True, group="commit", description="draft")
    def _draft(self, path: str, document: Document) -> None:
        found = _place_of(path)
        if isinstance(found, Place) and found.before == document.raw:
            found = Unavailable("nothing to commit: git has this file as it is")
        if isinstance(found, Unavailable):
            self.post_message(self.Drafted(found, ""))
            return
        with working(self._courtesy) as check:
            text = _drafted(found, document, check)
            check()
            self.post_message(self.Drafted(found, text))

    def commit(self, repo: Repository, text: str) -> None:
        """Commit the file."""
        self._commit(repo, text)

    @work(thread=True, exclusive=True, group="commit", description="commit")
    def _commit(self, repo: Repository, text: str) -> None:
        self.post_message(self.Committed(commit(repo, text), text))


def _place_of(path: str) -> Place | Unavailable:
    repo = repository(path)
    return repo if isinstance(repo, Unavailable) else place(repo)


def _drafted(found: Place, document: Document, check: Check) -> str:
    before = None if found.before is None else read(found.before, f"{document.name}@HEAD")
    compared = compare(before, document, check=check)
    plan = document.plan
    title = title_of(document.name, plan.roadmap.title if plan is not None else None)
    return draft(compared, title) if isinstance(compared, Comparison) else f"Change {title}\n"
