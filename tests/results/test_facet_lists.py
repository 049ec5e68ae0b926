"""The facets of an answer as lists."""

from indexer.places.gazetteer import Gazetteer
from search_app.answers import Facet, SearchRequest
from search_app.results.facet_lists import facet_lists


def test_every_facet_is_there_and_what_is_chosen_stays_in_sight() -> None:
    counts = {"country": {"KR": 2, "KR/seongnam": 1}, "year": {"2023": 1, "2023-02": 1}}
    lists = facet_lists(Gazetteer.load(), counts, SearchRequest(sites=("bao.example",), provinces=("vn34:38",)))
    assert set(lists) == set(Facet)
    assert [(one.id, one.count, one.selected) for one in lists[Facet.SITE]] == [("bao.example", 0, True)]
    assert [(one.id, one.count, one.selected) for one in lists[Facet.PROVINCE]] == [("vn34:38", 0, True)]
    (korea,) = lists[Facet.COUNTRY]
    assert (korea.count, [part.id for part in korea.parts]) == (2, ["KR/seongnam"])
    assert [part.id for part in lists[Facet.YEAR][0].parts] == ["2023-02"]
