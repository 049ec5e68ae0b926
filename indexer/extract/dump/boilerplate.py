"""The page around the story: headings of other stories, buttons, menus, the imprint, and pages that are no story.

Each entry holds on many sites; none names a site. Unless said otherwise, patterns are for text in normal form (lower
case, new tone placement).
"""

from __future__ import annotations

import re

from indexer.extract.dump.tables import any_of, rows

# --- Headings of what is not the story -------------------------------------------------------------------------------

_MARKER = any_of(r"""
    # other stories on the matter: a noun and what kind of it
    (?:các )?(?:tin|bài|bài viết|tin bài|tin, bài|tin tức|video|ảnh|thông tin|sự kiện|nội dung)(?: có)? liên quan
    (?:các )?(?:tin|bài|bài viết|tin bài|tin, bài|tin tức|video|ảnh) cùng (?:chuyên mục|chủ đề|loại|tác giả|mục)
    (?:các )?(?:tin|bài|bài viết|tin bài|tin, bài|tin tức|video)(?: viết)? (?:khác|tương tự)(?: cùng chuyên mục)?
    (?:các )?(?:tin|bài|bài viết|tin bài|tin tức|tin, bài|video) (?:đã đưa|đã đăng|cũ hơn|mới hơn|tiếp theo|trước đó)
    (?:các )?(?:tin|bài|bài viết|tin bài|tin tức|video|sự kiện|chủ đề) (?:mới|mới nhất|mới cập nhật|gần đây)
    (?:các )?(?:tin|bài|bài viết|tin bài|tin tức|video|sự kiện|chủ đề) (?:nổi bật|tiêu điểm|hot|nóng)(?: nhất)?
    (?:các )?(?:tin|bài|bài viết|tin bài|tin tức|video) (?:được )?(?:đọc|xem|quan tâm|nên đọc|hay)(?: nhiều)?(?: nhất)?
    (?:có )?liên quan
    cùng (?:chuyên mục|chủ đề|tác giả|mục|sự kiện|chuyên đề)
    chuyên mục khác
    mới cập nhật
    tin trong ngày
    tiêu điểm
    nổi bật(?: trong ngày)?
    dòng sự kiện
    điểm nóng
    bài (?:trước(?: đó)?|tiếp(?: theo)?|sau|mới)
    tin (?:tiếp|trước|sau|cũ|hot|nóng|mới)
    # an invitation to read on
    (?:tin )?(?:đọc|xem) (?:thêm|tiếp|nhiều|nhiều nhất|ngay)
    (?:được )?(?:đọc|xem|quan tâm) nhiều(?: nhất)?
    được quan tâm
    tham khảo thêm
    mời (?:độc giả|bạn đọc|quý vị|bạn) (?:xem|đọc) thêm
    có thể bạn (?:quan tâm|thích|chưa \w+|cũng \w+|muốn \w+)
    bạn có thể (?:quan tâm|thích)
    bạn quan tâm
    đang được quan tâm
    đừng bỏ lỡ
    đáng đọc
    gợi ý(?: cho bạn| đọc)?
    dành cho bạn
    nên đọc
    khám phá thêm
    tin tài trợ
    thông tin (?:doanh nghiệp|cần biết)(?: - sản phẩm)?
    # the readers' part
    (?:\(\d+\) ?)?(?:bình luận|ý kiến|thảo luận|phản hồi)(?: \(\d+\))?
    (?:gửi|viết|xem|tất cả|xem thêm|đăng|thêm) (?:bình luận|ý kiến|phản hồi)(?: của bạn)?
    bình luận (?:bài viết|mới nhất|của bạn|facebook)
    ý kiến (?:bạn đọc|của bạn|độc giả|khách hàng|phản hồi)
    bạn đọc bình luận
    phản hồi của bạn
    đánh giá(?: bài viết)?
    # tags
    (?:từ khóa|tags?|thẻ|chủ đề|topic|keywords?|xem thêm về|hashtag)(?: liên quan)?
    # the same in the English templates of content systems
    related (?:posts|news|articles|stories)
    most (?:read|viewed|popular)
    trending
    recommended(?: for you)?
    comments?
    leave a (?:reply|comment)
    you may also like
    read more
    share this
""")
# After such a line come other stories, the readers' comments or the tags. Matches a whole line.
MARKERS = re.compile(
    rf"\W*(?:\d[*#>\d.]*\s*)?{_MARKER}"
    r"(?: ?[:»>…]++| ?\(\d+\)| ?\d{1,4}| trong \w+(?: \w+){0,2}| trên \w+(?: \w+){0,3})?\W*"
)

