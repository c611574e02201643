"""All that tells whether one item is fit to ship, drawn: bars as bullet charts, courses, ladders."""

from collections.abc import Callable, Iterator

from roadmap_tui.app.lines import Line, Span, clip, cut, fit, line_width, wrapped
from roadmap_tui.app.views.charts import (
    BASELINE,
    FILLS,
    GUARDRAIL,
    LAUNCH,
    TARGET,
    Bullet,
    Scale,
    filled,
    sparkline,
    stacked,
)
from roadmap_tui.files.display import printable
from roadmap_tui.fitness.data import data_fit, floors_of
from roadmap_tui.fitness.latency import budget
from roadmap_tui.fitness.oversight import LEVELS
from roadmap_tui.fitness.segments import segment_fits
from roadmap_tui.fitness.trust import alarm_of, course, is_rising
from roadmap_tui.plan.bars import Bar
from roadmap_tui.plan.fitness import Week
from roadmap_tui.plan.items import Model, Product
from roadmap_tui.report.fitness import TOPICS, Fitness
from roadmap_tui.report.fitness_quality import bar_verdict, segment_verdict, value_of
from roadmap_tui.report.fitness_signs import Finding, Level, Topic, Verdict, level_of, percents
from roadmap_tui.report.fitness_use import seconds
from roadmap_tui.report.words import date

STYLES: dict[Level, str] = {
    "good": "good",
    "unknown": "dim",
    "watch": "warn",
    "bad": "bad",
    "breach": "bad bold",
}
_NAME, _VALUE, _VERDICT, _LEAST = 16, 19, 11, 12
_LEGEND = (
    f"● measured  ─ 95% interval  {LAUNCH} launch  {GUARDRAIL} guardrail  {TARGET} target "
    f" {BASELINE} baseline"
)
_LOAD = "█ upkeep now  ▒ once all is live  · the rest of the team"
_FLOORS = f"● measured  ─ 95% interval  {GUARDRAIL} floor"


def item_lines(fitness: Fitness, name: str, cells: int) -> list[Line]:
    """All about one item: by topic a heading, a drawing, and what is said about it."""
    item = fitness.plan.items[name]
    models = fitness.models(name)
    lines: list[Line] = []
    if models:
        lines += _text(f"rests on {', '.join(map(fitness.title, models))}", cells, "dim")
    for finding in fitness.findings(name):
        lines += [*([()] if lines else []), _heading(finding)]
        lines += [_indented(line) for line in _drawing(fitness, name, finding.topic, cells - 2)]
        for sentence in finding.sentences:
            lines += _text(sentence, cells, "dim" if sentence.startswith(" ") else "")
    if isinstance(item, Product):
        why = printable(item.shows_why) if item.shows_why else "nobody says yet: shows_why = …"
        lines += [(), (Span("How users see the reason", "bold"),), *_text(why, cells, "")]
    if not fitness.findings(name):
        lines += [(), *_text(hint(fitness, name), cells, "dim")]
    return [cut(line, cells) for line in lines]


def hint(fitness: Fitness, name: str) -> str:
    """What to write for an item of which nothing is told."""
    if isinstance(fitness.plan.items[name], Model):
        return (
            f"Nothing is told of it yet. Begin with a bar: [model.{name}.bars.recall] launch = 0.8;"
            " then m measures."
        )
    return (
        f"Nothing is told of it yet. Begin with [product.{name}.oversight] level = 2, or .trust, or"
        " .latency."
    )


def _heading(finding: Finding) -> Line:
    verdict = finding.verdict
    return (
        Span(TOPICS[finding.topic].capitalize(), "bold"),
        Span(f"  {verdict.text}", STYLES[verdict.level]),
    )


def _text(sentence: str, cells: int, style: str) -> Iterator[Line]:
    lead = "    " if sentence.startswith(" ") else "  "
    for nth, line in enumerate(wrapped(sentence.strip(), cells - len(lead) - 2)):
        yield (Span(f"{lead}{'  ' if nth else ''}{line}", style),)


def _indented(line: Line) -> Line:
    return (Span("  "), *line)


