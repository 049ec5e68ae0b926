"""Whether two copies of one address hold one story.

Templates write one address into every page of a site, and the parts of a long story share theirs. So where nothing but
the page itself gives its address, the text decides: another text is another story, and displaces nothing.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from indexer.catalogue.store import Catalogue
from indexer.extract.identity import article_id
from indexer.models import Article, TaggedArticle
from indexer.storage.codec import Packed, pack, unpack
from indexer.vietnamese.text import lowered, split

_RUN = 4  # words in a row that two texts share
_SAME = 0.35
"""Of the shorter text's runs, as many as two saves of one story share at least: one that was changed and shortened on
the way keeps more than half, two stories of one site share their boilerplate sentence, a tenth at most."""


def kept_apart(catalogue: Catalogue, packed: Packed, path: str, seen: Container[str]) -> Packed | None:
    """The article under an id of its own where another story has its address already; None where it may keep it.

    ``path`` is the file that is being read and ``seen`` what of it was read before: other copies in it are of its
    former content and about to be forgotten, so they hold no address.
    """
    copies = catalogue.copies
    others = (copy for copy in copies.of_article(packed.id) if copy.source != packed.source)
    other = next((copy for copy in others if copy.path != path or copy.source in seen), None)
    if other is None:
        return None
    tagged, known = unpack(packed.data), unpack(copies.packed(other), evidence=False)
    if not (tagged.article.declared or known.article.declared) or is_same_story(tagged.article, known.article):
        return None
    return pack(_with_own_id(tagged))


def is_same_story(one: Article, other: Article) -> bool:
    """Whether two texts are versions of one story."""
    first, second = _runs(one), _runs(other)
    small, large = sorted((first, second), key=len)
    return not small or len(small & large) >= _SAME * len(small)


def _runs(article: Article) -> frozenset[tuple[str, ...]]:
    words = split(lowered(" ".join([article.lead, *article.body])))
    return frozenset(tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))


def _with_own_id(tagged: TaggedArticle) -> TaggedArticle:
    article = tagged.article
    return replace(tagged, article=replace(article, id=article_id(None, f"{article.id} {article.source}")))
