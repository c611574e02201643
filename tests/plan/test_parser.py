"""Faults of shape: one fault each, at its place, with its remedy."""

import pytest

from roadmap_tui.plan.faults import Fault, format_path
from tests.plan.build import faults_of, one_fault, plan_of

UNKNOWN = {  # text, place, suggestion
    "[product.a]\nefort = 3\n": ("product.a.efort", '"effort"'),
    "[product.a]\nyes_if_works = 0.8\n": ("product.a.yes_if_works", ""),
    "[model.a]\nai = true\n": ("model.a.ai", ""),
    "[spike.a]\nchance = 0.5\n": ("spike.a.chance", ""),
    "[spike.a]\nreach = 5\n": ("spike.a.reach", ""),
    "[product.a]\nstages.train.effort = 3\n": ("product.a.stages", ""),
    "[produkt.a]\n": ("produkt", '"product"'),
    "[roadmap]\ntitel = 'T'\n[product.a]\n": ("roadmap.titel", '"title"'),
    "[teams.t]\npeopel = 3\n[product.a]\n": ("teams.t.peopel", '"people"'),
    "[policy]\nnow_week = 3\n[product.a]\n": ("policy.now_week", '"now_weeks"'),
    "[policy.chance]\nopinions = 0.3\n[product.a]\n": ("policy.chance.opinions", '"opinion"'),
    "[model.a]\nstages.trian.effort = 3\nstages.train.effort = 3\n": (
        "model.a.stages.trian",
        '"train"',
    ),
    "[model.a]\nstages.train = { efort = 3, effort = 3 }\n": (
        "model.a.stages.train.efort",
        '"effort"',
    ),
    "[model.a]\nbars.recall.lanch = 0.8\n": ("model.a.bars.recall.lanch", '"launch"'),
    "[product.a]\ndeadline = { bye = 2027-01-01, by = 2027-01-01 }\n": (
        "product.a.deadline.bye",
        '"by"',
    ),
    "[model.a]\nbars.r.measured = [{ on = 2026-01-01, hits = 1, off = 2, of = 2 }]\n": (
        "model.a.bars.r.measured[0].off",
        '"of"',
    ),
}


@pytest.mark.parametrize("text", UNKNOWN)
def test_an_unknown_key_is_reported_with_did_you_mean(text: str) -> None:
    place, suggestion = UNKNOWN[text]
    (fault,) = [each for each in faults_of(text) if each.code == "unknown-key"]
    assert format_path(fault.path) == place
    assert fault.at == "key"
    if suggestion:
        assert fault.remedy == f"did you mean {suggestion}?"


WRONG = {  # text, place, what is wrong
    "title = 3": ("title", "not text"),
    "tags = 'one'": ("tags", "not a list"),
    "tags = ['one', 2]": ("tags[1]", "not text"),
    "staff = 1.5": ("staff", "not a whole number"),
    "staff = '1'": ("staff", "not a whole number"),
    "staff = 0": ("staff", "out of range"),
    "staff = 1001": ("staff", "out of range"),
    f"staff = 1{'0' * 400}": ("staff", "out of range"),
    "spent = 1e13": ("spent", "out of range"),
    "staff = true": ("staff", "not a whole number"),
    "chance = '0.5'": ("chance", "not a number"),
    "chance = true": ("chance", "not a number"),
    "chance = 1.1": ("chance", "out of range"),
    "chance = -0.1": ("chance", "out of range"),
    "chance = nan": ("chance", "not a finite number"),
    "chance = [0.3, 0.5]": ("chance", "not a number"),
    "confidence = 80": ("confidence", "out of range"),
    "spent = -1": ("spent", "out of range"),
    f"order = 1{'0' * 400}": ("order", "too large"),
    "order = inf": ("order", "not a finite number"),
    "order = 'first'": ("order", "not a number"),
    "ai = 'yes'": ("ai", "neither true nor false"),
    "ai = 1": ("ai", "neither true nor false"),
    "started = '2026-01-01'": ("started", "not a date"),
    "started = 2026-01-01T09:00:00": ("started", "date"),
    "not_before = 2026": ("not_before", "not a date"),
    "status = 'actve'": ("status", "not one of"),
    "status = 3": ("status", "not one of"),
    "status = ['active']": ("status", "not one of"),
    "pin = 'soon'": ("pin", "not one of"),
    "evidence = 'hunch'": ("evidence", "not one of"),
    "job = 'search'": ("job", "not a table"),
    "needs = { a = 1 }": ("needs", "not a list"),
    "fallback_for = 'No Id'": ("fallback_for", "not an id"),
    "deadline = 2027-01-01": ("deadline", "not a table"),
}


