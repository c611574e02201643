"""Colours and style sheets of pictures and pages, light and dark."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tone:
    """A colour on a light background, and on a dark one."""

    light: str
    dark: str


GROUND = Tone("#ffffff", "#14171c")
PANEL = Tone("#f3f5f8", "#1e232b")
LINE = Tone("#c9d0d9", "#3a424e")
TONES: dict[str, Tone] = {
    "ink": Tone("#1b2027", "#e8ebf0"),
    "dim": Tone("#545d69", "#a7b0bd"),
    "product": Tone("#0b5cad", "#7cb8ff"),
    "model": Tone("#7a2fb0", "#d0a6ff"),
    "spike": Tone("#8a5200", "#f2b84b"),
    "good": Tone("#176b34", "#6bdc8b"),
    "bad": Tone("#b0231a", "#ff938a"),
}
"""Text colours; each is readable on the background and on a panel."""

_PAGE = """
*{box-sizing:border-box}
html{color-scheme:light dark}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,
-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;overflow-wrap:anywhere}
main{max-width:1080px;margin:0 auto;padding:24px 20px 48px}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.3rem;margin:2.2rem 0 .6rem;padding-top:.8rem;border-top:1px solid var(--line)}
h3{font-size:1.05rem;margin:1.4rem 0 .4rem}
p,ul{margin:.5rem 0}
ul{padding-left:1.3rem}
li{margin:.25rem 0}
.meaning,footer{color:var(--dim)}
.scenario strong{color:var(--bad)}
a{color:var(--product)}
nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;list-style:none;padding:0;font-size:.92rem}
nav li{margin:0}
.table,.picture{overflow-x:auto;margin:.6rem 0}
table{border-collapse:collapse;width:100%;font-size:.9rem;overflow-wrap:normal}
th,td{padding:.35rem .6rem;border-bottom:1px solid var(--line);vertical-align:top;text-align:left}
td{overflow-wrap:break-word;max-width:30rem}
td:first-child{min-width:8rem}
th{color:var(--dim);font-weight:600;white-space:nowrap}
.right{text-align:right}
.center{text-align:center}
td.right{white-space:nowrap}
details{border-left:3px solid var(--line);padding:.2rem .8rem;margin:.4rem 0}
summary{cursor:pointer;font-weight:600}
svg.roadmap{max-width:100%;height:auto;min-width:720px}
@media print{nav{display:none}section{break-inside:avoid-page}}
"""


def picture_style(within: str = "svg.roadmap") -> str:
    """The style sheet of pictures in elements that match the selector."""
    light = "".join(_rules(within, dark=False))
    dark = "".join(_rules(within, dark=True))
    fonts = (
        f"{within} text{{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu"
        " Sans',sans-serif}"
    )
    heavy = f"{within} .strong{{font-weight:600}}"
    return f"{fonts}{heavy}{light}@media (prefers-color-scheme:dark){{{dark}}}"


def page_style() -> str:
    """The style sheet of a page with pictures."""
    dark = f"@media (prefers-color-scheme:dark){{:root{{{_names(dark=True)}}}}}"
    return f":root{{{_names(dark=False)}}}{dark}{_PAGE}{picture_style()}"


def _names(*, dark: bool) -> str:
    """The colours as CSS variables."""
    tones = TONES | {"ground": GROUND, "panel": PANEL, "line": LINE}
    return "".join(f"--{name}:{_tone_value(tone, dark)};" for name, tone in tones.items())


def _rules(within: str, *, dark: bool) -> list[str]:
    grounds = {"ground": GROUND, "panel": PANEL}
    rules = [
        f"{within} .{name}{{fill:{_tone_value(tone, dark)}}}"
        for name, tone in (TONES | grounds).items()
    ]
    rules += [
        f"{within} .line-{name}{{stroke:{_tone_value(tone, dark)};fill:none}}"
        for name, tone in TONES.items()
    ]
    return [*rules, f"{within} .rule{{stroke:{_tone_value(LINE, dark)};fill:none}}"]


def _tone_value(tone: Tone, dark: bool) -> str:
    return tone.dark if dark else tone.light
