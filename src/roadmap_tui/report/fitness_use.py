"""How an AI feature does in use, in words: whether people trust it, how fast it is, and who looks over it."""

from collections.abc import Iterator
from functools import partial

from roadmap_tui.files.display import printable
from roadmap_tui.fitness.amounts import likely, mean
from roadmap_tui.fitness.latency import budget, burnt_of, headroom_of, is_beyond_kind
from roadmap_tui.fitness.oversight import (
    ACTS,
    LEVELS,
    Missing,
    evidence,
    is_demoted,
    missing,
    reviewers,
    reviewing_of,
)
from roadmap_tui.fitness.trust import (
    TrustState,
    activated,
    alarm_of,
    course,
    decisions,
    floor_of,
    is_rising,
    rising_cohorts,
    state,
    valued,
)
from roadmap_tui.plan.fitness import Activation, Latency, Oversight, Stakes, Trust
from roadmap_tui.plan.policy import Policy
from roadmap_tui.report.fitness_signs import (
    Finding,
    Level,
    Verdict,
    counted,
    percents,
    plain_level,
    plural,
)
from roadmap_tui.report.words import date, number, percent

_STATES: dict[TrustState, tuple[Level, str]] = {
    "unmeasured": ("unknown", "no counts"),
    "fine": ("good", ""),
    "watch": ("watch", "watch"),
    "confirmed": ("bad", "alarm"),
    "rubber-stamping": ("bad", "stamped"),
}
_SHORT_LEVELS = ("off", "shadow", "suggest", "approve", "undo", "alone")
_WANTS = {
    "accept": "accepted, by the low end of its interval",
    "weeks": "weeks with decisions",
    "cases": "decisions",
    "segment_gap": "at most between best and worst segment",
    "staffed": "reviewers staffed",
}
_LACKS = {
    "promote_if": "conditions to be promoted: promote_if",
    "kill_switch": "a kill switch",
    "reversible": "a way back: reversible",
    "demote_if": "conditions to be demoted: demote_if",
}


# Trust


def trust_finding(
    trust: Trust, stakes: Stakes | None, policy: Policy, whole: Activation | None
) -> Finding:
    """Whether people go along with it, and whether too readily.

    Args:
        trust: the feature's table.
        stakes: of its oversight table.
        policy: with the alarms.
        whole: activation of the whole product, to compare with.
    """
    made, alarm, floor = (
        decisions(trust.weeks),
        alarm_of(trust, policy),
        floor_of(trust, stakes, policy),
    )
    found = state(made, alarm, floor)
    level, word = _STATES[found]
    rising = [
        *(["all"] if is_rising(course(trust.weeks)) else []),
        *map(printable, rising_cohorts(trust)),
    ]
    share = "" if made.override is None else f"{percent(made.override)} "
    if rising and level == "good":
        level, word = "watch", "rises"

    def tell() -> Iterator[str]:
        told = [_override(trust, found, alarm, floor)]
        if rising:
            told.insert(
                0 if found == "fine" else 1,
                f"overrides rose three weeks running: {', '.join(rising)}",
            )
        yield from told
        if made.trust is not None:
            yield f"trust {plain_level(round(made.trust, 3))}: accepted, and edited ones by half"
        yield from _activation("", trust.activation, whole)
        for name, cohort in trust.cohorts.items():
            yield from _activation(f"{printable(name)}: ", cohort.activation, trust.activation)

    return Finding("trust", Verdict(level, f"{share}{word}".strip()), tell)


def _override(trust: Trust, found: TrustState, alarm: float, floor: float | None) -> str:
    made = decisions(trust.weeks)
    if not made.decided:
        return "no decision was counted: how many answers are accepted, edited, overridden?"
    share = f"overridden {counted(made.overridden, made.decided)} of {made.decided:,} decided"
    words = {
        "fine": f"the alarm is at {percents(alarm)}",
        "watch": f"watch: above the alarm of {percents(alarm)}, which its interval still reaches",
        "confirmed": f"confirmed: all of its interval lies above the alarm of {percents(alarm)}",
        "rubber-stamping": (
            f"rubber-stamped: below the floor of {percents(floor or 0.0)}, where stakes are high"
        ),
    }
    return f"{share}: {words[found]}"


def _activation(whose: str, own: Activation | None, whole: Activation | None) -> Iterator[str]:
    share = activated(own) if own is not None else None
    if own is None or share is None:
        return
    other = activated(whole) if whole is not None else None
    what = "of all" if whose else "of the whole product"
    beside = f"; {what} {percent(other)}" if other is not None else ""
    yield f"{whose}used by {percent(share)} of {own.eligible:,} who could{beside}"
    got = valued(own)
    if got is not None:
        yield f"  {percent(got)} of them got something out of it"


