"""Filling the templates of documents; whatever they put out is escaped."""

from jinja2 import PackageLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from roadmap_tui.report import escape


class Ready(str):
    """Text that is Markdown already."""

    __slots__ = ()


def fill(template: str, **values: object) -> str:
    """The document that a template makes of these values."""
    environment = SandboxedEnvironment(
        loader=PackageLoader("roadmap_tui.report"),
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(template).render(**values)


def _finalize(value: object) -> str:
    """What a template puts out: everything is escaped but what is Markdown already."""
    return value if isinstance(value, Ready) else escape.markdown(str(value))
