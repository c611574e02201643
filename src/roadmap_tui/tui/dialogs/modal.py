"""Base of everything that is shown over a screen."""

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

from roadmap_tui.tui.workers.input_priority import clear_style_cache, remove_stale_watchers

Result = TypeVar("Result")


class Modal(ModalScreen[Result]):
    """A modal screen; keys typed ahead close it once, and no other screen."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close it, if it is the active screen."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def on_unmount(self) -> None:
        """Free the rendered lines and the widgets that Textual keeps."""
        clear_style_cache()
        remove_stale_watchers(self.app)

    def on_screen_resume(self) -> None:
        """Clear notifications that would cover the keys."""
        self.app.clear_notifications()
