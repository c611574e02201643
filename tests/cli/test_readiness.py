"""`roadmap readiness` on worked examples, the shipped roadmaps and nearly empty tables."""

import json
from pathlib import Path
from typing import Any

import pytest
from wcwidth import wcswidth

from roadmap_tui.document.reader import read_document
from roadmap_tui.plan.resolver import uses_ai
from tests.cli.conftest import Run
from tests.cli.test_read_commands import BROKEN

SHIPPED = sorted((Path(__file__).parents[2] / "roadmaps").glob("*.toml"))
WORKED = """\
[roadmap]
as_of = 2026-11-23

[teams.ml]
people = 3

[product.router]
status = "live"
needs = ["triage"]
explanation = "The words that weighed most"
trust.weeks = [{ on = 2026-11-16, accepted = 275, overridden = 205 }]
latency = { p95_ms = 1000, slo = 0.95, steps = [
    { name = "fetch", p50 = 40, p95 = 40 }, { name = "embed", p50 = 120, p95 = 120 },
    { name = "model", p50 = 600, p95 = 600 }, { name = "write", p50 = 60, p95 = 60 }
], measured = { on = 2026-11-20, within = 938, of = 1000 } }
oversight = { level = 2, review = { per_day = 800, minutes = 1.5, hours = 6, staffed = 3 } }

[model.triage]
team = "ml"
status = "live"
upkeep = 0.45
staleness_weeks = 10
retrained = 2026-09-07
bars.recall.launch = 0.8
bars.recall.measured = [
    { on = 2026-11-13, dataset = "golden-v2", tp = 178, fp = 22, fn = 42, tn = 758 },
]
bars.accuracy.launch = 0.9
bars.accuracy.cost_fn = 500
bars.accuracy.cost_fp = 25
bars.accuracy.measured = [{ on = 2026-11-13, hits = 9500, of = 10000 }]
segments.english = { share = 0.8, hits = 789, of = 820, floor = 0.8 }
segments.spanish = { share = 0.14, hits = 116, of = 125, floor = 0.8 }
segments.forwarded = { share = 0.06, hits = 45, of = 55, floor = 0.8 }
failures.lost.hits = 4
failures.lost.of = 1000
failures.lost.cost = 500
failures.lost.caught = 0.3
failures.lost.severity = "high"
failures.lost.example = "A threat is filed"

[model.triage.data]
completeness = { filled = 96, of = 100 }
freshness = { age_hours = 36, sla_hours = 24 }
accuracy = { correct = 368, audited = 400 }
"""


def data_of(run: Run, text: str, *words: str) -> Any:
    reply = run("readiness", "-", *words, "--json", stdin=text.encode())
    assert (reply.err, reply.code) == ("", 0)
    return json.loads(reply.out)


def item(data: Any, name: str) -> Any:
    return next(each for each in data["items"] if each["id"] == name)


