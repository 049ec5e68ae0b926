"""The same answers as JSON."""

from search_app.answers import answer_json, article_json


def test_search_answers_as_the_command_line_does(client, service):
    made = client.get("/api/search?q=suwon&country=KR&limit=2&page=1").json
    assert made | {"took_ms": 0} == answer_json(service.search(service.asked[-1])) | {"took_ms": 0}
    assert made["total"] == 3
    assert len(made["hits"]) == 2
    assert "<mark>" not in made["hits"][0]["title"]


def test_an_article_answers_as_show_does_but_for_the_folders_of_this_machine(client, service):
    shown = article_json(service.article("a0002"))
    assert shown["source"] == "/kho/bao/0002.html"
    assert client.get("/api/articles/a0002").json == shown | {"source": "0002.html"}


def test_letters_are_sent_as_they_are(client):
    assert "Hải Dương" in client.get("/api/articles/a0002").text


def test_health(client):
    health = client.get("/healthz").json
    assert (health["status"], health["articles"]) == ("ok", 39)
    assert {"version", "index", "age_seconds", "process"} < set(health)


def test_totals_of_several_searches(client):
    asked = ("/?q=hợp&country=KR", "country=FR", "/?country=nowhere", "/", "/?q=hợp&page=2")
    totals = client.get("/api/totals", query_string=[("s", one) for one in asked]).json["totals"]
    korea = client.get("/api/search?q=hợp&country=KR").json["total"]
    assert totals == [korea, 3, None, 39, client.get("/api/search?q=hợp").json["total"]]
    assert client.get("/api/totals").json == {"totals": []}
    assert len(client.get("/api/totals", query_string=[("s", "/")] * 50).json["totals"]) == 20
