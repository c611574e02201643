"""What lies over the screen until it is left."""

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

from roadmap_tui.tui.workers.input_priority import clear_style_cache

Result = TypeVar("Result")


class Modal(ModalScreen[Result]):
    """A screen over another one; keys that were typed ahead leave it once, and never what lies over or below it."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave it, if it is what people look at."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def on_unmount(self) -> None:
        """Leave no drawn line behind."""
        clear_style_cache()

    def on_screen_resume(self) -> None:
        """Let no notice of before cover the keys."""
        self.app.clear_notifications()
