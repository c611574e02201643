"""`roadmap measure`: what it writes, reports and refuses."""

import json
import math
from difflib import ndiff
from pathlib import Path
from statistics import NormalDist

import pytest
import tomli

from roadmap_tui.cli.reply import Reply
from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.engine import forecast
from roadmap_tui.plan.resolver import resolve_plan
from tests.cli.conftest import Run

SHIPPED = Path(__file__).parents[2] / "roadmaps" / "helpdesk.toml"
PLAN = """\
# This comment stays.
[roadmap]
as_of = 2026-11-23

[product.auto]
effort = 2
reach = 100
needs = [{ bar = "triage.recall" }]

[model.triage]                # ours
needs = []

[model.triage.stages]
train = { effort = 3, chance = 0.8 }
evaluate = { effort = 1, chance = 0.6 }    # a guess

[model.triage.bars.recall]
launch = 0.80                 # from the contract
measured = [
    # the first one
    { on = 2026-10-30, dataset = "golden-v1", hits = 90, of = 120 },
]

[model.triage.bars.groundedness]
guardrail = 0.5
launch = 0.9

[model.plain]

[model.one.bars.wer]
better = "lower"
launch = 0.2
"""


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.toml"
    path.write_bytes(PLAN.encode())
    return path


def changed_lines(path: Path, before: str = PLAN) -> list[str]:
    lines = ndiff(before.splitlines(), path.read_text("utf-8").splitlines())
    return [line for line in lines if line[0] in "+-"]


def measure(run: Run, *words: str) -> Reply:
    return run("measure", "plan.toml", *words)


def test_a_measurement_is_one_line_of_diff(run: Run, plan: Path) -> None:
    reply = measure(run, "triage.recall", "--hits", "178", "--of", "220", "--dataset", "golden-v2")
    assert (reply.err, reply.code) == ("", 0)
    assert changed_lines(plan) == [
        '+     { on = 2026-11-23, dataset = "golden-v2", hits = 178, of = 220 },'
    ]
    said = " ".join(reply.out.split())
    assert "triage.recall below → likely" in said
    assert "recall 81% (75–86%): likely, launch 80% is not proven" in said
    assert "no chance moves by itself" in said


def test_how_many_more_cases_would_prove_it(run: Run, plan: Path) -> None:
    """Beside the normal approximation of the cases for a power of 80 % at the third look."""
    measure(run, "triage.recall", "--hits", "185", "--of", "220")
    reply = run("readiness", "plan.toml", "triage", "--json")
    more = json.loads(reply.out)["items"][0]["bars"][0]["more_cases"]
    z, rate = NormalDist().inv_cdf(1 - 0.025 / 12), 185 / 220
    power = NormalDist().inv_cdf(0.8)

    def ahead(n: int) -> float:
        """Deviations by which the hits expected of n more cases lie above those that are proof."""
        proof = 0.8 * (220 + n) + z * math.sqrt(0.16 * (220 + n))
        return (185 + rate * n - proof) / math.sqrt(n * rate * (1 - rate))

    assert ahead(more) == pytest.approx(power, abs=0.15)


def test_the_chance_of_evaluate_is_reported_and_not_changed(run: Run, plan: Path) -> None:
    """The chance by counting on a grid of rates, all alike before."""
    reply = measure(run, "triage.recall", "--hits", "178", "--of", "220", "--json")
    data = json.loads(reply.out)
    grid = [(at + 0.5) / 200_000 for at in range(200_000)]
    weights = [
        math.exp(178 * math.log(each / 0.809) + 42 * math.log((1 - each) / 0.191)) for each in grid
    ]
    chance = sum(weight for each, weight in zip(grid, weights, strict=True) if each >= 0.8) / sum(
        weights
    )
    assert data["chance_at_launch"] == pytest.approx(chance, abs=2e-4)
    assert data["evaluate"] == {
        "planned": 0.6,
        "says": round(chance, 2),
        "field": ["stages", "evaluate", "chance"],
    }
    assert tomli.loads(plan.read_text())["model"]["triage"]["stages"]["evaluate"]["chance"] == 0.6


