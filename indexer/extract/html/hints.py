"""What the names and phrases of a page give away: tables, each row with its reason.

Class names and ids are hints, never proof: a wrapper named ``has-sidebar`` may hold the whole story. So every reader of
these tables checks the content, too.
"""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.models import LineLabel


class Hint:
    """What an element's name says that it holds.

    Bits of a plain int, because an enum's ``|`` costs ten times as much.
    """

    NONE = 0
    NAVIGATION = 1 << 0
    RELATED = 1 << 1
    COMMENT = 1 << 2
    SHARE = 1 << 3
    TAGS = 1 << 4
    ADVERT = 1 << 5
    HIDDEN = 1 << 6
    FOOTER = 1 << 7
    CLOCK = 1 << 8
    BODY = 1 << 9
    CAPTION = 1 << 10
    LEAD = 1 << 11
    BYLINE = 1 << 12
    DATE = 1 << 13
    TITLE = 1 << 14
    LOGO = 1 << 15
    ASIDE_RIGHT = 1 << 16  # aligned to the right, as signatures are


# Elements with one of these stand around a story, unless their content proves otherwise.
AROUND = (
    Hint.NAVIGATION | Hint.RELATED | Hint.COMMENT | Hint.SHARE | Hint.TAGS | Hint.ADVERT | Hint.HIDDEN | Hint.FOOTER
    | Hint.CLOCK
)  # fmt: skip

