"""What every part of the workspace builds on: its session, what is selected, and how things are said."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Concatenate, ParamSpec, TypeVar

from textual.screen import Screen

from roadmap_tui.document.edits import Edit, EditRejected
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.narrative.headline import headline_sentence
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.state import Session
from roadmap_tui.tui.views.view_model import ViewModel
from roadmap_tui.tui.workers.input_priority import InputPriority

ScreenT = TypeVar("ScreenT", bound="PlanScreenBase")
Params = ParamSpec("Params")


class PlanScreenBase(Screen[None]):
    """A screen on a session."""

    def __init__(self, session: Session, courtesy: InputPriority) -> None:
        super().__init__()
        self.session = session
        self.courtesy = courtesy
        self._deferred: tuple[Callable[[], None], str | None] | None = None

    def recalculate(self) -> None:
        """Work out what follows from the document as it is now."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw the screen again."""
        raise NotImplementedError

    def selected(self) -> tuple[str, ViewModel] | None:
        """The selected item with what is known of it; if there is none, that is told."""
        scene = self.session.view_model(self.size.width)
        if (
            self.session.selected not in self.session.plan.items
        ):  # chosen in a picture of an earlier plan
            self.session.selected = None
        name = self.session.selected
        if scene is None or name is None:
            self.warn_nothing_selected()
            return None
        return name, scene

    # What has to wait

    def defer(self, wish: Callable[[], None]) -> None:
        """Do something when more is known; what was put off before is not done any more."""
        self._deferred = wish, self.session.selected
        self.notify("one moment: it comes as soon as the figures are there", timeout=1)

    def run_deferred(self) -> None:
        """Do what was put off, unless people went elsewhere meanwhile: what is meant is what was selected then."""
        waiting, self._deferred = self._deferred, None
        if waiting is not None and self.is_active and waiting[1] in {None, self.session.selected}:
            waiting[0]()

    def cancel_deferred(self) -> bool:
        """Let go of what was put off; whether there was anything."""
        was_waiting, self._deferred = self._deferred is not None, None
        return was_waiting

    def change(self, what: str, edits: tuple[Edit, ...]) -> bool:
        """Make a change, say so, and work out what it does."""
        if refusal := self.session.edit(what, *edits):
            self.show_rejection(refusal)
            return False
        self.notify_done(f"{what} · {self.key_label('undo')} undoes it")
        self.recalculate()
        return True

    # What is said

    def warn_nothing_selected(self) -> None:
        """Tell that nothing is selected, and what to do about it."""
        there = self.session.plan.items
        self.warn(
            f"nothing is selected; choose an item with the arrow keys, or press {self.key_label('jump')}"
            " to jump to one"
            if there
            else f"there is no item yet; press {self.key_label('add')} to add one"
        )

    def welcome(self, forecast: Forecast | None) -> None:
        """Say what a new plan comes to, and what to do next."""
        self.session.is_new_plan = False
        said = headline_sentence(forecast) if forecast is not None else ""
        next_guess = self.key_label("next-guess")
        text = f"{said} ~ marks guesses: {next_guess} types the number most worth having.".strip()
        self.notify(text, title="Your plan", markup=False, timeout=20)

    def key_label(self, action: str) -> str:
        """The key of an action, as people see it."""
        return self.session.keys.label(action)

    def title_of(self, name: str) -> str:
        """An item's title, safe to show."""
        item = self.session.plan.items.get(name)
        return escape_control(item.title) if item is not None and item.title else name

    def notify_done(self, text: str) -> None:
        """Tell what was done."""
        self.notify(text, markup=False, timeout=3)

    def warn(self, text: str) -> None:
        """Tell what stands in the way, or what people should know."""
        self.notify(text, markup=False, severity="warning", timeout=4)

    def show_rejection(self, refusal: EditRejected) -> None:
        """Tell why a change was not made, and what to do."""
        self.notify(
            rejection_text(refusal), title="Not done", markup=False, severity="error", timeout=8
        )


def rejection_text(refusal: EditRejected) -> str:
    """A refusal and its remedy, in a line."""
    return f"{refusal.text}; {refusal.remedy}" if refusal.remedy else refusal.text


def needs_forecast(
    does: Callable[Concatenate[ScreenT, Params], None],
) -> Callable[Concatenate[ScreenT, Params], None]:
    """Something that needs the forecast of the plan as it is, and waits for it if need be."""

    @wraps(does)
    def waiting(self: ScreenT, /, *args: Params.args, **named: Params.kwargs) -> None:
        if self.session.is_current:
            does(self, *args, **named)
        else:
            self.defer(partial(waiting, self, *args, **named))

    return waiting
