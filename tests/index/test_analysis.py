"""From an article to what an engine stores."""

from indexer.analysis import records, zone_texts
from indexer.facets import facets, minute
from indexer.models import Article, Dating, Place, Published, TaggedArticle, Zone

ARTICLE = Article(
    id="a",
    source="/a.html",
    url=None,
    site="bao.example",
    title="Đà Nẵng hợp tác với Seoul",
    lead="Sáng 7/2, hai thành phố ký thoả thuận.",
    body=("Giao lưu văn hóa.", "Hợp tác kinh tế."),
    dating=Dating(Published("2023-02", "month"), "meta", "2023-02"),
    captions=("Lễ ký.",),
    uncertain=("Có thể bạn quan tâm",),
)
PLACES = (
    Place("vn63:30", "Hải Dương", "about", 9.0, (), "vn34:31", "Hải Phòng"),
    Place("vn63:01", "Hà Nội", "mentioned", 1.0, (), "vn34:01", "Hà Nội"),
)


def test_each_token_points_to_where_it_stands() -> None:
    (record,) = records([TaggedArticle(ARTICLE)])
    for zone, text in zone_texts(ARTICLE).items():
        stream = record.streams[zone]
        assert len({len(part) for part in (stream.syllables, stream.folded, stream.positions, stream.offsets)}) == 1
        for syllable, (start, end) in zip(stream.syllables, stream.offsets, strict=True):
            assert syllable[0] in (text[start].lower(), "đ")
            assert len(syllable) == end - start
    title = record.streams[Zone.TITLE]
    assert title.syllables == ("đà", "nẵng", "hợp", "tác", "với", "seoul")
    assert title.folded == ("da", "nang", "hop", "tac", "voi", "seoul")


def test_no_phrase_crosses_a_paragraph() -> None:
    (record,) = records([TaggedArticle(ARTICLE)])
    body = record.streams[Zone.BODY]
    assert body.syllables == ("giao", "lưu", "văn", "hoá", "hợp", "tác", "kinh", "tế")
    assert body.positions == (0, 1, 2, 3, 5, 6, 7, 8)
    assert body.words == ((0, "giao_lưu"), (2, "văn_hoá"), (5, "hợp_tác"), (7, "kinh_tế"))


def test_uncertain_lines_are_in_the_lowest_zone_only() -> None:
    assert zone_texts(ARTICLE)[Zone.LOW] == "Lễ ký.\nCó thể bạn quan tâm"


def test_facets_hold_what_the_story_is_about_under_its_old_and_its_new_name() -> None:
    made = facets(TaggedArticle(ARTICLE, PLACES, (Place("KR", "Hàn Quốc", "about", 3.0),)))
    assert made == {
        "province": ("vn34:31", "vn63:30"),
        "country": ("KR",),
        "year": ("2023", "2023-02"),
        "site": ("bao.example",),
    }


def test_dates_are_numbers_as_precise_as_the_page() -> None:
    assert minute(None) == 0
    assert minute(Published("2023", "year")) == 202300000000
    assert minute(Published("2023-02-08", "day")) == 202302080000
    assert minute(Published("2023-02-08T09:58+07:00", "minute")) == 202302080958
