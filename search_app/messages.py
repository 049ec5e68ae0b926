"""What the search side says to a reader, in both languages: Vietnamese for the pages, English for the command line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from indexer.errors import QueryError

Language = Literal["vi", "en"]


class Say(StrEnum):
    """A thing to say; its sentences are in :data:`SENTENCES`."""

    UNKNOWN_PROVINCE = "unknown_province"
    UNKNOWN_COUNTRY = "unknown_country"
    UNKNOWN_SITE = "unknown_site"
    NOT_A_DATE = "not_a_date"
    BACKWARDS = "backwards"
    NOT_A_YEAR = "not_a_year"
    UNKNOWN_SORT = "unknown_sort"
    UNKNOWN_MATCH = "unknown_match"
    OPEN_BRACKET = "open_bracket"
    OPEN_QUOTE = "open_quote"
    STAR_INSIDE = "star_inside"
    TOO_LONG = "too_long"
    TOO_MANY_WORDS = "too_many_words"
    TOO_DEEP = "too_deep"
    NOTHING_TO_FIND = "nothing_to_find"
    ONLY_EXCLUDED = "only_excluded"
    TOO_MANY_BEGINNINGS = "too_many_beginnings"
    FACETS_CUT = "facets_cut"
    ORDER_CUT = "order_cut"
    SNIPPETS_CUT = "snippets_cut"
    PART_OUT_OF_REACH = "part_out_of_reach"
    CAPPED = "capped"


SENTENCES: dict[Say, tuple[str, str]] = {
    Say.UNKNOWN_PROVINCE: ("Không biết tỉnh, thành nào tên “{value}”.", "no province is called {value!r}"),
    Say.UNKNOWN_COUNTRY: ("Không biết nước nào tên “{value}”.", "no country is called {value!r}"),
    Say.UNKNOWN_SITE: ("Không có báo nào ở địa chỉ “{value}”.", "no newspaper is at {value!r}"),
    Say.NOT_A_DATE: (
        "“{value}” không phải ngày: viết 2023, 2/2023, 28/02/2023 hoặc quý 1/2023.",
        "{value!r} is no date: write 2023, 2023-02, 2023-02-08 or 2023-Q1",
    ),
    Say.BACKWARDS: (
        "Ngày đầu đứng sau ngày cuối: {value}.",
        "the first day comes after the last: {value}",
    ),
    Say.NOT_A_YEAR: ("“{value}” không phải năm.", "{value!r} is no year"),
    Say.UNKNOWN_SORT: ("Không biết cách xếp “{value}”.", "{value!r} is no order: relevance, newest or oldest"),
    Say.UNKNOWN_MATCH: (
        "Không biết cách tìm “{value}”: near, all hoặc some.",
        "{value!r} is no reach: near, all or some",
    ),
    Say.OPEN_BRACKET: (
        "Có ngoặc mở mà không đóng: coi như đóng ở cuối câu hỏi.",
        "a bracket is not closed: it is taken to close at the end",
    ),
    Say.OPEN_QUOTE: (
        "Có dấu nháy mở mà không đóng: coi như đóng ở cuối câu hỏi.",
        "a quotation mark is not closed: it is taken to close at the end",
    ),
    Say.STAR_INSIDE: (
        "Dấu * chỉ dùng ở cuối chữ (hợp*): “{value}” được tìm như không có dấu ấy.",
        "a star stands for letters at the end of a word only (hợp*): {value!r} is looked for without it",
    ),
    Say.TOO_LONG: (
        "Câu hỏi quá dài: chỉ đọc {value} ký tự đầu.",
        "the query is too long: read up to character {value}",
    ),
    Say.TOO_MANY_WORDS: (
        "Câu hỏi quá dài: chỉ dùng {value} tiếng đầu.",
        "the query is too long: only its first {value} syllables are used",
    ),
    Say.TOO_DEEP: ("Câu hỏi lồng quá nhiều tầng: đã bỏ bớt.", "the query is nested too deep: some of it was dropped"),
    Say.NOTHING_TO_FIND: (
        "Câu hỏi không có chữ nào để tìm: đây là tất cả các bài.",
        "the query holds no word to look for: these are all articles",
    ),
    Say.ONLY_EXCLUDED: (
        "Câu hỏi chỉ có phần loại trừ: đây là mọi bài còn lại.",
        "the query only excludes: these are all other articles",
    ),
    Say.TOO_MANY_BEGINNINGS: (
        "Câu hỏi có quá nhiều chữ viết dở (chữ*): chỉ dùng {value} chữ đầu.",
        "the query has too many beginnings of words (word*): only the first {value} are used",
    ),
    Say.FACETS_CUT: (
        "Câu hỏi này tìm quá lâu: số bài theo nơi, năm và báo chưa được đếm.",
        "the query took too long: articles were not counted by place, year and newspaper",
    ),
    Say.ORDER_CUT: (
        "Câu hỏi này tìm quá lâu: thứ tự các bài chỉ là tạm.",
        "the query took too long: the order of the articles is a rough one",
    ),
    Say.SNIPPETS_CUT: (
        "Câu hỏi này tìm quá lâu: một số đoạn trích chỉ là phần đầu của bài.",
        "the query took too long: some passages are only the beginnings of their articles",
    ),
    Say.PART_OUT_OF_REACH: (
        "Một phần kho tin tạm thời không tìm được; số kết quả có thể thiếu.",
        "a part of the archive cannot be searched now; there may be more results",
    ),
    Say.CAPPED: (
        "Rất nhiều bài khớp: chỉ đếm và xếp trong những bài mới nhất.",
        "very many articles match: only the newest of them were counted and put in order",
    ),
}

UNKNOWN = {"province": Say.UNKNOWN_PROVINCE, "country": Say.UNKNOWN_COUNTRY, "site": Say.UNKNOWN_SITE}
"""What to say of a name that is none, by the facet that was asked for."""

LONGEST_VALUE = 60
"""Characters of what was typed that a message repeats."""


@dataclass(frozen=True, slots=True)
class Message:
    """Something to say to the reader about what was typed (``value``)."""

    say: Say
    value: str = ""

    def text(self, language: Language = "vi") -> str:
        """The sentence in one language."""
        value = self.value if len(self.value) <= LONGEST_VALUE else self.value[: LONGEST_VALUE - 1] + "…"
        return SENTENCES[self.say][language == "en"].format(value=value)


class UnknownValue(QueryError):
    """A filter value that names nothing. ``message`` says which, in either language."""

    def __init__(self, say: Say, value: str) -> None:
        self.message = Message(say, value)
        super().__init__(self.message.text("en"), value)
