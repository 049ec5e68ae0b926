"""Place cards: words that were places become filters, and come back."""

from urllib.parse import parse_qs, urlsplit

from search_app.web.params import Params


def words(tag):
    return " ".join(tag.get_text().split())


def cards(tree):
    return {words(a).split(" (")[0]: a for a in tree.select(".cards.offered a")}


def asked(link):
    return parse_qs(urlsplit(link).query)


def test_places_of_a_query_are_offered_with_what_their_click_finds(soup):
    offered = cards(soup("/?q=hải+phòng+hàn+quốc"))
    assert list(offered) == ["Hải Phòng", "Hàn Quốc", "cả hai"]
    for link in offered.values():
        count = words(link).split("(")[1].split()[0]
        assert words(soup(link["href"]).select_one("[role=status] strong")) == f"{count} bài"


def test_the_words_leave_the_query_and_come_back_when_the_filter_is_released(soup):
    both = cards(soup("/?q=hợp+tác+hải+phòng+hàn+quốc"))["cả hai"]["href"]
    assert asked(both)["q"] == ["hợp tác"]
    tree = soup(both)
    assert not cards(tree)
    released = {words(a).removeprefix("Bỏ lọc "): a["href"] for a in tree.select(".chips a")}
    without_korea = asked(released["Hàn Quốc"])
    assert without_korea["q"] == ["hợp tác hàn quốc"]
    assert without_korea["province"] == ["vn34:31"]
    assert asked(released["Bỏ tất cả"]) == {"q": ["hợp tác hải phòng hàn quốc"]}


def test_one_card_takes_all_words_that_were_places_with_it(soup):
    link = cards(soup("/?q=hải+phòng+hàn+quốc"))["Hàn Quốc"]["href"]
    assert "q" not in asked(link)
    (released,) = soup(link).select(".chips a")
    assert asked(released["href"]) == {"q": ["hải phòng hàn quốc"]}


def test_a_place_that_narrows_already_is_not_offered(soup):
    assert list(cards(soup("/?q=hàn+quốc+hải+phòng&country=KR"))) == ["Hải Phòng"]


def test_what_the_address_says_of_words_is_harmless(client):
    made = Params(q="a", country=("KR",), words=(("KR", "<b>hàn quốc"),))
    assert client.get(made.on("/")).status_code == 200
    assert client.get("/?words=x&words=~&words=KR~" + "y" * 999).status_code == 200
    assert made.toggled("country", "KR") == Params(q="a <b>hàn quốc")
