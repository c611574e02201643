"""Roadmaps for the tests of the app: shipped ones, small ones, and one with a title of every nasty kind."""

import unicodedata
from dataclasses import replace
from pathlib import Path

from roadmap_tui.app.session import calculate
from roadmap_tui.app.view import Scene
from roadmap_tui.files.document import Document
from roadmap_tui.files.reader import read
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.report.net import Net

SHIPPED = sorted((Path(__file__).parents[2] / "roadmaps").glob("*.toml"))
FUTURES = 500

NASTY = {
    "[/]": "[/]",
    "[red]x[/red] [@click=app.quit]q[/]": "[red]x[/red] [@click=app",
    "=1+1|b": "=1+1|b",
    "<script>": "<script>",
    "\x1b[31mred\x1b[0m \x9b2J": "[31mred",
    "abc \u202edesrever\u202c": "desrever",
    "日本語の題": "日本語の題",
    "👩\u200d💻 works ❤\ufe0f": "works",
    "two\nlines\tand\ttabs": "lines",
    "end\\": "end\\",
    "$primary {x} %s": "$primary {x} %s",
}
"""Titles, each with what must be seen of it, character by character."""

SMALL = """\
# A comment that stays.
[roadmap]
title = "Small plan"
as_of = 2026-11-23
users = 4000

[teams.app]
people = 1

[teams.ml]
people = 1

[product.drafts]
title = "Draft replies"
team = "app"
owner = "Mirela"
tags = ["okr"]
effort = [3, 5, 9]          # weeks
reach = [1000, 2000, 4000]
needs = ["reader"]
or_else = "Macros stay"

[product.macros]
title = "Macro rules"
team = "app"
status = "active"
started = 2026-11-09
effort = [1, 2, 4]
reach = 1500

[model.reader]
title = "Reply model"
team = "ml"
effort = [4, 8, 16]         # a guess
chance = 0.5

[model.fallback]
title = "Keyword model"
team = "ml"
effort = "S"
chance = 0.9

[spike.ground]
title = "Does it stay grounded?"
team = "ml"
question = "Is every claim supported?"
timebox = 2
informs = "reader"
yes_if_works = 0.9
yes_if_not = 0.2
"""

TEN_LINES = """\
[roadmap]
title = "Ten lines"
as_of = 2026-11-23
users = 4000

[product.draft-replies]
needs = ["reply-model"]

[model.reply-model]
effort = "L"
"""


def quoted(text: str) -> str:
    """A TOML string, by the rules of the specification."""
    return '"' + "".join(f"\\u{ord(c):04X}" if _is_escaped(c) else c for c in text) + '"'


def _is_escaped(char: str) -> bool:
    return char in '"\\' or unicodedata.category(char) in {"Cc", "Cf"}


def nasty_plan() -> str:
    """Every nasty text in every place that has one: a feature, a model, an open and an answered spike each."""
    parts = ['[roadmap]\ntitle = "[/] [bold]plan"\nas_of = 2026-11-23\nusers = 1000\n[teams.a]\npeople = 3\n']
    for nth, title in enumerate(NASTY):
        text = quoted(title)
        every = f'title = {text}\nsummary = {text}\nowner = {text}\nlearned = {text}\nteam = "a"\n'
        parts.append(
            f'[product.p{nth}]\n{every}or_else = {text}\ntags = [{text}]\nneeds = ["m{nth}"]\n'
            f'deadline = {{ by = "2027-Q2", why = {text} }}\neffort = 1\npin = "next"\n'
            f"[model.m{nth}]\n{every}chance = 0.5\n"
            f'[spike.s{nth}]\n{every}question = {text}\ninforms = "m{nth}"\n'
            f"success_if = {text}\nstop_if = {text}\n"
            f'[spike.d{nth}]\n{every}status = "done"\nverdict = "refuted"\nanswer = {text}\n'
        )
    return "\n".join(parts)


def document_of(text: str, name: str = "plan.toml") -> Document:
    """The document of a text."""
    return read(text.encode(), name)


def plan_of(text: str) -> Plan:
    """The plan that a text says."""
    plan = document_of(text).plan
    assert plan is not None
    return plan


def scene_of(text: str) -> Scene:
    """A text's plan with its forecast, nothing selected, everything shown."""
    document = document_of(text)
    forecast = calculate(document, FUTURES)
    assert document.plan is not None
    assert forecast is not None
    return Scene(Net(document.plan, frozenset(document.plan.items)), forecast, None, 100)


def steering(text: str) -> set[str]:
    """The characters in a text that could steer a terminal or turn the order of what is read."""
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return {char for char in text if unicodedata.category(char) in hidden and char != "\u200d"}


def showing(scene: Scene, shown: frozenset[str]) -> Scene:
    """The scene with only these items."""
    return replace(scene, net=Net(scene.plan, shown))
