"""Pages of a site that are about the site: policies, contact, log-in, feeds, the map; and shops.

They hold whole texts, so no count of words tells them from stories; what they call themselves does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.vietnamese.tones import new_tone_placement

_NAMES = r"""
    (?:[\w .]{0,40}[-–|:] ?)?chính sách (?:bảo mật|quyền riêng tư|riêng tư|cookie|đổi trả|bảo vệ dữ liệu)\b.{0,120}
    chính sách (?:vận chuyển|thanh toán|giao hàng|hoàn tiền)
    (?:các )?(?:điều khoản|quy định|thỏa thuận)(?: và điều kiện)? (?:sử dụng|dịch vụ)\b.{0,60}
    giới thiệu(?: chung)?
    giới thiệu về (?:chúng tôi|tòa soạn|website|trang|báo|công ty)\b.{0,40}
    về chúng tôi
    liên hệ(?: (?:với )?(?:chúng tôi|tòa soạn|quảng cáo|góp ý))?(?: và góp ý)?
    (?:nội quy|quy định|quy tắc) (?:bình luận|đăng (?:bài|tin|bình luận)|gửi bình luận)
    (?:chính sách|cam kết) (?:về )?bảo mật\b.{0,60}
    bảo mật thông tin(?: (?:cá nhân|khách hàng|người dùng|bạn đọc))?
    quyền riêng tư(?: và cookie)?
    chính sách (?:và|&|-) (?:điều khoản|quy định)|điều khoản (?:và|&|-) (?:chính sách|điều kiện)
    (?:các )?câu hỏi thường gặp
    hướng dẫn (?:sử dụng|đăng ký|đăng nhập|thanh toán|mua hàng)(?: (?:website|trang|tài khoản))?
    đăng (?:nhập|ký|kí)(?: (?:tài khoản|thành viên|hệ thống))?
    quên mật khẩu
    (?:sơ đồ|bản đồ) (?:trang|website|site|trang web)
    giỏ hàng
    bảng giá quảng cáo|báo giá quảng cáo
    tìm kiếm(?: nâng cao)?
    (?:[\w .-]{0,30} )?rss(?: (?:page|feeds?|là gì))?
    privacy policy.{0,30}
    terms (?:of|and) (?:use|service|conditions).{0,30}
    about(?: us)?
    contact(?: us)?
    faqs?
    (?:sign|log) ?(?:in|up|on)
    register
    (?:shopping )?cart
    checkout
    site ?map
"""
_ABOUT_SITE = re.compile(
    "(?:" + "|".join(new_tone_placement(row.strip()) for row in _NAMES.strip().splitlines()) + r")\W*", re.IGNORECASE
)
# Behind the name often stands the site's own: "Liên hệ | Trường Mẫu". Cut at the last bar or dash.
_TAIL = re.compile(r"(?<!\s)\s+[|–—-]\s+[^|–—]{2,60}$")

# How content systems head the list of an author, a section, a tag, a month.
_ARCHIVE = re.compile(
    r"\W*(?:(?:author|category|tag|daily|monthly|yearly|date)s? archives?\b"
    r"|(?:tác giả|chuyên mục|danh mục|thẻ|từ khóa|lưu trữ|tag|category|author|archives?(?: for)?) ?[:：] ?\S)",
    re.IGNORECASE,
)

# The same where the name alone stands behind the word: "Bài viết của Lê Thị Mẫu".
_AUTHOR = re.compile(
    r"(?:(?:các|những|tất cả) )?(?:bài (?:viết )?(?:của|bởi)|tác giả|phóng viên) (.{4,60})", re.IGNORECASE
)
_NAME_WORDS = range(2, 6)

_SHOP_BUTTONS = re.compile(
    new_tone_placement(
        r"\W*(?:(?P<cart>(?:thêm|cho) vào giỏ(?: hàng)?|add to (?:cart|bag)|giỏ hàng(?: của bạn)?)"
        r"|(?P<buy>mua ngay|đặt (?:hàng|mua)(?: ngay)?|buy now|mua trả góp|trả góp)"
        r"|(?P<price>giá(?: bán| niêm yết| khuyến mãi| gốc)?\s*+(?::\s*+)?[\d.,]++ ?(?:₫|đ|vnđ|vnd|usd|\$)?"
        r"|\d[\d.,]{4,}+ ?(?:₫|vnđ|vnd)|\$ ?[\d.,]{3,}+|msrp.{0,30})"
        r"|(?P<stock>(?:còn|hết|trong kho|tình trạng)\s?:? ?(?:hàng|kho)|in stock|số lượng\s*:?"
        r"|mã (?:sp|sản phẩm|hàng)\b.{0,20})"
        r"|(?P<similar>sản phẩm (?:tương tự|liên quan|cùng loại|đã xem|khác)|so sánh (?:giá|xe|sản phẩm)"
        r"|thông số kỹ thuật|đánh giá (?:sản phẩm|xe)))\W*"
    ),
    re.IGNORECASE,
)
_KINDS_OF_BUTTONS = 3


def is_about_site(title: str) -> bool:
    """Whether a headline names a page about the site.

    >>> is_about_site("Liên hệ | Trường Mẫu"), is_about_site("Chính sách mới có hiệu lực từ tháng 3")
    (True, False)
    """
    title = new_tone_placement(title[:200])
    return bool(_ABOUT_SITE.fullmatch(title) or _ABOUT_SITE.fullmatch(_TAIL.sub("", title)))


def is_archive(title: str) -> bool:
    """Whether a headline names the list of an author, a section or a tag.

    >>> is_archive("Author Archives: admin"), is_archive("Tác giả đoạt giải kể chuyện viết sách")
    (True, False)
    """
    title = new_tone_placement(title[:200]).strip()
    return _ARCHIVE.match(title) is not None or _names_author(title) or _names_author(_TAIL.sub("", title))


def _names_author(title: str) -> bool:
    found = _AUTHOR.fullmatch(title)
    words = found[1].split() if found else []
    return len(words) in _NAME_WORDS and all(word.isalpha() and word[0].isupper() for word in words)


def is_shop(lines: Iterable[str]) -> bool:
    """Whether short lines are the buttons and labels of a shop: three kinds of them at least."""
    kinds = set()
    for line in lines:
        if found := _SHOP_BUTTONS.fullmatch(line):
            kinds.add(found.lastgroup)
            if len(kinds) >= _KINDS_OF_BUTTONS:
                return True
    return False
