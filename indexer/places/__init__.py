"""Which Vietnamese province and which country a story is about, before and after July 2025.

:class:`~indexer.places.gazetteer.Gazetteer` knows the places, :class:`~indexer.places.tagger.Tagger` finds them in an
article. Modules, in the order of the work:

- ``spelling``: one name, many spellings; ``lexicon``: everything that is searched for, behind one automaton;
- ``mentions`` with ``context`` and the tables of ``rules``: what a name means where it stands; ``company``: what only
  other names can settle;
- ``salience``: what the story is about; ``epochs``: the geography of its day; ``tagger``: the door, start there.

``generate`` makes ``data/gazetteer.tsv`` and is not needed at run time; ``data/hand.toml`` is kept by hand.
"""
