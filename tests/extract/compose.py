"""Composing plain-text dumps from known stories and known clutter, in layouts as they are met on saved pages.

Every knob of a layout is drawn on its own, so that a few hundred dumps meet combinations that nobody tuned for. What a
line is, is known by construction: ``Dump.main`` is the story's, ``Dump.others`` other stories',
``Dump.boilerplate`` the page's, ``Dump.neutral`` (headline, date, captions, byline) neither.
"""

from __future__ import annotations

import random
import textwrap
from dataclasses import dataclass, field
from datetime import date

MENU = (
    *("Trang chủ", "Thời sự", "Chính trị", "Xã hội", "Kinh tế", "Thế giới", "Pháp luật", "Văn hóa", "Giải trí"),
    *(
        "Thể thao",
        "Giáo dục",
        "Sức khỏe",
        "Công nghệ",
        "Du lịch",
        "Bạn đọc",
        "Góc nhìn",
        "Hồ sơ vụ án",
        "Chuyện lạ đó đây",
        "Nhịp sống trẻ",
    ),
)
MARKERS = (
    *("Tin liên quan", "Tin bài liên quan", "Đọc thêm", "Các tin khác", "Tin cùng chuyên mục", "Đọc nhiều", "Xem thêm"),
    *("Tin mới nhất", "Có thể bạn quan tâm", "TIN LIÊN QUAN", "Bài viết liên quan", "Các bài khác", "Cùng chuyên mục"),
)
IMPRINT = (
    "Cơ quan chủ quản: Sở Thông tin và Truyền thông",
    "Giấy phép số 12/GP-TTĐT cấp ngày 05/03/2019",
    "Tổng biên tập: Nguyễn Văn Mẫu",
    "Địa chỉ: 15 đường Ven Sông, phường Bến Cũ. Điện thoại: 0237 123 456",
    "Email: toasoan@bao-mau.example",
    "© 2015 - 2025 Bản quyền thuộc về Báo Mẫu. Ghi rõ nguồn khi phát hành lại thông tin từ website này.",
)
NAMES = (
    *("Hạnh Trần", "Minh Hằng", "Lê Quốc An", "Phạm Thu Trang", "Việt Hoan - Kim Oanh", "Nguyễn Bình (t/h)"),
    *("Theo Thu Hà", "THANH TÙNG"),
)
SIGNATURES = ("(Báo Mẫu) - ", "BMO - ", "Baomau.vn - ")


@dataclass(frozen=True)
class Story:
    """A known story."""

    title: str
    lead: str
    body: tuple[str, ...]


@dataclass
class Dump:
    """A composed dump and what its lines are."""

    title: str
    published: str | None = None
    lines: list[str] = field(default_factory=list)
    main: list[str] = field(default_factory=list)
    neutral: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    boilerplate: list[str] = field(default_factory=list)
    knobs: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def add(self, kind: str, line: str, blank: bool = False) -> None:
        getattr(self, kind).append(line)
        self.lines.append(line)
        if blank:
            self.lines.append("")

    def gold(self) -> dict[str, object]:
        """In the shape that the scorer takes."""
        return {
            "article": True,
            "title": self.title,
            "published": self.published,
            "lead": self.main[:1],
            "main": self.main,
            "neutral": [*self.neutral, self.title],
            "boilerplate": self.others + self.boilerplate,
        }


