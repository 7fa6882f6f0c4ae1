"""What the words of a date say: days, months, years, weekdays, lengths, and whether a date in EDTF agrees with them.

English words, digits of any script, and dates in digits whose order is certain are read. Words that are not understood
agree with every date.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from bakumoscow.rules.counts import number_of

MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()  # noqa: SIM905
FROM_TODAY = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
BESIDE = {"before", "after", "prior", "until", "till"}  # the day that they name is not in the time that they mean
ORDINALS = {"fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twentie": 20}  # before `th`
ROMAN = {"xv": 15, "xvi": 16, "xvii": 17, "xviii": 18, "xix": 19, "xx": 20, "xxi": 21}
_DAY = "[0-9]{1,2}(?:st|nd|rd|th)?(?![0-9])"
_DAYS = f"{_DAY}(?: ?(?:[-–—,&/]|to|and|or|till|until|through) ?(?:the )?{_DAY})*"
# A month, whole or cut to three letters or four, with days before or after it, and a year after these.
NAMED = re.compile(
    f"(?:(?<![0-9])({_DAYS})(?: of)?[ .]+)?"
    rf"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)([a-z]*)\b\.?(?: ({_DAYS}))?(?:,? ([0-9]{{4}})(?![0-9]))?"
)
IN_DIGITS = tuple(
    re.compile(f"(?<![0-9]){form}(?![0-9])")
    for form in (
        "(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})",
        "(?P<day>[0-9]{1,2})[.] ?(?P<month>[0-9]{1,2})[.] ?(?P<year>[0-9]{4})",
        "(?P<year>[0-9]{4}) ?年 ?(?P<month>[0-9]{1,2}) ?月 ?(?P<day>[0-9]{1,2}) ?日",
    )
)
YEAR = re.compile("(?<![0-9])(1[0-9]{3}|20[0-9]{2})(?![0-9])")
YEAR_RANGE = re.compile("(?<![0-9])((1[0-9]|20)[0-9]{2})[-–—/]([0-9]{2})(?![0-9])")
SHORT_YEAR = re.compile("[’'‘ʼ]([0-9]{2})(s?)(?![0-9a-z])")
SHORT_NUMBER = re.compile("(?<![0-9])[0-9]{1,2}(?![0-9])")
LENGTH = re.compile(r"(\S+) (day|week)s?\b(?! (?:ago|later|earlier|after|before))")
UNMARKED = re.compile("[0-9]{4}(?![0-9?])")  # a year in EDTF without a question mark
DATE = re.compile("([0-9]{4})[?]?(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


class Day(NamedTuple):
    """A day, month or year; what is not said is None."""

    year: int | None
    month: int | None = None
    day: int | None = None

    def of_calendar(self) -> date | None:
        """The day of the calendar; None if a part is missing or the calendar does not have it."""
        try:
            return date(self.year, self.month, self.day) if self.year and self.month and self.day else None
        except ValueError:
            return None


@dataclass
class Said:
    """What words say: `endings` are years and, if marked, decades of an unsaid century, `centuries` the numbers that
    may be those of centuries; `from_today` and `length` are in days. `is_exact` if a month is named, and no word says
    that the time is before or after it.
    """

    years: set[int] = field(default_factory=set)
    endings: set[tuple[int, bool]] = field(default_factory=set)
    centuries: set[int] = field(default_factory=set)
    days: list[Day] = field(default_factory=list)
    is_exact: bool = False
    weekdays: set[int] = field(default_factory=set)
    from_today: set[int] = field(default_factory=set)
    length: int | None = None

    def has_year(self, year: int, is_span: bool) -> bool:
        """Whether the words give a year; the years of a decade count only where the date spans several."""
        decade = year - year % 10
        endings = {(year % 100, False)} | ({(decade % 100, True)} if is_span else set())
        return year in self.years or bool(endings & self.endings) or (is_span and decade in self.years)

    def fits(self, day: Day, is_span: bool) -> bool:
        """Whether a date is one of those that the words give, as far as they give any."""
        if (self.years or self.endings) and day.year and not self.has_year(day.year, is_span):
            return False
        whole = day.of_calendar()
        if self.weekdays and whole and whole.weekday() not in self.weekdays:
            return False
        return not self.days or any(_agree(day, said) for said in self.days)


def _agree(day: Day, said: Day) -> bool:
    """Whether a date has the month that words give, and, as far as both have them, their year and day."""
    pairs = ((day.year, said.year), (day.day, said.day))
    return day.month == said.month and all(one == other or None in (one, other) for one, other in pairs)


def in_ascii_digits(text: str) -> str:
    """A text whose digits of other scripts are written 0 to 9."""
    return re.sub("[^\\D0-9]", lambda digit: str(int(digit[0])), text)


@lru_cache(4096)
def said(words: str) -> Said:
    """Read the words of a date."""
    text = in_ascii_digits(" ".join(words.casefold().split()))
    found = Said(years={int(year) for year in YEAR.findall(text)})
    for year, century, ending in YEAR_RANGE.findall(text):
        found.years |= {int(century + ending)} if century + ending > year else set()
    found.endings = {(int(ending), bool(mark)) for ending, mark in SHORT_YEAR.findall(text)}
    letters = re.findall(r"[^\W\d_]+", text)
    found.centuries = {int(number) for number in SHORT_NUMBER.findall(text)} | {ROMAN.get(word, 0) for word in letters}
    found.centuries |= {ORDINALS.get(word.removesuffix("th"), 0) for word in letters if word.endswith("th")}
    found.centuries |= {21} if "twenty-first" in text else set()
    named = list(_days_in_words(text))
    found.days = [*named, *_days_in_digits(text)]
    found.is_exact = bool(named) and not BESIDE & set(letters)
    found.weekdays = {WEEKDAYS.index(word.removesuffix("s")) for word in letters if word.removesuffix("s") in WEEKDAYS}
    found.from_today = {FROM_TODAY[word] for word in letters if word in FROM_TODAY}
    for number, unit in LENGTH.findall(text):
        count = number_of(number)
        found.length = found.length or (count and count * (7 if unit == "week" else 1))
    return found


def _days_in_words(text: str) -> Iterator[Day]:
    for before, month, rest, after, year in NAMED.findall(text):
        number = next((index for index, name in enumerate(MONTHS, start=1) if name.startswith(month + rest)), None)
        if number:
            for day in SHORT_NUMBER.findall(before or after) or [0]:
                yield Day(int(year) if year else None, number, int(day) or None)


def _days_in_digits(text: str) -> Iterator[Day]:
    for form in IN_DIGITS:
        for match in form.finditer(text):
            day = Day(*(int(match[part]) for part in ("year", "month", "day")))
            if day.of_calendar():
                yield day


class Ends(NamedTuple):
    """The dates that a date in EDTF names, and what words such as `before` may name instead of each."""

    days: list[Day]
    instead: list[Day | None]
    is_interval: bool

    @property
    def is_span(self) -> bool:
        return len(self.days) > 1 or self.instead != [None]

    @property
    def is_century(self) -> bool:
        years = [day.year or 0 for day in self.days if not day.month]
        return len(years) == 2 and years[1] - years[0] in (99, 100)


def ends(edtf: str) -> Ends:
    """Read a date in EDTF.

    >>> ends("[..2019]").instead, [day.year for day in ends("1988/1994").days]
    ([Day(year=2020, month=None, day=None)], [1988, 1994])
    """
    days = [Day(*(int(part) if part else None for part in parts)) for parts in DATE.findall(edtf)]
    step = 1 if edtf.startswith(("[..", "../")) else -1 if edtf.endswith(("..]", "/..")) else 0
    return Ends(days, [_beside(day, step) if step else None for day in days], "/" in edtf)


def _beside(day: Day, step: int) -> Day:
    """The next day, month or year, or the one before."""
    year, month, whole = day.year or 0, day.month or 0, day.of_calendar()
    if whole:
        other = whole + timedelta(days=step)
        return Day(other.year, other.month, other.day)
    if month:
        return Day(year + (month + step - 1) // 12, (month + step - 1) % 12 + 1)
    return Day(year + step)


def date_agrees(words: str, edtf: str) -> bool:
    """Whether each date in EDTF is one of those that the words give; words that give none agree.

    >>> date_agrees("December 25, 2024", "2024-12-26"), date_agrees("10 p.m. on Dec. 5", "2024-12-05")
    (False, True)
    """
    content, dates = said(words), ends(edtf)
    days = dates.days
    if dates.is_interval and content.length and len(days) == 2:  # the last day is counted from the first
        first, last = (day.of_calendar() for day in days)
        if first and last and last - first != timedelta(days=content.length - 1):
            return False
        days = days[:1]
    return all(
        content.fits(day, dates.is_span)
        or bool(other and not (content.is_exact and day.month) and content.fits(other, dates.is_span))
        for day, other in zip(days, dates.instead, strict=False)
    )


def resolves(words: str, edtf: str, dateline: str) -> bool:
    """Whether a date follows from its words and the day that a dateline prints; where that gives no day, it does.

    >>> [resolves(words, "2024-05-06", "BAKU, May 7, 2024") for words in ("yesterday", "on Monday", "on Tuesday")]
    [True, True, False]
    """
    content, dates = said(words), ends(edtf)
    printed = [day for day in said(dateline).days if day.day]
    days = [day.of_calendar() for day in dates.days]
    if len(printed) == 1 and all(days):
        line = [Day(printed[0].year or each.year, *printed[0][1:]).of_calendar() for each in dates.days]
        apart = [(day - today).days for day, today in zip(days, line, strict=True) if day and today]
        if content.from_today and not content.from_today.issuperset(apart):
            return False
        if content.weekdays and not content.days and any(abs(days) > 7 for days in apart):
            return False
    return date_agrees(words, edtf)


def years_not_said(words: str, edtf: str, years: list[str]) -> list[str]:
    """Those of the years in a date that its words do not give."""
    content, dates = said(words), ends(edtf)
    instead = {
        str(day.year).zfill(4): other.year for day, other in zip(dates.days, dates.instead, strict=True) if other
    }
    if (
        dates.is_century
        and (dates.days[1].year or 0) // 100 + ((dates.days[1].year or 0) % 100 > 0) in content.centuries
    ):
        return []
    return [
        year
        for year in dict.fromkeys(years)
        if not content.has_year(int(year), dates.is_span) and instead.get(year) not in content.years
    ]
