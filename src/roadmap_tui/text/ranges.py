"""What is written as a range: any value with these attributes."""

from typing import Protocol


class QuantileRange(Protocol):
    """An 80% range."""

    @property
    def p10(self) -> float:
        """The lower end."""

    @property
    def p90(self) -> float:
        """The upper end."""


class Quantity(Protocol):
    """A number that may be uncertain."""

    @property
    def mean(self) -> float:
        """The expected value."""

    @property
    def range(self) -> QuantileRange:
        """The 80% range."""

    @property
    def is_sure(self) -> bool:
        """Whether it is a single number."""
