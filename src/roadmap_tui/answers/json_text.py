"""Answers as JSON text."""

import datetime as dt
import json
import math
from collections.abc import Mapping

from pydantic import BaseModel


def to_json(answer: object) -> str:
    """JSON in lines that a person can read and that never differ for the same values."""
    return json.dumps(to_plain(answer), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_plain(value: object) -> object:
    """The value without what JSON can't hold: days and times are text, endless numbers null."""
    if isinstance(value, BaseModel):
        value = value.model_dump(by_alias=True, exclude_unset=True)
    match value:
        case Mapping():
            return {str(key): to_plain(each) for key, each in value.items()}
        case list() | tuple():
            return [to_plain(each) for each in value]
        case float():
            return value if math.isfinite(value) else None
        case dt.date() | dt.time():
            return value.isoformat()
        case str():
            return value.encode(errors="backslashreplace").decode()
    return value
