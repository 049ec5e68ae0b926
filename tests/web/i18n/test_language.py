"""Vietnamese by default, English by a link, neither with a hole in it."""

from urllib.parse import parse_qs, urlsplit

import pytest

from search_app.messages import SENTENCES
from search_app.web.i18n import catalogues


def test_every_message_is_translated_and_none_is_left_over():
    wanted = catalogues.extracted()
    assert len(wanted) > 100
    for path, catalogue in catalogues.catalogues():
        assert catalogues.missing(catalogue, wanted) == [], path
        assert {str(m.id) for m in catalogue} == {str(m.id) for m in wanted}, path


def test_the_compiled_catalogues_are_those_that_were_translated():
    for path, catalogue in catalogues.catalogues():
        assert path.with_suffix(".mo").read_bytes() == catalogues.compiled(catalogue), path


def test_a_translation_fills_in_nothing_that_is_not_given():
    for _path, catalogue in catalogues.catalogues():
        for message in catalogue:
            assert not list(message.check(catalogue)), message.id


def test_every_sentence_of_the_search_is_there_in_both():
    assert all(all(sentences) for sentences in SENTENCES.values())


def test_the_link_changes_the_language_and_the_cookie_keeps_it(client, soup):
    tree = soup("/?q=hợp&country=KR&page=2")
    assert tree.html["lang"] == "vi"
    link = tree.select_one(".tongue")
    assert (link.get_text(), link["lang"]) == ("English", "en")
    assert parse_qs(urlsplit(link["href"]).query) == {"q": ["hợp"], "country": ["KR"], "page": ["2"], "lang": ["en"]}
    tree = soup("/" + link["href"])
    assert tree.html["lang"] == "en"
    assert tree.select_one(".status strong").get_text() == "12 articles"
    assert "South Korea" in tree.select_one(".chips").get_text()
    assert soup("/bai/a0002").html["lang"] == "en"
    assert "8 Feb 2023 09:58" in soup("/bai/a0002").get_text()
    assert soup("/nowhere", 404).h1.get_text() == "There is no such page"
    back = soup("/").select_one(".tongue")["href"]
    assert soup("/" + back).html["lang"] == "vi"
    assert soup("/").html["lang"] == "vi"


def test_one_article_is_one(soup):
    assert soup("/?q=ngữ+seongnam+2&lang=en").select_one(".status strong").get_text() == "1 article"


@pytest.mark.parametrize("lang", ["xx", "en_US", "../../etc", "%00", "x" * 5000, ""])
def test_a_language_that_is_none_is_the_default(client, lang):
    response = client.get(f"/?lang={lang}")
    assert response.status_code == 200
    assert '<html lang="vi">' in response.text
    assert "Set-Cookie" not in response.headers


def test_a_page_says_that_it_depends_on_the_cookie(client):
    assert "Cookie" in client.get("/").headers["Vary"]
    cookie = client.get("/?lang=en").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_the_text_of_an_article_stays_vietnamese(soup):
    assert soup("/bai/a0002?lang=en").h1["lang"] == "vi"
    assert soup("/?lang=en").select_one(".hits h2")["lang"] == "vi"
