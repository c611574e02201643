"""`roadmap fmt`: the canonical form."""

from typing import Literal, TypeAlias

from roadmap_tui.cli.changing import open_to_change, refusal_reply
from roadmap_tui.cli.reply import FOUND, GOOD, Reply
from roadmap_tui.files.canonical import canonical, upgraded
from roadmap_tui.files.display import printable
from roadmap_tui.files.edits import Refusal
from roadmap_tui.files.save import save
from roadmap_tui.report.data import envelope, to_json

Done: TypeAlias = Literal["unchanged", "changed", "would change"]


def answer(files: tuple[str, ...], check: bool, upgrade: bool, as_json: bool) -> Reply:
    """What became of each file; the first that can't be written ends it."""
    done: dict[str, Done] = {}
    for file in files:
        result = _put_in_order(file, check, upgrade)
        if isinstance(result, Reply):
            told = "" if as_json else _told(done)
            return result._replace(err=told + result.err)
        done[file] = result
    code = FOUND if "would change" in done.values() else GOOD
    if as_json:
        listed = [{"file": file, "changed": result != "unchanged"} for file, result in done.items()]
        return Reply(to_json(envelope("fmt", written=not check, files=listed)), code=code)
    return Reply(_told(done), code=code)


def _told(done: dict[str, Done]) -> str:
    words = {
        "unchanged": "is in order already",
        "changed": "put in order",
        "would change": "is not in order",
    }
    return "".join(printable(f"{file}: {words[result]}") + "\n" for file, result in done.items())


def _put_in_order(file: str, check: bool, upgrade: bool) -> Done | Reply:
    document = open_to_change(file, None)
    if isinstance(document, Reply):
        return document
    newer = upgraded(document) if upgrade else document
    ordered = newer if isinstance(newer, Refusal) else canonical(newer)
    if isinstance(ordered, Refusal):
        return refusal_reply(ordered)
    if ordered.raw == document.raw:
        return "unchanged"
    if check:
        return "would change"
    saved = save(ordered, file, document.sha256)
    return refusal_reply(saved) if isinstance(saved, Refusal) else "changed"
