"""Roadmaps that are measured: every item with the tables that its screen shows."""

ITEMS = 200


def plan_text(items: int = ITEMS) -> str:
    """A roadmap of `items` items with up to two needs each, 4 teams, and a spike for every 50th."""
    lines = [
        "[roadmap]",
        "as_of = 2026-11-23",
        *(f"[teams.team-{at}]\npeople = {3 + at}" for at in range(4)),
    ]
    for at in range(items):
        needs = sorted({f"item-{(at * 7 + step * 13) % at}" for step in range(2)}) if at else []
        lines.append(f"[{'product' if at % 2 else 'model'}.item-{at}]")
        lines += [
            f'team = "team-{at % 4}"',
            "effort = [1, 2, 5]",
            f"needs = {needs}".replace("'", '"'),
        ]
        lines += (
            ["reach = [100, 400, 1200]", "impact = [0.5, 1, 2]"] if at % 2 else ["chance = 0.8"]
        )
        if at % 50 == 0:
            lines += [f"[spike.ask-{at}]", f'informs = "item-{at}"', f'team = "team-{at % 4}"']
    return "\n".join(lines) + "\n"


def ai_text(items: int = ITEMS) -> str:
    """A roadmap of AI items, half models and half features on them, with all readiness tables."""
    weeks = ", ".join(
        f"{{ on = 2026-10-{at + 1:02}, accepted = 90, edited = 9, overridden = {at} }}"
        for at in range(8)
    )
    lines = ["[roadmap]", "as_of = 2026-11-23", "[teams.ml]\npeople = 9"]
    for at in range(items // 2):
        lines += [
            f"[product.feature-{at}]",
            f'needs = ["model-{at}"]',
            'team = "ml"',
            f"trust.weeks = [{weeks}]",
        ]
        lines += [
            "oversight = { level = 2, stakes = 'low', promote_if = { accept = 0.8, weeks = 4, cases"
            " = 1000 } }"
        ]
        lines += [
            "latency = { p95_ms = 900, steps = [{ name = 'a', ms = 300 }, { name = 'b', ms = 400"
            " }] }"
        ]
        lines += [
            f"[model.model-{at}]",
            'team = "ml"',
            "upkeep = 0.01",
            "retrain = { every_weeks = 9, effort = 0.1 }",
        ]
        lines += [
            "stages = { train = { effort = 1, chance = 0.9 }, evaluate = { effort = 1, chance ="
            " 0.9 } }"
        ]
        lines += [
            "data = { completeness = { filled = 9, of = 10 }, accuracy = { correct = 90, audited ="
            " 100 } }"
        ]
        for name in ("recall", "precision", "accuracy"):
            measured = f"measured = [{{ on = 2026-11-01, hits = {100 + at % 100}, of = 220 }}]"
            lines.append(
                f"bars.{name} = {{ guardrail = 0.5, launch = 0.8, target = 0.9, {measured} }}"
            )
            lines.append(f"segments.{name} = {{ share = 0.2, hits = 190, of = 220, floor = 0.7 }}")
            lines.append(
                f"failures.{name} = {{ hits = 3, of = 220, cost = [1, 5], severity = 'high' }}"
            )
    return "\n".join(lines) + "\n"


def money_text(items: int = ITEMS) -> str:
    """The same, every item with all tables of money that it may have, and a market."""
    lines = [plan_text(items).replace("people =", "week_cost = 4500\npeople =")]
    lines += ["[market]\naccounts = [9000, 11500, 14000]\nprice_year = 6000\nsom_share = 0.05"]
    for at in range(items):
        track = "product" if at % 2 else "model"
        lines += [f"[{track}.item-{at}.roi]\nbuild = [90000, 180000, 400000]\nrun_month = 6000"]
        lines += ["benefit_month = [20000, 40000, 70000]\nramp = [0.25, 0.5, 0.75, 1]"]
        lines += _unit_cost(at) if at % 2 else _options(at)
    return "\n".join(lines) + "\n"


def _unit_cost(at: int) -> list[str]:
    return [
        (
            f"[product.item-{at}.cost]\ntokens_in = [1500, 2000, 3100]\ntokens_out = 400\nprice_in"
            " = 3\nprice_out = 15"
        ),
        (
            "retrieval = 0.002\nprice_user_month = 50\nother_cogs = 4\nsuccess = 0.9\nchurn_month ="
            " 0.03"
        ),
        "review = { share = 0.1, minutes = [1, 2, 4], wage = 30 }",
        'segments = [{ name = "light", share = 0.9, tasks_month = 76 }]',
    ]


def _options(at: int) -> list[str]:
    scores = "scores = { data = 3, cost = 4 }"
    return [
        (
            f"[model.item-{at}.options.api]\nunit = [0.006, 0.0096, 0.02]\nchance = 0.9\neffort ="
            f" 1\n{scores}"
        ),
        f"[model.item-{at}.options.own]\nmonth = 6000\nunit = 0.0006\nsetup = 20000\n{scores}",
    ]
