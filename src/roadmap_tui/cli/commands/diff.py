"""`roadmap diff`: what changed since a revision, and what moved because of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.answers.data import JsonObject, to_json
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
from roadmap_tui.history.compare import Comparison, ComparisonOptions, compare
from roadmap_tui.history.git_process import FileAbsent, GitUnavailable
from roadmap_tui.history.revisions import Repository, file_at
from roadmap_tui.narrative.comparison import (
    VersionNames,
    comparison_data,
    comparison_markdown,
    comparison_text,
)
from roadmap_tui.storage.load import Unreadable, load_document
from roadmap_tui.text.dates import format_month
from roadmap_tui.text.escape import single_line
from roadmap_tui.text.terminal_text import escape_control


@dataclass(frozen=True, slots=True)
class _Version:
    """One version: what it says, None if there was no file; its name for people, and for scripts."""

    document: Document | None
    name: str
    data: JsonObject


def answer(
    file: str, revs: tuple[str, ...], form: str, basis: ForecastOptions, as_json: bool
) -> Reply:
    """What changed from the first revision to the second, or to the file as it lies on disk."""
    if len(revs) > 2:
        return usage_error("two revisions at most; name a branch, a tag or a commit each")
    repo = open_history(file)
    if isinstance(repo, Reply):
        return repo
    after = _version_at(repo, file, revs[1]) if len(revs) > 1 else _version_on_disk(file)
    if isinstance(after, Reply):
        return after
    before = _version_at(repo, file, revs[0] if revs else None, absent=True)
    if isinstance(before, Reply):
        return before
    reply = _format_diff(before, after, form, basis, as_json)
    return reply._replace(err=merge_warning(file) + reply.err)


def _format_diff(
    before: _Version, after: _Version, form: str, basis: ForecastOptions, as_json: bool
) -> Reply:
    if after.document is None:
        return Reply(code=UNREADABLE)
    with progress("comparing") as check:
        found = compare(
            before.document,
            after.document,
            ComparisonOptions(basis.as_of, basis.seed, basis.runs),
            check,
        )
    if not isinstance(found, Comparison):
        return Reply(err=render_faults(found), code=UNREADABLE)
    title, warnings = (
        roadmap_title(after.document.name, found.plan),
        render_faults(after.document.faults),
    )
    sides = VersionNames(before.name, after.name)
    if as_json:
        out = to_json(comparison_data(found, before.data if before.document else None, after.data))
    elif form == "md":
        out = comparison_markdown(found, title, sides)
    else:
        out = "\n".join(_diff_lines(title, found, sides)) + "\n"
    return Reply(out, warnings)


def _version_on_disk(file: str) -> _Version | Reply:
    document = load_document(file)
    if isinstance(document, Unreadable):
        return Reply(err=f"{document.text}\n", code=UNREADABLE)
    return _Version(document, file, {"file": file})


def _version_at(
    repo: Repository, file: str, rev: str | None, *, absent: bool = False
) -> _Version | Reply:
    """The file at a revision; where it may be absent, a side without a document if it is."""
    commit = find_commit(repo, file, rev)
    if isinstance(commit, Reply):
        return commit
    held = file_at(repo, commit)
    name = revision_label(rev, commit)
    if isinstance(held, FileAbsent) and absent:
        return _Version(None, f"{name}, where there was no such file", {})
    if isinstance(held, GitUnavailable):
        return history_error(file, held)
    data: JsonObject = {
        "revision": "HEAD" if rev is None else rev,
        "commit": commit.sha,
        "date": commit.date,
    }
    return _Version(read_document(held, f"{file}@{rev or 'HEAD'}"), name, data)


def _diff_lines(title: str, comparison: Comparison, sides: VersionNames) -> Iterator[str]:
    yield from heading_lines(
        title, comparison.after, escape_control(f"from {sides.before} to {sides.after}")
    )
    words = comparison_text(comparison)
    if words.changes:
        yield bold("CHANGED")
        for text in (each.text for each in words.changes):
            yield from wrap_text(single_line(text), indent="  ", hang="      ")
        yield ""
    if words.moves:
        yield bold("MOVED")
        for move in words.moves:
            yield from wrap_text(escape_control(move.sentence), indent="  ", hang="      ")
            if move.rest:
                yield from wrap_text(
                    escape_control(" · ".join(move.rest)), indent="      ", hang="      "
                )
        yield ""
    for note in words.notes:
        yield from wrap_text(note)
    if words.moves:
        yield from wrap_text(
            f"ships: the chance to deliver by {format_month(comparison.after.horizon_end)}. finish: if it ships."
        )
    if words.guesses:
        yield from assumption_legend(comparison.after)
