"""Certainty: find the words that make a claim uncertain, in its sentence and nearest to its passage."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import rows_where
from bakumoscow.model.table import table_file
from bakumoscow.pipeline.locate import Spans
from bakumoscow.pipeline.sentences import Span
from bakumoscow.pipeline.words import closest_match, cut_word
from bakumoscow.problem import Problem, problem


def anchor_certainty(articles: dict[str, str], spans: Spans, claims: pa.Table) -> tuple[pa.Table, list[Problem]]:
    """The claims with certainty_start and certainty_end, and the problems of words that are not found.

    The claims must have char_start and char_end. If the words occur twice, those nearest to the passage are meant.
    """
    starts: list[int | None] = [None] * claims.num_rows
    problems: list[Problem] = []
    names = ("article_id", "sentence_number", "certainty_text", "char_start", "char_end")
    for row in rows_where(pc.is_valid(claims["certainty_text"])):
        article, number, words, first, last = (claims[name][row].as_py() for name in names)
        span = spans.get(article, {}).get(number)
        if span is None or first is None:
            continue
        text = articles[article]
        found = _nearest(words, text, (min(span[0], first), max(span[1], last)), (first, last))
        if found is None:
            where = closest_match(words, text, *span)
            problems.append(_problem("passage-missing", row, words, number, where=where))
            continue
        starts[row] = found
        if word := cut_word(text, found, found + len(words)):
            problems.append(_problem("passage-words", row, words, number, word=word))
    begin = pa.array(starts, pa.int64())
    end = pc.add(begin, pc.utf8_length(claims["certainty_text"]).cast(pa.int64()))
    return claims.append_column("certainty_start", begin).append_column("certainty_end", end), problems


def _nearest(words: str, text: str, sentence: Span, passage: Span) -> int | None:
    """Where words begin in a sentence: nearest to a passage, and as whole words if possible."""
    places: list[int] = []
    start = text.find(words, *sentence)
    while start >= 0:
        places.append(start)
        start = text.find(words, start + 1, sentence[1])

    def distance(place: int) -> tuple[bool, int, int]:
        end = place + len(words)
        return cut_word(text, place, end) is not None, max(passage[0] - end, place - passage[1], 0), place

    return min(places, key=distance, default=None)


def _problem(rule: str, row: int, words: str, number: int, **values: Any) -> Problem:
    return problem(rule, table_file("claims"), "certainty_text", row=row, value=words, sentence_number=number, **values)
