"""Which keys do what: those of the table of actions, as far as the settings don't say otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from roadmap_tui.app.actions import ACTIONS, Action, spelled


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys in force.

    Attributes:
        changed: keys by the name of an action, as Textual names them, separated by commas; empty for none.
    """

    changed: Mapping[str, str] = field(default_factory=dict)

    def of(self, action: Action) -> tuple[str, ...]:
        """All keys of an action."""
        return tuple(key for key in self.changed.get(action.name, action.keys).split(",") if key)

    def shown(self, name: str) -> str:
        """The first key of an action as people see it; where it has none, where it is found instead."""
        keys = self.of(next(action for action in ACTIONS if action.name == name))
        return spelled(keys[0]) if keys else f"{self.shown('commands')} {name}" if name != "commands" else "–"
