"""Figures on annotated stories that are not in the repository: they may only get better.

``annotated.jsonl`` is a random sample of the shared news, read and tagged by hand before looking at what the tagger
says; ``annotated_hard.jsonl`` are stories chosen because the tagger was near a threshold. ``..._ok`` are places that a
reader may accept (a mere venue, a minor actor): strict figures count them as errors, lenient ones do not.
"""

import gzip
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from place_helpers import about, article
from shared_data import SHARED, needs_shared

from indexer.places.tagger import Tagger

HERE = Path(__file__).parent
NEWS = SHARED / "news" / "vietnews-test.jsonl.gz"

# (precision, recall, lenient precision), each a little below what was reached.
FLOORS = {
    ("annotated.jsonl", "provinces"): (0.98, 0.92, 0.99),
    ("annotated.jsonl", "countries"): (0.94, 0.93, 0.99),
    ("annotated_hard.jsonl", "provinces"): (0.86, 0.96, 0.99),
    ("annotated_hard.jsonl", "countries"): (0.91, 0.95, 0.99),
}


def plain(name: str) -> str:
    bare = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in bare.lower() if char.isalpha())


def _stories(ids: set[str]) -> Iterator[dict[str, str]]:
    with gzip.open(NEWS, "rt", encoding="utf-8") as news:
        yield from (story for story in map(json.loads, news) if story["id"] in ids)


@needs_shared
@pytest.mark.parametrize("file", ["annotated.jsonl", "annotated_hard.jsonl"])
def test_figures(tagger: Tagger, file: str) -> None:
    lines = (HERE / file).read_text(encoding="utf-8").splitlines()
    gold = {one["id"]: one for one in map(json.loads, lines)}
    assert len(gold) >= 90
    tally = {"provinces": [0, 0, 0, 0], "countries": [0, 0, 0, 0]}  # right, acceptable, wrong, missed
    for story in _stories(set(gold)):
        title, lead, body = (unicodedata.normalize("NFC", story[part]) for part in ("title", "sapo", "body"))
        provinces, countries = about(tagger.tag(article(title, lead, *body.split("\n"))))
        have = {"provinces": {plain(tagger.gazetteer.name(id_)) for id_ in provinces}, "countries": set(countries)}
        for what, counts in tally.items():
            form = plain if what == "provinces" else str
            want, fine = ({form(name) for name in gold[story["id"]][what + end]} for end in ("", "_ok"))
            got = have[what]
            for index, part in enumerate((got & want, (got - want) & fine, got - want - fine, want - got)):
                counts[index] += len(part)
    for what, (right, fine, wrong, missed) in tally.items():
        figures = right / (right + fine + wrong), right / (right + missed), (right + fine) / (right + fine + wrong)
        assert all(figure >= floor for figure, floor in zip(figures, FLOORS[file, what], strict=True)), (what, figures)
