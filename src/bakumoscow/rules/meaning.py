"""Rules of meaning: what a reader should look at again. They are warnings, since a rule may be too simple."""

import re
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import all_of, any_of, known, positions, rows_where
from bakumoscow.model.tables import TABLES
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.rule import Breach, Rule

UNITS = "zero one two three four five six seven eight nine".split()  # noqa: SIM905
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
WORDS = {word: number for number, word in enumerate(UNITS + TEENS)} | {"dozen": 12}
WORDS |= {word: 10 * number for number, word in enumerate(TENS, start=2)}
QUANTIFIERS = frozenset(
    {"several", "some", "more", "many", "few", "a few", "dozens", "scores", "hundreds", "thousands"}
)
AT_LEAST = ("at least", "no fewer than", "no less than")
MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
# A month, whole or cut to three letters or four, with the day before or after it.
MONTH_AND_DAY = re.compile(
    r"(?:(?<![0-9])([0-9]{1,2})(?:st|nd|rd|th)?(?: of)? )?"
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)([a-z]*)\b\.?(?: ([0-9]{1,2})(?![0-9]))?"
)
YEAR = re.compile("(?<![0-9])(1[0-9]{3}|20[0-9]{2})(?![0-9])")
UNMARKED = re.compile("[0-9]{4}(?![0-9?])")  # a year in EDTF without a question mark
DATE = re.compile("([0-9]{4})[?]?(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


def number_of(words: str) -> int | None:
    """The number that words or digits give, or None.

    >>> [number_of(words) for words in ("1,200", "thirty-eight", "two hundred and five", "a dozen", "several")]
    [1200, 38, 205, 12, None]
    """
    text = words.lower()
    if re.fullmatch("[0-9]{1,3}(,[0-9]{3})+|[0-9]{1,9}", text):
        return int(text.replace(",", ""))
    total, current = 0, None
    for word in re.split("[ -]+", text.removeprefix("a ")):
        if word in WORDS:
            current = (current or 0) + WORDS[word]
        elif word in SCALES:
            scaled = (1 if current is None else current) * SCALES[word]
            total, current = (total, scaled) if word == "hundred" else (total + scaled, 0)
        elif word != "and" or current is None:
            return None
    return None if current is None else total + current


def _counts(
    corpus: Corpus, *, columns: tuple[str, ...], quantifiers: frozenset[str], least: tuple[str, ...]
) -> Iterator[Breach]:
    """Numbers that differ from their words; only the first in each row."""
    for name, table in corpus.tables.items():
        if "count_text" not in TABLES[name]:
            continue
        words = table["count_text"].combine_chunks().dictionary_encode()
        said = [counts_of(text, quantifiers, least) for text in words.dictionary.to_pylist()]
        reported: set[int] = set()
        for column in columns:
            numbers = pa.array([counts.get(column) for counts in said], pa.int64()).take(words.indices)
            bound = pa.array([column in counts for counts in said], pa.bool_()).take(words.indices)
            same = any_of(
                known(pc.equal(table[column], numbers)), pc.and_(pc.is_null(table[column]), pc.is_null(numbers))
            )
            for row in rows_where(pc.and_kleene(bound, pc.invert(same))):
                if row not in reported:
                    reported.add(row)
                    yield Breach(name, column, row)


def counts_of(
    words: str, quantifiers: frozenset[str] = QUANTIFIERS, least: tuple[str, ...] = AT_LEAST
) -> dict[str, int | None]:
    """What the words of a count say about the three numbers; None for a number that must be missing.

    >>> counts_of("two"), counts_of("At least 20"), counts_of("several")
    ({'count_best': 2, 'count_low': 2, 'count_high': 2}, {'count_low': 20, 'count_best': None}, {'count_best': None})
    """
    text = words.lower()
    if text in quantifiers:
        return {"count_best": None}
    bound = next((f"{words} " for words in least if text.startswith(f"{words} ")), "")
    number = number_of(text.removeprefix(bound))
    if number is None:
        return {}
    if bound:
        return {"count_low": number, "count_best": None}
    return dict.fromkeys(("count_best", "count_low", "count_high"), number)


def _dated(corpus: Corpus) -> tuple[pa.Table, list[int], list[bool]]:
    """The events whose date is stated in words or has an unmarked year, their rows, and which are stated in words."""
    events = corpus["events"].select(["article_id", "date_edtf", "date_basis", "date_text"])
    worded = all_of(pc.equal(events["date_basis"], "stated"), pc.is_valid(events["date_text"]))
    asked = any_of(worded, pc.match_substring_regex(events["date_edtf"], "[0-9]{4}([^0-9?]|$)"))
    rows = positions(all_of(pc.is_valid(events["date_edtf"]), asked))
    return events.take(rows), rows.to_pylist(), known(worded.take(rows)).to_pylist()


def _date_words(corpus: Corpus) -> Iterator[Breach]:
    """Stated dates whose words give another day, month or year."""
    dated, rows, by_words = _dated(corpus)
    columns = (dated[name].to_pylist() for name in ("date_edtf", "date_text"))
    for row, worded, date, words in zip(rows, by_words, *columns, strict=True):
        if worded and not date_agrees(words, date):
            yield Breach("events", "date_edtf", row, {"words": words})


def _years(corpus: Corpus) -> Iterator[Breach]:
    """Dates with an unmarked year that is not in their words, or, if they have no words, not in the article."""
    dated, rows, by_words = _dated(corpus)
    columns = (dated[name].to_pylist() for name in ("article_id", "date_edtf", "date_text"))
    printed: dict[str, set[str]] = {}
    for row, worded, article, date, words in zip(rows, by_words, *columns, strict=True):
        unmarked = UNMARKED.findall(date)
        if not unmarked or not (worded or article in corpus.articles):
            continue
        if not worded and article not in printed:
            printed[article] = set(YEAR.findall(corpus.articles[article]))
        place, years = (f"date_text {words!r}", YEAR.findall(words)) if worded else ("the article", printed[article])
        absent = dict.fromkeys(year for year in unmarked if year not in years)
        if absent:
            yield Breach("events", "date_edtf", row, {"place": place, "year": " and ".join(absent)})


def date_agrees(words: str, date: str) -> bool:
    """Whether the day, month and year in the words are those of a date in EDTF; words without any agree.

    >>> date_agrees("December 25, 2024", "2024-12-26"), date_agrees("10 p.m. on Dec. 5", "2024-12-05")
    (False, True)
    """
    dates = [tuple(int(part) if part else None for part in parts) for parts in DATE.findall(date)]
    years = {int(year) for year in YEAR.findall(words)}
    if years and not years & {year for year, _, _ in dates}:
        return False
    said = []
    for before, month, rest, after in MONTH_AND_DAY.findall(words.lower()):
        names = [index for index, name in enumerate(MONTHS, start=1) if name.startswith(month + rest)]
        said += [(names[0], int(before or after or 0))] if names else []
    return not said or any(
        month == named and day in (None, said_day) if said_day else month == named
        for named, said_day in said
        for _, month, day in dates
    )


RULES = [
    Rule(
        "count-value",
        "A number in count_text is count_low, count_best and count_high; after `at least` it is count_low alone, and "
        "count_best is missing, as it is for a quantifier such as `several`.",
        "Otherwise the number and its words disagree.",
        "count_text `31` and count_best 13.",
        "{column} is {value} in {row_name}, but count_text is {count_text!r}.",
        "Correct the one that differs from the sentence.",
        tables=("casualties", "detentions", "participants"),
        severity="warning",
        check=_counts,
        uses={
            "columns": ("count_best", "count_low", "count_high"),
            "quantifiers": QUANTIFIERS,
            "least": AT_LEAST,
        },
    ),
    Rule(
        "date-words-value",
        "The day, month and year in date_text are those of date_edtf.",
        "Otherwise the date and its words disagree.",
        "date_text `March 3, 1987` and date_edtf `1987-03-02`.",
        "{column} is {value} in {row_name}, but date_text is {words!r}.",
        "Correct the one that differs from the sentence.",
        tables=("events",),
        severity="warning",
        check=_date_words,
    ),
    Rule(
        "year-inferred",
        "date_edtf has a `?` after a year that is not in date_text or, if the date is not stated, not in the article.",
        "A year that the text does not give is a reader's conclusion, and must be marked as one.",
        "date_text `March 5` and date_edtf `1987-03-05`.",
        "{column} is {value} in {row_name}, but {place} does not give the year {year}.",
        "Write the year with `?` and add an inferred claim, or correct the year.",
        tables=("events",),
        severity="warning",
        check=_years,
        after=("date-words-value",),
    ),
]
