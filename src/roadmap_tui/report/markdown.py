"""A roadmap as a Markdown document that can be sent to others."""

from jinja2 import PackageLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.report import escape
from roadmap_tui.report.figures import GUESS
from roadmap_tui.report.findings import lessons, questions
from roadmap_tui.report.mermaid import diagram
from roadmap_tui.report.sections import guesses, promises, ranking, tracks
from roadmap_tui.report.words import date, month


class _Ready(str):
    """Text that is Markdown already."""

    __slots__ = ()


def _finalize(value: object) -> str:
    """What a template puts out: everything is escaped but what is Markdown already."""
    return value if isinstance(value, _Ready) else escape.markdown(str(value))


def to_markdown(plan: Plan, forecast: Forecast, title: str) -> str:
    """The roadmap as a document: outcomes, ranking, questions, lessons, promises, links and guesses.

    Args:
        plan: what people wrote.
        forecast: the forecast of that plan.
        title: the heading of the document.
    """
    environment = SandboxedEnvironment(
        loader=PackageLoader("roadmap_tui.report"),
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("roadmap.md.j2").render(
        title=title,
        as_of=date(forecast.as_of),
        until=month(forecast.until),
        guess=GUESS,
        tracks=list(tracks(plan, forecast)),
        ranking=list(ranking(forecast)),
        questions=list(questions(plan, forecast)),
        lessons=list(lessons(plan, forecast)),
        promises=list(promises(plan, forecast)),
        diagram=_Ready(diagram(plan, forecast)),
        guesses=list(guesses(forecast)),
    )
