"""Render a custom template, in a process without file access and with limited time.

The request comes on standard input and the response goes to standard output, both as JSON. A
template sees plain data only: keys of mappings, and no attributes of anything else.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment, safe_range
from jinja2.utils import Namespace
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from roadmap_tui.export.template_engine import SafeText
from roadmap_tui.text import escape

TIME_LIMIT_SECONDS, MEMORY_LIMIT_BYTES, MAX_OUTPUT_CHARACTERS = 10, 1 << 30, 20_000_000
"""Limits: CPU seconds, memory in bytes, and characters of output."""
_NAME = "<template>"
_WARM_UP_TEMPLATE = (
    "{% macro m(x) %}{{ x|upper ~ 'ä\\n' }}{% endmacro %}{{ m('a') }}{{ not_there.at_all }}"
)
"""Rendered once before confinement, so that everything jinja2 imports lazily is loaded."""
_FILTERS = (
    "abs batch capitalize count d default dictsort first float groupby int items last length list"
    " lower map max min reject rejectattr reverse round select selectattr slice sort string sum"
    " title trim unique upper"
)
_TEMPLATE_ERRORS = (
    TemplateError,
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    RecursionError,
)


class _PlainConcatenation(NodeTransformer):
    """Makes the result of ``~`` plain text, to be escaped as a whole."""

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> nodes.Node:
        """Replace concatenations by the join filter."""
        visited: nodes.Node = super().generic_visit(node, *args, **kwargs)
        if not isinstance(visited, nodes.Concat):
            return visited
        parts = nodes.List(visited.nodes, lineno=visited.lineno)
        return nodes.Filter(parts, "join", [], [], None, None, lineno=visited.lineno)


class _TemplateSandbox(SandboxedEnvironment):
    """Jinja2 environment for untrusted templates."""

    intercepted_binops = frozenset({"+", "%", "*"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The value of a key, even if an attribute has the same name."""
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Allow attributes of loops and namespaces only."""
        return isinstance(obj, LoopContext | Namespace) and super().is_safe_attribute(
            obj, attr, value
        )

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Apply a binary operator to plain texts and numbers."""
        plain = (str(each) if isinstance(each, Markup) else each for each in (left, right))
        return super().call_binop(context, operator, *plain)


def _join(values: Iterable[object], between: str = "", attribute: str | None = None) -> str:
    """Join texts; the result is plain text, to be escaped as a whole."""
    if attribute is None:
        chosen = values
    else:
        chosen = (each[attribute] for each in values if isinstance(each, Mapping))
    return str(between).join(map(str, chosen))


def _replace(text: object, old: str, new: str) -> str:
    return str(text).replace(str(old), str(new))


def _environment(form: str) -> _TemplateSandbox:
    escaped = escape.escape_markup if form == "html" else escape.escape_markdown

    def finalize(value: object) -> str:
        return value if isinstance(value, Markup) else SafeText(escaped(str(value)))

    made = _TemplateSandbox(
        undefined=StrictUndefined,
        finalize=finalize,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters = {name: made.filters[name] for name in _FILTERS.split()} | {
        "join": _join,
        "replace": _replace,
    }
    made.globals = {"range": safe_range, "namespace": Namespace}
    return made


def render_request(asked: Mapping[str, Any]) -> dict[str, object]:
    """The rendered text, or the error and its line."""
    environment = _environment(asked["form"])
    try:
        tree = environment.parse(asked["template"])
        for node in tree.find_all((nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)):
            return {
                "fault": "a template stands alone: it can't include, extend or import others",
                "line": node.lineno,
            }
        return _render(environment.from_string(_PlainConcatenation().visit(tree)), asked["values"])
    except TemplateSyntaxError as error:
        return {"fault": error.message or "not a template", "line": error.lineno}
    except _TEMPLATE_ERRORS as error:
        return {"fault": str(error) or type(error).__name__, "line": _error_line(error)}
    except MemoryError:
        return {"fault": "it takes more memory than there is for it", "line": None}


def _render(template: Template, values: Mapping[str, Any]) -> dict[str, object]:
    parts, size = [], 0
    for part in template.generate(values):
        parts.append(part)
        size += len(part)
        if size > MAX_OUTPUT_CHARACTERS:
            return {"fault": "it puts out more than 20 MB", "line": None}
    return {"text": "".join(parts)}


def _error_line(error: BaseException) -> int | None:
    """The line of the template in which an error occurred."""
    trace, line = error.__traceback__, None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in {_NAME, "<unknown>"}:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _decode_value(pairs: dict[str, Any]) -> object:
    """Decode a value of the request; pre-escaped text is marked as safe."""
    return SafeText(pairs["ready"]) if pairs.keys() == {"ready"} else pairs


def _confine() -> None:
    """Forbid opening files and limit CPU time and memory, where the system supports it."""
    render_request({"form": "md", "template": _WARM_UP_TEMPLATE, "values": {}})
    with suppress(ImportError):
        import resource

        limits = (
            (resource.RLIMIT_CPU, TIME_LIMIT_SECONDS),
            (resource.RLIMIT_AS, MEMORY_LIMIT_BYTES),
            (resource.RLIMIT_FSIZE, 0),
        )
        for what, most in (*limits, (resource.RLIMIT_NOFILE, 0)):
            with suppress(OSError, ValueError):
                resource.setrlimit(what, (most, most))


def main() -> None:
    """Handle one request."""
    asked = json.loads(sys.stdin.buffer.read(), object_hook=_decode_value)
    _confine()
    sys.stdout.buffer.write(json.dumps(render_request(asked)).encode())


if __name__ == "__main__":
    main()
