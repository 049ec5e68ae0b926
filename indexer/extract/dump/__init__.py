"""Plain-text dumps of pages: which lines are the story, and which are the page around it.

A dump has lost the page's structure; what is left are lines. ``reader`` puts the steps in order:

1. ``markup``, ``lines``, ``glue``: the file's lines become the page's lines. Converter marks go, wrapped and broken
   lines are joined, lines run together are cut.
2. ``features``: the facts about each line. The tables of what Vietnamese pages write around a story stand in
   ``boilerplate`` (section markers, buttons, menus, imprints) and ``cues`` (photo credits, bylines, signatures).
3. ``title``, ``evidence``, ``zones``: the headline is the line whose words run through what follows. Below it every
   line collects evidence for and against the story; the best paths through the page turn the sums into probabilities.
4. ``label``, ``dating``, ``refusal``: labels, the date, and what is no article.

Evidence is summed rather than decided by rules in a row, because every single sign fails somewhere: a marker can stand
inside a story, a sentence can be a caption, a repeated line a teaser or an alt text. What stays doubtful is kept as
uncertain instead of being cut.
"""

from indexer.extract.dump.reader import label_lines, read_dump

__all__ = ["label_lines", "read_dump"]
