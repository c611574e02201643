"""The commands that change a file."""

import json
import os
from difflib import ndiff
from pathlib import Path

import pytest
import tomli

from roadmap_tui.cli.file_edits import apply_and_save, parse_value
from roadmap_tui.cli.reply import Reply
from roadmap_tui.cli.source import read_plan_file
from roadmap_tui.document.edits import SetValue
from roadmap_tui.document.serializer import serialize_value
from tests.cli.conftest import PLAN, Run

ADD = ("add", "plan.toml", "product", "new", "--effort")


def changed_lines(path: Path) -> list[str]:
    lines = ndiff(PLAN.splitlines(), path.read_text("utf-8").splitlines())
    return [line for line in lines if line[0] in "+-"]


@pytest.mark.parametrize("path", ["sure.effort", "product.sure.effort"])
def test_one_field_is_one_line_of_diff(run: Run, plan: Path, path: str) -> None:
    reply = run("set", "plan.toml", path, "[3, 5, 9]")
    assert reply == (f"plan.toml: {path} [2, 4, 9] → [3, 5, 9]\n", "", 0)
    assert changed_lines(plan) == [
        "- effort = [2, 4, 9]          # weeks",
        "+ effort = [3, 5, 9]          # weeks",
    ]


@pytest.mark.parametrize(
    ("path", "typed", "keys", "value"),
    [
        ("roadmap.horizon", "60", ("roadmap", "horizon"), 60),
        ("teams.ml.people", "3", ("teams", "ml", "people"), 3),
        ("coin.chance", "0.4", ("model", "coin", "chance"), 0.4),
        ("coin.title", "A coin", ("model", "coin", "title"), "A coin"),
        ("coin.title", 'say "x" # no', ("model", "coin", "title"), 'say "x" # no'),
        ("coin.title", '"quoted"', ("model", "coin", "title"), "quoted"),
        ("coin.title", "[red]x", ("model", "coin", "title"), "[red]x"),
        ("coin.title", "日本 👍", ("model", "coin", "title"), "日本 👍"),
        ("first.needs[0]", "coin", ("product", "first", "needs"), ["coin"]),
        ("first.effort", "M", ("product", "first", "effort"), "M"),
        ('"first".order', "-3", ("product", "first", "order"), -3),
        ("first.ai", "true", ("product", "first", "ai"), True),
    ],
)
def test_values_are_toml_or_else_text(
    run: Run, plan: Path, path: str, typed: str, keys: tuple[str, ...], value: object
) -> None:
    assert run("set", "plan.toml", path, typed).code == 0
    data: object = tomli.loads(plan.read_text("utf-8"))
    for key in keys:
        assert isinstance(data, dict)
        data = data[key]
    assert data == value


def test_what_was_changed_as_json(run: Run, plan: Path) -> None:
    data = json.loads(run("set", "plan.toml", "first.title", "x", "--json").out)
    assert data == {
        "schema": 1,
        "kind": "set",
        "file": "plan.toml",
        "changed": {"path": "product.first.title", "old": None, "new": "x"},
    }


def test_setting_what_is_there_changes_nothing(run: Run, plan: Path) -> None:
    before = os.stat(plan)
    assert "already" in run("set", "plan.toml", "coin.chance", "0.5").out
    assert (
        json.loads(run("set", "plan.toml", "coin.chance", "0.5", "--json").out)["changed"] is None
    )
    assert os.stat(plan) == before


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("first.efort", "3", 'did you mean "effort"?'),
        ("first.effort", "[9, 3]", "do not rise"),
        ("first.effort", "Q", 'no size "Q"'),
        ("coin.chance", "1.5", "at most 1"),
        ("coin.chance", "nan", "chance"),
        ("first.title", "7", "not text"),
        ("first.needs", '["no-team"]', 'no item "no-team"'),
        ("coin.needs", '["first"]', "a cycle"),
        ("product.sure.effort.x.y", "3", "not written"),
    ],
)
@pytest.mark.parametrize("flags", [[], ["--json"]], ids=["text", "json"])
def test_a_change_that_brings_a_fault_is_refused(
    run: Run, plan: Path, path: str, value: str, said: str, flags: list[str]
) -> None:
    reply = run("set", "plan.toml", path, value, *flags)
    assert (reply.out, reply.code) == ("", 4)
    assert said in reply.err
    assert plan.read_bytes() == PLAN.encode()


def test_a_fault_that_was_there_can_be_fixed(run: Run, plan: Path) -> None:
    plan.write_text('[product.a]\nneeds = ["b"]\n[model.b]\nneeds = ["a"]\nteam = "no-team"\n')
    assert run("set", "plan.toml", "b.needs", "[]").code == 0
    assert run("rank", "plan.toml").code == 0


def test_a_file_of_a_newer_format_is_not_written(run: Run, plan: Path) -> None:
    plan.write_text("schema = 7\n[product.a]\n")
    reply = run("set", "plan.toml", "a.effort", "3")
    assert (reply.out, reply.code) == ("", 4)
    assert plan.read_text() == "schema = 7\n[product.a]\n"


