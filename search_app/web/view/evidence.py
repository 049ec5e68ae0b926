"""Why an article is about a place, in words: what stands in it, how often, where, and what the words beside it say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.models import Evidence, Place
from search_app.web.i18n.language import gettext as _
from search_app.web.i18n.language import lazy

ZONES = {
    "title": lazy("tiêu đề"),
    "lead": lazy("lời dẫn"),
    "body": lazy("thân bài"),
    "low": lazy("chú thích"),
}

# The tagger's rules (indexer.places.rules) that tell a reader something; a plain name needs no word.
RULES = {
    "abroad": lazy("địa phương của nước ấy"),
    "authority": lazy("cơ quan của nơi ấy"),
    "compared": lazy("chỉ để so sánh"),
    "district": lazy("huyện, xã thuộc nơi ấy"),
    "emblem": lazy("tên gắn với nước ấy"),
    "goods": lazy("nơi hàng đi tới"),
    "hospital": lazy("tên bệnh viện"),
    "leader": lazy("người đứng đầu nước ấy"),
    "model": lazy("xuất xứ, công nghệ"),
    "origin": lazy("quê quán, nguồn gốc"),
    "pair": lazy("quan hệ hai nước"),
    "plant": lazy("tên nhà máy, công trình"),
    "plate": lazy("biển số xe"),
    "resident": lazy("nơi ở của một người"),
    "route": lazy("tên tuyến đường"),
    "scene": lazy("nơi việc xảy ra"),
    "school": lazy("tên trường, viện"),
    "successor": lazy("tên tỉnh hiện nay"),
    "thing": lazy("tên cơ sở, hàng hóa"),
    "town": lazy("thành phố thuộc nơi ấy"),
    "travel": lazy("nơi đi, nơi đến"),
    "ward": lazy("phường, xã thuộc nơi ấy"),
}
UNDATED = "undated"
NO_WORDS = lazy("bài không rõ ngày: hiểu theo tên trước khi sáp nhập")
NEW_WORDS = lazy("bài không rõ ngày, nhưng có từ của thời sau sáp nhập")


@dataclass(frozen=True, slots=True)
class Reason:
    """Words that speak for a place: how often, in which parts of the article, and what they are there."""

    text: str
    times: int
    zones: tuple[str, ...]
    notes: tuple[str, ...] = ()


def reasons(place: Place) -> tuple[Reason, ...]:
    """The evidence for a place by its words, the most frequent first; last how an undated story was understood."""
    by_words: dict[str, list[Evidence]] = {}
    for one in place.evidence:
        by_words.setdefault("" if one.rule.startswith(UNDATED) else one.text, []).append(one)
    undated = by_words.pop("", [])
    ordered = sorted(by_words.items(), key=lambda item: -len(item[1]))
    return (*(_reason(text, ones) for text, ones in ordered), *map(_undated, undated[:1]))


def _reason(text: str, ones: list[Evidence]) -> Reason:
    names = dict.fromkeys(name for one in ones for name in one.rule.split(":") if name in RULES)
    return Reason(text, len(ones), _zones(ones), tuple(_(RULES[name]) for name in names))


def _undated(one: Evidence) -> Reason:
    return Reason(one.text, 1, _zones([one]), (_(NEW_WORDS),)) if one.text else Reason("", 1, (), (_(NO_WORDS),))


def _zones(ones: Iterable[Evidence]) -> tuple[str, ...]:
    return tuple(_(ZONES.get(zone, zone)) for zone in dict.fromkeys(one.zone for one in ones))
