"""Clauses as sentences."""

_ENDS = (".", "?", "!", "…", ":")


def as_sentence(clause: str) -> str:
    """The clause with a capital and an end: ``Too close to call.``; empty if it is."""
    text = clause.strip()
    if not text:
        return ""
    capital = f"{text[0].upper()}{text[1:]}"
    return capital if capital.endswith(_ENDS) else f"{capital}."
