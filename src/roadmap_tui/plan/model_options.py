"""A plan with one of the options to obtain a model."""

from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.items import Model, SourcingOption
from roadmap_tui.plan.resolver import ResolvedPlan
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.plan.validation import validation_faults

BOUGHT_KINDS = frozenset({"saas", "api", "partner", "wait"})
"""Kinds that others build."""


def overridden_fields(option: SourcingOption) -> tuple[str, ...]:
    """The fields that an option replaces, in the order of the format; `weeks` for the effort."""
    fields = tuple(field for field in Model.model_fields if field in option.model_fields_set)
    return fields if lead_time(option) is None else (*fields, "weeks")


def lead_time(option: SourcingOption) -> Estimate | None:
    """The weeks until an option is in use; None if that follows from an effort."""
    if option.effort is not None or option.stages is not None:
        return None
    return option.weeks


def is_bought(option: SourcingOption) -> bool:
    """Whether others build it, so that its lead time takes none of the own people."""
    return option.kind in BOUGHT_KINDS


def with_option(plan: Plan, name: str, option: str, chance: float | None = None) -> Plan:
    """The plan in which a model is obtained by one of its options, with the fields of that option.

    An effort replaces stages, and stages replace an effort. A lead time replaces both: it is the
    time of the staff of the model, as a timebox is.

    Args:
        plan: the plan.
        name: the model.
        option: its option.
        chance: that the model works, where a lead time replaces the stages that state it.
    """
    model = plan.model[name]
    chosen = model.options[option]
    fields = {
        field: getattr(chosen, field)
        for field in Model.model_fields
        if field in chosen.model_fields_set
    }
    weeks = lead_time(chosen)
    if weeks is not None:
        staff = fields.get("staff", model.staff)
        fields |= {"effort": _times(weeks, staff), "stages": None, "stage": None}
        if model.stages is not None and chance is not None:
            fields.setdefault("chance", chance)
    elif "effort" in fields:
        fields |= {"stages": None, "stage": None}
    elif "stages" in fields:
        fields |= {"effort": None, "stage": fields.get("stage")}
    if model.chosen != option:
        # what is spent so far went into another option
        fields.setdefault("spent", 0.0)
    changed: Model = model.model_copy(update={**fields, "chosen": option})
    return plan.model_copy(update={"model": {**plan.model, name: changed}})


def _times(estimate: Estimate, count: int) -> Estimate:
    return Estimate(estimate.p10 * count, estimate.p50 * count, estimate.p90 * count)


def forecast_obstacle(plan: Plan, resolved: ResolvedPlan) -> str:
    """Why a plan can't be forecast; empty if it can.

    Args:
        plan: the plan.
        resolved: the resolved plan, for the day on which the forecast starts.
    """
    faults = (fault for fault in validation_faults(plan, resolved.as_of) if fault.fatal)
    return next((fault.problem for fault in faults), "")
