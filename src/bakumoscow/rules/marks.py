"""Direct speech: whether a passage is between quotation marks, or after a dash that opens speech."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping

import pyarrow.compute as pc

from bakumoscow.kernels import all_of, find, keep_where
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.rule import Breach, Rule

# A mark that opens a quotation and one that closes it, as printed or typed in some language.
PAIRS = (
    *("“”", "„“", "„”", "‟”", "””", "““", '""', '„"', '“"', "״״", "＂＂", "〝〞", "〝〟"),
    *("‘’", "‚‘", "‚’", "‛’", "’’", "‘‘", "''", "‘'", "‚'"),
    *("«»", "»«", "»»", "‹›", "›‹", "››", "《》", "〈〉"),
    *("「」", "『』", "｢｣", "﹁﹂", "﹃﹄"),
)
APOSTROPHES = ("'", "’")  # not quotation marks beside a letter of a word that they shorten or end
SPACES = (" ", "\u00a0", "\u2009", "\u202f")  # within a pair of marks, as in French
DASHES = ("-", "‒", "–", "—", "―")
Span = tuple[int, int]


def is_marked(
    text: str,
    passage: Span,
    sentence: Span,
    pairs: tuple[str, ...] = PAIRS,
    apostrophes: tuple[str, ...] = APOSTROPHES,
    spaces: tuple[str, ...] = SPACES,
) -> bool:
    """Whether a passage is exactly the text between a pair of quotation marks.

    Where the quotation is longer than the sentence, the start or end of the sentence counts as the mark. A space
    beside a mark, as in French, counts as part of the mark.

    >>> is_marked("He said: «\u00a0No.\u00a0»", (11, 14), (0, 16)), is_marked("He said no.", (8, 10), (0, 11))
    (True, False)
    """
    (start, end), (first, last) = passage, _around(text, passage, sentence)
    before, after = text[first:start].rstrip("".join(spaces)), text[end:last].lstrip("".join(spaces))
    if before and after:
        is_apart = len(before) < start - first or len(after) < last - end
        pair, outer = before[-1] + after[0], (before[-2:-1], after[1:2])
        is_apostrophe = any(mark in apostrophes and _is_cased(other) for mark, other in zip(pair, outer, strict=True))
        return pair in pairs and not is_apostrophe and (not is_apart or _may_be_apart(pair, outer[0]))
    ends, begins = _partners(pair for pair in pairs if pair[1] not in apostrophes or pair == "‘’")
    paragraph = text[text.rfind("\n", 0, first) + 1 : first] if not before else ""
    rest = text[last:].partition("\n")[0] if not after else ""
    openings = {before[-1]} if before else {mark for mark in ends if is_open(paragraph, mark, ends)}
    closings = {after[0]} if after else {mark for mark in begins if is_open(rest[::-1], mark, begins)}
    return any(mark + close in pairs for mark in openings for close in closings)


def _around(text: str, passage: Span, sentence: Span) -> Span:
    """The sentence of a passage; where the passage runs over its end, to the end of the line in which it ends."""
    if passage[1] <= sentence[1]:
        return sentence
    line_end = text.find("\n", passage[1])
    return sentence[0], line_end if line_end >= 0 else len(text)


def _is_cased(letter: str) -> bool:
    """Whether a letter has a capital, as in the scripts that have apostrophes."""
    return letter.lower() != letter.upper()


def _may_be_apart(pair: str, before: str) -> bool:
    """Whether a space may be within two marks: the first opens and the second closes, whatever the language."""
    categories = [unicodedata.category(mark) for mark in pair]
    is_inside = bool(before) and (before.isalnum() or unicodedata.category(before) == "Po")
    return categories in (["Pi", "Pf"], ["Ps", "Pe"]) and not is_inside


def _partners(pairs: Iterator[str]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The marks that close what a mark opens, and those that open what a mark closes."""
    ends: dict[str, set[str]] = defaultdict(set)
    begins: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        ends[pair[0]].add(pair[1])
        begins[pair[1]].add(pair[0])
    return ends, begins


def is_open(text: str, mark: str, ends: Mapping[str, set[str]]) -> bool:
    """Whether a text opens a quotation by a mark and does not close it."""
    partners = ends[mark] - {mark}
    if partners:
        last = text.rfind(mark)
        return last >= 0 and not any(partner in text[last:] for partner in partners)
    others = (other for other, closing in ends.items() if mark in closing and other != mark)
    return text.count(mark) % 2 == 1 and not any(other in text for other in others)


def is_dashed(
    text: str, passage: Span, sentence: Span, dashes: tuple[str, ...] = DASHES, cue: str | None = None
) -> str:
    """What ends a passage after a dash that opens direct speech: a `dash`, or the `end` of the sentence; else empty.

    Such a dash is at the beginning of a line, after a colon or after the `cue`. In a line that begins with one, others
    may follow.

    >>> is_dashed("— No way, — said Iskandar.", (2, 8), (0, 26)), is_dashed("We — no — left.", (5, 7), (0, 15))
    ('dash', '')
    """
    (start, end), (_, last) = passage, _around(text, passage, sentence)
    line, dash = text[text.rfind("\n", 0, start) + 1 : start], f"[{re.escape(''.join(dashes))}]"
    behind = f"|{re.escape(cue)}" if cue else ""
    if not re.search(rf"(?:^|:{behind})\s*{dash}\s*$|^\s*{dash}.*{dash}\s*$", line):
        return ""
    found = re.match(rf"[^\w\s]*?(?:(?P<end>\s*$)|\s+{dash}|(?!-){dash})", text[end:last])
    return "" if found is None else "dash" if found["end"] is None else "end"


def _marks(
    corpus: Corpus,
    *,
    pairs: tuple[str, ...],
    apostrophes: tuple[str, ...],
    spaces: tuple[str, ...],
    dashes: tuple[str, ...],
) -> Iterator[Breach]:
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
        quotes["cue"],
        claims["char_start"].take(rows),
        claims["char_end"].take(rows),
        sentences["char_start"].take(places),
        sentences["char_end"].take(places),
    )
    for row, (article, kind, cue, *offsets) in enumerate(zip(*(column.to_pylist() for column in columns), strict=True)):
        if None in offsets or article not in corpus.articles:
            continue
        text, (start, end, first, last) = corpus.articles[article], offsets
        marked = is_marked(text, (start, end), (first, last), pairs, apostrophes, spaces)
        dashed = is_dashed(text, (start, end), (first, last), dashes, cue)
        if kind == "direct" and not marked and not dashed:
            detail = f"is between {text[:start][-1:]!r} and {text[end:][:1]!r}, not between quotation marks"
            yield Breach("quotes", "kind", row, {"detail": detail})
        if kind != "direct" and (marked or dashed == "dash"):
            yield Breach("quotes", "kind", row, {"detail": f"is between {'quotation marks' if marked else 'dashes'}"})


RULES = [
    Rule(
        "quote-marks",
        "A direct quotation is between quotation marks in the article, or after a dash that opens direct speech; an "
        "indirect one is not.",
        "Quotation marks and dashes say that these are the speaker's own words.",
        "kind `direct` for reported speech.",
        "{row_name} is {value}, but its text {detail}.",
        "Correct kind, or quote exactly the words between the marks.",
        tables=("quotes",),
        check=_marks,
        uses={"pairs": PAIRS, "apostrophes": APOSTROPHES, "spaces": SPACES, "dashes": DASHES},
    ),
]