_EDGE, _END = r"(?:^|[-_ ])", r"(?=$|[-_ \d])"
_NAMES = (
    # menus and the way back to the section
    (Hint.NAVIGATION, rf"breadcrumb|bread-crumb|{_EDGE}(?:nav|navbar|navigation|menu\w*|topbar|pagination|paging"
     rf"|pager|crumbs?)"
     rf"{_END}|main-?menu|sub-?menu|site-?header|page-?header-top|header-?(?:top|wrap\w*|main|menu|nav|bar)"
     rf"|{_EDGE}toc{_END}"),
    # English and Vietnamese names of boxes with other stories
    (Hint.RELATED, r"relat(?:ed|e|ion)|lien-?quan|cung-?(?:chuyen|chu-?de|muc|su-?kien)|doc-?(?:them|nhieu|tiep)"
     r"|xem-?(?:nhieu|them|tiep)"
     r"|tin-?(?:moi|khac|lq|noi-?bat|cu|hot|nong|doc|tiep|cung)|bai-?(?:khac|moi|lien|cung)|recommend|most-?(?:read"
     r"|view|popular)|"
     r"other-?(?:news|post|article|item)|(?:news|post|article|item)s?-?(?:other|relat|more|same|hot)|more-?(?:news"
     r"|post|article|stories)|"
     rf"same-?(?:cat|category|topic)|hot-?news|latest|popular|suggest|read-?(?:more|next|also|too)"
     rf"|{_EDGE}side-?bar{_END}|tin-tuc-khac|"
     rf"{_EDGE}(?:col|cot|box)-?(?:right|phai)|right-?(?:col|column|side|bar|content)|inner-?article"
     rf"|link-?content-?footer|lstnews|list-?news|"
     rf"news-?list|{_EDGE}widget{_END}|zone-?(?:hot|read|detail-?relat)|carousel|(?:next|prev)-?(?:post|article)"
     rf"|teaser|{_EDGE}event-?box"),
    # readers' words, not the paper's
    (Hint.COMMENT, rf"comments?{_END}|{_EDGE}cmt|comment-?(?:list|box|form|area|wrap)|binh-?luan|y-?kien|disqus"
     rf"|fb-comment|box-?comment"),
    # buttons, and the player that reads the text aloud
    (Hint.SHARE, rf"{_EDGE}(?:share|sharing|social|socials|addthis|a2a|follow|likebox|print|rating|ratings|votes?"
     rf"|toolbar|toolbox)"
     rf"{_END}|social-?(?:share|link|icon|bar|box)|share-?(?:box|bar|button|link|list|social)|google-?news|tts"
     rf"|audio|text-?to-?speech"
     r"|copy-?link|link-?source|linkbaigoc|bai-?goc"),
    # topics, linked, under the story
    (Hint.TAGS, rf"{_EDGE}(?:tags?|hashtags?|keywords?|tukhoa)(?:$|[-_ ])|tags?-?(?:list|box|wrap|cloud)"
     rf"|list-?tags?|tu-khoa"),
    # advertisements and newsletters (qc: quảng cáo)
    (Hint.ADVERT, rf"advert|{_EDGE}(?:ads?|adv|adsbox|adsense|qc|quang-?cao|banners?|sponsor\w*|promo\w*|newsletter"
     rf"|subscri\w+)"
     rf"{_END}|adsbygoogle|admzone|ads-?(?:zone|box)"),
    # shown by a script, or to screen readers only
    (Hint.HIDDEN, rf"{_EDGE}(?:modal|popup|pop-up|dialog|cookie\w{0,40}|login|signin|sr-only|visually-hidden"
     rf"|screen-reader-\w+|offcanvas|"
     r"overlay|lightbox|toast|hidden|invisible)(?=$| )"),
    # the imprint, with its licence's date
    (Hint.FOOTER, rf"{_EDGE}(?:footer|foot|copyright|colophon){_END}|site-?footer|footer-?\w+|chan-?trang"
     rf"|page-?footer"),
    # today's date and the weather: never the story's date
    (Hint.CLOCK, r"clock|dong-?ho|(?:current|now|today|system|server|live)-?(?:date|time|day)|(?:date|time)-?(?:now"
     r"|today|current)|"
     r"header-?(?:date|time)|(?:top|head)-?(?:date|time)|weather|hom-?nay|ngay-?thang-?hien"),
    # set apart under a picture
    (Hint.CAPTION, rf"caption|chu-?thich|(?:photo|image|img|pic|picture)-?(?:desc\w*|note|text|cap|title|info)"
     rf"|desc-?cation|"
     rf"{_EDGE}(?:image|ghichu|note-?img){_END}"),
    # the lead: sapo, chapeau, mô tả, tóm tắt
    (Hint.LEAD, rf"sapo|{_EDGE}(?:leads?|lead-?(?:text|detail)|chapo|chapp?eau|home-?text|standfirst|dek|intro"
     rf"|intro-?text|excerpt|summary|summery|"
     rf"desc|description|descriptions|abstract|trich-?dan|trich-?yeu|tom-?tat|mo-?ta|head-?content|tieu-?de-?phu"
     rf"|sub-?title|subheadline)"
     rf"{_END}|(?:detail|news|post|article|content|entry|single)-?(?:desc\w*|summary|intro|lead|excerpt|sapo)"),
    # who wrote or supplied it
    (Hint.BYLINE, rf"author|byline|tac-?gia|{_EDGE}(?:pen-?name|writer|reporter|signature|nguon|credit|source"
     rf"|editor){_END}|news-?source"),
    # when it was published, and other small print beside the title
    (Hint.DATE, rf"{_EDGE}(?:date|dates|datetime|time|times|publish\w*|posted|posted-on|pubdate|pub|ngay|ngay-?dang"
     rf"|created|modified|"
     rf"updated?|meta|post-?meta|entry-?meta|time-?\w+|date-?\w+){_END}|(?:post|news|article|detail|publish|entry"
     rf"|pub|create|update)"
     rf"-?(?:date|time|meta|info)|{_EDGE}thoi-?gian"),
    # headlines, also those that are no h1
    (Hint.TITLE, rf"{_EDGE}(?:title|headline|tieu-?de|entry-?title|post-?title|news-?title|article-?title"
     rf"|title-?(?:detail|news|post|"
     rf"page|article)|detail-?title|main-?title){_END}|(?:detail|article|news|post|cms)-?title"),
    # the site's own name, which some pages set as an h1
    (Hint.LOGO, r"logo|brand|site-?(?:title|name)|ten-?(?:cong|trang|bao)"),
    # the text itself
    (Hint.BODY, rf"article-?(?:body|content|detail)|(?:detail|singular|main|entry|post|news|cms|maincontent|story"
     rf"|text)-?-?(?:content|body|text)"
     rf"|content-?(?:detail|news|body|article|text|post)|fck-?detail|{_EDGE}(?:cms-?body|body-?text"
     rf"|journal-?content-?article|noi-?dung|"
     rf"chi-?tiet|detail|contents?|story|post){_END}|articlebody"),
)  # fmt: skip
_COMPILED = tuple((hint, re.compile(pattern)) for hint, pattern in _NAMES)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# "has-sidebar", "no-comments", "lg:pr-4", "comments-open": about the page's frame, not about what is inside.
# "tag-gio", "category-thoi-su": what WordPress calls a story after its topics. "hidden-xs": only on small screens.
_FRAME = re.compile(
    r"(?:^|(?<= ))(?:(?:has|with|no|without|is|js|page|single|hide|hidden|not|category|tag(?!-?(?:list|box|wrap"
    r"|cloud|link)))-\S+"
    r"|\S*:\S+|\S+-(?:open|closed|enabled)|elementor-widget(?:-\S+)?)"
)
_HYPHENS = re.compile(r"[-_]+")


