"""Random documents, values and edits: every TOML construct, oddly spaced, reproducible by seed."""

import datetime as dt
import random
import struct
from collections.abc import Callable
from itertools import product

import tomli
import tomli_w
from hypothesis import strategies as st

SPELLED = [
    *(
        "0",
        "-7",
        "4.0",
        "1_000",
        "0xFF",
        "1e3",
        "-0.0",
        "inf",
        "nan",
        "true",
        "false",
        "2026-11-23",
        "07:32:00",
    ),
    *(
        "2026-11-23 07:32:00",
        "1979-05-27T07:32:00-07:00",
        "'lit # ]'",
        '"esc \\" # ] }"',
        '""',
        "''",
    ),
    *(
        '"""\n[fake]\nx = 1 # no\n"""',
        "'''\n[[fake]]\n''' ",
        '""""q"""""',
        '"""a\\\n   b"""',
        '"\\u00e9"',
    ),
]
BARE = ["a", "b", "title", "1", "-", "true"]
SPACE = ["", " ", "  ", "\t", " \t "]
GAP = ["", "", " ", "\n", "\n    ", " # c ] }\n\t", "\n# \"x' [\n"]
REMARK = ["", "", "", " # why", "\t#[x]", "#"]
BLANKS = ["", "", "\n", "\n\n", "  \n", "# alone\n\n", "\n# attached\n", "# attached\n# twice\n"]
IDS = ["a", "b-1", '"c.d"', "'é ]'", "z"]
ODD = ["'", '"""', "'''", "\\", "a\r\nb", "\x00\x7f", "held0.", '"held0."', "🚀"]
SIGNS = "\"'\\#[]{}=,. \t\r\n\x00\x1b\x7f\x85\xa0\u200d\u2028\ufeff\uffff"
SURROGATES = range(0xD800, 0xE000)


class Maker(random.Random):
    """Makes texts, values and documents at random."""

    def most(self, least: int, most: int) -> range:
        """As many steps as it happens to be."""
        return range(self.randint(least, most))

    def text(self) -> str:
        return "".join(self._character() for _ in self.most(0, 12))

    def _character(self) -> str:
        kind = self.random()
        if kind < 0.4:
            return chr(self.randrange(0x20, 0x7F))
        if kind < 0.7:
            return self.choice(SIGNS)
        code = self.randrange(0x800 if kind < 0.85 else 0x110000)
        return "é" if code in SURROGATES else chr(code)

    def scalar(self) -> object:
        """A value of TOML without parts."""
        kinds: list[Callable[[], object]] = [
            lambda: self.random() < 0.5,
            lambda: self.choice(
                [0, 1, -1, self.randint(-99, 99), -(2**63), 2**63 - 1, self.getrandbits(62)]
            ),
            self._number,
            self.text,
            self._moment().date,
            self._moment,
            self._moment().time,
            lambda: self.choice(ODD),
        ]
        return self.choice(kinds)()

    def _number(self) -> float:
        bits: float = struct.unpack("d", self.randbytes(8))[0]
        return self.choice(
            [0.0, -0.0, 1.5, 1e16, 5e-324, float("inf"), float("nan"), self.uniform(-9, 9), bits]
        )

    def _moment(self) -> dt.datetime:
        seconds = self.choice([0, self.randrange(86_400)])
        micro = self.choice([0, self.randrange(1_000_000)])
        return dt.datetime(1, 1, 1) + dt.timedelta(self.randrange(3_652_058), seconds, micro)

    def plain(self, depth: int = 0) -> object:
        """A value of TOML, with parts or without."""
        kind = self.random()
        if depth == 3 or kind < 0.6:
            return self.scalar()
        if kind < 0.8:
            return [self.plain(depth + 1) for _ in self.most(0, 3)]
        return {self.text(): self.plain(depth + 1) for _ in self.most(0, 3)}

    def document(self) -> str:
        """A text that is valid TOML."""
        while not _is_toml(text := self._document()):
            pass
        return text

    def _document(self) -> str:
        names = [".".join(each) for each in product(("product", "model", "spike"), IDS)]
        headers = self.sample([*names, "roadmap", "product", "teams.a"], self.randint(0, 6))
        headers += [f"{each}.bars.r" for each in headers if "." in each and self.random() < 0.5]
        headers += ["[notes.all"] * self.randint(0, 2)
        self.shuffle(headers)
        text = self.choice(BLANKS) + "".join(
            self._assignment(90 + number) for number in self.most(0, 2)
        )
        text += "".join(self._table(each) for each in headers) + self.choice(BLANKS)
        if self.random() < 0.5:
            text = text.replace("\r", "").replace("\n", "\r\n")
        if self.random() < 0.5:
            text = text.rstrip(" \t\r\n")
        return ("\ufeff" if self.random() < 0.5 else "") + text

    def _table(self, header: str) -> str:
        opening = "[[" if header.startswith("[") else "["
        body = "".join(self.choice(BLANKS) + self._assignment(number) for number in self.most(0, 3))
        name = header.lstrip("[").replace(".", self.choice([".", ".", " . ", "\t."]), 1)
        line = [
            self._space(),
            opening,
            self._space(),
            name,
            self._space(),
            opening.replace("[", "]"),
        ]
        return self.choice(BLANKS) + "".join([*line, self.choice(REMARK), "\n", body])

    def _assignment(self, number: int) -> str:
        key = self.choice([f"{self.choice(BARE)}{number}", spelled_text(f"{number}{self.text()}")])
        dotted = self.choice(["", "", ".x", ' . "y.z"'])
        parts = [
            self._space(),
            key,
            dotted,
            self._space(),
            "=",
            self._space(),
            self._value(),
            self._space(),
        ]
        return "".join([*parts, self.choice(REMARK), "\n"])

    def _value(self, depth: int = 0) -> str:
        kind = self.random()
        if depth == 3 or kind < 0.6:
            return self.choice([self.choice(SPELLED), spelled_text(self.text())])
        return self._list(depth) if kind < 0.8 else self._inline_table(depth)

    def _list(self, depth: int) -> str:
        parts = [f"{self._gap()}{self._value(depth + 1)}{self._gap()}" for _ in self.most(0, 4)]
        end = self.choice(["", ",", ",\n"]) if parts else self._gap()
        return f"[{','.join(parts)}{end}{self._gap()}]"

    def _inline_table(self, depth: int) -> str:
        parts = []
        for number in self.most(0, 3):
            key = f"k{number}{self.choice(['', '.x', ' . y'])}"
            around = [
                self._space(),
                key,
                self._space(),
                "=",
                self._space(),
                self._value(depth + 1),
                self._space(),
            ]
            parts.append("".join(around))
        return "{" + ",".join(parts) + "}"

    def _space(self) -> str:
        return self.choice(SPACE)

    def _gap(self) -> str:
        return self.choice(GAP)


def spelled_text(text: str) -> str:
    return tomli_w.dumps({"v": text}).removeprefix("v = ").removesuffix("\n")


def _is_toml(text: str) -> bool:
    try:
        tomli.loads(text.removeprefix("\ufeff"))
    except tomli.TOMLDecodeError:
        return False
    return True


_MAKERS = st.integers(0, 2**32).map(Maker)
DOCUMENTS = _MAKERS.map(Maker.document)
"""Texts that are valid TOML."""

SCALARS = _MAKERS.map(Maker.scalar)
"""Values of TOML without parts."""
