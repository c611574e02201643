"""What every part of the workspace builds on: its session, what is selected, and how things are said."""

from textual.screen import Screen

from roadmap_tui.app.courtesy import Courtesy
from roadmap_tui.app.session import Session
from roadmap_tui.app.view import Scene
from roadmap_tui.files.display import printable
from roadmap_tui.files.edits import Edit, Refusal
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.report.first import first


class Planning(Screen[None]):
    """A screen on a session."""

    def __init__(self, session: Session, courtesy: Courtesy) -> None:
        super().__init__()
        self.session = session
        self.courtesy = courtesy

    def recalculate(self) -> None:
        """Work out what follows from the document as it is now."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw the screen again."""
        raise NotImplementedError

    def selected(self) -> tuple[str, Scene] | None:
        """The selected item with what is known of it, once there is a current forecast."""
        scene = self.session.scene(self.size.width)
        if self.session.selected not in self.session.plan.items:  # chosen in a picture of an earlier plan
            self.session.selected = None
        name = self.session.selected
        if scene is None or name is None or not self.session.is_current:
            if scene is not None and name is None:
                self.warn_of_nothing()
            else:
                self.warn("one moment: the forecast is being worked out")
            return None
        return name, scene

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
            f"nothing is selected; choose an item with the arrow keys, or press {self.key('jump')} to jump to one"
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