def _drawing(fitness: Fitness, name: str, topic: Topic, cells: int) -> list[Line]:
    item = fitness.plan.items[name]
    if isinstance(item, Model):
        drawn: dict[Topic, Callable[[], list[Line]]] = {
            "quality": lambda: bar_lines(item.bars, cells, legend=True),
            "segments": lambda: _segments(item, cells),
            "data": lambda: _data(fitness, item, cells),
            "upkeep": lambda: _upkeep(fitness, item, cells),
        }
        return drawn[topic]() if topic in drawn else []
    if isinstance(item, Product):
        drawn = {
            "quality": lambda: _model_bars(fitness, name, cells),
            "trust": lambda: trust_lines(fitness, item, cells),
            "latency": lambda: latency_lines(item, cells),
            "oversight": lambda: _ladder(item),
        }
        return drawn[topic]() if topic in drawn else []
    return []


# Bars and segments


def bar_lines(bars: dict[str, Bar], cells: int, *, legend: bool = False) -> list[Line]:
    """Every bar as a bullet chart, the worst first, each on a scale of its own."""
    order = sorted(bars, key=lambda name: -bar_verdict(name, bars[name]).weight)
    lines = [_bar(name, bars[name], cells) for name in order]
    return [*lines, (Span(clip(_LEGEND, cells), "faint"),)] if legend and lines else lines


def _bar(name: str, bar: Bar, cells: int) -> Line:
    reading, verdict = bar.latest(name), bar_verdict(name, bar)
    levels = (
        (BASELINE, bar.baseline),
        (TARGET, bar.target),
        (GUARDRAIL, bar.guardrail),
        (LAUNCH, bar.launch),
    )
    bullet = Bullet(
        None if reading is None else (reading.low, reading.value, reading.high),
        tuple((mark, at) for mark, at in levels if at is not None),
        STYLES[verdict.level],
    )
    value = "" if reading is None else value_of(bar, reading)
    return _row((printable(name), value), verdict, bullet, Scale.over(bullet.values), cells)


def _row(
    words: tuple[str, str], verdict: Verdict, bullet: Bullet, scale: Scale, cells: int
) -> Line:
    """A name, a value, how it stands, and the chart, if there is room for it."""
    name, value = words
    lead: Line = (
        Span(fit(name, _NAME), ""),
        Span(f" {fit(value, _VALUE)}", ""),
        Span(f" {fit(verdict.text, _VERDICT)} ", STYLES[verdict.level]),
    )
    room = cells - line_width(lead)
    return (*lead, *bullet.draw(scale, room)) if room >= _LEAST else lead


def _model_bars(fitness: Fitness, name: str, cells: int) -> list[Line]:
    lines: list[Line] = []
    for each in fitness.models(name):
        bars = fitness.plan.model[each].bars
        if bars:
            lines += [(Span(clip(fitness.title(each), cells), "model"),), *bar_lines(bars, cells)]
    return [*lines, (Span(clip(_LEGEND, cells), "faint"),)] if lines else []


def _segments(model: Model, cells: int) -> list[Line]:
    fits = segment_fits(model.segments)
    bullets = {
        each.name: Bullet(
            (each.low, each.value, each.high),
            () if (floor := model.segments[each.name].floor) is None else ((GUARDRAIL, floor),),
            STYLES[segment_verdict(each, floor).level],
        )
        for each in fits
    }
    scale = Scale.over(value for bullet in bullets.values() for value in bullet.values)
    lines: list[Line] = []
    for each in fits:
        verdict = segment_verdict(each, model.segments[each.name].floor)
        value = f"{level_of(each.value)} [{level_of(each.low)}, {level_of(each.high)}]"
        lines.append(_row((printable(each.name), value), verdict, bullets[each.name], scale, cells))
    return [*lines, (Span(clip(_FLOORS, cells), "faint"),)] if lines else []


# Trust and latency


def trust_lines(fitness: Fitness, item: Product, cells: int) -> list[Line]:
    """The share of overrides by week, of all and of each cohort; weeks above the alarm have a sign below."""
    if item.trust is None:
        return []
    alarm = alarm_of(item.trust, fitness.plan.policy)
    lines = _course("all", item.trust.weeks, alarm, cells)
    for name, cohort in item.trust.cohorts.items():
        lines += _course(printable(name), cohort.weeks, alarm, cells)
    return lines