def test_worked_answers_as_data(run: Run) -> None:
    data = data_of(run, WORKED)
    router, triage = item(data, "router"), item(data, "triage")
    recall, accuracy = triage["bars"]
    assert (round(recall["value"], 3), round(recall["low"], 3), round(recall["high"], 3)) == (
        0.809,
        0.752,
        0.856,
    )
    assert recall["status"] == "likely"
    assert accuracy["status"] == "proven"
    assert round(accuracy["threshold"], 4) == 0.0476
    forwarded = triage["segments"]["items"][2]
    assert (forwarded["misses"], round(forwarded["gap"], 3), round(forwarded["low"], 3)) == (
        True,
        0.144,
        0.697,
    )
    assert triage["segments"]["coverage"] == 0.8
    assert (
        round(triage["data"]["score"], 3),
        triage["data"]["worst"],
        triage["data"]["fails"],
    ) == (
        0.838,
        "freshness",
        True,
    )
    assert [round(end, 3) for end in triage["data"]["accuracy_interval"]] == [0.889, 0.943]
    assert triage["failures"][0]["harm_per_1000"] == pytest.approx(1400)
    assert triage["lifecycle"]["stale_weeks"] == 1
    override = router["trust"]["override"]
    assert (round(override["value"], 3), round(override["low"], 3), round(override["high"], 3)) == (
        0.427,
        0.384,
        0.472,
    )
    assert router["trust"]["state"] == "watch"
    assert router["latency"]["headroom"] == pytest.approx(0.18)
    assert router["latency"]["error_budget_burnt"] == pytest.approx(1.24)
    assert router["oversight"]["reviewing"] == pytest.approx(3.333)
    assert router["oversight"]["reviewers"] == 4
    assert router["models"] == ["triage"]
    assert data["teams"] == [{"team": "ml", "people": 3, "upkeep": 0.45, "upkeep_all": 0.45}]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("triage", "recall 81% (75–86%): likely, launch 80% is not proven"),
        (
            "triage",
            "95% at 10,000 a day is 500 (459–544) wrong a day; at the 800 a day here, 40"
            " (36.7–43.6)",
        ),
        ("triage", "a yes costs less than a no from a probability of 4.8%"),
        (
            "triage",
            (
                "forwarded 82% (70–90%) of 55 cases, 6% of use: may be below its floor 80%;"
                " 14.4 points behind"
            ),
        ),
        ("triage", "80% of all use lies in segments of 200 cases or more"),
        ("triage", "freshness 67% is below its floor 90%"),
        ("triage", "score 84%, their geometric mean"),
        ("triage", "stale for 1 week"),
        ("triage", "upkeep takes 0.5 of 3 people now (15%)"),
        ("triage", "severe and without mitigation: lost"),
        ("triage", "harm 1,400 (545–3,584) per 1,000"),
        (
            "router",
            "overridden 43% (38–47%) of 480 decided in the newest week: watch: above the alarm of"
            " 40%",
        ),
        ("router", "124% of the error budget burnt, more than there is"),
        ("router", "4 steps, simulated: p95 820 ms of 1 s, 18% of the budget left"),
        ("router", "review keeps 3.33 people busy: 4 reviewers; 3 staffed"),
        ("router", "4 reviewers staffed; now 3"),
        ("router", "users see why: The words that weighed most"),
    ],
)
def test_worked_answers_in_words(run: Run, name: str, said: str) -> None:
    reply = run("readiness", "-", name, stdin=WORKED.encode())
    assert (reply.err, reply.code) == ("", 0)
    assert said in " ".join(reply.out.split())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_readiness_lists_every_ai_item_of_the_shipped_roadmaps(run: Run, path: Path) -> None:
    plan = read_document(path.read_bytes(), path.name).plan
    assert plan is not None
    wanted = {
        name
        for name, each in plan.items.items()
        if name not in plan.spike
        and uses_ai(plan, name)
        and each.status not in {"failed", "dropped"}
    }
    found = json.loads(run("readiness", str(path), "--json").out)["items"]
    assert {each["id"] for each in found} == wanted
    for name in wanted:
        reply = run("readiness", str(path), name)
        assert (reply.err, reply.code) == ("", 0)
    reply = run("readiness", str(path))
    assert reply.code == 0
    assert all(wcswidth(line) <= 100 for line in reply.out.splitlines())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_accuracy_without_its_interval_and_its_failure_modes(path: Path, run: Run) -> None:
    for each in json.loads(run("readiness", str(path), "--json").out)["items"]:
        for bar in each.get("bars", []):
            assert (bar["value"] is None) == (bar["low"] is None) == (bar["high"] is None)
        assert not each.get("bars") or "failures" in each["verdicts"]


def test_the_worst_comes_first_and_a_breach_before_all(run: Run) -> None:
    text = """\
[roadmap]
as_of = 2026-11-23
[model.good.bars.recall]
launch = 0.5
measured = [{ on = 2026-11-01, hits = 900, of = 1000 }]
[model.bad.bars.recall]
launch = 0.9
measured = [{ on = 2026-11-01, hits = 500, of = 1000 }]
[model.fallen]
status = "live"
[model.fallen.bars.recall]
guardrail = 0.9
launch = 0.95
measured = [{ on = 2026-11-01, hits = 500, of = 1000 }]
[model.silent]
"""
    data = data_of(run, text)
    assert [each["id"] for each in data["items"]] == ["fallen", "bad", "good", "silent"]
    assert data["breaches"] == [{"id": "fallen", "bar": "recall"}]
    out = run("readiness", "-", stdin=text.encode()).out
    assert "✗ breach: Fallen, recall below 90%" in out
    assert "✗ breach" in out.split("Bad")[0]


