"""The same answers as JSON."""

from search_app.answers import answer_json, article_json


def test_search_answers_as_the_command_line_does(client, service):
    made = client.get("/api/search?q=suwon&country=KR&limit=2&page=1").json
    assert made | {"took_ms": 0} == answer_json(service.search(service.asked[-1])) | {"took_ms": 0}
    assert made["total"] == 3
    assert len(made["hits"]) == 2
    assert "<mark>" not in made["hits"][0]["title"]


def test_an_article_answers_as_show_does(client, service):
    assert client.get("/api/articles/a0002").json == article_json(service.article("a0002"))


def test_letters_are_sent_as_they_are(client):
    assert "Hải Dương" in client.get("/api/articles/a0002").text


def test_health(client):
    assert client.get("/healthz").json == {"status": "ok", "articles": 39}
