"""All spellings of an abbreviation find each other, in a story as in a query."""

import pytest
from web_service import GAZETTEER, index_of, tagged

from search_app.service import SearchService

ONE_THING = (
    ("TPHCM", "TP.HCM", "TP. HCM", "TP. Hồ Chí Minh", "thành phố Hồ Chí Minh", "thành phố HCM"),
    ("HĐND", "Hội đồng nhân dân", "Hội đồng Nhân dân"),
    ("VHTTDL", "VH-TT&DL", "VHTT&DL", "VH,TT&DL", "Văn hóa, Thể thao và Du lịch"),
    ("GDĐT", "GD&ĐT", "GD-ĐT", "GD và ĐT", "Giáo dục và Đào tạo"),
    ("NNPTNT", "NN&PTNT", "NN-PTNT", "Nông nghiệp và Phát triển nông thôn"),
    ("TP Huế", "TP. Huế", "thành phố Huế"),
    ("1.250", "1250", "1,250"),
    ("quý khách", "quí khách"),
    ("Bắc Kạn", "Bắc Cạn"),
)


@pytest.fixture(scope="module")
def service():
    """A story for each spelling, and one of something else."""
    spellings = [*(spelling for thing in ONE_THING for spelling in thing), "xuất khẩu lao động", "chợ nổi"]
    return SearchService(
        index_of(
            tagged(number, f"Tin {number}", "", "", "", None, "a.example", body=(f"Lãnh đạo {spelling} đến dự.",))
            for number, spelling in enumerate(spellings)
        ),
        GAZETTEER,
    )


@pytest.mark.parametrize(("typed", "count"), [(typed, len(thing)) for thing in ONE_THING for typed in thing])
def test_each_finds_all(service, typed, count):
    assert service.search(service.request(text=typed)).total == count


@pytest.mark.parametrize(("typed", "count"), [(typed, len(thing)) for thing in ONE_THING for typed in thing])
def test_each_finds_all_beside_another_word_in_one_paragraph(service, typed, count):
    answer = service.search(service.request(text=f"{typed} lãnh đạo"))
    assert (answer.match, answer.total) == ("near", count)


def test_an_old_spelling_is_known_without_accents(service):
    assert service.search(service.request(text="bac can")).understood == "bac_can"


def test_an_abbreviation_of_offices_finds_its_words_but_they_not_it(service):
    assert service.search(service.request(text="XKLĐ")).total == 1
    assert service.search(service.request(text="xuất khẩu lao động")).total == 1


def test_a_year_is_no_number_with_a_point(service):
    assert service.search(service.request(text="2.023")).total == 0
