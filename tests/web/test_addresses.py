"""Addresses that leave the site, and the site below a prefix."""

import re

import pytest

from indexer.settings import Settings
from search_app.web import create_app

PUBLIC = "https://bao.example.vn/tim"
LEAVING = ["/feed?q=hop", "/export.csv?q=hop", "/export.jsonl?q=hop", "/export.bib?q=hop", "/bai/a0001",
           "/opensearch.xml"]  # fmt: skip


@pytest.mark.parametrize("path", LEAVING)
def test_a_strangers_host_gets_into_nothing(client, path):
    text = client.get(path, headers={"Host": "evil.example"}).text
    assert "evil.example" not in text
    assert "http://127.0.0.1:8017/" in text


def test_a_reader_on_this_machine_or_by_its_number_keeps_their_way(client):
    for host in ("localhost:9000", "192.168.1.5:8017", "[::1]:8017"):
        assert f"http://{host}/bai/" in client.get("/bai/a0001", headers={"Host": host}).text


@pytest.mark.parametrize("path", LEAVING)
def test_the_public_address_stands_in_what_leaves(service, path):
    client = create_app(Settings(public_url=PUBLIC), service).test_client()
    text = client.get(path, headers={"Host": "evil.example"}).text
    assert f"{PUBLIC}/" in text
    assert "evil.example" not in text
    assert "/tim/tim/" not in text


@pytest.mark.parametrize("below", ["", "/tim"])  # whether the proxy takes the prefix off or leaves it
@pytest.mark.parametrize(
    "path", ["/", "/?q=hop", "/bai/a0001?q=hop", "/hop-tac", "/cach-tim", "/api", "/chon/country",
             "/danh-sach?ids=a0001,a0002", "/bao-cao?q=hop", "/nowhere"],
)  # fmt: skip
def test_every_link_of_every_page_stands_below_the_prefix(service, path, below):
    client = create_app(Settings(public_url=PUBLIC), service).test_client()
    text = client.get(f"{below}{path}").text
    links = re.findall(r'(?:href|src|action|formaction|data-help)="(/[^"]*)"', text)
    assert links
    assert [link for link in links if not re.match("/tim(/|$)", link) or link.startswith("/tim/tim")] == []


def test_links_below_a_prefix_lead_somewhere(service):
    client = create_app(Settings(public_url=PUBLIC), service).test_client()
    links = re.findall(r'href="(/[^"]*)"', client.get("/?q=hop+tac").text)
    for link in links[:60]:
        with client.get(link.replace("&amp;", "&")) as answer:
            assert answer.status_code == 200, link


def test_robots_are_told_to_stay_out_unless_the_owner_wants_them(client, service):
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
    invited = create_app(Settings(crawlers=True), service).test_client().get("/robots.txt").text
    assert "Disallow: /\n" not in invited
    assert "Disallow: /export." in invited


def test_others_see_no_path_of_this_machine(client):
    for path in ("/api/articles/a0001", "/export.jsonl?q=hop", "/bai/a0001"):
        text = client.get(path).text
        assert "0001.html" in text
        assert "/kho/bao" not in text
