"""Sentences: they are found by their openings, numbered in the order of the article, and cover it."""

import re
from bisect import bisect_left
from itertools import pairwise
from typing import Any

from bakumoscow.model.table import table_file
from bakumoscow.pipeline.words import closest_match, cut_word, occurrences
from bakumoscow.problem import Problem, problem
from bakumoscow.rules import RULES

Span = tuple[int, int]
Entry = tuple[int, int, str | None]  # a sentence's number, its row, its opening
Placed = tuple[int, int, int, str]  # where a sentence begins, its row, its number, its opening
Found = tuple[int, int, Span]  # a sentence's row, its number, its span
SUGGESTIONS = 50  # openings for which a match is looked for: each search may read the whole article
NO_LETTER = re.compile(r"[\W\d_]")


def find_sentences(text: str, entries: list[Entry], complete: bool) -> tuple[list[Found], list[Problem]]:
    """The sentences of one article, without those that are uncertain because of a wrong opening or number.

    `complete` is False if there may be further rows, whose number or article cannot be read: then gaps are no problem.
    """
    placed, problems = _find_openings(text, entries)
    complete = complete and not problems
    misnumbered, gaps = _check_numbers(placed)
    problems += misnumbered
    if not problems and not gaps:
        problems = [item for sentence in placed if (item := _check_words(text, sentence))]
    if problems or gaps:
        wrong = {item.row for item in problems}
        certain = _certain(text, [item for item in placed if item[1] not in wrong], max(entries)[0])
        return certain, problems + (gaps if complete else [])
    first = {start: (row, number) for start, row, number, _ in reversed(placed)}  # a copied row has the same span
    bounds = [*sorted(first), len(text)]
    found = [
        (*first[start], (start, start + len(text[start:following].rstrip()))) for start, following in pairwise(bounds)
    ]
    problems = _check_cover(text, found)
    if problems:
        return [], problems if complete else []
    ends = {start: end for _, _, (start, end) in found}
    misbegun = _check_beginnings(text, found)
    late = {item.row for item in misbegun}  # if a sentence begins too late, the one before it is too long
    alone = [item for item, after in zip(found, [*found[1:], (None,)], strict=True) if after[0] not in late]
    return [(row, number, (start, ends[start])) for start, row, number, _ in placed], misbegun + _check_inner_ends(
        text, alone
    )


def _certain(text: str, placed: list[Placed], last: int) -> list[Found]:
    """The sentences whose end is known: the next number follows, or they are the last."""
    ends = [*placed[1:], (len(text), 0, last + 1, "")]
    return [
        (row, number, (start, start + len(text[start:following].rstrip())))
        for (start, row, number, _), (following, _, after, _) in zip(placed, ends, strict=True)
        if after == number + 1
    ]


def _problem(rule: str, row: int, column: str = "opening", **values: Any) -> Problem:
    return problem(rule, table_file("sentences"), column, row=row, **values)


def _find_openings(text: str, entries: list[Entry]) -> tuple[list[Placed], list[Problem]]:
    """The sentences whose opening occurs once in the article, in the order of the article."""
    problems: list[Problem] = []
    placed: list[Placed] = []
    for number, row, opening in entries:
        count = occurrences(opening, text) if opening else 0
        if not opening:
            advice = " with the sentence's first words"
            problems.append(_problem("missing", row, advice=advice))
        elif count == 1:
            placed.append((text.index(opening), row, number, opening))
        elif count == 0:
            where = closest_match(opening, text) if len(problems) < SUGGESTIONS else ""
            problems.append(_problem("opening-missing", row, value=opening, where=where))
        else:
            problems.append(_problem("opening-twice", row, value=opening))
    return sorted(placed), problems


