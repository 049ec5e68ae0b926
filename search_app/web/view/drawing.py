"""What pages draw tens of times, as markup made in Python: a macro of a template costs several times as much."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from flask import Flask
from markupsafe import Markup, escape

from search_app.answers import Piece, SearchAnswer
from search_app.web.i18n.language import gettext as _
from search_app.web.i18n.language import ngettext
from search_app.web.params import Params
from search_app.web.view.display import harmless, shown_date, shown_number


def pieces(runs: Iterable[Piece]) -> Markup:
    """The one way that searched text reaches a page: every run escaped, those that matched marked."""
    texts = ((_text(run.text), run.marked) for run in runs)
    return Markup("".join(f"<mark>{text}</mark>" if marked else text for text, marked in texts))  # noqa: S704


def when(value: str | None, *, zone: bool = False) -> Markup:
    """A date as a reader writes it, or that it is not known."""
    if not value:
        return Markup(f"<span>{_text(_('không rõ ngày'))}</span>")  # noqa: S704
    return Markup(f'<time datetime="{_text(value)}">{_text(shown_date(value, zone=zone))}</time>')  # noqa: S704


def how_many(total: int, answer: SearchAnswer | None = None) -> Markup:
    """A number of stories; of an answer, whether there are more."""
    shown = shown_number(total)
    if answer and "index" in answer.partial:
        said = ngettext("ít nhất %(shown)s bài", "ít nhất %(shown)s bài", total, shown=shown)
    elif answer and not answer.total_exact:
        said = ngettext("hơn %(shown)s bài", "hơn %(shown)s bài", total, shown=shown)
    else:
        said = ngettext("%(shown)s bài", "%(shown)s bài", total, shown=shown)
    return escape(said)


def kept(params: Params, leave_out: Collection[str]) -> Markup:
    """The rest of a search, in a form that changes one part of it."""
    fields = (
        f'<input type="hidden" name="{name}" value="{_text(value)}">\n'
        for name, value in params.pairs("page", *leave_out)
    )
    return Markup("".join(fields))  # noqa: S704 - names are ours, values were escaped


def _text(value: str) -> str:
    return str(escape(harmless(value)))


def install(app: Flask) -> None:
    """Give these functions to the templates."""
    app.jinja_env.globals["kept"] = kept
    app.jinja_env.filters |= {"pieces": pieces, "when": when, "how_many": how_many}
