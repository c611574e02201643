"""Render the built-in document templates; all output is escaped."""

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
    """The environment of the built-in templates; `escaped` escapes their output."""
    from jinja2 import PackageLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    def finalize(value: object) -> str:
        """Escape the output of a template unless it is marked as safe."""
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
    """Render a template as Markdown."""
    return template_environment().get_template(template).render(**values)
