"""Checks of values that several tables have in common, and the errors that they raise."""

from typing import LiteralString, TypeAlias

from pydantic_core import PydanticCustomError

NamedCount: TypeAlias = tuple[str, int | None]


def fault_error(
    code: LiteralString, problem: str, remedy: str, key: str | int | None = None
) -> PydanticCustomError:
    """The error that becomes a fault of the plan.

    Args:
        code: the kind of fault.
        problem: what is wrong, in a clause.
        remedy: what would be right, in a clause.
        key: where in the value it is, if not in all of it.
    """
    place = {} if key is None else {"key": key}
    return PydanticCustomError(code, "{problem}", {"problem": problem, "remedy": remedy, **place})


def validate_count_of_total(part: NamedCount, whole: NamedCount) -> None:
    """Check that a part is no more than its whole.

    Args:
        part: the name of its field and its count; None if it is left out.
        whole: likewise.

    Raises:
        PydanticCustomError: only one of the two is given, or the part is more than the whole.
    """
    (part_name, count), (total_name, total) = part, whole
    if count is None and total is None:
        return
    if count is None:
        raise _lonely_count(total_name, part_name, total_name)
    if total is None:
        raise _lonely_count(part_name, part_name, total_name)
    if count > total:
        problem = f'"{part_name}" is more than "{total_name}"'
        raise fault_error("count", problem, f"set it to at most {total}", part_name)


def _lonely_count(given: str, part_name: str, total_name: str) -> PydanticCustomError:
    missing = total_name if given == part_name else part_name
    problem = f'"{given}" without "{missing}"'
    return fault_error("count", problem, f'give both "{part_name}" and "{total_name}"', given)
