"""Anchor: find every sentence by its opening and every passage in its sentence.

Offsets count Unicode code points of the article (UTF-8) from 0; the end is excluded.
"""

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import rows_where
from bakumoscow.model.table import table_file
from bakumoscow.pipeline.certainty import anchor_certainty
from bakumoscow.pipeline.locate import Spans, find_passages
from bakumoscow.pipeline.read import Sources
from bakumoscow.pipeline.sentences import find_sentences
from bakumoscow.problem import Problem, problem
from bakumoscow.rules.astray import homes
from bakumoscow.rules.corpus import Corpus


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
    spans: Spans = {}
    problems: list[Problem] = []
    typed = zip(*(sentences[name].to_pylist() for name in ("article_id", "sentence_number", "opening")), strict=True)
    entries = sorted(
        (article, number, row, opening)
        for row, (article, number, opening) in enumerate(typed)
        if number is not None and article in sources.articles
    )
    incomplete = _incomplete(tables)
    named = (aside.cells for aside in sources.asides or () if aside.is_valid)
    begun = {(article, key) for article, rule, _, key, _, _ in named if rule == "sentence-begins"}
    for article, group in groupby(entries, key=itemgetter(0)):
        text = sources.articles[article]
        paragraphs_begin = [match.start() for match in re.finditer(r"[^\r\n]*\S[^\r\n]*", text)]
        rows = [entry[1:] for entry in group]
        settled = {row for number, row, _ in rows if (article, str(number)) in begun}
        found, wrong = find_sentences(text, rows, article not in incomplete, settled)
        problems += (replace(item, article=article) for item in wrong)
        for row, number, (start, end) in found:
            starts[row], ends[row] = start, end
            paragraphs[row] = bisect_right(paragraphs_begin, start)
            spans.setdefault(article, {})[number] = (start, end)
    if sentences.num_rows:
        without = sources.articles.keys() - {entry[0] for entry in entries} - incomplete
        problems += _unsentenced(tables["articles"], without)
    tables["sentences"] = (
        sentences.drop_columns("opening")
        .append_column("paragraph", pa.array(paragraphs, pa.int64()))
        .append_column("char_start", pa.array(starts, pa.int64()))
        .append_column("char_end", pa.array(ends, pa.int64()))
    )
    first, last, wrong = find_passages(sources.articles, spans, tables)
    tables["claims"] = claims.append_column("char_start", pa.array(first, pa.int64())).append_column(
        "char_end", pa.array(last, pa.int64())
    )
    tables["claims"], unsure = anchor_certainty(sources.articles, spans, tables["claims"])
    return tables, problems + wrong + unsure


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
