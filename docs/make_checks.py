"""Makes `checks.md` from the checks themselves and the files in `tests/checks/cases`."""

import datetime as dt
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from roadmap_tui.checks.applicability import AppliesFrom
from roadmap_tui.checks.context import CheckInputs
from roadmap_tui.checks.findings import run_checks, study_open_spikes
from roadmap_tui.checks.registry import FAMILIES, RULES, rules_of
from roadmap_tui.checks.rule import APPLIES_FROM, Finding, Rule, RuleInfo
from roadmap_tui.document.document import Document
from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.engine import simulated_forecast
from roadmap_tui.history.plan_history import PlanHistory, postponements, spikes_in
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.resolver import resolve_plan

HERE = Path(__file__).parent
CASES = HERE.parent / "tests" / "checks" / "cases"
RUNS = 2_000
AS_OF = dt.date(2026, 11, 23)

INTRODUCTION = """\
<!-- Made by make_checks.py from src/roadmap_tui/checks and tests/checks/cases; change those. -->

# The checks

`roadmap check FILE…` looks for the known mistakes of AI product work. Each finding has its place, the
numbers that show it, why it is a mistake, and how to fix it. There are {count} checks.

**E** is for contradictions, and for what is live and unsafe; the exit code is then 1. **W** warns,
**I** informs.

## When a check applies

Each check applies to an item from some time on. Until then its findings are only counted, as
"later: 14"; `--later` shows those too.

{times}

Something is near launch if it is Now, or at its evaluation or deployment; a feature also if a model
that it needs directly is. A model with an open spike is not, unless work on it has begun. All ages
count to the as-of date, and a date that is left out never leads to a finding. Items that are done,
failed or dropped are not checked, but for SP09.

## Ignoring one

Say why, and until when, in the item; for what concerns the roadmap as a whole, in `[roadmap]`:

```toml
[spike.red-team]
ignore = [
    {{ check = "SP06", why = "asked for by Security", until = 2027-03-31 }},
]
```

An entry without a reason, or past its day, has no effect and is itself a finding (GV05).

## Moving a threshold

Each threshold is in `[policy]` under the check's id:

```toml
[policy]
{thresholds}
```

## In git

{git} compare with earlier versions in git; without git, the command says so once, and all other checks
run.

To check before each commit, add this repository to your `.pre-commit-config.yaml`, with the hook
`roadmap-check`. In a workflow on GitHub, `roadmap check --format github roadmaps/*.toml` puts each
finding beside its line.
"""


def page() -> str:
    """The whole of `checks.md`."""
    parts = [
        INTRODUCTION.format(
            count=len(RULES),
            times="\n".join(f"- **{when}**: {_ids(time)}" for time, when in APPLIES_FROM.items()),
            thresholds="\n".join(_thresholds()),
            git=" and ".join(rule.id for rule in RULES if rule.info.needs_git),
        )
    ]
    for title, family in FAMILIES.items():
        parts.append(f"## {title}\n")
        parts += ["\n".join(_entry(rule)) for rule in rules_of(family)]
    return "\n".join(parts)


def _ids(time: AppliesFrom) -> str:
    return ", ".join(rule.id for rule in RULES if rule.info.applies_from == time)


def _thresholds() -> Iterator[str]:
    for rule in RULES:
        if rule.info.has_threshold:
            value = getattr(Policy(), rule.id)
            shown = list(value) if isinstance(value, tuple) else f"{value:g}"
            yield f"{rule.id} = {shown}    # {_lower(rule.condition)}"


def _lower(text: str) -> str:
    """A sentence as a clause; an abbreviation stays unchanged."""
    return text if text[1].isupper() else text[0].lower() + text[1:]


def _entry(rule: Rule) -> Iterator[str]:
    info = rule.info
    yield f"### {rule.id}: {rule.condition}\n"
    yield (
        f"{_severity(info)}, {APPLIES_FROM[info.applies_from]}. {info.reason} What to do:"
        f" {info.fix}.\n"
    )
    if info.source:
        yield f"Source: {info.source}.\n"
    example = CASES / f"{rule.id}.toml"
    for before in sorted((CASES / "past" / rule.id).glob("*.toml")):
        yield f"At {before.stem}, in git:\n"
        yield from _fenced("toml", before.read_text(encoding="utf-8"))
    yield from _fenced("toml", _body(example))
    yield from _fenced("", "\n".join(map(_finding_line, _found(example))))
    yield "Fixed:\n"
    fixed = CASES / f"{rule.id}-fixed.toml"
    changes = [
        *unified_diff(_body(example).splitlines(), _body(fixed).splitlines(), n=1, lineterm="")
    ][2:]
    yield from _fenced("diff", "\n".join(line for line in changes if not line.startswith("@@")))


def _severity(info: RuleInfo) -> str:
    return (
        f"{info.severity}, {info.live_severity} if it is live"
        if info.live_severity
        else info.severity
    )


def _fenced(language: str, text: str) -> Iterator[str]:
    yield f"```{language}"
    yield text.strip("\n")
    yield "```\n"


def _body(path: Path) -> str:
    """A file without what it expects."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("# expect:")).strip("\n")


def _finding_line(finding: Finding) -> str:
    item = f" {finding.item}" if finding.item is not None else ""
    return f"{finding.severity} {finding.check}{item}: {finding.text}"


def _found(path: Path) -> tuple[Finding, ...]:
    document = read_document(path.read_bytes(), path.name)
    if document.plan is None:
        return ()
    ran = simulated_forecast(
        resolve_plan(document.plan, as_of=document.plan.roadmap.as_of or AS_OF), RUNS
    )
    faults = tuple(fault for fault, _ in document.unlocated_faults)
    priced = study_open_spikes(ran.simulation.resolved, document.plan, ran.order.queue)
    return run_checks(
        document.plan, CheckInputs(ran.forecast, faults, _past(path, document), priced)
    ).found


def _past(path: Path, document: Document) -> PlanHistory:
    """The history of a case: its earlier versions, committed on the days that they are named by."""
    before = sorted((CASES / "past" / path.stem).glob("*.toml"))
    versions = [
        (dt.date.fromisoformat(each.stem), read_document(each.read_bytes(), each.name).data)
        for each in before
    ]
    spikes = spikes_in(versions[-1][1]) if versions else {}
    return PlanHistory(spikes, postponements([*versions, (AS_OF, document.data)]))


if __name__ == "__main__":
    (HERE / "checks.md").write_text(page(), encoding="utf-8", newline="\n")
