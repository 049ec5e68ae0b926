"""Make ``indexer/storage/articles.zstd-dictionary`` again, which stored articles are compressed with.

It is trained on the sample corpus, whose pages were written for this project. Articles that were stored with another
dictionary cannot be read, so make it anew only together with a new version of catalogue and index. The smallest of 32,
64 and 110 kB is taken: a news story takes 1,312 bytes with it (1,308 and 1,280 with the others), a dump 3,246.

    python -m tools.article_dictionary
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from indexer.models import TaggedArticle
from indexer.pipeline import read_all
from indexer.storage import codec

SIZE = 32 << 10
PIECE = 500
"""Bytes of the pieces that are trained on beside whole articles: these are too few for training."""


def samples() -> Iterator[bytes]:
    """The articles of the sample corpus as they are stored, each whole and in pieces."""
    for number, one in enumerate(read_all([Path("corpus/pages")])):
        if isinstance(one, TaggedArticle):
            article = replace(one.article, source=f"/kho/bao/{number:04}.html")  # not where it lies on this machine
            text = b"\n".join(codec.as_json(replace(one, article=article)))
            yield text
            yield from (text[at : at + PIECE] for at in range(0, len(text), PIECE))


def main() -> None:
    """Write the dictionary."""
    codec.DICTIONARY.write_bytes(codec.zstd.train_dict(samples(), SIZE).dict_content)


if __name__ == "__main__":
    main()
