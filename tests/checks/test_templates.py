"""What is found in the templates: what each says is in it on purpose, and nothing else."""

import datetime as dt
import re

import pytest

from roadmap_tui.checks.run import Findings, findings, worths
from roadmap_tui.checks.subject import Known
from roadmap_tui.files.reader import read
from roadmap_tui.files.templates import Template, templates, text_for
from roadmap_tui.forecast.run import run
from roadmap_tui.plan.resolve import resolve

from .judging import FUTURES

_LISTED = re.compile(
    r"On purpose there are findings in it(?:, [^:]*)?: ((?:[A-Z]{2}\d\d(?:, | and |))+)"
)
_NAMED = re.compile(r"^# ([A-Z]{2}\d\d), on purpose: ", re.MULTILINE)
DAY = dt.date(2028, 3, 1)
"""Long after the templates were written: what is found rests on no calendar."""


def found_in(template: Template) -> Findings:
    plan = read(text_for(template, DAY).encode(), template.name).plan
    assert plan is not None
    resolved = resolve(plan, as_of=DAY)
    ran = run(resolved, FUTURES)
    return findings(plan, Known(ran.forecast, worths=worths(resolved, ran.order.places)))


@pytest.mark.parametrize("template", templates(), ids=lambda each: each.name)
def test_what_is_found_is_there_on_purpose(template: Template) -> None:
    found = found_in(template).found
    if template.name == "blank-dual-track":
        assert found == ()
        return
    told = [each.check for each in found if each.severity != "I"]
    listed = _LISTED.search(template.text.replace("\n# ", " "))
    assert listed is not None
    assert (
        sorted(told)
        == sorted(_NAMED.findall(template.text))
        == sorted(re.findall(r"[A-Z]{2}\d\d", listed[1]))
    )
    assert 2 <= len(told) <= 4
    assert not any(each.severity == "E" for each in found)
    assert {each.check for each in found if each.severity == "I"} <= {"RC04", "RC05"}
