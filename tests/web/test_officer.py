"""The officer's ten minutes, the keyboard alone, a list that is kept and shared: walks through a real Chromium."""

import pytest
from docx import Document
from web_service import WatchedService, stories, tagged

from indexer.settings import Settings
from search_app.query.periods import period
from search_app.web import create_app

pytestmark = pytest.mark.browser

TITLES = ("mở lớp nghề", "đón đoàn khảo sát", "ký biên bản", "trao học bổng", "bàn tuyến bay")


@pytest.fixture
def quarter():
    return period("quý trước")


@pytest.fixture
def archive(listening, quarter):
    """An archive in which five stories of the last quarter are about Thanh Hóa and Korea."""
    ours = []
    for number, title in enumerate(TITLES):
        day = quarter.first.replace(day=number + 2).isoformat()
        lead = f"Tỉnh Thanh Hóa và Hàn Quốc {title}, tin thứ {number}."
        body = (f"Bài {title} ngắn.",)
        name = f"Thanh Hóa và Hàn Quốc {title}"
        ours.append(tagged(900 + number, name, lead, "vn63:38", "KR", day, "bao.example", body=body))
    return listening(create_app(Settings(), WatchedService([*ours, *stories()])))


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def officer(request, browser):
    """A desk with JavaScript and one without."""
    size = {"width": 1200, "height": 900}
    with browser.new_context(java_script_enabled=request.param, viewport=size, accept_downloads=True) as context:
        yield context.new_page()


def test_from_two_words_to_a_report_in_four_clicks(officer, archive, quarter, tmp_path):
    officer.goto(archive)
    officer.get_by_label("Tìm trong kho bài").fill("thanh hóa hàn quốc")
    officer.keyboard.press("Enter")
    officer.locator(".cards a", has_text="cả hai").click()
    officer.locator(".rail").get_by_role("link", name="quý trước").click()
    assert officer.get_by_role("status").inner_text().startswith("5 bài")
    officer.locator(".picking").get_by_role("link", name="Báo cáo").click()

    officer.locator(".rows h2").first.wait_for()
    titles = officer.locator(".rows h2").all_inner_texts()
    assert len(titles) == 5
    for number in (1, 3):
        officer.get_by_label(f"Giữ bài: {titles[number]}").uncheck()
    officer.get_by_label(f"{titles[0]}: Ghi chú").fill("=đã báo cáo <lãnh đạo>")
    with officer.expect_download() as taken:
        officer.get_by_role("button", name="Word").click()
    path = tmp_path / taken.value.suggested_filename
    taken.value.save_as(path)

    assert path.name.startswith("bao-cao-thanh-hoa-han-quoc-")
    document = Document(path)
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    told = [row for row in rows if row[0].isdigit()]
    assert [row[3] for row in told] == [titles[0], titles[2], titles[4]]
    assert "Ghi chú: =đã báo cáo <lãnh đạo>" in told[0][4]
    above = [paragraph.text for paragraph in document.paragraphs]
    assert {f"Kỳ: {quarter.label()}", "Tỉnh, thành: Thanh Hóa", "Nước: Hàn Quốc", "Số bài: 3"} <= {*above}


def test_a_list_is_kept_in_the_browser_and_shared_by_its_address(browser, archive):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{archive}/?q=thanh+hóa+hàn+quốc")
        page.locator(".pick input").nth(0).check()
        page.locator(".pick input").nth(2).check()
        basket = page.locator("[data-basket]")
        assert basket.inner_text() == "Giỏ bài (2)"
        page.goto(f"{archive}/?q=thanh+hóa")
        basket.click()
        page.locator(".rows h2").first.wait_for()
        titles = page.locator(".rows h2").all_inner_texts()
        assert len(titles) == 2
        page.get_by_label(f"{titles[0]}: Ghi chú").fill("trước hết")
        page.get_by_role("button", name=f"Đưa xuống: {titles[0]}").click()
        page.wait_for_function("title => document.querySelector('.rows h2').innerText === title", arg=titles[1])
        assert page.locator(".rows h2").all_inner_texts() == [titles[1], titles[0]]
        page.get_by_label("Tên giỏ").fill("Hàn Quốc quý 3")
        page.get_by_role("button", name="Cập nhật").click()
        page.locator("h1", has_text="Hàn Quốc quý 3").wait_for()
        page.goto(archive)
        assert basket.inner_text() == "Giỏ bài (2)"
        basket.click()
        page.locator(".rows h2").first.wait_for()
        shared = page.url
        assert page.locator(".noted input").nth(1).input_value() == "trước hết"
        page.get_by_role("button", name="Giỏ mới").click()
        page.wait_for_url("**/danh-sach")
        page.goto(f"{archive}/?q=hợp")
        page.get_by_text("Chọn cả trang").click()
        assert basket.inner_text() == "Giỏ bài (10)"
        basket.click()
        page.locator(".rows h2").first.wait_for()
        page.get_by_label("Giỏ khác").select_option("Hàn Quốc quý 3")
        page.locator("h1", has_text="Hàn Quốc quý 3").wait_for()
        assert page.locator(".rows h2").count() == 2

    with browser.new_context() as other:  # somebody else, who is sent the address
        page = other.new_page()
        page.goto(shared)
        assert page.locator(".rows h2").all_inner_texts() == [titles[1], titles[0]]
        assert page.locator("[data-basket]").inner_text() == "Giỏ bài"
        page.get_by_role("button", name="Lưu giỏ này vào trình duyệt").click()
        page.locator("[data-basket]", has_text="(2)").wait_for()


