"""Invented pages in the layouts that Vietnamese news sites have had since 2000, all telling the same story.

Each layout is a function from nothing to a :class:`Layout`: its markup and what a reader must find on it.
"""
# ruff: noqa: E501, UP031 - markup is easier to read unbroken, and braces are JSON's here

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

TITLE = "Xã Mây Trắng khánh thành trạm bơm chạy bằng gió"
LEAD = (
    "Trạm bơm trị giá 12 tỷ đồng do kỹ sư làng tự thiết kế sẽ tưới cho 340 ha lúa và rau màu của ba thôn ven sông, bắt đầu"
    " từ vụ đông xuân năm nay."
)
BODY = (
    "Sáng 3/2, hàng trăm người dân xã Mây Trắng có mặt bên bờ sông Lụa để chứng kiến cánh quạt đầu tiên quay trong gió mùa.",
    "Theo ông Lê Văn Tảo, trưởng nhóm kỹ sư, ý tưởng nảy ra từ những chiếc guồng nước cũ. “Chúng tôi chỉ thay nước bằng gió”, ông nói.",
    "Ba tháng",
    "Nhóm mất ba tháng để đúc trục thép, hai lần phải làm lại vì gãy mối hàn; chi phí phát sinh do hợp tác xã ứng trước.",
    "Bà Phạm Thị Nụ, chủ nhiệm hợp tác xã, cho biết tiền điện bơm nước mỗi vụ sẽ giảm 70%, tương đương 410 triệu đồng.",
    "Dự kiến đến tháng 6, xã sẽ dựng thêm hai trạm ở thôn Đông và thôn Bến, rồi mời các xã bên sang học cách làm.",
)
CAPTION = "Cánh quạt đầu tiên của trạm bơm bên bờ sông Lụa sáng 3/2. Ảnh: Hà Thu Lụa"
BYLINE = "Hà Thu Lụa"
PUBLISHED = "2023-02-03T14:05"

OTHERS = (
    (
        "Người làng Mây Trắng góp 400 triệu đồng mua thép làm trạm bơm",
        "Mỗi nhà góp một tạ thóc, người đi xa gửi tiền về qua hội đồng hương.",
    ),
    (
        "Ba thôn ven sông Lụa chờ nước tưới từ trạm bơm gió đầu tiên",
        "Nông dân đã làm đất xong, chỉ đợi ngày cánh quạt quay để xuống giống.",
    ),
    (
        "Kỹ sư Lê Văn Tảo và giấc mơ biến gió thành nước cho đồng khô",
        "Hai mươi năm trước ông từng dựng chiếc cối xay gió bằng tre ở đầu làng.",
    ),
    (
        "Huyện Sông Lụa chi 90 tỷ đồng nạo vét kênh trước mùa mưa bão",
        "Các xã ven sông phải xong việc trước ngày 30/5, chậm nhất là giữa tháng sáu.",
    ),
    (
        "Chợ phiên Bến Lụa mở lại sau bốn năm vắng tiếng người mua bán",
        "Phiên đầu tiên có hơn hai nghìn lượt khách, rau màu bán hết trước chín giờ.",
    ),
)
CLOCK = "Chủ nhật, 22/11/2026 10:58"
FOOTER = "Báo Làng Mẫu - Giấy phép số 12/GP ngày 01/01/2015. Ghi rõ nguồn khi phát hành lại thông tin từ trang này."


@dataclass(frozen=True)
class Layout:
    """A page and its gold."""

    markup: str
    title: str = TITLE
    lead: str = LEAD
    body: tuple[str, ...] = BODY
    captions: tuple[str, ...] = (CAPTION,)
    published: str | None = PUBLISHED
    absent: tuple[str, ...] = (*(line for other in OTHERS for line in other), CLOCK, FOOTER)


LAYOUTS: dict[str, Callable[[], Layout]] = {}


def layout(make: Callable[[], Layout]) -> Callable[[], Layout]:
    """Enter a layout in the table."""
    LAYOUTS[make.__name__] = make
    return make


def paragraphs(tag: str = "p", lines: tuple[str, ...] = BODY, heading: str = "h3") -> str:
    """The story in one element a paragraph."""
    return "\n".join(
        f"<{tag if len(line) > 30 else heading}>{line}</{tag if len(line) > 30 else heading}>" for line in lines
    )


def teaser_items(shape: str = '<li><a href="/tin-{n}.html">{title}</a></li>') -> str:
    """Other stories, each in the given shape."""
    return "\n".join(shape.format(n=n, title=title, sapo=sapo) for n, (title, sapo) in enumerate(OTHERS))


def page(body: str, head: str = "", title: str = f"{TITLE} - Báo Làng Mẫu") -> str:
    """A whole document."""
    return f"<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>{title}</title>{head}</head><body>{body}</body></html>"


NAV = '<ul><li><a href="/">Trang chủ</a></li><li><a href="/thoi-su">Thời sự</a></li><li><a href="/kinh-te">Kinh tế</a></li></ul>'


