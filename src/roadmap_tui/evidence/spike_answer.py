"""Edits that record what a spike found out."""

import datetime as dt
from typing import Literal, TypeAlias

from roadmap_tui.document.edits import Edit, SetValue
from roadmap_tui.forecast.simulation.results import SpikeOdds
from roadmap_tui.plan.roadmap import Plan, item_kind

SpikeVerdict: TypeAlias = Literal["confirmed", "refuted", "inconclusive"]


def spike_answer_edits(
    plan: Plan, name: str, verdict: SpikeVerdict, learned: str, odds: SpikeOdds | None
) -> tuple[Edit, ...]:
    """Edits that record a spike's verdict and its effect on the bet: a new chance, or dropped.

    Args:
        plan: the plan.
        name: an open spike.
        verdict: the answer it gave.
        learned: what was found out; may be empty.
        odds: the spike's odds; None if it informs no open bet.
    """
    spike = plan.spike[name]
    place = ("spike", name)
    edits: list[Edit] = [
        SetValue((*place, "status"), "done"),
        SetValue((*place, "verdict"), verdict),
    ]
    if learned:
        edits.append(SetValue((*place, "learned"), learned))
    edits.append(SetValue((*place, "finished"), plan.roadmap.as_of or dt.date.today()))
    if odds is None or spike.informs is None:
        return tuple(edits)
    bet = (item_kind(plan.items[spike.informs]), spike.informs)
    if verdict == "refuted" and spike.on_refuted == "drop":
        edits.append(SetValue((*bet, "status"), "dropped"))
    elif verdict != "inconclusive":
        chance = odds.after_yes if verdict == "confirmed" else odds.after_no
        edits.append(SetValue((*bet, "chance"), round(chance, 2)))
    return tuple(edits)
