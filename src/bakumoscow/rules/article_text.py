"""Rules of the article's text: every sentence accounted for, values in passages, quotations in quotation marks."""

from collections import Counter
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import all_of, find, is_one, keep_where, positions, rows_where
from bakumoscow.model.tables import TABLES
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.rule import Breach, Rule

Marks = tuple[tuple[str, ...], ...]
MARKS: Marks = tuple(tuple(pair) for pair in ("“”", '""', "«»", "»«", "„“", "„”", "‘’", "””", "‹›", "「」"))
SPACES = (" ", "\u00a0", "\u202f")
WORDED = tuple(sorted({column.name for table in TABLES.values() for column in table.columns if column.worded}))


def _unaccounted(corpus: Corpus) -> Iterator[Breach]:
    unaccounted = all_of(pc.is_null(corpus["sentences"]["role"]), pc.invert(_is_used(corpus)))
    yield from (Breach("sentences", "role", row) for row in rows_where(unaccounted))


def _coded_and_set_aside(corpus: Corpus) -> Iterator[Breach]:
    both = rows_where(all_of(pc.not_equal(corpus["sentences"]["role"], "coded"), _is_used(corpus)))
    if both:
        uses = Counter(corpus.keys("claims", "article_id", "sentence_number").to_pylist())
        keys = corpus.keys("sentences")
        for row in both:
            count = uses[keys[row].as_py()]
            yield Breach("sentences", "role", row, {"count": "1 claim uses" if count == 1 else f"{count} claims use"})


def _is_used(corpus: Corpus) -> pa.ChunkedArray:
    """Which sentences a claim uses."""
    claims = corpus.keys("claims", "article_id", "sentence_number")
    return pc.is_valid(find(corpus.keys("sentences"), claims))


def _without_value(corpus: Corpus, *, fields: tuple[str, ...]) -> Iterator[Breach]:
    """Explicit claims on columns of the article's own words whose passage does not contain the value."""
    claims = corpus["claims"]
    explicit = positions(all_of(is_one(claims["field"], fields), pc.equal(claims["support"], "explicit")))
    values, passages = (claims[name].take(explicit).to_pylist() for name in ("claimed_value", "quoted_text"))
    for row, value, passage in zip(explicit.to_pylist(), values, passages, strict=True):
        if value and passage and value not in passage:
            yield Breach("claims", "quoted_text", row, {"said": value})


def _marks(corpus: Corpus, *, marks: Marks, spaces: tuple[str, ...]) -> Iterator[Breach]:
    """Direct quotations that are not between quotation marks, and indirect ones that are."""
    quotes, claims, sentences = (corpus[name] for name in ("quotes", "claims", "sentences"))
    on_text = all_of(
        pc.equal(claims["record_table"], "quotes"),
        pc.equal(claims["field"], "text"),
        pc.equal(claims["claim_rank"], "preferred"),
    )
    rows = find(corpus.keys("quotes"), keep_where(on_text, corpus.keys("claims", "article_id", "record_id")))
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
            marks_missing = f"is between {text[:start][-1:]!r} and {text[end:][:1]!r}, not between quotation marks"
            detail = marks_missing if kind == "direct" else "is between quotation marks"
            yield Breach("quotes", "kind", row, {"detail": detail})


def is_marked(
    text: str, start: int, end: int, first: int, last: int, marks: Marks = MARKS, spaces: tuple[str, ...] = SPACES
) -> bool:
    """Whether a passage is exactly the text between a pair of quotation marks.

    Where the quotation is longer than the sentence (`first` to `last`), the start or end of the sentence counts as
    the mark. A space beside a mark, as in French, counts as part of the mark.

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
    """Whether a text opens a quotation that it does not close."""
    if mark == close:
        return text.count(mark) % 2 == 1
    return text.rfind(mark) > text.rfind(close)


RULES = [
    Rule(
        "value-in-passage",
        "The passage of an explicit claim contains the claimed value, for name, title, an actor's attributes, "
        "date_text, count_text, outcome_text, charge, cue and context_text.",
        "These columns hold the article's own words, so the passage must contain them.",
        "count_text `31` with the passage `passengers`.",
        "the value of {row_name} is {said!r}, but its passage {value!r} does not contain it.",
        "Quote the words that contain the value, or correct the value.",
        tables=("claims",),
        check=_without_value,
        uses={"fields": WORDED},
    ),
    Rule(
        "sentence-coded",
        "A role is typed only for a sentence that no claim uses.",
        "A sentence is either coded or set aside, not both.",
        "role `context` on a sentence with a claim.",
        "{row_name} is set aside as {value}, but {count} it.",
        "Empty role and reason, or delete the claims.",
        tables=("sentences",),
        check=_coded_and_set_aside,
    ),
    Rule(
        "sentence-accounted",
        "A sentence that no claim uses has a role and a reason.",
        "Every sentence of an article is accounted for.",
        "The only claim on sentence 5 is deleted.",
        "{row_name} is not accounted for: no claim uses it, and it has no role.",
        "Code it, or fill its role and reason.",
        tables=("sentences",),
        check=_unaccounted,
        misses=("claims", "sentences"),
    ),
    Rule(
        "quote-marks",
        "A direct quotation is between quotation marks in the article; an indirect one is not.",
        "Quotation marks say that these are the speaker's own words.",
        "kind `direct` for reported speech.",
        "{row_name} is {value}, but its text {detail}.",
        "Correct kind, or quote exactly the words between the marks.",
        tables=("quotes",),
        check=_marks,
        uses={"marks": MARKS, "spaces": SPACES},
    ),
]
