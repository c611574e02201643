"""A plan with one of the options to obtain a model."""

from roadmap_tui.plan.items import Model, SourcingOption
from roadmap_tui.plan.resolver import ResolvedPlan
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.plan.validation import validation_faults


def overridden_fields(option: SourcingOption) -> tuple[str, ...]:
    """The fields of the model that an option replaces, in the order of the format."""
    return tuple(field for field in Model.model_fields if field in option.model_fields_set)


def with_option(plan: Plan, name: str, option: str) -> Plan:
    """The plan in which a model has the fields of one of its options instead of its own.

    An effort replaces stages, and stages replace an effort.
    """
    model = plan.model[name]
    chosen = model.options[option]
    fields = {field: getattr(chosen, field) for field in overridden_fields(chosen)}
    if "effort" in fields:
        fields |= {"stages": None, "stage": None}
    elif "stages" in fields:
        fields |= {"effort": None, "stage": fields.get("stage")}
    changed: Model = model.model_copy(update=fields)
    return plan.model_copy(update={"model": {**plan.model, name: changed}})


def forecast_obstacle(plan: Plan, resolved: ResolvedPlan) -> str:
    """Why a plan can't be forecast; empty if it can.

    Args:
        plan: the plan.
        resolved: the resolved plan, for the day on which the forecast starts.
    """
    faults = (fault for fault in validation_faults(plan, resolved.as_of) if fault.fatal)
    return next((fault.problem for fault in faults), "")