def _course(name: str, weeks: tuple[Week, ...], alarm: float, cells: int) -> list[Line]:
    shares = course(weeks)[-max(1, cells - _NAME - 30) :]
    if not shares:
        return []
    over = "".join("!" if share > alarm else " " for share in shares)
    rises = "  ! rises" if is_rising(shares) else ""
    told = (
        f"  {percents(shares[0])} → {percents(shares[-1])}, alarm {percents(alarm)},"
        f" {_from_to(weeks, len(shares))}"
    )
    lines: list[Line] = [
        (
            Span(fit(name, _NAME), ""),
            Span(" "),
            *(
                Span(char, "bad" if sign == "!" else "")
                for char, sign in zip(sparkline(shares, alarm), over, strict=True)
            ),
            Span(rises, "warn"),
            Span(told, "dim"),
        )
    ]
    return [*lines, (Span(f"{' ' * (_NAME + 1)}{over}", "bad"),)] if over.strip() else lines


def _from_to(weeks: tuple[Week, ...], count: int) -> str:
    """The days of the first and the last of so many weeks in which something was decided."""
    days = sorted(week.on for week in weeks if week.decided)[-count:]
    return date(days[0]) if days[0] == days[-1] else f"{date(days[0])} to {date(days[-1])}"


def latency_lines(item: Product, cells: int) -> list[Line]:
    """The steps of an answer, stacked against the budget."""
    latency = item.latency
    allowed = budget(latency) if latency is not None else None
    if latency is None or allowed is None or not latency.steps:
        return []
    chart = stacked([step.ms.p50 for step in latency.steps], allowed, cells - 1)
    words = [
        f"{FILLS[nth % len(FILLS)]} {printable(step.name)} {seconds(step.ms.p50)}"
        for nth, step in enumerate(latency.steps)
    ]
    told = wrapped("  ".join([*words, f"{LAUNCH} budget {seconds(allowed)}"]), cells)
    return [chart, *((Span(line, "dim"),) for line in told)] if chart else []


# Data, upkeep, oversight


def _data(fitness: Fitness, model: Model, cells: int) -> list[Line]:
    if model.data is None or (found := data_fit(model.data, fitness.plan.policy)) is None:
        return []
    floors = floors_of(model.data, fitness.plan.policy)
    lines: list[Line] = []
    for name, value in found.values.items():
        low, high = (
            found.accuracy if name == "accuracy" and found.accuracy is not None else (value, value)
        )
        verdict = Verdict("bad", "below") if value < floors[name] else Verdict("good", "clears")
        bullet = Bullet((low, value, high), ((GUARDRAIL, floors[name]),), STYLES[verdict.level])
        lines.append(_row((name, level_of(value)), verdict, bullet, Scale(0.0, 1.0), cells))
    return [*lines, (Span(clip(_FLOORS, cells), "faint"),)]


def _upkeep(fitness: Fitness, model: Model, cells: int) -> list[Line]:
    team = fitness.loads.get(model.team or "")
    if team is None or not team.then:
        return []
    room = min(40, cells - _NAME - 1)
    if room < _LEAST:
        return []
    words = (Span(fit(team.title, _NAME)), Span(" "))
    return [
        (*words, *filled(team.share, team.share_then, room)),
        (Span(clip(_LOAD, cells), "faint"),),
    ]


def _ladder(item: Product) -> list[Line]:
    """The rungs, the highest first, and where it stands."""
    oversight = item.oversight
    if oversight is None or oversight.level is None:
        return []
    lines: list[Line] = []
    for level in reversed(range(len(LEVELS))):
        here = level == oversight.level
        sign, style = (
            ("▸", "bold") if here else ("├", "dim") if level < oversight.level else ("┆", "faint")
        )
        lines.append((Span(f"{sign} {level} {LEVELS[level]}{'  is here' if here else ''}", style),))
    return lines


def glance(fitness: Fitness, name: str, cells: int, height: int) -> tuple[Line, ...]:
    """The most telling drawings of an item, in so many lines."""
    item = fitness.plan.items[name]
    use = (
        [*trust_lines(fitness, item, cells)[:2], *latency_lines(item, cells)[:1]]
        if isinstance(item, Product)
        else []
    )
    models = (
        [item]
        if isinstance(item, Model)
        else [fitness.plan.model[each] for each in fitness.models(name)]
    )
    bars = [line for model in models for line in bar_lines(model.bars, cells)]
    lines = [*use, *bars[: max(0, height - len(use) - 1)]]
    if not lines:
        worst = fitness.worst(name)
        told = hint(fitness, name) if worst is None else fitness.matters(name)
        lines += ((Span(line, "dim"),) for line in wrapped(told.strip(), cells)[:height])
    lines += [(Span(clip(_LEGEND, cells), "faint"),)] if len(lines) < height and bars else []
    return (*lines, *(() for _ in range(height - len(lines))))