def test_a_bar_for_which_less_is_better(run: Run) -> None:
    text = '[model.m.bars.wer]\nbetter = "lower"\nguardrail = 0.3\nlaunch = 0.2\n'
    answer = {
        "hits = 100, of = 1000": "proven, launch 20%",
        "hits = 19, of = 100": "likely, launch 20% is not proven",
        "hits = 25, of = 100": "above launch 20% by 5%",
        "hits = 50, of = 100": "all of its interval lies above the guardrail 30%",
    }
    for counts, words in answer.items():
        raw = f"{text}measured = [{{ on = 2026-11-01, {counts} }}]\n".encode()
        assert words in " ".join(run("readiness", "-", "m", stdin=raw).out.split())


@pytest.mark.parametrize(
    "table",
    [
        "bars.x = {}",
        "bars.x.measured = [{ on = 2026-11-01, hits = 0, of = 0 }]",
        "bars.x = { launch = 1, measured = [{ on = 2026-11-01, hits = 0, of = 0 }] }",
        "bars.x = { launch = 1, measured = [{ on = 2026-11-01, hits = 5, of = 5 }] }",
        (
            "bars.x = { launch = 0, target = 0, baseline = 0, measured = [{ on = 2027-11-01, hits ="
            " 5, of = 5 }] }"
        ),
        (
            "bars.x = { launch = 1e9, measured = [{ on = 2026-11-01, value = -1e300, low = -1e300,"
            " high = 1e300 }] }"
        ),
        (
            "bars.auc = { launch = 0.9, measured = [{ on = 2026-11-01, tp = 0, fp = 0, fn = 0, tn ="
            " 0 }] }"
        ),
        (
            "bars.recall = { prevalence = 0, cost_fp = 0, cost_fn = 0,"
            " measured = [{ on = 2026-11-01, tp = 0, fp = 0, fn = 0, tn = 9 }] }"
        ),
        "segments.x = {}",
        "segments.x = { hits = 0, of = 0, floor = 1 }",
        "failures.x = {}",
        "failures.x = { hits = 0, of = 0, cost = 0 }",
        "failures.x = { hits = 1, of = 1, cost = [1, 1e12], caught = 1 }",
        "data = {}",
        "data = { completeness = { filled = 0, of = 0 }, accuracy = { correct = 0, audited = 0 } }",
        (
            "data = { freshness = { age_hours = 1e12, sla_hours = 0.001 }, accuracy = { correct ="
            " 0, audited = 1 } }"
        ),
        'status = "live"',
        'status = "live"\nstaleness_weeks = 0.001\nfinished = 2020-01-01\nretired = 2026-01-01',
        'upkeep = 1e12\nteam = "nobody"',
        "volume_month = 0",
    ],
)
@pytest.mark.parametrize("status", ["", "more"])
def test_degenerate_tables_of_a_model(run: Run, table: str, status: str) -> None:
    team = "" if "team" in table or status else 'team = "ml"\n'
    assert_every_command_answers(
        run, f"[teams.ml]\npeople = 1\n[model.m]\n{team}{table}\n[product.p]\nneeds = ['m']\n"
    )


