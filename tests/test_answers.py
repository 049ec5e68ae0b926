"""Answers as JSON."""

import json

from search_app.answers import json_line


def test_an_object_is_one_line_to_everybody():
    headline = "Nước mắt \u2028giữa Trường Sơn\u2029, tập\x85 hai \x9b1m\x1b\x0b\n — “thật”"
    line = json_line({"title": headline}).decode()
    assert len(line.splitlines()) == 1
    assert "“thật”" in line
    assert json.loads(line) == {"title": headline}
