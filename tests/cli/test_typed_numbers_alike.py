"""Every place where a number can be typed reads it alike."""

import pytest

from roadmap_tui.cli.file_edits import parse_value
from roadmap_tui.importers.cells import read_cell_effort, read_cell_quantity
from roadmap_tui.text.number_grammar import NumberFault
from roadmap_tui.tui.forms.field_values import InvalidInput, parse_field

REACH = ("14,500", "12k", "$1 200", "3 9", "3-9", "3–9", "3 to 9", "3 4 9", "3..9", "1,5", "1 200")
EFFORT = ("2 months", "10 days", "3w", "xl", "3 to 9 days", "3m", "2w 3d", "$3")


def plain(value: object) -> object:
    """The value; the same word for every fault."""
    return "fault" if isinstance(value, NumberFault | InvalidInput) else value


@pytest.mark.parametrize("text", REACH)
def test_a_reach_is_read_alike(text: str) -> None:
    place = ("product", "a", "reach")
    assert (
        plain(parse_field(text, "range", "people"))
        == plain(parse_value(text, place))
        == plain(read_cell_quantity(text, "point"))
    )


@pytest.mark.parametrize("text", EFFORT)
def test_an_effort_is_read_alike(text: str) -> None:
    place = ("model", "a", "stages", "train", "effort")
    assert (
        plain(parse_field(text, "effort", "person-weeks"))
        == plain(parse_value(text, place))
        == plain(read_cell_effort(text, "weeks", "point"))
    )
