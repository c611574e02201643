"""Editing, adding, moving, answering, dropping and removing items."""

import shlex
from functools import partial

from roadmap_tui.document.edits import Edit, EditRejected, RemoveItem
from roadmap_tui.evidence import spike_answer
from roadmap_tui.narrative.summary_sentence import summary_sentence
from roadmap_tui.plan.base import Kind
from roadmap_tui.plan.items import Spike
from roadmap_tui.plan.roadmap import item_kind
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui import plan_edits
from roadmap_tui.tui.base_app import BaseApp
from roadmap_tui.tui.dialogs.confirm import ConfirmDialog
from roadmap_tui.tui.dialogs.item import ItemDialog
from roadmap_tui.tui.dialogs.prompt import (
    AddItemDialog,
    AnswerDialog,
    NewItem,
    ReasonDialog,
    SpikeAnswer,
)
from roadmap_tui.tui.dialogs.source import open_source
from roadmap_tui.tui.dialogs.step import StepDialog, StepOutcome
from roadmap_tui.tui.edit_history import edit_plan
from roadmap_tui.tui.handlers import forms, measurements
from roadmap_tui.tui.next_step import NextStep, complete_step, next_step
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.screens.session_screen import needs_forecast, rejection_text


@needs_forecast
def open_selected(screen: PlanScreen) -> None:
    """Show all figures of the selected item."""
    if chosen := screen.selected_item():
        name, scene = chosen
        screen.app.push_screen(ItemDialog(scene, name), partial(run_next_action, screen))


def run_next_action(screen: PlanScreen, next_action: str | None) -> None:
    """Do what was chosen in the dialog of an item."""
    if next_action == "edit":
        forms.edit_selected(screen)
    elif next_action == "measure":
        measurements.ask_measurement(screen)


@needs_forecast
def copy_sentence(screen: PlanScreen) -> None:
    """Copy the sentence about the selected item."""
    if chosen := screen.selected_item():
        name, scene = chosen
        sentence = summary_sentence(scene.plan, scene.forecast, name)
        if isinstance(screen.app, BaseApp):
            path = escape_control(screen.session.path)
            command = shlex.join(("roadmap", "show", path, escape_control(name), "--say"))
            screen.app.copy_text(sentence, command)


@needs_forecast
def edit_source(screen: PlanScreen) -> None:
    """Edit the lines of the selected item in the file."""
    chosen = screen.selected_item()
    if chosen is None:
        return
    name, session = chosen[0], screen.session
    place = (item_kind(session.plan.items[name]), name)
    dialog = open_source(session.document, place, is_guest=session.folder is not None)
    if dialog is None:
        screen.warn(f"{escape_control(name)} has no header of its own in the file: change it there")
    else:
        what = f"the text of {screen.title_of(name)}"
        screen.app.push_screen(dialog, partial(forms.keep_edits, screen, what))


def ask_new_item(screen: PlanScreen) -> None:
    """Ask what to add."""
    session = screen.session
    kind: Kind = "model"
    if session.selected is None or session.selected in session.plan.product:
        kind = "product"
    dialog = AddItemDialog(kind, partial(_rejection_of, screen))
    screen.app.push_screen(dialog, partial(_add, screen))


def _rejection_of(screen: PlanScreen, added: NewItem) -> str:
    """Why an item can't be added; empty if it can."""
    session = screen.session
    _, edits = plan_edits.add_item(session.plan, added.kind, added.title, added.fields)
    after = edit_plan(session.document, *edits)
    return rejection_text(after) if isinstance(after, EditRejected) else ""


def _add(screen: PlanScreen, added: NewItem | None) -> None:
    if added is None:
        return
    name, edits = plan_edits.add_item(screen.session.plan, added.kind, added.title, added.fields)
    if screen.change(f"added {escape_control(added.title)}", edits):
        screen.session.selected = name


@needs_forecast
def move_selected(screen: PlanScreen, by: int) -> None:
    """Pin the selected card one column earlier or later."""
    chosen = screen.selected_item()
    if chosen is None:
        return
    name, scene = chosen
    edits = plan_edits.shift_bucket(scene.plan, name, scene.item(name).bucket, by)
    if edits:
        screen.change(f"moved {screen.title_of(name)}", edits)
    elif scene.item(name).bucket:
        screen.warn("It is already in the last column.")
    else:
        screen.warn("Only open items can move.")


