"""Table of actions: keys, palette, footer, help, menus and `docs/keys.md` are made from it."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from textual.binding import Binding, BindingType
from textual.keys import REPLACED_KEYS, key_to_character

Scope: TypeAlias = Literal["screens", "item", "plan", "file", "app"]
SCOPES: dict[Scope, str] = {
    "screens": "Screens",
    "item": "With the selected item",
    "plan": "With the plan",
    "file": "With the file",
    "app": "Anywhere",
}
"""Scopes of actions, in the order of the help."""


@dataclass(frozen=True, slots=True)
class Action:
    """An action of the app.

    Attributes:
        name: its name in the settings.
        keys: default keys, as Textual names them, separated by commas.
        label: a word or two for the footer and the menus.
        help: a sentence for the help and the palette.
        scope: what it is done with.
        screens: the screens on which the footer shows it; none for all.
        only: screens that have it; none for all.
        kinds: kinds of items that have it in their menu; none for all.
        footer: whether the footer shows it, room permitting.
        does: the Textual action, where that is not `run` with the name.
        short: the label of its tab where room is short; empty for the label.
    """

    name: str
    keys: str
    label: str
    help: str
    scope: Scope = "item"
    screens: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    footer: bool = True
    only: tuple[str, ...] = ()
    does: str = ""
    short: str = ""

    def command(self, screen: str) -> str:
        """The Textual action that runs it on a screen."""
        if self.only and screen not in self.only:
            return f"elsewhere('{self.name}')"
        return self.does or f"run('{self.name}')"


def _screen(name: str, key: str, label: str, help: str, short: str = "") -> Action:
    does = f"view('{name}')"
    return Action(name, key, label, help, "screens", footer=False, does=does, short=short)


_WHAT_IF_SCREENS = ("board", "ranking", "timeline", "map", "spikes")

ACTIONS = (
    _screen("board", "1", "Board", "Show the board: now, next and later"),
    _screen(
        "ranking",
        "2",
        "Ranking",
        "Show the ranking: RICE weighted by the chance to deliver",
        "Rank",
    ),
    _screen(
        "timeline",
        "3",
        "Timeline",
        "Show the timeline: when each item may ship, as a range",
        "Time",
    ),
    _screen("map", "4", "Map", "Show the map: dependencies, and what fails with an item"),
    _screen(
        "readiness",
        "5",
        "Readiness",
        "Show how ready each AI item is to ship, the worst first",
        "Ready",
    ),
    _screen("money", "6", "Money", "Show costs, business cases and return"),
    _screen("spikes", "7", "Spikes", "Show spikes: their results, and what each is worth"),
    _screen("checks", "8", "Checks", "Show known mistakes in the plan, and how to fix them"),
    _screen(
        "changes",
        "9",
        "Changes",
        "Show what changed, and which forecasts moved because of it",
        "Diff",
    ),
    Action("open", "enter", "open", "Show all details of the selected item", does="open"),
    Action("edit", "e", "edit", "Edit the selected item: estimates, dependencies, owner, dates"),
    Action(
        "compare",
        "c",
        "compare",
        "Compare the plan with another revision",
        "plan",
        ("changes",),
    ),
    Action(
        "toml",
        "T",
        "TOML",
        "Edit the selected item as TOML",
        footer=False,
    ),
    Action(
        "plan",
        "E",
        "plan",
        "Edit plan settings: teams, capacity, policy, market",
        "plan",
        footer=False,
    ),
    Action("add", "a", "add", "Add a feature, model or spike", "plan", _WHAT_IF_SCREENS),
    Action(
        "earlier",
        "less_than_sign,comma",
        "earlier",
        "Prioritise: move the card one column earlier",
        screens=("board",),
    ),
    Action(
        "later",
        "greater_than_sign,full_stop",
        "later",
        "Deprioritise: move the card one column later",
        screens=("board",),
    ),
    Action("answer", "v", "answer", "Record a spike's result", kinds=("spike",)),
    Action(
        "measure",
        "m",
        "measure",
        "Record a measurement",
        kinds=("product", "model"),
    ),
    Action(
        "step",
        "p",
        "stage passed",
        "Record progress: started, stage passed, delivered",
        kinds=("product", "model"),
        footer=False,
    ),
    Action(
        "tables",
        "t",
        "details",
        "Edit details: quality bars, trust, latency, risk, cost, business case",
        screens=("readiness", "money"),
    ),
    Action(
        "explain",
        "equals_sign",
        "why",
        "Explain the figures, and what would change them",
    ),
    Action("say", "y", "copy summary", "Copy a summary of the selected item"),
    Action(
        "fix",
        "f",
        "fix",
        "Fix a finding, after a preview",
        "plan",
        ("checks",),
        only=("checks",),
        does="fix",
    ),
    Action(
        "ignore",
        "z",
        "ignore",
        "Ignore a finding, with a reason",
        "plan",
        ("checks",),
        only=("checks",),
        does="ignore",
    ),
    Action(
        "group",
        "g",
        "group",
        "Change the grouping",
        "plan",
        ("checks",),
        only=("checks", "ranking", "timeline"),
        does="group",
    ),
    Action(
        "what-if",
        "w",
        "what if",
        "Try a change without saving it; press again to keep, store or discard it",
        "plan",
    ),
    Action(
        "re-plan",
        "r",
        "re-plan",
        "Plan the what-if's build order again",
        "plan",
        footer=False,
    ),
    Action(
        "next-guess",
        "i",
        "assumption",
        "Set the assumption that matters most",
        "plan",
        _WHAT_IF_SCREENS,
    ),
    Action(
        "review",
        "R",
        "review",
        "Review active items, spikes with a result due, live models and what moved since the"
        " last review",
        "plan",
        ("board",),
    ),
    Action(
        "sort",
        "O",
        "order",
        "Sort the ranking by a column",
        "plan",
        ("ranking",),
        only=("ranking",),
        does="sort",
    ),
    Action(
        "columns",
        "H",
        "columns",
        "Choose the ranking's columns",
        "plan",
        ("ranking",),
        only=("ranking",),
        does="columns",
    ),
    Action(
        "closer",
        "plus",
        "zoom in",
        "Zoom in on the timeline; left and right move it",
        "plan",
        ("timeline",),
        only=("timeline",),
        does="zoom(1)",
    ),
    Action(
        "farther",
        "minus",
        "zoom out",
        "Zoom out of the timeline",
        "plan",
        ("timeline",),
        only=("timeline",),
        does="zoom(-1)",
    ),
    Action("drop", "d", "drop", "Drop the selected item, with a reason", footer=False),
    Action("remove", "delete", "remove", "Remove the selected item from the file", footer=False),
    Action("jump", "o", "jump", "Jump to an item on the screen by its letter", "plan"),
    Action("find", "s", "find", "Search all text of the plan", "plan"),
    Action("menu", "space", "menu", "All actions for the selected item", "plan", footer=False),
    Action(
        "filter",
        "slash",
        "filter",
        "Filter by text, track:, team:, owner:, status:, tag: or check:",
        "plan",
        does="filter",
    ),
    Action("undo", "u,ctrl+z", "undo", "Undo the last change", "file"),
    Action("redo", "ctrl+y", "redo", "Redo the last undone change", "file", footer=False),
    Action("save", "ctrl+s,f2", "save", "Save the file", "file"),
    Action(
        "save-as",
        "S",
        "save as",
        "Save as another file, and continue with that one",
        "file",
        footer=False,
    ),
    Action(
        "export",
        "x",
        "export",
        "Export a page, picture or table for stakeholders",
        "file",
        footer=False,
    ),
    Action(
        "commit",
        "C",
        "commit",
        "Commit the file to git with a drafted message",
        "file",
        footer=False,
    ),
    Action(
        "commands",
        "ctrl+p,colon",
        "commands",
        "All commands",
        "app",
        footer=False,
        does="app.command_palette",
    ),
    Action(
        "suspend",
        "Z,f8",
        "to the shell",
        "Suspend to the shell; fg brings the app back",
        "app",
        footer=False,
    ),
    Action("help", "question_mark,f1", "help", "Help: keys, signs and terms", "app"),
    Action("quit", "q", "quit", "Quit; asks if there are unsaved changes", "app"),
)
MOVES = (
    ("up,k", "step(-1, 0)"),
    ("down,j", "step(1, 0)"),
    ("left,h", "step(0, -1)"),
    ("right,l", "step(0, 1)"),
    ("pageup", "step(-10, 0)"),
    ("pagedown", "step(10, 0)"),
    ("home", "step(-100000, 0)"),
    ("end", "step(100000, 0)"),
)


def bindings_for(screen: str) -> list[BindingType]:
    """The bindings of all actions on a screen."""
    # with priority, so that keys typed ahead are handled one after the other
    return [
        Binding(each.keys, each.command(screen), each.help, show=False, priority=True, id=each.name)
        for each in ACTIONS
    ]


def footer_actions(view: str, kind: str | None) -> list[Action]:
    """The footer's actions on a screen for a kind of item; the screen's own ones first."""
    shown = [
        action
        for action in ACTIONS
        if action.footer
        and action.name != "help"
        and (view in action.screens or not action.screens)
        and (
            action.scope != "item"
            or (kind is not None and (kind in action.kinds or not action.kinds))
        )
    ]
    return sorted(
        shown,
        key=lambda action: (
            action.name not in {"open", "edit"},
            not action.screens,
            not action.kinds,
        ),
    )


FIXED = (*",".join(keys for keys, _ in MOVES).split(","), "escape", "tab", "shift+tab")
"""Keys that can't be changed."""
_KEY_LABELS = {"delete": "Del", "escape": "Esc", "pageup": "PgUp", "pagedown": "PgDn"}


def key_label(key: str) -> str:
    """A key as people see it: ``^S`` for ``ctrl+s``, ``<`` for ``less_than_sign``."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    before = "".join(
        {"ctrl": "^", "shift": "Shift+", "alt": "Alt+"}.get(each, f"{each}+") for each in modifiers
    )
    char = key_to_character(REPLACED_KEYS.get(last, last))
    if char is not None and char.isprintable() and char != " ":
        word = char
    else:
        word = _KEY_LABELS.get(last, last.capitalize())
    return before + (word.upper() if modifiers else word)
