"""Tables about markets: how large they are."""

from functools import cache
from typing import Annotated

from pydantic import Field, TypeAdapter

from roadmap_tui.plan.base import Id, ListOf, Table
from roadmap_tui.plan.estimate import EstimateField, ShareField
from roadmap_tui.plan.field_docs import field_doc


class MarketFilter(Table):
    """A share of the accounts that can be served."""

    name: Annotated[str, field_doc("Name", "What the filter keeps.", example="uses a help desk")]
    share: Annotated[
        ShareField, field_doc("Share", "Share of accounts that pass the filter.", example=0.4)
    ]


class TopDownMarket(Table):
    """A share of what an industry spends, and who published it."""

    industry: Annotated[
        EstimateField,
        field_doc(
            "Industry spend",
            "What the industry spends in a year.",
            example=2000000000,
            unit="money a year",
        ),
    ]
    share: Annotated[
        ShareField, field_doc("Share", "Share of that spend that is addressed.", example=0.02)
    ]
    source: Annotated[
        str | None, field_doc("Source", "Who published the figure.", example="industry report 2026")
    ] = None
    year: Annotated[
        Annotated[int, Field(ge=1900, le=9999)] | None,
        field_doc("Year", "Year of the figure.", example=2026, unit="year"),
    ] = None


class Market(Table):
    """How large the market is: bottom-up, by value, and top-down."""

    accounts: Annotated[
        EstimateField | None,
        field_doc(
            "Accounts", "Accounts that could buy.", example=[20000, 30000, 50000], unit="accounts"
        ),
    ] = None
    price_year: Annotated[
        EstimateField | None,
        field_doc("Price", "What one account pays in a year.", example=1200, unit="money a year"),
    ] = None
    filters: Annotated[
        ListOf[MarketFilter],
        field_doc(
            "Filters",
            "Which accounts can be served, step by step.",
            example=[{"name": "uses a help desk", "share": 0.4}],
        ),
    ] = ()
    som_share: Annotated[
        ShareField | None,
        field_doc(
            "Obtainable share",
            "Share of the served market that can be won.",
            example=0.1,
            left_out="all of the served market",
        ),
    ] = None
    value_per_account: Annotated[
        EstimateField | None,
        field_doc(
            "Value per account",
            "What it is worth to one account in a year.",
            example=[2000, 4000, 9000],
            unit="money a year",
        ),
    ] = None
    capture: Annotated[
        ShareField | None,
        field_doc("Capture", "Share of that value that the price captures.", example=0.2),
    ] = None
    top_down: Annotated[
        TopDownMarket | None,
        field_doc(
            "Top-down",
            "The market as a share of what an industry spends.",
            example={"industry": 2000000000, "share": 0.02},
        ),
    ] = None


def parse_markets(given: object) -> object:
    """The market, or the markets by name, from a value of the file.

    Tables under names that no market has as a field are markets of their own.

    Raises:
        ValidationError: a market, or the name of one, has a fault.
    """
    if not isinstance(given, dict):
        return given
    tables = all(isinstance(each, dict | Market) for each in given.values())
    if given and tables and not given.keys() & Market.model_fields.keys():
        return _markets_by_name().validate_python(given)
    return Market.model_validate(given)


@cache
def _markets_by_name() -> TypeAdapter[dict[str, Market]]:
    return TypeAdapter(dict[Id, Market])