def test_a_file_that_changed_meanwhile_is_not_written(plan: Path) -> None:
    found = read_plan_file(str(plan))
    assert not isinstance(found, Reply)
    plan.write_bytes(PLAN.encode() + b"# someone else\n")
    reply = apply_and_save(found[0], SetValue(("model", "coin", "chance"), 0.1))
    assert reply is not None
    assert reply.code == 4
    assert "changed" in reply.err
    assert plan.read_bytes().endswith(b"# someone else\n")


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_what_cannot_be_read_cannot_be_changed(run: Run, plan: Path, name: str) -> None:
    assert run("set", name, "first.effort", "3").code == 3
    assert run("add", name, "product", "x").code == 3


def test_an_item_is_added_with_its_fields(run: Run, plan: Path) -> None:
    reply = run(
        "add",
        "plan.toml",
        "product",
        "new",
        "--title",
        "A [b] 日本",
        "--effort",
        "[1, 2]",
        "--needs",
        "coin,sure",
    )
    assert reply == ("plan.toml: added product.new, A [b] 日本, effort [1, 2]\n", "", 0)
    assert not [line for line in changed_lines(plan) if line.startswith("-")]
    added = tomli.loads(plan.read_text("utf-8"))["product"]["new"]
    assert added == {"title": "A [b] 日本", "effort": [1, 2], "needs": ["coin", "sure"]}


def test_an_item_needs_no_more_than_an_id(run: Run, plan: Path) -> None:
    data = json.loads(run("add", "plan.toml", "spike", "look", "--json").out)
    assert data == {
        "schema": 1,
        "kind": "add",
        "file": "plan.toml",
        "changed": {"path": "spike.look", "old": None, "new": {}},
    }
    assert tomli.loads(plan.read_text("utf-8"))["spike"] == {"look": {}}


@pytest.mark.parametrize(
    "name", ["coin", "roadmap", "Big", "a b", "a.b", "", "..", "../../x", "--output=x", "a\nb"]
)
def test_an_id_that_is_taken_or_none_is_refused(run: Run, plan: Path, name: str) -> None:
    reply = run("add", "plan.toml", "product", "--", name)
    assert (reply.out, reply.code) == ("", 4)
    assert reply.err
    assert plan.read_bytes() == PLAN.encode()


@pytest.mark.parametrize(
    "text", ["1]\nother = [2", "1, 2", "", "[", "a = 3", "1 # x", "\x00", "[" * 3000]
)
def test_text_that_is_no_value_stays_text(text: str) -> None:
    assert parse_value(text, ("product", "first", "title")) == text


@pytest.mark.parametrize(
    ("path", "typed", "keys", "value"),
    [
        ("first.reach", "14,500", ("product", "first", "reach"), 14500),
        ("first.reach", "12k", ("product", "first", "reach"), 12000),
        ("first.reach", "[14,500]", ("product", "first", "reach"), [14, 500]),
        ("first.reach", "1.200", ("product", "first", "reach"), 1.2),
        ("first.effort", "3-9", ("product", "first", "effort"), [3, 9]),
        ("first.effort", "2 months", ("product", "first", "effort"), 8.7),
        ("first.effort", "xl", ("product", "first", "effort"), "XL"),
        ("coin.chance", "80%", ("model", "coin", "chance"), 0.8),
        ("first.title", "14,500", ("product", "first", "title"), "14,500"),
        ("roadmap.horizon", "12 months", ("roadmap", "horizon"), 52.2),
    ],
)
def test_a_number_that_is_no_toml_is_read_as_in_forms(
    run: Run, plan: Path, path: str, typed: str, keys: tuple[str, ...], value: object
) -> None:
    reply = run("set", "plan.toml", path, typed)
    assert reply.code == 0, reply.err
    data: object = tomli.loads(plan.read_text("utf-8"))
    for key in keys:
        assert isinstance(data, dict)
        data = data[key]
    assert data == value
    assert reply.out.rstrip().endswith(f"→ {serialize_value(value)}")


@pytest.mark.parametrize("words", [("set", "plan.toml", "first.effort"), ADD])
def test_an_ambiguous_number_is_refused_with_both_readings(
    run: Run, plan: Path, words: tuple[str, ...]
) -> None:
    reply = run(*words, "1,5")
    assert (reply.out, reply.code) == ("", 4)
    assert "1.5 or the range 1 to 5; type 1.5 or 1–5" in reply.err
    assert plan.read_bytes() == PLAN.encode()


def test_what_an_added_effort_is_stored_as_is_printed(run: Run, plan: Path) -> None:
    assert run(*ADD, "2 months").out == "plan.toml: added product.new, New, effort 8.7\n"
    assert tomli.loads(plan.read_text("utf-8"))["product"]["new"] == {"effort": 8.7}


def test_an_unusual_impact_is_stored_and_remarked(run: Run, plan: Path) -> None:
    assert "usually 0.25 to 3" in run("set", "plan.toml", "first.impact", "14").out
    assert tomli.loads(plan.read_text("utf-8"))["product"]["first"]["impact"] == 14