def _check_numbers(placed: list[Placed]) -> tuple[list[Problem], list[Problem]]:
    """Sentences whose number does not fit their place, and sentences before which a number is missing."""
    first = {(start, number): row for start, row, number, _ in reversed(placed)}  # a copied row breaks a rule of keys
    ordered = sorted((start, -number, row) for (start, number), row in first.items())
    numbers = [-number for _, number, _ in ordered]
    kept = _rising(numbers)
    astray = [position for position in range(len(ordered)) if position not in kept]
    missing = set(range(1, max(numbers, default=0) + 1)) - set(numbers)
    gaps: list[tuple[int, str]] = []
    previous = 0
    for position in sorted(kept) if len(missing) > len(astray) else ():
        if numbers[position] != previous + 1:
            gaps.append((position, f"follows sentence {previous}" if previous else "is the first"))
        previous = numbers[position]

    def order(position: int, detail: str) -> Problem:
        row, number = ordered[position][2], numbers[position]
        return _problem("sentence-order", row, "sentence_number", value=number, detail=detail)

    between = "does not begin between the sentences numbered before and after it"
    return [order(position, between) for position in astray], [order(*gap) for gap in gaps]


def _rising(numbers: list[int]) -> set[int]:
    """The positions of the longest rising subsequence, so that as few numbers as possible are out of order."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for position, number in enumerate(numbers):
        length = bisect_left([numbers[tail] for tail in tails], number)
        if length < len(tails) and numbers[tails[length]] == number == tails[length] + 1:
            continue  # of two rows with one number the first is in its place
        before[position] = tails[length - 1] if length else None
        tails[length:] = [position, *tails[length + 1 :]]
    run: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        run.add(last)
        last = before[last]
    return run


def _check_words(text: str, sentence: Placed) -> Problem | None:
    """The problem of an opening that cuts a word or has white space at an end."""
    start, row, _, opening = sentence
    word = cut_word(text, start, start + len(opening))
    if word is None and opening == opening.strip():
        return None
    detail = f"cuts the word {word!r}" if word else "has white space at an end"
    return _problem("opening-words", row, value=opening, detail=detail)


def _check_cover(text: str, found: list[Found]) -> list[Problem]:
    """Words before the first sentence, and sentences over a line break: a row is missing, or an opening is too late."""
    problems = []
    for (row, number, (start, end)), after in zip(found, [*found[1:], None], strict=True):
        lines = re.split(r"[\r\n]+", text[start:end])
        if len(lines) > 1:
            detail = f"sentence {number} spans a line break, after {lines[0][-40:]!r}"
            if after and len(lines) == 2 and not _ends_sentence(lines[-1]):
                row, detail = after[0], f"{lines[-1]!r} before sentence {after[1]} is in no sentence"
            problems.append(_problem("sentence-tiling", row, detail=detail))
    before = text[: found[0][2][0]].strip().strip("\ufeff") if found else ""
    if before:
        problems.append(
            _problem("sentence-tiling", found[0][0], detail=f"{before[:60]!r} is before the first sentence")
        )
    return problems


def _check_beginnings(text: str, found: list[Found]) -> list[Problem]:
    """Sentences that begin where the one before does not end, neither with a punctuation mark nor with a line."""
    line_breaks = set(RULES["sentence-begins"].uses["line_breaks"])
    return [
        _problem("sentence-begins", row, value=number, before=text[:end][-30:])
        for (_, _, (_, end)), (row, number, (start, _)) in pairwise(found)
        if not set(text[end:start]) & line_breaks and not _ends_sentence(text[max(0, end - 200) : end])
    ]


def _check_inner_ends(text: str, found: list[Found]) -> list[Problem]:
    """Sentences within which another one seems to begin, whose row is missing."""
    uses = RULES["sentence-whole"].uses
    classes = (re.escape("".join(uses[part])) for part in ("ending", "closing", "spaces", "opening"))
    inner_end = re.compile(r"(?<=[^\W\d_])[{}][{}]*[{}]+[{}]*(?P<next>[^\W\d_])".format(*classes))
    problems = []
    for row, number, (start, end) in found:
        for match in inner_end.finditer(text, start, end):
            word = NO_LETTER.split(text[start : match.start()])[-1]
            is_short = len(word) <= uses["abbreviated"] or word in uses["abbreviations"]
            if not (is_short and match[0].startswith(".")) and not match["next"].islower():
                begins = " ".join(text[match.start("next") : end][:80].split()[:5])
                problems.append(_problem("sentence-whole", row, value=number, begins=begins))
                break
    return problems


def _ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    uses = RULES["sentence-begins"].uses
    return re.sub(f"{uses['note']}$", "", text.rstrip()).rstrip("".join(uses["closing"])).endswith(uses["ending"])
