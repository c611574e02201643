"""Pages and pictures, read by parsers and a browser that are not ours."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import get_args

import html5lib
import pytest

from roadmap_tui.diagrams.svg.elements import FONT_SIZE, fit_text, text_width, wrap_text_to_width
from roadmap_tui.diagrams.svg.style import GROUND, PANEL, TONES
from roadmap_tui.export.formats import AudienceName, PictureName
from roadmap_tui.export.pipeline import ExportSpec, render_export
from roadmap_tui.text.escape import single_line
from roadmap_tui.text.terminal_text import escape_control
from tests.export.chromium import CHROMIUM, computed
from tests.export.hostile import HOSTILE, hostile_subject
from tests.export.test_audiences import AUDIENCE_NAMES, PLAIN, made

PICTURE_NAMES: tuple[PictureName, ...] = get_args(PictureName)
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"svg", "g", "path", "rect", "text", "title", "desc", "style"}
MARKS = {"…", ""}
CONTRAST = r"""(() => {
  const linear = x => x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4;
  const light = c => { const v = c.map(x => linear(x / 255));
    return .2126 * v[0] + .7152 * v[1] + .0722 * v[2]; };
  const rgb = s => {
    const v = s.match(/[\d.]+/g).map(Number);
    return v[3] === 0 ? null : v.slice(0, 3);
  };
  const ratio = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + .05) / (y + .05);
  };
  const ground = e => {
    for (; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c) return [c];
    }
    return [[255, 255, 255]];
  };
  const firstOf = (svg, selector) => [...svg.querySelectorAll(selector)].slice(0, 1);
  const found = [];
  for (const details of document.querySelectorAll('details')) details.open = true;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; node = walker.nextNode();) {
    const e = node.parentElement;
    if (!node.textContent.trim() || e.closest('script,style,title,desc')) continue;
    const style = getComputedStyle(e), svg = e.closest('svg');
    const ink = rgb(svg ? style.fill : style.color);
    const grounds = svg ? ['.ground', '.panel'].flatMap(s => firstOf(svg, s))
      .map(r => rgb(getComputedStyle(r).fill)) : ground(e);
    const box = e.getBoundingClientRect(), room = svg ? svg.getBoundingClientRect() : null;
    found.push([node.textContent.slice(0, 40), Math.min(...grounds.map(g => ratio(ink, g))),
      !room || (box.left >= room.left - 1 && box.right <= room.right + 1
        && box.bottom <= room.bottom + 1)]);
  }
  return {found, wide: document.documentElement.scrollWidth - innerWidth,
    dark: matchMedia('(prefers-color-scheme: dark)').matches};
})()"""


@lru_cache(maxsize=16)
def page(audience: AudienceName, text: str = PLAIN) -> str:
    return render_export(hostile_subject(text), ExportSpec("html", audience))


def parsed(source: str) -> ET.Element:
    """The page's tree; the parser stops at the first fault."""
    root: ET.Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(source)
    return root


