"""Canonical form: the same data and comments in one order."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.document.canonical import canonicalize
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected
from roadmap_tui.document.reader import read_document
from roadmap_tui.document.statements import iterate_comments, join_statements, split_statements
from roadmap_tui.document.values import is_same_value
from tests.document.corpus import DOCUMENTS as CORPUS
from tests.document.generators import DOCUMENTS

MESSY = """\
# Ours.
[spike.s]
timebox=2   # days? weeks
question  =  'Does it?'
[model.m]
[product.b]


needs = [ "m",["m", "n"] ]
title = "B"

# --- later ---

  [product.a]    # first
  # not sure
  reach=[1_000,2000 , 3000]
  title = "A"
  job = {want="x",when = "y", so_that="z"}
[roadmap]
horizon = 52
title = "R"
# the end
"""

CLEAN = """\
[roadmap]
title = "R"
horizon = 52
# the end

# --- later ---

[product.a]    # first
title = "A"
# not sure
reach = [1_000, 2000, 3000]
job = { want = "x", when = "y", so_that = "z" }

[product.b]
title = "B"
needs = [
    "m",
    ["m", "n"],
]

[model.m]

# Ours.
[spike.s]
question = 'Does it?'
timebox = 2   # days? weeks
"""


def formed(text: str) -> str:
    result = canonicalize(read_document(text.encode(), "plan.toml"))
    assert isinstance(result, Document)
    return result.text


def test_a_messy_file_is_put_in_order() -> None:
    assert formed(MESSY) == CLEAN
    assert formed(CLEAN) == CLEAN
    assert formed("\ufeff" + MESSY.replace("\n", "\r\n")) == "\ufeff" + CLEAN.replace("\n", "\r\n")


def check_form(text: str) -> None:
    document = read_document(text.encode(), "plan.toml")
    result = canonicalize(document)
    if isinstance(result, EditRejected):
        assert result.remedy
        return
    assert is_same_value(result.data, document.data)
    assert counted(result) == counted(document)
    assert canonicalize(result) == result


def counted(document: Document) -> Counter[str]:
    return Counter(comment for comment, _ in iterate_comments(document.text.removeprefix("\ufeff")))


@pytest.mark.parametrize("name", CORPUS)
def test_data_and_comments_stay(name: str) -> None:
    check_form(CORPUS[name])


@given(DOCUMENTS)
def test_data_and_comments_of_any_document_stay(text: str) -> None:
    check_form(text)


@given(DOCUMENTS | st.sampled_from(list(CORPUS.values())))
def test_a_text_taken_apart_and_joined_is_the_same(text: str) -> None:
    bare = text.removeprefix("\ufeff")
    assert (
        join_statements(split_statements(bare, read_document(text.encode(), "plan.toml").data))
        == bare
    )
