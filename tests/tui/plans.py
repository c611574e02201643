"""Roadmaps for tests of the app: shipped ones, small ones, and one with hostile titles."""

import unicodedata
from dataclasses import replace
from pathlib import Path

from roadmap_tui.diagrams.graph import DependencyGraph
from roadmap_tui.document.document import Document
from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.simulation.calibration import calibrate
from roadmap_tui.forecast.simulation.simulator import simulate
from roadmap_tui.money.option_scenarios import option_scenarios
from roadmap_tui.money.plan_money import plan_money
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.tui.views.view_model import ViewModel
from roadmap_tui.tui.workers.forecast import compute_forecast
from roadmap_tui.tui.workers.insights import Insights

SHIPPED = sorted((Path(__file__).parents[2] / "roadmaps").glob("*.toml"))
RUNS = 500

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
fallback = "Macros stay"

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

MONEY = """\
[roadmap]
title = "Everything"
as_of = 2026-11-23
currency = "EUR"
[teams.app]
people = 2
week_cost = 4000
[teams.ml]
people = 2
week_cost = 5000
[market]
accounts = [9000, 11500, 14000]
price_year = 6000
filters = [{ name = "data", share = 0.6 }]
som_share = 0.05
value_per_account = 20000
capture = 0.1
top_down = { industry = 4.6e9, share = 0.01, source = "Analysts", year = 2025 }
[product.replies]
title = "Draft replies"
team = "app"
effort = [3, 6, 14]
needs = ["m"]
[product.replies.cost]
tokens_in = 2000
tokens_out = [300, 400, 700]
price_in = 3
price_out = 15
priced = 2026-10-30
cache_hit = 0.3
cache_saving = 0.9
retrieval = 0.002
price_user_month = 50
other_cogs = 4
success = 0.9
margin_target = 0.7
churn_month = 0.03
cac = 300
review = { share = 0.1, minutes = 2, wage = 30 }
segments = [
    { name = "light", share = 0.6, tasks_month = 76 },
    { name = "usual", share = 0.3, tasks_month = 250 },
    { name = "heavy", share = 0.1, tasks_month = 920 },
]
[product.replies.roi]
build = 180000
run_month = 6000
benefit_month = [20000, 40000, 70000]
ramp = [0.25, 0.5, 0.75, 1]
archetype = "revenue"
baseline_measured = false
[product.rules]
title = "Keyword rules"
team = "app"
effort = 2
[product.rules.cost]
per_prediction = 0.5
price_user_month = 10
margin_target = 0.7
[model.m]
title = "Reply model"
team = "ml"
effort = [4, 8, 16]
chance = 0.5
volume_month = [300000, 500000, 1200000]
chosen = "api"
decided = 2026-10-05
[model.m.roi]
build = 60000
benefit_month = 5000
[model.m.options.api]
kind = "api"
unit = 0.0096
weeks = 4
coverage = 0.9
lockin = 4
effort = 2
chance = 0.8
scores = { differentiation = 2, data = 2, expertise = 5, time = 5, cost = 3 }
[model.m.options.open-weights]
kind = "openweight"
month = 6000
unit = 0.00064
setup = 20000
weeks = 12
scores = { differentiation = 5, data = 5, expertise = 2, time = 3, cost = 4 }
[model.m.options.train-our-own]
kind = "train"
month = 16000
setup = 200000
scores = { expertise = 1 }
[spike.s]
title = "Is it good enough?"
team = "ml"
informs = "m"
timebox = 2
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
    """A plan with every hostile text in every text field, on items of each kind."""
    parts = [
        (
            '[roadmap]\ntitle = "[/] [bold]plan"\nas_of = 2026-11-23\nusers ='
            " 1000\n[teams.a]\npeople = 3\n"
        ),
        _market(),
    ]
    for nth, title in enumerate(NASTY):
        text = quoted(title)
        every = f'title = {text}\nsummary = {text}\nowner = {text}\nlearned = {text}\nteam = "a"\n'
        parts.append(
            f"[product.p{nth}]\n{every}fallback = {text}\ntags = [{text}]\nneeds ="
            f' ["m{nth}"]\ndeadline = {{ by = "2027-Q2", why = {text} }}\neffort = 1\npin ='
            f' "next"\n[product.p{nth}.cost]\nper_prediction = 0.1\nprice_user_month = 5\nsegments'
            f" = [{{ name = {text}, share = 1, tasks_month = 9 }}]\n[model.m{nth}]\n{every}chance ="
            f" 0.5\nchosen = {text}\nvolume_month = 100\n[model.m{nth}.options.{text}]\nunit ="
            f' 1\nneeds = ["p{nth}"]\n[model.m{nth}.options.b]\nsetup ='
            f' 9\n[spike.s{nth}]\n{every}question = {text}\ninforms = "m{nth}"\nsuccess_if ='
            f' {text}\nstop_if = {text}\n[spike.d{nth}]\n{every}status = "done"\nverdict ='
            f' "refuted"\nanswer = {text}\n'
        )
    return "\n".join(parts)


def _market() -> str:
    """A week's cost, and a market whose source is nasty."""
    source = quoted("".join(NASTY))
    return f"week_cost = 9\n[market]\ntop_down = {{ industry = 9, share = 1, source = {source} }}\n"


def document_of(text: str, name: str = "plan.toml") -> Document:
    """The document of a text."""
    return read_document(text.encode(), name)


def plan_of(text: str) -> Plan:
    """The plan that a text says."""
    plan = document_of(text).plan
    assert plan is not None
    return plan


def scene_of(text: str) -> ViewModel:
    """A text's plan with its forecast, nothing selected, everything shown."""
    plan = plan_of(text)
    return ViewModel(
        DependencyGraph(plan, frozenset(plan.items)),
        compute_forecast(resolve_plan(plan), RUNS),
        None,
        100,
    )


def priced(scene: ViewModel, most: int = 100) -> ViewModel:
    """The view model with its money, and the options of `models` models in the forecast."""
    plan, forecast = scene.plan, scene.forecast
    simulation = simulate(calibrate(resolve_plan(plan)), forecast.build_order, forecast.runs)
    models = [name for name, model in plan.model.items() if model.options]
    runs = {name: option_scenarios(simulation, plan, name) for name in models[:most]}
    return replace(
        scene,
        insights=Insights(
            document_of(""), money=plan_money(simulation, plan), option_scenarios=runs
        ),
    )


def steering(text: str) -> set[str]:
    """The characters in a text that could steer a terminal or turn the order of what is read."""
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return {char for char in text if unicodedata.category(char) in hidden and char != "\u200d"}


def showing(scene: ViewModel, shown: frozenset[str]) -> ViewModel:
    """The scene with only these items."""
    return replace(scene, graph=DependencyGraph(scene.plan, shown))
