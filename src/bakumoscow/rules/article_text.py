"""Rules of the article's text: every sentence accounted for, values in their passages, quotations between marks."""

from collections import Counter
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import all_of, any_of, find, is_one, only, positions, rows_where
from bakumoscow.model.tables import TABLES
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.rule import Breach, Rule

Marks = tuple[tuple[str, ...], ...]
MARKS: Marks = tuple(tuple(pair) for pair in ("“”", '""', "«»", "»«", "„“", "„”", "‘’", "””", "‹›", "「」"))
SPACES = (" ", "\u00a0", "\u202f")
WORDED = tuple(sorted({column.name for table in TABLES.values() for column in table.columns if column.worded}))


def _unaccounted(corpus: Corpus) -> Iterator[Breach]:
    coded = any_of(pc.equal(corpus["sentences"]["role"], "coded"), pc.is_null(corpus["sentences"]["role"]))
    yield from (Breach("sentences", "role", row) for row in rows_where(all_of(coded, pc.invert(_rests(corpus)))))


def _coded_and_set_aside(corpus: Corpus) -> Iterator[Breach]:
    both = rows_where(all_of(pc.not_equal(corpus["sentences"]["role"], "coded"), _rests(corpus)))
    if both:
        resting = Counter(corpus.keys("claims", "article_id", "sentence_number").to_pylist())
        keys = corpus.keys("sentences")
        for row in both:
            count = resting[keys[row].as_py()]
            yield Breach("sentences", "role", row, {"count": "1 claim rests" if count == 1 else f"{count} claims rest"})


def _rests(corpus: Corpus) -> pa.ChunkedArray:
    """On which sentences a claim rests."""
    claims = corpus.keys("claims", "article_id", "sentence_number")
    return pc.is_valid(find(corpus.keys("sentences"), claims))


def _without_value(corpus: Corpus, *, fields: tuple[str, ...]) -> Iterator[Breach]:
    """Explicit claims on columns of the article's own words whose passage does not hold the value."""
    claims = corpus["claims"]
    explicit = positions(all_of(is_one(claims["field"], fields), pc.equal(claims["support"], "explicit")))
    values, passages = (claims[name].take(explicit).to_pylist() for name in ("claimed_value", "quoted_text"))
    for row, value, passage in zip(explicit.to_pylist(), values, passages, strict=True):
        if value and passage and value not in passage:
            yield Breach("claims", "quoted_text", row, {"said": value})


def _marks(corpus: Corpus, *, marks: Marks, spaces: tuple[str, ...]) -> Iterator[Breach]:
    """Direct quotations that stand between no marks, and indirect ones that do."""
    quotes, claims, sentences = (corpus[name] for name in ("quotes", "claims", "sentences"))
    on_text = all_of(
        pc.equal(claims["record_table"], "quotes"),
        pc.equal(claims["field"], "text"),
        pc.equal(claims["claim_rank"], "preferred"),
    )
    rows = find(corpus.keys("quotes"), only(on_text, corpus.keys("claims", "article_id", "record_id")))
    places = corpus.rows_of("claims", "sentence_number", "sentences").take(rows)
    columns = (
        quotes["article_id"],
        quotes["kind"],
        claims["char_start"].take(rows),
        claims["char_end"].take(rows),
        sentences["char_start"].take(places),
        sentences["char_end"].take(places),
    )
    for row, (article, kind, *offsets) in enumerate(zip(*(column.to_pylist() for column in columns), strict=True)):
        if None in offsets or article not in corpus.articles:
            continue
        text = corpus.articles[article]
        start, end, first, last = offsets
        if is_marked(text, start, end, first, last, marks, spaces) != (kind == "direct"):
            between = f"stands between {text[:start][-1:]!r} and {text[end:][:1]!r}"
            detail = between if kind == "direct" else "stands between quotation marks"
            yield Breach("quotes", "kind", row, {"detail": detail})


def is_marked(
    text: str, start: int, end: int, first: int, last: int, marks: Marks = MARKS, spaces: tuple[str, ...] = SPACES
) -> bool:
    """Whether a passage is all that stands between a pair of quotation marks.

    Where the quotation is longer than the sentence (`first` to `last`), the sentence's end stands for the mark.
    A space beside a mark, as French has it, counts as a part of the mark.

    >>> is_marked("He said: «\u00a0No.\u00a0»", 11, 14, 0, 16), is_marked("He said no.", 8, 10, 0, 11)
    (True, False)
    """
    before, after = text[first:start].rstrip("".join(spaces)), text[end:last].lstrip("".join(spaces))
    if before and after:
        return (before[-1], after[0]) in marks
    paragraph = text[text.rfind("\n", 0, first) + 1 : first] if not before else ""
    rest = text[last:].partition("\n")[0] if not after else ""
    openings = {before[-1]} if before else {mark for mark, close in marks if _open(paragraph, mark, close)}
    closings = {after[0]} if after else {close for mark, close in marks if _open(rest[::-1], close, mark)}
    return any((mark, close) in marks for mark in openings for close in closings)


def _open(text: str, mark: str, close: str) -> bool:
    """Whether a quotation that began in a text has not ended there."""
    if mark == close:
        return text.count(mark) % 2 == 1
    return text.rfind(mark) > text.rfind(close)


RULES = [
    Rule(
        "value-in-passage",
        "The passage of an explicit claim holds the value, on name, title, an actor's attributes, date_text, "
        "count_text, outcome_text, charge, cue and context_text.",
        "These columns are the article's words; words that are not there do not say them.",
        "count_text `31` with the passage `passengers`.",
        "{row_name} says {said!r}, and its passage is {value!r}.",
        "Quote the words that hold the value, or correct the value.",
        tables=("claims",),
        check=_without_value,
        uses={"fields": WORDED},
    ),
    Rule(
        "sentence-coded",
        "A role is typed only for a sentence on which no claim rests.",
        "A sentence is coded or set aside, not both.",
        "role `context` on a sentence with a claim.",
        "{row_name} is set aside as {value}, and {count} on it.",
        "Empty role and reason, or remove the claims.",
        tables=("sentences",),
        check=_coded_and_set_aside,
    ),
    Rule(
        "sentence-accounted",
        "A sentence on which no claim rests has a role and a reason.",
        "Every sentence is accounted for.",
        "The only claim on sentence 5 is deleted.",
        "{row_name} is not accounted for: no claim rests on it and it has no role.",
        "Code it, or type its role and reason.",
        tables=("sentences",),
        check=_unaccounted,
        misses=("claims", "sentences"),
    ),
    Rule(
        "quote-marks",
        "A direct quotation stands between quotation marks; an indirect one does not.",
        "The marks are the article's word that these are the speaker's words.",
        "kind `direct` on reported content.",
        "{row_name} is {value}, and its text {detail}.",
        "Correct kind, or take exactly the words between the marks.",
        tables=("quotes",),
        check=_marks,
        uses={"marks": MARKS, "spaces": SPACES},
    ),
]
