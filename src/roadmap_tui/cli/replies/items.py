"""`roadmap add`, `roadmap remove` and `roadmap rename`: whole items."""

from collections.abc import Iterator
from typing import NamedTuple

from roadmap_tui.answers.edits import AddAnswer, ChangedValue, RemoveAnswer, RenameAnswer
from roadmap_tui.answers.json_text import to_json
from roadmap_tui.cli.file_edits import (
    WriteOptions,
    apply_and_save,
    open_for_edit,
    open_item,
    parse_value,
    typed_value_reply,
    with_retries,
)
from roadmap_tui.cli.reply import REFUSED, Reply
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import AddItem, RemoveItem, RenameItem
from roadmap_tui.document.item_rename import item_mentions as mentions_of
from roadmap_tui.document.serializer import serialize_value
from roadmap_tui.document.values import get_at
from roadmap_tui.plan.faults import format_path
from roadmap_tui.plan.roadmap import display_title
from roadmap_tui.text.number_grammar import NumberFault
from roadmap_tui.text.terminal_text import escape_control


class ItemRequest(NamedTuple):
    """An item to add, with its fields as typed; `needs` may hold lists with commas."""

    track: str
    id: str
    title: str | None
    effort: str | None
    needs: tuple[str, ...]

    def fields(self) -> dict[str, object] | NumberFault:
        """The fields that were given, as values of the file; or why the effort is none."""
        fields = dict[str, object]()
        if self.title:
            fields["title"] = self.title
        if self.effort:
            effort = parse_value(self.effort, (self.track, self.id, "effort"))
            if isinstance(effort, NumberFault):
                return effort
            fields["effort"] = effort
        if self.needs:
            fields["needs"] = [each.strip() for each in self._single_needs() if each.strip()]
        return fields

    def _single_needs(self) -> Iterator[str]:
        for each in self.needs:
            yield from each.split(",")


def add_reply(file: str, item: ItemRequest, *, sha256: str | None, as_json: bool) -> Reply:
    """Add an item."""

    def attempt(write: WriteOptions) -> Reply:
        document = open_for_edit(file, write.sha256)
        if isinstance(document, Reply):
            return document
        fields = item.fields()
        if isinstance(fields, NumberFault):
            return typed_value_reply("effort", fields)
        edit = AddItem(item.track, item.id, fields)
        rejected = apply_and_save(document, edit, locked=write.locked)
        if rejected is not None:
            return rejected
        path = format_path((item.track, item.id))
        if as_json:
            changed = ChangedValue(path=path, old=None, new=fields)
            return Reply(to_json(AddAnswer.read(file=file, changed=changed)))
        title = display_title(item.id, item.title or "")
        effort = fields.get("effort")
        stored = f", effort {serialize_value(effort)}" if effort is not None else ""
        return Reply(escape_control(f"{file}: added {path}, {title}{stored}") + "\n")

    return with_retries(file, sha256, attempt)


def remove_reply(
    file: str, name: str, *, mentions: bool, sha256: str | None, as_json: bool
) -> Reply:
    """Remove an item; with `mentions`, also what other items say of it."""

    def attempt(write: WriteOptions) -> Reply:
        opened = open_item(file, write.sha256, name)
        if isinstance(opened, Reply):
            return opened
        document, item = opened
        references = _references(document, item)
        if references and not mentions:
            return _still_referenced(item[1], references)
        edit = RemoveItem(item[1], mentions)
        rejected = apply_and_save(document, edit, locked=write.locked)
        if rejected is not None:
            return rejected
        if as_json:
            old = get_at(document.data, item)
            changed = ChangedValue(path=format_path(item), old=old, new=None)
            answer = RemoveAnswer.read(file=file, changed=changed, mentions=references)
            return Reply(to_json(answer))
        also = f", also from {', '.join(references)}" if references else ""
        return Reply(escape_control(f"{file}: removed {format_path(item)}{also}") + "\n")

    return with_retries(file, sha256, attempt)


def rename_reply(file: str, old: str, new: str, *, sha256: str | None, as_json: bool) -> Reply:
    """Give an item another id or track, and follow it everywhere."""

    def attempt(write: WriteOptions) -> Reply:
        opened = open_item(file, write.sha256, old)
        if isinstance(opened, Reply):
            return opened
        document, item = opened
        track, _, name = new.rpartition(".")
        renamed = (track or item[0], name)
        edit = RenameItem(item[1], *renamed)
        rejected = apply_and_save(document, edit, locked=write.locked)
        if rejected is not None:
            return rejected
        references = list[str]()
        if name != item[1]:
            references = [format_path(path) for path, _ in mentions_of(document.data, item[1])]
        before, after = format_path(item), format_path(renamed)
        if as_json:
            changed = ChangedValue(path=before, old=before, new=after)
            answer = RenameAnswer.read(
                file=file, changed=None if renamed == item else changed, mentions=references
            )
            return Reply(to_json(answer))
        if renamed == item:
            return Reply(escape_control(f"{file}: {before} is called so already") + "\n")
        also = f", and in {', '.join(references)}" if references else ""
        return Reply(escape_control(f"{file}: {before} → {after}{also}") + "\n")

    return with_retries(file, sha256, attempt)


def _still_referenced(name: str, references: list[str]) -> Reply:
    text = (
        f"not written: {name} is named by {', '.join(references)}; with --mentions it goes from"
        " there too"
    )
    return Reply(err=escape_control(f"roadmap: {text}") + "\n", code=REFUSED)


def _references(document: Document, item: tuple[str, str]) -> list[str]:
    """The fields of other items that name this one."""
    paths = (path for path, _ in mentions_of(document.data, item[1]) if path[:2] != item)
    return list(dict.fromkeys(format_path(_field_of(path)) for path in paths))


def _field_of(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The part of a path that names the field, without positions in a list."""
    end = next((at for at, step in enumerate(path) if isinstance(step, int)), len(path))
    return path[:end]
