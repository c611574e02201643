"""What every part of the workspace builds on: its session, what is selected, and how things are said."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Concatenate, ParamSpec, TypeVar

from textual.screen import Screen

from roadmap_tui.app.courtesy import Courtesy
from roadmap_tui.app.session import Session
from roadmap_tui.app.view import Scene
from roadmap_tui.files.display import printable
from roadmap_tui.files.edits import Edit, Refusal
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.report.first import first

Planner = TypeVar("Planner", bound="Planning")
Given = ParamSpec("Given")


class Planning(Screen[None]):
    """A screen on a session."""

    def __init__(self, session: Session, courtesy: Courtesy) -> None:
        super().__init__()
        self.session = session
        self.courtesy = courtesy
        self._wish: tuple[Callable[[], None], str | None] | None = None

    def recalculate(self) -> None:
        """Work out what follows from the document as it is now."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw the screen again."""
        raise NotImplementedError

    def selected(self) -> tuple[str, Scene] | None:
        """The selected item with what is known of it; if there is none, that is told."""
        scene = self.session.scene(self.size.width)
        if (
            self.session.selected not in self.session.plan.items
        ):  # chosen in a picture of an earlier plan
            self.session.selected = None
        name = self.session.selected
        if scene is None or name is None:
            self.warn_of_nothing()
            return None
        return name, scene

    # What has to wait

    def put_off(self, wish: Callable[[], None]) -> None:
        """Do something when more is known; what was put off before is not done any more."""
        self._wish = wish, self.session.selected
        self.notify("one moment: it comes as soon as the figures are there", timeout=1)

    def fulfil(self) -> None:
        """Do what was put off, unless people went elsewhere meanwhile: what is meant is what was selected then."""
        waiting, self._wish = self._wish, None
        if waiting is not None and self.is_active and waiting[1] in {None, self.session.selected}:
            waiting[0]()

    def forget(self) -> bool:
        """Let go of what was put off; whether there was anything."""
        was_waiting, self._wish = self._wish is not None, None
        return was_waiting

    def change(self, what: str, edits: tuple[Edit, ...]) -> bool:
        """Make a change, say so, and work out what it does."""
        if refusal := self.session.edit(what, *edits):
            self.refuse(refusal)
            return False
        self.say(f"{what} · {self.key('undo')} undoes it")
        self.recalculate()
        return True

    # What is said

    def warn_of_nothing(self) -> None:
        """Tell that nothing is selected, and what to do about it."""
        there = self.session.plan.items
        self.warn(
            f"nothing is selected; choose an item with the arrow keys, or press {self.key('jump')}"
            " to jump to one"
            if there
            else f"there is no item yet; press {self.key('add')} to add one"
        )

    def welcome(self, forecast: Forecast | None) -> None:
        """Say what a new plan comes to, and what to do next."""
        self.session.is_new = False
        said = first(forecast) if forecast is not None else ""
        next_guess = self.key("next-guess")
        text = f"{said} ~ marks guesses: {next_guess} types the number most worth having.".strip()
        self.notify(text, title="Your plan", markup=False, timeout=20)

    def key(self, action: str) -> str:
        """The key of an action, as people see it."""
        return self.session.keys.shown(action)

    def title_of(self, name: str) -> str:
        """An item's title, safe to show."""
        item = self.session.plan.items.get(name)
        return printable(item.title) if item is not None and item.title else name

    def say(self, text: str) -> None:
        """Tell what was done."""
        self.notify(text, markup=False, timeout=3)

    def warn(self, text: str) -> None:
        """Tell what stands in the way, or what people should know."""
        self.notify(text, markup=False, severity="warning", timeout=4)

    def refuse(self, refusal: Refusal) -> None:
        """Tell why a change was not made, and what to do."""
        self.notify(told(refusal), title="Not done", markup=False, severity="error", timeout=8)


def told(refusal: Refusal) -> str:
    """A refusal and its remedy, in a line."""
    return f"{refusal.text}; {refusal.remedy}" if refusal.remedy else refusal.text


def when_forecast(
    does: Callable[Concatenate[Planner, Given], None],
) -> Callable[Concatenate[Planner, Given], None]:
    """Something that needs the forecast of the plan as it is, and waits for it if need be."""

    @wraps(does)
    def waiting(self: Planner, /, *args: Given.args, **named: Given.kwargs) -> None:
        if self.session.is_current:
            does(self, *args, **named)
        else:
            self.put_off(partial(waiting, self, *args, **named))

    return waiting
