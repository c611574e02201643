"""The states that are held and worked in by the soak."""

from tests.tui.soak import (
    BACK,
    CRASHED,
    DOWN,
    EDITOR,
    END,
    ENTER,
    ESCAPE,
    HOME,
    LEFT,
    READING,
    RIGHT,
    START,
    TAB,
    UP,
    WIDE,
    ExternalEdit,
    State,
)

_MOVES = (DOWN, DOWN, RIGHT, UP, LEFT, b"\x1b[6~", b"\x1b[5~", HOME, END, HOME)
_TYPES = (b"m", b"o", BACK, BACK, DOWN, UP)
_FIELD = (b"9", b"9", BACK, BACK, DOWN, b"1", BACK, UP)
_SIZES = ((180, 50), (120, 36), (80, 24), (150, 45), (100, 30), WIDE)
_REACH = ExternalEdit("users = 11800", "users = 11900")
_DEMOTION = "demote_if = { accept = 0.75, weeks = 2 }\n"
_FOOT = "Enter keep"


def _form(name: str, size: tuple[int, int]) -> State:
    return State(name, (b"e",), _FOOT, _FIELD, size)


SCREENS = (
    State("board", (), "PRODUCT", (*_MOVES, b">", b"u", b"\x19", b"u")),
    State("ranking", (b"2",), "[2 Ranking]", (*_MOVES, b"O", DOWN, ESCAPE, b"H", ESCAPE)),
    State("timeline", (b"3",), "[3 Timeline]", (*_MOVES, b"+", b"+", b"-", b"-")),
    State("map", (b"4",), "[4 Map]", _MOVES),
    State("readiness", (b"5",), "[5 Readiness]", _MOVES),
    State("money", (b"6",), "[6 Money]", _MOVES),
    State("spikes", (b"7",), "[7 Spikes]", _MOVES),
    State("checks", (b"8",), "[8 Checks", (*_MOVES, b"g", b"g", b"g")),
    State("changes", (b"9",), "[9 Changes]", _MOVES),
    State(
        "all screens in turn",
        (),
        "PRODUCT",
        tuple(b"%d" % each for each in (2, 3, 4, 5, 6, 7, 8, 9, 1)),
    ),
    State("resized", (), "PRODUCT", _SIZES),
    State("opened item", (ENTER,), "1st in the queue", (DOWN, DOWN, UP, UP, ESCAPE, ENTER)),
)
FORMS = (
    _form("form, 200 x 55", WIDE),
    _form("form, 120 x 36", (120, 36)),
    _form("form, 80 x 24", (80, 24)),
    State("form opened and closed", (b"e",), _FOOT, (ESCAPE, b"e")),
    State("form, resized", (b"e",), _FOOT, _SIZES),
    State("form of a guess", (b"i",), _FOOT, _FIELD),
    State("the plan as a whole", (b"E",), "Plan settings", _TYPES),
    State("lines of the file", (b"T",), "as it stands in", (DOWN, UP, ESCAPE, b"T")),
    State("add", (b"a",), "Add to the plan", _TYPES[:4]),
    State("drop", (b"d",), "Why", _TYPES[:4]),
    State("ignore", (b"8", b"z"), "Ignore", _TYPES[:4]),
    State("tables", (b"5", b"t"), "Tables of", _TYPES),
    State("step", (b"p",), "delivered", (DOWN, UP, ESCAPE, b"p")),
    State("answer", (b"7", DOWN, b"v"), "Learned", (DOWN, UP, TAB, b"m", BACK, b"\x1b[Z")),
    State(
        "measure",
        (b"5", HOME, b"m", ENTER),
        "Enter record",
        (b"9", b"9", BACK, BACK, ESCAPE, b"m", ENTER),
    ),
    State("editor", (b"e", b"\x05"), "the editor is open", (ENTER, b"\x05"), program=EDITOR),
)
DIALOGS = (
    State("filter", (b"/",), "filter: words", _TYPES[:4]),
    State("what if, asked", (b"w",), "What if", _TYPES),
    State("what if, tried", (b"w", ENTER), "what if", (*_MOVES, b">", b"u", b"\x19", b"u")),
    State("review", (b"R",), "Review 1 of", (DOWN, UP, ESCAPE, b"R")),
    State("help", (b"?",), "Keys and words", (*_TYPES, b"\x1b[6~", b"\x1b[5~")),
    State("help opened and closed", (b"?",), "Keys and words", (ESCAPE, b"?")),
    State("commands", (b"\x10",), "words of a command", _TYPES),
    State("menu", (b" ",), "Open the selected item", (DOWN, UP, ESCAPE, b" ")),
    State("jump", (b"o",), "PRODUCT", (ESCAPE, b"o")),
    State("find", (b"s",), "anywhere in the plan", _TYPES),
    State("why", (b"=",), "counted in", (DOWN, DOWN, UP, UP, ESCAPE, b"=")),
    State("export", (b"x",), "Markdown", (DOWN, UP, ESCAPE, b"x")),
    State("commit", (b">", b"C"), "Commit plan.toml", (b"m", BACK, ESCAPE, b"C")),
    State("sort", (b"2", b"O"), "Sort by", _TYPES),
    State("columns", (b"2", b"H"), "Columns", _TYPES),
    State("compare with", (b"9", b"c"), "Compare with", _TYPES[:4]),
    State("save under another name", (b"S",), "Save under another name", (b"m", BACK)),
    State("save before quitting", (b">", b"q"), "Save before quitting?", (ESCAPE, b"q")),
    State("fix", (b"8", HOME, b"f"), "Enter do it", (DOWN, UP, ESCAPE, b"f"), without=_DEMOTION),
    State("recover", (), "Unsaved changes found", (DOWN, UP), program=CRASHED),
    State(
        "merge",
        (b">", _REACH),
        "The file changed on disk",
        (DOWN, UP, b"m", ESCAPE, b"\x13"),
    ),
    State("reading", (), "Reading", (b"m",), program=READING),
    State("first start", (), "Open an example", (DOWN, UP), program=START),
)
ALL = (*SCREENS, *FORMS, *DIALOGS)
