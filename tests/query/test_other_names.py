"""Countries by their English names."""

import pytest

from search_app.query.other_names import country_called


@pytest.mark.parametrize(
    ("name", "code"),
    [("Korea", "KR"), ("Germany", "DE"), ("germany", "DE"), ("United Kingdom", "GB"), ("UK", "GB"), ("USA", "US"),
     ("Czech-Republic", "CZ"), ("Czechia", "CZ"), ("Japan", "JP"), ("north korea", "KP"), ("Laos", "LA")],
)  # fmt: skip
def test_english_names(name, code):
    assert country_called(name) == (code,)


@pytest.mark.parametrize(
    ("name", "code"),
    [("Cao Miên", "KH"), ("cao mien", "KH"), ("Úc Đại Lợi", "AU"), ("Hung-ga-ri", "HU"), ("Ai Lao", "LA"),
     ("KOR", "KR"), ("DEU", "DE")],
)  # fmt: skip
def test_old_names_and_codes(name, code):
    assert country_called(name) == (code,)


@pytest.mark.parametrize("name", ["", "Atlantis", "Thanh Hóa", "korean", "kor", "hoa lan", "XYZ"])
def test_what_is_no_country(name):
    assert country_called(name) == ()
