"""Documents from custom templates."""

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
    """A fault of a template.

    Attributes:
        line: its line, if known.
    """

    text: str
    line: int | None = None


def render_custom_template(
    template: str, form: str, values: Mapping[str, object]
) -> str | TemplateFault:
    """Render a custom template in a process of its own, which is stopped after a time limit.

    Args:
        template: its text.
        form: ``md`` or ``html``; selects how output is escaped.
        values: its variables; a mapping with the only key ``ready`` is output unescaped.
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
    """A document as plain values; diagrams are marked as pre-escaped."""
    values = asdict(report)
    for section in values["sections"]:
        for block in section["blocks"]:
            if block["kind"] == "diagram":
                block["source"] = {"ready": block["source"]}
    return values
