"""An editor signs in and corrects a story from its page; everybody else does not."""

import json
import re
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from web_pages import PAGES

from indexer import pipeline
from indexer.catalogue.store import writer_lock
from indexer.errors import IndexNotWritten, SettingsError
from indexer.index.local import LocalIndex
from indexer.places.gazetteer import Gazetteer
from indexer.settings import Settings
from indexer.upkeep.checking import check
from search_app.query.other_names import country_called
from search_app.service import SearchService
from search_app.web import create_app, editors
from search_app.web.editors import FORWARDED, GUESSES

SECRET = "mot hai ba bon nam sau"
TLS = {FORWARDED: {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}}


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    """An index that every test changes a copy of."""
    folder = tmp_path_factory.mktemp("editing")
    pages = folder / "pages.jsonl"
    pages.write_text("\n".join(json.dumps(page) for page in PAGES), encoding="utf-8")
    pipeline.index([pages], Settings(index=folder / "index"))
    return folder / "index"


@pytest.fixture
def settings(archive, tmp_path) -> Settings:
    shutil.copytree(archive, tmp_path / "index")
    return Settings(index=tmp_path / "index", editor=True, editor_secret=SECRET)


@pytest.fixture
def client(settings):
    return create_app(settings).test_client()


@pytest.fixture(scope="module")
def story(archive) -> str:
    with closing(SearchService.open(Settings(index=archive))) as service:
        return service.search(service.request(text="seongnam")).hits[0].id


@pytest.fixture(scope="module")
def untouched(archive):
    """An editor who has signed in, for what changes nothing."""
    made = create_app(Settings(index=archive, editor=True, editor_secret=SECRET)).test_client()
    sign_in(made)
    return made


def tree(response) -> BeautifulSoup:
    return BeautifulSoup(response.text, "lxml")


def fields(page: BeautifulSoup, action: str) -> dict[str, str]:
    """What a form sends as it stands."""
    form = page.select_one(f'form[action$="{action}"]')
    given = form.select("input[type=hidden], input:not([type])")
    return {one["name"]: one.get("value", "") for one in given} | {
        one["name"]: one.get("value", "on") for one in form.select("input[checked]")
    }


def sign_in(client, secret=SECRET, **more):
    page = tree(client.get("/bien-tap", **more))
    return client.post("/bien-tap", data=fields(page, "/bien-tap") | {"secret": secret}, **more)


def form_of(client, story, **more) -> dict[str, str]:
    return fields(tree(client.get(f"/bai/{story}/sua", **more)), "/sua")


def about(client, story) -> list[str]:
    page = tree(client.get(f"/bai/{story}"))
    return [chip.get_text() for chip in page.select(".record .chip")]


def test_nothing_of_it_is_there_unless_asked_for(settings, story):
    client = create_app(Settings(index=settings.index, editor_secret=SECRET)).test_client()
    for path in ("/bien-tap", f"/bai/{story}/sua", "/bien-tap/ra", f"/bai/{story}/hoan-tac"):
        assert client.get(path).status_code == 404, path
        assert client.post(path).status_code == 404, path
    page = client.get(f"/bai/{story}").text
    assert "bien-tap" not in page
    assert "/sua" not in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"editor_secret": None}, "is missing"),
        ({"editor_secret": "too short"}, "has only 9 characters"),
        ({"host": "0.0.0.0"}, "does not listen on 0.0.0.0 in the clear"),
        ({"host": "192.0.2.1", "trusted_proxies": " , "}, "does not listen on 192.0.2.1"),
    ],
)
def test_what_is_not_safe_does_not_start(given, said):
    with pytest.raises(SettingsError, match=said):
        create_app(Settings(editor=True, **({"editor_secret": SECRET} | given)))
    create_app(Settings(editor=False, **({"editor_secret": SECRET} | given)))


