"""Counts of a part in a whole."""

from typing import TypeAlias

from pydantic_core import PydanticCustomError

NamedCount: TypeAlias = tuple[str, int | None]


def _count_error(wrong: str, right: str, key: str) -> PydanticCustomError:
    return PydanticCustomError("count", "{wrong}", {"wrong": wrong, "right": right, "key": key})


def validate_count_of_total(part: NamedCount, whole: NamedCount) -> None:
    """See that a part is no more than its whole.

    Args:
        part: the name of its field and its count; None if it is left out.
        whole: likewise.

    Raises:
        PydanticCustomError: only one of the two is given, or the part is more than the whole.
    """
    (name, count), (of, total) = part, whole
    if (count is None) != (total is None):
        given, missing = (of, name) if count is None else (name, of)
        raise _count_error(
            f'"{given}" without "{missing}"', f'give both "{name}" and "{of}"', given
        )
    if count is not None and total is not None and count > total:
        raise _count_error(f'"{name}" is more than "{of}"', f"let it be at most {total}", name)
