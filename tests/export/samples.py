"""Plans for the tests of reports, from TOML."""

from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.engine import forecast, simulated_forecast
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.narrative.context import ReportContext, ReportSource
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan

NASTY = [
    "[/]",
    "[red]x",
    "=1+1",
    "a|b",
    r"a\|b",
    "<script>alert(1)</script>",
    "`x`",
    "``` x",
    "# h",
    "\x1b[31mred\x1b[0m",
    "日本語の題",
    "👩\u200d💻 emoji ❤️",
    "](http://x)",
    "![i](http://x/y.png)",
    "<http://x.org>",
    "http://x.org and www.x.org",
    "two\nlines",
    "two\r\n\r\nlines",
    "- item",
    "+ item",
    "* item",
    "1. one",
    "2) two",
    "===",
    "---",
    "&lt;b&gt; &amp; &#35;",
    "*a* _b_ **c** __d__ ~~e~~ ~f~",
    "a*b*c a_b_c",
    r"back\slash \\ \* end\\",
    "> quote",
    "$x$ and $$y$$",
    "\"quoted\" 'too'",
    "```mermaid\nend\n```",
    "ends in a backslash\\",
    "{{ title }} {% raw %}",
    "<U+202E>\u202eabc",
]


def planned(text: str, runs: int = 2000) -> tuple[Plan, Forecast]:
    """The plan that a text says, and its forecast."""
    plan = read_document(text.encode(), "plan.toml").plan
    assert plan is not None
    return plan, forecast(resolve_plan(plan), runs)


def subject(text: str, runs: int = 2000, title: str = "A plan") -> ReportContext:
    """The plan that a text says, to be exported."""
    document = read_document(text.encode(), "plan.toml")
    assert document.plan is not None
    return ReportContext(
        document,
        document.plan,
        simulated_forecast(resolve_plan(document.plan), runs),
        ReportSource(title),
    )


def quoted(text: str) -> str:
    """A TOML string, by the rules of the specification."""
    return (
        '"'
        + "".join(
            f"\\u{ord(c):04X}" if c in '"\\' or ord(c) < 0x20 or ord(c) == 0x7F else c for c in text
        )
        + '"'
    )