@pytest.mark.parametrize(
    "table",
    [
        "trust = {}",
        "trust.weeks = [{ on = 2026-11-01, accepted = 0, overridden = 0 }]",
        "trust.weeks = [{ on = 2026-11-01, accepted = 0, overridden = 9 }]",
        "trust.activation = { eligible = 0, activated = 0, valued = 0 }",
        "trust.cohorts.new = {}",
        "latency = {}",
        "latency = { p95_ms = 1e-9, steps = [{ name = 'a', ms = 1e12 }] }",
        "latency = { steps = [{ name = 'a', ms = 0 }], kind = 'background' }",
        "latency = { kind = 'instant', p95_ms = 5000 }",
        "latency = { slo = 1, measured = { on = 2026-11-01, within = 1, of = 2 } }",
        "latency = { measured = { on = 2026-11-01 } }",
        "latency = { measured = { on = 2026-11-01, within = 0, of = 0 } }",
        "oversight = {}",
        "oversight = { level = 5 }",
        "oversight = { level = 4 }",
        "oversight = { level = 0, review = { per_day = 0, minutes = 0, hours = 1 } }",
        "oversight = { level = 0, promote_if = {}, demote_if = {} }",
        (
            "oversight = { level = 3, demote_if = { accept = 1 }, review = {} }\n"
            "trust.weeks = [{ on = 2026-11-01, accepted = 0, overridden = 9 }]"
        ),
        "failures.x = {}",
        "status = 'live'",
        "ai = true",
    ],
)
def test_degenerate_tables_of_a_feature(run: Run, table: str) -> None:
    assert_every_command_answers(run, f"[product.p]\n{table}\nneeds = ['m']\n[model.m]\n")


def assert_every_command_answers(run: Run, text: str) -> None:
    for name in ("p", "m"):
        reply = run("readiness", "-", name, stdin=text.encode())
        assert reply.code == 0, reply.err
        assert reply.out
        assert "nan" not in reply.out
        assert "inf" not in reply.out.replace("informs", "")
    assert run("readiness", "-", stdin=text.encode()).code == 0
    reply = run("readiness", "-", "--json", stdin=text.encode())
    assert {each["id"] for each in json.loads(reply.out)["items"]} == {"p", "m"}


def test_a_plan_without_ai_items_teaches_what_to_write(run: Run) -> None:
    reply = run("readiness", "-", stdin=b"[product.a]\neffort = 1\n")
    assert reply.code == 0
    assert "No AI item yet" in reply.out
    assert data_of(run, "[product.a]\neffort = 1\n")["items"] == []


def test_an_item_that_is_no_ai_item_or_not_there_is_wrong_use(run: Run) -> None:
    raw = b"[product.plain]\n[model.m]\n[spike.s]\n"
    for name in ("plain", "s"):
        reply = run("readiness", "-", name, stdin=raw)
        assert (reply.out, reply.code) == ("", 2)
        assert "ai = true" in reply.err
    reply = run("readiness", "-", "plainn", stdin=raw)
    assert (reply.out, reply.code) == ("", 2)
    assert "did you mean" in reply.err


@pytest.mark.parametrize("fault", [name for name in BROKEN if name != "large"])
def test_a_file_without_a_plan_is_exit_code_3(run: Run, fault: str) -> None:
    for words in ([], ["--json"], ["a"]):
        reply = run("readiness", "-", *words, stdin=BROKEN[fault])
        assert (reply.out, reply.code) == ("", 3)


def test_the_day_decides_what_is_stale(run: Run) -> None:
    before = data_of(run, WORKED, "--as-of", "2026-11-09")
    assert item(before, "triage")["lifecycle"]["stale_weeks"] == -1


def test_texts_of_the_file_are_shown_and_not_obeyed(run: Run) -> None:
    text = (
        '[model.m]\ntitle = "\\u001b[31mred"\nfailures.x = { example = "\\u001b[2J", hits = 1, of ='
        ' 2 }\nbars."\\u001b]0;x".launch = 0.5\nbars."\\u001b]0;x".measured = [{ on = 2026-11-01,'
        ' dataset = "\\u202e", hits = 1, of = 2 }]\nsegments."\\u001b[1m" = { hits = 1, of = 2'
        ' }\nmonitor = { signal = "\\u001b" }\n[product.p]\nneeds = ["m"]\nexplanation ='
        ' "\\u001b[5m"\n'
    )
    for words in ([], ["m"], ["p"]):
        out = run("readiness", "-", *words, stdin=text.encode()).out
        assert "\x1b" not in out
        assert "\u202e" not in out


def test_summary_of_a_model_has_its_failure_modes(run: Run) -> None:
    text = "[model.a]\nfailures = { lost = {}, late = {} }\n"
    text += (
        "bars.recall = { launch = 0.9, measured = [{ on = 2026-11-13, hits = 178, of = 220 }] }\n"
    )
    answer = " ".join(run("readiness", "-", stdin=text.encode()).out.split())
    assert "more cases at this rate won't prove it; fails by lost, late" in answer
    answer = " ".join(
        run(
            "readiness", "-", stdin=text.replace("failures = { lost = {}, late = {} }", "").encode()
        ).out.split()
    )
    assert "won't prove it; no failure modes recorded" in answer


