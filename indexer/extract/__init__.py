"""From a saved page to an article: what is the story, and what only stands around it.

``page`` chooses the reader by what the page is: ``html`` and ``dump`` (both laid out alike) and ``record`` for one line
of JSONL. ``dates`` and ``identity`` are what all of them know of dates and addresses.
"""

from indexer.extract.page import read_page

__all__ = ["read_page"]
