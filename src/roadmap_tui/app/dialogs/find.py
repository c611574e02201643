"""Words, looked for in all text of a plan."""

from collections.abc import Mapping
from itertools import islice

from roadmap_tui.app.dialogs.pick import Pick, PickDialog
from roadmap_tui.app.lines import clip, fit
from roadmap_tui.app.texts import Texts
from roadmap_tui.files.display import printable

_MOST, _TITLE, _FIELD = 100, 26, 18
_NOTE = (
    "Titles, summaries, questions, what was learned, tags, bars, tables: all that the file says of"
    " items."
)


class FindDialog(PickDialog):
    """Choose among the texts that have the words; its result is the id of the item."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(
            Pick("Find", "go there", {}, "Words", "words anywhere in the plan", note=_NOTE)
        )
        self._texts = texts
        self._titles = {each.item: each.text for each in texts.all if each.field == "title"}

    def fitting(self, words: str) -> Mapping[str, str]:
        """The texts that have the words in them."""
        room = max(20, min(90, self.app.size.width) - _TITLE - _FIELD - 10)
        found = islice(self._texts.find(words), _MOST)
        return {
            f"{nth} {each.text.item}": printable(
                f"{fit(self._titles[each.text.item], _TITLE)}  {fit(each.text.field, _FIELD)}  "
                f"{clip(each.excerpt(room), room)}"
            )
            for nth, each in enumerate(found)
        }

    def dismiss_with(self, name: str) -> None:
        """Close with the item's id."""
        self.dismiss(name.partition(" ")[2])
