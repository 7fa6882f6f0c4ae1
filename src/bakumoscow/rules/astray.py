"""Rows of no article: to which article a row most likely belongs whose article is missing or misspelt.

What is wrong in one article hides nothing in another, so such a row must be told to be of one.
"""

from collections import defaultdict

import pyarrow.compute as pc

from bakumoscow.kernels import is_one, rows_where
from bakumoscow.model.tables import TABLES
from bakumoscow.rules.corpus import Corpus


def listed(corpus: Corpus) -> frozenset[str]:
    """The articles that have a row."""
    return frozenset(corpus["articles"]["article_id"].drop_null().to_pylist())


def settled(corpus: Corpus) -> frozenset[str]:
    """The articles that have a row, or that rows of more than one table name: its own row may be misspelt."""
    if corpus.settled is None:
        tables: dict[str, int] = defaultdict(int)
        for name in corpus.tables:
            for article in corpus[name]["article_id"].unique().drop_null().to_pylist():
                tables[article] += 1
        corpus.settled = listed(corpus) | {article for article, count in tables.items() if count > 1}
    return corpus.settled


def homes(corpus: Corpus, table: str) -> dict[int, set[str]]:
    """For each row of a table that is of no settled article, the articles that it may be of.

    It is one of a neighbour's, above or below; of two, the one that has more of the rows to which it refers.
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
    """Those of some articles that have most of the rows to which a row refers."""
    scores = dict.fromkeys(candidates, 0)
    for column in TABLES[table].typed:
        value = corpus[table][column.name][row].as_py()
        if column.refers and column.name != "article_id" and value is not None:
            for article in candidates:
                scores[article] += str(value) in corpus.ids(column.refers).get(article, ())
        if table == "sentences" and column.name == "sentence_number" and value is not None:
            for article in candidates:  # the number that is missing is the row's
                scores[article] += str(value) not in corpus.ids("sentences").get(article, ())
    best = max(scores.values(), default=0)
    return {article for article, score in scores.items() if score == best}
