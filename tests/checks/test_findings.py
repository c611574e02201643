"""When checks apply, their severity, how to ignore them, and the edits that fix findings."""

import datetime as dt
import re
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from roadmap_tui.checks.applicability import AppliesFrom
from roadmap_tui.checks.context import CheckContext
from roadmap_tui.checks.findings import CheckFindings, run_checks
from roadmap_tui.checks.registry import RULE_IDS, RULES
from roadmap_tui.checks.rule import Finding, Rule
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import SetValue, apply_edits
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.plan.faults import KeyPath
from tests.checks.case_files import CASES, FOLDER, Case, judge_text, read_case

RULE = {rule.id: rule for rule in RULES}


def fires(name: str) -> Case:
    """The file that fires a rule."""
    return read_case(FOLDER / f"{name}.toml")


def edited(before: Case, *edits: SetValue) -> Case:
    """The same with edits made; what is known of it stays."""
    document = apply_edits(before.document, *edits)
    assert isinstance(document, Document), document
    assert document.plan is not None, document.faults
    return replace(before, document=document, plan=document.plan)


def ids(found: tuple[Finding, ...]) -> set[str]:
    return {each.check for each in found}


# When

LATER_P = '[product.p]\npin = "later"\n'
TIMES: dict[str, dict[str, str]] = {  # the plan: for each item, the times that have come
    '[model.m]\npin = "later"\n': {"m": ""},
    '[model.m]\npin = "next"\n': {"m": "next"},
    '[model.m]\npin = "now"\n': {"m": "next evaluate"},
    '[model.m]\nstatus = "active"\npin = "later"\n': {"m": "active evaluate"},
    '[model.m]\npin = "later"\nstage = "train"\n': {"m": ""},
    '[model.m]\npin = "later"\nstage = "evaluate"\n': {"m": "evaluate"},
    '[model.m]\npin = "later"\nstage = "deploy"\n': {"m": "evaluate"},
    '[model.m]\nstatus = "live"\n': {"m": "next evaluate live"},
    '[model.m]\nstatus = "live"\nretired = 2026-11-23\n': {"m": ""},
    '[model.m]\nstatus = "live"\nretired = 2026-11-24\n': {"m": "next evaluate live"},
    '[model.m]\nstatus = "done"\nstage = "deploy"\n': {"m": ""},
    '[model.m]\nstatus = "dropped"\npin = "now"\n': {"m": ""},
    '[model.m]\nstatus = "idea"\npin = "now"\n': {"m": "next"},
    '[model.m]\npin = "now"\n[spike.s]\npin = "next"\ninforms = "m"\n': {"m": "next", "s": "next"},
    '[model.m]\nstatus = "active"\n[spike.s]\npin = "later"\ninforms = "m"\n': {
        "m": "next active evaluate",
        "s": "",
    },
    '[model.m]\npin = "now"\n[spike.s]\nstatus = "done"\ninforms = "m"\n': {
        "m": "next evaluate",
        "s": "",
    },
    '[product.p]\npin = "now"\n': {"p": "next evaluate"},
    '[product.p]\npin = "later"\nneeds = ["m"]\n[model.m]\npin = "now"\n': {
        "p": "evaluate",
        "m": "next evaluate",
    },
    '[product.p]\npin = "later"\nai = false\nneeds = ["m"]\n[model.m]\npin = "now"\n': {
        "p": "",
        "m": "next evaluate",
    },
    f'{LATER_P}needs = ["q"]\n[product.q]\npin = "later"\nneeds = ["m"]\n'
    '[model.m]\npin = "now"\n': {
        "p": "",
        "q": "evaluate",
    },
    f'{LATER_P}needs = ["n"]\n[model.n]\npin = "later"\nneeds = ["m"]\n[model.m]\npin = "now"\n': {
        "p": "",
        "m": "next evaluate",
    },
    f'{LATER_P}needs = [{{ bar = "m.b" }}]\n[model.m]\npin = "now"\nbars.b.launch = 0.8\n': {
        "p": "evaluate"
    },
    f'{LATER_P}needs = [["m", "n"]]\n[model.m]\npin = "later"\n[model.n]\npin = "now"\n': {
        "p": "evaluate"
    },
    '[product.p]\npin = "later"\nneeds = ["m"]\n[model.m]\nstatus = "live"\n': {"p": ""},
    '[product.p]\nstatus = "idea"\npin = "later"\nneeds = ["m"]\n[model.m]\npin = "now"\n': {
        "p": ""
    },
}


