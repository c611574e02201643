"""Published schemas match the answers and the files that the program accepts."""

import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import tomli

from roadmap_tui.cli.group import all_commands
from roadmap_tui.cli.main import with_json_failure
from roadmap_tui.cli.reply import Reply
from tests.cli.conftest import Run, has_option

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(
    [*(ROOT / "roadmaps").glob("*.toml"), *(ROOT / "src/roadmap_tui/templates").glob("*.toml")]
)
JSON = [each.name for each in all_commands() if has_option(each, "--json")]
FEW = ("--runs", "200")
LINES = "Title,Effort,Reach\nA new one,3,400\nAnother,x,1\n"
ANSWERED = {
    "check": [["check", "plan.toml", *FEW, "--later"], ["check", "wrong.toml"]],
    "rank": [
        ["rank", "plan.toml", *FEW, "--moves"],
        ["rank", "plan.toml", *FEW, "--scenario", "vendor-first"],
    ],
    "forecast": [
        [
            "forecast",
            "plan.toml",
            *FEW,
            "--load",
            "--target",
            "auto-route",
            "--together",
            "auto-route",
        ],
        ["forecast", "plan.toml", *FEW, "--scenario", "third-seat"],
    ],
    "spikes": [["spikes", "plan.toml", *FEW], ["spikes", "ten.toml", *FEW]],
    "readiness": [
        ["readiness", "plan.toml"],
        ["readiness", "alive.toml"],
        ["readiness", "plan.toml", "triage-model"],
        ["readiness", "plan.toml", "--scenario", "vendor-first"],
    ],
    "money": [
        ["money", "plan.toml", *FEW],
        ["money", "plan.toml", "triage-model", *FEW],
        ["money", "plan.toml", "urgent-first", *FEW],
        ["money", "ten.toml", *FEW],
    ],
    "show": [
        ["show", "plan.toml", "suggested-queue", *FEW, "--why"],
        ["show", "plan.toml", "finetune", *FEW],
    ],
    "new": [["new", "fresh.toml"]],
    "templates": [["templates"]],
    "import": [
        ["import", "lines.csv", "plan.toml"],
        ["import", "lines.csv", "taken.toml", "--yes"],
    ],
    "diff": [["diff", "plan.toml", *FEW], ["diff", "plan.toml", "HEAD~1", "HEAD", *FEW]],
    "log": [["log", "plan.toml", "suggested-queue", *FEW], ["log", "plan.toml", "finetune", *FEW]],
    "calibrate": [["calibrate", "plan.toml", "--git"], ["calibrate", "ten.toml"]],
    "export": [["export", "plan.toml", *FEW]],
    "portfolio": [["portfolio", ".", *FEW, "--jobs", "1"]],
    "fmt": [["fmt", "plan.toml", "--check"]],
    "set": [
        ["set", "plan.toml", "auto-route.effort", "[3, 5, 9]"],
        ["set", "plan.toml", "auto-route.effort", "[3, 5, 9]"],
    ],
    "unset": [["unset", "plan.toml", "auto-route.owner"]],
    "measure": [["measure", "plan.toml", "triage-model.recall", "--hits", "420", "--of", "460"]],
    "answer": [["answer", "plan.toml", "finetune", "no", "--learned", "It does not."]],
    "add": [["add", "plan.toml", "product", "extra", "--effort", "S", "--needs", "queue-api"]],
    "rename": [["rename", "plan.toml", "extra", "surplus"]],
    "remove": [["remove", "plan.toml", "surplus"]],
    "git": [["git", "setup"]],
}
"""For each command, what it is asked; in this order."""
TEN = "[roadmap]\nusers = 4000\n[product.a]\nneeds = ['b']\n[model.b]\n[spike.c]\ninforms = 'b'\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a grown plan of two commits, changed once more on disk."""
    path = tmp_path_factory.mktemp("schema")
    plan = path / "plan.toml"
    shutil.copy(ROOT / "roadmaps/helpdesk.toml", plan)
    shutil.copy(ROOT / "src/roadmap_tui/templates/keep-alive-year.toml", path / "alive.toml")
    (path / "ten.toml").write_text(TEN)
    (path / "wrong.toml").write_text("[product.a]\nneeds = ['nowhere']\n")
    (path / "lines.csv").write_text(LINES)

    def git(*words: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=A", "-c", "user.email=a@b", *words],
            cwd=path,
            check=True,
            capture_output=True,
        )

    git("init", "-q")
    for effort in ("[3, 6, 12]", "[3, 6, 14]"):
        plan.write_text(plan.read_text().replace("effort = [3, 6, 12]", f"effort = {effort}"))
        git("add", ".")
        git("commit", "-qm", effort)
    plan.write_text(
        plan.read_text().replace("reach = [1500, 2600, 3800]", "reach = [1500, 2700, 3900]")
    )
    return path


def answers(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[list[str], Reply]]:
    monkeypatch.chdir(folder)
    for asked in ANSWERED.values():
        for words in asked:
            yield words, run(*words, "--json")


def test_every_answer_fits_its_schema(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(ANSWERED) == set(JSON)
    validators = {
        name: validator_of(json.loads(run("schema", "--of", name).out)) for name in ANSWERED
    }
    for words, reply in answers(run, folder, monkeypatch):
        assert reply.out, (words, reply.err)
        data = json.loads(reply.out)
        errors = [
            f"{'.'.join(map(str, each.path))}: {each.message}"
            for each in validators[words[0]].iter_errors(data)
        ]
        assert errors == [], words
        assert data["schema"] == 1
        assert not list(longer(data)), words


def validator_of(schema: Any) -> jsonschema.Draft7Validator:
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())


