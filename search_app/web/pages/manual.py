"""The query language by examples: what can be typed, and what it finds. The pages' help is made of this table."""

from __future__ import annotations

from search_app.web.i18n.language import lazy

EXAMPLES: tuple[tuple[str, str], ...] = (
    ("hợp tác hàn quốc", lazy("bài có đủ các từ, gõ có dấu hay không dấu")),
    ('"hội đồng nhân dân"', lazy("đúng cụm từ ấy")),
    ("hợp tác -seoul", lazy("không có từ sau dấu trừ")),
    ("suwon OR seongnam", lazy("một trong hai từ; có thể dùng ngoặc tròn")),
    ("hợp*", lazy("từ bắt đầu như vậy")),
    ("title:hữu nghị", lazy("từ đứng trong tiêu đề")),
    ("province:thanh-hoa", lazy("bài nói đến tỉnh ấy, tên cũ hay mới")),
    ("country:han-quoc", lazy("bài nói đến nước ấy")),
    ("site:baodiaphuong.example", lazy("bài của báo ấy")),
    ("date:2023-01..2023-06", lazy("đăng trong khoảng ấy")),
    ("ngày:quý 1 năm 2023", lazy("đăng trong khoảng ấy")),
    ("(đào tạo OR học nghề) country:han-quoc date:2023..", lazy("tất cả cùng lúc")),
)
