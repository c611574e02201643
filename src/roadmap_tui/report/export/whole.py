"""All figures of a roadmap as one JSON object."""

from roadmap_tui.forecast.causes import causes
from roadmap_tui.report.data import Data, envelope, forecast_data, rank_data, stated, to_json
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.findings import lessons
from roadmap_tui.report.fitness_data import fitness_data
from roadmap_tui.report.ledger import spikes_data
from roadmap_tui.report.money_data import item_money_data, plan_money_data


def whole_data(subject: Subject) -> Data:
    """What each reading command answers as JSON, under that command's name, and what was learned."""
    forecast, origin = subject.forecast, subject.about.origin
    target = causes(subject.run.simulation, None)
    return envelope(
        "roadmap",
        title=subject.title,
        scenario=subject.scenario,
        commit=None if origin is None else {"sha": origin.commit.sha, "changed": origin.changed},
        forecast=forecast_data(forecast, target),
        rank=rank_data(forecast),
        spikes=envelope(
            "spikes", **stated(forecast), **spikes_data(subject.plan, subject.findings)
        ),
        fitness=fitness_data(subject.fitness, None),
        money=_money(subject),
        lessons=[
            {"id": each.id, "title": each.title, "outcome": each.outcome, "text": each.text}
            for each in lessons(subject.plan, forecast)
        ],
    )


def _money(subject: Subject) -> Data:
    items = [item_money_data(each) for each in subject.money.items.values()]
    about = stated(subject.forecast) | {"currency": subject.plan.roadmap.currency}
    return envelope("money", **about, **plan_money_data(subject.money), items=items)


def whole_json(subject: Subject) -> str:
    """The same as JSON."""
    return to_json(whole_data(subject))
