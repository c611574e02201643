"""`roadmap templates` and `roadmap new`."""

import datetime as dt
import json
from pathlib import Path

from roadmap_tui.storage.templates import TEMPLATE_DATE, load_templates
from tests.cli.conftest import Run


def test_the_list_names_each_with_its_size(run: Run) -> None:
    answer = run("templates")
    assert (answer.code, answer.err) == (0, "")
    assert all(
        f"{each.name}, " in answer.out and each.about in " ".join(answer.out.split())
        for each in load_templates()
    )
    data = json.loads(run("templates", "--json").out)
    assert (data["schema"], data["kind"], len(data["templates"])) == (1, "templates", 10)
    assert {"name": "blank-dual-track", "items": 5}.items() <= data["templates"][2].items()


def test_new_copies_the_template(run: Run, tmp_path: Path) -> None:
    for each in load_templates():
        path = tmp_path / f"{each.name}.toml"
        reply = run("new", str(path), "--template", each.name, "--as-of", str(TEMPLATE_DATE))
        assert (reply.code, reply.err) == (0, "")
        assert path.read_bytes() == each.text.encode()


def test_new_writes_over_nothing(run: Run, plan: Path) -> None:
    before = plan.read_bytes()
    for path in ("plan.toml", "."):
        reply = run("new", path)
        assert (reply.out, reply.code) == ("", 4)
        assert "not written" in reply.err
    assert plan.read_bytes() == before
    assert [path.name for path in plan.parent.iterdir()] == ["plan.toml"]


def test_invalid_input_is_rejected(run: Run, tmp_path: Path) -> None:
    path = str(tmp_path / "new.toml")
    wrong = run("new", path, "--template", "build-or-buy")
    assert (wrong.code, wrong.out) == (2, "")
    assert 'did you mean "build-vs-buy"?' in wrong.err
    assert run("new", "-").code == 2
    assert run("new", str(tmp_path / "nowhere" / "new.toml")).code == 4
    assert list(tmp_path.iterdir()) == []


def test_what_is_new_is_of_today_and_a_guess_until_it_is_typed(run: Run, tmp_path: Path) -> None:
    path = str(tmp_path / "new.toml")
    data = json.loads(run("new", path, "--json").out)
    assert data == {
        "schema": 1,
        "kind": "new",
        "file": path,
        "template": "blank-dual-track",
        "items": 5,
    }
    found = json.loads(run("forecast", path, "--json", "--runs", "200").out)
    assert dt.date.fromisoformat(found["as_of"]) - dt.date.today() < dt.timedelta(days=1)
    items = {each["id"]: each for each in found["items"]}
    assert {"effort", "reach", "confidence"} <= set(items["smart-answer"]["guesses"])
    answer = run("set", path, "smart-answer.effort", "[2, 3, 6]")
    assert (
        answer.out == f"{path}: smart-answer.effort is [2, 3, 6] already, and no guess any more\n"
    )
    items = {
        each["id"]: each
        for each in json.loads(run("forecast", path, "--json", "--runs", "200").out)["items"]
    }
    assert "effort" not in items["smart-answer"]["guesses"]
    assert "reach" in items["smart-answer"]["guesses"]
