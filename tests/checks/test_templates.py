"""Templates have exactly the findings that their comments announce."""

import datetime as dt
import re

import pytest

from roadmap_tui.checks.context import CheckInputs
from roadmap_tui.checks.findings import CheckFindings, run_checks, study_open_spikes
from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.engine import simulated_forecast
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.storage.templates import Template, dated_template_text, load_templates
from tests.checks.case_files import RUNS

_LISTED = re.compile(r"The findings in it are intended: ((?:[A-Z]{2}\d\d(?:, | and |))+)")
_NAMED = re.compile(r"^# ([A-Z]{2}\d\d), on purpose: ", re.MULTILINE)
DAY = dt.date(2028, 3, 1)
"""Long after the templates were written: the findings don't depend on the calendar."""


def found_in(template: Template) -> CheckFindings:
    plan = read_document(dated_template_text(template, DAY).encode(), template.name).plan
    assert plan is not None
    resolved = resolve_plan(plan, as_of=DAY)
    ran = simulated_forecast(resolved, RUNS)
    return run_checks(
        plan, CheckInputs(ran.forecast, spikes=study_open_spikes(resolved, plan, ran.order.queue))
    )


@pytest.mark.parametrize("template", load_templates(), ids=lambda each: each.name)
def test_template_has_exactly_the_announced_findings(template: Template) -> None:
    found = found_in(template).found
    if template.name == "blank-dual-track":
        assert found == ()
        return
    ids = [each.check for each in found if each.severity != "I"]
    listed = _LISTED.search(template.text.replace("\n# ", " "))
    assert listed is not None
    assert (
        sorted(ids)
        == sorted(_NAMED.findall(template.text))
        == sorted(re.findall(r"[A-Z]{2}\d\d", listed[1]))
    )
    assert 2 <= len(ids) <= 4
    assert not any(each.severity == "E" for each in found)
    assert {each.check for each in found if each.severity == "I"} <= {"RC04", "RC05"}
