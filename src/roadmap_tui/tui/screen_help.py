"""What each screen answers, and what its signs mean."""

SCREEN_PURPOSES = {
    "board": "what is on and what is next, what runs, what was found out",
    "ranking": "what is most worth doing, how sure that order is, and in what order it is worked",
    "timeline": "when, and whether",
    "map": "what hangs on what, and what if it fails",
    "readiness": "is it fit to ship",
    "money": "what the plan costs, and does it pay",
    "spikes": "what was found out, and what to find out next",
    "checks": "what is wrong with this plan",
    "changes": "what moved, against the saved file or any revision",
}
SCREEN_SIGNS = {
    "board": (
        ("57%  Feb–May", "the chance to ship by the horizon, and when if it does (80 % range)"),
        ("waits: …", "what has to come first"),
        ("pinned", "the column was chosen by hand, not by the forecast"),
        ("AI", "rests on a model"),
    ),
    "ranking": (
        ("┌ │ └", "neighbours that are too close to call"),
        ("▲2  ▼1", "so many ranks better or worse than by plain RICE"),
        ("──●──", "the score with its range, 80 % range"),
        ("value × delivers ÷ effort", "what the score is made of"),
        ("rank 2–5", "where it comes 80 % range"),
        ("worked", "its place in the queue"),
    ),
    "timeline": (
        (
            "▁▃▅▇",
            (
                "when it is likely to be done; the higher, the likelier, so what hardly ships"
                " stays low"
            ),
        ),
        ("━◆", "a spike and its answer"),
        ("│", "the beginning of a quarter"),
    ),
    "map": (
        ("──▸", "is needed by"),
        ("or▸", "one of several that would do"),
        ("◆▸", "informs"),
        ("else▸", "is taken instead if it fails"),
        ("━━", "the chain that sets when the target is done"),
        ("×", "can't ship if the selected item fails"),
    ),
    "readiness": (
        ("●", "what was measured, with its 95 % interval"),
        ("┃ ┆ ◇ ·", "launch, guardrail, target, baseline"),
        (
            "proven, likely, open",
            "whether all of the interval clears launch, only the value, or nothing is known",
        ),
    ),
    "money": (("–", "not known, or not asked"), ("a date", "the day from which prices are")),
    "spikes": (
        (
            "net",
            "what a spike's answer is expected to save, its own cost taken off, in person-weeks",
        ),
    ),
    "checks": (
        ("E  W  I", "wrong, doubtful, worth knowing"),
        ("fix", "is shown before it is made, and can be undone"),
    ),
    "changes": (("62% → 41%", "before and after"),),
}
COMMON_SIGNS = (
    ("▌", "the selected item"),
    ("◆", "a spike: a question"),
    ("~", "rests on a guess"),
    ("✗", "failed, dropped or in breach"),
)