def test_a_reader_is_shown_the_way_to_sign_in_and_no_more(client, story):
    assert client.get(f"/bai/{story}/sua").location == f"/bien-tap?bai={story}"
    assert "/sua" not in client.get(f"/bai/{story}").text
    page = tree(client.get(f"/bien-tap?bai={story}"))
    assert fields(page, "/bien-tap")["bai"] == story
    assert client.post(f"/bai/{story}/sua", data={"countries": "Lào"}).location == "/bien-tap"
    assert client.post(f"/bai/{story}/hoan-tac", data={"number": "1"}).location == "/bien-tap"
    assert (
        client.get("/bien-tap?bai=//evil.example").text.count("evil.example") == 1
    )  # in the link to the other language
    assert 'name="bai"' not in client.get("/bien-tap?bai=//evil.example").text


def test_the_secret_opens_the_story_that_was_to_be_corrected(client, story):
    page = tree(client.get(f"/bien-tap?bai={story}"))
    done = client.post("/bien-tap", data=fields(page, "/bien-tap") | {"secret": SECRET})
    assert (done.status_code, done.location) == (303, f"/bai/{story}/sua")
    (cookie,) = [one for one in done.headers.getlist("Set-Cookie") if one.startswith("timbao-editor=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Secure" not in cookie
    assert SECRET not in cookie
    assert client.get(f"/bai/{story}/sua").status_code == 200
    assert f"/bai/{story}/sua" in client.get(f"/bai/{story}").text
    out = fields(tree(client.get("/bien-tap")), "/bien-tap/ra")
    assert client.post("/bien-tap/ra", data=out).status_code == 303
    assert client.get(f"/bai/{story}/sua").status_code == 303


def test_a_wrong_secret_opens_nothing_and_can_be_tried_a_few_times_only(client, story, monkeypatch):
    clock = [1_000.0]
    monkeypatch.setattr(editors.time, "monotonic", lambda: clock[0])
    for wrong in ("", SECRET[:-1], SECRET.upper(), "đ" * 2_000, SECRET + "x")[:GUESSES]:
        done = sign_in(client, wrong)
        assert done.status_code == 403
        assert "Mật khẩu không đúng." in done.text
    assert client.get(f"/bai/{story}/sua").status_code == 303
    waiting = sign_in(client)
    assert (waiting.status_code, waiting.headers["Retry-After"]) == (429, "61")
    other = client.application.test_client()
    assert sign_in(other, environ_overrides=TLS).status_code == 303  # from another address
    clock[0] += 61
    assert sign_in(client).status_code == 303


def test_a_cookie_of_another_secret_is_none(client, settings, story):
    sign_in(client)
    other = create_app(replace(settings, editor_secret="another secret of this kind")).test_client()
    other.set_cookie("timbao-editor", client.get_cookie("timbao-editor").value)
    assert other.get(f"/bai/{story}/sua").status_code == 303
    other.set_cookie("timbao-editor", client.get_cookie("timbao-guest").value)
    assert other.get(f"/bai/{story}/sua").status_code == 303
    client.set_cookie("timbao-editor", client.get_cookie("timbao-guest").value)
    assert client.get(f"/bai/{story}/sua").status_code == 303


@pytest.mark.parametrize("token", [None, "", "0" * 64, "đ"])
def test_a_form_without_its_token_changes_nothing(untouched, story, token):
    client = untouched
    form = form_of(client, story) | {"countries": "Lào"}
    if token is None:
        del form["csrf"]
    else:
        form["csrf"] = token
    refused = client.post(f"/bai/{story}/sua", data=form)
    assert refused.status_code == 403
    assert "Không nhận biểu mẫu này" in refused.text
    assert client.post(f"/bai/{story}/hoan-tac", data=form | {"number": "1"}).status_code == 403
    assert client.post("/bien-tap/ra", data=form).status_code == 403
    assert about(client, story) == ["Thanh Hóa", "Hàn Quốc"]


def test_a_token_of_another_visit_is_none(client, settings, story):
    sign_in(client)
    other = client.application.test_client()
    sign_in(other)
    form = form_of(other, story) | {"countries": "Lào"}
    assert client.post(f"/bai/{story}/sua", data=form).status_code == 403
    guest = fields(tree(client.application.test_client().get("/bien-tap")), "/bien-tap")
    assert client.application.test_client().post("/bien-tap", data=guest | {"secret": SECRET}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:81"},
    ],
)
def test_a_form_from_elsewhere_changes_nothing(untouched, story, headers):
    client = untouched
    form = form_of(client, story) | {"countries": "Lào"}
    assert client.post(f"/bai/{story}/sua", data=form, headers=headers).status_code == 403
    page = tree(client.get("/bien-tap"))
    assert client.post("/bien-tap/ra", data=fields(page, "/bien-tap/ra"), headers=headers).status_code == 403
    own = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
    nothing = client.post(f"/bai/{story}/sua", data=form_of(client, story), headers=own)
    assert "Không có gì thay đổi." in nothing.text


@pytest.fixture(scope="module")
def proxied(archive):
    return create_app(Settings(index=archive, editor=True, editor_secret=SECRET, trusted_proxies="10.0.0.2"))


@pytest.mark.parametrize(
    ("environ", "host", "status"),
    [
        ({}, "localhost", 200),
        ({}, "127.0.0.1:8017", 200),
        ({}, "[::1]:8017", 200),
        ({}, "bao.example", 403),  # a name that was made to lead here
        ({"REMOTE_ADDR": "192.0.2.9"}, "localhost", 403),
        ({"REMOTE_ADDR": "192.0.2.9"} | TLS, "bao.example", 403),
        ({"REMOTE_ADDR": "10.0.0.2"} | TLS, "bao.example", 200),
        (TLS, "bao.example", 200),
        ({FORWARDED: {"HTTP_X_FORWARDED_PROTO": "http"}}, "localhost", 403),
        ({FORWARDED: {"HTTP_X_FORWARDED_PROTO": "http, https"}}, "localhost", 403),
        ({FORWARDED: {"HTTP_X_FORWARDED_FOR": "192.0.2.9"}}, "localhost", 403),
        ({"HTTP_X_FORWARDED_PROTO": "https"}, "bao.example", 200),  # under a server that leaves it in place
    ],
)
def test_only_this_machine_and_tls_are_let_in(proxied, environ, host, status):
    client = proxied.test_client()
    answer = client.get("/bien-tap", base_url=f"http://{host}", environ_overrides=environ)
    assert answer.status_code == status, answer.text
    if status == 403:
        assert "Không sửa được qua đường này" in answer.text


def test_behind_tls_the_cookie_is_for_tls_only_and_the_public_address_is_ours(settings, story):
    app = create_app(replace(settings, public_url="https://bao.example/tim"))
    client = app.test_client()
    asked = {"base_url": "http://127.0.0.1:8017", "environ_overrides": TLS}
    page = tree(client.get("/tim/bien-tap", **asked))
    form = fields(page, "/bien-tap") | {"secret": SECRET}
    done = client.post("/tim/bien-tap", data=form, headers={"Origin": "https://bao.example"}, **asked)
    (cookie,) = [one for one in done.headers.getlist("Set-Cookie") if one.startswith("timbao-editor=")]
    assert "Secure" in cookie
    assert "Path=/tim/" in cookie
    silent = client.get("/tim/bien-tap", base_url="http://127.0.0.1:8017")  # of a proxy that tells nothing
    assert silent.status_code == 403


def test_places_and_date_are_corrected_at_once_for_everybody(client, settings, story):
    sign_in(client)
    form = form_of(client, story)
    assert form["date"] == "21:15 02/03/2023"
    sent = form | {"drop": "KR", "countries": "nhat ban; Lào", "provinces": "Hải Dương", "date": "8/2/2024"}
    done = client.post(f"/bai/{story}/sua", data=sent | {"note": " báo  đính chính "})
    assert (done.status_code, done.location) == (303, f"/bai/{story}/sua?xong=roi")
    page = tree(client.get(done.location))
    assert "Đã lưu." in page.select_one("[role=status]").get_text()
    assert page.select_one("#date")["value"] == "08/02/2024"
    (change,) = page.select(".changes li")
    said = "bỏ Hàn Quốc; ngày đăng: 08/02/2024"
    assert "thêm Hải Dương; thêm Nhật Bản; thêm Lào; " + said in " ".join(change.get_text().split())
    assert "báo đính chính" in change.get_text()
    reader = client.application.test_client()
    assert about(reader, story) == ["Thanh Hóa", "Hải Dương", "Nhật Bản", "Lào"]
    shown = reader.get(f"/bai/{story}").text
    assert "do biên tập sửa" in shown
    assert "2023-03-02T21:15" in shown  # what the page says
    assert "báo đính chính" not in shown
    assert story in reader.get("/?country=JP&year=2024").text
    assert story not in reader.get("/?country=KR").text
    assert story not in reader.get("/?year=2023").text
    english = reader.get(f"/bai/{story}?lang=en").text
    assert "corrected by an editor" in english
    assert check(settings).findings == ()


def test_it_is_taken_back_one_change_after_the_other(client, story):
    sign_in(client)
    for changed in ({"countries": "Lào"}, {"date": "2/2023"}, {"undated": "on"}):
        assert client.post(f"/bai/{story}/sua", data=form_of(client, story) | changed).status_code == 303
    dates = []
    for _ in range(3):
        page = tree(client.get(f"/bai/{story}/sua"))
        dates.append((page.select_one("#date")["value"], bool(page.select_one("[name=undated][checked]"))))
        (undo,) = page.select('form[action$="/hoan-tac"]')
        sent = {one["name"]: one["value"] for one in undo.select("input")}
        assert client.post(f"/bai/{story}/hoan-tac", data=sent).status_code == 303
        again = client.post(f"/bai/{story}/hoan-tac", data=sent)
        assert again.status_code == 409
    assert dates == [("", True), ("02/2023", False), ("21:15 02/03/2023", False)]
    assert about(client, story) == ["Thanh Hóa", "Hàn Quốc"]
    page = tree(client.get(f"/bai/{story}/sua"))
    assert page.select('form[action$="/hoan-tac"]') == []
    assert len(page.select(".changes li.undone")) == 3
    sent = {"csrf": sent["csrf"], "number": "1"}
    refused = client.post(f"/bai/{story}/hoan-tac", data=sent)
    assert (refused.status_code, "Chỉ hoàn tác được lần sửa mới nhất." in refused.text) == (400, True)


def test_a_date_is_given_to_an_undated_story_whatever_its_box_says(client, settings):
    sign_in(client)
    with closing(SearchService.open(settings)) as service:
        undated = service.search(service.request(years=["none"])).hits[0].id
    form = form_of(client, undated)
    assert (form["date"], form["undated"]) == ("", "on")
    assert client.post(f"/bai/{undated}/sua", data=form | {"date": "2/2023"}).status_code == 303
    form = form_of(client, undated)
    assert form["date"] == "02/2023"
    assert "undated" not in form


@pytest.mark.parametrize(
    ("given", "said", "name"),
    [
        ({"date": "31/2/2023"}, "“31/2/2023” không phải ngày đăng", "date"),
        ({"date": "mai"}, "“mai” không phải ngày đăng", "date"),
        ({"provinces": "Atlantis"}, "Không có tỉnh hay nước nào tên “Atlantis”.", "provinces"),
        ({"countries": "Lào, <b>"}, "Không có tỉnh hay nước nào tên “&lt;b&gt;”.", "countries"),
        ({"drop": "KR", "countries": "Hàn Quốc"}, "Một nơi không thể vừa thêm vừa bỏ.", None),
    ],
)
def test_what_cannot_be_read_stays_in_the_form(untouched, story, given, said, name):
    client = untouched
    refused = client.post(f"/bai/{story}/sua", data=form_of(client, story) | {"note": "giữ"} | given)
    assert refused.status_code == 400
    assert said in refused.text
    page = tree(refused)
    assert fields(page, "/sua")["note"] == "giữ"
    for field, value in given.items():
        if field != "drop":
            assert page.select_one(f"#{field}")["value"] == value
    if name:
        assert page.select_one(f"#{name}")["aria-invalid"] == "true"
    assert "Chưa ai sửa bài này." in refused.text


def test_what_was_changed_elsewhere_is_seen_first(client, story):
    sign_in(client)
    old = form_of(client, story)
    client.post(f"/bai/{story}/sua", data=old | {"countries": "Lào"})
    late = client.post(f"/bai/{story}/sua", data=old | {"countries": "Nhật Bản"})
    assert late.status_code == 409
    assert "vừa được sửa ở nơi khác" in late.text
    assert form_of_page(late)["countries"] == "Nhật Bản"
    assert client.post(f"/bai/{story}/sua", data=form_of_page(late)).status_code == 303
    assert about(client, story) == ["Thanh Hóa", "Hàn Quốc", "Nhật Bản", "Lào"]


def form_of_page(response) -> dict[str, str]:
    return fields(tree(response), "/sua")


def test_while_another_process_writes_nothing_is_lost(client, settings, story):
    sign_in(client)
    sent = form_of(client, story) | {"countries": "Lào", "note": "thử"}
    with writer_lock(settings.index):
        busy = client.post(f"/bai/{story}/sua", data=sent)
    assert busy.status_code == 503
    assert "Kho đang được ghi" in busy.text
    assert (form_of_page(busy)["countries"], form_of_page(busy)["note"]) == ("Lào", "thử")
    assert about(client, story) == ["Thanh Hóa", "Hàn Quốc"]
    assert client.post(f"/bai/{story}/sua", data=form_of_page(busy)).status_code == 303
    assert "Lào" in about(client, story)


def test_what_is_kept_but_not_yet_found_is_said_to_be(client, settings, story, monkeypatch):
    sign_in(client)

    def full(self):
        raise IndexNotWritten("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(LocalIndex, "writer", full)
        done = client.post(f"/bai/{story}/sua", data=form_of(client, story) | {"countries": "Lào"})
    assert done.location.endswith("?xong=cho")
    assert "sau lần lập chỉ mục tới" in client.get(done.location).text
    assert about(client, story) == ["Thanh Hóa", "Hàn Quốc"]
    pipeline.index([], settings)
    assert about(client, story) == ["Thanh Hóa", "Hàn Quốc", "Lào"]


def test_a_form_that_changes_nothing_is_not_kept(untouched, story):
    client = untouched
    same = client.post(f"/bai/{story}/sua", data=form_of(client, story))
    assert (same.status_code, "Không có gì thay đổi." in same.text) == (200, True)
    assert "Chưa ai sửa bài này." in same.text
    assert client.get("/bai/0000000000000000/sua").status_code == 404


def test_forms_are_kept_nowhere_and_not_packed(untouched, story):
    client = untouched
    for path in ("/bien-tap", f"/bai/{story}/sua"):
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Content-Encoding" not in answer.headers
        assert "ETag" not in answer.headers
        assert len(answer.data) < 40_000
    assert client.get(f"/bai/{story}", headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"


def test_every_name_that_is_offered_is_understood(untouched, story):
    client = untouched
    gazetteer = Gazetteer.load()
    for language in ("vi", "en"):
        page = tree(client.get(f"/bai/{story}/sua?lang={language}"))
        for name in [one.get_text() for one in page.select("#provinces-names option")]:
            assert gazetteer.resolve_province(name), name
        for name in [one.get_text() for one in page.select("#countries-names option")]:
            assert re.search("[,;]", name) or len(gazetteer.resolve_country(name) or country_called(name)) == 1, name