@lru_cache(maxsize=20_000)
def hints_of_name(name: str) -> int:
    """The hints in the class, id, itemprop and role of an element, joined by blanks."""
    name = _FRAME.sub("", _HYPHENS.sub("-", _CAMEL.sub("-", name)).lower())
    found = Hint.NONE
    for hint, pattern in _COMPILED:
        if pattern.search(name):
            found |= hint
    return found


# How the text of an element with such a hint is labelled when it is left out.
LABEL_OF_HINT = (
    (Hint.RELATED, LineLabel.TEASER, "in a box with other stories"),
    (Hint.COMMENT, LineLabel.OTHER, "among readers' comments"),
    (Hint.NAVIGATION, LineLabel.NAVIGATION, "in a menu"),
    (Hint.TAGS, LineLabel.NAVIGATION, "among tags"),
    (Hint.SHARE, LineLabel.OTHER, "in a bar for sharing or listening"),
    (Hint.ADVERT, LineLabel.OTHER, "in an advertisement"),
    (Hint.FOOTER, LineLabel.NAVIGATION, "in the footer"),
    (Hint.CLOCK, LineLabel.OTHER, "a clock, not the story's date"),
    (Hint.HIDDEN, LineLabel.OTHER, "hidden from readers"),
)

TAG_HINTS = {
    "nav": Hint.NAVIGATION,
    "footer": Hint.FOOTER,
    "aside": Hint.RELATED,
    "menu": Hint.NAVIGATION,
    "dialog": Hint.HIDDEN,
    "figcaption": Hint.CAPTION,
    "caption": Hint.CAPTION,
    "amp-sidebar": Hint.NAVIGATION,
}

# A line that opens a list of other stories.
MARKER = re.compile(
    r"\W*(?:(?:các |những )?(?:tin|bài)(?: viết| tức| bài)?(?: ảnh| video)?(?: có)? (?:liên quan|cùng (?:chuyên mục"
    r"|chủ đề|mục|sự kiện|tác giả)"
    r"|khác|mới(?: nhất| hơn| đăng)?|cũ hơn|đọc nhiều(?: nhất)?|nổi bật|nên đọc|đã đưa|tiếp theo)|(?:có )?liên quan"
    r"|tin liên quan"
    r"|(?:đọc|xem) (?:thêm|tiếp|nhiều(?: nhất)?)|tham khảo thêm|mời (?:quý )?(?:độc giả|bạn đọc|bạn) (?:xem"
    r"|đọc).{0,20}|có thể bạn quan tâm"
    r"|cùng (?:chuyên mục|chủ đề|sự kiện|tác giả)|đừng bỏ lỡ|bạn có thể quan tâm|tin cùng chuyên mục|dòng sự kiện"
    r"|sự kiện|chủ đề|video"
    r"|bình luận|ý kiến(?: bạn đọc| của bạn)?|từ khóa|từ khoá|tags?|thẻ|tin mới|tin nóng|mới nhất|đáng chú ý"
    r"|gợi ý.{0,20}|tin tài trợ"
    r"|related (?:posts?|news|articles?)|read more)\W*(?:\(\d+\))?\W*",
    re.IGNORECASE,
)  # fmt: skip

