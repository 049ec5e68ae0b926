"""The real service over an index in memory that holds a few invented articles: what the web's tests ask.

Their places are set by hand, so that a test knows them; everything else is as in a real index.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from indexer.analysis.records import analysed
from indexer.index.base import Entry, ShownArticle
from indexer.index.memory import MemoryIndex
from indexer.index.opening import manifest
from indexer.models import Article, Dating, Evidence, Place, Published, TaggedArticle
from indexer.places.gazetteer import Gazetteer
from indexer.storage.codec import pack
from search_app.answers import SearchAnswer, SearchRequest
from search_app.service import SearchService

GAZETTEER = Gazetteer.load()
NOW = {province.id: province.name for province in GAZETTEER.provinces_34}


def province(code: str, *words: str) -> Place:
    """A place that a story is about, named twice and by these words."""
    name, now = GAZETTEER.name(code), GAZETTEER.successor(code)
    return Place(code, name, "about", 5.0, evidence(name, words), now, NOW[now])


def country(code: str, *words: str) -> Place:
    """A country likewise."""
    name = GAZETTEER.name(code)
    return Place(code, name, "about", 4.0, evidence(name, words))


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


def own_words(seed: int, title: str, lands: str) -> tuple[str, str]:
    """Paragraphs that no other story has: what a story tells beside what all of them tell."""
    draw = random.Random(seed)
    figures = " ".join(str(draw.randint(100, 999)) for _ in range(400))
    guests = " và ".join(GAZETTEER.name(land) for land in lands.split())
    return f"{title}: đoàn {guests} thắt chặt tình hữu nghị.", f"Số liệu kèm theo: {figures}."


def stories(*, reprints: bool = False) -> list[TaggedArticle]:
    """Every story three times, in three papers, so that there are pages to turn; word for word if ``reprints``."""
    made = []
    for copy, site in enumerate(_SITES):
        for number, (title, where, lands, day) in enumerate(_STORIES, 1):
            lead = f"Chương trình hợp tác hữu nghị năm nay có thêm {number + copy} nội dung, theo cơ quan chủ trì."
            said = title if not copy else f"{title} ({copy + 1})"
            body = (*BODY, *own_words(number if reprints else copy * 100 + number, title, lands))
            made.append(tagged(copy * 100 + number, said, lead, where, lands, day, site, body=body))
    return made


def entry(article: TaggedArticle) -> Entry:
    """An article as an index holds it."""
    (made,), packed = analysed([article]), pack(article)
    return Entry(*made, ShownArticle(packed.data, (packed.source,)))


def index_of(articles: Iterable[TaggedArticle]) -> MemoryIndex:
    """An index in memory."""
    index = MemoryIndex(manifest())
    with index.writer() as writer:
        for article in articles:
            writer.add(entry(article))
    index.count_anew()
    return index


@lru_cache
def _index_of_stories(reprints: bool) -> MemoryIndex:
    return index_of(stories(reprints=reprints))


class WatchedService(SearchService):
    """The service, which keeps the requests for tests to look at. Without ``articles`` it answers from the stories.

    ``index`` is its own, and may be written to, only with ``articles``.
    """

    def __init__(self, articles: Iterable[TaggedArticle] | None = None, *, reprints: bool = False) -> None:
        index = _index_of_stories(reprints) if articles is None else index_of(articles)
        super().__init__(index, GAZETTEER)
        self.index = index
        self.asked: list[SearchRequest] = []

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Keep the request, and answer it."""
        self.asked.append(request)
        return super().search(request)

    def close(self) -> None:
        """The index is shared between tests."""