def skeleton(element: ET.Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Tags and names of attributes, without what is in pictures."""
    yield str(element.tag), tuple(sorted(map(str, element.attrib)))
    if element.tag != f"{SVG}svg":
        for child in element:
            yield from skeleton(child)


def texts(element: ET.Element) -> Iterator[str]:
    if element.tag not in {f"{SVG}svg", "style"}:
        yield element.text or ""
        for child in element:
            yield from texts(child)
            yield child.tail or ""


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_breaks_a_page_or_hides_in_it(text: str) -> None:
    shown = sorted({single_line(text), single_line(escape_control(text))}, key=len, reverse=True)
    visible = [
        re.sub(r"[\ufdd0-\ufdef\ufffe\uffff]", lambda c: f"\\u{ord(c[0]):04x}", each)
        for each in shown
    ]
    for audience in ("team", "customer"):
        got, wanted = parsed(page(audience, text)), parsed(page(audience))
        assert list(skeleton(got)) == list(skeleton(wanted))
        for mine, plain in zip(texts(got), texts(wanted), strict=True):
            seen, harmless = (re.sub(r"line \d+", "line", each) for each in (mine, plain))
            for each in visible:
                seen = seen.replace(each, PLAIN)
            assert seen.split() == harmless.split()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("picture", PICTURE_NAMES)
def test_no_text_breaks_a_picture(picture: PictureName, text: str) -> None:
    root = ET.fromstring(render_export(hostile_subject(text), ExportSpec("svg", picture=picture)))
    wanted = ET.fromstring(
        render_export(hostile_subject(PLAIN), ExportSpec("svg", picture=picture))
    )
    assert {str(each.tag).removeprefix(SVG) for each in root.iter()} <= DRAWN
    names = set(chain.from_iterable(each.attrib for each in wanted.iter()))
    assert set(chain.from_iterable(each.attrib for each in root.iter())) <= names
    values = chain.from_iterable(each.attrib.values() for each in root.iter())
    assert not [value for value in values if "url(" in value or ":" in value]
    for each in root.iter(f"{SVG}text"):
        assert len(each.text or "") < 200


@pytest.mark.parametrize("audience", AUDIENCE_NAMES)
def test_a_page_is_sound_and_asks_for_nothing(audience: AudienceName) -> None:
    source = render_export(made(), ExportSpec("html", audience))
    root = parsed(source)
    assert root.get("lang") == "en"
    assert "".join(root.itertext()).count("As of 23 Nov 2026") >= 1
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    links = [each.get("href") for each in root.iter("a")]
    assert links == [f"#part-{at}" for at in range(1, len(links) + 1)]
    assert {link.removeprefix("#") for link in links if link} <= set(ids)
    for each in root.iter():
        assert each.tag not in {
            "script",
            "link",
            "img",
            "iframe",
            "object",
            "embed",
            "form",
            "base",
        }
        assert not {"src", "srcset", "action", "style"} & set(each.attrib)
        assert not [name for name in each.attrib if name.startswith("on")]
    outside = source.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|//[a-z]|url\(|@import", outside)
    assert "default-src 'none'" in source
    assert [str(each.tag) for each in root.iter("h1")] == ["h1"]


def test_the_team_page_has_pictures_and_explains_its_figures() -> None:
    root = parsed(render_export(made(), ExportSpec("html", "team")))
    labels = [each.findtext(f"{SVG}title") for each in root.iter(f"{SVG}svg")]
    assert labels == [f"{name} of A plan" for name in ("Board", "Timeline", "Ranking", "Map")]
    details = {each.findtext("summary"): "".join(each.itertext()) for each in root.iter("details")}
    assert "works 0.5 (line " in details["A coin"]
    assert "÷" in details["A coin"]


def test_a_customer_page_has_neither_chances_nor_pictures_of_them() -> None:
    source = render_export(made(), ExportSpec("html", "customer"))
    body = source.split("<body>")[1]
    assert "%" not in body
    assert "<svg" not in body
    assert "coin" not in body


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", TONES)
def test_every_colour_of_text_can_be_read_in_light_and_in_dark(name: str) -> None:
    for ground in (GROUND, PANEL):
        for ink, behind in ((TONES[name].light, ground.light), (TONES[name].dark, ground.dark)):
            high, low = sorted((luminance(ink), luminance(behind)), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 4.5


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_browser_shows_every_text_with_enough_contrast_and_within_its_picture(
    tmp_path: Path, dark: bool
) -> None:
    mains = [render_export(made(), ExportSpec("html", audience)) for audience in AUDIENCE_NAMES]
    source = mains[0].replace(
        "</main>", "".join(each.split("<main>")[1].split("</main>")[0] for each in mains[1:])
    )
    answer = computed(source.replace("</body>", "</main></body>"), CONTRAST, tmp_path, dark=dark)
    assert isinstance(answer, dict)
    assert answer["dark"] is dark
    assert answer["wide"] <= 0
    found = answer["found"]
    assert len(found) > 300
    assert not [each for each in found if each[1] < 4.5]
    assert not [each for each in found if not each[2]]


@pytest.mark.parametrize("text", ["", "a", "W" * 500, "日本語" * 90, "word " * 90, "x" * 10_000])
def test_text_is_cut_to_its_room(text: str) -> None:
    for room in (20.0, 130.0, 400.0):
        assert text_width(fit_text(text, room)) <= max(room, text_width("…"))
        lines = wrap_text_to_width(text, room, 2)
        assert len(lines) <= 2
        assert all(text_width(each) <= max(room, text_width("…")) for each in lines)
    assert fit_text("short", 400.0, FONT_SIZE) == "short"
