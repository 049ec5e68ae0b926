"""Pages for editors: signing in, and correcting the places and the date of a story. There only with ``--editor``.

What is corrected goes through the indexer's own command side, as ``timbao tag`` does: into the catalogue (or, on a
cluster, into the index) and at once into what is searched. Nothing is changed where another process is writing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, Response, current_app, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from indexer.errors import IndexBusy, IndexNotWritten, IndexUnreachable, QueryError
from indexer.models import Change, TaggedArticle
from search_app.web.editors import editors, is_editor, now
from search_app.web.failures import answer as failure
from search_app.web.i18n.language import gettext as _
from search_app.web.i18n.language import lazy
from search_app.web.rendering import render
from search_app.web.service_holder import service
from search_app.web.view.correcting import Form, mistake_of, names_to_choose, shown_changes

blueprint = Blueprint("editing", __name__)

LONGEST_SECRET = 1_000
_WAITING = (IndexBusy, IndexNotWritten, IndexUnreachable)

NOT_HERE = (
    lazy("Không sửa được qua đường này"),
    lazy("Chế độ biên tập chỉ mở trên chính máy này (127.0.0.1), hoặc qua https của một máy chủ chuyển tiếp tin cậy."),
)
NOT_OURS = (
    lazy("Không nhận biểu mẫu này"),
    lazy("Biểu mẫu đã hết hạn hoặc được gửi từ trang khác. Hãy quay lại, tải lại trang rồi gửi lần nữa."),
)


@blueprint.before_request
def _guard() -> AnyResponse | None:
    """Refuse what comes in the clear, and forms that were not made for who sends them."""
    known = editors()
    if known.transport(request) is None:
        return failure(HTTPStatus.FORBIDDEN, words=NOT_HERE)
    if request.method != "POST":
        return None
    visit = known.guest(request) if request.endpoint == "editing.sign_in" else known.visit(request)
    if visit is None and request.endpoint != "editing.sign_in":
        return redirect(url_for("editing.desk"), HTTPStatus.SEE_OTHER)
    if known.same_origin(request) and known.is_token(visit, request.form.get("csrf", "")):
        return None
    return failure(HTTPStatus.FORBIDDEN, words=NOT_OURS)


@blueprint.after_request
def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


# -- signing in -----------------------------------------------------------------------------------------------------


@blueprint.get("/bien-tap")
def desk() -> Response:
    """Where an editor signs in, or out."""
    return _desk()


@blueprint.post("/bien-tap")
def sign_in() -> AnyResponse:
    """Take the secret; then on to the story that was to be corrected."""
    known = editors()
    address = known.address(request)
    if wait := known.guesses.wait(address, now()):
        response = _desk(_("Đã thử sai quá nhiều lần. Hãy đợi %(seconds)s giây.", seconds=int(wait) + 1))
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        response.headers["Retry-After"] = str(int(wait) + 1)
        return response
    if not known.is_secret(request.form.get("secret", "")[:LONGEST_SECRET]):
        known.guesses.wrong(address, now())
        current_app.logger.warning("a wrong secret of editors from %s", address)
        response = _desk(_("Mật khẩu không đúng."))
        response.status_code = HTTPStatus.FORBIDDEN
        return response
    story = _story()
    there = url_for("editing.correct", article_id=story) if story else url_for("editing.desk")
    signed_in = make_response(redirect(there, HTTPStatus.SEE_OTHER))
    known.begin(signed_in, editor=True)
    return signed_in


@blueprint.post("/bien-tap/ra")
def sign_out() -> AnyResponse:
    """Forget who this was."""
    response = make_response(redirect(url_for("editing.desk"), HTTPStatus.SEE_OTHER))
    editors().end(response)
    return response


def _desk(mistake: str = "") -> Response:
    known = editors()
    visit = known.visit(request) or known.guest(request)
    response = make_response()
    visit = visit or known.begin(response, editor=False)
    response.set_data(render("desk.html", params=None, story=_story(), csrf=known.token(visit), mistake=mistake))
    return response


def _story() -> str:
    """The story that was to be corrected; nothing but what may be an id."""
    given = request.values.get("bai", "")
    return given if given.isalnum() and len(given) <= 40 else ""


# -- correcting -----------------------------------------------------------------------------------------------------


@blueprint.get("/bai/<article_id>/sua")
def correct(article_id: str) -> AnyResponse:
    """The form of a story: its date, its places, and what was changed so far."""
    if not is_editor():
        return redirect(url_for("editing.desk", bai=article_id), HTTPStatus.SEE_OTHER)
    return _page(article_id)


@blueprint.post("/bai/<article_id>/sua")
def save(article_id: str) -> AnyResponse:
    """Correct what was changed in the form."""
    tagged = service().article(article_id)
    if tagged is None:
        return failure(HTTPStatus.NOT_FOUND)
    form = Form.read(request.form, tagged)
    if not form.changes:
        return _page(article_id, form, said=_("Không có gì thay đổi."))

    def change() -> TaggedArticle | None:
        from indexer.upkeep.correcting import correct as keep  # brings what reads pages: only editors wait for it

        return keep(
            article_id,
            editors().settings,
            add=form.all_added,
            drop=form.all_dropped(tagged),
            date=form.new_date,
            note=form.note,
        )

    return _changed(article_id, form, change)


@blueprint.post("/bai/<article_id>/hoan-tac")
def take_back(article_id: str) -> AnyResponse:
    """Take back the newest change."""
    number = request.form.get("number", type=int) or 0

    def change() -> TaggedArticle | None:
        from indexer.upkeep.correcting import undo

        return undo(article_id, editors().settings, number)

    return _changed(article_id, None, change)


def _changed(article_id: str, form: Form | None, change: Callable[[], TaggedArticle | None]) -> AnyResponse:
    """Make a change; then the page as it is now, or the form as it was sent with what stood in the way."""
    seen = request.form.get("seen", type=int)
    before = _history(article_id)
    if seen is not None and seen != _state(before):
        said = _("Bài này vừa được sửa ở nơi khác: hãy xem lại rồi gửi lần nữa.")
        return _page(article_id, form, wrong=said, status=HTTPStatus.CONFLICT)
    try:
        if change() is None:
            return failure(HTTPStatus.NOT_FOUND)
    except QueryError as error:
        form = replace(form, mistake=mistake_of(error)) if form else None
        return _page(article_id, form, wrong=mistake_of(error).message, status=HTTPStatus.BAD_REQUEST)
    except _WAITING as error:
        current_app.logger.warning("%s %s: %s", request.method, request.path, error)
        if _state(_history(article_id)) != _state(before):  # kept, and not yet in the index
            return redirect(url_for("editing.correct", article_id=article_id, xong="cho"), HTTPStatus.SEE_OTHER)
        return _page(article_id, form, wrong=_standing_in_the_way(error), status=HTTPStatus.SERVICE_UNAVAILABLE)
    return redirect(url_for("editing.correct", article_id=article_id, xong="roi"), HTTPStatus.SEE_OTHER)


def _standing_in_the_way(error: Exception) -> str:
    if isinstance(error, IndexBusy):
        return _("Kho đang được ghi (có lẽ đang lập chỉ mục): chưa lưu gì. Những gì đã gõ còn đây, hãy gửi lại sau.")
    if isinstance(error, IndexNotWritten):
        return _("Đĩa đầy hoặc không ghi được: chưa lưu gì. Những gì đã gõ còn đây.")
    return _("Kho tin tạm thời không trả lời: chưa lưu gì. Những gì đã gõ còn đây, hãy gửi lại sau.")


DONE = {
    "roi": lazy("Đã lưu. Trang tìm và trang bài dùng giá trị mới từ bây giờ."),
    "cho": lazy("Đã lưu trong kho. Giá trị mới sẽ hiện sau lần lập chỉ mục tới."),
}


def _page(
    article_id: str, form: Form | None = None, *, said: str = "", wrong: str = "", status: int = HTTPStatus.OK
) -> AnyResponse:
    known, tagged = editors(), service().article(article_id)
    visit = known.visit(request)
    if tagged is None or visit is None:
        return failure(HTTPStatus.NOT_FOUND)
    history = _history(article_id)
    page = render(
        "correcting.html",
        params=None,
        tagged=tagged,
        form=form or Form.of(tagged),
        about=[p for p in (*tagged.provinces, *tagged.countries) if p.role == "about"],
        mentioned=[p for p in (*tagged.provinces, *tagged.countries) if p.role != "about"],
        names=names_to_choose(),
        changes=shown_changes(history),
        seen=_state(history),
        csrf=known.token(visit),
        said=said or _(DONE.get(request.args.get("xong", ""), "")),
        wrong=wrong,
    )
    return make_response(page, status)


def _history(article_id: str) -> tuple[Change, ...]:
    from indexer.upkeep.correcting import history

    return history(article_id, editors().settings)


def _state(history: tuple[Change, ...]) -> int:
    """A number that another change, or one taken back, makes another."""
    return 2 * len(history) + sum(1 for one in history if one.undone is not None)