# Where the readers' part begins: its heading, or the words above the form. Matches a whole line or is searched in it.
COMMENTS = re.compile(
    r"\W*(?:\(?\d+\)? ?)?(?:bình luận|ý kiến|thảo luận|phản hồi|comments?)(?: bài viết| bạn đọc| của bạn| độc giả)?"
    r"(?: ?\(\d+\))?\W*$|.{0,60}(?:ý kiến của bạn sẽ được|hiện chưa có bình luận|để gửi bình luận)"
)

_POINTING = any_of(r"""
    # the invitation and the other story's name on one line
    (?:xem|đọc) (?:thêm|tiếp)
    tham khảo thêm
    (?:tin|bài) liên quan
    tin cùng chuyên mục
    mời (?:quý )?(?:độc giả|bạn đọc|bạn|quý vị)[\w ,]{0,40}(?:xem|đọc|theo dõi)[\w ]{0,20}
    có thể bạn quan tâm
    từ khóa
    tags?
    chủ đề
    xem video
""")
POINTER = re.compile(rf"\W*{_POINTING}\s*(?::|>>+|»)\s*\S|\s*(?:>>+|»)\s*\S")

# --- Parts of the page's machinery -----------------------------------------------------------------------------------

_WIDGET = any_of(r"""
    # size of type, printing, sharing
    a{2,3}
    a[-+]
    a ?\+ ?a ?-
    cỡ chữ.*
    chia sẻ(?: .{1,20})?
    share|facebook|zalo|twitter|e-?mail|youtube|tiktok|telegram|linkedin|pinterest|instagram|messenger|whatsapp|x|tweet
    like|thích|print|in(?: bài(?: viết)?| trang)?
    gửi (?:email|mail|bài viết|cho bạn bè)
    lưu(?: bài| lại| tin)?
    copy(?: link)?(?: thành công)?
    sao chép(?: liên kết| link)?
    link bài gốc.*
    lấy link.*
    theo dõi(?: .{1,40})?(?: trên)?:?
    theo dõi (?:chúng tôi|báo)\b.{0,60}
    google news
    # the player that reads the story out
    nghe (?:đọc bài|bài|bài viết|tin|podcast|nội dung)\b.*
    nghe|đọc bài
    \d{1,2} phút đọc|thời gian đọc.*
    (?:giọng )?(?:nam|nữ)(?: ?(?:miền )?(?:bắc|nam|trung|nữ))*
    tốc độ(?: đọc)?.*|tự động|\d(?:[.,]\d+)?x
    \d{1,2}:\d{2}(?: ?/ ?\d{1,2}:\d{2})?
    tạm dừng|phát|play|pause|mute|unmute|tắt tiếng|bật/tắt.*|toàn màn hình|video player.*
    (?:current time|duration|loaded|playback|powered by)\b.*
    # pictures
    iframe:.*|.{0,20}url is invalid\W*|\d{2,4} ?x ?\d{2,4}|undefined|null
    xem ảnh.*|phóng to.*|ảnh \d{1,2}/\d{1,2}|clock|icon|logo|image|hình ảnh|avatar|banner
    quảng cáo|tài trợ|advertisement
    # moving about
    mới nhất!?|đọc nhanh.*
    trở lại(?: .{1,25})?|quay lại|(?:về |lên )?đầu trang|trở lên trên
    trang chủ|home|menu|danh mục|tất cả|đóng|close
    skip to (?:main )?content|chuyển đến nội dung.*|bỏ qua.*|toggle navigation|rss|sitemap|sơ đồ trang.*
    phiên bản (?:di động|đầy đủ)
    xem các bài viết của tác giả
    # forms
    tìm kiếm|search|đăng (?:nhập|ký|kí|xuất)(?: .{0,40})?|xin chờ.*|đang tải.*|loading.*
    thông báo|bạn đã gửi thành công.*|gửi|hủy|ok|nhập mã.*|captcha|mã xác nhận
    họ (?:và )?tên.*|mật khẩu.*|nội dung \*?|tiêu đề \*?
    lượt xem.*|\d+ ?(?:lượt xem|lượt đọc|views?|bình luận|thích|chia sẻ)
""")
# Buttons, players and forms: nothing follows from where they stand. Matches a whole line.
WIDGETS = re.compile(rf"\W*{_WIDGET}\W*")

