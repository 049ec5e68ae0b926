"""The API described for programs (OpenAPI 3.1): from the table of parameters below and the shapes of the answers."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any, get_args

from indexer.places.gazetteer import Gazetteer
from search_app.answers import MAX_LIMIT, MAX_OFFSET, MAX_QUERY, REACHES, SORTS, Facet
from search_app.budget import Part
from search_app.results.exports import FORMATS, HEADINGS, MOST
from search_app.results.report import GROUPINGS
from search_app.results.report_formats import REPORT_FORMATS
from search_app.web.i18n.language import gettext as _
from search_app.web.i18n.language import lazy
from search_app.web.params import GEOGRAPHIES, PAGE_SIZE
from search_app.web.parsing import MAX_VALUE, MAX_VALUES
from search_app.web.view.display import shown_number

Schema = dict[str, Any]

# Every day that each year has; 29 February is understood too, in the years that have it.
_DAY = "(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31"
DATE = f"^[12][0-9]{{3}}(-((0[1-9]|1[0-2])|{_DAY}))?$"
PERIOD = "^[12][0-9]{3}-(Q[1-4]|H[12])$"
TIME = "^-?([12][0-9]{3}(-(0[1-9]|1[0-2]))?|none)$"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a search: what it does, what it may be, and whether it may be given several times."""

    name: str
    meaning: str
    schema: Schema
    repeats: bool = False

    def described(self) -> Schema:
        """As OpenAPI has it."""
        schema = {"type": "array", "items": self.schema, "maxItems": MAX_VALUES} if self.repeats else self.schema
        return {"name": self.name, "in": "query", "description": _(self.meaning), "schema": schema}


def _places() -> tuple[list[str], list[str]]:
    gazetteer = Gazetteer.load()
    provinces = [place.id for place in (*gazetteer.provinces_34, *gazetteer.provinces_63)]
    return provinces, sorted(gazetteer.countries)


