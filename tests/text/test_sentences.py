"""Clauses as sentences."""

import pytest

from roadmap_tui.text.sentences import as_sentence


@pytest.mark.parametrize(
    ("clause", "sentence"),
    [
        ("too close to call", "Too close to call."),
        ("is it ready?", "Is it ready?"),
        ("7th by RICE", "7th by RICE."),
        ("öffnen", "Öffnen."),
        (" no owner ", "No owner."),
        ("Working …", "Working …"),
        ("", ""),
    ],
)
def test_a_clause_becomes_a_sentence(clause: str, sentence: str) -> None:
    assert as_sentence(clause) == sentence
