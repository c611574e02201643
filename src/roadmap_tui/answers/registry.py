"""The answer of each command, and JSON Schemas of them."""

from roadmap_tui.answers import edits
from roadmap_tui.answers.base import Answer, FailureAnswer
from roadmap_tui.answers.calibration import CalibrateAnswer
from roadmap_tui.answers.checks import CheckAnswer
from roadmap_tui.answers.forecast import ForecastAnswer
from roadmap_tui.answers.history import DiffAnswer, LogAnswer
from roadmap_tui.answers.money import MoneyAnswer
from roadmap_tui.answers.portfolio import PortfolioAnswer
from roadmap_tui.answers.ranking import RankAnswer
from roadmap_tui.answers.readiness import ReadinessAnswer
from roadmap_tui.answers.show import ShowAnswer
from roadmap_tui.answers.spikes import SpikesAnswer

ANSWERS: dict[str, type[Answer]] = {
    "check": CheckAnswer,
    "rank": RankAnswer,
    "forecast": ForecastAnswer,
    "spikes": SpikesAnswer,
    "readiness": ReadinessAnswer,
    "money": MoneyAnswer,
    "show": ShowAnswer,
    "new": edits.NewAnswer,
    "templates": edits.TemplatesAnswer,
    "import": edits.ImportAnswer,
    "set": edits.SetAnswer,
    "unset": edits.UnsetAnswer,
    "measure": edits.MeasureAnswer,
    "answer": edits.VerdictAnswer,
    "add": edits.AddAnswer,
    "remove": edits.RemoveAnswer,
    "rename": edits.RenameAnswer,
    "fmt": edits.FmtAnswer,
    "diff": DiffAnswer,
    "log": LogAnswer,
    "calibrate": CalibrateAnswer,
    "export": edits.ExportAnswer,
    "portfolio": PortfolioAnswer,
    "git": edits.GitAnswer,
}
"""By command."""
FAILURE = "failure"
"""The name of the schema of what any command answers as JSON if it fails."""
_DRAFT = "http://json-schema.org/draft-07/schema#"


def schema_of(command: str) -> dict[str, object]:
    """The JSON Schema of a command's answer.

    Raises:
        KeyError: there is no such command, or it doesn't answer as JSON.
    """
    return _schema(ANSWERS[command], f"roadmap {command} --json")


def failure_schema() -> dict[str, object]:
    """The JSON Schema of what a command answers if it fails."""
    return _schema(FailureAnswer, "roadmap COMMAND --json, failed")


def _schema(answer: type[Answer], title: str) -> dict[str, object]:
    # what is written, not what is read: keys by the names that the answer gives them
    schema = answer.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": _DRAFT, **schema, "title": title}
