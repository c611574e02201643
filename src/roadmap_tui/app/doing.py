"""What people do to a plan's items, one at a time."""

from functools import partial

from roadmap_tui.app import changes
from roadmap_tui.app.dialogs.ask import (
    AddDialog,
    Added,
    AnswerDialog,
    Answered,
    NameDialog,
    WhyDialog,
)
from roadmap_tui.app.dialogs.confirm import Choose
from roadmap_tui.app.dialogs.form import ItemForm
from roadmap_tui.app.dialogs.pick import Pick, PickDialog
from roadmap_tui.app.dialogs.source import source_of
from roadmap_tui.app.fields import value_at
from roadmap_tui.app.forms import Ground
from roadmap_tui.app.measuring import Measuring
from roadmap_tui.app.planning import told, when_forecast
from roadmap_tui.app.session import edited
from roadmap_tui.app.tables import model_at, table_at, tables_of
from roadmap_tui.files.display import printable
from roadmap_tui.files.edits import Edit, Refusal, RemoveItem
from roadmap_tui.plan.base import Kind
from roadmap_tui.plan.faults import KeyPath, spell_path
from roadmap_tui.plan.items import Spike
from roadmap_tui.plan.resolve import resolve
from roadmap_tui.plan.roadmap import Plan, kind_of
from roadmap_tui.report import answering


