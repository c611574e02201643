"""All figures of a roadmap as one JSON object."""

from roadmap_tui.report.data import Data, envelope, forecast_data, rank_data, to_json
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.findings import lessons
from roadmap_tui.report.ledger import spikes_data
from roadmap_tui.report.money_data import item_money_data, plan_money_data

_SHARED = {"schema", "kind", "as_of", "seed", "futures"}


def whole_data(subject: Subject) -> Data:
    """The forecast, the ranking, spikes, lessons and money; what stands in other answers has their shape."""
    forecast, origin = subject.forecast, subject.about.origin
    money = plan_money_data(subject.money) | {"items": [item_money_data(each) for each in subject.money.items.values()]}
    return envelope(
        "roadmap",
        title=subject.title,
        scenario=subject.scenario,
        as_of=forecast.as_of,
        seed=forecast.seed,
        futures=forecast.futures,
        commit=None if origin is None else {"sha": origin.commit.sha, "changed": origin.changed},
        currency=subject.plan.roadmap.currency,
        forecast=_without(forecast_data(forecast, None)),
        rank=_without(rank_data(forecast)),
        spikes=spikes_data(subject.plan, subject.findings),
        lessons=[
            {"title": each.title, "outcome": each.outcome, "text": each.text}
            for each in lessons(subject.plan, forecast)
        ],
        money=money,
    )


def whole_json(subject: Subject) -> str:
    """The same as JSON."""
    return to_json(whole_data(subject))


def _without(data: dict[str, object]) -> dict[str, object]:
    """An answer without what is said of the whole already."""
    return {name: value for name, value in data.items() if name not in _SHARED}
