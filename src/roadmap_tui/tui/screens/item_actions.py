"""What people do to a plan's items, one at a time."""

from functools import partial

from roadmap_tui.document.edits import Edit, EditRejected, RemoveItem
from roadmap_tui.evidence import spike_answer
from roadmap_tui.plan.base import Kind
from roadmap_tui.plan.faults import KeyPath, format_path
from roadmap_tui.plan.items import Spike
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan, item_kind
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui import plan_edits
from roadmap_tui.tui.dialogs.confirm import ConfirmDialog
from roadmap_tui.tui.dialogs.form import ItemForm
from roadmap_tui.tui.dialogs.prompt import (
    AddItemDialog,
    AnswerDialog,
    NameDialog,
    NewItem,
    ReasonDialog,
    SpikeAnswer,
)
from roadmap_tui.tui.dialogs.select import PickDialog, SelectOptions
from roadmap_tui.tui.dialogs.source import open_source
from roadmap_tui.tui.forms.field_values import value_at
from roadmap_tui.tui.forms.form_model import FormContext
from roadmap_tui.tui.forms.table_fields import item_tables, model_at, parse_table_path
from roadmap_tui.tui.screens.measurement_actions import Measuring
from roadmap_tui.tui.screens.plan_screen import needs_forecast, rejection_text
from roadmap_tui.tui.state import edit_plan


