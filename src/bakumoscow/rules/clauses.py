"""The rule of clauses: every clause of a coded sentence is quoted, so that what is not coded is noticed."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import all_of, is_one, positions
from bakumoscow.rules import passages
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.rule import Breach, Rule

JOINERS = "\u200c\u200d"  # within words of Persian and Indian scripts
UNSPACED = "".join(next(rule for rule in passages.RULES if rule.id == "passage-words").uses["unspaced"])
PASSAGES = (
    ("char_start", "char_end"),
    ("certainty_start", "certainty_end"),
)  # columns of claims that say what is quoted
Spans = tuple[list[int], "np.ndarray[Any, np.dtype[np.int64]]", "np.ndarray[Any, np.dtype[np.int64]]"]


def _uncovered(corpus: Corpus, *, words: int, letters: int, inner: tuple[str, ...]) -> Iterator[Breach]:
    """The runs of so many words, or letters of scripts without spaces, that no explicit passage covers."""
    sentences, claims = corpus["sentences"], corpus["claims"]
    whole = "".join(corpus.articles.values())
    quoted = np.zeros(len(whole) + 1, np.int64)
    explicit = pc.equal(claims["support"], "explicit")
    for columns in PASSAGES:
        _, starts, ends = _spans(corpus, claims, columns, explicit)
        quoted += np.bincount(starts, minlength=len(quoted)) - np.bincount(ends, minlength=len(quoted))
    covered = np.cumsum(quoted) > 0
    rows, starts, ends = _spans(corpus, sentences, PASSAGES[0], pc.equal(sentences["role"], "coded"))
    marks = "".join(sorted(each for each in set(whole) if unicodedata.category(each)[0] == "M" or each in JOINERS))
    units, shortest = _units(marks, inner), min(2 * words - 1, letters)
    signs = covered.tobytes()
    for row, start, end in _with_gaps(covered, rows, starts, ends, shortest):
        found = units.finditer(whole, start, end)
        for is_covered, run in groupby(found, key=lambda unit: b"\x01" in signs[unit.start() : unit.end()]):
            parts = [] if is_covered else list(run)
            count = sum(unit.lastgroup == "word" for unit in parts)
            if count >= words or len(parts) - count >= letters:
                value = whole[parts[0].start() : parts[-1].end()]
                yield Breach("sentences", "sentence_number", row, {"value": value})


def _spans(corpus: Corpus, table: pa.Table, columns: tuple[str, str], mask: pa.ChunkedArray) -> Spans:
    """The rows where a mask is true and the offsets are known, and their spans in the articles one after another."""
    ids = pa.array(list(corpus.articles), pa.string())
    lengths = np.cumsum([0, *map(len, corpus.articles.values())])
    is_read = is_one(table["article_id"], corpus.articles)
    rows = positions(all_of(mask, is_read, *(pc.is_valid(table[name]) for name in columns)))
    before = lengths[pc.index_in(table["article_id"].take(rows), value_set=ids).to_numpy()]
    starts, ends = (table[name].take(rows).to_numpy().astype(np.int64) + before for name in columns)
    return rows.to_pylist(), starts, ends


def _with_gaps(covered: Any, rows: list[int], starts: Any, ends: Any, shortest: int) -> Iterator[tuple[int, int, int]]:
    """The sentences in which so many characters in a row are not covered."""
    edges = np.flatnonzero(np.diff(covered.astype(np.int8), prepend=1, append=1))
    first, last = edges[0::2], edges[1::2]
    place = np.searchsorted(last, starts, side="right")  # the first gap that ends after the sentence begins
    for row, start, end, gap in zip(rows, starts.tolist(), ends.tolist(), place.tolist(), strict=True):
        while gap < len(first) and first[gap] < end:
            if min(last[gap], end) - max(first[gap], start) >= shortest:
                yield row, start, end
                break
            gap += 1


@cache
def _units(marks: str, inner: tuple[str, ...]) -> "re.Pattern[str]":
    """What is counted: words, or the letters of scripts without spaces; each with its marks.

    >>> [unit[0] for unit in _units("", ("'", ",")).finditer("Oslo's 1,200 men, 俄国")]
    ["Oslo's", '1,200', 'men', '俄', '国']
    """
    mark = f"[{re.escape(marks)}]*" if marks else ""
    letters = f"(?:[^\\W_{UNSPACED}]{mark})+" if mark else f"[^\\W_{UNSPACED}]+"
    joint = f"[{re.escape(''.join(inner))}]"
    return re.compile(f"(?P<word>{letters}(?:{joint}{letters})*)|(?P<letter>[{UNSPACED}](?<=\\w){mark})")


RULES = [
    Rule(
        "clause-uncovered",
        "In a coded sentence, no three words in a row (in a script without spaces, no eight letters) are left "
        "uncovered by the passages of explicit claims and by certainty_text.",
        "A clause that nothing quotes was most likely overlooked.",
        "A sentence says `raided the trawler and confiscated its catch`, but no claim quotes the second half.",
        "no passage covers {value!r} in sentence {sentence_number}.",
        "Code the words, or set them aside in data/exceptions.csv. Do not lengthen a passage.",
        tables=("sentences",),
        severity="warning",
        of_words=True,
        is_last=True,
        check=_uncovered,
        uses={"words": 3, "letters": 8, "inner": ("'", "’", "-", ".", ",")},
    ),
]
