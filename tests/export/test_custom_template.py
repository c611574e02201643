"""Custom templates: what they can do, and that they can do nothing else."""

import subprocess
import sys
from typing import Any

import pytest
from markdown_it import MarkdownIt

from roadmap_tui.export.custom_template import TemplateFault, render_custom_template
from roadmap_tui.export.pipeline import ExportSpec, render_with_template
from roadmap_tui.export.sandbox import render_request
from tests.export.hostile import HOSTILE, hostile_subject
from tests.export.test_audiences import made
from tests.export.test_markdown import text_of

VALUES: dict[str, Any] = {"report": {"title": "a|b <i>", "items": [1, 2]}, "names": ["x|y", "z"]}


def answered(template: str, form: str = "md") -> dict[str, Any]:
    return render_request({"template": template, "form": form, "values": VALUES})


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("# {{ report.title }}", r"# a\|b &lt;i&gt;"),
        ("{{ report.title|upper }}", r"A\|B &lt;I&gt;"),
        ("{{ report.items[1] }} {{ report['items']|length }}", "2 2"),
        ("{{ 'x' ~ report.title }}{{ names|join(' | ') }}", r"xa\|b &lt;i&gt;x\|y \| z"),
        ("{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(report.title) }}", r"<a\|b &lt;i&gt;>"),
        ("{% macro m(x) %}|{% endmacro %}{{ m(1) ~ report.title }}", r"\|a\|b &lt;i&gt;"),
        ("{% macro m(x) %}|{% endmacro %}{{ m(1) + report.title }}", r"\|a\|b &lt;i&gt;"),
        ("{% macro m(x) %}|{% endmacro %}{{ [m(1), report.title]|join }}", r"\|a\|b &lt;i&gt;"),
        (
            (
                "{% set ns = namespace(n=0) %}{% for x in names %}{% set ns.n = ns.n + loop.index"
                " %}{% endfor %}{{ ns.n }}"
            ),
            "3",
        ),
        ("{{ names|map('upper')|join(', ') }}", r"X\|Y, Z"),
    ],
)
def test_what_is_put_out_is_escaped(template: str, text: str) -> None:
    assert answered(template) == {"text": text}


def test_a_page_is_escaped_as_a_page() -> None:
    assert answered("<p title='{{ report.title }}'>", "html") == {
        "text": "<p title='a|b &lt;i&gt;'>"
    }


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ names.append(1) }}",
        "{{ names.__class__ }}",
        "{{ report.keys() }}",
        "{{ (names|map(attribute='__class__')|list)[0] }}",
        "{{ names|attr('append') }}",
        "{{ '{0.__class__}'.format(1) }}",
        "{{ self.__init__.__globals__ }}",
        "{{ namespace.__init__.__globals__ }}",
        "{{ range.__globals__ }}",
        "{% for x in names %}{{ loop.__class__ }}{% endfor %}",
        "{{ lipsum.__globals__['os'].popen('id').read() }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{{ config }}",
        "{% include '/etc/passwd' %}",
        "{% extends '/etc/passwd' %}",
        "{% import '/etc/passwd' as x %}",
        "{{ report.title|safe }}",
        "{{ 'x'|pprint }}",
        "{{ report.not_there }}",
        "{{ 1 / 0 }}",
        "{{ 1 + 'x' }}",
        "{% if %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ range(10**7) }}",
    ],
)
def test_what_it_may_not_is_shown_with_its_line(template: str) -> None:
    found = answered(f"one\n{template}")
    assert "text" not in found
    assert found["fault"]
    assert found["line"] == 2


ENDLESS = [
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{{ 'x' * 99999999999 }}",
    (
        "{% set ns = namespace(x='aaaaaaaaaa') %}{% for a in range(60) %}{% set ns.x = ns.x ~ ns.x"
        " %}{% endfor %}"
    ),
    "{% for a in range(99999) %}{{ 'x' * 99999 }}{% endfor %}",
]


@pytest.mark.parametrize("template", ENDLESS, ids=range(len(ENDLESS)))
def test_it_can_neither_go_on_for_ever_nor_take_all_memory(
    template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roadmap_tui.export.custom_template.TIME_LIMIT_SECONDS", 1)
    found = render_custom_template(template, "md", VALUES)
    assert isinstance(found, TemplateFault)


def test_where_it_is_filled_no_file_can_be_opened() -> None:
    """Even code that broke out of a template."""
    code = (
        "from roadmap_tui.export import sandbox; sandbox._confine()\nfor name, mode in"
        " (('/etc/hostname', 'r'), ('/tmp/new', 'w')):\n    try:\n        open(name, mode)\n   "
        " except OSError as error:\n        print(error.errno)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["24", "24"]


TABLE = """\
{% for section in report.sections %}
## {{ section.title }}
{% for block in section.blocks if block.kind == "table" %}

|{% for column in block.columns %} {{ column.name }} |{% endfor +%}
|{% for column in block.columns %} --- |{% endfor +%}
{% for row in block.rows %}
|{% for cell in row %} {{ cell }} |{% endfor +%}
{% endfor %}
{% endfor %}
{% endfor %}
"""


@pytest.mark.parametrize("text", HOSTILE[::6], ids=range(len(HOSTILE[::6])))
def test_custom_template_output_is_escaped(text: str) -> None:
    reader = MarkdownIt("commonmark").enable("table")
    kinds = []
    for each in (text, "Zqz"):
        found = render_with_template(TABLE, hostile_subject(each), ExportSpec("md", "risk"))
        assert isinstance(found, str)
        tokens = reader.parse(found)
        kinds.append([token.type for token in tokens])
        assert all(text_of(token) is not None for token in tokens if token.type == "inline")
    assert kinds[0] == kinds[1]


def test_it_sees_all_figures_but_for_customers() -> None:
    template = '{{ data.forecast["items"][1].title }}, {{ data.money.lost }}'
    found = render_with_template(template, made(), ExportSpec("md", "team"))
    assert isinstance(found, str)
    assert found.startswith("Sure thing, ")
    hidden = render_with_template(template, made(), ExportSpec("md", "customer"))
    assert hidden == TemplateFault("'data' is undefined", 1)


def test_what_it_sees_is_plain_data() -> None:
    found = render_with_template(
        "{{ report.sections[0].blocks[0].kind }}", made(), ExportSpec("md", "executive")
    )
    assert found == "table"