@layout
def old_tables() -> Layout:
    """2003: everything is a table, nothing has a name, the title is a bold cell."""
    rows = "".join(f"<p align=justify><font face=Arial size=2>{line}</font></p>" for line in BODY)
    return Layout(
        page(
            f"""<table width=100%><tr><td colspan=3><font size=1>{CLOCK}</font></td></tr><tr>
<td width=150 valign=top><table><tr><td><a href=/>Trang chủ</a></td></tr><tr><td><a href=/ts>Thời sự</a></td></tr></table></td>
<td valign=top><table><tr><td class=tieude><b><font size=4>{TITLE}</font></b></td></tr>
<tr><td class=ngay><i>(03/02/2023 14:05)</i></td></tr>
<tr><td><b>{LEAD}</b></td></tr>
<tr><td><table align=center width=1><tr><td><img src=a.jpg></td></tr><tr><td><font size=1>{CAPTION}</font></td></tr></table>{rows}
<p align=right><b>{BYLINE}</b></p></td></tr>
<tr><td><b>Các tin khác</b><ul>{teaser_items("<li><a href=/tin{n}.asp>{title}</a> <font size=1>(02/02/2023)</font>")}</ul></td></tr></table></td>
<td width=150 valign=top>{teaser_items("<table><tr><td><a href=/x{n}.asp><b>{title}</b></a><br>{sapo}</td></tr></table>")}</td></tr>
<tr><td colspan=3 align=center><font size=1>{FOOTER}</font></td></tr></table>"""
        )
    )


@layout
def government_portal() -> Layout:
    """A portal in ASP.NET: one form around everything, the portal's name as h1, a portlet's name above the title."""
    return Layout(
        page(
            f"""<form id=aspnetForm method=post action=x><div class="header"><h1><a href="/">CỔNG THÔNG TIN ĐIỆN TỬ HUYỆN SÔNG LỤA</a></h1>
<span class="dateNow">{CLOCK}</span></div><div id="ctl00_menu">{NAV}</div>
<div id="ctl00_ContentPlaceHolder1"><div class="portlet-topper"><span class="portlet-title">Tin tức sự kiện</span></div>
<div class="portlet-content"><div class="journal-content"><div class="title-detail">{TITLE}</div><div class="date-detail">Ngày đăng: 03/02/2023 14:05</div>
<div class="desc-detail">{LEAD}</div><div class="content-detail">{paragraphs(heading="p")}<p style="text-align:center"><img src=a.jpg></p>
<p style="text-align:center"><em>{CAPTION}</em></p><p style="text-align:right"><strong>{BYLINE}</strong></p></div>
<div>Lượt xem: 1.204</div><div class="other-news"><h3>Tin cùng chuyên mục</h3><ul>{teaser_items()}</ul></div></div></div></div>
<div class="footer-portal"><p>{FOOTER}</p></div></form>""",
            title="Cổng thông tin điện tử huyện Sông Lụa",
        )
    )


@layout
def accelerated_mobile() -> Layout:
    """An AMP page."""
    ld = (
        '<script type="application/ld+json">{"@context":"http://schema.org","@type":"NewsArticle","headline":"%s",'
        '"datePublished":"2023-02-03T07:05:00Z"}</script>' % TITLE
    )
    return Layout(
        page(
            f"""<amp-sidebar id=menu layout=nodisplay>{NAV}</amp-sidebar><header><amp-img src=logo.png></amp-img></header>
<article><h1>{TITLE}</h1><p class="meta">03/02/2023 14:05 GMT+7</p><p class="sapo">{LEAD}</p>{paragraphs()}
<figure><amp-img src=a.jpg width=1 height=1></amp-img><figcaption>{CAPTION}</figcaption></figure><p class="author">{BYLINE}</p></article>
<amp-list><div class="relate"><h2>Đọc thêm</h2>{teaser_items("<div><a href='/{n}.amp'>{title}</a><p>{sapo}</p></div>")}</div></amp-list>
<footer><p>{FOOTER}</p></footer>""",
            ld,
        ),
        published="2023-02-03T14:05+07:00",
    )


@layout
def wordpress() -> Layout:
    """A blog theme: an author box, related posts, tags and comments below."""
    return Layout(
        page(
            f"""<body class="single single-post has-sidebar comments-open"><header id="masthead" class="site-header"><p class="site-title"><a href="/">Báo Làng Mẫu</a></p>
<nav class="main-navigation">{NAV}</nav></header><div id="primary" class="content-area"><main><article class="post type-post">
<header class="entry-header"><h1 class="entry-title">{TITLE}</h1><div class="entry-meta"><time class="entry-date published" datetime="2023-02-03T14:05:11+07:00">3 Tháng Hai, 2023</time>
<span class="author vcard"><a href="/author/lua">{BYLINE}</a></span></div></header><div class="entry-content"><p><strong>{LEAD}</strong></p>{paragraphs()}
<figure class="wp-caption"><img src=a.jpg><figcaption class="wp-caption-text">{CAPTION}</figcaption></figure>
<div class="sharedaddy"><ul><li><a href="https://facebook.com/x">Facebook</a></li></ul></div></div>
<footer class="entry-footer"><span class="tags-links"><a href="/tag/gio">gió</a>, <a href="/tag/bom">trạm bơm</a></span></footer></article>
<div class="jp-relatedposts">{teaser_items("<div class='jp-post'><h4><a href='/{n}'>{title}</a></h4><p>{sapo}</p><time datetime='2026-01-01'>1 Tháng Một, 2026</time></div>")}</div>
<div id="comments"><ol><li class="comment"><p>Bài viết rất hay và bổ ích, mong quê tôi cũng có trạm bơm như thế này để bà con đỡ khổ.</p></li></ol></div></main></div>
<aside id="secondary" class="widget-area">{teaser_items("<div class=widget><a href=/w{n}>{title}</a></div>")}</aside><footer class="site-footer">{FOOTER}</footer></body>"""
        ),
        published="2023-02-03T14:05+07:00",
    )


