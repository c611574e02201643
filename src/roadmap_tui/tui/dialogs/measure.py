"""Record a measurement; its meaning is shown while typing."""

import datetime as dt
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from roadmap_tui.evidence.measurement import (
    IDENTITY_FIELDS,
    MEASUREMENT_FORMS,
    MeasurementTarget,
    measurement_date,
    measurement_error,
    with_measurements,
)
from roadmap_tui.narrative.readiness.quality import bar_sentences
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.text.number_grammar import NumberFault
from roadmap_tui.text.stored_value import stored_text
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.text.typed_numbers import read_count, read_level
from roadmap_tui.tui.dialogs.dialog import Dialog

_LABELS = {
    "hits": ("Hits", "how many cases were right"),
    "of": ("Of", "of how many"),
    "value": ("Value", "what was measured"),
    "low": ("Low", "the low end of its 95% interval"),
    "high": ("High", "the high end"),
    "tp": ("TP", "rightly yes"),
    "fp": ("FP", "wrongly yes"),
    "fn": ("FN", "wrongly no"),
    "tn": ("TN", "rightly no"),
    "version": ("Version", "of the model; may stay empty"),
    "run": ("Run", "of the evaluation; may stay empty"),
    "groups": ("Groups", "independent users or documents; may stay empty"),
}
_VALUE_FIELDS = set(MEASUREMENT_FORMS[1])
_IDENTIFYING = ("version", "run", "groups")
_BY_VALUE = {"auc", "ndcg", "f1", "f_beta"}
_MAX_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class InvalidCount:
    """A typed number that can't be recorded, and its field."""

    name: str
    fault: NumberFault


class MeasureDialog(Dialog[dict[str, object]]):
    """Ask for the counts of a measurement, and its data set."""

    DEFAULT_CSS = """
    MeasureDialog { & #meaning { margin-top: 1; } }
    """

    def __init__(self, plan: Plan, target: MeasurementTarget, title: str) -> None:
        super().__init__(
            f"Measure {title}: {escape_control(target.name)}",
            "Enter record   Tab next   Esc cancel",
        )
        self._plan = plan
        self._target = target
        self._form = _input_names(target)

    def ask(self) -> ComposeResult:
        """The numbers and the data set."""
        for name in self._form:
            yield from self.field(_LABELS[name][0], name, _LABELS[name][1])
        newest = self._target.bar.newest_measurement()
        if newest is not None and newest.dataset:
            known = escape_control(newest.dataset)
        else:
            known = "a name"
        yield from self.field("On data", "dataset", f"{known}; may stay empty")
        for name in _IDENTIFYING:
            yield from self.field(_LABELS[name][0], name, _LABELS[name][1])
        yield Static("", classes="note", id="meaning", markup=False)
        yield Static("", classes="fault", id="fault", markup=False)

    def on_mount(self) -> None:
        """Focus the first number."""
        self.query_one(f"#{self._form[0]}", Input).focus()

    def on_input_changed(self) -> None:
        """Show what the numbers mean, once they are valid."""
        fields = self._fields()
        self._show("fault", "")
        if (
            isinstance(fields, InvalidCount)
            or measurement_error(self._plan, self._target, fields) is not None
        ):
            self._show("meaning", "")
            return
        bar, day = with_measurements(self._target, fields), measurement_date(self._plan)
        meaning = [
            sentence.strip() for sentence in bar_sentences(self._target.name, bar, day, None)
        ]
        self._show("meaning", "\n".join(meaning[:_MAX_SENTENCES]))

    def on_input_submitted(self) -> None:
        """Submit the measurement, or show why it is invalid."""
        fields = self._fields()
        if isinstance(fields, InvalidCount):
            self.query_one(f"#{fields.name}", Input).focus()
            return
        error = measurement_error(self._plan, self._target, fields)
        if error is not None:
            self._show("fault", escape_control(f"{error.text}; {error.remedy}"))
        else:
            self.dismiss(fields)

    def _show(self, name: str, text: str) -> None:
        self.query_one(f"#{name}", Static).update(Content(text))

    def _fields(self) -> dict[str, object] | InvalidCount:
        """The typed fields as the file has them; or what is wrong with one of them."""
        day: dt.date = measurement_date(self._plan)
        fields: dict[str, object] = {"on": day}
        for name in IDENTITY_FIELDS:
            if typed := self.query_one(f"#{name}", Input).value.strip():
                fields[name] = typed
        for name in (*self._form, "groups"):
            typed = self.query_one(f"#{name}", Input).value.strip()
            note = ""
            if typed:
                number = read_level(typed) if name in _VALUE_FIELDS else read_count(typed)
                if isinstance(number, NumberFault):
                    self.show_under(name, number.text, is_fault=True)
                    return InvalidCount(name, number)
                fields[name] = number
                note = "" if typed == str(number) else stored_text(number, "number", "", typed)
            self.show_under(name, note)
        return fields


def _input_names(target: MeasurementTarget) -> tuple[str, ...]:
    """The numbers to ask for: those of the last measurement, else those of the metric."""
    newest = target.bar.newest_measurement()
    if newest is None:
        return MEASUREMENT_FORMS[1] if target.metric in _BY_VALUE else MEASUREMENT_FORMS[0]
    return next(form for form in MEASUREMENT_FORMS if getattr(newest, form[0]) is not None)