class Composer:
    """Draws one layout after another from a seed."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def compose(self, story: Story, others: list[tuple[str, str]], wrap: bool = False) -> Dump:
        """A dump of ``story`` with ``others`` (title, summary) as the clutter."""
        dump = Dump(story.title)
        self.others = list(others)
        self.rng.shuffle(self.others)
        self.gap = self.rng.random() < 0.6
        self.sign = self.pick(dump, "signature", {"": 6, **dict.fromkeys(SIGNATURES, 1)})
        self._head(dump)
        self._headline(dump, story)
        self._story(dump, story)
        self._sign_off(dump)
        self._tail(dump, story)
        if wrap:
            dump.lines = [part for line in dump.lines for part in ([*textwrap.wrap(line, 80), ""] if line else [])]
        return dump

    def pick(self, dump: Dump, knob: str, choices: dict[str, int]) -> str:
        value = self.rng.choices(list(choices), list(choices.values()))[0]
        dump.knobs[knob] = value
        return value

    def other(self) -> tuple[str, str]:
        if self.others:
            title, summary = self.others.pop()
            self.spent.append((title, summary))
            return title, summary
        return self.rng.choice(self.spent)

    spent: list[tuple[str, str]]

    def stamp(self) -> tuple[str, str]:
        """A date as ISO and as written on the page."""
        day, month, year = self.rng.randint(1, 28), self.rng.randint(1, 12), self.rng.randint(2014, 2023)
        hour, minute = self.rng.randint(5, 22), self.rng.randint(0, 59)
        iso = f"{year}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}"
        weekday = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")
        named = date(year, month, day).weekday()
        named_day = f"Thứ {weekday[named]}" if named < 6 else "Chủ nhật"
        written = self.rng.choice(
            [
                f"{day:02d}/{month:02d}/{year} {hour:02d}:{minute:02d}",
                f"{named_day}, {day}/{month}/{year}, {hour:02d}:{minute:02d} (GMT+7)",
                f"{hour:02d}:{minute:02d} | {day:02d}/{month:02d}/{year}",
                f"{day:02d}-{month:02d}-{year} | {hour:02d}:{minute:02d}:17",
                f"{named_day}, ngày {day} tháng {month} năm {year} - {hour:02d}:{minute:02d}",
            ]
        )
        return iso, written

    def _head(self, dump: Dump) -> None:
        self.spent = []
        kind = self.pick(dump, "menu", {"none": 3, "bullets": 2, "plain": 2, "one line": 1})
        names = self.rng.sample(MENU, 12)
        if kind == "bullets":
            for name in names:
                dump.add("boilerplate", f"  * {name}")
        elif kind == "plain":
            for name in names:
                dump.add("boilerplate", name, self.gap)
        elif kind == "one line":
            dump.add("boilerplate", " ".join(names[:7]), True)
        if self.rng.random() < 0.25:
            dump.add("boilerplate", "Đường dây nóng: 0237 3721150", True)
        if self.rng.random() < 0.2:
            dump.add("neutral", f"{dump.title} | Báo Mẫu", True)
        if self.rng.random() < 0.15:
            for _ in range(3):
                dump.add("others", self.other()[0], self.gap)

    def _headline(self, dump: Dump, story: Story) -> None:
        iso, written = self.stamp()
        where = self.pick(
            dump,
            "date",
            {"after title": 4, "before title": 2, "after lead": 2, "none": 2, "posted": 2, "byline": 1, "clock": 1},
        )
        self.author_above = self.rng.choice(NAMES)
        if where != "none":
            dump.published = iso
        if where == "before title":
            dump.add("neutral", written, True)
        if where == "clock":
            dump.add("neutral", "Clock" + written, True)
        dump.add("neutral", story.title, True)
        if where == "after title":
            dump.add("neutral", ("Tin tức " if self.rng.random() < 0.3 else "") + written, self.gap)
        if where == "posted":
            dump.add("neutral", f"Ngày đăng : {written}", self.gap)
        if where == "byline":
            dump.add("neutral", f"{self.author_above} - {written}", self.gap)
        for line in self.rng.choice(
            [[], [], ["aa"], ["Chia sẻ", "Facebook"], ["Nghe đọc bài", "Nam miền Bắc", "0:00 / 3:41", "1x"]]
        ):
            dump.add("boilerplate", line)
        dump.add("main", self.sign + story.lead, True)
        if where == "after lead":
            dump.add("neutral", written, True)

    def _story(self, dump: Dump, story: Story) -> None:
        self._insert(
            dump, "insert after lead", {"none": 8, "doubled": 2, "together": 2, "bullets": 2, "marker": 1, "cells": 1}
        )
        captions = self.pick(
            dump, "captions", {"none": 3, "credit": 3, "credit below": 2, "twice": 2, "alt": 2, "file": 1}
        )
        subheads = self.rng.random() < 0.3
        middle = self.rng.randint(1, max(1, len(story.body) - 1))
        for at, paragraph in enumerate(story.body):
            if subheads and at % 3 == 2:
                dump.add("neutral", " ".join(paragraph.split()[:6]).rstrip(" ,.;:"), self.gap)
            if at == middle:
                self._insert(dump, "insert in body", {"none": 10, "doubled": 1, "pointer": 2, "bullets": 2, "pair": 1})
            if at % 3 == 1:
                self._caption(dump, captions, paragraph)
            closing = "./." if at == len(story.body) - 1 and paragraph.endswith(".") and self.rng.random() < 0.2 else ""
            glued = (
                self.pick(dump, "glued", {"": 12, "yes": 1})
                if closing or (self.sign and at == len(story.body) - 1)
                else ""
            )
            text = paragraph[:-1] + closing if closing else paragraph
            dump.add("main", text, self.gap or self.rng.random() < 0.3)
            if glued:
                self._glue(dump, closing)

    def _glue(self, dump: Dump, closing: str) -> None:
        title, summary = self.other()
        extra = title if closing else f"{title} {self.sign}{summary}"
        while not dump.lines[-1]:
            dump.lines.pop()
        dump.lines[-1] += " " + extra
        dump.others.append(extra)

    def _caption(self, dump: Dump, kind: str, paragraph: str) -> None:
        words = paragraph.split()[:14]
        text = " ".join(words).rstrip(" ,.;:")
        if kind == "credit":
            dump.add("neutral", text + self.rng.choice([" (Ảnh: Thu Hà).", ". Ảnh: Minh Quân", " - Ảnh: TTXVN"]), True)
        elif kind == "credit below":
            dump.add("neutral", text + ".")
            dump.add("neutral", "Ảnh: Minh Quân", True)
        elif kind == "twice":
            dump.add("neutral", text + ".", True)
            dump.add("neutral", text + ".", True)
        elif kind == "alt":
            dump.add("neutral", dump.title)
            dump.add("neutral", "Quang cảnh " + text.lower(), True)
        elif kind == "file":
            dump.add("boilerplate", "anh-minh-hoa-2.jpg", True)

    def _insert(self, dump: Dump, knob: str, choices: dict[str, int]) -> None:
        kind = self.pick(dump, knob, choices)
        if kind == "doubled":
            for _ in range(2):
                title, summary = self.other()
                dump.add("others", f"{title} {title}")
                dump.add("others", summary)
        elif kind == "together":
            dump.add("others", " ".join(self.other()[0] for _ in range(3)))
        elif kind == "cells":
            dump.add("others", "| " + " | ".join(self.other()[0] for _ in range(3)) + " |")
        elif kind == "bullets":
            for _ in range(self.rng.randint(2, 3)):
                dump.add("others", "  * " + self.other()[0])
        elif kind == "marker":
            dump.add("boilerplate", "TIN MỚI", True)
        elif kind == "pointer":
            dump.add("others", self.rng.choice([">> Xem thêm: ", "Đọc thêm: ", ">>> "]) + self.other()[0], True)
        elif kind == "pair":
            dump.add("boilerplate", "Tin liên quan", True)
            title, summary = self.other()
            dump.add("others", title, True)
            dump.add("others", summary, True)

    def _sign_off(self, dump: Dump) -> None:
        if self.rng.random() < 0.6:
            dump.add("neutral", self.rng.choice(NAMES), True)
        if self.rng.random() < 0.25:
            dump.add("neutral", self.rng.choice(["Nguồn: Báo Bạn", "Nguồn:", "Theo Báo Bạn"]), True)

    def _tail(self, dump: Dump, story: Story) -> None:
        blocks = self.rng.randint(0, 3)
        for block in range(blocks):
            if block or self.pick(dump, "first marker", {"yes": 3, "no": 1}) == "yes":
                dump.add("boilerplate", self.rng.choice(MARKERS), True)
            kind = self.pick(
                dump,
                f"tail {block}",
                {"pairs": 3, "dated": 2, "section": 2, "list": 3, "bullets": 2, "signed": 1, "dates only": 1},
            )
            for _ in range(self.rng.randint(3, 6)):
                self._teaser(dump, kind)
        if self.rng.random() < 0.4:
            for line in self.rng.choice(
                [["(0) Bình luận", "Gửi bình luận"], ["Bình luận", "Thông báo", "Bạn đã gửi thành công."]]
            ):
                dump.add("boilerplate", line, self.gap)
        if self.rng.random() < 0.2:
            dump.add("neutral", story.title, True)
        if self.rng.random() < 0.5:
            for line in IMPRINT:
                dump.add("boilerplate", line, self.gap)

    def _teaser(self, dump: Dump, kind: str) -> None:
        title, summary = self.other()
        _, written = self.stamp()
        if kind == "pairs":
            dump.add("others", title)
            dump.add("others", summary, True)
        elif kind == "dated":
            dump.add("others", title, True)
            dump.add("others", title, True)
            dump.add("boilerplate", written, True)
            dump.add("others", summary, True)
        elif kind == "section":
            dump.add("others", f"{title} Tin tức", True)
            dump.add("others", title, True)
            dump.add("others", self.sign + summary)
        elif kind == "list":
            dump.add("others", title, self.gap)
        elif kind == "bullets":
            dump.add("others", f"  * {title}")
        elif kind == "signed":
            dump.add("others", f"{title}{self.sign or '(Báo Mẫu) - '}{summary}")
        else:
            dump.add("others", title)
            dump.add("boilerplate", written, True)
