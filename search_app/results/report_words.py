"""What a report says beside its stories, in both languages."""

from __future__ import annotations

from search_app.messages import Language

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("BÁO CÁO ĐIỂM BÁO", "PRESS REPORT"),
    "state": ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM"),
    "motto": ("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness"),
    "author": ("NGƯỜI LẬP", "PREPARED BY"),
    "period": ("Kỳ: {}", "Period: {}"),
    "query": ("Từ tìm: {}", "Words: {}"),
    "provinces": ("Tỉnh, thành: {}", "Provinces: {}"),
    "countries": ("Nước: {}", "Countries: {}"),
    "sites": ("Báo: {}", "Newspapers: {}"),
    "excluded": ("Trừ: {}", "Without: {}"),
    "list": ("Giỏ bài: {}", "Reading list: {}"),
    "made": ("Ngày lập: {}", "Made on: {}"),
    "count": ("Số bài: {}", "Articles: {}"),
    "count_folded": ("Số bài: {} ({} tin, {} bài đăng lại)", "Articles: {} ({} stories, {} reprints)"),
    "left_out": (
        "Báo cáo liệt kê {} bài đầu trong {} bài tìm được; các bảng số liệu chỉ đếm những bài ấy.",
        "The report lists the first {} of {} articles found; the tables count these alone.",
    ),
    "gone": ("{} bài trong giỏ không còn trong kho.", "{} articles of the list are no longer in the archive."),
    "partial": (
        "Một số phần của kho không trả lời kịp: có thể thiếu bài.",
        "Part of the archive did not answer in time: articles may be missing.",
    ),
    "first_country": (
        "Bài nói về nhiều nước đứng ở nước được nói đến nhiều nhất.",
        "An article about several countries stands under the one it says most about.",
    ),
    "nothing": ("Không có bài nào.", "There are no articles."),
    "stories": ("Danh sách bài", "Articles"),
    "number": ("STT", "No."),
    "date": ("Ngày", "Date"),
    "site": ("Báo", "Newspaper"),
    "headline": ("Tiêu đề", "Headline"),
    "lead": ("Tóm tắt (sapo)", "Summary (lead)"),
    "places": ("Nơi", "Places"),
    "link": ("Liên kết", "Link"),
    "note": ("Ghi chú", "Note"),
    "also": ("Cũng đăng ở", "Also in"),
    "figures": ("Số liệu", "Figures"),
    "by_month": ("Số bài theo tháng", "Articles by month"),
    "by_province": ("Số bài theo tỉnh, thành", "Articles by province"),
    "by_country": ("Số bài theo nước", "Articles by country"),
    "several": (
        "Một bài có thể nói về nhiều nơi, nên tổng các dòng có thể lớn hơn số bài.",
        "An article may be about several places, so the lines may add up to more than the articles.",
    ),
    "articles": ("Số bài", "Articles"),
    "month": ("Tháng", "Month"),
    "province": ("Tỉnh, thành", "Province"),
    "country": ("Nước", "Country"),
    "undated": ("Không rõ ngày", "Undated"),
    "no_country": ("Không nói về nước ngoài", "About no foreign country"),
    "untitled": ("(không có tiêu đề)", "(untitled)"),
    "group": ("{} ({} bài)", "{} ({} articles)"),
    "page": ("Trang", "Page"),
}


def words(language: Language) -> dict[str, str]:
    """Every one of them in one language; ``{}`` is filled in with ``format``."""
    return {name: both[language == "en"] for name, both in _WORDS.items()}
