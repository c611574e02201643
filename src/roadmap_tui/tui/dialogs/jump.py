"""Jump mode: labels on all visible items, and one key to go to one."""

from collections.abc import Sequence
from itertools import product

from textual import events
from textual.app import ComposeResult

from roadmap_tui.tui.dialogs.modal import Modal

LETTERS = "asdfghjklqwertyuiopzxcvbnm"


def jump_labels(count: int) -> list[str]:
    """That many labels of equal length, home row first."""
    length = 1
    while len(LETTERS) ** length < count:
        length += 1
    return [
        "".join(each)
        for each, _ in zip(product(LETTERS, repeat=length), range(count), strict=False)
    ]


class JumpMode(Modal[str]):
    """Waits for the label of a visible item; any other key cancels."""

    DEFAULT_CSS = "JumpMode { background: transparent; }"

    def __init__(self, items: Sequence[str]) -> None:
        super().__init__()
        self.labels = dict(zip(items, jump_labels(len(items)), strict=True))
        self._typed = ""

    def compose(self) -> ComposeResult:
        """Nothing: the labels are on the screen below."""
        yield from ()

    def on_key(self, event: events.Key) -> None:
        """Handle a letter."""
        event.stop()
        typed = self._typed + (event.character or "")
        found = [name for name, label in self.labels.items() if label.startswith(typed)]
        if event.key == "escape" or not event.character or not found:
            self.dismiss(None)
        elif len(typed) == len(self.labels[found[0]]):
            self.dismiss(found[0])
        else:
            self._typed = typed

    def on_click(self) -> None:
        """Cancel."""
        self.dismiss(None)
