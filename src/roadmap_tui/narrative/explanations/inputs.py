"""Inputs of figures, with their lines in the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from roadmap_tui.document.document import Document
from roadmap_tui.document.serializer import TRACKS, serialize_value
from roadmap_tui.document.values import get_at
from roadmap_tui.narrative.item_figures import ASSUMPTION_MARK
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.items import Bet, Model, Spike
from roadmap_tui.plan.resolver import ResolvedItem, ResolvedPlan
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.text.terminal_text import escape_control


@dataclass(frozen=True, slots=True)
class ExplanationInput:
    """An input of a figure.

    Attributes:
        place: its line, such as ``line 12``, or where the default comes from.
        is_assumption: whether the value is an assumption.
    """

    label: str
    value: str
    place: str
    is_assumption: bool = False


@dataclass(frozen=True, slots=True)
class InputLocator:
    """Locates the inputs of a plan's items."""

    document: Document
    plan: Plan
    resolved: ResolvedPlan

    def odds_inputs(self, name: str) -> Iterator[ExplanationInput]:
        """Inputs of a spike's odds."""
        spike, place, policy = self.plan.items[name], ("spike", name), self.plan.policy
        if isinstance(spike, Spike):
            yield self._field(
                (*place, "yes_if_works"), "yes if it works", spike.yes_if_works, policy.yes_if_works
            )
            yield self._field(
                (*place, "yes_if_not"), "yes if it does not", spike.yes_if_not, policy.yes_if_not
            )
            yield self._field((*place, "timebox"), "timebox, weeks", spike.timebox, policy.timebox)

    def written_field(self, path: KeyPath, label: str) -> ExplanationInput:
        """A field that the file sets, with its line."""
        return self._field(path, label, 1, None)

    def setting_field(
        self, path: KeyPath, label: str, default: object, of: str = "the default"
    ) -> ExplanationInput:
        """A field with its line, or its default, which doesn't count as an assumption."""
        given = self._field(path, label, 1, default, of)
        return ExplanationInput(given.label, given.value, given.place)

    def table_start(self, path: KeyPath, label: str) -> ExplanationInput | None:
        """The line where a table of an item begins; None if the table is missing."""
        found = get_at(self.document.data, path)
        paths = [(*path, key) for key in found] if isinstance(found, Mapping) else []
        spans = [
            span
            for each in (path, *paths)
            if (span := self.document.positions.value_span(each)) is not None
        ]
        if not spans:
            return None
        line, _ = self.document.lines.line_and_column(min(span.start for span in spans))
        return ExplanationInput(f"the table {label}", "", f"line {line}")

    def _field(
        self, path: KeyPath, label: str, value: object, default: object, of: str = "the default"
    ) -> ExplanationInput:
        """A field with its line, or its default."""
        span = self.document.positions.value_span(path)
        if value is None or span is None:
            shown = escape_control(serialize_value(default)) if default is not None else "–"
            return ExplanationInput(label, shown, of, is_assumption=True)
        line, _ = self.document.lines.line_and_column(span.start)
        is_guess = path[0] in TRACKS and path[-1] in self.plan.items[str(path[1])].guesses
        return ExplanationInput(
            label,
            escape_control(serialize_value(get_at(self.document.data, path))),
            f"line {line}",
            is_guess,
        )

    def chance_inputs(self, name: str) -> Iterator[ExplanationInput]:
        """Inputs of an item's chance to work."""
        item, terms = self.plan.items[name], self.resolved.items[name]
        place: KeyPath = (terms.kind, name)
        if not isinstance(item, Bet):
            return
        if isinstance(item, Model) and item.stages is not None and terms.chance is None:
            for stage in terms.stages:
                path = (*place, "stages", stage.name, "chance")
                yield self._field(path, f"passes {stage.name}", stage.chance, 1, "left out: sure")
            yield self._field((*place, "attempts"), "trainings", item.attempts, 1, "left out: one")
            return
        why = f"{item.evidence} in [policy]" if terms.kind == "model" else "left out: sure"
        given = self._field((*place, "chance"), "works", item.chance, terms.chance, why)
        yield ExplanationInput(given.label, given.value, given.place, "chance" in terms.assumptions)

    def effort_inputs(self, terms: ResolvedItem) -> Iterator[ExplanationInput]:
        """An item's effort, and the people of its team."""
        place: KeyPath = (terms.kind, terms.id)
        if terms.stages:
            for stage in terms.stages:
                yield self._field(
                    (*place, "stages", stage.name, "effort"), f"effort of {stage.name}", stage, None
                )
        elif terms.kind == "spike":
            yield self._field((*place, "timebox"), "timebox, weeks", 1, self.plan.policy.timebox)
        else:
            size = self.plan.policy.size
            yield self._field(
                (*place, "effort"),
                "effort, person-weeks",
                1,
                size,
                "left out: the size in [policy]",
            )
        if terms.spent:
            yield self._field(
                (*place, "spent"), "spent", terms.spent, terms.spent, "counted from started"
            )
        if terms.team is not None:
            people = self.resolved.team_sizes[terms.team]
            yield self._field(
                ("teams", terms.team, "people"),
                f"people in {escape_control(terms.team)}",
                people,
                None,
            )

    def demand_inputs(self, name: str) -> Iterator[ExplanationInput]:
        """An item's reach, impact and confidence."""
        terms, item = self.resolved.items[name], self.plan.items[name]
        if terms.demand is None or not isinstance(item, Bet):
            return
        place: KeyPath = (terms.kind, name)
        users = self.document.positions.value_span(("roadmap", "users"))
        if item.reach is None and users is not None:
            reach = self._field(("roadmap", "users"), "reach", 1, None)
            yield ExplanationInput(
                "reach", reach.value, f"users, {reach.place}", is_assumption=True
            )
        else:
            yield self._field((*place, "reach"), "reach", 1, None)
        yield self._field_or_assumption(
            (*place, "impact"), "impact", self.plan.policy.impact, "[policy]"
        )
        why = f"{item.evidence} in [policy]"
        yield self._field((*place, "confidence"), "they want it", 1, terms.demand.confidence, why)

    def _field_or_assumption(
        self, path: KeyPath, label: str, default: object, of: str
    ) -> ExplanationInput:
        given = self._field(path, label, 1, default, of)
        return ExplanationInput(
            given.label, given.value, given.place, path[-1] in self.plan.items[str(path[1])].guesses
        )


def marked_value(given: ExplanationInput) -> str:
    """An input's value, marked if it is an assumption."""
    return f"{ASSUMPTION_MARK}{given.value}" if given.is_assumption else given.value
