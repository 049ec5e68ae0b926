"""Five megabytes of anything: pages and dumps that some rule would take minutes over if it looked back too often."""

from html_layouts import TITLE

SENTENCE = "Sáng 3/2, hàng trăm người dân xã Mây Trắng có mặt bên bờ sông Lụa để xem cánh quạt đầu tiên quay."
SIZE = 5_000_000

_PAGES = {
    "paragraphs": f"<h1>{TITLE}</h1>" + f"<p>{SENTENCE}</p>" * 40_000,
    "links": "<a href=/x>Một tin khác có tên rất dài</a><br>" * 80_000,
    "nested": "<div>" * 300_000 + SENTENCE,
    "nested tables": "<table><tr><td>" * 100_000 + SENTENCE,
    "unclosed": "<b><i><a href=/x>" * 150_000 + SENTENCE,
    "cards": "<li class=c><a href=/a>Một tin khác có tên dài</a><p>tóm tắt của tin kia</p></li>" * 40_000,
    "one text": "<p>" + "xã Mây Trắng " * 300_000,
    "commas": "<div>" + "dòng chữ này,<br>" * 250_000,
    "one name": f"<div class='{'abc-def ' * 500_000}'><p>{SENTENCE}</p>",
    "dates": "<p>" + "03/02/2023 14:05 " * 250_000,
    "brackets": "\"'<" * 1_500_000,
}
HUGE_PAGES = {name: markup[:SIZE] for name, markup in _PAGES.items()}

HUGE_DUMPS = {
    "short lines": "a\n" * 2_500_000,
    "brackets": "[" * SIZE,
    "signatures": "(Báo A) - x " * 400_000,
    "titles": "Tin về việc họp ở Cồn Giá\n" * 190_000,
    "columns": "a   b   " * 600_000,
    "joints": "aB" * 2_500_000,
    "names": ("Theo " + "Nguyễn " * 3_000 + "\n") * 200,
    "dates": "12/05/2022 10:00\n" * 290_000,
}