class Doing(Measuring):
    """Editing, adding, moving, answering, dropping and removing."""

    @when_forecast
    def action_edit(self) -> None:
        """Open the form of the selected item."""
        if chosen := self.selected():
            self.edit(chosen[0])

    @when_forecast
    def edit(self, name: str, *field: str) -> None:
        """Open the form of an item, at a field or at the form of the table that it stands in, if one is named."""
        if ground := self._ground():
            place = (kind_of(ground.plan.items[name]), name)
            table = next(
                (field[:end] for end in (2, 1) if field and model_at(Plan, (*place, *field[:end]))),
                (),
            )
            known = not table or table[0] == "stages"
            opened = ground.item(name) if known else ground.table((*place, *table))
            form = ItemForm(opened, self.courtesy, field if known else field[len(table) :])
            self.app.push_screen(form, partial(self._edited, self.title_of(name)))

    @when_forecast
    def edit_plan(self, place: KeyPath, *field: str) -> None:
        """Open the form of a table of the plan as a whole, at a field if one is named."""
        if ground := self._ground():
            form = ItemForm(ground.table(place), self.courtesy, field)
            self.app.push_screen(form, partial(self._edited, printable(spell_path(place))))

    def _ground(self) -> Ground | None:
        session, plan = self.session, self.session.plan
        if session.forecast is None:
            return None
        known = (
            session.document,
            plan,
            resolve(plan),
            session.forecast,
            session.recall,
            session.checked,
        )
        return Ground(*known, is_guest=session.folder is not None)

    @when_forecast
    def action_toml(self) -> None:
        """Show the lines of the selected item, and write them anew."""
        if chosen := self.selected():
            name, document = chosen[0], self.session.document
            place = (kind_of(self.session.plan.items[name]), name)
            dialog = source_of(document, place, is_guest=self.session.folder is not None)
            if dialog is None:
                self.warn(
                    f"{printable(name)} has no header of its own in the file: change it there"
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
                f"teams.{name}": f"team {printable(team.title or name)}: {team.people} people"
                for name, team in plan.teams.items()
            },
            "teams.": "one more team …",
            "policy": "policy: defaults and thresholds",
            "market": "market: how large it is",
        }
        pick = Pick("The plan as a whole", "edit", ways, "Part", "words to look for")
        self.app.push_screen(PickDialog(pick), self._picked_part)

    def _picked_part(self, part: str | None) -> None:
        if part == "teams.":
            self.app.push_screen(NameDialog("One more team", "Id"), self._named_team)
        elif part:
            self.edit_plan(tuple(part.split(".")))

    def _named_team(self, name: str | None) -> None:
        if name:
            self.edit_plan(("teams", name))

    @when_forecast
    def action_table(self) -> None:
        """Choose a table of the selected item, and open its form."""
        if chosen := self.selected():
            name, scene = chosen
            ways = {
                ".".join(path): self._table_told(name, path)
                for path in tables_of(scene.plan.items[name])
            }
            pick = Pick(
                f"Tables of {self.title_of(name)}",
                "edit",
                ways,
                "Table",
                "words, or a new bars.NAME",
                free=True,
            )
            self.app.push_screen(PickDialog(pick), partial(self._picked_table, name))

    def _table_told(self, name: str, path: tuple[str, ...]) -> str:
        """What a table is called, and whether the file has it."""
        item = self.session.plan.items[name]
        there = value_at(self.session.document.data, (kind_of(item), name, *path))
        return printable(".".join(path)) + ("" if there is not None else "   not there yet")

    def _picked_table(self, name: str, text: str | None) -> None:
        item = self.session.plan.items[name]
        table = table_at(item, text) if text else None
        if text and table is None:
            kind = kind_of(item)
            self.warn(
                f"{printable(text)} is no table of a {kind} item; {self.key('tables')} shows which"
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
        self.app.push_screen(AddDialog(kind, self._why_not), self._added)

    def _why_not(self, added: Added) -> str:
        """Why something can't be added; nothing if it can."""
        _, edits = changes.add(self.session.plan, added.kind, added.title, added.fields)
        after = edited(self.session.document, *edits)
        return told(after) if isinstance(after, Refusal) else ""

    def _added(self, added: Added | None) -> None:
        if added is None:
            return
        name, edits = changes.add(self.session.plan, added.kind, added.title, added.fields)
        if self.change(f"added {printable(added.title)}", edits):
            self.session.selected = name

    @when_forecast
    def action_move(self, by: int) -> None:
        """Pin the selected card one column earlier or later."""
        if chosen := self.selected():
            name, scene = chosen
            edits = changes.move(scene.plan, name, scene.item(name).bucket, by)
            if edits:
                self.change(f"moved {self.title_of(name)}", edits)
            else:
                self.warn(
                    "it is in the last column that way"
                    if scene.item(name).bucket
                    else "only open items move; this one has ended"
                )

    @when_forecast
    def action_answer(self) -> None:
        """Ask what a spike found out."""
        chosen = self.selected()
        if chosen is None:
            return
        name, scene = chosen
        spike = scene.plan.items[name]
        if not isinstance(spike, Spike) or spike.status not in {"planned", "active"}:
            self.warn(
                f"only open spikes (◆) get an answer; select one, or add one with {self.key('add')}"
            )
            return
        question = printable(spike.question or scene.item(name).title)
        dialog = AnswerDialog(
            question, changes.consequences(scene.plan, name, scene.item(name).odds)
        )
        self.app.push_screen(dialog, partial(self._answered, name))

    def _answered(self, name: str, answered: Answered | None) -> None:
        if answered is not None and self.session.forecast is not None:
            odds = self.session.forecast.items[name].odds
            edits = answering.answer(
                self.session.plan, name, answered.verdict, answered.learned, odds
            )
            self.change(f"{self.title_of(name)} {answered.verdict}", edits)

    @when_forecast
    def action_drop(self) -> None:
        """Ask why the selected item is dropped."""
        if chosen := self.selected():
            dialog = WhyDialog(f"Drop {self.title_of(chosen[0])}?", "Enter drop   Esc cancel")
            self.app.push_screen(dialog, partial(self._dropped, chosen[0]))

    def _dropped(self, name: str, why: str | None) -> None:
        if why is not None:
            self.change(
                f"dropped {self.title_of(name)}", changes.drop(self.session.plan, name, why)
            )

    @when_forecast
    def action_remove(self) -> None:
        """Ask whether to remove the selected item."""
        if chosen := self.selected():
            name, scene = chosen
            named_by = changes.mentions(scene.plan, name)
            also = (
                f" It is also taken out of {', '.join(map(self.title_of, named_by))}."
                if named_by
                else ""
            )
            record = f"To keep a record, drop it ({self.key('drop')}) instead."
            text = f"It goes from the file, with its comments.{also} {record}"
            dialog = Choose(f"Remove {self.title_of(name)}?", text, {"r": "remove"})
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
        self.say(f"{word}: {what}")
        self.recalculate()
