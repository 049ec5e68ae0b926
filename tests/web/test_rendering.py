"""Templates of each language: what is said in a page is part of its code, and of no other language's."""

import threading

import pytest
from jinja2 import DictLoader

from search_app.web.i18n.language import marked_up
from search_app.web.rendering import TEMPLATES, render

SAID = """<p title="{{ _('Tìm') }}">{{ _("Giỏ bài") }} {{ _("đang lọc: %(count)s", count=count) }} {{ _(given) }}</p>"""


@pytest.fixture
def templates(app, monkeypatch):
    for environment in app.extensions[TEMPLATES].values():
        monkeypatch.setattr(environment, "loader", DictLoader({"said.html": SAID}))
    return app


def drawn(app, address, **context):
    with app.test_request_context(address):
        return render("said.html", **context)


def test_a_page_says_in_each_language_what_it_would_say_word_by_word(templates):
    for language in ("vi", "en", "vi"):
        with templates.test_request_context(f"/?lang={language}"):
            said = [marked_up(one) for one in ("Tìm", "Giỏ bài", "Tìm báo")]
            count = marked_up("đang lọc: %(count)s", count="<3>")
        page = drawn(templates, f"/?lang={language}", count="<3>", given="Tìm báo")
        assert page == f'<p title="{said[0]}">{said[1]} {count} {said[2]}</p>'
        assert "&lt;3&gt;" in page


def test_what_is_said_without_values_is_a_constant(templates):
    environment = templates.extensions[TEMPLATES]["en"]
    with templates.test_request_context("/?lang=en"):
        code = environment.compile(SAID, raw=True)
        assert marked_up("Giỏ bài") in code
    assert "Giỏ bài" not in code


def test_readers_of_two_languages_at_once_get_each_their_own(templates):
    pages: dict[str, set[str]] = {"vi": set(), "en": set()}

    def read(language):
        for _ in range(20):
            pages[language].add(drawn(templates, f"/?lang={language}", count=1, given="Tìm"))

    readers = [threading.Thread(target=read, args=(one,)) for one in ("vi", "en") * 2]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    assert len(pages["vi"]) == len(pages["en"]) == 1
    assert pages["vi"] != pages["en"]
