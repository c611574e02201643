"""`roadmap diff`: what changed since a revision, and what moved because of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.cli.basis import Basis
from roadmap_tui.cli.past import commit_named, dated, history_of, merge_warning, not_had
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import UNREADABLE, Reply, wrong_use
from roadmap_tui.cli.source import rendered, roadmap_title
from roadmap_tui.cli.table import bold, wrapped
from roadmap_tui.cli.texts import heading, legend
from roadmap_tui.files.display import printable
from roadmap_tui.files.document import Document
from roadmap_tui.files.load import Unreadable, load
from roadmap_tui.files.reader import read
from roadmap_tui.history.asking import Absent, Unavailable
from roadmap_tui.history.compare import Both, Comparison, compare
from roadmap_tui.history.git import Repository, blob
from roadmap_tui.report.compared import Sides, comparison_data, to_markdown, told
from roadmap_tui.report.data import Data, to_json
from roadmap_tui.report.escape import one_line
from roadmap_tui.report.words import month


@dataclass(frozen=True, slots=True)
class _Side:
    """One version: what it says, None if there was no file; its name for people, and for scripts."""

    document: Document | None
    name: str
    data: Data


def answer(file: str, revs: tuple[str, ...], form: str, basis: Basis, as_json: bool) -> Reply:
    """What changed from the first revision to the second, or to the file as it lies on disk."""
    if len(revs) > 2:
        return wrong_use("two revisions at most; name a branch, a tag or a commit each")
    repo = history_of(file)
    if isinstance(repo, Reply):
        return repo
    after = _at(repo, file, revs[1]) if len(revs) > 1 else _on_disk(file)
    if isinstance(after, Reply):
        return after
    before = _at(repo, file, revs[0] if revs else None, absent=True)
    if isinstance(before, Reply):
        return before
    reply = _told(before, after, form, basis, as_json)
    return reply._replace(err=merge_warning(file) + reply.err)


def _told(before: _Side, after: _Side, form: str, basis: Basis, as_json: bool) -> Reply:
    if after.document is None:
        return Reply(code=UNREADABLE)
    with progress("comparing") as check:
        found = compare(
            before.document, after.document, Both(basis.as_of, basis.seed, basis.futures), check
        )
    if not isinstance(found, Comparison):
        return Reply(err=rendered(found), code=UNREADABLE)
    title, warnings = (
        roadmap_title(after.document.name, found.plan),
        rendered(after.document.faults),
    )
    sides = Sides(before.name, after.name)
    if as_json:
        out = to_json(comparison_data(found, before.data if before.document else None, after.data))
    elif form == "md":
        out = to_markdown(found, title, sides)
    else:
        out = "\n".join(_lines(title, found, sides)) + "\n"
    return Reply(out, warnings)


def _on_disk(file: str) -> _Side | Reply:
    document = load(file)
    if isinstance(document, Unreadable):
        return Reply(err=f"{document.text}\n", code=UNREADABLE)
    return _Side(document, file, {"file": file})


def _at(repo: Repository, file: str, rev: str | None, *, absent: bool = False) -> _Side | Reply:
    """The file at a revision; where it may be absent, a side without a document if it is."""
    commit = commit_named(repo, file, rev)
    if isinstance(commit, Reply):
        return commit
    held = blob(repo, commit)
    name = dated(rev, commit)
    if isinstance(held, Absent) and absent:
        return _Side(None, f"{name}, where there was no such file", {})
    if isinstance(held, Unavailable):
        return not_had(file, held)
    data: Data = {
        "revision": "HEAD" if rev is None else rev,
        "commit": commit.sha,
        "date": commit.date,
    }
    return _Side(read(held, f"{file}@{rev or 'HEAD'}"), name, data)


def _lines(title: str, comparison: Comparison, sides: Sides) -> Iterator[str]:
    yield from heading(title, comparison.after, printable(f"from {sides.before} to {sides.after}"))
    words = told(comparison)
    if words.changes:
        yield bold("CHANGED")
        for text in (each.text for each in words.changes):
            yield from wrapped(one_line(text), indent="  ", hang="      ")
        yield ""
    if words.moves:
        yield bold("MOVED")
        for move in words.moves:
            yield from wrapped(printable(move.sentence), indent="  ", hang="      ")
            if move.rest:
                yield from wrapped(printable(" · ".join(move.rest)), indent="      ", hang="      ")
        yield ""
    for note in words.notes:
        yield from wrapped(note)
    if words.moves:
        yield from wrapped(
            f"ships: the chance to deliver by {month(comparison.after.until)}. finish: if it ships."
        )
    if words.guesses:
        yield from legend(comparison.after)