@layout
def script_shell() -> Layout:
    """A shell that a script fills: the text stands in the JSON-LD only."""
    text = "\\n".join(line.replace('"', '\\"') for line in BODY)
    ld = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"%s","description":"%s","datePublished":"2023-02-03 14:05",'
        '"articleBody":"%s"}</script>' % (TITLE, LEAD, text)
    )
    return Layout(page(f"<div ng-app=bao><div ng-view></div></div><footer>{FOOTER}</footer>", ld), captions=())


@layout
def several_h1() -> Layout:
    """The logo, the story and a box of the column on the right are all h1."""
    return Layout(
        page(
            f"""<div class=top><h1 class=logo><a href="/">Báo Làng Mẫu</a></h1></div>{NAV}<div class=main><div class=left><h1 class="title">{TITLE}</h1>
<div class=time>Thứ sáu, 03/02/2023 14:05</div><h2 class=lead>{LEAD}</h2><div id=noidung>{paragraphs()}<div class=img><img src=a.jpg><p class=chuthich>{CAPTION}</p></div>
<p><strong>{BYLINE}</strong></p></div></div><div class=right><h1>Đọc nhiều nhất tuần qua</h1>{teaser_items("<div><img src=t.jpg><a href=/{n}>{title}</a><span>{sapo}</span></div>")}</div></div>
<div>{FOOTER}</div>"""
        )
    )


@layout
def lead_in_body() -> Layout:
    """The lead is the first paragraph of the body, bold; the date stands under the text."""
    return Layout(
        page(
            f"""<div id=header><div id=clock>{CLOCK}</div></div><div class=container><h1>{TITLE}</h1><div class=text><p><b>{LEAD}</b></p>{paragraphs()}
<p align=center><img src=a.jpg><br><i>{CAPTION}</i></p><p align=right><b>{BYLINE}</b></p></div><p>Cập nhật lúc 14:05, ngày 03/02/2023</p>
<h4>Tin liên quan</h4>{teaser_items("<p>• <a href=/{n}>{title}</a></p>")}</div><div id=foot>{FOOTER}</div>"""
        )
    )


@layout
def box_in_the_middle() -> Layout:
    """Boxes with other stories stand inside the text, with summaries and dates, and under names that say nothing."""
    one = OTHERS[0]
    two = OTHERS[1]
    return Layout(
        page(
            f"""<div class=c1><h1>{TITLE}</h1><span class=date>03-02-2023 | 14:05:30</span><p class=c2>{LEAD}</p><div class=c3><p>{BODY[0]}</p>
<div class=c9><a href=/1><img src=1.jpg></a><h4><a href=/1>{one[0]}</a></h4><p>{one[1]}</p></div><p>{BODY[1]}</p><h2>{BODY[2]}</h2><p>{BODY[3]}</p>
<table class=x1><tr><td><a href=/2><img src=2.jpg></a></td><td><a href=/2><strong>{two[0]}</strong></a><br>{two[1]}</td></tr></table>
<p>{BODY[4]}</p><p>&gt;&gt; <a href=/3>{OTHERS[2][0]}</a></p><p>Xem thêm: <a href=/4>{OTHERS[3][0]}</a></p><figure><img src=a.jpg><figcaption>{CAPTION}</figcaption></figure>
<p>{BODY[5]}</p><ul><li><a href=/5>{OTHERS[4][0]}</a></li><li><a href=/2>{two[0]}</a></li></ul><p class=c8>{BYLINE}</p></div></div><div class=ft>{FOOTER}</div>"""
        )
    )


@layout
def line_breaks() -> Layout:
    """One element holds the whole text, its paragraphs divided by line breaks."""
    text = "<br><br>".join(BODY)
    return Layout(
        page(
            f"""<div class="menu">{NAV}</div><div class="detail"><div class="detail-title">{TITLE}</div><div class="detail-date">14:05 03/02/2023</div>
<div class="detail-sapo">{LEAD}</div><div class="detail-content"><img src=a.jpg><br><em>{CAPTION}</em><br><br>{text}<br><br><b>{BYLINE}</b></div></div>
<div class="bottom"><b>Tin khác:</b><br>{teaser_items('- <a href="/{n}">{title}</a> (01/02/2023)<br>')}</div><div>{FOOTER}</div>"""
        )
    )


