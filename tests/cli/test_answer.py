"""`roadmap answer`: records a verdict and updates the bet."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TEXT = """\
[roadmap]
as_of = 2026-11-23

[product.feature]
effort = 2
needs = ["bet"]

[model.bet]
effort = 3
chance = 0.5   # as we thought

[spike.look]
title = "Will it?"
informs = "bet"
timebox = 1
yes_if_works = 0.9
yes_if_not = 0.2
on_refuted = "{on_refuted}"

[spike.alone]
timebox = 1
"""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.toml"
    path.write_text(TEXT.replace("{on_refuted}", "continue"))
    return path


@pytest.mark.parametrize(
    ("said", "verdict", "chance"),
    [
        ("yes", "confirmed", 0.5 * 0.9 / (0.5 * 0.9 + 0.5 * 0.2)),
        ("no", "refuted", 0.5 * 0.1 / (0.5 * 0.1 + 0.5 * 0.8)),
        ("unclear", "inconclusive", 0.5),
        ("refuted", "refuted", 0.5 * 0.1 / (0.5 * 0.1 + 0.5 * 0.8)),
    ],
)
def test_the_bet_gets_the_chance_that_bayes_gives_it(
    run: Run, path: Path, said: str, verdict: str, chance: float
) -> None:
    reply = run("answer", "plan.toml", "look", said, "--learned", "Now we know.", "--json")
    assert (reply.code, reply.err) == (0, "")
    data = json.loads(reply.out)
    assert data["verdict"] == verdict
    text = path.read_text()
    assert f"chance = {chance:.2g}   # as we thought\n" in text
    assert (
        f'status = "done"\nverdict = "{verdict}"\nlearned = "Now we know."\nfinished = 2026-11-23\n'
        in text
    )
    assert [each["id"] for each in data["ships"]] == (
        [] if said == "unclear" else ["feature", "bet"]
    )


def test_no_drops_the_bet_if_on_refuted_is_drop(run: Run, path: Path) -> None:
    path.write_text(TEXT.replace("{on_refuted}", "drop"))
    reply = run("answer", "plan.toml", "look", "no")
    assert reply.out.startswith("plan.toml: Will it?: refuted\n")
    assert 'model.bet.status (not set) → "dropped"' in reply.out
    assert 'chance = 0.5   # as we thought\nstatus = "dropped"\n' in path.read_text()


def test_a_spike_that_informs_nothing_is_only_recorded(run: Run, path: Path) -> None:
    assert run("answer", "plan.toml", "alone", "yes").code == 0
    assert "chance = 0.5   # as we thought\n" in path.read_text()
    assert 'verdict = "confirmed"' in path.read_text()


@pytest.mark.parametrize(
    ("name", "said", "message"),
    [
        ("bet", "yes", "is no spike"),
        ("lok", "yes", 'did you mean "look"?'),
        ("look", "maybe", "maybe"),
    ],
)
def test_invalid_input_is_rejected(
    run: Run, path: Path, name: str, said: str, message: str
) -> None:
    before = path.read_bytes()
    reply = run("answer", "plan.toml", name, said)
    assert (reply.code, reply.out) == (2, "")
    assert message in reply.err
    assert path.read_bytes() == before


def test_it_is_answered_once(run: Run, path: Path) -> None:
    run("answer", "plan.toml", "look", "yes")
    before = path.read_bytes()
    reply = run("answer", "plan.toml", "look", "no")
    assert (reply.code, reply.out) == (2, "")
    assert "it says confirmed already" in reply.err
    assert path.read_bytes() == before
