"""Anchor: find every sentence by its opening and every passage in its sentence.

Offsets count Unicode code points of the article's bytes as UTF-8, from 0, the end excluded.
"""

import re
from bisect import bisect_left, bisect_right
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

import pyarrow as pa

from bakumoscow.pipeline.read import Sources
from bakumoscow.problems import Problem, problem, table_file

Span = tuple[int, int]
NOWHERE = (0, 0)
ENDING, CLOSING = (".", "?", "!", "…", ":"), "”’\"')»]"
SENTENCES, CLAIMS = table_file("sentences"), table_file("claims")


def anchor(sources: Sources) -> tuple[dict[str, pa.Table], list[Problem]]:
    """The tables with paragraph, char_start and char_end of sentences and claims.

    What cannot be found has no offsets and is a problem; a claim on a sentence that was not found is skipped.
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
    for article, group in groupby(entries, key=itemgetter(0)):
        text = sources.articles[article]
        breaks = [match.end() for match in re.finditer(r"[\r\n]+", text)]
        found, wrong = _sentences(text, [entry[1:] for entry in group])
        problems += wrong
        for row, number, (start, end) in found:
            starts[row], ends[row] = start, end
            paragraphs[row] = 1 + bisect_right(breaks, start)
            spans[article, number] = (start, end)
    problems += _unsentenced(tables["articles"], sources.articles.keys() - {entry[0] for entry in entries})
    tables["sentences"] = (
        sentences.drop_columns("opening")
        .append_column("paragraph", pa.array(paragraphs, pa.int64()))
        .append_column("char_start", pa.array(starts, pa.int64()))
        .append_column("char_end", pa.array(ends, pa.int64()))
    )
    first, last, wrong = _passages(sources.articles, spans, claims)
    tables["claims"] = claims.append_column("char_start", pa.array(first, pa.int64())).append_column(
        "char_end", pa.array(last, pa.int64())
    )
    return tables, problems + wrong


def _unsentenced(articles: pa.Table, without: set[str]) -> list[Problem]:
    """Articles of which no sentence is accounted for."""
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


def _sentences(
    text: str, entries: list[tuple[int, int, str | None]]
) -> tuple[list[tuple[int, int, Span]], list[Problem]]:
    """The spans of one article's sentences, given as (number, row, opening) in the order of their numbers."""
    problems: list[Problem] = []
    placed: list[tuple[int, int, int]] = []
    for number, row, opening in entries:
        count = text.count(opening) if opening else 0
        if count == 1:
            placed.append((text.index(opening or ""), row, number))
        elif opening and count == 0:
            problems.append(
                problem("opening-missing", SENTENCES, "opening", row=row, value=opening, nearest=_near(opening, text))
            )
        elif opening:
            problems.append(problem("opening-twice", SENTENCES, "opening", row=row, value=opening))
        else:
            problems.append(
                problem(
                    "missing",
                    SENTENCES,
                    "opening",
                    row=row,
                    row_name=f"sentence {number}",
                    advice=" with the sentence's first words",
                )
            )
    numbers = [number for number, _, _ in entries]
    for position, (number, row, _) in enumerate(entries):
        if position and number not in (numbers[position - 1], numbers[position - 1] + 1):
            detail = f"follows sentence {numbers[position - 1]}"
            problems.append(
                problem("sentence-order", SENTENCES, "sentence_number", row=row, value=number, detail=detail)
            )
        elif not position and number != 1:
            problems.append(
                problem("sentence-order", SENTENCES, "sentence_number", row=row, value=number, detail="is the first")
            )
    ordered = _rising([start for start, _, _ in placed])
    for position, (_, row, number) in enumerate(placed):
        if position not in ordered:
            detail = "does not begin between the sentences numbered before and after it"
            problems.append(
                problem("sentence-order", SENTENCES, "sentence_number", row=row, value=number, detail=detail)
            )
    if problems:
        return [], problems
    problems = [
        item
        for (start, row, _), (_, _, opening) in zip(placed, entries, strict=True)
        if (item := _whole_words(text, start, row, opening or ""))
    ]
    if problems:
        return [], problems
    bounds = [start for start, _, _ in placed] + [len(text)]
    found = [
        (row, number, (start, start + len(text[start:following].rstrip())))
        for (start, row, number), following in zip(placed, bounds[1:], strict=True)
    ]
    problems = _lines_kept(text, found)
    if text[: bounds[0]].strip():
        detail = f"{text[: bounds[0]].strip()[:60]!r} stands before the first sentence"
        problems.append(
            problem("sentence-tiling", SENTENCES, "opening", row=placed[0][1] if placed else None, detail=detail)
        )
    return ([], problems) if problems else (found, _begun(text, found))


def _lines_kept(text: str, found: list[tuple[int, int, Span]]) -> list[Problem]:
    """Sentences that span a line break: one is missing, or the next one begins too late."""
    problems = []
    following = [*found[1:], None]
    for (row, number, (start, end)), after in zip(found, following, strict=True):
        lines = re.split(r"[\r\n]+", text[start:end])
        if len(lines) > 1:
            detail = f"sentence {number} spans a line break, after {lines[0][-40:]!r}"
            if after and len(lines) == 2 and not _ends(lines[-1]):
                row, detail = after[0], f"{lines[-1]!r} before sentence {after[1]} is in no sentence"
            problems.append(problem("sentence-tiling", SENTENCES, "opening", row=row, detail=detail))
    return problems


