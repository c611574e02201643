"""The shape of each command's answer, and JSON Schemas of them and of the file."""

from roadmap_tui.answers import edits, forecast, history, money, readiness
from roadmap_tui.answers.base import Answer, Failure

ANSWERS: dict[str, type[Answer]] = {
    "check": edits.CheckAnswer,
    "rank": forecast.RankAnswer,
    "forecast": forecast.ForecastAnswer,
    "spikes": forecast.SpikesAnswer,
    "fitness": readiness.FitnessAnswer,
    "money": money.MoneyAnswer,
    "show": forecast.ShowAnswer,
    "new": edits.NewAnswer,
    "templates": edits.TemplatesAnswer,
    "import": edits.ImportAnswer,
    "set": edits.SetAnswer,
    "unset": edits.UnsetAnswer,
    "measure": edits.MeasureAnswer,
    "answer": edits.AnswerAnswer,
    "add": edits.AddAnswer,
    "remove": edits.RemoveAnswer,
    "rename": edits.RenameAnswer,
    "fmt": edits.FmtAnswer,
    "diff": history.DiffAnswer,
    "log": history.LogAnswer,
    "calibrate": history.CalibrateAnswer,
    "export": edits.ExportAnswer,
    "portfolio": history.PortfolioAnswer,
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
    schema = ANSWERS[command].model_json_schema(by_alias=True)
    return {"$schema": _DRAFT, **schema, "title": f"roadmap {command} --json"}


def failure_schema() -> dict[str, object]:
    """The JSON Schema of what a command answers if it fails."""
    return {
        "$schema": _DRAFT,
        **Failure.model_json_schema(by_alias=True),
        "title": "roadmap COMMAND --json, failed",
    }
