"""Which sentences a claim uses: its own, and those into which the passage of a quotation runs."""

from bisect import bisect_left
from collections import defaultdict

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import SEPARATOR, all_of, composite, find, is_one, rows_where
from bakumoscow.rules.passages import OVER_SENTENCES


def may_run_over(claims: pa.Table, over_sentences: tuple[str, ...] = OVER_SENTENCES) -> pa.ChunkedArray:
    """Which claims may have a passage that ends in a later sentence."""
    names = pc.binary_join_element_wise(claims["record_table"], pc.fill_null(claims["field"], ""), ".")
    return is_one(pc.utf8_rtrim(names, "."), over_sentences)


def resting(claims: pa.Table, sentences: pa.Table, is_guessed: bool = False) -> pa.ChunkedArray:
    """The keys of the sentences that claims use: one for each claim and sentence.

    `is_guessed`: a quotation that is not found is taken to run as far as a passage of its length may.
    """
    keys = composite(claims, "article_id", "sentence_number")
    own = find(keys, composite(sentences, "article_id", "sentence_number"))
    ends = claims["char_end"]
    if is_guessed:
        guessed = pc.add(sentences["char_start"].take(own), pc.cast(pc.utf8_length(claims["quoted_text"]), pa.int64()))
        ends = pc.coalesce(ends, pc.if_else(may_run_over(claims), guessed, pa.scalar(None, pa.int64())))
    beyond = rows_where(all_of(pc.greater(ends, sentences["char_end"].take(own)), pc.is_valid(own)))
    if not beyond:
        return keys
    starts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    columns = (sentences[name].to_pylist() for name in ("article_id", "char_start", "sentence_number"))
    for article, start, number in zip(*columns, strict=True):
        if start is not None:
            starts[article].append((start, number))
    more = []
    for row in beyond:
        article, first = claims["article_id"][row].as_py(), sentences["char_end"][own[row].as_py()].as_py()
        starts[article].sort()
        after = bisect_left(starts[article], (first, 0))
        until = bisect_left(starts[article], (ends[row].as_py(), 0))
        more += [f"{article}{SEPARATOR}{number}" for _, number in starts[article][after:until]]
    return pa.chunked_array([*keys.chunks, pa.array(more, pa.string())])
