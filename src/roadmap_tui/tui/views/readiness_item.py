"""Readiness of one item, drawn: bullet charts, sparklines, ladders."""

from collections.abc import Callable, Iterator
from itertools import chain

from roadmap_tui.narrative.readiness.assessment import TOPIC_LABELS, Readiness
from roadmap_tui.narrative.readiness.quality import bar_verdict, format_reading
from roadmap_tui.narrative.readiness.segments import segment_verdict
from roadmap_tui.narrative.readiness.verdict import (
    ReadinessLevel,
    ReadinessTopic,
    TopicAssessment,
    TopicVerdict,
)
from roadmap_tui.plan.items import Model, Product
from roadmap_tui.plan.readiness.quality_bars import QualityBar
from roadmap_tui.plan.readiness.trust import TrustWeek
from roadmap_tui.readiness.data_quality import data_assessment, data_floors
from roadmap_tui.readiness.latency import latency_budget, median_of_step
from roadmap_tui.readiness.oversight import LEVELS
from roadmap_tui.readiness.segments import segment_assessments
from roadmap_tui.readiness.trust import override_assessment, trust_alarm, weekly_overrides
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import (
    format_level,
    format_measured,
    format_milliseconds,
    format_percent,
    format_whole_percent,
)
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.views.charts import (
    BASELINE,
    FILLS,
    GUARDRAIL,
    LAUNCH,
    TARGET,
    BulletChart,
    ChartScale,
    level_sparkline,
    stacked_bar,
    utilisation_bar,
)
from roadmap_tui.tui.views.lines import (
    Line,
    StyledSpan,
    fit_cells,
    line_width,
    truncate,
    truncate_line,
    wrap_cells,
)

STYLES: dict[ReadinessLevel, str] = {
    "good": "good",
    "unknown": "dim",
    "watch": "warn",
    "bad": "bad",
    "breach": "bad bold",
}
_NAME, _VALUE, _VERDICT, _LEAST = 16, 19, 11, 12
_SHORT_NAME, _ROW_LEAST = 13, _NAME + _VALUE + _VERDICT + 3
_LEGEND = (
    f"● measured  ─ 95% interval  {LAUNCH} launch  {GUARDRAIL} guardrail  {TARGET} target "
    f" {BASELINE} baseline"
)
_LOAD = "█ upkeep now  ▒ once all is live  · the rest of the team"
_FLOORS = f"● measured  ─ 95% interval  {GUARDRAIL} floor"


def readiness_lines(readiness: Readiness, name: str, cells: int) -> list[Line]:
    """Everything about the readiness of an item: a heading, a chart and sentences per topic."""
    item = readiness.plan.items[name]
    models = readiness.models(name)
    lines: list[Line] = []
    if models:
        lines += _text(f"Uses {', '.join(map(readiness.title, models))}", cells, "dim")
    for finding in readiness.assessments(name):
        lines += [*([()] if lines else []), _heading(finding)]
        lines += [_indented(line) for line in _drawing(readiness, name, finding.topic, cells - 2)]
        for sentence in finding.sentences:
            lines += _text(sentence, cells, "dim" if sentence.startswith(" ") else "")
    if isinstance(item, Product):
        why = escape_control(item.explanation) if item.explanation else "Not described yet."
        lines += [(), (StyledSpan("How users see the reason", "bold"),), *_text(why, cells, "")]
    if not readiness.assessments(name):
        lines += [(), *_text(readiness_hint(readiness, name), cells, "dim")]
    return [truncate_line(line, cells) for line in lines]


def readiness_hint(readiness: Readiness, name: str) -> str:
    """What to add to an item without any readiness data."""
    if isinstance(readiness.plan.items[name], Model):
        return "No data yet. Press t to add a quality bar, then m to record a measurement."
    return "No data yet. Press t to add oversight, trust or latency."


def _heading(finding: TopicAssessment) -> Line:
    verdict = finding.verdict
    return (
        StyledSpan(TOPIC_LABELS[finding.topic].capitalize(), "bold"),
        StyledSpan(f"  {verdict.text}", STYLES[verdict.level]),
    )


def _text(sentence: str, cells: int, style: str) -> Iterator[Line]:
    lead = "    " if sentence.startswith(" ") else "  "
    for nth, line in enumerate(wrap_cells(sentence.strip(), cells - len(lead) - 2)):
        yield (StyledSpan(f"{lead}{'  ' if nth else ''}{line}", style),)


def _indented(line: Line) -> Line:
    return (StyledSpan("  "), *line)


def _drawing(readiness: Readiness, name: str, topic: ReadinessTopic, cells: int) -> list[Line]:
    item = readiness.plan.items[name]
    if isinstance(item, Model):
        drawn: dict[ReadinessTopic, Callable[[], list[Line]]] = {
            "quality": lambda: bar_lines(item.bars, cells, legend=True),
            "segments": lambda: _segments(item, cells),
            "data": lambda: _data(readiness, item, cells),
            "upkeep": lambda: _upkeep(readiness, item, cells),
        }
        return drawn[topic]() if topic in drawn else []
    if isinstance(item, Product):
        drawn = {
            "quality": lambda: _model_bars(readiness, name, cells),
            "trust": lambda: trust_lines(readiness, item, cells),
            "latency": lambda: latency_lines(item, cells),
            "oversight": lambda: _oversight_ladder(item),
        }
        return drawn[topic]() if topic in drawn else []
    return []


