"""Documents by a template of somebody's own."""

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from roadmap_tui.answers.json_text import to_plain
from roadmap_tui.export.blocks import Report
from roadmap_tui.export.sandbox import TIME_LIMIT_SECONDS
from roadmap_tui.interpreter import command, environment

_SANDBOX_MODULE = "roadmap_tui.export.sandbox"


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """What is wrong with a template.

    Attributes:
        line: where, as far as that is known.
    """

    text: str
    line: int | None = None


def render_custom_template(
    template: str, form: str, values: Mapping[str, object]
) -> str | TemplateFault:
    """The text that a template makes of plain values; in a process of its own, which is stopped if it takes too long.

    Args:
        template: its text.
        form: ``md`` or ``html``: how what it puts out is escaped.
        values: what it may use; an object that has only the key ``ready`` is put out as it is.
    """
    asked = json.dumps({"template": template, "form": form, "values": to_plain(values)}).encode()
    try:
        run = subprocess.run(
            command(_SANDBOX_MODULE),
            input=asked,
            capture_output=True,
            timeout=3 * TIME_LIMIT_SECONDS,
            check=False,
            env=environment(os.environ),
        )
    except subprocess.TimeoutExpired:
        return TemplateFault("it takes too long")
    except OSError as error:
        return TemplateFault(f"it can't be filled here: {error.strerror}")
    if run.returncode or not run.stdout:
        return TemplateFault(
            f"it takes too long, or more memory than there is for it ({TIME_LIMIT_SECONDS} s, 1 GB)"
        )
    answer: dict[str, object] = json.loads(run.stdout)
    if "text" in answer:
        return str(answer["text"])
    line = answer["line"]
    return TemplateFault(str(answer["fault"]), line if isinstance(line, int) else None)


def report_values(report: Report) -> dict[str, object]:
    """A document as plain values; diagrams may be put out as they are."""
    values = asdict(report)
    for section in values["sections"]:
        for block in section["blocks"]:
            if block["kind"] == "diagram":
                block["source"] = {"ready": block["source"]}
    return values