def test_what_waits_for_the_bar_moves_as_two_forecasts_say(run: Run, plan: Path) -> None:
    """The evaluation passes once its only launch level is proven; training must still succeed."""
    text = PLAN.replace("guardrail = 0.5\nlaunch = 0.9", "guardrail = 0.5")
    plan.write_bytes(text.encode())
    data = json.loads(measure(run, "triage.recall", "--hits", "290", "--of", "300", "--json").out)
    assert data["status"] == {"before": "below", "after": "proven"}
    plans = [read_document(raw, "plan.toml").plan for raw in (text.encode(), plan.read_bytes())]
    before, after = (
        forecast(resolve_plan(each)).items["auto"].ships for each in plans if each is not None
    )
    assert [before, after] == pytest.approx([0.48, 0.8], abs=0.02)
    moved = {each["id"]: (each["before"], each["after"]) for each in data["ships"]}
    assert moved["auto"] == pytest.approx((before, after), abs=1e-4)


def test_the_chance_is_taken_in_the_same_step(run: Run, plan: Path) -> None:
    """And without it, the reply says what taking it would move: the same."""
    words = ("triage.recall", "--hits", "120", "--of", "160", "--json")
    offered = json.loads(measure(run, *words).out)
    plan.write_bytes(PLAN.encode())
    taken = json.loads(measure(run, *words, "--take").out)
    assert (offered["taken"], taken["taken"]) == (False, True)
    assert offered["ships"] == taken["would_ship"] == []
    assert offered["would_ship"] == taken["ships"] != []
    stages = tomli.loads(plan.read_text())["model"]["triage"]["stages"]
    assert stages["evaluate"]["chance"] == taken["evaluate"]["says"] < 0.2


def test_a_model_without_stages_is_offered_its_own_chance(run: Run, plan: Path) -> None:
    plan.write_bytes(b"[roadmap]\nas_of = 2026-11-23\n[model.m]\nbars.recall.launch = 0.8\n")
    words = ("m.recall", "--hits", "190", "--of", "220", "--version", "v2", "--run", "r7", "--take")
    assert json.loads(measure(run, *words, "--json").out)["evaluate"]["field"] == ["chance"]
    model = tomli.loads(plan.read_text())["model"]["m"]
    assert model["chance"] == 0.99
    assert model["bars"]["recall"]["measured"][0]["version"] == "v2"


def test_shipped_layout_is_kept(run: Run, tmp_path: Path) -> None:
    text = SHIPPED.read_text("utf-8")
    path = tmp_path / "h.toml"
    path.write_text(text, "utf-8")
    reply = run(
        "measure",
        str(path),
        "triage-model.recall",
        "--hits",
        "200",
        "--of",
        "240",
        "--on",
        "2026-11-20",
    )
    assert reply.code == 0
    assert changed_lines(path, text) == ["+     { on = 2026-11-20, hits = 200, of = 240 },"]


@pytest.mark.parametrize(
    ("bar", "words", "fields"),
    [
        (
            "triage.groundedness",
            "--value .91 --low .88 --high .94",
            {"value": 0.91, "low": 0.88, "high": 0.94},
        ),
        (
            "triage.recall",
            "--tp 178 --fp 22 --fn 42 --tn 758",
            {"tp": 178, "fp": 22, "fn": 42, "tn": 758},
        ),
        ("one", "--hits 15 --of 100", {"hits": 15, "of": 100}),
        ("one.wer", "--value 1.2 --low 1 --high 1.4", {"value": 1.2, "low": 1, "high": 1.4}),
    ],
)
def test_every_form_can_be_recorded(
    run: Run, plan: Path, bar: str, words: str, fields: dict[str, float]
) -> None:
    assert measure(run, bar, *words.split()).code == 0
    model, _, name = bar.partition(".")
    recorded = tomli.loads(plan.read_text())["model"][model]["bars"][name or "wer"]["measured"][-1]
    assert {key: value for key, value in recorded.items() if key != "on"} == fields
    assert all(not line.startswith("-") for line in changed_lines(plan))


def test_measurements_from_a_csv(run: Run, plan: Path) -> None:
    Path("counts.csv").write_text("on,hits,of\n2026-11-01,150,200\n\n2026-11-10,178,220\n", "utf-8")
    reply = measure(run, "triage.recall", "--csv", "counts.csv", "--dataset", "golden-v2")
    assert reply.code == 0
    assert changed_lines(plan) == [
        '+     { on = 2026-11-01, dataset = "golden-v2", hits = 150, of = 200 },',
        '+     { on = 2026-11-10, dataset = "golden-v2", hits = 178, of = 220 },',
    ]
    assert "with 2 measurements below → likely" in reply.out


