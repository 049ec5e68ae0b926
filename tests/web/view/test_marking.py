"""An article is marked in one go and comes back in its parts."""

from dataclasses import replace

from web_service import WatchedService, stories

from search_app.answers import Piece
from search_app.web.view.marking import BREAK, marked_article

ARTICLE = replace(
    stories()[0].article,
    title="Hợp tác",
    lead="",
    body=("một hợp", "tác hai", f"ba{BREAK}bốn", ""),
    captions=("ảnh",),
    uncertain=(),
)


class Greedy(WatchedService):
    """Marks everything as one piece, across whatever stands between."""

    calls = 0

    def mark(self, text, query):
        self.calls += 1
        return (Piece(text, True),)


def texts(group) -> list[str]:
    return ["".join(piece.text for piece in pieces) for pieces in group]


def test_the_parts_come_back_as_they_were():
    for service in (WatchedService(), Greedy()):
        marked = marked_article(service, ARTICLE, "hợp tác")
        assert texts([marked.title, marked.lead]) == ["Hợp tác", ""]
        assert texts(marked.body) == ["một hợp", "tác hai", "ba bốn", ""]
        assert texts(marked.captions) == ["ảnh"]
        assert marked.uncertain == ()


def test_a_mark_ends_with_its_part():
    assert marked_article(Greedy(), ARTICLE, "x").body[0] == (Piece("một hợp", True),)


def test_the_query_is_read_once_and_not_at_all_without_one():
    service = Greedy()
    marked_article(service, ARTICLE, "x")
    assert service.calls == 1
    assert marked_article(service, ARTICLE, "").title == (Piece("Hợp tác"),)
    assert service.calls == 1