# Names of a page's sections, as they stand in menus and breadcrumbs and behind titles in lists.
SECTIONS = frozenset(
    section.strip()
    for row in rows("""
    trang chủ, tin tức, tin tức - sự kiện, tin tức sự kiện, thời sự, chính trị, xã hội, kinh tế, kinh doanh, thế giới
    quốc tế, pháp luật, văn hoá, giải trí, thể thao, giáo dục, y tế, sức khoẻ, đời sống, công nghệ, khoa học, du lịch
    xe, bất động sản, bạn đọc, môi trường, giao thông, đô thị, quân sự, quốc phòng, an ninh, an ninh - quốc phòng
    quốc phòng - an ninh, tài chính, chứng khoán, ngân hàng, doanh nghiệp, thị trường, nhịp sống, góc nhìn, bình luận
    phóng sự, ký sự, video, ảnh, media, multimedia, podcast, infographic, emagazine, magazine, longform, nổi bật
    mới, hot, tin mới, nóng, chuyển đổi số, nông nghiệp, nông thôn mới, xây dựng đảng, đối ngoại, hoạt động của lãnh đạo
    hoạt động, trong nước, trong tỉnh, địa phương, dân sinh, đảng, lao động, việc làm, tuyển sinh, du học, gia đình
    giới trẻ, ẩm thực, làm đẹp, thời trang, điện ảnh, âm nhạc, bóng đá, quần vợt, vĩ mô, hồ sơ, phân tích, chuyện lạ
    cộng đồng, nhân ái, khoa giáo, lịch sử, biển đảo, kiều bào, hội nhập, asean, english
    """)
    for section in row.split(",")
)

# The foot of the page. Searched anywhere in a line.
FOOTER = re.compile(
    any_of(r"""
    # rights
    ©
    \(c\) ?(?:19|20)\d\d
    copyright
    all rights reserved
    bản quyền (?:thuộc|©|\d)
    giữ bản quyền
    ghi rõ nguồn
    cấm sao chép
    không (?:được )?sao chép
    phát hành lại thông tin
    # the imprint that the press law asks for
    giấy phép (?:số|hoạt động|thiết lập|xuất bản|báo chí|mxh)
    số giấy phép
    \bgp[- ]?(?:bc|ttđt|bttt|bvhttdl)
    tổng biên tập
    chịu trách nhiệm (?:nội dung|xuất bản|quản lý)
    cơ quan chủ quản
    # how to reach the paper
    tòa soạn ?[:-]
    trụ sở(?: tòa soạn| chính)? ?:
    địa chỉ(?: tòa soạn)? ?:
    (?:điện thoại|đt|tel|fax|hotline|email|e-mail) ?:
    đường dây nóng
    liên hệ (?:tòa soạn|quảng cáo)
    # who made the site, what it counts, what it asks
    thiết kế (?:bởi|và phát triển)
    phát triển bởi
    (?:designed|developed) by
    chính sách (?:bảo mật|quyền riêng tư)
    điều khoản sử dụng
    (?:số )?lượt truy cập
    đang (?:online|truy cập)
    quét mã qr
    tải ứng dụng
    xem theo ngày
    # which story this is, said again below it
    bạn đang (?:đọc|xem) (?:bài|tin)\b
    # above the box for comments
    vui lòng (?:gõ tiếng việt|nhập)
    ý kiến của bạn sẽ được
    hiện chưa có bình luận
    để gửi bình luận
""")
)

# One of these stands in whatever FOOTER finds: looked for first, because that is much faster.
FOOTER_HINTS = (
    *("©", "(c)", "copyright", "rights", "bản quyền", "ghi rõ", "sao chép", "phát hành lại"),
    *("giấy phép", "gp", "biên tập", "chịu trách nhiệm", "chủ quản", "soạn", "trụ sở", "địa chỉ", "điện thoại", "đt"),
    *("tel", "fax", "hotline", "mail", "đường dây", "liên hệ", "thiết kế", "phát triển", "designed", "developed"),
    *("chính sách", "điều khoản", "truy cập", "online", "quét mã", "ứng dụng", "theo ngày", "vui lòng", "bình luận"),
    *("ý kiến", "đang đọc", "đang xem"),
)

# --- Whole pages that are no story -----------------------------------------------------------------------------------

NO_PAGE = re.compile(
    any_of(r"""
    (?:lỗi |error )?404\b
    không tìm thấy (?:trang|nội dung|bài viết|kết quả|đường dẫn)
    trang (?:bạn|này|web)?[\w ]{0,25}không (?:tồn tại|tìm thấy|khả dụng)
    (?:bài viết|nội dung|đường dẫn)[\w ]{0,25}(?:không tồn tại|đã bị (?:xóa|gỡ))
    page not found|not found$|access denied|403 forbidden|502 bad gateway
    just a moment|checking your browser|enable javascript|bật javascript
""")
)
SEARCH_PAGE = re.compile(
    any_of(r"""
    kết quả tìm kiếm
    tìm thấy (?:khoảng )?[\d.,]+ (?:kết quả|bài|tin)
    search results
    có [\d.,]+ kết quả
""")
)
