"""Rows astray: the article that a row most likely belongs to if its article_id is missing or misspelt.

A problem in one article never hides problems in another, so the likely article of each row must be known.
"""

from collections import defaultdict

import pyarrow.compute as pc

from bakumoscow.kernels import is_one, rows_where
from bakumoscow.model.tables import TABLES
from bakumoscow.rules.corpus import Corpus


def listed(corpus: Corpus) -> frozenset[str]:
    """The articles that have a row in the table articles."""
    return frozenset(corpus["articles"]["article_id"].drop_null().to_pylist())


def settled(corpus: Corpus) -> frozenset[str]:
    """The articles that have a row, and those in rows of several tables: their own row may be misspelt."""
    if corpus.settled is None:
        tables: dict[str, int] = defaultdict(int)
        for name in corpus.tables:
            for article in corpus[name]["article_id"].unique().drop_null().to_pylist():
                tables[article] += 1
        corpus.settled = listed(corpus) | {article for article, count in tables.items() if count > 1}
    return corpus.settled


def homes(corpus: Corpus, table: str) -> dict[int, set[str]]:
    """For each row of a table that belongs to no settled article, the articles that it may belong to.

    These are the articles of the rows above and below it; of two, the one with more of the rows that it refers to.
    """
    if table not in corpus.homes:
        corpus.homes[table] = _homes(corpus, table)
    return corpus.homes[table]


def _homes(corpus: Corpus, table: str) -> dict[int, set[str]]:
    known = settled(corpus)
    articles = corpus[table]["article_id"]
    astray = rows_where(pc.invert(is_one(articles, sorted(known))))
    if not astray or table == "articles":
        return {}
    names = articles.to_pylist()
    above: dict[int, str | None] = {}
    below: dict[int, str | None] = {}
    for rows, nearest in ((range(len(names)), above), (reversed(range(len(names))), below)):
        last = None
        for row in rows:
            last = names[row] if names[row] in known else last
            nearest[row] = last
    found = {}
    for row in astray:
        near = {article for article in (above[row], below[row]) if article}
        found[row] = near if len(near) == 1 else _by_references(corpus, table, row, near or set(known))
    return found


def _by_references(corpus: Corpus, table: str, row: int, candidates: set[str]) -> set[str]:
    """The candidates that have most of the rows that a row refers to."""
    scores = dict.fromkeys(candidates, 0)
    for column in TABLES[table].typed:
        value = corpus[table][column.name][row].as_py()
        if column.refers and column.name != "article_id" and value is not None:
            for article in candidates:
                scores[article] += str(value) in corpus.ids(column.refers).get(article, ())
        if table == "sentences" and column.name == "sentence_number" and value is not None:
            for article in candidates:  # a gap in the numbers is where the row belongs
                scores[article] += str(value) not in corpus.ids("sentences").get(article, ())
    best = max(scores.values(), default=0)
    return {article for article, score in scores.items() if score == best}
