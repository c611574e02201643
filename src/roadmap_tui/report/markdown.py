"""A roadmap as a Markdown document that can be sent to others."""

from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.report.figures import GUESS
from roadmap_tui.report.findings import lessons, questions
from roadmap_tui.report.mermaid import diagram
from roadmap_tui.report.sections import guesses, promises, ranking, tracks
from roadmap_tui.report.templating import Ready, fill
from roadmap_tui.report.words import date, month


def to_markdown(plan: Plan, forecast: Forecast, title: str, scenario: str | None = None) -> str:
    """The roadmap as a document: outcomes, ranking, questions, lessons, promises, links and guesses.

    Args:
        plan: what people wrote.
        forecast: the forecast of that plan.
        title: the heading of the document.
        scenario: the name of the scenario that they are of; None if of the plan as it is.
    """
    return fill(
        "roadmap.md.j2",
        title=title,
        scenario=scenario,
        as_of=date(forecast.as_of),
        until=month(forecast.until),
        guess=GUESS,
        tracks=list(tracks(plan, forecast)),
        ranking=list(ranking(forecast)),
        questions=list(questions(plan, forecast)),
        lessons=list(lessons(plan, forecast)),
        promises=list(promises(plan, forecast)),
        diagram=Ready(diagram(plan, forecast)),
        guesses=list(guesses(forecast)),
    )