def parameters() -> tuple[Parameter, ...]:
    """What a search takes, on the page, in the API, in exports and in the feed."""
    provinces, countries = _places()
    text = {"type": "string"}
    return (
        Parameter("q", lazy("câu tìm; phần quá 1.000 ký tự bị bỏ và báo trong notices"), text),
        Parameter(
            "province",
            lazy("mã tỉnh (vn34: hiện nay, vn63: trước 7/2025), cũng có thể là tên viết cách nào cũng được"),
            {"type": "string", "enum": provinces},
            repeats=True,
        ),
        Parameter(
            "country",
            lazy("mã nước ISO 3166-1, cũng có thể là tên tiếng Việt"),
            {"type": "string", "enum": countries},
            repeats=True,
        ),
        Parameter(
            "year",
            lazy("năm, tháng, hoặc none (không rõ ngày); - ở trước: trừ ra"),
            {"type": "string", "pattern": TIME},
            repeats=True,
        ),
        Parameter(
            "site", lazy("tên miền của báo"), {"type": "string", "pattern": "^[a-z0-9.-]+$", "maxLength": MAX_VALUE},
            repeats=True,
        ),
        Parameter(
            "geography",
            lazy("các tỉnh được đếm: 34 hiện nay, hay 63 trước 7/2025"),
            {"type": "string", "enum": list(GEOGRAPHIES), "default": GEOGRAPHIES[0]},
        ),
        Parameter("from", lazy("đăng từ ngày, tháng hoặc năm ấy"), {"type": "string", "pattern": DATE}),
        Parameter("to", lazy("đăng đến hết ngày, tháng hoặc năm ấy"), {"type": "string", "pattern": DATE}),
        Parameter(
            "period",
            lazy("kỳ: 2023-Q1, 2023-H1, quý trước; thay cho from và to"),
            {"type": "string", "pattern": PERIOD},
        ),
        Parameter(
            "words",
            lazy("mã nơi và chữ trong câu hỏi mà bộ lọc ấy thay cho: vn63:38~thanh hóa"),
            {"type": "string", "maxLength": 2 * MAX_VALUE},
            repeats=True,
        ),
        Parameter(
            "match",
            lazy("mọi chữ trong một đoạn, trong cả bài, hay phần lớn các chữ"),
            {"type": "string", "enum": list(REACHES)},
        ),
        Parameter("sort", lazy("thứ tự"), {"type": "string", "enum": list(SORTS)}),
        Parameter(
            "page",
            lazy("trang, đếm từ 1"),
            {"type": "integer", "minimum": 1, "maximum": MAX_OFFSET // PAGE_SIZE + 1, "default": 1},
        ),
        Parameter(
            "limit",
            lazy("số bài một trang"),
            {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": PAGE_SIZE},
        ),
    )  # fmt: skip


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_MAYBE_COUNT: Schema = {"type": ["integer", "null"], "minimum": 0}
_REACH: Schema = {"type": "string", "enum": list(REACHES)}
_FLAG: Schema = {"type": "boolean"}
_TEXTS = _list(_TEXT)


def schemas() -> dict[str, Schema]:
    """The shapes of the answers."""
    place = _object(id=_TEXT, name=_TEXT, now_id=_TEXT, now_name=_TEXT)
    place["required"] = ["id", "name"]
    facet = _object(id=_TEXT, name=_TEXT, count=_COUNT, selected=_FLAG, parts=_list(_ref("FacetValue")))
    facet["required"] = ["id", "name", "count", "selected"]
    problem = _object(type=_TEXT, title=_TEXT, status={"type": "integer"}, detail=_TEXT)
    problem["required"] = ["type", "title", "status"]
    places = {"provinces": _list(_ref("Place")), "countries": _list(_ref("Place"))}
    number: Schema = {"type": "number", "minimum": 0}
    return {
        "Place": place,
        "FacetValue": facet,
        "Problem": problem,
        "Hit": _object(
            id=_TEXT,
            url=_MAYBE,
            title=_TEXT,
            site=_MAYBE,
            published=_MAYBE,
            **places,
            snippet=_TEXT,
            match=_REACH,
            missing=_TEXTS,
            doubt=_MAYBE,
            score=number,
        ),
        "Answer": _object(
            query=_TEXT,
            understood=_TEXT,
            match=_REACH,
            matches=_object(near=_MAYBE_COUNT, all=_MAYBE_COUNT, some=_MAYBE_COUNT),
            relaxed=_FLAG,
            total=_COUNT,
            total_exact=_FLAG,
            took_ms=number,
            hits=_list(_ref("Hit")),
            facets={"type": "object", "additionalProperties": _list(_ref("FacetValue"))},
            suggestion=_MAYBE,
            notices=_TEXTS,
            partial=_list({"enum": list(get_args(Part))}),
        ),
        "Article": _object(
            id=_TEXT,
            url=_MAYBE,
            source=_TEXT,
            site=_MAYBE,
            title=_TEXT,
            lead=_MAYBE,
            body=_TEXTS,
            uncertain=_TEXTS,
            captions=_TEXTS,
            byline=_MAYBE,
            published=_MAYBE,
            published_precision={"enum": ["minute", "day", "month", "year", None]},
            published_evidence=_TEXT,
            doubt=_MAYBE,
            **places,
        ),
        "Suggestions": _object(
            query=_TEXT,
            suggestions=_list(_ref("Suggestion")),
        ),
        "Suggestion": _object(
            text=_TEXT,
            kind={"enum": ["place", "word", "name", "title"]},
            count=_COUNT,
            id=_MAYBE,
            facet={"enum": [Facet.PROVINCE, Facet.COUNTRY, None]},
            rest=_MAYBE,
            link=_MAYBE,
        ),
        "Totals": _object(totals=_list({"type": ["integer", "null"], "minimum": 0})),
        "Health": _object(
            status={"const": "ok"},
            version=_TEXT,
            articles=_COUNT,
            index=_TEXT,
            age_seconds={"type": ["integer", "null"], "minimum": 0},
            process=_COUNT,
        ),
    }


def _answers(good: dict[str, Schema], *failures: int) -> dict[str, Schema]:
    problem = {"application/problem+json": {"schema": _ref("Problem")}}
    said = {400: _("yêu cầu sai"), 404: _("không có"), 503: _("kho bài chưa sẵn sàng")}
    made: dict[str, Schema] = {"200": {"description": _("câu trả lời"), "content": good}}
    return made | {str(status): {"description": said[status], "content": problem} for status in (*failures, 503)}


def _json(name: str) -> dict[str, Schema]:
    return {"application/json": {"schema": _ref(name)}}


def operations() -> dict[str, Schema]:
    """Each address with what it takes and answers."""
    search = [one.described() for one in parameters()]
    unpaged = [one for one in search if one["name"] not in ("page", "limit")]
    meaning = _("các tham số của một câu tìm như trong địa chỉ; lặp lại được")
    several = {"type": "array", "items": {"type": "string", "maxLength": 4_000}, "maxItems": 20}
    searches = {"name": "s", "in": "query", "description": meaning, "schema": several}
    article_id = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    asked: list[tuple[str, str, list[Schema], dict[str, Schema], tuple[int, ...]]] = [
        ("/api/search", _("Tìm bài"), search, _json("Answer"), (400,)),
        ("/api/articles/{id}", _("Một bài đã lưu"), [article_id], _json("Article"), (404,)),
        ("/api/suggest", _("Gợi ý khi đang gõ"), unpaged, _json("Suggestions"), (400,)),
        ("/api/totals", _("Số bài của nhiều câu tìm"), [searches], _json("Totals"), ()),
        ("/feed", _("Tin mới của một câu tìm"), unpaged, {"application/atom+xml": {"schema": _TEXT}}, (400,)),
        ("/healthz", _("Máy chủ có trả lời được không"), [], _json("Health"), ()),
    ]
    for ending, (media_type, _write) in FORMATS.items():
        summary = _("Lấy về kết quả, nhiều nhất %(most)s bài", most=shown_number(MOST))
        taken = [*unpaged, *_csv_options()] if ending == "csv" else unpaged
        asked.append((f"/export.{ending}", summary, taken, {media_type: {"schema": _TEXT}}, (400,)))
    for ending, one in REPORT_FORMATS.items():
        summary, file = _("Báo cáo của một câu tìm"), {one.media_type: {"schema": {"type": "string"}}}
        asked.append((f"/bao-cao.{ending}", summary, [*unpaged, *_report_options()], file, (400,)))
    return {
        path: {"get": {"summary": summary, "parameters": taken, "responses": _answers(good, *failures)}}
        for path, summary, taken, good, failures in asked
    }


def _option(name: str, meaning: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "description": meaning, "schema": schema}


def _csv_options() -> list[Schema]:
    return [
        _option("sep", _("dấu ngăn các ô"), {"type": "string", "enum": [",", ";", "semicolon"], "default": ","}),
        _option("heads", _("ngôn ngữ của dòng đầu; không có: tên cột cho máy"), {"enum": list(HEADINGS)}),
        _option("ids", _("mã các bài, ngăn bằng dấu phẩy: chỉ lấy các bài ấy"), {"type": "string"}),
    ]


def _report_options() -> list[Schema]:
    return [
        _option("by", _("các bài xếp dưới đầu mục nào"), {"type": "string", "enum": list(GROUPINGS)}),
        _option("title", _("tên báo cáo"), {"type": "string", "maxLength": 100}),
        _option("office", _("cơ quan lập"), {"type": "string", "maxLength": 100}),
        _option("ids", _("mã các bài, ngăn bằng dấu phẩy: chỉ lấy các bài ấy"), {"type": "string"}),
    ]


def document() -> Schema:
    """The whole description."""
    try:
        number = version("timbao")
    except PackageNotFoundError:  # run from a folder that was never installed
        number = "0"
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "timbao",
            "version": number,
            "description": _(
                "Câu tìm dài nhất %(most)s ký tự. Lỗi trả về dạng problem+json (RFC 9457).",
                most=shown_number(MAX_QUERY),
            ),
        },
        "paths": operations(),
        "components": {"schemas": schemas()},
    }
