"""Before, on and after 1 July 2025: which geography a story's names are read in."""

import pytest
from place_helpers import about, article

from indexer.models import Place
from indexer.places.tagger import Tagger


def provinces(tagger: Tagger, title: str, *body: str, date: str | None = None) -> list[str]:
    return about(tagger.tag(article(title, "", *body, date=date)))[0]


@pytest.mark.parametrize(
    ("date", "id_"),
    [
        ("2019-04-30", "vn63:31"),
        ("2025-06-30T23:59+07:00", "vn63:31"),
        ("2025-07-01", "vn34:31"),
        ("2025-06", "vn63:31"),
        ("2025-07", "vn34:31"),
        ("2024", "vn63:31"),
        ("2026", "vn34:31"),
        ("2025", "vn63:31"),  # either: as the words suggest
        (None, "vn63:31"),
    ],
)
def test_a_name_that_lives_on_is_that_of_its_day(tagger: Tagger, date: str | None, id_: str) -> None:
    assert provinces(tagger, "Hải Phòng mở thêm tuyến xe buýt", "Sở Xây dựng Hải Phòng cho biết.", date=date) == [id_]


@pytest.mark.parametrize("date", ["2019-04-30", "2026-01-15", None])
def test_a_merged_province_keeps_its_id_and_names_its_successor(tagger: Tagger, date: str | None) -> None:
    tagged = tagger.tag(article("Hải Dương được mùa vải", "", "Nông dân Hải Dương phấn khởi.", date=date))
    place = tagged.provinces[0]
    assert (place.id, place.name, place.now_id, place.now_name) == ("vn63:30", "Hải Dương", "vn34:31", "Hải Phòng")


def test_today_s_province_is_its_own_successor(tagger: Tagger) -> None:
    place = tagger.tag(article("Cà Mau trồng lại rừng", "", "Tỉnh Cà Mau họp.", date="2026-03-02")).provinces[0]
    assert (place.id, place.now_id) == ("vn34:96", "vn34:96")


def test_hue_changes_its_name(tagger: Tagger) -> None:
    before = tagger.tag(article("Huế đón khách", "", "Du khách tới Huế.", date="2023-05-01")).provinces[0]
    after = tagger.tag(article("Huế đón khách", "", "Du khách tới Huế.", date="2025-09-01")).provinces[0]
    assert (before.id, before.name, before.now_name) == ("vn63:46", "Thừa Thiên Huế", "Huế")
    assert (after.id, after.name) == ("vn34:46", "Huế")


@pytest.mark.parametrize(
    "words",
    [
        "Xã vận hành chính quyền địa phương hai cấp.",
        "Sau khi sáp nhập tỉnh, trụ sở dời về trung tâm.",
        "Quy định có hiệu lực từ 1/7/2025.",
        "Sáng 12/3/2026, thành phố khởi công.",
        "Địa bàn tỉnh Hải Dương cũ có thêm ba cầu.",
        "Phía Hải Dương (cũ) có thêm ba cầu.",
        "Phía Hoà Bình trước đây có thêm ba cầu.",
    ],
)
def test_undated_with_words_of_today(tagger: Tagger, words: str) -> None:
    tagged = tagger.tag(article("Hải Phòng mở thêm tuyến xe buýt", "", "Sở Xây dựng Hải Phòng cho biết.", words))
    place = next(place for place in tagged.provinces if place.role == "about")
    assert place.id == "vn34:31"
    last = place.evidence[-1]
    assert last.rule.startswith("undated: words")
    assert "\n".join(tagged.article.body)[last.start : last.end] == last.text != ""


@pytest.mark.parametrize("words", ["Dự án xong năm 2027.", "Hiệp định xuyên Thái Bình Dương trước đây đã ký."])
def test_undated_with_words_of_any_time(tagger: Tagger, words: str) -> None:
    assert provinces(tagger, "Hải Phòng mở cảng", "Sở Xây dựng Hải Phòng cho biết.", words) == ["vn63:31"]


def test_undated_is_marked_so(tagger: Tagger) -> None:
    def marks(place: Place) -> list[str]:
        return [evidence.rule for evidence in place.evidence if evidence.rule.startswith("undated")]

    undated = tagger.tag(article("Cần Thơ làm kè", "", "TP Cần Thơ làm kè chống sạt lở."))
    dated = tagger.tag(article("Cần Thơ làm kè", "", "TP Cần Thơ làm kè chống sạt lở.", date="2021-02-03"))
    assert marks(undated.provinces[0]) == ["undated: taken as before the merger"]
    assert marks(dated.provinces[0]) == []


def test_both_parts_of_a_merged_province_in_one_late_story(tagger: Tagger) -> None:
    title, lead = (
        "Hải Phòng nối cầu sang Hải Dương",
        "Cầu nối trung tâm Hải Phòng với địa bàn tỉnh Hải Dương trước đây.",
    )
    tagged = tagger.tag(article(title, lead, "Hải Phòng chi vốn.", date="2025-12-01"))
    assert sorted(about(tagged)[0]) == ["vn34:31", "vn63:30"]


def test_old_province_names_are_names_of_wards_now(tagger: Tagger) -> None:
    body = "Cháy lớn ở phường Phú Thọ, TP.HCM rạng sáng nay. Công an TP.HCM đang điều tra."
    for date in ("2025-10-10", None):
        tagged = tagger.tag(article("Cháy lớn ở phường Phú Thọ", "", body, date=date))
        assert "vn63:25" not in {place.id for place in tagged.provinces}
        assert {place.now_id for place in tagged.provinces} == {"vn34:79"}


def test_a_ward_of_today_speaks_for_its_province(tagger: Tagger) -> None:
    body = "Người dân phường Thủ Dầu Một trồng thêm cây.", "Phường Thủ Dầu Một phát cây giống."
    assert provinces(tagger, "Phường Thủ Dầu Một xanh hơn", *body, date="2025-11-11") == ["vn34:79"]
    assert provinces(tagger, "Phường Thủ Dầu Một xanh hơn", *body, date="2020-11-11") == []


def test_a_town_of_a_merged_province(tagger: Tagger) -> None:
    body = "Hội An cấm xe vào phố cổ buổi tối.", "Khách ở Hội An đi bộ."
    assert provinces(tagger, "Hội An cấm xe", *body, date="2019-01-01") == ["vn63:49"]
    assert provinces(tagger, "Hội An cấm xe", *body, date="2026-01-01") == ["vn34:48"]
    named = (*body, "Trước đây tỉnh Quảng Nam cũng từng cấm.")
    assert provinces(tagger, "Hội An cấm xe", *named, date="2026-01-01") == ["vn63:49"]