@pytest.mark.parametrize("field", WRONG)
def test_a_wrong_value_is_one_fault_at_its_place(field: str) -> None:
    place, wrong = WRONG[field]
    fault = one_fault(f"[product.a]\n{field}\n")
    assert format_path(fault.path) == f"product.a.{place}"
    assert wrong in fault.problem
    assert fault.fatal
    assert fault.at == "value"


ELSEWHERE = {
    "[roadmap]\nhorizon = 0\n": ("roadmap.horizon", "out of range", "write more than 0"),
    "[roadmap]\nhorizon = 1041\n": ("roadmap.horizon", "out of range", "write at most 1040"),
    "[roadmap]\ncorrelation = 1.01\n": ("roadmap.correlation", "out of range", "write at most 1"),
    "[roadmap]\nreach_per = 'week'\n": ("roadmap.reach_per", "not one of", ""),
    "[roadmap]\nseed = -1\n": ("roadmap.seed", "out of range", "write at least 0"),
    "[teams.t]\npeople = 0\n": ("teams.t.people", "out of range", "write at least 1"),
    "[teams.t]\npeople = 2.5\n": ("teams.t.people", "not a whole number", "write a whole number"),
    "[spike.s]\ntimebox = 0\n": ("spike.s.timebox", "out of range", "write more than 0"),
    "[spike.s]\non_refuted = 'stop'\n": ("spike.s.on_refuted", "not one of", ""),
    "[spike.s]\nverdict = 'confirm'\n": (
        "spike.s.verdict",
        "not one of",
        'did you mean "confirmed"?',
    ),
    "[model.m]\nattempts = 0\n": ("model.m.attempts", "out of range", "write at least 1"),
    "[model.m]\nupkeep = -1\n": ("model.m.upkeep", "out of range", "write at least 0"),
    "[model.m]\nretrain = { every_weeks = 0, effort = 1 }\n": (
        "model.m.retrain.every_weeks",
        "out of range",
        "write more than 0",
    ),
    "[model.m]\nstages.train = { effort = 1, chance = 2 }\n": (
        "model.m.stages.train.chance",
        "out of range",
        "write at most 1",
    ),
    "product = 3\n": ("product", "not a table", "write { key = value } or a [table]"),
    "[product]\na = 3\n": ("product.a", "not a table", "write { key = value } or a [table]"),
    "[[product]]\n": ("product", "not a table", "write { key = value } or a [table]"),
}


@pytest.mark.parametrize("text", ELSEWHERE)
def test_a_wrong_value_anywhere_is_one_fault_with_its_remedy(text: str) -> None:
    place, wrong, right = ELSEWHERE[text]
    fault = one_fault(text)
    assert format_path(fault.path) == place
    assert wrong in fault.problem
    assert right in fault.remedy


def test_a_mistyped_word_is_met_with_did_you_mean() -> None:
    assert one_fault("[product.a]\nstatus = 'actve'\n").remedy == 'did you mean "active"?'


MISSING = {
    "[teams.t]\n[product.a]\n": ("teams.t", "people"),
    "[model.m]\nstages.train.chance = 0.5\n": ("model.m.stages.train", "effort"),
    "[product.a]\ndeadline.why = 'x'\n": ("product.a.deadline", "by"),
    "[product.a]\njob = { when = 'x', want = 'y' }\n": ("product.a.job", "so_that"),
    "[model.m]\nbars.r.measured = [{ hits = 1, of = 2 }]\n": ("model.m.bars.r.measured[0]", "on"),
}


@pytest.mark.parametrize("text", MISSING)
def test_what_is_missing_is_reported_at_the_table_it_is_missing_in(text: str) -> None:
    place, field = MISSING[text]
    fault = one_fault(text)
    assert (fault.code, format_path(fault.path), fault.problem) == (
        "missing",
        place,
        f"{field} is missing",
    )


@pytest.mark.parametrize("by", ["5", "true", "'2027'", "'2027-Q5'", "'2027-03-31'", "[2027]"])
def test_a_deadline_is_a_day_or_a_quarter_and_else_one_fault(by: str) -> None:
    fault = one_fault(f"[product.a]\ndeadline = {{ by = {by} }}\n")
    assert format_path(fault.path) == "product.a.deadline.by"
    assert fault.remedy == 'write 2027-03-31 or "2027-Q1"'


@pytest.mark.parametrize(
    ("by", "last"),
    [
        ("2027-02-03", "2027-02-03"),
        ("'2027-Q1'", "2027-03-31"),
        ("'2027-Q2'", "2027-06-30"),
        ("'2028-Q3'", "2028-09-30"),
        ("'2027-Q4'", "2027-12-31"),
    ],
)
def test_a_quarter_is_kept_until_its_last_day(by: str, last: str) -> None:
    deadline = plan_of(f"[product.a]\ndeadline = {{ by = {by} }}\n").product["a"].deadline
    assert deadline is not None
    assert deadline.day.isoformat() == last


