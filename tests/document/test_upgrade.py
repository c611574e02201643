"""An upgrade renames old keys wherever they are written, and leaves every other byte as it was."""

import random
import re
from collections.abc import Callable, Iterator

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected
from roadmap_tui.document.reader import read_document
from roadmap_tui.document.upgrade import upgrade_document
from roadmap_tui.plan.table_keys import RENAMED_KEYS
from tests.document.generators import BLANKS, REMARK, SPACE

PRODUCT_KEYS = tuple(RENAMED_KEYS)
MODEL_KEYS = ("instead_of",)
MARKED = re.compile(r"«(['\"]?)(\w+)['\"]?»")
"""An old key in a template, maybe in quotes."""


class OldFiles(random.Random):
    """Makes templates of files in which the old keys are marked, oddly laid out."""

    def file(self) -> str:
        names = [f"{letter}{number}" for number, letter in enumerate("abcdefgh")]
        parts = [self.choice(["", "schema = 1\n"]), '[roadmap]\ntitle = "or_else = shows_why"\n']
        parts += (self.table(name) for name in self.sample(names, self.randint(1, len(names))))
        text = "".join(parts)
        if self.random() < 0.5:
            text = text.replace("\n", "\r\n")
        return ("\ufeff" if self.random() < 0.3 else "") + text

    def table(self, name: str) -> str:
        tables: list[Callable[[], str]] = [
            lambda: self.header(f"product.{name}") + self.keys(PRODUCT_KEYS),
            lambda: self.header(f"model.{name}") + self.keys(MODEL_KEYS),
            lambda: self.header(f"spike.{name}") + self.keys(MODEL_KEYS),
            lambda: self.header(f"model.{name}.options.o") + self.keys(MODEL_KEYS),
            lambda: self.header(f"scenario.s.product.{name}") + self.keys(PRODUCT_KEYS),
            lambda: self.header(f"product.{name}.x") + self.own_keys(),
            lambda: self.header("product") + self.inline(name),
            lambda: self.header("product") + self.dotted(name),
        ]
        return self.choice(tables)()

    def header(self, path: str) -> str:
        space = self.choice(SPACE)
        return f"{self.choice(BLANKS)}{space}[{space}{path}{space}]{self.choice(REMARK)}\n"

    def keys(self, old: tuple[str, ...]) -> str:
        return "".join(self.line(self.marked(key)) for key in old if self.random() < 0.7)

    def own_keys(self) -> str:
        """Keys of the user's own, which may have any name."""
        return "".join(self.line(key) for key in RENAMED_KEYS)

    def inline(self, name: str) -> str:
        inside = ", ".join(f"{self.marked(key)} = {self.value()}" for key in PRODUCT_KEYS)
        return f"{name} = {{ {inside} }}{self.choice(REMARK)}\n"

    def dotted(self, name: str) -> str:
        return "".join(self.line(f"{name} . {self.marked(key)}") for key in PRODUCT_KEYS)

    def marked(self, key: str) -> str:
        quote = self.choice(["", "", '"', "'"])
        return f"«{quote}{key}{quote}»"

    def line(self, key: str) -> str:
        space = self.choice(SPACE)
        return f"{space}{key}{space}={space}{self.value()}{self.choice(REMARK)}\n"

    def value(self) -> str:
        return self.choice(['"a"', "'or_else'", '"instead_of = 1"', '"""\nshows_why = "x"\n"""'])


def as_written(template: str) -> str:
    return MARKED.sub(lambda found: found[1] + found[2] + found[1], template)


def as_upgraded(template: str) -> str:
    return MARKED.sub(lambda found: RENAMED_KEYS[found[2]], template)


def document(text: str) -> Document:
    return read_document(text.encode(), "plan.toml")


def is_toml(template: str) -> bool:
    try:
        tomli.loads(as_written(template).removeprefix("\ufeff"))
    except tomli.TOMLDecodeError:
        return False
    return True


TEMPLATES = st.integers(0, 2**32).map(lambda seed: OldFiles(seed).file()).filter(is_toml)


@given(TEMPLATES)
def test_old_keys_are_renamed_and_no_other_byte_changes(template: str) -> None:
    upgraded = upgrade_document(document(as_written(template)))
    assert isinstance(upgraded, Document)
    assert upgraded.text == as_upgraded(template)
    assert upgraded.raw == as_upgraded(template).encode()


@given(TEMPLATES)
def test_an_upgraded_file_stays_unchanged(template: str) -> None:
    upgraded = upgrade_document(document(as_written(template)))
    assert isinstance(upgraded, Document)
    assert upgrade_document(upgraded) is upgraded
    assert [*codes(upgraded)] == [*codes(document(as_upgraded(template)))]


def codes(of: Document) -> Iterator[tuple[str, str]]:
    yield from ((each.fault.code, each.message) for each in of.faults)


def test_an_old_key_is_an_unknown_one_that_names_the_new() -> None:
    text = "[product.a]\nor_else = 'a'\nshows_why = 'b'\n[model.m]\ninstead_of = 'n'\n[model.n]\n"
    remedies = [each.fault.remedy for each in document(text).faults]
    assert remedies == [
        f'did you mean "{name}"? "roadmap fmt --upgrade" renames old keys'
        for name in ("fallback", "explanation", "fallback_for")
    ]


def test_an_old_key_in_a_scenario_is_named_too() -> None:
    text = "[product.a]\n[scenario.s.product.a]\nor_else = 'b'\n"
    (fault,) = (each.fault for each in document(text).faults)
    assert fault.remedy.startswith('did you mean "fallback"?')


def test_an_old_key_of_another_track_is_not_renamed() -> None:
    old = document("[model.m]\nor_else = 'a'\n")
    assert old.faults[0].fault.remedy == "a model has no such field, only a product has"
    assert upgrade_document(old) is old


def test_an_old_key_beside_its_new_one_is_left_to_people() -> None:
    both = upgrade_document(document("[product.a]\nor_else = 'a'\nfallback = 'b'\n"))
    assert both == EditRejected(
        "both product.a.or_else and its present name fallback are set", "remove one of the two"
    )


@pytest.mark.parametrize("text", ["[product.a\n", "schema = 99\n[product.a]\nor_else = 'b'\n"])
def test_what_can_only_be_looked_at_is_not_upgraded(text: str) -> None:
    assert isinstance(upgrade_document(document(text)), EditRejected)


def test_only_an_older_format_gets_the_present_version() -> None:
    for text in ("[product.a]\n", "schema = 1\n[product.a]\n"):
        current = document(text)
        assert upgrade_document(current) is current
    older = upgrade_document(document("schema = 0  # old\n[product.a]\n"))
    assert isinstance(older, Document)
    assert older.text == "schema = 1  # old\n[product.a]\n"
