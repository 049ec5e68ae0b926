"""Templates, compiled once for each language: what is said in a page is then a constant of its code.

A page says a hundred things that are the same on every page of a language; looked up and escaped as it is drawn they
are a third of its cost. Only :func:`render` draws pages, with the templates of the language that the page is in.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app
from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame

from search_app.messages import Language
from search_app.web.i18n.language import NAMES, current, marked_up

TEMPLATES = "timbao.templates"
"""Where an app keeps its environments, by language."""


class _Compiler(CodeGenerator):
    """Writes ``{{ _("...") }}`` as the text it stands for, which then is one constant with the text around it."""

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "_":
            match node:
                case nodes.Call(args=[nodes.Const(value=str(message))], kwargs=[], dyn_args=None, dyn_kwargs=None):
                    return str(marked_up(message))
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)


def install(app: Flask) -> None:
    """Give each language templates of its own. The last of what sets up the app's environment."""
    made: dict[Language, Environment] = {language: app.jinja_env.overlay() for language in NAMES}
    for environment in made.values():
        environment.code_generator_class = _Compiler
    app.extensions[TEMPLATES] = made


def render(name: str, /, **context: Any) -> str:
    """A page made of a template, in the language of the reader."""
    environments: dict[Language, Environment] = current_app.extensions[TEMPLATES]
    current_app.update_template_context(context)
    # Compiled, where it was not before, by the first request in its language: messages are those of this request.
    return environments[current()].get_template(name).render(context)
