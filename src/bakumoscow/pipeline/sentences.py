"""Sentences: they are found by their openings, numbered in the order of the article, and cover it."""

import re
from itertools import pairwise

from bakumoscow.pipeline.beginnings import ASTRAY, Entry, Placed, find_openings, opening_problem, rising
from bakumoscow.pipeline.ends import can_begin, ends_sentence, inner_beginning
from bakumoscow.problem import Problem

Span = tuple[int, int]
Found = tuple[int, int, Span]  # a sentence's row, its number, its span


def find_sentences(
    text: str, entries: list[Entry], complete: bool, settled: set[int]
) -> tuple[list[Found], list[Problem]]:
    """The sentences of one article, without those that are uncertain because of a wrong opening or number.

    `complete` is False if there may be further rows, whose number or article cannot be read: then gaps are no problem.
    `settled` are the rows of which a coder has decided that they begin rightly.
    """
    placed, problems = find_openings(text, entries)
    complete = complete and not problems
    misnumbered, gaps = _check_numbers(placed)
    problems += misnumbered
    if problems or gaps:
        wrong = {item.row for item in problems}
        certain = _certain(text, [item for item in placed if item[1] not in wrong], max(entries)[0])
        return certain, problems + (gaps if complete else [])
    first = {start: (row, number) for start, row, number in reversed(placed)}  # a copied row has the same span
    bounds = [*sorted(first), len(text)]
    found = [
        (*first[start], (start, start + len(text[start:following].rstrip()))) for start, following in pairwise(bounds)
    ]
    problems = _check_cover(text, found)
    if problems:
        return [], problems if complete else []
    ends = {start: end for _, _, (start, end) in found}
    misbegun = _check_beginnings(text, found)
    late = {item.row for item in misbegun} - settled  # if a sentence begins too late, the one before it is too long
    alone = [item for item, after in zip(found, [*found[1:], (None,)], strict=True) if after[0] not in late]
    return [(row, number, (start, ends[start])) for start, row, number in placed], misbegun + _check_inner_ends(
        text, alone
    )


def _certain(text: str, placed: list[Placed], last: int) -> list[Found]:
    """The sentences whose end is known: the next number follows, or they are the last."""
    return [
        (row, number, (start, start + len(text[start:following].rstrip())))
        for (start, row, number), (following, _, after) in pairwise([*placed, Placed(len(text), 0, last + 1)])
        if after == number + 1
    ]


def _check_numbers(placed: list[Placed]) -> tuple[list[Problem], list[Problem]]:
    """Sentences whose number does not fit their place, and sentences before which a number is missing."""
    first = {(start, number): row for start, row, number in reversed(placed)}  # a copied row breaks a rule of keys
    ordered = sorted((start, -number, row) for (start, number), row in first.items())
    numbers = [-number for _, number, _ in ordered]
    kept = rising(numbers)
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
        return opening_problem("sentence-order", row, "sentence_number", value=number, detail=detail)

    return [order(position, ASTRAY) for position in astray], [order(*gap) for gap in gaps]


def _check_cover(text: str, found: list[Found]) -> list[Problem]:
    """Words before the first sentence, and sentences over a line break: a row is missing, or an opening is too late."""
    problems = []
    for (row, number, (start, end)), after in zip(found, [*found[1:], None], strict=True):
        lines = re.split(r"[\r\n]+", text[start:end])
        if len(lines) > 1:
            detail = f"sentence {number} spans a line break, after {lines[0][-40:]!r}"
            if after and len(lines) == 2 and not ends_sentence(lines[-1]):
                row, detail = after[0], f"{lines[-1]!r} before sentence {after[1]} is in no sentence"
            problems.append(opening_problem("sentence-tiling", row, detail=detail))
    before = text[: found[0][2][0]].strip().strip("\ufeff") if found else ""
    if before:
        problems.append(
            opening_problem("sentence-tiling", found[0][0], detail=f"{before[:60]!r} is before the first sentence")
        )
    return problems


def _check_beginnings(text: str, found: list[Found]) -> list[Problem]:
    """Sentences that begin where the one before does not end, neither with a punctuation mark nor with a line."""
    return [
        opening_problem("sentence-begins", row, value=number, before=text[:end][-30:])
        for (_, _, (_, end)), (row, number, (start, _)) in pairwise(found)
        if not can_begin(text, start)
    ]


def _check_inner_ends(text: str, found: list[Found]) -> list[Problem]:
    """Sentences within which another one seems to begin, whose row is missing."""
    inner = ((row, number, end, inner_beginning(text, start, end)) for row, number, (start, end) in found)
    return [
        opening_problem("sentence-whole", row, value=number, begins=" ".join(text[place:end][:80].split()[:5]))
        for row, number, end, place in inner
        if place is not None
    ]
