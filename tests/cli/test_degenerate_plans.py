"""Degenerate plans: every command answers with finite numbers and true statements."""

import re

import pytest

from tests.cli.conftest import Run
from tests.forecast.analysis.test_degenerate_analyses import PLANS

FEW = ("--runs", "100", "--as-of", "2026-11-23")
ASKED = {
    "rank": ("--moves",),
    "forecast": ("--load",),
    "spikes": (),
    "money": (),
    "check": ("--later",),
    "export": (),
}
FIRST = re.compile(r"^\[(?:product|model|spike)\.(\w+)\]", re.MULTILINE)


@pytest.mark.parametrize("name", PLANS)
def test_every_command_answers(run: Run, name: str) -> None:
    text = PLANS[name]
    first = FIRST.search(text)
    asked = [(command, "-", *options, *FEW) for command, options in ASKED.items()]
    asked += [("readiness", "-", *FEW[2:]), ("calibrate", "-")]
    asked += [("show", "-", first[1], "--why", *FEW)] if first else []
    for words in asked:
        for form in ((), ("--json",)):
            reply = run(*words, *form, stdin=text.encode())
            assert reply.code in ({0, 1} if words[0] == "check" else {0}), (words, reply.err)
            assert reply.out, words
            assert not re.search(r"(?i)\bnan\b|\binf(inity)?\b", reply.out), words


@pytest.mark.parametrize(
    ("name", "command", "says"),
    [
        ("nothing", "rank", "Nothing to rank"),
        ("all done", "rank", "Nothing to rank"),
        ("all dropped", "rank", "Nothing to rank"),
        ("no effort", "show", "there is no effort left"),
        ("nothing ships at all", "forecast", "a               0%  –"),
        ("more staff than people", "check", "50"),
    ],
)
def test_answer_states_the_facts(run: Run, name: str, command: str, says: str) -> None:
    words = ("a",) if command == "show" else ()
    reply = run(command, "-", *words, *FEW, stdin=PLANS[name].encode())
    assert says in reply.out + reply.err
