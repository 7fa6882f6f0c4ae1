"""Meaning: what a reader should look at again. Warnings, since the words may be right and the rule too simple."""

import re

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.checks.corpus import Corpus
from bakumoscow.contract import contracts
from bakumoscow.keys import all_of, positions, rows_where
from bakumoscow.problems import Problem

UNITS = "zero one two three four five six seven eight nine".split()  # noqa: SIM905
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
WORDS = {word: number for number, word in enumerate(UNITS + TEENS)} | {"dozen": 12}
WORDS |= {word: 10 * number for number, word in enumerate(TENS, start=2)}
QUANTIFIERS = {"several", "some", "more", "many", "few", "a few", "dozens", "scores", "hundreds", "thousands"}
AT_LEAST = re.compile("^(at least|no fewer than|no less than) ")
MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
# A month, whole or cut to three letters or four, with the day before or after it.
MONTH_AND_DAY = re.compile(
    r"(?:(?<![0-9])([0-9]{1,2})(?:st|nd|rd|th)?(?: of)? )?"
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)([a-z]*)\b\.?(?: ([0-9]{1,2})(?![0-9]))?"
)
YEAR = re.compile("(?<![0-9])(1[0-9]{3}|20[0-9]{2})(?![0-9])")
UNMARKED = re.compile("[0-9]{4}(?![0-9?])")  # a year in EDTF that bears no question mark
DATE = re.compile("([0-9]{4})[?]?(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


def check_meaning(corpus: Corpus) -> list[Problem]:
    """Numbers and dates that disagree with their words (English words only)."""
    return _counts(corpus) + _dates(corpus)


def number_of(words: str) -> int | None:
    """The number that number words or digits say, or None.

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


def _counts(corpus: Corpus) -> list[Problem]:
    problems: list[Problem] = []
    for name in contracts():
        table = corpus.tables[name]
        if "count_text" not in table.column_names:
            continue
        words = table["count_text"].combine_chunks().dictionary_encode()
        said = [counts_of(text) for text in words.dictionary.to_pylist()]
        found: dict[int, Problem] = {}
        for column in ("count_best", "count_low", "count_high"):
            numbers = pa.array([counts.get(column) for counts in said], pa.int64()).take(words.indices)
            bound = pa.array([column in counts for counts in said], pa.bool_()).take(words.indices)
            same = pc.or_kleene(
                pc.fill_null(pc.equal(table[column], numbers), False),
                pc.and_(pc.is_null(table[column]), pc.is_null(numbers)),
            )
            for row in rows_where(pc.and_kleene(bound, pc.invert(same))):
                found.setdefault(row, corpus.problem("count-value", name, column, row))
        problems += found.values()
    return problems


def counts_of(words: str) -> dict[str, int | None]:
    """What the words of a count say of the three numbers, None for one that they leave open.

    >>> counts_of("two"), counts_of("At least 20"), counts_of("several")
    ({'count_best': 2, 'count_low': 2, 'count_high': 2}, {'count_low': 20, 'count_best': None}, {'count_best': None})
    """
    text = words.lower()
    if text in QUANTIFIERS:
        return {"count_best": None}
    least = AT_LEAST.match(text)
    number = number_of(text[least.end() :] if least else text)
    if number is None:
        return {}
    if least:
        return {"count_low": number, "count_best": None}
    return dict.fromkeys(("count_best", "count_low", "count_high"), number)


def _dates(corpus: Corpus) -> list[Problem]:
    events = corpus.tables["events"].select(["article_id", "date_edtf", "date_basis", "date_text"])
    worded = all_of(pc.equal(events["date_basis"], "stated"), pc.is_valid(events["date_text"]))
    read = pc.is_in(events["article_id"], pa.array(list(corpus.articles), pa.string()))
    unmarked = pc.match_substring_regex(events["date_edtf"], "[0-9]{4}([^0-9?]|$)")
    rows = positions(all_of(pc.is_valid(events["date_edtf"]), pc.or_kleene(worded, all_of(read, unmarked))))
    dated, worded = events.take(rows), pc.fill_null(worded.take(rows), False)
    articles = dated["article_id"].filter(pc.invert(worded)).unique().to_pylist()
    printed = {name: set(YEAR.findall(corpus.articles[name])) for name in articles}
    columns = (dated[name].to_pylist() for name in ("article_id", "date_edtf", "date_text"))
    problems = []
    for row, by_words, article, date, words in zip(rows.to_pylist(), worded.to_pylist(), *columns, strict=True):
        if by_words and not date_agrees(words, date):
            problems.append(corpus.problem("date-words-value", "events", "date_edtf", row, words=words))
            continue
        place, years = (f"date_text {words!r}", YEAR.findall(words)) if by_words else ("the article", printed[article])
        absent = [year for year in UNMARKED.findall(date) if year not in years]
        if absent:
            problems.append(
                corpus.problem("year-inferred", "events", "date_edtf", row, place=place, year=" and ".join(absent))
            )
    return problems


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