# Bars and segments


def bar_lines(bars: dict[str, QualityBar], cells: int, *, legend: bool = False) -> list[Line]:
    """Every bar as a bullet chart on its own scale, the worst first."""
    order = sorted(bars, key=lambda name: -bar_verdict(name, bars[name]).severity)
    lines = [_bar(name, bars[name], cells) for name in order]
    return [*lines, (StyledSpan(truncate(_LEGEND, cells), "faint"),)] if legend and lines else lines


def _bar(name: str, bar: QualityBar, cells: int) -> Line:
    reading, verdict = bar.latest_value(name), bar_verdict(name, bar)
    levels = (
        (BASELINE, bar.baseline),
        (TARGET, bar.target),
        (GUARDRAIL, bar.guardrail),
        (LAUNCH, bar.launch),
    )
    bullet = BulletChart(
        None if reading is None else (reading.low, reading.value, reading.high),
        tuple((mark, at) for mark, at in levels if at is not None),
        STYLES[verdict.level],
    )
    value = "" if reading is None else format_reading(bar, reading)
    return _row(
        (escape_control(name), value), verdict, bullet, ChartScale.covering(bullet.values), cells
    )


def _row(
    words: tuple[str, str],
    verdict: TopicVerdict,
    bullet: BulletChart,
    scale: ChartScale,
    cells: int,
) -> Line:
    """A name, a value, a verdict, and the chart if there is room for it."""
    name, value = words
    if cells < _ROW_LEAST:
        return (
            StyledSpan(fit_cells(name, _SHORT_NAME)),
            StyledSpan(f" {fit_cells(verdict.text, _VERDICT)} ", STYLES[verdict.level]),
            StyledSpan(value),
        )
    lead: Line = (
        StyledSpan(fit_cells(name, _NAME), ""),
        StyledSpan(f" {fit_cells(value, _VALUE)}", ""),
        StyledSpan(f" {fit_cells(verdict.text, _VERDICT)} ", STYLES[verdict.level]),
    )
    room = cells - line_width(lead)
    return (*lead, *bullet.draw(scale, room)) if room >= _LEAST else lead


def _model_bars(readiness: Readiness, name: str, cells: int) -> list[Line]:
    lines: list[Line] = []
    for each in readiness.models(name):
        bars = readiness.plan.model[each].bars
        if bars:
            lines += [
                (StyledSpan(truncate(readiness.title(each), cells), "model"),),
                *bar_lines(bars, cells),
            ]
    return [*lines, (StyledSpan(truncate(_LEGEND, cells), "faint"),)] if lines else []


def _segments(model: Model, cells: int) -> list[Line]:
    fits = segment_assessments(model.segments)
    bullets = {
        each.name: BulletChart(
            (each.low, each.value, each.high),
            () if (floor := model.segments[each.name].floor) is None else ((GUARDRAIL, floor),),
            STYLES[segment_verdict(each, floor).level],
        )
        for each in fits
    }
    values = chain.from_iterable(bullet.values for bullet in bullets.values())
    scale = ChartScale.covering(values)
    lines: list[Line] = []
    for each in fits:
        verdict = segment_verdict(each, model.segments[each.name].floor)
        value = format_measured(each.value, each.low, each.high)
        lines.append(
            _row((escape_control(each.name), value), verdict, bullets[each.name], scale, cells)
        )
    return [*lines, (StyledSpan(truncate(_FLOORS, cells), "faint"),)] if lines else []


# Trust and latency


def trust_lines(readiness: Readiness, item: Product, cells: int) -> list[Line]:
    """Override share by week, of all users and of each cohort; weeks above the alarm are marked."""
    if item.trust is None:
        return []
    alarm = trust_alarm(item.trust, readiness.plan.policy)
    lines = _override_course("all", item.trust.weeks, alarm, cells)
    for name, cohort in item.trust.cohorts.items():
        lines += _override_course(escape_control(name), cohort.weeks, alarm, cells)
    return lines


def _override_course(
    name: str, weeks: tuple[TrustWeek, ...], alarm: float, cells: int
) -> list[Line]:
    shares = weekly_overrides(weeks)[-max(1, cells - _NAME - 30) :]
    if not shares:
        return []
    over = "".join("!" if share > alarm else " " for share in shares)
    rises = "  ! rises" if override_assessment(weeks, alarm).is_rising else ""
    first, last = format_whole_percent(shares[0]), format_whole_percent(shares[-1])
    span = _week_span(weeks, len(shares))
    summary = f"  {first} → {last}, alarm {format_percent(alarm)}, {span}"
    lines: list[Line] = [
        (
            StyledSpan(fit_cells(name, _NAME), ""),
            StyledSpan(" "),
            *(
                StyledSpan(char, "bad" if sign == "!" else "")
                for char, sign in zip(level_sparkline(shares, alarm), over, strict=True)
            ),
            StyledSpan(rises, "warn"),
            StyledSpan(summary, "dim"),
        )
    ]
    return [*lines, (StyledSpan(f"{' ' * (_NAME + 1)}{over}", "bad"),)] if over.strip() else lines


