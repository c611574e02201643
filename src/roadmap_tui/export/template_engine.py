"""Filling the templates of documents; whatever they put out is escaped."""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from roadmap_tui.text import escape

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment


class SafeText(Markup):
    """Text that needs no escaping."""

    __slots__ = ()


@lru_cache(maxsize=4)
def template_environment(
    escaped: Callable[[str], str] = escape.escape_markdown,
) -> "SandboxedEnvironment":
    """What fills the templates that ship with the program; `escaped` makes text safe to put out."""
    from jinja2 import PackageLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    def finalize(value: object) -> str:
        """What a template puts out: everything is escaped but what needs none."""
        return value if isinstance(value, Markup) else SafeText(escaped(str(value)))

    return SandboxedEnvironment(
        loader=PackageLoader("roadmap_tui.export"),
        undefined=StrictUndefined,
        finalize=finalize,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render_template(template: str, **values: object) -> str:
    """The Markdown document that a template makes of these values."""
    return template_environment().get_template(template).render(**values)