@needs_forecast
def ask_answer(screen: PlanScreen) -> None:
    """Ask what a spike found out."""
    chosen = screen.selected_item()
    if chosen is None:
        return
    name, scene = chosen
    spike = scene.plan.items[name]
    if not isinstance(spike, Spike) or spike.status not in {"planned", "active"}:
        key = screen.key_label("add")
        screen.warn(f"only open spikes (◆) get an answer; select one, or add one with {key}")
        return
    question = escape_control(spike.question or scene.item(name).title)
    follows = plan_edits.verdict_effects(scene.plan, name, scene.item(name).odds)
    screen.app.push_screen(AnswerDialog(question, follows), partial(_answer, screen, name))


def _answer(screen: PlanScreen, name: str, answered: SpikeAnswer | None) -> None:
    session = screen.session
    if answered is not None and session.forecast is not None:
        odds = session.forecast.items[name].odds
        edits = spike_answer.spike_answer_edits(
            session.plan, name, answered.verdict, answered.learned, odds
        )
        screen.change(f"{screen.title_of(name)} {answered.verdict}", edits)


@needs_forecast
def ask_drop(screen: PlanScreen) -> None:
    """Ask why the selected item is dropped."""
    if chosen := screen.selected_item():
        name = chosen[0]
        dialog = ReasonDialog(f"Drop {screen.title_of(name)}?", "Enter drop   Esc cancel")
        screen.app.push_screen(dialog, partial(_drop, screen, name))


def _drop(screen: PlanScreen, name: str, why: str | None) -> None:
    if why is not None:
        edits = plan_edits.drop_item(screen.session.plan, name, why)
        screen.change(f"dropped {screen.title_of(name)}", edits)


@needs_forecast
def ask_removal(screen: PlanScreen) -> None:
    """Ask whether to remove the selected item."""
    if chosen := screen.selected_item():
        name, scene = chosen
        others = ", ".join(map(screen.title_of, plan_edits.referring_items(scene.plan, name)))
        also = f" It is also taken out of {others}." if others else ""
        record = f"To keep a record, drop it ({screen.key_label('drop')}) instead."
        text = f"It goes from the file, with its comments.{also} {record}"
        dialog = ConfirmDialog(f"Remove {screen.title_of(name)}?", text, {"r": "remove"})
        screen.app.push_screen(dialog, partial(_remove, screen, name))


def _remove(screen: PlanScreen, name: str, way: str | None) -> None:
    if way == "r":
        edits: tuple[Edit, ...] = (RemoveItem(name, mentions=True),)
        screen.change(f"removed {screen.title_of(name)}", edits)


@needs_forecast
def ask_step(screen: PlanScreen) -> None:
    """Ask what follows from the step that the selected item has passed."""
    chosen = screen.selected_item()
    if chosen is None:
        return
    name, scene = chosen
    step = next_step(scene.plan, name)
    if isinstance(step, str):
        screen.warn(step)
    else:
        dialog = StepDialog(screen.title_of(name), step)
        screen.app.push_screen(dialog, partial(_pass_step, screen, name, step))


def _pass_step(screen: PlanScreen, name: str, step: NextStep, said: StepOutcome | None) -> None:
    session = screen.session
    if said is not None and session.forecast is not None and name in session.plan.items:
        edits = complete_step(session.plan, session.forecast, name, said.outcome, said.learned)
        screen.change(f"{screen.title_of(name)}: {step.label}", edits)


def undo_change(screen: PlanScreen) -> None:
    """Undo the last change."""
    what = screen.session.undo()
    if what is None:
        screen.warn("nothing to undo")
    else:
        _show_step(screen, f"undone: {what}")


def redo_change(screen: PlanScreen) -> None:
    """Make the change again that was undone."""
    what = screen.session.redo()
    if what is None:
        screen.warn("nothing to redo")
    else:
        _show_step(screen, f"redone: {what}")


def _show_step(screen: PlanScreen, notice: str) -> None:
    screen.notify_done(notice)
    screen.controller.recalculate()
