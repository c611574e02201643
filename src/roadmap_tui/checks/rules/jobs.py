"""Jobs: what users want to get done."""

import re
from collections.abc import Iterator

from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation

_TECHNIQUE_NAME = re.compile(
    r"\b(?:AI|ML|LLMs?|GPT\S*|RAG|NLP)\b"
    r"|(?i:\b(?:artificial intelligence|machine learning|deep learning|neural|language models?|chat"
    r" ?bots?|copilots?"
    r"|fine-?tun\w*|embeddings?|transformers?|classifiers?|vector search)\b)"
)


@RuleInfo(
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
def jb01(context: CheckContext) -> Iterator[Violation]:
    """An AI feature has no job, or one that names a technique."""
    for name, item in context.features(*OPEN_OR_IDEA):
        if item.job is None:
            yield Violation(
                context.item_path(name, "job"), "nothing says what users want to get done with it"
            )
            continue
        for field in ("when", "want", "so_that"):
            named = _TECHNIQUE_NAME.search(getattr(item.job, field))
            if named:
                yield Violation(
                    context.item_path(name, "job", field),
                    f'the job names a technique, "{named[0]}"',
                )
                break
