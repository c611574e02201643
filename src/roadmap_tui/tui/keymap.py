"""Keys of actions: the defaults, overridden by the user's settings."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from roadmap_tui.plan.faults import KeyPath, did_you_mean
from roadmap_tui.tui.actions import ACTIONS, FIXED, Action, key_label
from roadmap_tui.tui.terminal.keys import unreachable_reason, unreliable_reason

_MODIFIERS = ("ctrl", "shift", "alt", "super", "meta", "hyper")


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys in force.

    Attributes:
        overrides: keys by action, as Textual names them, separated by commas; "" for none.
    """

    overrides: Mapping[str, str] = field(default_factory=dict)

    def keys_of(self, action: Action) -> tuple[str, ...]:
        """All keys of an action."""
        return tuple(key for key in self.overrides.get(action.name, action.keys).split(",") if key)

    def label(self, name: str) -> str:
        """The first key of an action; without one, how to find it in the palette."""
        keys = self.keys_of(BY_NAME[name])
        if keys:
            return key_label(keys[0])
        return "–" if name == "commands" else f"{self.label('commands')} {name}"


BY_NAME = {action.name: action for action in ACTIONS}


def assign_keys(wanted: Mapping[str, list[str]]) -> tuple[Keymap, list[tuple[KeyPath, str]]]:
    """The keymap that a user's settings make, and what is wrong with them.

    A key belongs to one action only. An action that wants a taken key keeps its other ones or, if
    there are none, its defaults.
    """
    wrong: list[tuple[KeyPath, str]] = []
    given: dict[str, list[str]] = {}
    for name, keys in wanted.items():
        if name in BY_NAME:
            good = [key for key in map(canonical_key, keys) if key]
            given |= {name: good} if good or not keys else {}
            wrong += [(("keys", name), text) for text in _key_problems(keys)]
        else:
            wrong.append(
                (
                    ("keys", name),
                    f"no such action; {did_you_mean(name, BY_NAME) or 'see docs/keys.md'}",
                )
            )
    while True:
        free = {name: list(each) for name, each in given.items()}
        clashes = list(_remove_clashes(free))
        lost_all = [name for name, keys in free.items() if given[name] and not keys]
        if not lost_all:
            break
        wrong += [clash for clash in clashes if clash[0][1] in lost_all]
        given = {name: keys for name, keys in given.items() if name not in lost_all}
    keymap = Keymap(
        {name: ",".join(keys) for name, keys in free.items() if keys or not wanted[name]}
    )
    return keymap, wrong + clashes


def _remove_clashes(given: dict[str, list[str]]) -> Iterator[tuple[KeyPath, str]]:
    """Remove keys that belong to another action; yield them."""
    taken = dict.fromkeys(FIXED, "the moves")
    for each in ACTIONS:
        if each.name not in given:
            taken |= dict.fromkeys(each.keys.split(","), f'"{each.name}"')
    for name, keys in given.items():
        for key in list(keys):
            if key in taken:
                keys.remove(key)
                text = (
                    f"{key_label(key)} is the key of {taken[key]} already; choose another, or give"
                    " that one another key"
                )
                yield ("keys", name), text
            else:
                taken[key] = f'"{name}"'


def canonical_key(key: str) -> str:
    """Textual's name of a key, given by name or by character; empty if unknown."""
    *modifiers, last = key.split("+") if len(key) > 1 and not key.endswith("+") else [key]
    if any(each not in _MODIFIERS for each in modifiers):
        return ""
    name = _character_key(last) if len(last) == 1 else last
    known = len(last) == 1 or last in _known_keys()
    return "+".join([*modifiers, name]) if known else ""


def _character_key(char: str) -> str:
    if char.isalnum():
        return char
    name = unicodedata.name(char, "").lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


def _known_keys() -> Iterable[str]:
    """Names of keys that aren't single characters."""
    plain = {
        each.value for each in Keys if "+" not in each.value and not each.value.startswith("<")
    }
    used = set(",".join(action.keys for action in ACTIONS).split(","))
    return plain | used | {_character_key(char) for char in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"}


def _key_problems(keys: list[str]) -> Iterator[str]:
    """What is wrong with the keys for an action."""
    for key in keys:
        if not canonical_key(key):
            yield (
                f'"{key}" is no key; write a character, or a name such as "f2", "ctrl+s", "delete"'
            )
        elif why := unreachable_reason(canonical_key(key)):
            yield f'"{key}" will hardly arrive: {why}; choose another'
    known = [name for name in map(canonical_key, keys) if name]
    if (
        known
        and not any(unreachable_reason(name) for name in known)
        and all(map(unreliable_reason, known))
    ):
        yield (
            f'"{keys[0]}" does not arrive everywhere: {unreliable_reason(known[0])};'
            " give it another one"
            " beside it"
        )