IDS = ["Upper", "under_score", "with space", "-dash", "ümlaut", "", "a.b"]


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("table", ["product", "model", "spike", "teams", "scenario"])
def test_what_is_no_id_is_one_fault_at_the_key(table: str, name: str) -> None:
    body = "people = 1\n" if table == "teams" else ""
    fault = one_fault(f'[product.ok]\n[{table}."{name}"]\n{body}')
    assert fault == Fault(
        "id", (table, name), "not an id", "use lower-case letters, digits and hyphens", at="key"
    )


@pytest.mark.parametrize("name", ["roadmap", "teams", "policy", "market", "scenario"])
def test_reserved_ids_are_taken(name: str) -> None:
    fault = one_fault(f"[product.{name}]\n")
    assert (fault.code, fault.path, fault.problem) == (
        "id",
        ("product", name),
        "this word is reserved by the format",
    )


@pytest.mark.parametrize("name", ["a", "0", "a-b", "2nd-try", "a--b", "product"])
def test_ids(name: str) -> None:
    assert list(plan_of(f"[product.{name}]\n").product) == [name]


STAGED = {
    "[model.m]\neffort = 3\nstages.train.effort = 3\n": (
        "model.m.effort",
        "both effort and stages",
    ),
    "[model.m]\nstage = 'data'\nstages.train.effort = 3\n": (
        "model.m.stage",
        "this stage has no table",
    ),
    "[model.m]\n[model.m.stages]\n": ("model.m.stages", "no stages"),
    "[model.m]\nstages.train = 3\n": ("model.m.stages.train", "not a table"),
    "[model.m]\nstage = 'training'\n": ("model.m.stage", "not one of"),
}


@pytest.mark.parametrize("text", STAGED)
def test_stages_and_effort_and_stage_must_agree(text: str) -> None:
    place, wrong = STAGED[text]
    fault = one_fault(text)
    assert format_path(fault.path) == place
    assert wrong in fault.problem


BARS = {
    "{ launch = 0.8, guardrail = 0.9 }": (".launch", "the levels are out of order"),
    "{ better = 'lower', launch = 80, target = 90 }": (".target", "the levels are out of order"),
    "{ measured = [{ on = 2026-01-01 }] }": (
        ".measured[0]",
        "the measurement is incomplete or mixed",
    ),
    "{ measured = [{ on = 2026-01-01, hits = 1 }] }": (
        ".measured[0]",
        "the measurement is incomplete or mixed",
    ),
    "{ measured = [{ on = 2026-01-01, hits = 1, of = 2, value = 0.5 }] }": (
        ".measured[0]",
        "the measurement is incomplete or mixed",
    ),
    "{ measured = [{ on = 2026-01-01, value = 0.5 }] }": (
        ".measured[0]",
        "the measurement is incomplete or mixed",
    ),
    "{ measured = [{ on = 2026-01-01, tp = 1, fp = 1, fn = 1 }] }": (
        ".measured[0]",
        "the measurement is incomplete or mixed",
    ),
    "{ measured = [{ on = 2026-01-01, hits = 3, of = 2 }] }": (
        ".measured[0].hits",
        '"hits" is more than "of"',
    ),
    "{ measured = [{ on = 2026-01-01, value = 3.0, low = 1.0, high = 2.0 }] }": (
        ".measured[0].value",
        "outside its interval",
    ),
    "{ measured = [{ on = 2026-01-01, hits = -1, of = 2 }] }": (
        ".measured[0].hits",
        "out of range",
    ),
}


@pytest.mark.parametrize("bar", BARS)
def test_bars_that_make_no_sense_are_one_fault(bar: str) -> None:
    place, wrong = BARS[bar]
    fault = one_fault(f"[model.m]\nbars.r = {bar}\n")
    assert format_path(fault.path) == f"model.m.bars.r{place}"
    assert wrong in fault.problem


def test_all_faults_are_reported_at_once() -> None:
    text = (
        "[roadmap]\nhorizon = -1\n[product.a]\neffort = [3, 2]\nefort = 1\n[model.b]\nneeds ="
        " [1]\nchance = 2\n"
    )
    assert [format_path(fault.path) for fault in faults_of(text)] == [
        "roadmap.horizon",
        "product.a.effort[1]",
        "product.a.efort",
        "model.b.needs[0]",
        "model.b.chance",
    ]


@pytest.mark.parametrize("text", ["", "schema = 1\n", "[product]\n", "[x]\nmine = 3\n"])
def test_empty_file_shows_how_to_start(text: str) -> None:
    fault = one_fault(text)
    assert fault.code == "empty"
    assert "[roadmap]" in fault.remedy
