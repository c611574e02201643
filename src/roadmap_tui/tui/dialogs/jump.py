"""Jump mode: a letter on everything in sight, and one key to go there."""

from collections.abc import Sequence
from itertools import product

from textual import events
from textual.app import ComposeResult

from roadmap_tui.tui.dialogs.modal import Modal

LETTERS = "asdfghjklqwertyuiopzxcvbnm"


def jump_labels(count: int) -> list[str]:
    """That many labels, all of one length, the ones under the fingers first."""
    length = 1
    while len(LETTERS) ** length < count:
        length += 1
    return [
        "".join(each)
        for each, _ in zip(product(LETTERS, repeat=length), range(count), strict=False)
    ]


class Jump(Modal[str]):
    """Waits for the letters of something in sight; its result is what has them. Any other key ends it."""

    DEFAULT_CSS = "Jump { background: transparent; }"

    def __init__(self, items: Sequence[str]) -> None:
        super().__init__()
        self.labels = dict(zip(items, jump_labels(len(items)), strict=True))
        self._typed = ""

    def compose(self) -> ComposeResult:
        """Nothing: the letters stand on the screen below."""
        yield from ()

    def on_key(self, event: events.Key) -> None:
        """Take a letter."""
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
        """A click ends it."""
        self.dismiss(None)
