"""A date in EDTF as short words, with `?` where the year is inferred."""

UNDATED = "(undated)"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def when(date: str | None, words: str | None = None) -> str:
    """The short words for a date that the pattern `edtf` accepts; without one, the article's own words for it.

    >>> when("2024-12-25"), when("[2025?-06-27..]"), when("[1990..1999]")
    ('25 Dec 2024', 'from 27 Jun 2025?', 'between 1990 and 1999')
    >>> when("1987?-03-05/1987?-03-07"), when("[..2024-12]"), when(None)
    ('5 to 7 Mar 1987?', 'by Dec 2024', '(undated)')
    >>> when(None, "recently")
    '“recently”'
    """
    if not date:
        return f"“{words}”" if words else UNDATED
    is_one_day = date.startswith("[")
    separator = ".." if is_one_day else "/"
    if separator not in date:
        return _day(date)
    first, last = ("" if end == ".." else end for end in date.strip("[]").split(separator))
    if not last:
        return f"from {_day(first)}" if is_one_day else f"{_day(first)} on"
    if not first:
        return f"by {_day(last)}" if is_one_day else f"until {_day(last)}"
    return f"between {_day(first)} and {_day(last)}" if is_one_day else f"{_without_end(first, last)} to {_day(last)}"


def _day(date: str) -> str:
    year, *rest = date.split("-")
    return " ".join((*(str(int(day)) for day in rest[1:]), *(MONTHS[int(month) - 1] for month in rest[:1]), year))


def _without_end(first: str, last: str) -> str:
    """The first of two dates without the month and year that it shares with the last."""
    one, other = _day(first).split(), _day(last).split()
    while len(one) > 1 and len(one) == len(other) and one[-1] == other[-1]:
        one.pop()
        other.pop()
    return " ".join(one)