# Latency


def latency_finding(latency: Latency, policy: Policy) -> Finding:
    """Whether answers come in time."""
    return Finding("latency", _latency_verdict(latency, policy), partial(_latency, latency, policy))


def _latency_verdict(latency: Latency, policy: Policy) -> Verdict:
    return _late(latency, policy) or _in_time(latency, policy)


def _late(latency: Latency, policy: Policy) -> Verdict | None:
    """In what way answers come too late; None if in none that is known."""
    allowed, left, burnt = budget(latency), headroom_of(latency, likely), burnt_of(latency, policy)
    p95 = latency.measured.p95 if latency.measured else None
    if burnt is not None and burnt > 1:
        return Verdict("bad", f"{percent(burnt)} burnt" if burnt < 10 else "burnt")
    if allowed is not None and p95 is not None and p95 > allowed:
        return Verdict("bad", f"p95 {seconds(p95)}")
    if left is not None and mean(left) < 0:
        return Verdict("bad", "over budget")
    return Verdict("bad", f"no {latency.kind}") if is_beyond_kind(latency) else None


def _in_time(latency: Latency, policy: Policy) -> Verdict:
    """How it stands if nothing is known to be too late."""
    allowed, left, burnt = budget(latency), headroom_of(latency, likely), burnt_of(latency, policy)
    p95 = latency.measured.p95 if latency.measured else None
    if allowed is None and burnt is None:
        return (
            Verdict("good", "background")
            if latency.kind == "background"
            else Verdict("unknown", "no budget")
        )
    if p95 is not None:
        return Verdict("good", f"p95 {seconds(p95)}")
    if left is not None:
        return Verdict("good", f"{percent(mean(left))} left")
    return (
        Verdict("unknown", "untested")
        if burnt is None
        else Verdict("good", f"{percent(burnt)} burnt")
    )


def _latency(latency: Latency, policy: Policy) -> Iterator[str]:
    allowed = budget(latency)
    told = [*_measured(latency, policy, allowed), *_planned(latency, allowed)]
    yield from (sentence for _, sentence in sorted(told, key=lambda each: not each[0]))
    if allowed is None:
        yield (
            "in the background: nobody waits"
            if latency.kind == "background"
            else "no budget: p95_ms, or a kind"
        )


def _measured(
    latency: Latency, policy: Policy, allowed: float | None
) -> Iterator[tuple[bool, str]]:
    """What was measured; each sentence with whether it is too late."""
    timing, burnt = latency.measured, burnt_of(latency, policy)
    if timing is None:
        return
    if burnt is not None and timing.within is not None and timing.of:
        slo = policy.slo if latency.slo is None else latency.slo
        late = ", more than there is" if burnt > 1 else ""
        share = (
            f"{counted(timing.within, timing.of)} within {_budget(allowed)}, {percent(slo)} must be"
        )
        yield burnt > 1, f"{share}: {percent(burnt)} of the error budget burnt{late}"
    given = (("p50", timing.p50), ("p95", timing.p95), ("p99", timing.p99))
    known = ", ".join(f"{name} {seconds(ms)}" for name, ms in given if ms is not None)
    is_late = allowed is not None and timing.p95 is not None and timing.p95 > allowed
    if known:
        yield is_late, f"{known} on {date(timing.on)}, budget {_budget(allowed)}"


def _planned(latency: Latency, allowed: float | None) -> Iterator[tuple[bool, str]]:
    """What the steps and the budget say; each sentence with whether it is too long."""
    left = headroom_of(latency, likely)
    if isinstance(left, float) and allowed is not None:
        taken = sum(step.ms.p50 for step in latency.steps)
        room = (
            f"{percent(left)} of the budget left"
            if left >= 0
            else f"{percent(-left)} more than the budget"
        )
        steps = f"{plural(len(latency.steps), 'step')} take{'s' if len(latency.steps) == 1 else ''}"
        yield left < 0, f"{steps} {seconds(taken)} of {seconds(allowed)}: {room}"
    elif allowed is not None and latency.measured is None:
        yield (
            False,
            f"budget {seconds(allowed)}; no step and no measurement tells whether it is kept",
        )
    if is_beyond_kind(latency):
        yield True, f"a budget of {_budget(allowed)} is too long for {latency.kind}"


