"""A field marked as an assumption stays one until it is entered."""

import pytest

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import SetValue, apply_edits
from roadmap_tui.document.reader import read_document
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.resolver import resolve_plan

TEXT = """\
[product.effort]
effort = [2, 4, 8]   # from the template
reach = 100
impact = [1, 2, 3]
guesses = ["effort", "impact"]   # not ours

[model.m]
attempts = 2
guesses = ["chance"]

[model.m.stages]
train = { effort = [1, 2, 3], chance = 0.5 }

[model.m.options.api]
chance = 0.9
"""


def edited(path: KeyPath, value: object) -> str:
    document = apply_edits(read_document(TEXT.encode(), "a.toml"), SetValue(path, value))
    assert isinstance(document, Document)
    return document.text


@pytest.mark.parametrize(
    ("path", "value", "before", "after"),
    [
        (("product", "effort", "effort"), 3, '["effort", "impact"]', '["impact"]'),
        (("product", "effort", "impact"), [1, 2, 3], '["effort", "impact"]', '["effort"]'),
        (("model", "m", "stages", "train", "chance"), 0.6, 'guesses = ["chance"]\n', ""),
    ],
)
def test_what_is_typed_is_a_guess_no_more(
    path: KeyPath, value: object, before: str, after: str
) -> None:
    text = edited(path, value)
    assert before not in text
    assert after in text
    assert text.count("guesses") == (1 if not after else 2)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("product", "effort", "reach"), 200),
        (("product", "effort", "title"), "chance"),
        (("model", "m", "options", "api", "chance"), 0.8),
        (("model", "m", "chance"), 0.8),
    ],
)
def test_nothing_else_is_touched(path: KeyPath, value: object) -> None:
    text = edited(path, value)
    kept = [line for line in text.splitlines() if line.startswith("guesses")]
    wanted = ['guesses = ["effort", "impact"]   # not ours', 'guesses = ["chance"]']
    assert kept == (wanted[:1] if path[1:] == ("m", "chance") else wanted)


def test_they_are_guesses_wherever_guesses_are() -> None:
    plan = read_document(TEXT.encode(), "a.toml").plan
    assert plan is not None
    terms = resolve_plan(plan).items
    assert terms["effort"].assumptions >= {"effort", "impact"}
    assert "reach" not in terms["effort"].assumptions
    assert terms["m"].assumptions == {"chance", "staff", "team"}


def test_a_word_that_is_no_number_of_the_forecast_is_a_fault() -> None:
    faults = read_document(b'[product.a]\nguesses = ["efort"]\n', "a.toml").faults
    assert [each.fault.code for each in faults] == ["word"]
    assert 'did you mean "effort"?' in faults[0].message
