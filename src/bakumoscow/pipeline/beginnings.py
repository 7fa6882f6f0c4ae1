"""Where each sentence begins: its opening is found by the order of the sentences.

If an opening occurs once in the article, the sentence begins there. If it occurs several times, the sentence begins
where a sentence can begin, between those before and after it. All such sentences are placed as early as their order
allows, and then as late: where the two places differ, the order does not decide.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from bakumoscow.model.table import table_file
from bakumoscow.pipeline.ends import can_begin
from bakumoscow.pipeline.words import closest_match, cut_word, places
from bakumoscow.problem import Problem, problem

Entry = tuple[int, int, str | None]  # a sentence's number, its row, its opening
SUGGESTIONS = 50  # openings for which a match is looked for: each search may read the whole article
COPY = "Copy the sentence's first words from the article"
GIVE_MORE = "Give more of the sentence's first words, or correct sentence_number"
ASTRAY = "does not begin between the sentences numbered before and after it"
SHOWN = 30  # characters of the article by which a place is shown


class Placed(NamedTuple):
    """Where a sentence begins, its row and its number."""

    start: int
    row: int
    number: int


def find_openings(text: str, entries: list[Entry]) -> tuple[list[Placed], list[Problem]]:
    """The sentences whose opening is found, in the order of the article, and what is wrong with the other openings."""

    @cache
    def whole(opening: str) -> list[int]:
        """The places where an opening cuts no word."""
        return [start for start in places(opening, text) if not cut_word(text, start, start + len(opening))]

    @cache
    def beginnings(opening: str) -> list[int]:
        """The places where it may begin a sentence."""
        return [start for start in whole(opening) if can_begin(text, start, after_pause=False)]

    problems: list[Problem] = []
    once: list[Placed] = []
    often: list[tuple[int, int, str]] = []
    for number, row, opening in entries:
        if not opening:
            problems.append(opening_problem("missing", row, advice=" with the sentence's first words"))
        elif detail := _fault(text, opening, whole(opening)):
            problems.append(opening_problem("opening-words", row, value=opening, detail=detail))
        elif not whole(opening):
            where = closest_match(opening, text) if len(problems) < SUGGESTIONS else ""
            problems.append(_missing(row, opening, f"is not in the article{where}", COPY))
        elif len(whole(opening)) == 1:
            once.append(Placed(whole(opening)[0], row, number))
        else:
            often.append((number, row, opening))
    found, unclear = _between(text, in_order(once), often, beginnings)
    return sorted([*once, *found]), problems + unclear


def opening_problem(rule: str, row: int, column: str = "opening", **values: Any) -> Problem:
    """A problem in a row of sentences."""
    return problem(rule, table_file("sentences"), column, row=row, **values)


def _missing(row: int, opening: str, detail: str, advice: str) -> Problem:
    return opening_problem("opening-missing", row, value=opening, detail=detail, advice=advice)


def _fault(text: str, opening: str, whole: list[int]) -> str:
    """What is wrong with an opening that is in the article: white space at an end, or a cut word; else empty."""
    start = text.find(opening)
    if start < 0:
        return ""
    if opening != opening.strip():
        return "has white space at an end"
    return "" if whole else f"cuts the word {cut_word(text, start, start + len(opening))!r}"


def _between(
    text: str, order: list[Placed], often: list[tuple[int, int, str]], beginnings: Callable[[str], list[int]]
) -> tuple[list[Placed], list[Problem]]:
    """The sentences whose openings the article has several times, each between those of `order` around its number."""
    found: list[Placed] = []
    problems: list[Problem] = []
    numbers = [item.number for item in order]
    starts = [-1, *(item.start for item in order), len(text)]
    for place, group in groupby(often, key=lambda entry: bisect_right(numbers, entry[0])):
        after, before = starts[place : place + 2]
        rows: dict[tuple[int, str], list[int]] = {}  # a copied row has the place of the first one
        for number, row, opening in group:
            rows.setdefault((number, opening), []).append(row)
        options = [beginnings(opening) for _, opening in rows]
        early = _early(options, after, before)
        late = _late(options, early, before)
        for (number, opening), first, last, starting in zip(rows, early, late, options, strict=True):
            if first is not None and first == last:
                found += (Placed(first, row, number) for row in rows[number, opening])
                continue
            row = rows[number, opening][0]
            if first is not None and last is not None:
                shown = " and ".join(f"at character {start}: {_excerpt(text, start)!r}" for start in (first, last))
                problems.append(opening_problem("opening-twice", row, value=opening, places=shown))
            elif _next(starting, after, before) is not None:
                problems.append(opening_problem("sentence-order", row, "sentence_number", value=number, detail=ASTRAY))
            else:
                detail = f"begins no sentence {_where(numbers, place)}"
                problems.append(_missing(row, opening, detail, GIVE_MORE))
    return found, problems


def _next(starts: list[int], after: int, before: int) -> int | None:
    """The first of some places between two others; None if there is none."""
    index = bisect_right(starts, after)
    return starts[index] if index < len(starts) and starts[index] < before else None


def _early(options: list[list[int]], after: int, before: int) -> list[int | None]:
    """The earliest place for each sentence that the order allows; None for one that has none."""
    chosen = []
    for starts in options:
        start = _next(starts, after, before)
        after = after if start is None else start
        chosen.append(start)
    return chosen


def _late(options: list[list[int]], early: list[int | None], before: int) -> list[int | None]:
    """The latest place for each sentence that has an earliest one."""
    chosen: list[int | None] = []
    for starts, start in zip(reversed(options), reversed(early), strict=True):
        before = before if start is None else starts[bisect_left(starts, before) - 1]
        chosen.append(None if start is None else before)
    return chosen[::-1]


def _where(numbers: list[int], place: int) -> str:
    """Between which sentences a place in the order is."""
    around = numbers[max(0, place - 1) : place + 1]
    if 0 < place < len(numbers):
        return "between sentences {} and {}".format(*around)
    return f"{'after' if place else 'before'} sentence {around[0]}" if around else "in the article"


def _excerpt(text: str, start: int) -> str:
    """The first words at a place."""
    return " ".join(text[start : start + SHOWN].split())


def in_order(placed: list[Placed]) -> list[Placed]:
    """As many of some sentences as have rising numbers in the order of the article."""
    ordered = sorted(placed, key=lambda item: (item.start, -item.number))
    kept = rising([item.number for item in ordered])
    return [ordered[position] for position in sorted(kept)]


def rising(numbers: list[int]) -> set[int]:
    """The positions of the longest rising subsequence, so that as few numbers as possible are out of order."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for position, number in enumerate(numbers):
        length = bisect_left(tails, number, key=numbers.__getitem__)
        if length < len(tails) and numbers[tails[length]] == number == tails[length] + 1:
            continue  # of two rows with one number the first is in its place
        before[position] = tails[length - 1] if length else None
        tails[length : length + 1] = [position]
    run: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        run.add(last)
        last = before[last]
    return run