@layout
def nameless_divs() -> Layout:
    """No class anywhere; paragraphs are divs; cards with summaries follow directly."""
    cards = teaser_items("<div><div><a href=/{n}>{title}</a></div><div>{sapo}</div><div>22/11/2026 08:00</div></div>")
    return Layout(
        page(
            f"""<div>{NAV}</div><div><div><h1>{TITLE}</h1><div>03/02/2023 14:05</div><div>{LEAD}</div><div>{paragraphs("div")}
<div><img src=a.jpg></div><div><i>{CAPTION}</i></div></div></div><div><div>Có thể bạn quan tâm</div>{cards}</div></div><div>{FOOTER}</div>"""
        )
    )


@layout
def linked_cards() -> Layout:
    """Each card is one link around title, summary and date."""
    cards = teaser_items('<a class="card" href="/{n}"><h3>{title}</h3><p>{sapo}</p><span>1 giờ trước</span></a>')
    return Layout(
        page(
            f"""<header><nav>{NAV}</nav></header><main><article><h1>{TITLE}</h1><time datetime="2023-02-03T14:05">03/02/2023</time><p><em>{LEAD}</em></p>{paragraphs()}
<figure><img src=a.jpg><figcaption>{CAPTION}</figcaption></figure></article><section>{cards}</section></main><footer>{FOOTER}</footer>"""
        )
    )


@layout
def two_paragraphs() -> Layout:
    """A very short story among a great many teasers with summaries."""
    body = BODY[:2]
    many = "".join(teaser_items("<div class=it><h3><a href=/{n}>{title}</a></h3><p>{sapo}</p></div>") for _ in range(6))
    return Layout(
        page(
            f"""<div class=nav>{NAV}</div><div class=wrap><div class=colmain><h1>{TITLE}</h1><p class=time>03/02/2023 14:05</p><div class=body><p>{body[0]}</p><p>{body[1]}</p></div></div>
<div class=col2>{many}</div></div><div class=footer>{FOOTER}</div>"""
        ),
        lead="",
        body=body,
        captions=(),
    )


@layout
def interview() -> Layout:
    """Questions in bold, answers plain; the people's names are links."""
    turns = (
        "Thưa ông, vì sao nhóm chọn gió mà không chọn điện mặt trời?",
        "Ông Lê Văn Tảo: Vì mùa tưới ở đây là mùa gió. Nắng thì ít, mây phủ cả tháng, còn gió thì thổi suốt ngày đêm.",
        "Khó khăn lớn nhất là gì?",
        "Là trục thép. Chúng tôi gãy hai lần, lần nào cũng vào lúc nửa đêm, cả nhóm phải lội xuống ruộng kéo cánh quạt lên.",
        "Ông mong điều gì nhất trong năm tới?",
        "Tôi mong các xã bên sang học, vì làm một trạm thì khó chứ làm trạm thứ hai thì dễ hơn rất nhiều.",
    )
    qa = "".join(f"<p><strong>{line}</strong></p>" if n % 2 == 0 else f"<p>{line}</p>" for n, line in enumerate(turns))
    return Layout(
        page(
            f"""<div class=nav>{NAV}</div><article><h1>{TITLE}</h1><p class=date>03/02/2023 14:05</p><h2 class=sapo>{LEAD}</h2><div class=article-content>{qa}</div>
<div class=related-news>{teaser_items("<p><a href=/{n}>{title}</a></p>")}</div></article><footer>{FOOTER}</footer>"""
        ),
        body=turns,
        captions=(),
    )


@layout
def live_blog() -> Layout:
    """Entries with an hour and a heading each."""
    entries = tuple(
        line
        for n in range(8)
        for line in (
            f"{8 + n}:{15 + n} - Cánh quạt số {n + 1} quay",
            f"Đến lúc này cánh quạt số {n + 1} đã quay ổn định, nước lên tới mương thứ {n + 2} của thôn Đông.",
        )
    )
    shown = "".join(
        f"<div class=entry><span class=hour>{head.split(' - ')[0]}</span><h3>{head.split(' - ')[1]}</h3><p>{text}</p></div>"
        for head, text in zip(entries[::2], entries[1::2], strict=True)
    )
    return Layout(
        page(
            f"""<nav>{NAV}</nav><main><h1>{TITLE}</h1><div class="publish-date">03/02/2023 14:05</div><div class=sapo>{LEAD}</div><div class=live>{shown}</div></main>
<aside>{teaser_items()}</aside><footer>{FOOTER}</footer>"""
        ),
        body=tuple(
            part
            for head, text in zip(entries[::2], entries[1::2], strict=True)
            for part in (head.split(" - ")[1], text)
        ),
        captions=(),
    )


