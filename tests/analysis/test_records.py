"""From an article to what an engine stores."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit_signs import units

from indexer.analysis.records import analysed, records, zone_texts
from indexer.facets import facets, minute
from indexer.index.forward import CAPITAL, SYLLABLE, syllable_id
from indexer.models import Article, Dating, Place, Published, TaggedArticle
from indexer.tokens import GAP, TokenStreams, Zone
from indexer.vietnamese.text import fold, tokens

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


def test_a_zone_is_its_syllables_with_and_without_accents_and_its_compounds() -> None:
    (record,) = records([TaggedArticle(ARTICLE)])
    assert record.streams[Zone.TITLE] == TokenStreams.of(
        "đà nẵng hợp tác với seoul", "da nang hop tac voi seoul", "đà_nẵng hợp_tác", joint=(0, 2)
    )
    assert record.streams[Zone.LEAD].syllables == "sáng 7 2 hai thành phố ký thoả thuận"


def test_no_phrase_crosses_a_paragraph() -> None:
    (record,) = records([TaggedArticle(ARTICLE)])
    assert record.streams[Zone.BODY] == TokenStreams.of(
        f"giao lưu văn hoá {GAP} hợp tác kinh tế",
        f"giao luu van hoa {GAP} hop tac kinh te",
        "giao_lưu văn_hoá hợp_tác kinh_tế",
        joint=(0, 2, 5, 7),
    )


def test_a_zone_of_signs_alone_is_empty() -> None:
    (record,) = records([TaggedArticle(replace(ARTICLE, body=("***", f"{GAP} - {GAP}")))])
    assert record.streams[Zone.BODY] == TokenStreams()


def test_units_are_the_signs_of_what_stands_together() -> None:
    story = replace(ARTICLE, title="Đà Nẵng hợp tác", lead="với\nHàn Quốc", body=("hợp tác", "***", "kinh tế, kinh tế"))
    for record in records([TaggedArticle(ARTICLE), TaggedArticle(story), TaggedArticle(replace(ARTICLE, body=()))]):
        assert record.units == units(record.streams)


texts = st.text(st.sampled_from("aăÂ bđĐÐ.1%-\n\t\u00a0¶“”:ỉ_İoòaá"), max_size=40)


@given(texts, texts)
def test_streams_and_rows_are_the_tokens_of_the_whole_text(title: str, body: str) -> None:
    ((record, row),) = analysed([TaggedArticle(replace(ARTICLE, title=title, lead="", body=(body,)))])
    found = []
    for zone, text in ((Zone.TITLE, title), (Zone.BODY, body)):
        held = tokens(text)
        stream = record.streams[zone]
        assert [one for one in stream.syllables.split() if one != GAP] == [one.text for one in held]
        assert stream.folded == fold(stream.syllables)
        found += [(one, text) for one in held]
    assert record.units == units(record.streams)
    kept = row[row != 0]
    assert (kept & SYLLABLE).tolist() == [syllable_id(one.text) for one, _ in found]
    assert [bool(one & CAPITAL) for one in kept] == [text[one.start].isupper() for one, text in found]


@given(st.lists(texts, max_size=5))
def test_a_row_is_the_same_whatever_it_is_analysed_with(titles: list[str]) -> None:
    several = [TaggedArticle(replace(ARTICLE, title=title)) for title in titles]
    together = [row.tolist() for _, row in analysed(several)]
    assert together == [analysed([one])[0].row.tolist() for one in several]


def test_the_memo_starts_over_when_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    before = analysed([TaggedArticle(ARTICLE)])[0]
    monkeypatch.setattr("indexer.segment.vocabulary.MAX_CHUNKS", 1)
    monkeypatch.setattr("indexer.analysis.compounds.MOST_COMPOUNDS", 1)
    for _ in range(3):
        after = analysed([TaggedArticle(ARTICLE)])[0]
        assert after.record == before.record
        assert after.row.tolist() == before.row.tolist()


def test_uncertain_lines_are_in_the_lowest_zone_only() -> None:
    assert zone_texts(ARTICLE)[Zone.LOW] == "Lễ ký.\nCó thể bạn quan tâm"


def test_all_text_of_what_may_be_no_story_is_in_the_lowest_zone() -> None:
    texts = zone_texts(replace(ARTICLE, doubt="perhaps no story"))
    assert (texts[Zone.TITLE], texts[Zone.LEAD], texts[Zone.BODY]) == (ARTICLE.title, "", "")
    assert texts[Zone.LOW].split("\n")[:3] == [ARTICLE.lead, *ARTICLE.body]


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
