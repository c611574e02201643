"""Full-text search."""

from collections.abc import Mapping
from itertools import islice

from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.dialogs.select import SelectDialog, SelectOptions
from roadmap_tui.tui.search.plan_texts import PlanTexts
from roadmap_tui.tui.views.lines import fit_cells, truncate

_MOST, _TITLE, _FIELD = 100, 26, 18
_NOTE = (
    "Titles, summaries, questions, what was learned, tags, bars, tables: all that the file says of"
    " items."
)


class FindDialog(SelectDialog):
    """Select among the texts that contain the words; the result is the id of the item."""

    def __init__(self, texts: PlanTexts) -> None:
        super().__init__(
            SelectOptions("Find", "go there", {}, "Words", "Search the plan", note=_NOTE)
        )
        self._texts = texts
        self._titles = {each.item: each.text for each in texts.all if each.field == "title"}

    def matches(self, words: str) -> Mapping[str, str]:
        """The texts that contain the words."""
        room = max(20, min(90, self.app.size.width) - _TITLE - _FIELD - 10)
        found = islice(self._texts.find(words), _MOST)
        return {
            f"{nth} {each.text.item}": escape_control(
                f"{fit_cells(self._titles[each.text.item], _TITLE)}  "
                f"{fit_cells(each.text.field, _FIELD)}  "
                f"{truncate(each.excerpt(room), room)}"
            )
            for nth, each in enumerate(found)
        }

    def accept(self, name: str) -> None:
        """Close with the item's id."""
        self.dismiss(name.partition(" ")[2])