@layout
def lists_and_tables() -> Layout:
    """A list and a table belong to the story."""
    items = ("Thôn Đông: 120 ha lúa, 14 ha rau màu", "Thôn Bến: 95 ha lúa, 8 ha rau", "Thôn Thượng: 103 ha lúa")
    rows = (
        ("Thôn", "Diện tích", "Tiền điện giảm"),
        ("Đông", "134 ha", "160 triệu đồng"),
        ("Bến", "103 ha", "130 triệu đồng"),
    )
    listed = "".join(f"<li>{item}</li>" for item in items)
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return Layout(
        page(
            f"""<div class=nav>{NAV}</div><div class=post><h1>{TITLE}</h1><div class=post-date>03/02/2023 14:05</div><p class=post-desc>{LEAD}</p><div class=post-content>
<p>{BODY[0]}</p><p>{BODY[1]}</p><ul>{listed}</ul><p>{BODY[3]}</p><table border=1>{table}</table><p>{BODY[4]}</p></div></div><div class=ft>{FOOTER}</div>"""
        ),
        body=(BODY[0], BODY[1], *items, BODY[3], *(" | ".join(row) for row in rows), BODY[4]),
        captions=(),
    )


@layout
def players_and_buttons() -> Layout:
    """A reading player, share buttons and font sizes stand inside the text's element."""
    return Layout(
        page(
            f"""<div class=main-nav>{NAV}</div><section class=detail><div class=bread><a href=/>Trang chủ</a> &gt; <a href=/ts>Thời sự</a></div><h1>{TITLE}</h1>
<div class=tools><span>03/02/2023 14:05</span><span> - {BYLINE}</span></div><div class=ct><div>Nghe đọc bài</div><div>Nam miền Bắc</div><div>1x</div><div>Chia sẻ</div><div>Cỡ chữ: A- A A+</div>
<h2>{LEAD}</h2>{paragraphs()}<div class=VCSortableInPreviewMode><div><img src=a.jpg></div><div class=PhotoCMS_Caption><p>{CAPTION}</p></div></div><div>Bình luận (0)</div><div>Theo dõi Báo Làng Mẫu trên Google News</div></div></section>
<section class=zone>{teaser_items("<div class=zi><h4><a href=/{n}>{title}</a></h4><p class=zs>{sapo}</p></div>")}</section><div class=bottom>{FOOTER}</div>"""
        ),
        absent=(*Layout("").absent, "Nghe đọc bài", "Nam miền Bắc", "Google News", "Cỡ chữ"),
    )


@layout
def unlinked_teasers() -> Layout:
    """The related stories open by script: no link anywhere, only a heading above them."""
    return Layout(
        page(
            f"""<nav>{NAV}</nav><div class=page><h1>{TITLE}</h1><div class=dt>Thứ Sáu, ngày 3 tháng 2 năm 2023</div><div class=intro>{LEAD}</div><div class=fulltext>{paragraphs()}</div>
<div class=lienquan><h3>Tin liên quan</h3>{teaser_items("<div class=i onclick=go({n})><div class=t>{title}</div><div class=s>{sapo}</div></div>")}</div></div><div class=ft>{FOOTER}</div>"""
        ),
        captions=(),
        published="2023-02-03",
    )


@layout
def reader_comments() -> Layout:
    """Long readers' comments follow, under an abbreviation for a name."""
    comment = (
        "Quê tôi cũng có sông mà năm nào cũng thiếu nước. Mong kỹ sư Tảo về giúp bà con quê tôi một trạm như thế này."
    )
    return Layout(
        page(
            f"""<nav>{NAV}</nav><div class=page><h1>{TITLE}</h1><div class=author-time>{BYLINE} - 03/02/2023 14:05</div><div class=summary>{LEAD}</div><div class=article-body>{paragraphs()}
<p class=Image><img src=a.jpg><span>{CAPTION}</span></p></div><div id=box-cmt><div class=cmt-item><b>Nguyễn Văn Bạn</b><p>{comment}</p></div><div class=cmt-item><b>Trần Đọc</b><p>{comment} Cảm ơn tòa soạn.</p></div></div></div>
<footer>{FOOTER}</footer>"""
        ),
        absent=(*Layout("").absent, comment),
    )


