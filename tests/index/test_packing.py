"""Rows packed in two bytes a syllable: all of a row comes back, whatever stands in it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.index.forward import BEGINS, CAPITAL, Row, syllable_id
from indexer.index.packing import COMMON, DamagedRowError, PackedRow, packed, unpacked
from tools.common_syllables import syllables

COMMON_IDS = np.fromfile(COMMON, "<u4")

ids = st.one_of(st.sampled_from(COMMON_IDS.tolist()), st.integers(0, (1 << 30) - 1))
flags = st.sampled_from([0, int(BEGINS), int(CAPITAL), int(BEGINS | CAPITAL)])
rows = st.lists(st.builds(lambda one, flag: one | flag, ids, flags), max_size=30).map(lambda one: np.array(one, "u4"))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(rows, max_size=5))
def test_rows_come_back(made: list[Row]) -> None:
    found = unpacked(packed(made))
    assert [one.tolist() for one in found] == [one.tolist() for one in made]


def test_common_syllables_take_two_bytes_and_others_six() -> None:
    row = np.array([syllable_id("hợp"), 0, syllable_id("tác"), syllable_id("2024"), syllable_id("wrocław")], np.uint32)
    assert list(map(len, packed([row])[0])) == [10, 4]


def test_each_common_syllable_is_found_by_its_number() -> None:
    assert packed([COMMON_IDS])[0].uncommon == b""
    assert len(COMMON_IDS) < (1 << 14) - 1


def test_the_table_is_that_of_the_installed_dictionary() -> None:
    assert set(COMMON_IDS.tolist()) == {0, *map(syllable_id, syllables())}


@pytest.mark.parametrize("harmed", [PackedRow(b"\1", b""), PackedRow(b"\xff\x3f", b""), PackedRow(b"\1\0", b"\1\0")])
def test_bytes_that_are_no_row_are_refused(harmed: PackedRow) -> None:
    with pytest.raises(DamagedRowError):
        unpacked([harmed, *packed([np.array([1], np.uint32)])])
