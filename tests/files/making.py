"""Hypothesis makes documents: every construct, oddly spaced."""

import tomli
import tomli_w
from hypothesis import strategies as st

TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
SPELLED = st.sampled_from(
    [
        *("0", "-7", "4.0", "1_000", "0xFF", "1e3", "-0.0", "inf", "nan", "true", "false", "2026-11-23", "07:32:00"),
        *("2026-11-23 07:32:00", "1979-05-27T07:32:00-07:00", "'lit # ]'", '"esc \\" # ] }"', '""', "''"),
        *('"""\n[fake]\nx = 1 # no\n"""', "'''\n[[fake]]\n''' ", '""""q"""""', '"""a\\\n   b"""', '"\\u00e9"'),
    ]
)
BARE = st.sampled_from(["a", "b", "title", "1", "-", "true"])
SPACE = st.sampled_from(["", " ", "  ", "\t", " \t "])
GAP = st.sampled_from(["", "", " ", "\n", "\n    ", " # c ] }\n\t", "\n# \"x' [\n"])
REMARK = st.sampled_from(["", "", "", " # why", "\t#[x]", "#"])
BLANKS = st.sampled_from(["", "", "\n", "\n\n", "  \n", "# alone\n\n", "\n# attached\n", "# attached\n# twice\n"])
IDS = ["a", "b-1", '"c.d"', "'é ]'", "z"]


def spelled_text(text: str) -> str:
    return tomli_w.dumps({"v": text}).removeprefix("v = ").removesuffix("\n")


@st.composite
def lists(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    parts = [f"{draw(GAP)}{each}{draw(GAP)}" for each in draw(st.lists(inner, max_size=4))]
    end = draw(st.sampled_from(["", ",", ",\n"])) if parts else draw(GAP)
    return f"[{','.join(parts)}{end}{draw(GAP)}]"


@st.composite
def inline_tables(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    parts = []
    for number, each in enumerate(draw(st.lists(inner, max_size=3))):
        key = f"k{number}{draw(st.sampled_from(['', '.x', ' . y']))}"
        parts.append(f"{draw(SPACE)}{key}{draw(SPACE)}={draw(SPACE)}{each}{draw(SPACE)}")
    return "{" + ",".join(parts) + "}"


VALUES = st.recursive(
    SPELLED | TEXTS.map(spelled_text), lambda inner: lists(inner) | inline_tables(inner), max_leaves=6
)


@st.composite
def assignments(draw: st.DrawFn, number: int) -> str:
    key = draw(st.one_of(BARE.map(lambda bare: f"{bare}{number}"), TEXTS.map(lambda t: spelled_text(f"{number}{t}"))))
    dotted = draw(st.sampled_from(["", "", ".x", ' . "y.z"']))
    return f"{draw(SPACE)}{key}{dotted}{draw(SPACE)}={draw(SPACE)}{draw(VALUES)}{draw(SPACE)}{draw(REMARK)}\n"


@st.composite
def tables(draw: st.DrawFn, header: str) -> str:
    opening = "[[" if header.startswith("[") else "["
    body = "".join(draw(BLANKS) + draw(assignments(number)) for number in range(draw(st.integers(0, 3))))
    name = header.lstrip("[").replace(".", draw(st.sampled_from([".", ".", " . ", "\t."])), 1)
    line = f"{draw(SPACE)}{opening}{draw(SPACE)}{name}{draw(SPACE)}{opening.replace('[', ']')}{draw(REMARK)}\n"
    return draw(BLANKS) + line + body


def _is_toml(text: str) -> bool:
    try:
        tomli.loads(text.removeprefix("\ufeff"))
    except tomli.TOMLDecodeError:
        return False
    return True


@st.composite
def _documents(draw: st.DrawFn) -> str:
    names = [f"{track}.{each}" for track in ("product", "model", "spike") for each in IDS]
    headers = draw(st.lists(st.sampled_from([*names, "roadmap", "product", "teams.a"]), max_size=6, unique=True))
    headers += [f"{each}.bars.r" for each in headers if "." in each and draw(st.booleans())]
    headers += ["[notes.all"] * draw(st.integers(0, 2))
    root = "".join(draw(assignments(90 + number)) for number in range(draw(st.integers(0, 2))))
    text = draw(BLANKS) + root + "".join(draw(tables(each)) for each in draw(st.permutations(headers)))
    text += draw(BLANKS)
    if draw(st.booleans()):
        text = text.replace("\r", "").replace("\n", "\r\n")
    if draw(st.booleans()):
        text = text.rstrip(" \t\r\n")
    return ("\ufeff" if draw(st.booleans()) else "") + text


DOCUMENTS = _documents().filter(_is_toml)
"""Texts that are valid TOML."""

SCALARS = (
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | TEXTS
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.sampled_from(["'", '"""', "'''", "\\", "a\r\nb", "\x00\x7f", "held0.", '"held0."', "🚀"])
)
PLAIN_VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=5
)
