"""The article's text: values in their passages, every sentence accounted for, direct quotations between marks."""

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.checks.corpus import Corpus
from bakumoscow.keys import all_of, composite, find, only, positions, rows_where
from bakumoscow.problems import Problem

MARKS = {tuple(pair) for pair in ("“”", '""', "«»", "»«", "„“", "„”", "‘’", "””", "‹›", "「」")}
SPACES = " \u00a0\u202f"
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
    explicit = positions(all_of(on_words, pc.equal(claims["support"], "explicit")))
    values, passages = (claims[name].take(explicit).to_pylist() for name in ("claimed_value", "quoted_text"))
    return [
        corpus.problem("value-in-passage", "claims", "quoted_text", row, said=value)
        for row, value, passage in zip(explicit.to_pylist(), values, passages, strict=True)
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
    quotes, claims, sentences = (corpus.tables[name] for name in ("quotes", "claims", "sentences"))
    on_text = all_of(
        pc.equal(claims["record_table"], "quotes"),
        pc.equal(claims["field"], "text"),
        pc.equal(claims["claim_rank"], "preferred"),
    )
    rows = find(
        composite(quotes, "article_id", "quote_id"), only(on_text, composite(claims, "article_id", "record_id"))
    )
    places = find(
        composite(claims, "article_id", "sentence_number"), composite(sentences, "article_id", "sentence_number")
    ).take(rows)
    columns = (
        quotes["article_id"],
        quotes["kind"],
        claims["char_start"].take(rows),
        claims["char_end"].take(rows),
        sentences["char_start"].take(places),
        sentences["char_end"].take(places),
    )
    problems = []
    for row, (article, kind, *span) in enumerate(zip(*(column.to_pylist() for column in columns), strict=True)):
        if None in span or article not in corpus.articles:
            continue
        text = corpus.articles[article]
        start, end = span[:2]
        if is_marked(text, *span) != (kind == "direct"):
            between = f"stands between {text[:start][-1:]!r} and {text[end:][:1]!r}"
            detail = between if kind == "direct" else "stands between quotation marks"
            problems.append(corpus.problem("quote-marks", "quotes", "kind", row, detail=detail))
    return problems


def is_marked(text: str, start: int, end: int, first: int, last: int) -> bool:
    """Whether a passage is all that stands between a pair of quotation marks.

    Where the quotation is longer than the sentence (`first` to `last`), the sentence's end stands for the mark.
    A space beside a mark, as French has it, counts as a part of the mark.

    >>> is_marked("He said: «\u00a0No.\u00a0»", 11, 14, 0, 16), is_marked("He said no.", 8, 10, 0, 11)
    (True, False)
    """
    before, after = text[first:start].rstrip(SPACES), text[end:last].lstrip(SPACES)
    if before and after:
        return (before[-1], after[0]) in MARKS
    paragraph = text[text.rfind("\n", 0, first) + 1 : first] if not before else ""
    rest = text[last:].partition("\n")[0] if not after else ""
    openings = {before[-1]} if before else {mark for mark, close in MARKS if _open(paragraph, mark, close)}
    closings = {after[0]} if after else {close for mark, close in MARKS if _open(rest[::-1], close, mark)}
    return any((mark, close) in MARKS for mark in openings for close in closings)


def _open(text: str, mark: str, close: str) -> bool:
    """Whether a quotation that began in a text has not ended there."""
    if mark == close:
        return text.count(mark) % 2 == 1
    return text.rfind(mark) > text.rfind(close)
