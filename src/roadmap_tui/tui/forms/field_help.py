"""What each field does, in a line that a form shows while the field is typed in."""

from roadmap_tui.checks.registry import RULES
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.tui.forms.field_values import Field

_ITEM_FIELDS = {
    "title": "what it is called on every screen",
    "summary": "what it is about, for those who open it; changes no figure",
    "public": "its name in what customers are sent; without one it is left out there",
    "owner": "who decides about it; asked for once it is active",
    "team": "whose people do it: they limit when it starts",
    "tags": "words to filter and group by",
    "links": "where more stands: addresses of tickets, papers, boards",
    "status": "ideas are ranked and not scheduled; done, failed and dropped are history",
    "effort": "the work in it: later if more, lower in the ranking",
    "staff": "people on it at once: more finish sooner and take more of the team",
    "chance": "that it works: lowers what it ships, and all that waits for it",
    "needs": "what must deliver first; a | b takes the first that does",
    "fallback_for": "plan B: done only if that one does not deliver",
    "not_before": "it starts no earlier",
    "pin": "its column on the board by hand; without it, it is computed",
    "order": "its place in the queue by hand, lower first",
    "reach": "people it reaches: more rank it higher; a range widens its rank",
    "impact": "how much it does for each of them: 0.25 minimal to 3 massive",
    "confidence": "that people want it: scales its value",
    "evidence": "what supports the numbers: sets confidence and chance that are left out",
    "started": "work began: an active item's forecast counts from here",
    "finished": "when it was delivered, failed or answered",
    "retired": "from here on a live item takes no upkeep",
    "spent": "person-weeks in it so far: what is left is forecast from there",
    "learned": "what came of it, kept as the record",
    "reviewed": "when somebody last said that it still holds",
    "ignore": "checks that are silent here, each with its reason",
    "guesses": "numbers that are nobody's yet; typing one takes it out",
    "ai": "whether it counts as an AI feature; left out, it does if it needs a model",
    "fallback": "what people get if it fails; asked for where that is likely",
    "explanation": "how a user sees the reason for an answer",
    "stage": "where the work stands: earlier stages are behind it",
    "attempts": "trainings in all, if the first does not work",
    "upkeep": "people it keeps busy once it is live",
    "retrained": "when it was last trained: its age counts from there",
    "staleness_weeks": "older than this it is no longer trusted",
    "rule": "what does the job without a model",
    "volume_month": "predictions in a month: what buying is weighed by",
    "chosen": "the option that was decided for",
    "decided": "when that was",
    "revisit": "when to look at it again",
    "track": "whose work it is: product or model",
    "question": "a claim with a number that can fail",
    "timebox": "weeks after which it ends, whatever it found",
    "informs": "the bet whose chance its answer moves",
    "yes_if_works": "how often it says yes if the bet would work: nearer 1 tells more",
    "yes_if_not": "how often it says yes all the same: nearer 0 tells more",
    "success_if": "what counts as a yes, set before the result is known",
    "stop_if": "what counts as a no",
    "on_refuted": "what a no does to the bet",
    "verdict": "what it found; recorded with the bet's new chance by answering it",
    "answer": "what it found, in words",
}
_PLAN_FIELDS = {
    "users": "the reach of items that tell none",
    "as_of": "forecasts start here; left out: today",
    "horizon": "weeks that are looked at",
    "reach_per": "what reach counts people in",
    "currency": "of all money in the file",
    "correlation": "how much all effort shares one optimism: more widens every range",
    "seed": "which runs are drawn",
    "reviewed": "the last review of the whole plan",
    "people": "how many work at once: fewer start later",
    "week_cost": "of one person for a week: what the plan costs",
    "size": "the effort of items that tell none",
    "product_chance": "the chance of product items that tell none",
    "now_weeks": "what starts within this is Now",
    "next_weeks": "what starts within this is Next",
    "too_close": "below this chance two neighbours in the ranking are too close to call",
    "calibrate": "widen ranges by how far past estimates were off",
    "trust_alarm": "share of overrides that raises the alarm",
    "trust_alarm_autocomplete": "the same where suggestions are offered while typing",
    "trust_floor": "share of overrides below which nobody seems to look",
    "segment_cases": "cases in a segment that are enough",
    "slo": "share of answers that must meet the latency budget",
    "roi_months": "how far returns are counted",
    "discount": "a year's discount on later money",
}


def field_help(place: KeyPath, field: Field) -> str:
    """What a field of the table at a place does; empty where its name says all."""
    name = field.path[-1]
    if len(field.path) > 1 or len(place) > 2:
        return _ITEM_FIELDS[name] if field.path[0] == "stages" and name in _ITEM_FIELDS else ""
    if place[0] in {"roadmap", "teams", "policy", "market"}:
        rule = next((each for each in RULES if each.id == name), None)
        return (
            _PLAN_FIELDS.get(name, "")
            if rule is None
            else f"threshold of the check {name}: {rule.condition}"
        )
    return _ITEM_FIELDS.get(name, "")
