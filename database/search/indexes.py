"""The indexes of words: ours, and the one of the catalogues of neighbours, which is never asked
together with it."""

from __future__ import annotations

from typing import NamedTuple


class Index(NamedTuple):
    """Where words stand: the table of the index, its words one by one (in a file), what names a
    record in it on a server, and the words that slips are mended by."""

    words: str
    terms: str
    record: str
    vocabulary: str


OURS = Index("biblio_words", "biblio_terms", "biblio_id", "vocabulary")
NEIGHBOURS = Index("neighbour_words", "neighbour_terms", "title_id", "neighbour_vocabulary")
