"""Fill in the tables of `format.md` from the documentation of the fields."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from roadmap_tui.document.serializer import serialize_value
from roadmap_tui.document.values import to_toml_value
from roadmap_tui.plan.base import Table
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.field_docs import field_docs
from roadmap_tui.plan.table_keys import all_tables

HERE = Path(__file__).parent
_REGION = re.compile(
    r"(<!-- fields of (?P<table>\w+): made by make_format.py -->\n).*?(<!-- end -->)", re.DOTALL
)


def page() -> str:
    """Return the text of `format.md` with the declared fields."""
    text = (HERE / "format.md").read_text(encoding="utf-8")
    return _REGION.sub(_with_table, text)


def _with_table(region: re.Match[str]) -> str:
    lines = "\n".join(_rows(all_tables()[region["table"]]))
    return f"{region[1]}\n{lines}\n\n{region[3]}"


def _rows(table: type[Table]) -> Iterator[str]:
    yield "| field | meaning | unit | left out | example |"
    yield "|---|---|---|---|---|"
    lent = set[str]().union(*(getattr(base, "model_fields", ()) for base in table.__bases__))
    infos = {info.alias or name: info for name, info in table.model_fields.items()}
    for key, doc in field_docs(table).items():
        if key not in lent:
            example = serialize_value(to_toml_value(doc.example))
            left_out = doc.left_out or _default_text(infos[key])
            meaning = doc.description + _options_text(infos[key].annotation)
            cells = (f"`{key}`", meaning, doc.unit, left_out, f"`{example}`")
            yield f"| {' | '.join(_escaped(cell) for cell in cells)} |"


def _options_text(annotation: object) -> str:
    """Return a sentence with the allowed words of a field; empty if it allows others."""
    for option in (annotation, *get_args(annotation)):
        if get_origin(option) is Literal:
            return f" One of {', '.join(f'`{word}`' for word in get_args(option))}."
    return ""


def _default_text(info: FieldInfo) -> str:
    """Return the default in TOML; empty if the field has none."""
    if info.is_required():
        return "required"
    default = info.default
    if isinstance(default, Estimate):
        default = [default.p10, default.p50, default.p90]
    is_value = isinstance(default, bool | int | float | str | list)
    if is_value or (isinstance(default, tuple) and default):
        return f"`{serialize_value(to_toml_value(default))}`"
    return ""


def _escaped(cell: str) -> str:
    return cell.replace("|", "\\|")


if __name__ == "__main__":
    (HERE / "format.md").write_text(page(), encoding="utf-8", newline="\n")
