"""What was used last stays, within so many bytes."""

from indexer.lru import LruCache


def test_what_was_used_last_stays_within_the_limit():
    cache = LruCache[str](limit=10, size=len)
    for key in "abc":
        cache.put(key, key * 4)
    assert cache.get("a") is None
    assert cache.get("b") == "bbbb"
    cache.put("d", "dddd")  # "c" was not asked for since
    assert (cache.get("b"), cache.get("c"), cache.get("d")) == ("bbbb", None, "dddd")
    cache.put("e", "e" * 11)
    assert cache.get("e") is None
    cache.put("b", "b")
    assert cache.used == 5
    off = LruCache[str](limit=0, size=len)
    off.put("a", "a")
    assert off.get("a") is None