class Doing(Measuring):
    """Editing, adding, moving, answering, dropping and removing."""

    @needs_forecast
    def action_edit(self) -> None:
        """Open the form of the selected item."""
        if chosen := self.selected():
            self.edit(chosen[0])

    @needs_forecast
    def edit(self, name: str, *field: str) -> None:
        """Open the form of an item, at a field or at the form of the table that it stands in, if one is named."""
        if ground := self._ground():
            place = (item_kind(ground.plan.items[name]), name)
            table = next(
                (field[:end] for end in (2, 1) if field and model_at(Plan, (*place, *field[:end]))),
                (),
            )
            known = not table or table[0] == "stages"
            opened = ground.item_form(name) if known else ground.table_form((*place, *table))
            form = ItemForm(opened, self.courtesy, field if known else field[len(table) :])
            self.app.push_screen(form, partial(self._edited, self.title_of(name)))

    @needs_forecast
    def edit_plan(self, place: KeyPath, *field: str) -> None:
        """Open the form of a table of the plan as a whole, at a field if one is named."""
        if ground := self._ground():
            form = ItemForm(ground.table_form(place), self.courtesy, field)
            self.app.push_screen(form, partial(self._edited, escape_control(format_path(place))))

    def _ground(self) -> FormContext | None:
        session, plan = self.session, self.session.plan
        if session.forecast is None:
            return None
        known = (
            session.document,
            plan,
            resolve_plan(plan),
            session.forecast,
            session.check_results,
        )
        return FormContext(*known, is_guest=session.folder is not None)

    @needs_forecast
    def action_toml(self) -> None:
        """Show the lines of the selected item, and write them anew."""
        if chosen := self.selected():
            name, document = chosen[0], self.session.document
            place = (item_kind(self.session.plan.items[name]), name)
            dialog = open_source(document, place, is_guest=self.session.folder is not None)
            if dialog is None:
                self.warn(
                    f"{escape_control(name)} has no header of its own in the file: change it there"
                )
            else:
                self.app.push_screen(
                    dialog, partial(self._edited, f"the text of {self.title_of(name)}")
                )

    def _edited(self, what: str, edits: tuple[Edit, ...] | None) -> None:
        if edits:
            self.change(f"edited {what}", edits)

    def action_plan(self) -> None:
        """Choose settings, a team or the policy, and open its form."""
        plan = self.session.plan
        ways = {
            "roadmap": "settings of the roadmap: title, users, horizon, currency …",
            **{
                f"teams.{name}": f"team {escape_control(team.title or name)}: {team.people} people"
                for name, team in plan.teams.items()
            },
            "teams.": "one more team …",
            "policy": "policy: defaults and thresholds",
            "market": "market: how large it is",
        }
        pick = SelectOptions("The plan as a whole", "edit", ways, "Part", "words to look for")
        self.app.push_screen(PickDialog(pick), self._picked_part)

    def _picked_part(self, part: str | None) -> None:
        if part == "teams.":
            self.app.push_screen(NameDialog("One more team", "Id"), self._named_team)
        elif part:
            self.edit_plan(tuple(part.split(".")))

    def _named_team(self, name: str | None) -> None:
        if name:
            self.edit_plan(("teams", name))

    @needs_forecast
    def action_table(self) -> None:
        """Choose a table of the selected item, and open its form."""
        if chosen := self.selected():
            name, scene = chosen
            ways = {
                ".".join(path): self._table_told(name, path)
                for path in item_tables(scene.plan.items[name])
            }
            pick = SelectOptions(
                f"Tables of {self.title_of(name)}",
                "edit",
                ways,
                "Table",
                "words, or a new bars.NAME",
                allows_other=True,
            )
            self.app.push_screen(PickDialog(pick), partial(self._picked_table, name))

    def _table_told(self, name: str, path: tuple[str, ...]) -> str:
        """What a table is called, and whether the file has it."""
        item = self.session.plan.items[name]
        there = value_at(self.session.document.data, (item_kind(item), name, *path))
        return escape_control(".".join(path)) + ("" if there is not None else "   not there yet")

    def _picked_table(self, name: str, text: str | None) -> None:
        item = self.session.plan.items[name]
        table = parse_table_path(item, text) if text else None
        if text and table is None:
            kind = item_kind(item)
            self.warn(
                f"{escape_control(text)} is no table of a {kind} item; {self.key_label('tables')} shows which"
                " there are"
            )
        elif table is not None:
            self.edit(name, *table)

    def action_add(self) -> None:
        """Ask what to add."""
        selected = self.session.selected
        kind: Kind = (
            "product" if selected is None or selected in self.session.plan.product else "model"
        )
        self.app.push_screen(AddItemDialog(kind, self._why_not), self._added)

    def _why_not(self, added: NewItem) -> str:
        """Why something can't be added; nothing if it can."""
        _, edits = plan_edits.add_item(self.session.plan, added.kind, added.title, added.fields)
        after = edit_plan(self.session.document, *edits)
        return rejection_text(after) if isinstance(after, EditRejected) else ""

    def _added(self, added: NewItem | None) -> None:
        if added is None:
            return
        name, edits = plan_edits.add_item(self.session.plan, added.kind, added.title, added.fields)
        if self.change(f"added {escape_control(added.title)}", edits):
            self.session.selected = name

    @needs_forecast
    def action_move(self, by: int) -> None:
        """Pin the selected card one column earlier or later."""
        if chosen := self.selected():
            name, scene = chosen
            edits = plan_edits.shift_bucket(scene.plan, name, scene.item(name).bucket, by)
            if edits:
                self.change(f"moved {self.title_of(name)}", edits)
            else:
                self.warn(
                    "it is in the last column that way"
                    if scene.item(name).bucket
                    else "only open items move; this one has ended"
                )

    @needs_forecast
    def action_answer(self) -> None:
        """Ask what a spike found out."""
        chosen = self.selected()
        if chosen is None:
            return
        name, scene = chosen
        spike = scene.plan.items[name]
        if not isinstance(spike, Spike) or spike.status not in {"planned", "active"}:
            self.warn(
                f"only open spikes (◆) get an answer; select one, or add one with {self.key_label('add')}"
            )
            return
        question = escape_control(spike.question or scene.item(name).title)
        dialog = AnswerDialog(
            question, plan_edits.verdict_effects(scene.plan, name, scene.item(name).odds)
        )
        self.app.push_screen(dialog, partial(self._answered, name))

    def _answered(self, name: str, answered: SpikeAnswer | None) -> None:
        if answered is not None and self.session.forecast is not None:
            odds = self.session.forecast.items[name].odds
            edits = spike_answer.spike_answer_edits(
                self.session.plan, name, answered.verdict, answered.learned, odds
            )
            self.change(f"{self.title_of(name)} {answered.verdict}", edits)

    @needs_forecast
    def action_drop(self) -> None:
        """Ask why the selected item is dropped."""
        if chosen := self.selected():
            dialog = ReasonDialog(f"Drop {self.title_of(chosen[0])}?", "Enter drop   Esc cancel")
            self.app.push_screen(dialog, partial(self._dropped, chosen[0]))

    def _dropped(self, name: str, why: str | None) -> None:
        if why is not None:
            self.change(
                f"dropped {self.title_of(name)}", plan_edits.drop_item(self.session.plan, name, why)
            )

    @needs_forecast
    def action_remove(self) -> None:
        """Ask whether to remove the selected item."""
        if chosen := self.selected():
            name, scene = chosen
            named_by = plan_edits.referring_items(scene.plan, name)
            also = (
                f" It is also taken out of {', '.join(map(self.title_of, named_by))}."
                if named_by
                else ""
            )
            record = f"To keep a record, drop it ({self.key_label('drop')}) instead."
            text = f"It goes from the file, with its comments.{also} {record}"
            dialog = ConfirmDialog(f"Remove {self.title_of(name)}?", text, {"r": "remove"})
            self.app.push_screen(dialog, partial(self._removed, name))

    def _removed(self, name: str, way: str | None) -> None:
        if way == "r":
            self.change(f"removed {self.title_of(name)}", (RemoveItem(name, mentions=True),))

    def action_undo(self) -> None:
        """Take the last change back."""
        self._stepped("undone", self.session.undo())

    def action_redo(self) -> None:
        """Make the change again that was undone."""
        self._stepped("done again", self.session.redo())

    def _stepped(self, word: str, what: str | None) -> None:
        if what is None:
            self.warn(
                "there is nothing more to undo" if word == "undone" else "there is nothing to redo"
            )
            return
        self.notify_done(f"{word}: {what}")
        self.recalculate()
