"""The article's text: values in their passages, every sentence accounted for, direct quotations between marks."""

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.checks.corpus import Corpus
from bakumoscow.keys import all_of, composite, find, only, rows_where
from bakumoscow.problems import Problem

QUOTATION_MARKS = {"“": "”", '"': '"', "«": "»", "„": "“", "‘": "’"}


WORDED = [
    "name",
    "title",
    "ethnicity",
    "citizenship",
    "nationality",
    "occupation",
    "date_text",
    "outcome_text",
    "count_text",
    "charge",
    "cue",
    "context_text",
]


def check_text(corpus: Corpus) -> list[Problem]:
    """Passages without their value, sentences that are not coded or set aside, quotations and their marks."""
    return _values(corpus) + _sentences(corpus) + _quotes(corpus)


def _values(corpus: Corpus) -> list[Problem]:
    """Explicit claims on columns of the article's own words whose passage does not hold the value."""
    claims = corpus.tables["claims"]
    on_words = pc.is_in(claims["field"], pa.array(WORDED))
    explicit = rows_where(all_of(on_words, pc.equal(claims["support"], "explicit")))
    values, passages = (claims[name].take(explicit).to_pylist() for name in ("claimed_value", "quoted_text"))
    return [
        corpus.problem("value-in-passage", "claims", "quoted_text", row, said=value)
        for row, value, passage in zip(explicit, values, passages, strict=True)
        if value and passage and value not in passage
    ]


def _sentences(corpus: Corpus) -> list[Problem]:
    """Every sentence is coded or set aside, and not both."""
    sentences, claims = corpus.tables["sentences"], corpus.tables["claims"]
    problems: list[Problem] = []
    keys = composite(sentences, "article_id", "sentence_number")
    rests = composite(claims, "article_id", "sentence_number")
    both = all_of(pc.not_equal(sentences["role"], "coded"), pc.is_valid(find(keys, rests)))
    for row in rows_where(both):
        count = pc.sum(pc.equal(rests, keys[row])).as_py()
        problems.append(
            corpus.problem(
                "sentence-coded",
                "sentences",
                "role",
                row,
                count="1 claim rests" if count == 1 else f"{count} claims rest",
            )
        )
    coded_without = all_of(pc.fill_null(pc.equal(sentences["role"], "coded"), True), pc.is_null(find(keys, rests)))
    return problems + [
        corpus.problem("sentence-accounted", "sentences", "role", row) for row in rows_where(coded_without)
    ]


def _quotes(corpus: Corpus) -> list[Problem]:
    """Direct quotations stand between quotation marks, indirect ones do not."""
    quotes, claims = corpus.tables["quotes"], corpus.tables["claims"]
    on_text = all_of(
        pc.equal(claims["record_table"], "quotes"),
        pc.equal(claims["field"], "text"),
        pc.equal(claims["claim_rank"], "preferred"),
    )
    rows = find(
        composite(quotes, "article_id", "quote_id"), only(on_text, composite(claims, "article_id", "record_id"))
    )
    problems = []
    columns = (quotes["article_id"], quotes["kind"], claims["char_start"].take(rows), claims["char_end"].take(rows))
    for row, (article, kind, start, end) in enumerate(zip(*(column.to_pylist() for column in columns), strict=True)):
        if start is None or article not in corpus.articles:
            continue
        before, after = corpus.articles[article][:start][-1:], corpus.articles[article][end:][:1]
        marked = QUOTATION_MARKS.get(before) == after and after != ""
        if marked != (kind == "direct"):
            detail = "stands between quotation marks" if marked else f"stands between {before!r} and {after!r}"
            problems.append(corpus.problem("quote-marks", "quotes", "kind", row, detail=detail))
    return problems
