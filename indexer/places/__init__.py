"""Which Vietnamese province and which country a story is about, before and after July 2025.

:class:`~indexer.places.gazetteer.Gazetteer` knows the places, :class:`~indexer.places.tagger.Tagger` finds them in an
article. Modules, in the order of the work:

- ``tagger``: all steps in their order, start there;
- ``spelling``: one name, many spellings; ``matcher``: every name that is searched for, in one automaton;
- ``mentions`` with ``context`` and the tables of ``rules``: what a name means where it stands;
- ``resolution``: what only the other names in the story can decide;
- ``salience``: what the story is about; ``epochs``: the geography of its day.

``generate`` makes ``data/gazetteer.tsv`` and is not needed at run time; ``data/hand.toml`` is kept by hand.
"""
