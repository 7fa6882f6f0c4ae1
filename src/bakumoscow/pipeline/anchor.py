"""Anchor: find every sentence by its opening and every passage in its sentence.

Offsets count Unicode code points of the article (UTF-8) from 0; the end is excluded.
"""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import rows_where
from bakumoscow.model.table import table_file
from bakumoscow.pipeline.read import Sources
from bakumoscow.pipeline.sentences import Span, find_sentences
from bakumoscow.pipeline.words import closest_match, cut_word, occurrences
from bakumoscow.problem import Problem, problem
from bakumoscow.rules.astray import homes
from bakumoscow.rules.corpus import Corpus

NOWHERE = (0, 0)
BEFORE, AFTER = {"", " ", "\n", "“"}, {"", " ", "\n", "”"}
CLAIMS = table_file("claims")
SUGGESTIONS = 50  # passages of an article that are looked for elsewhere: each search may read the whole article


def anchor(sources: Sources) -> tuple[dict[str, pa.Table], list[Problem]]:
    """The tables with paragraph, char_start and char_end of sentences and claims.

    A sentence or passage that cannot be found has no offsets and is a problem; a claim on a sentence that was not
    found is skipped.
    """
    tables = dict(sources.tables)
    sentences, claims = tables["sentences"], tables["claims"]
    starts: list[int | None] = [None] * sentences.num_rows
    ends: list[int | None] = [None] * sentences.num_rows
    paragraphs: list[int | None] = [None] * sentences.num_rows
    spans: dict[tuple[str, int], Span] = {}
    problems: list[Problem] = []
    typed = zip(*(sentences[name].to_pylist() for name in ("article_id", "sentence_number", "opening")), strict=True)
    entries = sorted(
        (article, number, row, opening)
        for row, (article, number, opening) in enumerate(typed)
        if number is not None and article in sources.articles
    )
    incomplete = _incomplete(tables)
    for article, group in groupby(entries, key=itemgetter(0)):
        text = sources.articles[article]
        paragraphs_begin = [match.start() for match in re.finditer(r"[^\r\n]*\S[^\r\n]*", text)]
        found, wrong = find_sentences(text, [entry[1:] for entry in group], article not in incomplete)
        problems += (replace(item, article=article) for item in wrong)
        for row, number, (start, end) in found:
            starts[row], ends[row] = start, end
            paragraphs[row] = bisect_right(paragraphs_begin, start)
            spans[article, number] = (start, end)
    if sentences.num_rows:
        without = sources.articles.keys() - {entry[0] for entry in entries} - incomplete
        problems += _unsentenced(tables["articles"], without)
    tables["sentences"] = (
        sentences.drop_columns("opening")
        .append_column("paragraph", pa.array(paragraphs, pa.int64()))
        .append_column("char_start", pa.array(starts, pa.int64()))
        .append_column("char_end", pa.array(ends, pa.int64()))
    )
    first, last, wrong = _find_passages(sources.articles, spans, claims)
    tables["claims"] = claims.append_column("char_start", pa.array(first, pa.int64())).append_column(
        "char_end", pa.array(last, pa.int64())
    )
    return tables, problems + wrong


def _incomplete(tables: dict[str, pa.Table]) -> set[str | None]:
    """The articles with a sentence whose number or article cannot be read: such a sentence may fill a gap."""
    sentences = tables["sentences"]
    astray = homes(Corpus(tables), "sentences")
    lost = {home for found in astray.values() for home in found}
    numberless = rows_where(pc.is_null(sentences["sentence_number"]))
    return lost | {sentences["article_id"][row].as_py() for row in numberless}


def _unsentenced(articles: pa.Table, without: set[str]) -> list[Problem]:
    """Articles without any sentences."""
    return [
        problem(
            "sentence-tiling",
            table_file("articles"),
            "article_id",
            row=row,
            detail=f"the article {article} has no sentences in data/sentences.csv",
        )
        for row, article in enumerate(articles["article_id"].to_pylist())
        if article in without
    ]


def _find_passages(
    articles: dict[str, str], spans: dict[tuple[str, int], Span], claims: pa.Table
) -> tuple[list[int | None], list[int | None], list[Problem]]:
    """Where each claim's passage begins and ends; None where it is not found."""
    starts: list[int | None] = []
    ends: list[int | None] = []
    problems: list[Problem] = []
    searches: Counter[str] = Counter()
    columns = (claims[name].to_pylist() for name in ("article_id", "sentence_number", "quoted_text"))
    for row, (article, number, passage) in enumerate(zip(*columns, strict=True)):
        first, last = spans.get((article, number), NOWHERE)
        if not last or not passage:
            starts.append(None)
            ends.append(None)
            continue
        text = articles[article]
        start = text.find(passage, first, last)
        if start < 0:
            starts.append(None)
            ends.append(None)
            searches[article] += 1
            searched = searches[article] <= SUGGESTIONS
            where = _where_instead(passage, text, spans, (article, number)) if searched else ""
            problems.append(_passage_problem("passage-missing", row, passage, number, where=where))
            continue
        end = start + len(passage)
        starts.append(start)
        ends.append(end)
        if text.find(passage, start + 1, last) >= 0:
            times = occurrences(passage, text[first:last])
            problems.append(_passage_problem("passage-twice", row, passage, number, times=times))
        elif not _between_spaces(text, start, end) and (word := cut_word(text, start, end)):
            problems.append(_passage_problem("passage-words", row, passage, number, word=word))
    return starts, ends, problems


def _between_spaces(text: str, start: int, end: int) -> bool:
    """Whether a passage is between spaces or quotation marks, as most are: then it cuts no word."""
    return text[start - 1 : start] in BEFORE and text[start].isascii() and text[end : end + 1] in AFTER


def _passage_problem(rule: str, row: int, passage: str, number: int, **values: Any) -> Problem:
    return problem(rule, CLAIMS, "quoted_text", row=row, value=passage, sentence_number=number, **values)


def _where_instead(passage: str, text: str, spans: dict[tuple[str, int], Span], sentence: tuple[str, int]) -> str:
    """Where else a passage is, or one that is almost the same; its own sentence is searched first."""
    position, article = text.find(passage), sentence[0]
    if position < 0:
        return closest_match(passage, text, *spans[sentence]) or closest_match(passage, text)
    numbers = [
        number for (owner, number), (start, end) in spans.items() if owner == article and start <= position < end
    ]
    return "".join(f"; it is in sentence {number}" for number in numbers[:1])
