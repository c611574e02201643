"""Command palette with the items of the plan."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import CommandList, CommandPalette, Hit, Hits, Provider
from textual.content import Content

from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.search.case_folding import fold_case
from roadmap_tui.tui.workers.input_priority import clear_style_cache

if TYPE_CHECKING:
    from roadmap_tui.tui.screens.plan_screen import PlanScreen

_MOST = 30
_PAGE = 8
_PAGES = {"pageup", "pagedown"}


class PlanPalette(CommandPalette, inherit_bindings=False):
    """The command palette; keys typed ahead close it only once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            each
            for each in CommandPalette.BINDINGS
            if isinstance(each, Binding) and each.key not in _PAGES
        ),
        Binding("pagedown", f"go({_PAGE})", show=False),
        Binding("pageup", f"go({-_PAGE})", show=False),
    ]

    def action_go(self, by: int) -> None:
        """Move the highlight; unlike Textual's own, it works before the layout."""
        commands = self.query_one(CommandList)
        if commands.option_count:
            commands.highlighted = max(
                0, min(commands.option_count - 1, (commands.highlighted or 0) + by)
            )

    def on_unmount(self) -> None:
        """Free the rendered lines that Textual caches."""
        clear_style_cache()

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close it, once."""
        return super().dismiss(result) if self.is_current else AwaitComplete()


class ItemProvider(Provider):
    """Items by the words of their titles and ids."""

    async def search(self, query: str) -> Hits:
        """The items that match all words, those first that start with them."""
        from roadmap_tui.tui.screens.plan_screen import PlanScreen  # it needs the models

        if not isinstance(self.screen, PlanScreen):
            return
        words = fold_case(query).split()
        for rank, name, text in sorted(_matching_items(self.screen, words) if words else [])[
            :_MOST
        ]:
            go = partial(self.screen.call_later, self.screen.go_to, name)
            yield Hit(1.0 - rank / 4, Content(text), go, text=text)


def _matching_items(screen: PlanScreen, words: list[str]) -> list[tuple[int, str, str]]:
    """Rank (0 best), id and label of the matching items."""
    from roadmap_tui.plan.roadmap import display_title, item_kind

    found = []
    for name, item in screen.session.plan.items.items():
        title = display_title(name, item.title)
        text = fold_case(f"{title} {name}")
        if all(word in text for word in words):
            rank = _rank(text, words[0])
            sign = "◆ " if item_kind(item) == "spike" else ""
            found.append(
                (
                    rank,
                    name,
                    f"{sign}{escape_control(title)}  ({item_kind(item)} {escape_control(name)})",
                )
            )
    return found


def _rank(text: str, word: str) -> int:
    """0 if a text starts with a word, 1 if one of its words does, else 2."""
    if text.startswith(word):
        return 0
    return 1 if f" {word}" in text else 2