def _week_span(weeks: tuple[TrustWeek, ...], count: int) -> str:
    """First and last day of the last so many weeks with decisions."""
    days = sorted(week.on for week in weeks if week.decision_count)[-count:]
    if days[0] == days[-1]:
        return format_date(days[0])
    return f"{format_date(days[0])} to {format_date(days[-1])}"


def latency_lines(item: Product, cells: int) -> list[Line]:
    """The latency steps of an answer, stacked against the budget."""
    latency = item.latency
    allowed = latency_budget(latency) if latency is not None else None
    if latency is None or allowed is None or not latency.steps:
        return []
    times = [median_of_step(step) for step in latency.steps]
    chart = stacked_bar(times, allowed, cells - 1)
    words = [
        f"{FILLS[nth % len(FILLS)]} {escape_control(step.name)} {format_milliseconds(ms)}"
        for nth, (step, ms) in enumerate(zip(latency.steps, times, strict=True))
    ]
    legend = wrap_cells(
        "  ".join([*words, f"{LAUNCH} budget {format_milliseconds(allowed)}"]), cells
    )
    return [chart, *((StyledSpan(line, "dim"),) for line in legend)] if chart else []


# Data, upkeep, oversight


def _data(readiness: Readiness, model: Model, cells: int) -> list[Line]:
    if model.data is None or (found := data_assessment(model.data, readiness.plan.policy)) is None:
        return []
    floors = data_floors(model.data, readiness.plan.policy)
    lines: list[Line] = []
    for name, value in found.values.items():
        low, high = (
            found.accuracy if name == "accuracy" and found.accuracy is not None else (value, value)
        )
        if value < floors[name]:
            verdict = TopicVerdict("bad", "below")
        else:
            verdict = TopicVerdict("good", "clears")
        bullet = BulletChart(
            (low, value, high), ((GUARDRAIL, floors[name]),), STYLES[verdict.level]
        )
        lines.append(
            _row((name, format_level(value)), verdict, bullet, ChartScale(0.0, 1.0), cells)
        )
    return [*lines, (StyledSpan(truncate(_FLOORS, cells), "faint"),)]


def _upkeep(readiness: Readiness, model: Model, cells: int) -> list[Line]:
    team = readiness.upkeep_loads.get(model.team or "")
    if team is None or not team.planned:
        return []
    room = min(40, cells - _NAME - 1)
    if room < _LEAST:
        return []
    words = (StyledSpan(fit_cells(team.title, _NAME)), StyledSpan(" "))
    return [
        (*words, *utilisation_bar(team.share, team.planned_share, room)),
        (StyledSpan(truncate(_LOAD, cells), "faint"),),
    ]


def _oversight_ladder(item: Product) -> list[Line]:
    """The levels of oversight, the highest first, and the current one."""
    oversight = item.oversight
    if oversight is None or oversight.level is None:
        return []
    lines: list[Line] = []
    for level in reversed(range(len(LEVELS))):
        here = level == oversight.level
        sign, style = ("├", "dim") if level < oversight.level else ("┆", "faint")
        if here:
            sign, style = "▸", "bold"
        lines.append(
            (StyledSpan(f"{sign} {level} {LEVELS[level]}{'  is here' if here else ''}", style),)
        )
    return lines


def readiness_glance(readiness: Readiness, name: str, cells: int, height: int) -> tuple[Line, ...]:
    """The most important charts of an item, in that many lines."""
    item = readiness.plan.items[name]
    if isinstance(item, Product):
        use = [*trust_lines(readiness, item, cells)[:2], *latency_lines(item, cells)[:1]]
    else:
        use = []
    if isinstance(item, Model):
        models = [item]
    else:
        models = [readiness.plan.model[each] for each in readiness.models(name)]
    bars = list(chain.from_iterable(bar_lines(model.bars, cells) for model in models))
    lines = [*use, *bars[: max(0, height - len(use) - 1)]]
    if not lines:
        worst = readiness.worst(name)
        if worst is None:
            sentence = readiness_hint(readiness, name)
        else:
            sentence = readiness.main_concern(name)
        lines += (
            (StyledSpan(line, "dim"),) for line in wrap_cells(sentence.strip(), cells)[:height]
        )
    lines += (
        [(StyledSpan(truncate(_LEGEND, cells), "faint"),)] if len(lines) < height and bars else []
    )
    return (*lines, *(() for _ in range(height - len(lines))))
