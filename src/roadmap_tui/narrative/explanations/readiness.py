"""Explain an AI item's readiness: formulas, and the numbers of the file they use."""

from collections.abc import Iterator

from roadmap_tui.narrative.explanations.explanation import Explanation
from roadmap_tui.narrative.explanations.inputs import ExplanationInput, InputLocator
from roadmap_tui.narrative.readiness.assessment import Readiness
from roadmap_tui.narrative.readiness.quality import bar_sentences, bar_verdict, format_reading
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.items import Model, Product
from roadmap_tui.plan.readiness.quality_bars import QualityBar
from roadmap_tui.text.terminal_text import escape_control

_WILSON = (
    "interval: Wilson at 95%: (p + z² ÷ 2n ± z √(p (1 − p) ÷ n + z² ÷ 4n²)) ÷ (1 + z² ÷ n), p ="
    " hits ÷ n, z = 1.96"
)
_STATUS_RULE = (
    "proven if all of the interval clears launch, likely if only the value does, breach if all is"
    " past guardrail"
)
_LEVELS = ("guardrail", "launch", "target", "baseline", "prevalence", "cost_fp", "cost_fn")


def explain_readiness(
    inputs: InputLocator, readiness: Readiness, name: str
) -> Iterator[Explanation]:
    """Explain the bars of an item and its models, then use, then latency."""
    if not readiness.applies_to(name):
        return
    for model in dict.fromkeys((name, *readiness.models(name))):
        item = inputs.plan.items[model]
        for bar in item.bars if isinstance(item, Model) else ():
            yield _explain_bar(
                inputs,
                readiness,
                model,
                bar,
                f"{readiness.title(model)}, " if model != name else "",
            )
    yield from _explain_topics(inputs, readiness, name)


def _explain_bar(
    inputs: InputLocator, readiness: Readiness, model: str, name: str, lead: str
) -> Explanation:
    bar = inputs.plan.model[model].bars[name]
    reading, place = bar.latest_value(name), ("model", model, "bars", name)
    value = f" {format_reading(bar, reading)}" if reading is not None else ""
    sentences = tuple(
        each.strip()
        for each in bar_sentences(name, bar, readiness.as_of, readiness.daily_volume(model))
    )
    figure = f"{lead}{escape_control(name)}{value}: {bar_verdict(name, bar).text}"
    return Explanation(
        "fit", figure, (*sentences, _WILSON, _STATUS_RULE), tuple(_level_inputs(inputs, place, bar))
    )


def _level_inputs(
    inputs: InputLocator, place: KeyPath, bar: QualityBar
) -> Iterator[ExplanationInput]:
    for level in _LEVELS:
        if getattr(bar, level) is not None:
            yield inputs.written_field((*place, level), level)
    newest = bar.newest_measurement()
    if newest is not None:
        at = max(at for at, each in enumerate(bar.measured) if each is newest)
        for field in ("hits", "of", "value", "low", "high", "tp", "fp", "fn", "tn"):
            if getattr(newest, field) is not None:
                yield inputs.written_field((*place, "measured", at, field), field)


def _explain_topics(inputs: InputLocator, readiness: Readiness, name: str) -> Iterator[Explanation]:
    """Explain each other topic, with the position of its table."""
    item = inputs.plan.items[name]
    kind = "product" if isinstance(item, Product) else "model"
    formulas = {
        "trust": (
            "override = overridden ÷ (accepted + edited + overridden), with Wilson's interval at"
            " 95%"
        ),
        "latency": "headroom = 1 − the sum of the steps, at their likely length, ÷ p95_ms",
        "oversight": "the next rung needs all that promote_if asks for",
        "data": "the worst of its dimensions against its floor",
        "segments": "each segment's share with Wilson's interval, against its floor",
    }
    for finding in readiness.assessments(name):
        formula = formulas.get(finding.topic)
        if formula is not None:
            lines = (formula, *(sentence.strip() for sentence in finding.sentences))
            givens = (inputs.table_start((kind, name, finding.topic), finding.topic),)
            figure = f"{finding.topic}: {finding.verdict.text}"
            yield Explanation(
                "fit", figure, lines, tuple(each for each in givens if each is not None)
            )