def test_a_field_is_taken_out(run: Run, plan: Path) -> None:
    reply = run("unset", "plan.toml", "sure.effort")
    assert reply == ("plan.toml: sure.effort [2, 4, 9] → (not set)\n", "", 0)
    assert changed_lines(plan) == ["- effort = [2, 4, 9]          # weeks"]


def test_a_field_that_is_not_set_is_wrong_use(run: Run, plan: Path) -> None:
    assert 'did you mean "effort"?' in run("unset", "plan.toml", "sure.efort").err
    assert run("unset", "plan.toml", "teams").code == 0
    assert "[teams.ml]" not in plan.read_text("utf-8")


def test_what_was_added_and_removed_was_never_there(run: Run, plan: Path) -> None:
    for track, name in (("product", "a"), ("product", "zz"), ("model", "b"), ("spike", "s")):
        assert run("add", "plan.toml", track, name, "--effort", "M").code == 0
        assert plan.read_bytes() != PLAN.encode()
        assert run("remove", "plan.toml", name) == (f"plan.toml: removed {track}.{name}\n", "", 0)
        assert plan.read_bytes() == PLAN.encode()


def test_an_item_that_is_needed_is_removed_only_with_its_mentions(run: Run, plan: Path) -> None:
    reply = run("remove", "plan.toml", "coin")
    assert (reply.out, reply.code) == ("", 4)
    assert "product.first.needs" in reply.err
    assert "--mentions" in reply.err
    assert plan.read_bytes() == PLAN.encode()
    reply = run("remove", "plan.toml", "model.coin", "--mentions")
    assert reply == ("plan.toml: removed model.coin, also from product.first.needs\n", "", 0)
    assert run("check", "plan.toml").code == 0
    assert not [line for line in changed_lines(plan) if line.startswith("+")]


def test_a_rename_follows_every_mention(run: Run, plan: Path) -> None:
    reply = run("rename", "plan.toml", "coin", "toss")
    assert reply == ("plan.toml: model.coin → model.toss, and in product.first.needs[0]\n", "", 0)
    assert changed_lines(plan) == [
        '- needs = ["coin"]',
        '+ needs = ["toss"]',
        "- [model.coin]",
        "+ [model.toss]",
    ]
    assert run("rename", "plan.toml", "toss", "product.toss").code == 0
    data = tomli.loads(plan.read_text("utf-8"))
    assert data["product"]["toss"] == {"effort": 2, "chance": 0.5}
    assert json.loads(run("rename", "plan.toml", "toss", "toss", "--json").out)["changed"] is None


@pytest.mark.parametrize(
    "new", ["sure", "Big Name", "../x", "", "x.y", "roadmap", "model.", "--json"]
)
def test_a_rename_to_what_is_no_free_id_is_refused(run: Run, plan: Path, new: str) -> None:
    reply = run("rename", "plan.toml", "coin", "--", new)
    assert (reply.out, reply.code) == ("", 4)
    assert reply.err
    assert plan.read_bytes() == PLAN.encode()


def test_a_file_is_put_in_order_only_when_asked(run: Run, plan: Path) -> None:
    assert run("fmt", "plan.toml", "--check") == ("plan.toml: is not in order\n", "", 1)
    assert plan.read_bytes() == PLAN.encode()
    assert run("fmt", "plan.toml") == ("plan.toml: put in order\n", "", 0)
    text = plan.read_text("utf-8")
    assert text.index("[product.first]") < text.index("[product.sure]")
    assert tomli.loads(text) == tomli.loads(PLAN)
    assert sorted(text.split()) == sorted(PLAN.replace('["coin"]', '[ "coin", ]').split())
    assert json.loads(run("fmt", "plan.toml", "--check", "--json").out)["files"] == [
        {"file": "plan.toml", "changed": False}
    ]


def test_a_file_that_cannot_be_put_in_order_is_left(run: Run, plan: Path) -> None:
    plan.write_text("schema = 7\n[product.a]\n")
    assert run("fmt", "plan.toml").code == 4
    plan.write_text("[product.a")
    assert run("fmt", "plan.toml").code == 3
    assert plan.read_text() == "[product.a"


def test_an_upgrade_renames_the_keys_of_an_old_file(run: Run, plan: Path) -> None:
    old = "[product.a]  # kept\nor_else = 'the old search'\n"
    plan.write_text(old)
    assert 'did you mean "fallback"?' in run("fmt", "plan.toml").err
    assert plan.read_text() == old
    assert run("fmt", "plan.toml", "--upgrade").code == 0
    assert plan.read_text() == "[product.a]  # kept\nfallback = 'the old search'\n"


def test_an_upgrade_reports_what_it_cannot_fix(run: Run, plan: Path) -> None:
    plan.write_text("[product.a]\nor_else = 'b'\neffort = 'XXL'\n")
    reply = run("fmt", "plan.toml", "--upgrade")
    assert reply.code == 3
    assert 'no size "XXL"' in reply.err
    assert run("fmt", "none.toml", "--upgrade").code == 3
    assert run("fmt", "-", "--upgrade").code == 2
