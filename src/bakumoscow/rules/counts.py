"""Rules of counts: what the words of a count say about its three numbers.

English words are read, and the digits of any script. What is not understood is left unjudged.
"""

import re
from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import composite, is_one, keep_where, known, rows_where
from bakumoscow.model.tables import TABLES
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.rule import Breach, Rule

COLUMNS = ("count_low", "count_best", "count_high")
COUNTED = tuple(name for name, table in TABLES.items() if "count_text" in table)
GROUPS = {"casualties": "victim_id", "detentions": "detainee_id", "participants": "actor_id"}  # who is counted
Counts = tuple[int | None, int | None, int | None]  # low, best, high; None for one that must be missing

UNITS = "zero one two three four five six seven eight nine".split()  # noqa: SIM905
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
SCALES = {"billion": 1_000_000_000, "million": 1_000_000, "thousand": 1_000, "hundred": 100}
SMALL = {word: number for number, word in enumerate(UNITS + TEENS)}
SMALL |= {word: 10 * number for number, word in enumerate(TENS, start=2)}
LARGEST = 999_999_999  # a whole number in a table has at most nine digits
DIGITS = re.compile(r"\d{1,9}|\d{1,3}(?:[ ,.'’٬]\d{2,3}){0,3}[ ,.'’٬]\d{3}")
DECIMAL = re.compile(r"(\d{1,9})(?:[.,٫](\d{1,2}))?")

# The table of the coding conventions. Words without a number beside them, with the numbers that they give:
WORDS: dict[str, Counts] = {
    **dict.fromkeys(("both", "a pair"), (2, 2, 2)),
    **dict.fromkeys(("no", "none", "nobody", "no one", "not a single"), (0, 0, 0)),
    **dict.fromkeys(("several", "some", "many", "a handful", "more", "a few"), (2, None, None)),
    "tens": (20, None, None),
    "dozens": (24, None, None),
    "scores": (40, None, None),
    "hundreds": (200, None, None),
    "thousands": (2_000, None, None),
    "tens of thousands": (20_000, None, None),
}
# Words before a number, with what is added to it for each of the three:
MODIFIERS: dict[str, Counts] = {
    "another": (0, 0, 0),
    **dict.fromkeys(("about", "around", "some", "an estimated", "approximately", "roughly"), (None, 0, None)),
    **dict.fromkeys(("nearly", "almost"), (None, 0, 0)),
    **dict.fromkeys(("over", "more than"), (1, None, None)),
    **dict.fromkeys(("at least", "no fewer than", "no less than"), (0, None, None)),
    **dict.fromkeys(("fewer than", "less than", "under"), (None, None, -1)),
    **dict.fromkeys(("up to", "as many as", "no more than", "at most"), (None, None, 0)),
}
# Two numbers, the lowest and the highest: what is before the first, and between the two.
RANGES = (("between ", " and "), ("from ", " to "), ("", " to "), ("", " or "), ("", "-"), ("", "–"))


def counts_of(
    words: str,
    alone: Mapping[str, Counts] = WORDS,
    modifiers: Mapping[str, Counts] = MODIFIERS,
    ranges: tuple[tuple[str, str], ...] = RANGES,
) -> Counts | None:
    """What the words of a count say about low, best and high.

    None if they are not understood, or if a number is too large for a table.

    >>> counts_of("Two"), counts_of("nearly 100"), counts_of("40-50"), counts_of("several"), counts_of("most")
    ((2, 2, 2), (None, 100, 100), (40, None, 50), (2, None, None), None)
    """
    counts = _counts_in_words(words, alone, modifiers, ranges)
    return counts if all(number is None or number <= LARGEST for number in counts or ()) else None


def _counts_in_words(
    words: str, alone: Mapping[str, Counts], modifiers: Mapping[str, Counts], ranges: tuple[tuple[str, str], ...]
) -> Counts | None:
    text = " ".join(words.casefold().split())
    number = number_of(text)
    if text in alone or number is not None:
        return alone.get(text, (number, number, number))
    for modifier, added in modifiers.items():
        number = number_of(text.removeprefix(f"{modifier} "))
        if text.startswith(f"{modifier} ") and number is not None:
            low, best, high = (None if more is None else number + more for more in added)
            return low, best, high
    for before, between in ranges:
        first, middle, last = text.removeprefix(before).partition(between)
        low, high = number_of(first), number_of(last)
        if text.startswith(before) and middle and low is not None and high is not None and low < high:
            return low, None, high
    return None