def test_an_older_measurement_changes_no_status(run: Run, plan: Path) -> None:
    reply = measure(run, "triage.recall", "--hits", "99", "--of", "100", "--on", "2026-10-01")
    assert "below → below" in reply.out
    assert "older than the measurement of 2026-10-30" in " ".join(reply.out.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("triage.recall", "nothing was measured"),
        ("triage.recall --hits 9", "of is missing"),
        ("triage.recall --hits 9 --of 8", "9 hits of 8 cases"),
        ("triage.recall --hits 0 --of 0", "no case was counted"),
        ("triage.recall --tp 0 --fp 0 --fn 0 --tn 0", "no case was counted"),
        ("triage.recall --tp 0 --fp 5 --fn 0 --tn 5", "do not tell recall"),
        ("triage.recall --hits 9 --of 10 --value 0.9", "hits and value do not go together"),
        ("triage.recall --value 0.9", "low and high too"),
        ("triage.recall --value 0.9 --low 0.91 --high 0.99", "does not lie from 0.91 to 0.99"),
        ("triage.recall --value 89 --low 85 --high 92", "89% is 0.89"),
        ("one.wer --value 12 --low 10 --high 15", "12% is 0.12"),
        ("triage.recall --value nan --low 0 --high 1", "no finite number"),
        ("triage.groundedness --tp 1 --fp 1 --fn 1 --tn 1", "do not tell groundedness"),
        ("triage.recall --hits 9 --of 10 --on 2999-01-01", "still to come"),
        (
            "triage.recall --hits 90 --of 120 --on 2026-10-30 --dataset golden-v1",
            "recorded already",
        ),
        ("triage.recall --hits -1 --of 10", "-1"),
        ("triage.recall --hits 1.5 --of 10", "1.5"),
        ("triage.recall --hits 9 --of 10 --on 23.11.2026", "not a date"),
        ("triage.recal --hits 9 --of 10", 'did you mean "recall"'),
        ("triage --hits 9 --of 10", "which bar?"),
        ("triag.recall --hits 9 --of 10", "did you mean"),
        ("auto.recall --hits 9 --of 10", "no model; it rests on triage"),
        ("plain.recall --hits 9 --of 10", "bars.recall.launch 0.8"),
        ("triage.recall --csv none.csv", "none.csv"),
        ("triage.recall --csv . ", "."),
        ("triage.recall --csv counts.csv --hits 9 --of 10", "leave them out"),
    ],
)
def test_nonsense_is_refused_with_its_cause(run: Run, plan: Path, words: str, said: str) -> None:
    reply = measure(run, *words.split())
    assert (reply.out, reply.code) == ("", 2)
    assert said in reply.err
    assert plan.read_text() == PLAN


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "no columns"),
        (b"hits,of\n", "no measurement"),
        (b"hits,off\n1,2\n", "counts.csv:1: no column off"),
        (b"hits,hits\n1,2\n", "a column twice"),
        (b"hits,of\n1\n", "counts.csv:2: 1 cells"),
        (b"hits,of\n1,two\n", "counts.csv:2: hits 1, of two"),
        (b"hits,of\n1.5,2\n", "whole numbers"),
        (b"on,hits,of\n1 May,1,2\n", "days such as"),
        (b"hits,of\n3,4\n9,8\n", "measurement 2: 9 hits of 8 cases"),
        (b'hits,of\n"1,2\n', "no CSV"),
        (b"\xff\xfe", "UTF-8"),
        (b"hits,of\n1,\x1b[2J\n", "whole numbers"),
    ],
)
def test_a_csv_that_makes_no_sense(run: Run, plan: Path, raw: bytes, said: str) -> None:
    Path("counts.csv").write_bytes(raw)
    reply = measure(run, "triage.recall", "--csv", "counts.csv")
    assert (reply.out, reply.code) == ("", 2)
    assert said in reply.err
    assert "\x1b" not in reply.err
    assert plan.read_text() == PLAN


def test_standard_input_can_not_be_changed(run: Run) -> None:
    reply = run("measure", "-", "triage.recall", "--hits", "9", "--of", "10", stdin=PLAN.encode())
    assert (reply.out, reply.code) == ("", 2)


def test_measured_as_tables_of_their_own(run: Run, plan: Path) -> None:
    text = (
        "[model.m.bars.recall]\nlaunch = 0.5\n\n[[model.m.bars.recall.measured]]\non ="
        " 2026-01-01\nhits = 1\nof = 2\n"
    )
    plan.write_text(text, "utf-8")
    reply = measure(run, "m", "--hits", "9", "--of", "10", "--on", "2026-02-01")
    assert reply.code == 0, reply.err
    measured = tomli.loads(plan.read_text())["model"]["m"]["bars"]["recall"]["measured"]
    assert [each["hits"] for each in measured] == [1, 9]
    assert all(not line.startswith("-") for line in changed_lines(plan, text))