def _ends(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return text.rstrip(CLOSING).endswith(ENDING)


def _whole_words(text: str, start: int, row: int, opening: str) -> Problem | None:
    """An opening that cuts a word or has white space at an end: it finds its sentence, but at another character."""
    word = _cut_word(text, start, start + len(opening))
    if word is None and opening == opening.strip():
        return None
    detail = f"cuts the word {word!r}" if word else "has white space at an end"
    return problem("opening-words", SENTENCES, "opening", row=row, value=opening, detail=detail)


def _begun(text: str, found: list[tuple[int, int, Span]]) -> list[Problem]:
    """Sentences before which no other one ends, neither with a mark nor with its line."""
    problems = []
    for (_, _, (_, end)), (row, number, (start, _)) in pairwise(found):
        if "\n" not in text[end:start] and not _ends(text[:end]):
            before = text[:end][-30:]
            problems.append(problem("sentence-begins", SENTENCES, "opening", row=row, value=number, before=before))
    return problems


def _rising(starts: list[int]) -> set[int]:
    """The positions of the longest rising run: the fewest sentences are out of order."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for position, start in enumerate(starts):
        length = bisect_left([starts[tail] for tail in tails], start)
        before[position] = tails[length - 1] if length else None
        tails[length:] = [position, *tails[length + 1 :]]
    run: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        run.add(last)
        last = before[last]
    return run


def _passages(
    articles: dict[str, str], spans: dict[tuple[str, int], Span], claims: pa.Table
) -> tuple[list[int | None], list[int | None], list[Problem]]:
    """Where each claim's passage begins and ends; None where it is not found."""
    starts: list[int | None] = []
    ends: list[int | None] = []
    problems: list[Problem] = []
    columns = (claims[name].to_pylist() for name in ("article_id", "sentence_number", "quoted_text"))
    for row, (article, number, passage) in enumerate(zip(*columns, strict=True)):
        first, last = spans.get((article, number), NOWHERE)
        start = articles[article].find(passage, first, last) if last and passage else -1
        if start < 0:
            starts.append(None)
            ends.append(None)
            if last and passage:
                near = _elsewhere(passage, articles[article], spans, (article, number))
                problems.append(_passage("passage-missing", row, passage, number, nearest=near))
            continue
        text, end = articles[article], start + len(passage)
        starts.append(start)
        ends.append(end)
        if text.find(passage, start + 1, last) >= 0:
            times = sum(text.startswith(passage, position, last) for position in range(first, last))
            problems.append(_passage("passage-twice", row, passage, number, times=times))
        elif text[max(0, start - 1) : start + 1].isalnum() or text[end - 1 : end + 1].isalnum():
            word = _cut_word(text, start, end)
            problems += [_passage("passage-words", row, passage, number, word=word)] if word else []
    return starts, ends, problems


def _passage(rule: str, row: int, passage: str, number: int, **values: Any) -> Problem:
    return problem(rule, CLAIMS, "quoted_text", row=row, value=passage, sentence_number=number, **values)


def _cut_word(text: str, start: int, end: int) -> str | None:
    """The word that a passage cuts at one of its ends."""
    for position in (start, end):
        if 0 < position < len(text) and text[position - 1].isalnum() and text[position].isalnum():
            left, right = position, position
            while left and text[left - 1].isalnum():
                left -= 1
            while right < len(text) and text[right].isalnum():
                right += 1
            return text[left:right]
    return None


def _elsewhere(passage: str, text: str, spans: dict[tuple[str, int], Span], sentence: tuple[str, int]) -> str:
    """Where a passage stands instead, or almost stands; its own sentence comes first."""
    position, article = text.find(passage), sentence[0]
    if position < 0:
        return _near(passage, text, *spans[sentence]) or _near(passage, text)
    numbers = [
        number for (owner, number), (start, end) in spans.items() if owner == article and start <= position < end
    ]
    return "".join(f"; it is in sentence {number}" for number in numbers[:1])


def _near(passage: str, text: str, first: int = 0, last: int | None = None) -> str:
    """The run of the article, or of a part of it, that is most like a passage, if one is."""
    matcher = SequenceMatcher(None, text, passage, autojunk=False)
    block = matcher.find_longest_match(first, last)
    if block.size < min(4, len(passage)):
        return ""
    start = max(first, block.a - block.b)
    candidate = text[start : start + len(passage)]
    if SequenceMatcher(None, candidate, passage, autojunk=False).ratio() < 0.7:
        return ""
    left, right = start, start + len(passage)
    while left and text[left - 1].isalnum():
        left -= 1
    while right < len(text) and text[right - 1].isalnum() and text[right].isalnum():
        right += 1
    return f"; almost the same stands at character {left}: {text[left:right].strip()!r}"