def test_accuracy_is_shown_with_the_majority_baseline(run: Run) -> None:
    text = WORKED.replace("hits = 9500, of = 10000", "tp = 178, fp = 22, fn = 42, tn = 758")
    answer = " ".join(run("readiness", "-", "triage", stdin=text.encode()).out.split())
    assert "accuracy 94% (92–95%)" in answer
    assert "always guessing what is more common would reach 78%" in answer
    bars = item(data_of(run, text), "triage")["bars"]
    assert [bar["majority"] for bar in bars] == [None, 0.78]


def test_each_failure_mode_has_its_part_of_all_harm(run: Run) -> None:
    """1,400 of 1,400 + 600."""
    text = WORKED.replace(
        "[model.triage.data]",
        "failures.late = { hits = 6, of = 1000, cost = 100 }\n[model.triage.data]",
    )
    answer = " ".join(run("readiness", "-", "triage", stdin=text.encode()).out.split())
    assert "harm 1,400 (545–3,584) per 1,000, 70% of all harm" in answer
    assert "harm 600 (275–1,303) per 1,000, 30% of all harm" in answer
    assert "of all harm" not in run("readiness", "-", "triage", stdin=WORKED.encode()).out


def test_cohort_activation_is_compared_with_all_users(run: Run) -> None:
    cohort = "trust.activation = { eligible = 100, activated = 60 }\n"
    cohort += (
        "trust.cohorts.night = { activation = { eligible = 10, activated = 2, valued = 1 } }\n"
    )
    text = WORKED.replace("latency =", f"{cohort}latency =")
    answer = " ".join(run("readiness", "-", "router", stdin=text.encode()).out.split())
    assert (
        "used by 60% (50–69%) of 100 who could night: used by 20% (6–51%) of 10 who could; of all"
        " 60% 50% of them got" in answer
    )


def test_how_often_something_is_watched(run: Run) -> None:
    text = "[model.a]\nmonitor = { signal = 'share refused', act = 0.2, every_weeks = 1 }\n"
    text += "retrain = { every_weeks = 9, effort = 1 }\n"
    answer = run("readiness", "-", "a", stdin=text.encode()).out
    assert "watched: share refused, act at 20%, every week" in answer
    assert "trained again every 9 weeks" in answer


SCENARIO = """
[scenario.better.model.triage.bars.recall]
launch = 0.7
[scenario.fewer.teams.ml]
people = 1
"""


def test_a_scenario_beside_the_plan(run: Run) -> None:
    """178 of 220 is 0.752 to 0.856: all of it clears 0.7, not all of it 0.8."""
    answer = data_of(run, WORKED + SCENARIO, "--scenario", "better")
    assert answer["scenario"] == "better"
    assert item(answer, "triage")["bars"][0]["status"] == "proven"
    unchanged = data_of(run, WORKED)
    assert [each["verdicts"] for each in answer["base"]["items"]] == [
        each["verdicts"] for each in unchanged["items"]
    ]
    assert item(answer["base"], "triage")["verdicts"] != item(answer, "triage")["verdicts"]


def test_a_scenario_in_words(run: Run) -> None:
    def words(*options: str) -> str:
        reply = run("readiness", "-", *options, stdin=(WORKED + SCENARIO).encode())
        assert reply.err == ""
        return " ".join(reply.out.split())

    better = words("--scenario", "better")
    assert "scenario better" in better
    start = (
        "Against the plan without the scenario Router: quality ! likely → ✓ proven Triage:"
        " quality ! likely → ✓"
        " proven"
    )
    assert start in better
    assert (
        "upkeep takes 0.5 of 1 person now (45%); now: Ml: upkeep takes 0.5 of 3 people now"
        " (15%)" in words("--scenario", "fewer")
    )
    assert "nothing moves" in words("router", "--scenario", "fewer")
    assert run("readiness", "-", "--scenario", "none", stdin=WORKED.encode()).code == 2