@pytest.mark.parametrize("text", TIMES)
def test_it_is_time(text: str) -> None:
    found = judge_text(text)
    seen = CheckContext(found.plan, found.known, RULE_IDS)
    times: tuple[AppliesFrom, ...] = ("next", "active", "evaluate", "live")
    for name, expected in TIMES[text].items():
        assert [time for time in times if seen.applies_to(time, name)] == expected.split(), name
        assert seen.applies_to("always", name)


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.info.applies_from != "always"], ids=lambda rule: rule.id
)
def test_a_check_waits_until_it_is_time(rule: Rule) -> None:
    """A plan that fires it, put off: then it is only counted."""
    before = fires(rule.id)
    hit = next(each for each in before.findings.found if each.check == rule.id)
    plan = re.sub(r'^status = "\w+"\n', "", before.document.text, flags=re.MULTILINE)
    plan = re.sub(r'^pin = "\w+"\n', "", plan, flags=re.MULTILINE)
    # what is put off whole is not priced
    whole = "spike" if rule.id in {"SP06", "SP10"} else "product|model|spike"
    put_off = judge_text(
        re.sub(rf"^(\[(?:{whole})\.[\w-]+\])$", r'\1\npin = "later"', plan, flags=re.MULTILINE)
    )
    if rule.id in {"SP04", "LC04", "GV02"}:
        return  # these say nothing of what is not active, not live, or not Now
    assert rule.id not in ids(put_off.findings.found)
    assert (rule.id, hit.item) in {(each.check, each.item) for each in put_off.findings.later}


def test_what_is_now_needs_an_owner_once_it_is_active() -> None:
    found = judge_text('[product.p]\npin = "now"\n').findings
    assert ("GV02" in ids(found.found), "GV02" in ids(found.later)) == (False, True)


# How loudly

LIVE = 'status = "live"\nmonitor = { signal = "PSI" }\nstaleness_weeks = 9'
LIVE_FEATURE = 'status = "live"\nstarted = 2026-11-02\nfinished = 2026-11-10\nspent = 2'
NEAR_FEATURE = 'status = "planned"\npin = "now"'
LOUD = {
    "SG02": ("SG02", 'pin = "now"', LIVE),
    "UE02": ("UE02", 'pin = "now"', 'status = "live"'),
    "HL01": ("HL01", 'pin = "now"', 'status = "live"'),
    "HL02": ("HL02", 'pin = "now"', 'status = "live"'),
    "UE04": ("UE04-loss", 'pin = "later"', 'status = "live"'),
    "UE06": ("UE06", 'pin = "later"', 'status = "live"'),
    **{check: (check, NEAR_FEATURE, LIVE_FEATURE) for check in ("HL04", "HL05", "HL06", "LA04")},
}


@pytest.mark.parametrize("check", LOUD)
def test_what_is_live_is_an_error(check: str) -> None:
    name, near, live = LOUD[check]
    text = fires(name).document.text
    for other, version, severity in ((live, near, "W"), (near, live, "E")):
        found = judge_text(text.replace(other, version)).findings.found
        assert next(each for each in found if each.check == check).severity == severity
    assert {rule.id for rule in RULES if rule.info.live_severity} == set(LOUD)


def test_a_confirmed_alarm_is_an_error() -> None:
    for name, severity in (("TR02", "W"), ("TR02-confirmed", "E")):
        assert [each.severity for each in fires(name).findings.found] == [severity]


def test_the_worst_comes_first_then_the_order_of_the_file() -> None:
    slow = '[product.b]\npin = "next"\nconfidence = 1\nlatency = { kind = "flow", p95_ms = 2000 }\n'
    old = "[roadmap]\nas_of = 2026-11-23\nreviewed = 2026-01-01\n"
    found = judge_text(old + slow + '[product.a]\nneeds = ["z"]\n').findings
    assert [(each.severity, each.check, each.item) for each in found.found] == [
        ("E", "LA02", "b"),
        ("E", "GV01", "a"),
        ("W", "GV03", None),
        ("W", "RC01", "b"),
        ("W", "TL08", "b"),
    ]
    assert [each.check for each in found.of_item("b")] == ["LA02", "RC01", "TL08"]
    assert [each.check for each in found.of_item(None)] == ["GV03"]
    assert (found.count("E"), found.count("W"), found.count("I")) == (2, 3, 0)


def test_a_card_has_three_marks_at_most() -> None:
    text = '[spike.s]\nstatus = "active"\nstarted = 2026-01-01\n'
    found = judge_text("[roadmap]\nas_of = 2026-11-23\n" + text).findings
    assert len(found.of_item("s")) > len(found.marks("s")) == 3
    assert found.marks("s") == found.of_item("s")[:3]


