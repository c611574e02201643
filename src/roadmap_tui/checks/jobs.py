"""Jobs: what somebody wants to get done."""

import re
from collections.abc import Iterator

from roadmap_tui.checks.subject import WANTED, Subject
from roadmap_tui.checks.values import Hit, Mistake

_TECHNIQUE = re.compile(
    r"\b(?:AI|ML|LLMs?|GPT\S*|RAG|NLP)\b"
    r"|(?i:\b(?:artificial intelligence|machine learning|deep learning|neural|language models?|chat"
    r" ?bots?|copilots?"
    r"|fine-?tun\w*|embeddings?|transformers?|classifiers?|vector search)\b)"
)


@Mistake(
    "JB01",
    "W",
    "active",
    reason=(
        "A job outlives every technique; one that names a technique has decided before anybody was"
        " asked."
    ),
    fix="write when, want and so_that in the words of who wants it",
    source="C. Christensen and others, Competing Against Luck (2016)",
)
def jb01(seen: Subject) -> Iterator[Hit]:
    """An AI feature has no job, or one that names a technique."""
    for name, item in seen.features(*WANTED):
        if item.job is None:
            yield Hit(
                seen.path(name, "job"), "nothing says what somebody wants to get done with it"
            )
            continue
        for field in ("when", "want", "so_that"):
            named = _TECHNIQUE.search(getattr(item.job, field))
            if named:
                yield Hit(seen.path(name, "job", field), f'the job names a technique, "{named[0]}"')
                break
