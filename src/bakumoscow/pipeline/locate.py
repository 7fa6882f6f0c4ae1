"""Where each claim's passage is: in its sentence; that of a quotation may end in a later one."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import all_of, composite, find, is_one, keep_where, known
from bakumoscow.model.table import table_file
from bakumoscow.pipeline.words import closest_match, cut_word, places
from bakumoscow.problem import Problem, problem
from bakumoscow.rules import RULES
from bakumoscow.rules.marks import is_dashed, is_marked
from bakumoscow.rules.reach import may_run_over

Span = tuple[int, int]
Spans = dict[str, dict[int, Span]]  # of the sentences of each article, by their numbers
CLAIMS = table_file("claims")
BEFORE, AFTER = {"", " ", "\n", "“"}, {"", " ", "\n", "”"}
TEXTED = ("quotes", "assessments")  # tables with a text
SUGGESTIONS = 50  # passages of an article that are looked for elsewhere: each search may read the whole article
BREAK = r"(?: |\s*[\n\r\u2028\u2029]\s*)"  # what a space in a passage stands for
ONCE = "Add a neighbouring word, so that it occurs only once"
ONCE_IN_BOTH = "Add a neighbouring word, here and in the text of the row"
EACH = "Give each pair of quotation marks a row of its own, in the order of the article"


class Passage(NamedTuple):
    """A claim's row, the article and sentence that it names, and its words."""

    row: int
    article: str
    number: int
    words: str
    may_run_over: bool
    is_text: bool  # of a quotation or assessment
    quote: str | None  # the quotation of which it is the text, if that is direct


def find_passages(
    articles: dict[str, str], spans: Spans, tables: dict[str, pa.Table]
) -> tuple[list[int | None], list[int | None], list[Problem]]:
    """Where each claim's passage begins and ends, None where it is not found; and what is wrong with passages."""
    starts: list[int | None] = [None] * tables["claims"].num_rows
    ends: list[int | None] = [None] * tables["claims"].num_rows
    problems: list[Problem] = []
    searches: Counter[str] = Counter()
    passages = _passages(tables)
    quotes: dict[tuple[str, int, str], dict[str, None]] = defaultdict(dict)
    for passage in passages:
        if passage.quote is not None:
            quotes[passage[1:4]][passage.quote] = None
    for passage in passages:
        sentence = spans.get(passage.article, {}).get(passage.number)
        if not sentence or not passage.words:
            continue
        text = articles[passage.article]
        found = _occurrences(text, passage, sentence)
        if not found:
            searches[passage.article] += 1
            is_searched = searches[passage.article] <= SUGGESTIONS
            where = _where_instead(passage, text, spans[passage.article]) if is_searched else ""
            problems.append(_problem("passage-missing", passage, where=where))
            continue
        whole = found if len(found) == 1 else [span for span in found if not _cut(text, span)]
        meant = _meant(text, whole, sentence, passage, list(quotes[passage[1:4]])) if len(whole) > 1 else whole
        starts[passage.row], ends[passage.row] = (meant or whole or found)[0]
        if len(whole) > 1 != len(meant):
            advice = EACH if len(meant) > 1 else ONCE_IN_BOTH if passage.is_text else ONCE
            problems.append(_problem("passage-twice", passage, times=len(whole), advice=advice))
        elif word := _cut(text, (meant or found)[0]):
            problems.append(_problem("passage-words", passage, word=word))
    return starts, ends, problems


def _passages(tables: dict[str, pa.Table]) -> list[Passage]:
    """The passages of all claims."""
    claims, quotes = tables["claims"], tables["quotes"]
    is_text = known(all_of(is_one(claims["record_table"], TEXTED), pc.equal(claims["field"], "text")))
    records = find(composite(claims, "article_id", "record_id"), composite(quotes, "article_id", "quote_id"))
    is_direct = all_of(is_text, pc.equal(quotes["kind"].take(records), "direct"))
    columns = (
        *(claims[name] for name in ("article_id", "sentence_number", "quoted_text")),
        may_run_over(claims, RULES["passage-missing"].uses["over_sentences"]),
        is_text,
        keep_where(is_direct, claims["record_id"]),
    )
    return list(map(Passage, range(claims.num_rows), *(column.to_pylist() for column in columns)))


def _problem(rule: str, passage: Passage, **values: Any) -> Problem:
    return problem(
        *(rule, CLAIMS, "quoted_text"), row=passage.row, value=passage.words, sentence_number=passage.number, **values
    )


def _occurrences(text: str, passage: Passage, sentence: Span) -> list[Span]:
    """Where a passage is in its sentence; where a quotation begins in it, if it ends in a later one."""
    length = len(passage.words)
    found = [(start, start + length) for start in places(passage.words, text, *sentence)]
    return found if found or not passage.may_run_over else list(_over_breaks(text, passage.words, *sentence))


def _over_breaks(text: str, words: str, first: int, last: int) -> Iterator[Span]:
    """Where a passage begins between two places, if its spaces stand for breaks of lines as well."""
    pattern = re.compile(BREAK.join(map(re.escape, words.split(" "))))
    begun = words.split(" ")[0]
    for start in places(begun, text, first, min(last + len(begun) - 1, len(text))):
        if match := pattern.match(text, start):
            yield match.span()


def _meant(text: str, found: list[Span], sentence: Span, passage: Passage, quotes: list[str]) -> list[Span]:
    """Which of several places are those of a direct quotation: all that are between marks, or its own among them."""
    if passage.quote is None:
        return []
    marked = [span for span in found if is_marked(text, span, sentence) or is_dashed(text, span, sentence)]
    turn = quotes.index(passage.quote)
    return marked[turn : turn + 1] if len(marked) == len(quotes) else marked


def _cut(text: str, span: Span) -> str | None:
    """The word that a passage cuts; most are between spaces or quotation marks, and cut none."""
    start, end = span
    if text[start - 1 : start] in BEFORE and text[start].isascii() and text[end : end + 1] in AFTER:
        return None
    return cut_word(text, start, end)


def _where_instead(passage: Passage, text: str, sentences: dict[int, Span]) -> str:
    """Where else a passage is, or one that is almost the same; its own sentence is searched first."""
    found = next(_over_breaks(text, passage.words, 0, len(text)), None)
    if not found:
        return closest_match(passage.words, text, *sentences[passage.number]) or closest_match(passage.words, text)
    start, end = found
    numbers = [number for number, (first, last) in sentences.items() if first < end and start < last]
    if not numbers or not any(first <= start < last for first, last in (sentences[number] for number in numbers)):
        return ""
    if len(numbers) == 1:
        return f"; it is in sentence {numbers[0]}"
    if passage.may_run_over:
        return f"; it begins in sentence {min(numbers)}"
    return f"; it runs over the sentences {min(numbers)} to {max(numbers)}"