@layout
def school_portal() -> Layout:
    """A widespread free portal: the date is loose text beside an icon, ratings and lists of newer and older stories below."""
    newer = teaser_items('<li><a href="/vi/news/{n}.html" title="{title}">{title}</a> <em>(05/02/2023)</em></li>')
    return Layout(
        page(
            f"""<div class="wraper"><header><div class="logo"><a href="/"><img src=l.png></a><span class="site_name">Báo Làng Mẫu</span></div></header><nav class="second-nav">{NAV}</nav>
<div class="row"><div class="col-sm-16 col-md-18"><div class="news_column panel panel-default"><div class="panel-body"><h1 class="title margin-bottom-lg" itemprop="headline">{TITLE}</h1>
<div class="hidden hide d-none" itemprop="author"><span itemprop="name">Ban biên tập</span></div><span class="d-none" itemprop="datePublished">2023-02-03T14:05:00+07:00</span>
<div class="row margin-bottom-lg"><div class="col-md-12"><span class="h5"><em class="fa fa-clock-o"></em> Thứ sáu - 03/02/2023 14:05</span></div><div class="col-md-12"><ul class="list-inline text-right"><li><a href="mailto:x"><em class="fa"></em></a></li></ul></div></div>
<div class="clearfix"><div class="hometext m-bottom" itemprop="description">{LEAD}</div></div><div id="news-bodyhtml" class="bodytext margin-bottom-lg">{paragraphs()}
<div style="text-align:center"><figure class="image"><img src=a.jpg><figcaption>{CAPTION}</figcaption></figure></div></div>
<div class="margin-bottom-lg"><p class="h5 text-right"><strong>Tác giả bài viết: </strong>{BYLINE}</p><p class="h5 text-right"><strong>Nguồn tin: </strong>Làng Mẫu</p></div></div></div>
<div class="news_column panel"><div class="panel-body"><form id="form3B"><div class="h5 clearfix"><p id="stringrating">Tổng số điểm của bài viết là: 0 trong 0 đánh giá</p><p>Click để đánh giá bài viết</p></div></form></div></div>
<div class="news_column panel"><div class="panel-body other-news"><p class="h3"><strong>Những tin mới hơn</strong></p><ul class="related list-inline">{newer}</ul></div></div></div>
<div class="col-sm-8 col-md-6"><div class="panel"><div class="panel-heading">Thăm dò ý kiến</div><div class="panel-body">Bạn thấy trang thông tin của xã thế nào, có dễ tìm tin tức và thủ tục hay không?</div></div></div></div></div><footer id="footer">{FOOTER}</footer>"""
        ),
        published="2023-02-03T14:05+07:00",
        absent=(*Layout("").absent, "Thăm dò", "Tổng số điểm"),
    )


@layout
def component_system() -> Layout:
    """An old component system: details in a list, a link to the next story below, text straight in the element."""
    return Layout(
        page(
            f"""<div id=all><div id=header><h2 class=site>Báo Làng Mẫu</h2><div id=line>{CLOCK}</div></div><div id=left>{NAV}</div><div id=main><div class="item-page" itemscope><div class="page-header"><h2 itemprop="headline">{TITLE}</h2></div>
<dl class="article-info"><dt>Chi tiết</dt><dd class="createdby">Viết bởi {BYLINE}</dd><dd class="published"><time datetime="2023-02-03T14:05:00+07:00" itemprop="datePublished">Được đăng: Thứ sáu, 03 Tháng 2 2023 14:05</time></dd><dd class=hits>Lượt xem: 314</dd></dl>
<div itemprop="articleBody"><p><strong>{LEAD}</strong></p>{paragraphs()}</div><ul class="pager pagenav"><li class=previous><a href=/p rel=prev>Trước</a></li><li class=next><a href=/n rel=next>Tiếp</a></li></ul></div>
<div class=moduletable><h3>Bài viết mới</h3><ul class=latestnews>{teaser_items()}</ul></div></div><div id=bottom>{FOOTER}</div></div>"""
        ),
        captions=(),
        published="2023-02-03T14:05+07:00",
    )


@layout
def picture_table_and_inner_article() -> Layout:
    """Pictures in tables, an unnamed card in the text whose summary is not linked."""
    one = OTHERS[0]
    return Layout(
        page(
            f"""<header class="site-header"><div class="nav">{NAV}</div></header><section class="main"><article class="the-article"><header class="the-article-header"><p class="the-article-category"><a href=/doi-song>Đời sống</a></p>
<h1 class="the-article-title">{TITLE}</h1><ul class="the-article-meta"><li class="the-article-author">{BYLINE}</li><li class="the-article-publish">Thứ sáu, 3/2/2023 14:05 (GMT+7)</li></ul></header>
<section class="the-article-main"><p class="the-article-summary">{LEAD}</p><div class="the-article-body"><p>{BODY[0]}</p>
<table class="picture" align="center"><tbody><tr><td class="pic"><img src=a.jpg></td></tr><tr><td class="pic caption"><p>{CAPTION}</p></td></tr></tbody></table><p>{BODY[1]}</p><h3>{BODY[2]}</h3><p>{BODY[3]}</p>
<div class="inner-article"><a href=/1><img src=1.jpg></a><h2 class="title"><a href=/1>{one[0]}</a></h2><p class="summary">{one[1]}</p></div><p>{BODY[4]}</p><p>{BODY[5]}</p></div>
<p class="the-article-tags"><a href=/t1>Sông Lụa</a> <a href=/t2>trạm bơm gió</a></p></section></article><section id="recommendation">{teaser_items('<article><p class="article-title"><a href=/{n}>{title}</a></p><p class="article-summary">{sapo}</p></article>')}</section></section><footer>{FOOTER}</footer>"""
        ),
        published="2023-02-03T14:05+07:00",
    )


@layout
def text_in_parts() -> Layout:
    """An advertisement divides the text into two elements; key words in the text are links."""
    linked = BODY[3].replace("đúc trục thép", '<a href="/tag/thep">đúc trục thép</a>')
    return Layout(
        page(
            f"""<div class=hd>{NAV}</div><div class=row><div class=col-8><h1 class=t>{TITLE}</h1><div class=d>Đăng lúc: 03/02/2023 14:05 | Cập nhật: 05/02/2023 08:00</div><div class=s><strong>{LEAD}</strong></div>
<div class=part><p>{BODY[0]}</p><p>{BODY[1]}</p></div><div class=adv><a href=https://quangcao.example><img src=q.gif></a></div><div class=part><h3>{BODY[2]}</h3><p>{linked}</p><p>{BODY[4]}</p><p>{BODY[5]}</p></div></div>
<div class=col-4><h3>Xem nhiều</h3>{teaser_items("<div class=m><a href=/{n}>{title}</a><div>{sapo}</div></div>")}</div></div><div class=ft><p>{FOOTER}</p></div>"""
        ),
        captions=(),
    )


