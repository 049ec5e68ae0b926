"""A request from what people type."""

from typing import Any

import pytest

from indexer.places.gazetteer import Gazetteer
from search_app.answers import MAX_LIMIT, MAX_OFFSET, Facet, SearchRequest
from search_app.messages import Say, UnknownValue
from search_app.query.facet_names import FacetNames
from search_app.typed_requests import request_of


@pytest.fixture(scope="module")
def names() -> FacetNames:
    return FacetNames(Gazetteer.load())


def test_nothing_typed_asks_for_everything(names: FacetNames) -> None:
    assert request_of(names) == SearchRequest()


def test_places_are_known_by_their_names_and_excluded_behind_a_dash(names: FacetNames) -> None:
    made = request_of(names, provinces=["Thanh Hoá"], countries=["-han-quoc"], years=["2023", "-2021", "2023"])
    assert (made.provinces, made.countries, made.years) == (("vn34:38",), (), ("2023",))
    assert set(made.excluded) == {(Facet.COUNTRY, "KR"), (Facet.YEAR, "2021")}


def test_numbers_are_brought_within_bounds(names: FacetNames) -> None:
    made = request_of(names, offset=-5, limit=10**9)
    assert (made.offset, made.limit) == (0, MAX_LIMIT)
    assert request_of(names, offset=10**9).offset == MAX_OFFSET


@pytest.mark.parametrize(
    ("asked", "say"),
    [
        ({"provinces": ["Atlantis"]}, Say.UNKNOWN_PROVINCE),
        ({"countries": ["Atlantis"]}, Say.UNKNOWN_COUNTRY),
        ({"since": "mai"}, Say.NOT_A_DATE),
        ({"years": ["20x3"]}, Say.NOT_A_YEAR),
        ({"sort": "best"}, Say.UNKNOWN_SORT),
        ({"match": "exactly"}, Say.UNKNOWN_MATCH),
    ],
)
def test_a_filter_that_names_nothing_is_an_error(names: FacetNames, asked: dict[str, Any], say: Say) -> None:
    with pytest.raises(UnknownValue) as caught:
        request_of(names, **asked)
    assert caught.value.message.say == say
