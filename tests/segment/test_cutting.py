"""Cutting text into pyvi's tokens."""

from indexer.segment.cutting import tokens


def test_addresses_are_one_token():
    assert [token for token, _, _ in tokens("(http://a.vn/b_c?d")] == ["(", "http://a.vn/b_c?d"]
    assert [token for token, _, _ in tokens("a.b@c.vn,")] == ["a.b@c.vn", ","]
