"""What an article is about, and the evidence for it."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from place_helpers import about, article

from indexer.models import Article
from indexer.places.tagger import MOST_CHARACTERS, Tagger


def test_title_lead_and_body_make_the_place(tagger: Tagger) -> None:
    tagged = tagger.tag(
        article(
            "Nghệ An đón đoàn doanh nghiệp Nhật Bản",
            "Chiều 5/3, lãnh đạo tỉnh Nghệ An tiếp đoàn doanh nghiệp đến từ Nhật Bản.",
            "Hai bên bàn về nông nghiệp sạch.",
            "Phía Nhật Bản muốn trồng thử ở huyện Nghi Lộc.",
            date="2023-03-05",
        )
    )
    assert about(tagged) == (["vn63:40"], ["JP"])


def test_a_country_in_passing_is_mentioned_only(tagger: Tagger) -> None:
    tagged = tagger.tag(
        article(
            "Thanh Hóa họp về trồng rừng",
            "Sáng nay UBND tỉnh Thanh Hóa họp về trồng rừng gỗ lớn.",
            "Các huyện của Thanh Hóa báo cáo diện tích.",
            "Một xã dùng giống keo từng trồng ở Nhật Bản.",
        )
    )
    assert about(tagged) == (["vn63:38"], [])
    assert [(place.id, place.role) for place in tagged.countries] == [("JP", "mentioned")]


def test_origin_of_persons_is_not_the_scene(tagger: Tagger) -> None:
    tagged = tagger.tag(
        article(
            "Bắt nhóm trộm xe máy",
            "Công an tỉnh Đồng Nai vừa bắt nhóm trộm xe máy liên tỉnh.",
            "Nhóm gồm T. (25 tuổi, quê Bến Tre) và H. (27 tuổi, quê Nghệ An).",
            "Công an huyện Trảng Bom thu bảy xe.",
        )
    )
    assert about(tagged)[0] == ["vn63:75"]
    assert {place.id for place in tagged.provinces} == {"vn63:75", "vn63:83", "vn63:40"}


def test_the_capital_as_a_mere_venue(tagger: Tagger) -> None:
    lead = "Hội thảo về an toàn mạng diễn ra tại Hà Nội sáng nay."
    body = ["Các bộ ngành cho ý kiến về dự thảo." + " Nhiều đại biểu góp ý thêm." * 80]
    assert about(tagger.tag(article("Góp ý dự thảo luật", lead, *body)))[0] == []
    local = "Công an quận Hoàng Mai, Hà Nội bắt nghi phạm sáng nay."
    assert about(tagger.tag(article("Bắt nghi phạm cướp giật", local, *body)))[0] == ["vn63:01"]


def test_two_countries_in_a_title(tagger: Tagger) -> None:
    tagged = tagger.tag(
        article("Mỹ - Hàn tập trận chung", "Quân đội Mỹ và Hàn Quốc tập trận.", "Seoul nói sẽ kéo dài.")
    )
    assert sorted(about(tagged)[1]) == ["KR", "US"]


def test_captions_and_uncertain_paragraphs_are_never_read(tagger: Tagger) -> None:
    plain = article("Khởi công trạm bơm", "Trạm bơm mới giúp tưới ba trăm hecta.", "Dân trong xã vui mừng.")
    noisy = article(
        "Khởi công trạm bơm",
        "Trạm bơm mới giúp tưới ba trăm hecta.",
        "Dân trong xã vui mừng.",
        captions=("Lễ khởi công tại Sóc Trăng. Ảnh: Công an tỉnh Sóc Trăng",) * 5,
        uncertain=("Sri Lanka và Cuba ký kết. Sri Lanka mời Cuba.",) * 5,
    )
    assert tagger.tag(noisy).provinces == tagger.tag(plain).provinces == ()
    assert tagger.tag(noisy).countries == ()


def test_what_may_be_no_story_is_about_no_place(tagger: Tagger) -> None:
    made = article("Đắk Lắk – Lào hợp tác", "TP. Buôn Ma Thuột (Đắk Lắk) tiếp đoàn Lào.")
    assert about(tagger.tag(made)) != about(tagger.tag(replace(made, doubt="perhaps no story")))
    assert not any(about(tagger.tag(replace(made, doubt="perhaps no story"))))


def _zone(of: Article, zone: str) -> str:
    return {"title": of.title, "lead": of.lead, "body": "\n".join(of.body)}[zone]


def test_evidence_stands_where_it_says(tagger: Tagger) -> None:
    one = article(
        "Đắk Lắk – Lào hợp tác",
        "TP. Buôn Ma Thuột (Đắk Lắk) tiếp đoàn Lào.",
        "Đoàn từ Viêng Chăn tới.",
        "Ở Đắc Lắc, đoàn thăm vườn cà phê. Phía Lào cảm ơn Thanh Hoá.",
    )
    tagged = tagger.tag(one)
    seen = [evidence for place in (*tagged.provinces, *tagged.countries) for evidence in place.evidence]
    named = [evidence for evidence in seen if evidence.text]
    assert {"Đắk Lắk", "Buôn Ma Thuột", "Đắc Lắc", "Lào", "Viêng Chăn", "Thanh Hoá"} == {e.text for e in named}
    for evidence in named:
        assert _zone(one, evidence.zone)[evidence.start : evidence.end] == evidence.text


def test_scores_are_the_sum_of_the_evidence_and_about_comes_first(tagger: Tagger) -> None:
    tagged = tagger.tag(
        article("Huế mưa to", "Mưa to ở Huế và Quảng Trị.", "Huế ngập. Công an Huế trực. Đà Nẵng tạnh.")
    )
    for place in tagged.provinces:
        assert abs(place.score - sum(evidence.weight for evidence in place.evidence)) < 0.05
    roles = [place.role for place in tagged.provinces]
    assert roles == sorted(roles)


def test_localities_abroad(tagger: Tagger) -> None:
    tagged = tagger.tag(
        article(
            "Tỉnh Sơn La ký kết với tỉnh Hủa Phăn của Lào",
            "Đoàn tỉnh Hủa Phăn, Lào thăm Sơn La.",
            "Chủ tịch tỉnh Houaphan cảm ơn Sơn La. Đoàn về Viêng Chăn hôm sau. CIA không dự.",
        )
    )
    assert [(place.id, place.name, place.count) for place in tagged.localities] == [
        ("LA/hua-phan", "Hủa Phăn", 3),
        ("LA/vieng-chan", "Viêng Chăn", 1),
    ]


def test_an_empty_article(tagger: Tagger) -> None:
    tagged = tagger.tag(article())
    assert (tagged.provinces, tagged.countries) == ((), ())


def test_of_a_book_only_the_beginning_is_read(tagger: Tagger) -> None:
    paragraphs = ["Ở Hà Nội, Mỹ và Hàn Quốc họp. " * 100] * 200
    tagged = tagger.tag(article("Hà Nội", "", *paragraphs, "Tại Paris, Pháp tiếp đoàn Pháp."))
    assert {place.id for place in tagged.countries} == {"US", "KR"}
    last = max(evidence.end for place in tagged.provinces for evidence in place.evidence)
    assert MOST_CHARACTERS - 100 < last <= MOST_CHARACTERS


WORDS = st.sampled_from(
    [
        "Hà Nội",
        "TP.",
        "HCM",
        "(",
        ")",
        ",",
        ".",
        "\n",
        "Mỹ",
        "Anh",
        "- Triều",
        "huyện",
        "tỉnh",
        "Thanh Hóa",
        "Hòa",
        "quê",
        "Q. 7",
        "Paris",
        "–",
        "“",
        "Trung Quốc",
        "cũ",
        "2025",
        "Ð",
    ]
)


@given(st.lists(st.one_of(WORDS, st.text(max_size=5)), max_size=40))
def test_whatever_is_written_gets_an_answer(tagger: Tagger, words: list[str]) -> None:
    text = unicodedata.normalize("NFC", " ".join(words))
    half = len(text) // 2
    one = article(text[:half], text[half:], text, text)
    tagged = tagger.tag(one)
    for place in (*tagged.provinces, *tagged.countries):
        for evidence in place.evidence:
            assert not evidence.text or len(_zone(one, evidence.zone)[evidence.start : evidence.end]) == len(
                evidence.text
            )


@pytest.mark.parametrize("name", ["T-90", "S -400", "Su-57", "F16"])
def test_a_weapon_bears_the_name_of_its_country(tagger: Tagger, name: str) -> None:
    tagged = tagger.tag(article(f"{name} Nga tới Syria", "", "Syria nhận vũ khí. Lô hàng tới Syria hôm qua."))
    assert sorted(about(tagged)[1]) == ["RU", "SY"]


def test_a_name_with_a_number_is_no_weapon(tagger: Tagger) -> None:
    tagged = tagger.tag(article("Lớp 12A Anh đi học", "", "Năm 2018 Nga học lớp 12 Anh. Từ 5-6 Đức nghỉ hè."))
    assert about(tagged)[1] == []


def test_in_news_from_abroad_one_weak_word_makes_a_doubtful_name_a_country(tagger: Tagger) -> None:
    title, body = "Điều tra Nga can thiệp bầu cử Mỹ", ("Quốc hội Mỹ nghe báo cáo về vai trò của Nga.",)
    assert sorted(about(tagger.tag(article(title, "", *body)))[1]) == ["RU", "US"]
    at_home = (*body, "Chị Nga ở Hà Nội xem tin này. Sở Công Thương Hà Nội không bình luận.")
    assert "RU" not in about(tagger.tag(article(title, "", *at_home)))[1]


def test_a_leader_in_the_title_speaks_for_a_country_that_the_story_names(tagger: Tagger) -> None:
    lead = "Ông Putin và Tổng thống Mỹ gặp nhau. Mỹ đề xuất cuộc gặp."
    title = "Tổng thống Putin gặp người đứng đầu Nhà Trắng"
    tagged = tagger.tag(
        article(title, lead, "Ông Putin tới sớm. Điện Kremlin của Nga xác nhận; tổng thống Nga vui vẻ.")
    )
    assert sorted(about(tagged)[1]) == ["RU", "US"]