@layout
def sharepoint() -> Layout:
    """A portal with generated names; the text is in div elements full of styles and non-breaking spaces."""
    text = "".join(
        f'<div style="text-align:justify"><span style="font-family:times">{line.replace(" ", "&nbsp;", 3)}</span></div><div><br></div>'
        for line in BODY
    )
    return Layout(
        page(
            f"""<form id=aspnetForm><div id=s4-workspace><div id=s4-titlerow><a href=/>Sở Thủy lợi tỉnh Làng Mẫu</a></div><div class=ms-dialogHidden><ul class=root>{NAV}</ul></div><div id=MSO_ContentTable>
<div class=ms-webpart-zone><div class="ArticleTitle"><h3>{TITLE}</h3></div><div class="ArticleDate">03/02/2023 14:05</div><div class="ArticleBrief" style="font-weight:bold"><p>{LEAD}</p></div>
<div class="ms-rtestate-field"><div class="ExternalClass0F1A"><div style="text-align:center"><img src=a.jpg></div><div style="text-align:center"><em>{CAPTION}</em></div>{text}</div></div>
<div class=ExternalOther><b>Các tin đã đưa</b><table>{teaser_items("<tr><td>»</td><td><a href=/{n}.aspx>{title}</a> (2/2/2023)</td></tr>")}</table></div></div></div><div class=s4-foot>{FOOTER}</div></div></form>""",
            title="Chi tiết tin",
        )
    )


@layout
def summary_list_above() -> Layout:
    """Linked headlines of the day above the story, and a column before it in the markup."""
    return Layout(
        page(
            f"""<div class=ticker>{teaser_items("<span><a href=/{n}>{title}</a></span>")}</div><div class=cols><div class=c0>{teaser_items("<div><b><a href=/{n}>{title}</a></b><p>{sapo}</p></div>")}</div>
<div class=c1><div class=cat>Nông nghiệp</div><h1>{TITLE}</h1><div>{BYLINE} | 03/02/2023, 14:05</div><p class=txt_head>{LEAD}</p><div class=txt>{paragraphs()}<p style="text-align:center;font-size:12px"><img src=a.jpg></p><p style="text-align:center"><span style="font-size:12px"><em>{CAPTION}</em></span></p></div></div></div><div>{FOOTER}</div>"""
        )
    )


@layout
def comments_in_a_list() -> Layout:
    """Readers' opinions between the story and more stories, under a heading only."""
    opinion = "Tôi ở thôn Bến, hôm khánh thành cả nhà ra xem, ai cũng mừng vì từ nay đỡ được tiền điện bơm nước."
    return Layout(
        page(
            f"""<div class=nav>{NAV}</div><div class=wrap><h1>{TITLE}</h1><div class=when>14:05, 03/02/2023</div><h2>{LEAD}</h2><div class=story>{paragraphs()}</div>
<div class=yk><h3>Ý kiến bạn đọc (2)</h3><div><b>Lan</b><p>{opinion}</p></div><div><b>Huệ</b><p>{opinion}</p></div></div><div class=more>{teaser_items("<div><a href=/{n}>{title}</a></div>")}</div></div><div class=ft>{FOOTER}</div>"""
        ),
        captions=(),
        absent=(*Layout("").absent, opinion),
    )


@layout
def photo_story() -> Layout:
    """The story is told under its pictures."""
    shots = tuple(f"Khoảnh khắc thứ {n}: {line}" for n, line in enumerate(BODY) if len(line) > 30)
    figures = "".join(
        f"<figure><img src={n}.jpg><figcaption>{line}</figcaption></figure>" for n, line in enumerate(shots)
    )
    return Layout(
        page(
            f"""<div class=nav>{NAV}</div><article><h1>{TITLE}</h1><div class=date>03/02/2023 14:05</div><p class=sapo>{LEAD}</p><div class=photos>{figures}</div></article>
<section class=more>{teaser_items("<figure><a href=/{n}><img src=t.jpg></a><figcaption><a href=/{n}>{title}</a></figcaption></figure>")}</section><footer>{FOOTER}</footer>"""
        ),
        body=shots,
        captions=(),
    )


@layout
def undated_with_teaser_dates() -> Layout:
    """No date but those of other stories, the clock and the copyright; the text knows day and month only."""
    cards = teaser_items("<li><a href=/{n}>{title}</a><span class=date>21/11/2026 08:00</span><p>{sapo}</p></li>")
    return Layout(
        page(
            f"""<div class=top><span id=dongho>{CLOCK}</span></div><div class=nav>{NAV}</div><div class=ct><h1>{TITLE}</h1><h2>{LEAD}</h2><div class=tx>{paragraphs()}</div></div>
<ul class=khac>{cards}</ul><div class=ft>© 2026 {FOOTER}</div>"""
        ),
        captions=(),
        published=None,
    )