def seconds(ms: float) -> str:
    """Milliseconds as people say them: ``180 ms``, ``2.1 s``."""
    return f"{number(ms)} ms" if ms < 1_000 else f"{number(ms / 1_000)} s"


def _budget(allowed: float | None) -> str:
    return "its budget" if allowed is None else seconds(allowed)


# Oversight


def oversight_finding(oversight: Oversight, trust: Trust | None, gap: float | None) -> Finding:
    """How much it may do alone, and what is missing for the next rung.

    Args:
        oversight: the feature's table.
        trust: its trust table, if it has one.
        gap: how far the worst segment of its models lies behind the best; None if none was counted.
    """
    weeks = trust.weeks if trust is not None else ()
    busy = reviewing_of(oversight.review, likely) if oversight.review is not None else None
    lacking = missing(oversight, evidence(weeks, gap), busy)
    told = partial(_oversight, oversight, trust, lacking, busy)
    return Finding("oversight", _oversight_verdict(oversight, trust, busy), told)


def _oversight_verdict(oversight: Oversight, trust: Trust | None, busy: object) -> Verdict:
    level = oversight.level
    if level is None:
        return Verdict("unknown", "no level")
    word = f"{level} {_SHORT_LEVELS[level]}"
    if _demoted(oversight, trust):
        return Verdict("bad", word)
    acts_blindly = level >= ACTS and not (oversight.kill_switch and oversight.reversible)
    return Verdict("watch" if acts_blindly or _is_short(oversight, busy) else "good", word)


def _demoted(oversight: Oversight, trust: Trust | None) -> bool:
    return (
        oversight.demote_if is not None
        and trust is not None
        and is_demoted(oversight.demote_if, trust.weeks)
    )


def _is_short(oversight: Oversight, busy: object) -> bool:
    """Whether fewer review than it takes."""
    staffed = oversight.review.staffed if oversight.review is not None else None
    return isinstance(busy, float) and staffed is not None and staffed < reviewers(busy)


def _oversight(
    oversight: Oversight, trust: Trust | None, lacking: tuple[Missing, ...] | None, busy: object
) -> Iterator[str]:
    level, rule = oversight.level, oversight.demote_if
    if level is None:
        yield (
            "no level says how much it may do alone:"
            f" {', '.join(f'{at} {name}' for at, name in enumerate(LEVELS))}"
        )
        return
    if _demoted(oversight, trust) and rule is not None and rule.accept is not None:
        few = (
            f"fewer than {percent(rule.accept)} accepted in its last"
            f" {plural(rule.weeks or 1, 'week')}"
        )
        yield f"step down a rung: {few}"
    if level >= ACTS and not oversight.kill_switch:
        yield "it acts, and nothing is said to turn it off at once: kill_switch"
    if level >= ACTS and not oversight.reversible:
        yield "it acts, and nothing says that this can be undone: reversible"
    review = [_reviewed(oversight, busy)] if isinstance(busy, float) else []
    yield from review if _is_short(oversight, busy) else ()
    stakes = f", {oversight.stakes} stakes" if oversight.stakes else ""
    yield f"level {level}, {LEVELS[level]}{stakes}{_undo(oversight)}"
    if lacking is not None:
        following = f"level {level + 1}, {LEVELS[level + 1]}"
        yield f"missing for {following}: nothing" if not lacking else f"missing for {following}:"
        yield from (f"  {missing_words(each)}" for each in lacking)
    yield from () if _is_short(oversight, busy) else review


def _reviewed(oversight: Oversight, busy: float) -> str:
    staffed = oversight.review.staffed if oversight.review is not None else None
    there = f"; {number(staffed)} staffed" if staffed is not None else ""
    return f"review keeps {number(busy)} people busy: {plural(reviewers(busy), 'reviewer')}{there}"


def _undo(oversight: Oversight) -> str:
    if oversight.reversible is None:
        return ""
    if not oversight.reversible:
        return ", can't be undone"
    minutes = oversight.undo_minutes
    return ", can be undone" + (f" for {number(minutes)} minutes" if minutes else "")


def missing_words(lacking: Missing) -> str:
    """One thing that is missing for the next rung."""
    if lacking.wants is None:
        return _LACKS.get(lacking.what, lacking.what)
    is_share = lacking.what in {"accept", "segment_gap"}
    has, wants = (
        "nobody counted" if each is None else percents(each) if is_share else number(each)
        for each in (lacking.has, lacking.wants)
    )
    return f"{wants} {_WANTS[lacking.what]}; now {has}"
