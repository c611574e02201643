"""The grammar of typed numbers: what it reads, asks about and rejects."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from roadmap_tui.text.currency import Currency, format_quantity
from roadmap_tui.text.number_grammar import NumberFault
from roadmap_tui.text.number_runs import DecimalMark, spell_number
from roadmap_tui.text.numbers import (
    format_chance,
    format_effort,
    format_level,
    format_number,
    format_person_weeks,
    format_tenths,
)
from roadmap_tui.text.typed_numbers import (
    converted_unit,
    read_effort,
    read_number,
    read_quantity,
    read_share,
    read_share_range,
    spell_quantity,
)

READERS = (read_number, read_quantity, read_effort, read_share, read_share_range)
CENTS = st.integers(1, 10**9).map(lambda cents: cents / 100)
WHOLE = st.integers(0, 10**11)
SPELLINGS = ("{}-{}", "{} - {}", "{}–{}", "{}—{}", "{} to {}", "{}..{}", "{} .. {}", "[{}, {}]")
TYPED = st.text("0123456789.,-–[]'’ \u00a0\u202fkKmMwdeE%$€~to_;/+", max_size=14)


def english(value: float) -> str:
    """14,500.5"""
    return f"{value:,}"


def german(value: float) -> str:
    """14.500,5"""
    return english(value).translate(str.maketrans(",.", ".,"))


def indian(value: float) -> str:
    """12,34,567.5: a group of three, then groups of two."""
    whole, point, part = f"{value}".partition(".")
    head, tail = whole[:-3], whole[-3:]
    groups = list[str]()
    while head:
        groups.insert(0, head[-2:])
        head = head[:-2]
    return ",".join([*groups, tail]) + point + part


def grouped_by(mark: str, decimal: str) -> Callable[[float], str]:
    """14 500,5 with any mark between groups."""
    return lambda value: english(value).replace(".", "!").replace(",", mark).replace("!", decimal)


LOCALES = {
    "en": english,
    "de": german,
    "en-IN": indian,
    "fr": grouped_by("\u202f", ","),
    "ru": grouped_by("\u00a0", ","),
    "de-CH": grouped_by("’", "."),
    "ascii-CH": grouped_by("'", "."),
    "SI": grouped_by(" ", "."),
    "SI with comma": grouped_by(" ", ","),
    "es": grouped_by(".", "’"),
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("14,500", 14500),
        ("1,234,567.5", 1234567.5),
        ("1.234.567", 1234567),
        ("1.234.567,5", 1234567.5),
        ("12k", 12000),
        ("12 K", 12000),
        ("1.2M", 1200000),
        ("$1 200", 1200),
        ("1 200 €", 1200),
        ("€1.200,50", 1200.5),
        ("CHF 1'200", 1200),
        ("$130k–$330k", [130000, 330000]),
        ("~3", 3),
        ("-3", -3),
        ("1e3", 1000),
        ("3 9", [3, 9]),
        ("3-9", [3, 9]),
        ("3 -9", [3, 9]),
        ("3–9", [3, 9]),
        ("3 to 9", [3, 9]),
        ("3to9", [3, 9]),
        ("3 4 9", [3, 4, 9]),
        ("3,4,9", [3, 4, 9]),
        ("3..9", [3, 9]),
        ("[3, 9]", [3, 9]),
        ("3, 9", [3, 9]),
        ("1.5,3.5", [1.5, 3.5]),
        ("1 200 – 1 500", [1200, 1500]),
        ("14,500 - 16,000", [14500, 16000]),
        ("14, 500", [14, 500]),
        ("3000 6000 7000", [3000, 6000, 7000]),
    ],
)
def test_quantities(text: str, value: object) -> None:
    assert read_quantity(text) == value


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("1,5", "1.5", "1–5"),
        ("3,9", "3.9", "3–9"),
        ("0,5", "0.5", "0–5"),
        ("14.500", "14500", "14.5"),
        ("1.200,50", "1200.5", "1.2–50"),
        ("14 500", "14,500", "14–500"),
        ("1.125", "1125", "1.1250"),
    ],
)
def test_both_meanings_are_named_and_each_remedy_has_one(
    text: str, first: str, second: str
) -> None:
    fault = read_quantity(text)
    assert isinstance(fault, NumberFault)
    assert fault.remedy == f"type {first} or {second}"
    assert 0 <= fault.at < len(text)
    assert not any(isinstance(read_quantity(each), NumberFault) for each in (first, second))


@pytest.mark.parametrize(
    ("reader", "text", "remedy"),
    [(read_quantity, "9,3", "type 9.3"), (read_number, "1,5", "type 1.5")],
)
def test_a_range_is_no_remedy_where_there_can_be_none(
    reader: Callable[[str], object], text: str, remedy: str
) -> None:
    fault = reader(text)
    assert isinstance(fault, NumberFault)
    assert "two numbers" in fault.problem
    assert fault.remedy == remedy


@pytest.mark.parametrize(
    "text",
    ["3-9k", "[14,500]", "14,500,5", "12,34,567", "1,00,000", "3 400 9", "1,5 k", "3k-9"],
)
def test_what_has_two_meanings_is_asked(text: str) -> None:
    assert isinstance(read_quantity(text), NumberFault)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "nan",
            "NaN",
            "inf",
            "-inf",
            "∞",
            "1e999",
            "1e-999",
            "1e99999",
            "0x10",
            "three",
            "",
            "[]",
        ),
        *(
            "3-",
            "-",
            "$",
            "3..",
            "3/9",
            "2026-11-30",
            "<1%",
            "=1+2",
            "1 2 3 4",
            "80%",
            "１２",
            "9" * 500,
        ),
    ],
)
def test_what_is_no_quantity_is_refused(text: str) -> None:
    fault = read_quantity(text)
    assert isinstance(fault, NumberFault)
    assert fault.problem
    assert fault.remedy


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("2 months", 8.7),
        ("3w", 3),
        ("3 weeks", 3),
        ("10 days", 2),
        ("40 hours", 1),
        ("3 person-days", 0.6),
        ("2 man weeks", 2),
        ("3 to 9 months", [13, 39.1]),
        ("2 weeks - 3 months", [2, 13]),
        ("5w 10w", [5, 10]),
        ("5 10 days", [1, 2]),
        ("m", "M"),
        (" xl ", "XL"),
        ("3 4 9", [3, 4, 9]),
    ],
)
def test_efforts_are_person_weeks(text: str, weeks: object) -> None:
    """A month has 365.25 / 12 days, of 7 a week; a week five working days of eight hours."""
    assert read_effort(text) == weeks


@pytest.mark.parametrize("text", ["3m", "2w 3d", "$3", "80%", "1,5 months", "3w-9", "M 3"])
def test_efforts_that_are_asked(text: str) -> None:
    assert isinstance(read_effort(text), NumberFault)


def test_the_unit_that_was_converted() -> None:
    typed = ("2 months", "3w", "3", "XL", "3-9d", "x")
    assert [converted_unit(text) for text in typed] == ["months", "", "", "", "days", ""]


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("80%", 0.8),
        ("80 %", 0.8),
        ("80", 0.8),
        ("0.8", 0.8),
        ("1", 1),
        ("100%", 1),
        ("1%", 0.01),
        ("29%", 0.29),
        ("12.5", 0.125),
        ("0", 0),
        ("60–80%", [0.6, 0.8]),
        ("60% to 80%", [0.6, 0.8]),
        ("60 80", [0.6, 0.8]),
        ("0.6 0.8", [0.6, 0.8]),
    ],
)
def test_shares(text: str, share: object) -> None:
    assert read_share_range(text) == share


@pytest.mark.parametrize("text", ["1.5", "140%", "-5%", "0.6-80%", "80k", "$0.8", "nan%", "0.5 5"])
def test_shares_that_are_refused(text: str) -> None:
    assert isinstance(read_share_range(text), NumberFault)


@pytest.mark.parametrize("locale", LOCALES)
@given(value=WHOLE | CENTS)
@example(value=14500)
@example(value=1200.5)
def test_numbers_of_every_locale_are_themselves_or_asked(locale: str, value: float) -> None:
    text = LOCALES[locale](value)
    read = read_quantity(text)
    assert isinstance(read, NumberFault) or read == value, text


@pytest.mark.parametrize("locale", ["en", "fr", "ru", "de-CH"])
@given(value=st.integers(0, 10**11))
def test_whole_numbers_of_unmistakable_locales_are_read(locale: str, value: int) -> None:
    assert read_quantity(LOCALES[locale](value)) == value


@given(st.integers(1, 999), st.lists(st.integers(0, 999), min_size=1, max_size=3))
def test_groups_of_three_never_become_a_range(head: int, groups: list[int]) -> None:
    text = ",".join([str(head), *(f"{each:03}" for each in groups)])
    value = int(text.replace(",", ""))
    for reader in (read_number, read_quantity, read_effort):
        assert reader(text) == value
    assert isinstance(read_quantity(f"[{text}]"), NumberFault)


@given(st.tuples(CENTS | WHOLE, CENTS | WHOLE))
@example((1, 200))
@example((14, 500))
def test_a_range_is_the_same_in_all_its_spellings(ends: tuple[float, float]) -> None:
    words = [spell_number(each) for each in ends]
    assert {repr(read_quantity(each.format(*words))) for each in SPELLINGS} == {
        repr(read_quantity(SPELLINGS[0].format(*words)))
    }
    assert read_quantity(SPELLINGS[0].format(*words)) == [*ends]
    beside = read_quantity(" ".join(words))
    assert isinstance(beside, NumberFault) or beside == [*ends]


@given(st.lists(CENTS | WHOLE | st.floats(1e-6, 1e11), min_size=1, max_size=3))
def test_what_is_spelled_is_read_again(values: list[float]) -> None:
    meant = values[0] if len(values) == 1 else values
    spelled = spell_number(values[0]) if len(values) == 1 else spell_quantity(values)
    assert read_quantity(spelled) == meant
    assert read_effort(spelled) == meant


@pytest.mark.parametrize(
    "write",
    [format_number, format_quantity, format_tenths, format_effort, format_level]
    + [Currency.from_code(code).format_amount for code in ("USD", "EUR", "CHF", "XYZ", "")],
)
@given(value=st.floats(0.3, 1e12) | st.integers(1, 10**12))
def test_our_own_numbers_are_themselves_or_asked(
    write: Callable[[float], str], value: float
) -> None:
    """No text function is off by more than half of its last digit: a half below 4, else 5 %."""
    text = write(value)
    read = read_quantity(text)
    if isinstance(read, NumberFault):
        return
    assert isinstance(read, int | float), text
    assert read == pytest.approx(value, rel=0.05, abs=0.25), text


@given(st.floats(0, 1))
def test_our_own_chances_are_themselves_or_asked(chance: float) -> None:
    read = read_share(format_chance(chance))
    assert isinstance(read, NumberFault) or read == pytest.approx(chance, abs=0.0051)


@given(st.floats(0.3, 1e6))
def test_our_own_efforts_are_themselves_or_asked(weeks: float) -> None:
    read = read_effort(format_person_weeks(weeks))
    assert isinstance(read, NumberFault) or read == pytest.approx(weeks, rel=0.2, abs=0.25)


@given(TYPED | st.text(max_size=100))
@example("[")
@example("1\u00a0")
@example("1e5k")
def test_no_text_raises_anything(text: str) -> None:
    for reader in READERS:
        read = reader(text)
        if isinstance(read, NumberFault):
            assert 0 <= read.at <= len(text)
            assert read.problem
            assert read.remedy
            assert "\n" not in read.text


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1,5", "comma", 1.5),
        ("1.200", "comma", 1200),
        ("1.234,5", "comma", 1234.5),
        ("1.5", "comma", 1.5),
        ("2.333", "point", 2.333),
        ("14,500", "point", 14500),
    ],
)
def test_a_known_decimal_mark_settles_what_else_is_asked(
    text: str, decimal: DecimalMark, value: float
) -> None:
    assert read_quantity(text, decimal=decimal) == value


def test_a_thousand_is_asked_even_where_commas_come_before_decimals() -> None:
    assert isinstance(read_quantity("14,500", decimal="comma"), NumberFault)
    assert isinstance(read_quantity("1,5", decimal="point"), NumberFault)


def test_the_words_of_a_unit_may_follow() -> None:
    assert read_quantity("14,500 people", unit="people") == 14500
    assert read_quantity("3 – 9k people", unit="people per quarter") != [3, 9000]
    assert isinstance(read_quantity("14,500 users", unit="people"), NumberFault)