# Silences


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.id != "GV05"], ids=lambda rule: rule.id
)
def test_a_check_is_silenced_with_a_reason(rule: Rule) -> None:
    before = fires(rule.id)
    hit = next(each for each in before.findings.found if each.check == rule.id)
    place: KeyPath = ("roadmap",) if hit.item is None else hit.path[:2]
    silence = {"check": rule.id, "why": "we know", "until": dt.date(2026, 11, 23)}
    after = edited(before, SetValue((*place, "ignore"), [silence])).findings
    assert (rule.id in ids(after.found)) == (rule.id == "GV01")
    assert (rule.id in ids(after.ignored)) == (rule.id != "GV01")
    for wrong in ({"why": " "}, {"until": dt.date(2026, 11, 22)}):
        after = edited(before, SetValue((*place, "ignore"), [silence | wrong])).findings
        assert {rule.id, "GV05"} <= ids(after.found)
        assert rule.id not in ids(after.ignored)


# Thresholds

MOVED: dict[
    str, tuple[object, str, object]
] = {  # where it is silent; a file that is silent, and where that is not
    "DT04": ([0, 1], "DT04-fixed", [0.2, 0.9]),
    "SP07": (0.95, "SP07-fixed", 0.85),
    "TL02": (0.7, "TL02-fixed", 0.85),
    "LC03": (0.5, "LC03-fixed", 0.3),
    "MQ03": ([0, 1], "MQ03-fixed", [0.2, 0.8]),
    "UE02": (0.1, "UE02-few", 0.04),
    "UE03": (91, "UE03-fixed", 89),
    "RB02": (0.95, "RB02-fixed", 0.85),
    "GV03": (31, "GV03-fixed", 29),
    "DQ05": (181, "DQ05-fixed", 179),
}


@pytest.mark.parametrize("check", MOVED)
def test_thresholds_come_from_the_policy(check: str) -> None:
    lenient, silent, strict = MOVED[check]
    assert check not in ids(
        edited(fires(check), SetValue(("policy", check), lenient)).findings.found
    )
    assert check in ids(edited(fires(silent), SetValue(("policy", check), strict)).findings.found)
    assert {rule.id for rule in RULES if rule.info.has_threshold} == set(MOVED)


# Fixes


def fixable(path: Path) -> list[Finding]:
    """Findings of a case that have a fix."""
    return [each for each in read_case(path).findings.found if each.edits]


WITH_EDITS = sorted(filter(fixable, CASES))


@pytest.mark.parametrize("path", WITH_EDITS, ids=lambda path: path.stem)
def test_what_is_fixed_is_not_found_again(path: Path) -> None:
    before = read_case(path)
    for each in (each for each in before.findings.found if each.edits):
        document = apply_edits(before.document, *each.edits)
        assert isinstance(document, Document), document
        assert not document.unlocated_faults, document.faults
        after = judge_text(document.text).findings.found
        again = [(other.check, other.item, other.text) for other in after]
        assert (each.check, each.item, each.text) not in again
        assert {other.check for other in after if other.severity == "E"} <= ids(
            before.findings.found
        )


def test_what_needs_no_thought_is_offered() -> None:
    offered = {each.check for each in chain.from_iterable(map(fixable, WITH_EDITS))}
    assert offered >= {
        "DT03",
        "SP01",
        "SP10",
        "SP11",
        "TL01",
        "LC01",
        "LC02",
        "MQ01",
        "SG01",
        "SG03",
        "LA01",
        "HL03",
    }


# Beside the plan itself


def test_without_git_the_reason_is_given() -> None:
    plain = fires("GV02")
    assert plain.findings.git_error == ""
    known = replace(plain.known, history=GitUnavailable("not in a git repository"))
    assert run_checks(plain.plan, known).git_error == "not in a git repository"
    assert run_checks(plain.plan, known).found == plain.findings.found


def test_other_faults_are_warnings() -> None:
    model = '[model.m]\npin = "later"\ndecided = 2026-05-01\nrevisit = 2026-04-01\n'
    product = '[product.p]\npin = "later"\nneeds = ["m"]\n'
    found = judge_text("[roadmap]\nas_of = 2026-03-01\n" + model + product).findings.found
    assert [(each.check, each.severity, each.item) for each in found] == [
        ("TL08", "W", "p"),
        ("date", "W", "m"),
    ]


def test_a_plan_of_nothing_has_no_findings() -> None:
    assert judge_text('[roadmap]\ntitle = "Nothing yet"\n').findings == CheckFindings()


def test_ten_lines_find_no_error_and_three_things_at_most() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    text = (
        readme.partition("Ten lines are enough for a plan")[2]
        .partition("```toml\n")[2]
        .partition("```")[0]
    )
    assert len([line for line in text.splitlines() if line]) == 10
    found = judge_text(text).findings
    assert found.count("E") == 0
    assert len(found.found) <= 3
    assert found.later
