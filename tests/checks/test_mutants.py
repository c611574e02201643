"""No condition of a rule can be turned round without a case that then disagrees."""

from itertools import chain, product, starmap
from pathlib import Path
from types import ModuleType

import pytest

from roadmap_tui.checks.findings import run_checks
from roadmap_tui.checks.registry import FAMILIES
from roadmap_tui.checks.rule import Rule
from tests.checks.case_files import CASES, expected_findings, finding_lines, read_case
from tests.checks.mutants import Mutant, mutants

SAME = {
    # no range that can be written has a mean that is its high end to nine digits
    "is_above(estimate_mean(estimate), estimate.p90)"
    " → not is_below(estimate_mean(estimate), estimate.p90)",
}


@pytest.mark.parametrize(
    "module", FAMILIES.values(), ids=lambda module: module.__name__.rpartition(".")[2]
)
def test_each_condition_is_held_by_a_case(module: ModuleType) -> None:
    places = [mutant.place for mutant in mutants(module) if not _is_noticed(mutant)]
    assert [place for place in places if place.partition(": ")[2] not in SAME] == []


def _is_noticed(mutant: Mutant) -> bool:
    cases = chain.from_iterable(product([rule], _nearest_first(rule)) for rule in mutant.rules)
    return any(starmap(_disagrees, cases))


def _nearest_first(rule: Rule) -> list[Path]:
    return sorted(CASES, key=lambda path: not path.stem.startswith(rule.id))


def _disagrees(rule: Rule, path: Path) -> bool:
    judged = read_case(path)
    wanted = [each for each in expected_findings(judged.document.text) if each[0] == rule.id]
    try:
        found = run_checks(judged.plan, judged.known, rules=(rule,)).found
    except (AttributeError, AssertionError, IndexError, KeyError, TypeError, ValueError):
        return True
    return [each for each in finding_lines(judged.document, found) if each[0] == rule.id] != wanted