def longer(value: Any, place: str = "") -> Iterator[str]:
    """Numbers of more than four digits, but for those that are the user's own."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in {"fields", "old", "new"}:
                yield from longer(each, f"{place}.{key}")
    elif isinstance(value, list):
        for each in value:
            yield from longer(each, place)
    elif isinstance(value, float) and float(f"{value:.4g}") != value:
        yield f"{place}: {value}"


@pytest.mark.parametrize("name", JSON)
def test_a_schema_lets_nothing_pass_that_it_does_not_name(run: Run, name: str) -> None:
    schema = json.loads(run("schema", "--of", name).out)
    validator = validator_of(schema)
    assert list(validator.iter_errors({"schema": 1, "kind": name, "surprise": 2}))
    assert list(validator.iter_errors([]))
    assert schema["additionalProperties"] is False


def test_a_mistyped_name_is_reported(run: Run) -> None:
    reply = run("schema", "--of", "forcast")
    assert (reply.code, reply.out) == (2, "")
    assert 'did you mean "forecast"?' in reply.err


def plain(value: Any) -> Any:
    """Data as editors see it: days are text."""
    match value:
        case dict():
            return {key: plain(each) for key, each in value.items()}
        case list():
            return [plain(each) for each in value]
        case dt.date() | dt.time():
            return value.isoformat()
    return value


@pytest.fixture(scope="module")
def file_validator() -> jsonschema.Draft7Validator:
    from roadmap_tui.plan.json_schema import roadmap_json_schema

    return validator_of(roadmap_json_schema())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_files_schema_takes_all_that_ships(
    file_validator: jsonschema.Draft7Validator, path: Path
) -> None:
    assert [
        each.message for each in file_validator.iter_errors(plain(tomli.loads(path.read_text())))
    ] == []


UNSAYABLE = {"date-in-quotes", "number-beyond-all-measure", "number-that-is-none"}
"""In JSON a day is a text, and there is neither an end to numbers nor one that is none."""


def test_it_refuses_what_has_not_the_formats_shape(
    file_validator: jsonschema.Draft7Validator,
) -> None:
    refused = 0
    for path in sorted((ROOT / "tests/faults").glob("*.toml")):
        text = path.read_text(encoding="utf-8", errors="replace")
        codes = {line.split()[-1] for line in text.splitlines() if line.startswith("# expect:")}
        if (
            not codes & {"unknown-key", "missing", "type", "range", "word", "id", "need"}
            or path.stem in UNSAYABLE
        ):
            continue
        if (data := data_of(text)) is not None and "scenario" not in data:
            assert list(file_validator.iter_errors(plain(data))), path.name
            refused += 1
    assert refused > 20


def data_of(text: str) -> dict[str, Any] | None:
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError:
        return None


def test_your_own_tables_are_let_be(file_validator: jsonschema.Draft7Validator) -> None:
    own = {
        "x": {"a": 1},
        "roadmap": {"x": {"b": []}},
        "product": {"p": {"x": {"c": {}}, "effort": "M"}},
    }
    assert list(file_validator.iter_errors(own)) == []
    assert list(file_validator.iter_errors({"product": {"x": {"effort": "M"}}}))
    assert list(file_validator.iter_errors({"product": {"p": {"y": {}}}}))


@pytest.mark.parametrize("name", [name for name in JSON if name not in {"templates", "git", "new"}])
def test_json_of_a_failure_fits_its_schema(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    words = [word if word != "plan.toml" else "none.toml" for word in ANSWERED[name][0]]
    for asked in (
        words,
        [name, "--no-such-option"],
        [name, "none.toml", "none.toml", "none.toml", "none.toml"],
    ):
        reply = with_json_failure(run(*asked, "--json"), [*asked, "--json"])
        data = json.loads(reply.out)
        assert (reply.code in {2, 3}, bool(reply.err)) == (True, True)
        of = name if data["kind"] == name else "failure"
        assert not list(validator_of(json.loads(run("schema", "--of", of).out)).iter_errors(data))
        assert data["unreadable" if of == "check" else "errors"]


def test_the_faults_of_a_failure_have_their_places(run: Run, plan: Path) -> None:
    plan.write_text("[product.a]\neffort = [3,\n\n[product.b]\nefort = 1\n")
    asked = ["rank", "plan.toml", "--json"]
    data = json.loads(with_json_failure(run(*asked), asked).out)
    assert [(each["file"], each["line"]) for each in data["errors"]] == [("plan.toml", 4)]
    assert (
        "roadmap"
        not in json.loads(with_json_failure(run("rank", "--json"), ["rank", "--json"]).out)[
            "errors"
        ][0]["text"]
    )


def test_reading_commands_take_standard_input(run: Run, folder: Path) -> None:
    raw = (ROOT / "roadmaps/helpdesk.toml").read_bytes()
    for name in (
        "check",
        "rank",
        "forecast",
        "spikes",
        "readiness",
        "money",
        "show",
        "calibrate",
        "export",
    ):
        words = [
            word if word != "plan.toml" else "-" for word in ANSWERED[name][0] if word != "--git"
        ]
        reply = run(*words, "--json", stdin=raw)
        assert json.loads(reply.out)["kind"] in {name, "calibration"}, name
