"""`roadmap diff`: what changed since a revision, and what moved because of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from roadmap_tui.answers.history import DiffAnswer
from roadmap_tui.answers.json_text import to_json
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.history_args import (
    find_commit,
    history_error,
    merge_warning,
    open_history,
    revision_label,
)
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import UNREADABLE, Reply, usage_error
from roadmap_tui.cli.sections import assumption_legend, heading_lines
from roadmap_tui.cli.source import render_faults, roadmap_title
from roadmap_tui.cli.table import bold, wrap_text
from roadmap_tui.document.document import Document
from roadmap_tui.document.reader import read_document
from roadmap_tui.export.comparison import comparison_markdown
from roadmap_tui.history.compare import Comparison, ComparisonOptions, compare
from roadmap_tui.history.git_process import FileAbsent, GitUnavailable
from roadmap_tui.history.revisions import Repository, file_at
from roadmap_tui.narrative.comparison import (
    VersionNames,
    comparison_text,
)
from roadmap_tui.storage.load import Unreadable, load_document
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.escape import single_line
from roadmap_tui.text.terminal_text import escape_control


@dataclass(frozen=True, slots=True)
class _Version:
    """One side of the comparison.

    Attributes:
        document: its content; None if there was no file.
        name: its name for people.
        data: its name for scripts.
    """

    document: Document | None
    name: str
    data: dict[str, object]


def diff_reply(
    file: str,
    revs: tuple[str, ...],
    options: ForecastOptions,
    *,
    form: Literal["text", "md", "json"],
) -> Reply:
    """Compare the first revision with the second, or with the file on disk."""
    if len(revs) > 2:
        return usage_error("two revisions at most; name a branch, a tag or a commit each")
    repo = open_history(file)
    if isinstance(repo, Reply):
        return repo
    after = _version_at(repo, file, revs[1]) if len(revs) > 1 else _version_on_disk(file)
    if isinstance(after, Reply):
        return after
    before = _version_at(repo, file, revs[0] if revs else None, may_be_absent=True)
    if isinstance(before, Reply):
        return before
    reply = _compared(before, after, options, form)
    return reply._replace(err=merge_warning(file) + reply.err)


def _compared(
    before: _Version, after: _Version, options: ForecastOptions, form: Literal["text", "md", "json"]
) -> Reply:
    if after.document is None:
        return Reply(code=UNREADABLE)
    how = ComparisonOptions(options.as_of, options.seed, options.runs)
    with progress("comparing") as checkpoint:
        found = compare(before.document, after.document, how, checkpoint)
    if not isinstance(found, Comparison):
        return Reply(err=render_faults(found), code=UNREADABLE)
    title = roadmap_title(after.document.name, found.plan)
    sides = VersionNames(before.name, after.name)
    if form == "json":
        before_data = before.data if before.document else None
        out = to_json(DiffAnswer.of(found, before_data, after.data))
    elif form == "md":
        out = comparison_markdown(found, title, sides)
    else:
        out = "\n".join(_diff_lines(title, found, sides)) + "\n"
    return Reply(out, render_faults(after.document.faults))


def _version_on_disk(file: str) -> _Version | Reply:
    document = load_document(file)
    if isinstance(document, Unreadable):
        return Reply(err=f"{document.text}\n", code=UNREADABLE)
    return _Version(document, file, {"file": file})


def _version_at(
    repo: Repository, file: str, rev: str | None, *, may_be_absent: bool = False
) -> _Version | Reply:
    """The file at a revision; if it is absent and may be, a version without a document."""
    commit = find_commit(repo, file, rev)
    if isinstance(commit, Reply):
        return commit
    raw = file_at(repo, commit)
    name = revision_label(rev, commit)
    if isinstance(raw, FileAbsent) and may_be_absent:
        return _Version(None, f"{name}, where there was no such file", {})
    if isinstance(raw, GitUnavailable):
        return history_error(file, raw)
    data: dict[str, object] = {
        "revision": "HEAD" if rev is None else rev,
        "commit": commit.sha,
        "date": commit.date,
    }
    return _Version(read_document(raw, f"{file}@{rev or 'HEAD'}"), name, data)


def _diff_lines(title: str, comparison: Comparison, sides: VersionNames) -> Iterator[str]:
    period = escape_control(f"from {sides.before} to {sides.after}")
    yield from heading_lines(title, comparison.after, period)
    words = comparison_text(comparison)
    if words.changes:
        yield bold("CHANGED")
        for change in words.changes:
            yield from wrap_text(single_line(change.text), indent="  ", hang="      ")
        yield ""
    if words.moves:
        yield bold("MOVED")
        for move in words.moves:
            yield from wrap_text(escape_control(move.sentence), indent="  ", hang="      ")
            if move.rest:
                rest = escape_control(" · ".join(move.rest))
                yield from wrap_text(rest, indent="      ", hang="      ")
        yield ""
    for note in words.notes:
        yield from wrap_text(note)
    if words.moves:
        month = format_date(comparison.after.horizon_end)
        yield from wrap_text(f"ships: the chance to deliver by {month}. finish: if it ships.")
    if words.guesses:
        yield from assumption_legend(comparison.after)