def number_of(words: str) -> int | None:
    """The number that words or digits give; None if they give none, or more than one.

    >>> [number_of(words) for words in ("1,200", "thirty-eight", "two hundred and five", "half a dozen", "two three")]
    [1200, 38, 205, 6, None]
    """
    text = " ".join(words.casefold().split())
    if DIGITS.fullmatch(text):
        return int(re.sub(r"\D", "", text))
    head, _, scale = text.rpartition(" ")
    if scale == "dozen" or text == "dozen":
        number = number_of(head or "one")
        return 6 if head == "half a" else None if number is None else 12 * number
    decimal = DECIMAL.fullmatch(head)
    if scale in SCALES and decimal:
        whole, part = int(decimal[1]) * 100, int((decimal[2] or "0").ljust(2, "0"))
        return (whole + part) * SCALES[scale] // 100
    return _number_in_words(text)


def _number_in_words(text: str) -> int | None:
    """The number that is spelled in these words; words that spell no number are never added up to one."""
    words = [word for word in re.split("[ -]", text) if word != "and"]
    if words[:1] in (["a"], ["an"]):
        words[0] = "one"
    if words[:1] and words[0] in SCALES:
        words.insert(0, "one")
    total, current = 0, 0
    for word in words:
        if word in SMALL:
            current += SMALL[word]
        elif word == "hundred":
            current *= 100
        elif word in SCALES:
            total, current = total + current * SCALES[word], 0
        else:
            return None
    return total + current if words and spelled(total + current) == " ".join(words) else None


def spelled(number: int) -> str:
    """A number in words, without hyphens and without `and`.

    >>> spelled(2_305)
    'two thousand three hundred five'
    """
    for word, size in SCALES.items():
        if number >= size:
            rest = f" {spelled(number % size)}" if number % size else ""
            return f"{spelled(number // size)} {word}{rest}"
    if number < 20:
        return (UNITS + TEENS)[number]
    return TENS[number // 10 - 2] + (f" {UNITS[number % 10]}" if number % 10 else "")


def _counts(
    corpus: Corpus,
    *,
    alone: Mapping[str, Counts],
    modifiers: Mapping[str, Counts],
    ranges: tuple[tuple[str, str], ...],
    spread: int,
) -> Iterator[Breach]:
    """Numbers that differ from their words; only the first in each row."""
    for name in COUNTED:
        table = corpus[name]
        words = table["count_text"].combine_chunks().dictionary_encode()
        said = [counts_of(text, alone, modifiers, ranges) for text in words.dictionary.to_pylist()]
        understood = pa.array([counts is not None for counts in said], pa.bool_()).take(words.indices)
        reported: set[int] = set()
        for place, column in enumerate(COLUMNS):
            numbers = pa.array([counts[place] if counts else None for counts in said], pa.int64()).take(words.indices)
            same = pc.or_(
                known(pc.equal(table[column], numbers)), pc.and_(pc.is_null(table[column]), pc.is_null(numbers))
            )
            if column == "count_low":
                same = pc.or_(same, pc.and_(known(pc.equal(table[column], spread)), _is_spread(corpus, name)))
            for row in rows_where(pc.and_kleene(understood, pc.invert(same))):
                if row not in reported:
                    reported.add(row)
                    number = numbers[row].as_py()
                    yield Breach(name, column, row, {"expected": "missing" if number is None else number})


def _is_spread(corpus: Corpus, table: str) -> pa.ChunkedArray:
    """The rows of a group that has the same words in several rows: how many are in each is not known."""
    unbounded = pc.and_(pc.is_null(corpus[table]["count_best"]), pc.is_null(corpus[table]["count_high"]))
    groups = keep_where(unbounded, composite(corpus[table], "article_id", GROUPS[table], "count_text"))
    times = groups.value_counts()
    return is_one(groups, times.field("values").filter(pc.greater(times.field("counts"), 1)).to_pylist())


RULES = [
    Rule(
        "count-value",
        "count_low, count_best and count_high are the numbers that the words in count_text give, and are missing where "
        "the words give none. Words that are not understood are not judged.",
        "Otherwise the numbers and their words disagree.",
        "count_text `31` and count_best 13.",
        "{column} is {value} in {row_name}, but count_text is {count_text!r}, so it should be {expected}.",
        "Correct the one that differs from the sentence.",
        tables=COUNTED,
        severity="warning",
        check=_counts,
        uses={"alone": WORDS, "modifiers": MODIFIERS, "ranges": RANGES, "spread": 1},
    ),
]