# The lines of buttons, players and forms that lose their elements when a page is saved.
WIDGET = re.compile(
    r"\W*(?:chia sẻ(?: bài viết)?(?: (?:qua|lên) .{1,20})?|facebook|twitter|zalo|email|google\+?|linkedin|pinterest"
    r"|telegram|messenger"
    r"|copy link|sao chép(?: liên kết)?|link bài gốc.*|lấy link!?.*|in(?: bài(?: viết)?| trang)?|print|lưu(?: bài"
    r"| tin)?|gửi(?: email| bài| mail)?"
    r"|(?:gửi )?bình luận(?: của bạn)?(?: ?\(?\d+\)?)?|\(?\d+\)? bình luận|thích|like|share|tweet"
    r"|theo dõi .{0,40}(?:google news|facebook|zalo|youtube).*"
    r"|theo dõi(?: trên| báo)? .{0,40}trên|google news|nghe (?:đọc )?(?:bài|tin|nội dung).{0,20}|nghe audio"
    r"|đọc bài viết|giọng (?:đọc|nam|nữ).{0,20}"
    r"|(?:nam|nữ) miền (?:bắc|nam|trung)|cỡ chữ.*|(?:a[-+]?\s*){2,4}|[-+]?\d(?:\.\d+)?x|tốc độ.{0,10}|chuẩn|nhanh|chậm"
    r"|quay lại|trở lại|về trang chủ|trang chủ|lên đầu trang|đầu trang|xem ảnh lớn|xem toàn màn hình|phóng to|tắt"
    r"|đóng|close"
    r"|lượt xem.{0,12}|\d[\d.,]*+ lượt (?:xem|đọc)|view(?:s|ed)?:? ?\d*|đánh giá.{0,20}|xếp hạng.{0,20}"
    r"|hotline:?.{0,40}|xem thêm|\d{1,3} ?%?"
    r"|(?:ảnh|image|photo) \d+(?: ?/ ?\d+)?|play|pause|mute|unmute|current time.*|duration.*|loaded.*"
    r"|\d\d?:\d\d(?: ?/ ?\d\d?:\d\d)?"
    r"|quảng cáo|advertisement|đăng nhập|đăng ký|tổng số điểm của bài viết.*|click để đánh giá.*|những (?:tin"
    r"|bài) (?:mới|cũ) hơn|số lần đọc.{0,12}|đã xem.{0,12}|lượt đọc.{0,12}|gửi (?:cho bạn bè|phản hồi|góp ý|ý kiến)"
    r"|phản hồi|trước|tiếp|kế tiếp|prev(?:ious)?|next|trả lời|ý kiến)\W*",
    re.IGNORECASE,
)  # fmt: skip

# "Xem thêm: ..." and ">> ..." before the title of another story.
LEADS_AWAY = re.compile(
    r"\s*(?:(?:>{1,3}|»|►|▶|☛|=>|➤)\s*\S|(?:xem|đọc|tham khảo) (?:thêm|tiếp|ngay)\s*[:>»]|(?:tin"
    r"|bài) (?:viết )?liên quan\s*:)",
    re.IGNORECASE,
)

# Who wrote or supplied a story.
BYLINE = re.compile(
    r"\s*(?:(?:tác giả|bài(?: và ảnh)?|bài, ảnh|bài viết|thực hiện|biên soạn|biên tập|người viết|nội dung|theo"
    r"|nguồn(?: tin)?|ảnh|tin, ảnh|tin(?: và ảnh)?"
    r"|by|author)\s*[:：]\s*.{2,60}|theo [A-ZĐÀ-Ỹ].{1,40}|\(?(?:pv|nv|ctv|tổng hợp|ban biên tập|bbt|ttxvn/?.{0,20}"
    r"|tth|vna)\)?|.{2,30}\((?:tổng hợp|ghi|thực hiện"
    r"|lược ghi|theo .{2,30}|t/h|ttxvn)\))\s*+(?:\.\s*+)?"
)  # fmt: skip

# "(Ảnh: Tên)", "Ảnh: TTXVN.", "Nguồn ảnh: Internet" at the end of a line make it a caption.
PHOTO_CREDIT = re.compile(
    r"(?:[(\[]\s*(?:ảnh|photo|nguồn(?: ảnh)?|đồ họa|đồ hoạ|minh họa)\b[^()\[\]]{0,60}[)\]]|(?:^"
    r"|[.!?…,\"”)–-]\s*)(?:ảnh(?: minh (?:họa|hoạ))?|photo|đồ họa|nguồn ảnh)\s*:\s*[^:]{2,50})\s*+(?:\.\s*+)?$",
    re.IGNORECASE,
)  # fmt: skip
