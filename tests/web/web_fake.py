"""A small, honest service over a few invented articles: the web's tests need answers, not an engine.

It finds an article that has all the words (or, relaxed, any), accents ignored, and counts facets as the real one does:
each facet ignores its own filter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from indexer.models import Article, Dating, Evidence, Place, Published, TaggedArticle
from indexer.places.gazetteer import Gazetteer
from indexer.vietnamese.text import fold
from search_app.answers import MAX_QUERY, Facet, FacetValue, Hit, Piece, SearchAnswer, SearchRequest
from search_app.messages import Message, Say, UnknownValue
from search_app.query.place_names import NamedPlace, places_named
from search_app.results.cooperation import Matrix, cooperation_among
from search_app.results.facet_values import site_values, year_values
from search_app.suggest.related import Around, KeyTerm
from search_app.suggest.suggestions import Completion

OLD = {
    "vn63:38": ("Thanh Hóa", "vn34:38", "Thanh Hóa"),
    "vn63:30": ("Hải Dương", "vn34:31", "Hải Phòng"),
    "vn63:31": ("Hải Phòng", "vn34:31", "Hải Phòng"),
    "vn63:01": ("Hà Nội", "vn34:01", "Hà Nội"),
    "vn63:19": ("Thái Nguyên", "vn34:19", "Thái Nguyên"),
    "vn63:06": ("Bắc Kạn", "vn34:19", "Thái Nguyên"),
    "vn63:24": ("Bắc Giang", "vn34:24", "Bắc Ninh"),
    "vn63:46": ("Thừa Thiên Huế", "vn34:46", "Huế"),
    "vn63:49": ("Quảng Nam", "vn34:48", "Đà Nẵng"),
    "vn63:48": ("Đà Nẵng", "vn34:48", "Đà Nẵng"),
    "vn63:74": ("Bình Dương", "vn34:79", "Hồ Chí Minh"),
    "vn63:79": ("Hồ Chí Minh", "vn34:79", "Hồ Chí Minh"),
    "vn63:92": ("Cần Thơ", "vn34:92", "Cần Thơ"),
    "vn63:22": ("Quảng Ninh", "vn34:22", "Quảng Ninh"),
    "vn63:10": ("Lào Cai", "vn34:15", "Lào Cai"),
    "vn63:40": ("Nghệ An", "vn34:40", "Nghệ An"),
    "vn63:89": ("An Giang", "vn34:91", "An Giang"),
}
LANDS = {
    "KR": "Hàn Quốc", "JP": "Nhật Bản", "LA": "Lào", "CN": "Trung Quốc", "DE": "Đức", "FR": "Pháp", "CU": "Cu-ba",
    "KH": "Campuchia", "US": "Hoa Kỳ", "RU": "Nga",
}  # fmt: skip
YEARS = [str(n) for n in range(1990, 2031)]
TIMES = {v: v for v in ("none", *YEARS, *(f"{y}-{m:02}" for y in YEARS for m in range(1, 13)))}
NOW = {now: name for _, now, name in OLD.values()}


def province(code: str, *words: str) -> Place:
    name, now_id, now_name = OLD[code]
    return Place(code, name, "about", 5.0, evidence(name, words), now_id, now_name)


def country(code: str, *words: str) -> Place:
    return Place(code, LANDS[code], "about", 4.0, evidence(LANDS[code], words))


def evidence(name: str, words: Iterable[str]) -> tuple[Evidence, ...]:
    said = (name, name, *words)
    zones = ("title", "body", "lead", "body")
    return tuple(Evidence(zone, 0, len(t), t, 1.0, "name") for t, zone in zip(said, zones, strict=False))


def tagged(
    number: int, title: str, lead: str, provinces: str, countries: str, published: str | None, site: str, **more: object
) -> TaggedArticle:
    precision = {4: "year", 7: "month", 10: "day"}.get(len(published or ""), "minute")
    dating = (
        Dating(Published(published, precision), "line", f"ngày đăng ghi trên trang: {published}")  # type: ignore[arg-type]
        if published
        else Dating(None, "none", "trang không ghi ngày đăng", hint="10/8" if number % 2 else None)
    )
    article = Article(
        id=f"a{number:04}",
        source=f"/kho/bao/{number:04}.html",
        url=f"https://www.{site}/tin/{number}.html",
        site=site,
        title=title,
        lead=lead,
        body=BODY,
        dating=dating,
        captions=("Quang cảnh buổi làm việc giữa hai đoàn tại hội trường Ủy ban nhân dân.",),
        uncertain=("Xem thêm các tin khác trong chuyên mục Đối ngoại.",) if number % 3 == 0 else (),
        byline="Minh Thư",
    )
    return TaggedArticle(
        replace(article, **more),
        tuple(province(p) for p in provinces.split()),
        tuple(country(c, "đoàn đại biểu") for c in countries.split()),
    )


BODY = (
    "Sáng nay, tại hội trường Ủy ban nhân dân tỉnh, lãnh đạo hai bên đã rà soát những việc đã làm được trong ba năm "
    "qua và thống nhất chương trình cho giai đoạn tới, trọng tâm là đào tạo nghề và trao đổi học sinh.",
    "Theo bà Nguyễn Thị Ngữ, Giám đốc Sở Ngoại vụ, mỗi năm có khoảng 1.250 lao động của tỉnh sang làm việc theo thỏa "
    "thuận này; phần lớn trở về với tay nghề khá và mở xưởng ngay tại quê nhà.",
    "Trưởng đoàn khách cho biết thành phố của ông muốn mở rộng hợp tác sang lĩnh vực quản lý nước và cây xanh đô thị. "
    "“Chúng tôi học được nhiều điều từ cách người dân ở đây giữ gìn con kênh trước cửa nhà mình,” ông nói.",
    "Hai bên dự kiến gặp lại vào mùa thu, khi lễ hội trái cây diễn ra, để ký biên bản ghi nhớ và khai trương phòng đọc "
    "chung của thư viện hai địa phương.",
)

_STORIES = (
    ("Thanh Hóa và thành phố Seongnam bàn hợp tác đào tạo nghề cho lao động trẻ", "vn63:38", "KR", "2023-03-02T21:15"),
    ("Hải Dương tiếp đoàn đại biểu Suwon: hai mươi năm kết nghĩa", "vn63:30", "KR", "2023-02-08T09:58+07:00"),
    ("Lớp học tiếng Lào miễn phí giữa lòng xứ Nghệ", "vn63:40", "LA", "2024-09-12"),
    ("Huế đón đoàn kiến trúc sư Nhật Bản khảo sát nhà vườn cổ", "vn63:46", "JP", "2025-03-19T08:30"),
    ("Bắc Giang xuất lô vải thiều đầu mùa sang thị trường Pháp", "vn63:24", "FR", "2024-06-03T06:45"),
    ("Trường nghề Thái Nguyên gửi 60 học viên sang Hàn Quốc thực tập", "vn63:19", "KR", None),
    ("Đà Nẵng, Quảng Nam cùng đối tác Đức chống xói lở bờ biển", "vn63:48 vn63:49", "DE", "2024-11"),
    ("Cần Thơ mở tuyến tàu du lịch nối chợ nổi với Phnôm Pênh", "vn63:92 vn63:89", "KH", "2026-01-15T14:02"),
    ("Hợp tác trồng quế hữu cơ: nông dân Lào Cai học từ Vân Nam", "vn63:10", "CN", "2025-08-21"),
    ("Hà Nội và La Habana kỷ niệm ngày ký thỏa thuận kết nghĩa", "vn63:01", "CU", "2022-12-02"),
    ("Bình Dương ký hợp tác xây khu công nghiệp xanh với doanh nghiệp Nga", "vn63:74", "RU", "2022"),
    ("Cảng Hải Phòng nhận tàu container lớn nhất từ trước tới nay từ Hoa Kỳ", "vn63:31", "US", "2025-12-30T17:20"),
    ("Quảng Ninh tổ chức giải thuyền truyền thống với thành phố Busan", "vn63:22", "KR JP", "2024-04-27"),
)
_SITES = ("baodiaphuong.example", "tinhuunghi.example", "doingoai.example")


def stories() -> list[TaggedArticle]:
    """Every story three times, as the same news in three papers, so that there are pages to turn."""
    made = []
    for copy, site in enumerate(_SITES):
        for number, (title, where, lands, day) in enumerate(_STORIES, 1):
            lead = f"Chương trình hợp tác hữu nghị năm nay có thêm {number + copy} nội dung, theo cơ quan chủ trì."
            said = title if not copy else f"{title} ({copy + 1})"
            made.append(tagged(copy * 100 + number, said, lead, where, lands, day, site))
    return made


class FakeService:
    """See the module. ``asked`` keeps the requests for tests to look at."""

    def __init__(self, articles: Iterable[TaggedArticle] | None = None) -> None:
        self.articles = {a.article.id: a for a in (stories() if articles is None else articles)}
        self.asked: list[SearchRequest] = []
        self.suggestion: str | None = None
        self.state = "1"
        self.fold = False

    def count(self) -> int:
        return len(self.articles)

    def version(self) -> str:
        return self.state

    def committed(self) -> float | None:
        return 0.0

    def close(self) -> None:
        pass

    def article(self, article_id: str) -> TaggedArticle | None:
        return self.articles.get(article_id)

    def several(self, ids: Sequence[str]) -> list[TaggedArticle]:
        return [self.articles[one] for one in ids if one in self.articles]

    def request(self, *, provinces=(), countries=(), years=(), sites=(), **rest) -> SearchRequest:
        for given in filter(None, (rest.get("since"), rest.get("until"))):
            if not re.fullmatch(r"\d{4}(-\d\d){0,2}", given):
                raise UnknownValue(Say.NOT_A_DATE, given)
        known = {"province": {**{k: v[0] for k, v in OLD.items()}, **NOW}, "country": LANDS, "site": {}}
        given = {"province": provinces, "country": countries, "site": sites}
        return SearchRequest(
            provinces=tuple(_resolved(p, known["province"]) for p in provinces if p[0] != "-"),
            countries=tuple(_resolved(c, LANDS) for c in countries if c[0] != "-"),
            years=tuple(_resolved(y, TIMES) for y in years),
            sites=tuple(site for site in sites if site[0] != "-"),
            excluded=tuple(
                (Facet(facet), _resolved(value[1:], known[facet]) if known[facet] else value[1:])
                for facet, values in given.items()
                for value in values
                if value[0] == "-"
            ),
            **rest,
        )

    def search(self, request: SearchRequest) -> SearchAnswer:
        self.asked.append(request)
        words = _words(request.text[:MAX_QUERY])
        found = [a for a in self.articles.values() if words <= _words(_all_text(a))]
        relaxed = not found and bool(words)
        if relaxed:
            found = [a for a in self.articles.values() if words & _words(_all_text(a))]
        found = [a for a in found if _in_range(a, request)]
        found = [a for a in found if not any(value in _values(a, facet) for facet, value in request.excluded)]
        chosen = {
            "province": request.provinces,
            "country": request.countries,
            "year": request.years,
            "site": request.sites,
        }
        hits = [a for a in found if all(not want or _values(a, f) & {*want} for f, want in chosen.items())]
        hits.sort(
            key=lambda a: _when(a) or ("0" if request.sort != "oldest" else "9"), reverse=request.sort != "oldest"
        )
        facets = {
            facet: _counted(facet, [a for a in found if _others(a, facet, chosen)], {*chosen[facet]})
            for facet in ("province", "country")
        } | {
            facet: made(_totals(facet, [a for a in found if _others(a, facet, chosen)]), chosen[facet])
            for facet, made in (("year", year_values), ("site", site_values))
        }
        page = hits[request.offset : request.offset + request.limit]
        return SearchAnswer(
            request=request,
            understood=request.text,
            relaxed=relaxed and bool(hits),
            total=len(hits),
            took_ms=7.6,
            hits=tuple(self._hit(a, request.text) for a in page),
            facets=facets,
            suggestion=self.suggestion,
            notices=(Message(Say.TOO_LONG, str(MAX_QUERY)),) if len(request.text) > MAX_QUERY else (),
        )

    def total(self, request: SearchRequest) -> int:
        return self.search(replace(request, limit=0)).total

    def places_named(self, text: str) -> tuple[NamedPlace, ...]:
        def resolve(kind: str, name: str) -> tuple[str, ...]:
            try:
                return (_resolved(name, NOW if kind == "province" else LANDS),)
            except UnknownValue:
                return ()

        return places_named(text, resolve, lambda word: False)

    def suggest(self, typed: str, most: int = 8) -> tuple[Completion, ...]:
        start = fold(typed).lower()
        words = [
            Completion(n, "name", 3) for n in (*LANDS.values(), *NOW.values()) if fold(n).lower().startswith(start)
        ]
        titles = [a.article for a in self.articles.values() if start in fold(a.article.title).lower()]
        return (*words[: most - 2], *(Completion(t.title, "title", 1, t.id) for t in titles[:2]))

    def grouped(self, hits: Sequence[Hit]) -> list[list[Hit]]:
        """The same headline is the same story, wherever it stands."""
        groups: dict[str, list[Hit]] = {}
        for hit in hits:
            groups.setdefault("".join(p.text for p in hit.title).split(" (")[0] if self.fold else hit.id, []).append(
                hit
            )
        return list(groups.values())

    def around(self, found: TaggedArticle) -> Around:
        others = [a for a in self.articles.values() if a.article.id != found.article.id]
        same = [a for a in others if a.article.title.split(" (")[0] == found.article.title.split(" (")[0]]
        return Around((KeyTerm("đào tạo nghề", "đào_tạo_nghề", 3),), tuple(same), tuple(others[:3]))

    def every(self, request: SearchRequest, most: int) -> Iterator[TaggedArticle]:
        for hit in self.search(replace(request, offset=0, limit=most)).hits:
            yield self.articles[hit.id]

    def cooperation_among(self, request: SearchRequest, most=None, order="total") -> Matrix:
        return cooperation_among(self.search, Gazetteer.load(), request, most, order)

    def mark(self, text: str, query: str) -> tuple[Piece, ...]:
        words = _words(query)
        return tuple(Piece(p, bool(words & _words(p))) for p in re.split(r"(\w+)", text) if p)

    def _hit(self, found: TaggedArticle, query: str) -> Hit:
        article, published = found.article, found.article.dating.published
        return Hit(
            id=article.id,
            url=article.url,
            title=self.mark(article.title, query),
            site=article.site,
            published=published.value if published else None,
            precision=published.precision if published else None,
            provinces=found.provinces,
            countries=found.countries,
            snippet=(*self.mark(" ".join((article.lead, *article.body))[:220], query), Piece(" …")),
            score=1.0,
        )


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text).lower()))


def _all_text(found: TaggedArticle) -> str:
    return " ".join((found.article.title, found.article.lead, *found.article.body))


def _resolved(given: str, names: dict[str, str]) -> str:
    if given in names:
        return given
    for value, name in names.items():
        if fold(name).lower().replace(" ", "-") == fold(given).lower().replace(" ", "-"):
            return value
    raise UnknownValue(Say.UNKNOWN_PROVINCE, given)


def _when(found: TaggedArticle) -> str:
    return found.article.dating.published.value if found.article.dating.published else ""


def _in_range(found: TaggedArticle, request: SearchRequest) -> bool:
    day = _when(found)
    late_enough = not request.since or (bool(day) and day >= request.since)
    return late_enough and (not request.until or (bool(day) and day[: len(request.until)] <= request.until))


def _values(found: TaggedArticle, facet: str) -> set[str]:
    if facet == "province":
        return {p.id for p in found.provinces} | {p.now_id or "" for p in found.provinces}
    if facet == "site":
        return {found.article.site or ""}
    return {c.id for c in found.countries} if facet == "country" else _times(found)


def _times(found: TaggedArticle) -> set[str]:
    day = _when(found)
    return {day[:4], day[:7]} if day else {"none"}


def _totals(facet: str, found: list[TaggedArticle]) -> Counter[str]:
    return Counter(value for a in found for value in _values(a, facet))


def _others(found: TaggedArticle, facet: str, chosen: dict[str, tuple[str, ...]]) -> bool:
    return all(other == facet or not want or _values(found, other) & {*want} for other, want in chosen.items())


def _counted(facet: str, found: list[TaggedArticle], chosen: set[str]) -> tuple[FacetValue, ...]:
    names = {"province": NOW, "country": LANDS}[facet]
    made = []
    for value, name in names.items():
        parts = [(o, n) for o, (n, now, _) in OLD.items() if now == value] if facet == "province" else []
        made.append(_value(facet, value, name, found, chosen, tuple(_value(facet, *p, found, chosen) for p in parts)))
    return tuple(sorted((v for v in made if v.count or v.selected), key=lambda v: (-v.count, v.name)))


def _value(
    facet: str, value: str, name: str, found: list[TaggedArticle], chosen: set[str], parts: tuple[FacetValue, ...] = ()
) -> FacetValue:
    return FacetValue(value, name, sum(value in _values(a, facet) for a in found), value in chosen, parts)
