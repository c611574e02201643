"""All figures of a roadmap as one JSON object."""

from roadmap_tui.answers.data import (
    JsonObject,
    answer_envelope,
    forecast_basis,
    forecast_data,
    rank_data,
    to_json,
)
from roadmap_tui.answers.money_data import item_money_data, plan_money_data
from roadmap_tui.answers.readiness_data import readiness_data
from roadmap_tui.forecast.analysis.critical_path import finish_drivers
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.spike_ledger import spikes_data
from roadmap_tui.narrative.spike_results import lessons_learned


def full_data(subject: ReportContext) -> JsonObject:
    """What each reading command answers as JSON, under that command's name, and what was learned."""
    forecast, origin = subject.forecast, subject.source.origin
    target = finish_drivers(subject.run.simulation, None)
    return answer_envelope(
        "roadmap",
        title=subject.title,
        scenario=subject.scenario,
        commit=None
        if origin is None
        else {"sha": origin.commit.sha, "changed": origin.is_modified},
        forecast=forecast_data(forecast, target),
        rank=rank_data(forecast),
        spikes=answer_envelope(
            "spikes", **forecast_basis(forecast), **spikes_data(subject.plan, subject.findings)
        ),
        fitness=readiness_data(subject.readiness, None),
        money=_money(subject),
        lessons=[
            {"id": each.id, "title": each.title, "outcome": each.outcome, "text": each.text}
            for each in lessons_learned(subject.plan, forecast)
        ],
    )


def _money(subject: ReportContext) -> JsonObject:
    items = [item_money_data(each) for each in subject.money.items.values()]
    about = forecast_basis(subject.forecast) | {"currency": subject.plan.roadmap.currency}
    return answer_envelope("money", **about, **plan_money_data(subject.money), items=items)


def full_json(subject: ReportContext) -> str:
    """The same as JSON."""
    return to_json(full_data(subject))
