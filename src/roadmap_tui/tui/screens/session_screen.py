"""Base of screens on a session: changes, notices, actions that wait for the forecast."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Concatenate, ParamSpec, TypeVar

from textual.screen import Screen

from roadmap_tui.document.edits import Edit, EditRejected
from roadmap_tui.narrative.headline import headline_sentence
from roadmap_tui.plan.roadmap import item_kind
from roadmap_tui.text.sentences import as_sentence
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.controller import PlanController
from roadmap_tui.tui.state import Session
from roadmap_tui.tui.views.view_model import ViewModel
from roadmap_tui.tui.workers.input_priority import InputPriority

Params = ParamSpec("Params")
ScreenT = TypeVar("ScreenT", bound="SessionScreen")


class SessionScreen(Screen[None]):
    """A screen on a session."""

    def __init__(self, controller: PlanController) -> None:
        super().__init__()
        self.controller = controller

    @property
    def session(self) -> Session:
        """The plan, and the state of all screens."""
        return self.controller.session

    @property
    def priority(self) -> InputPriority:
        """Lets input go before calculations."""
        return self.controller.priority

    @property
    def selected_kind(self) -> str | None:
        """The kind of the selected item; None if there is none."""
        item = self.session.plan.items.get(self.session.selected or "")
        return None if item is None else item_kind(item)

    def selected_item(self) -> tuple[str, ViewModel] | None:
        """The selected item, and what is known of the plan; warns if there is none."""
        scene = self.session.view_model(self.size.width)
        if self.session.selected not in self.session.plan.items:
            self.session.selected = None  # chosen in a drawing of an earlier plan
        name = self.session.selected
        if scene is None or name is None:
            self.warn_nothing_selected()
            return None
        return name, scene

    def forecast_arrived(self) -> None:
        """Welcome people to a new plan."""
        if self.session.is_new_plan:
            self.session.is_new_plan = False
            forecast = self.session.forecast
            said = headline_sentence(forecast) if forecast is not None else ""
            key = self.key_label("next-guess")
            text = f"{said} ~ marks assumptions; press {key} to set the most important one.".strip()
            self.notify(text, title="Your roadmap", markup=False, timeout=20)

    def change(self, what: str, edits: tuple[Edit, ...]) -> bool:
        """Change the plan, show that, and recalculate; False if it can't be changed so."""
        if refusal := self.session.edit(what, *edits):
            self.show_rejection(refusal)
            return False
        self.notify_done(f"{as_sentence(what)} Press {self.key_label('undo')} to undo.")
        self.controller.recalculate()
        return True

    def defer(self, action: Callable[[], None]) -> None:
        """Run an action when more is known; it replaces the one deferred before."""
        self.controller.defer(action)
        self.notify("One moment, the forecast is still running.", timeout=1)

    def warn_nothing_selected(self) -> None:
        """Warn that nothing is selected, and what to do about it."""
        if self.session.plan.items:
            self.warn(
                "Nothing is selected. Select an item with the arrow keys, or press"
                f" {self.key_label('jump')} to jump to one"
            )
        else:
            self.warn(f"There are no items yet. Press {self.key_label('add')} to add one")

    def key_label(self, action: str) -> str:
        """The key of an action, as people see it."""
        return self.session.keys.label(action)

    def title_of(self, name: str) -> str:
        """An item's title, safe to show."""
        item = self.session.plan.items.get(name)
        return escape_control(item.title) if item is not None and item.title else name

    def notify_done(self, text: str) -> None:
        """Show what was done."""
        self.notify(as_sentence(text), markup=False, timeout=3)

    def warn(self, text: str) -> None:
        """Show what stands in the way, or what people should know."""
        self.notify(as_sentence(text), markup=False, severity="warning", timeout=4)

    def show_rejection(self, refusal: EditRejected) -> None:
        """Show why a change was not made, and what to do."""
        self.notify(
            rejection_text(refusal),
            title="Couldn't make this change",
            markup=False,
            severity="error",
            timeout=8,
        )

    def show_notice(self, notice: str) -> None:
        """Show what became of the file."""
        self.notify_done(escape_control(notice))

    def show_problem(self, problem: str | EditRejected) -> None:
        """Show a problem with the file."""
        if isinstance(problem, EditRejected):
            self.show_rejection(problem)
        else:
            self.warn(escape_control(problem))


def rejection_text(refusal: EditRejected) -> str:
    """A rejection and its remedy, in a line."""
    return f"{refusal.text}; {refusal.remedy}" if refusal.remedy else refusal.text


def needs_forecast(
    handler: Callable[Concatenate[ScreenT, Params], None],
) -> Callable[Concatenate[ScreenT, Params], None]:
    """A handler or method that waits for the forecast of the current plan."""

    @wraps(handler)
    def waiting(screen: ScreenT, /, *args: Params.args, **named: Params.kwargs) -> None:
        if screen.session.is_current:
            handler(screen, *args, **named)
        else:
            screen.defer(partial(waiting, screen, *args, **named))

    return waiting