@layout
def documents_and_contents() -> Layout:
    """A table of contents, documents to download, a timeline; a list on the page links the story itself with its lead."""
    body = (
        "Sáng 3/2, hàng trăm người dân xã Mây Trắng có mặt bên bờ sông Lụa để chứng kiến cánh quạt đầu tiên quay.",
        "Vì sao chọn gió thay cho điện mặt trời",
        "Theo ông Lê Văn Tảo, mùa tưới ở đây là mùa gió, nắng thì ít mà mây phủ cả tháng liền.",
        "Ngày 12/10/2022",
        "Nhóm mất ba tháng để đúc trục thép, hai lần phải làm lại vì gãy mối hàn ngay trong đêm mưa.",
        "Theo Luật Thủy lợi",
        "Xã được giao quản lý trạm bơm và thu phí theo diện tích tưới, mỗi vụ một lần sau khi gặt.",
        "Quyết định số 12 về quản lý trạm bơm gió của xã",
    )
    itself = f'<a href="/tin-nay.html"><h3>{TITLE}</h3><p>{LEAD}</p></a>'
    return Layout(
        page(
            f"""<nav>{NAV}</nav><div class=m><h1>{TITLE}</h1><div class=dt>03/02/2023 14:05</div><p class=sapo>{LEAD}</p><div class=bd><p>{body[0]}</p>
<h2 id=m1>{body[1]}</h2><p>{body[2]}</p><p>{body[3]}</p><p>{body[4]}</p><p>{body[5]}</p><p>{body[6]}</p><p><a href="/files/qd12.pdf">{body[7]}</a></p></div>
<div class=box><ul><li><a href="https://bao.example/tin-nay.html#m1">{body[1]}</a></li></ul></div></div><div class=col>{itself}{teaser_items("<a href=/{n}><h3>{title}</h3><p>{sapo}</p></a>")}</div><footer>{FOOTER}</footer>"""
        ),
        body=body,
        captions=(),
    )


# -- pages that are no article ---------------------------------------------------------------------------------------

NOT_ARTICLES: dict[str, tuple[str, str | None]] = {
    "front page": (
        page(
            NAV
            + "".join(
                teaser_items("<div class=n><h2><a href=/{n}>{title}</a></h2><p>{sapo}</p></div>") for _ in range(5)
            ),
            title="Báo Làng Mẫu - Tin tức mới nhất",
        ),
        "https://bao.example/",
    ),
    "front page without an address": (
        page(
            NAV
            + "".join(
                teaser_items("<div class=n><h2><a href=/{n}>{title}</a></h2><p>{sapo}</p></div>") for _ in range(5)
            ),
            title="Báo Làng Mẫu - Tin tức mới nhất",
        ),
        None,
    ),
    "section": (
        page(
            f"<h1>Kinh tế</h1>{NAV}"
            + "".join(
                teaser_items("<li><h3><a href=/{n}>{title}</a></h3><span>03/02/2023</span><div>{sapo}</div></li>")
                for _ in range(4)
            ),
            title="Kinh tế - Báo Làng Mẫu",
        ),
        "https://bao.example/kinh-te",
    ),
    "section with a featured story": (
        page(
            f"<h1>Kinh tế</h1><div class=top><h2><a href=/x>{TITLE}</a></h2><p>{LEAD}</p></div>"
            + "".join(
                teaser_items("<div class=i><h3><a href=/{n}>{title}</a></h3><p>{sapo}</p></div>") for _ in range(4)
            ),
            title="Kinh tế - Báo Làng Mẫu",
        ),
        "https://bao.example/kinh-te.html",
    ),
    "tag": (
        page(
            "<h1>Tag: trạm bơm</h1>"
            + "".join(teaser_items("<li><a href=/{n}>{title}</a><p>{sapo}</p></li>") for _ in range(3)),
            title="trạm bơm - tin tức trạm bơm mới nhất",
        ),
        "https://bao.example/tag/tram-bom",
    ),
    "search": (
        page(
            "<h1>Kết quả tìm kiếm cho “gió”</h1>" + teaser_items("<div><a href=/{n}>{title}</a><p>{sapo}</p></div>"),
            title="Tìm kiếm: gió",
        ),
        "https://bao.example/tim-kiem?q=gio",
    ),
    "not found": (
        page(
            "<h1>404</h1><p>Không tìm thấy trang bạn yêu cầu. Có thể địa chỉ đã bị gõ sai hoặc bài viết đã bị gỡ bỏ khỏi hệ thống của báo.</p>"
            + teaser_items(),
            title="404 Not Found",
        ),
        "https://bao.example/abc.html",
    ),
    "video": (
        page(
            f"<h1>{TITLE}</h1><video src=a.mp4></video><div class=list>{teaser_items()}</div>",
            '<meta property="og:type" content="video.other">',
        ),
        "https://bao.example/video/tram-bom.html",
    ),
    "empty body": (page(""), "https://bao.example/trong.html"),
}
