"""One-line help for each field, shown while it is focused."""

from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.table_keys import field_doc_at
from roadmap_tui.tui.forms.field_values import Field


def field_help(place: KeyPath, field: Field) -> str:
    """The description of a field of the table at a place; empty for unknown fields."""
    doc = field_doc_at((*place, *field.path))
    return "" if doc is None else doc.description
