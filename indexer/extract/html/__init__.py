"""HTML pages: from markup to an article.

``reader`` puts the steps in order: ``blocks`` (made by ``scan``) are the page's lines with the elements around them,
``head`` is what the page declares, ``teasers`` marks what advertises other stories, ``story`` finds the element that
holds the story, ``title`` picks title and lead, ``label`` labels every block, ``dating`` dates the page, ``refusal``
says what is no article. ``hints`` holds the tables. The sister room ``dump`` has modules of the same names.
"""

from indexer.extract.html.reader import read_html

__all__ = ["read_html"]