def test_without_javascript_the_address_is_the_list(browser, archive):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{archive}/?q=thanh+hóa+hàn+quốc")
        page.locator(".pick input").nth(1).check()
        page.get_by_role("button", name="Xem các bài đã chọn").click()
        page.locator(".rows h2").first.wait_for()
        assert "ids=a" in page.url
        assert page.locator(".rows h2").count() == 1
        page.locator(".rows h2 a").click()
        page.get_by_role("button", name="Bỏ vào giỏ").click()
        page.locator(".rows h2").first.wait_for()
        assert page.locator(".rows h2").count() == 1


def test_a_list_that_somebody_spoilt_costs_nothing(browser, archive):
    for wrong in ("{", "[]", '{"lists": 3}', '{"lists": {"x": {"ids": 4}}, "current": 7}', "null"):
        with browser.new_context() as context:
            page = context.new_page()
            complaints = []
            page.on("pageerror", lambda error, kept=complaints: kept.append(str(error)))
            page.goto(archive)
            page.evaluate("text => localStorage.setItem('timbao.lists', text)", wrong)
            page.goto(f"{archive}/?q=hợp")
            page.locator(".pick input").first.check()
            assert page.locator("[data-basket]").inner_text() == "Giỏ bài (1)"
            assert complaints == []


def test_the_keyboard_alone_goes_from_the_words_to_the_report(browser, archive):
    with browser.new_context(accept_downloads=True) as context:
        page = context.new_page()
        page.goto(archive)
        page.keyboard.press("/")
        page.keyboard.type("thanh hóa hàn quốc")
        page.keyboard.press("Enter")
        page.wait_for_url("**/?q=*")

        def tab_to(name):
            for _ in range(120):
                page.keyboard.press("Tab")
                if page.evaluate("document.activeElement.innerText || ''").startswith(name):
                    return
            raise AssertionError(name)

        tab_to("cả hai")
        page.keyboard.press("Enter")
        page.wait_for_url("**province=*")
        tab_to("Báo cáo")
        page.keyboard.press("Enter")
        page.wait_for_url("**/bao-cao*")
        tab_to("Word")
        with page.expect_download() as taken:
            page.keyboard.press("Enter")
        assert taken.value.suggested_filename.endswith(".docx")


def test_a_journalist_on_a_phone_narrows_reads_and_copies_the_citation(browser, archive):
    size = {"width": 390, "height": 844}
    with browser.new_context(viewport=size, permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        page.goto(archive)
        page.get_by_label("Tìm trong kho bài").fill("đoàn")
        page.get_by_role("button", name="Tìm", exact=True).click()
        page.locator("summary", has_text="Thu hẹp").click()
        page.locator(".facet.country").get_by_role("link", name="Hàn Quốc").click()
        page.locator(".hits h2 a").first.click()
        page.get_by_role("button", name="Chép trích dẫn").click()
        page.get_by_role("status").filter(has_text="Đã chép").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == " ".join(page.locator(".cite").inner_text().split())
        assert "https://" in copied
        page.get_by_role("button", name="Chép liên kết").click()
        page.wait_for_function("navigator.clipboard.readText().then(text => text.endsWith(location.pathname))")


def test_a_stretch_of_the_timeline_is_two_clicks_or_two_lists(browser, archive):
    with browser.new_context(viewport={"width": 1200, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{archive}/?q=hợp")
        assert page.locator(".numbers").inner_text().split() == ["6", "6", "12", "9", "3"]
        page.locator(".timeline summary").click()
        page.get_by_role("button", name="Chọn khoảng trên biểu đồ").click()
        bars = page.locator(".timeline svg a")
        bars.nth(3).click()
        bars.nth(2).click()
        page.wait_for_url("**from=2024&to=2025*")
        assert page.locator(".chips a").first.inner_text().endswith("từ 2024 đến 2025")
        page.goto(f"{archive}/?q=hợp")
        page.locator(".timeline summary").click()
        page.locator("#khoang-from").select_option("2023")
        page.locator(".stretch").get_by_role("button", name="Lọc").click()
        assert "from=2023&to=" in page.url


def test_a_search_is_watched_and_says_what_is_new(browser, archive):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{archive}/?q=hợp&country=KR")
        page.get_by_role("button", name="Theo dõi").click()
        assert page.locator("[data-watch]").inner_text() == "Đang theo dõi"
        page.evaluate(
            "() => { const all = JSON.parse(localStorage.getItem('timbao.watched'));"
            " all[0].total -= 2; localStorage.setItem('timbao.watched', JSON.stringify(all)); }"
        )
        page.get_by_role("link", name="Theo dõi", exact=True).click()
        row = page.locator(".watched li")
        row.get_by_text("2 bài mới").wait_for()
        row.get_by_role("link", name="hợp · Hàn Quốc").click()
        assert page.locator("[data-watch]").inner_text() == "Đang theo dõi · 2 bài mới"
        page.get_by_role("link", name="Theo dõi", exact=True).click()
        row.get_by_role("button").click()
        page.get_by_text("Chưa theo dõi câu tìm nào.").wait_for()


def test_no_page_moves_while_it_loads_or_asks_for_much(browser, archive):
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.add_init_script(
            "window.moved = 0; new PerformanceObserver(list => { for (const one of list.getEntries())"
            " if (!one.hadRecentInput) window.moved += one.value; }).observe({type: 'layout-shift', buffered: true});"
        )
        asked = []
        page.on("request", lambda one: asked.append(one.url))
        for path in ("/?q=hợp", "/bao-cao?q=hợp", "/danh-sach?ids=a0001,a0002", "/hop-tac", "/ban-do"):
            asked.clear()
            page.goto(archive + path)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("window.moved") < 0.01, path
            assert len({*asked}) <= 6, path
