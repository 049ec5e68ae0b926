"""``timbao bench``: timbao with each engine beside the plain way, on one corpus in one run.

    corpus, queries          the pages everybody indexes, the queries everybody answers
    contenders               what is compared, each behind one small protocol
    ours                     timbao itself: the pipeline and the service
    plain_text               what tutorials make of a page; read so by all the others:
    plain_whoosh             pyvi and Whoosh; plain_tantivy and fts5: those two without us
    child                    one job in a process of its own
    measure                  who runs when, and the object with all figures
    figures, report          medians and ratios; the tables
    web_load                 --http: the web app asked by many connections at once

Nothing here is imported before ``timbao bench`` runs. Measuring needs a POSIX system.
"""
