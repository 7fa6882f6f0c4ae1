"""The subset of EDTF (ISO 8601-2) that `date_edtf` uses, and the bounds of its dates.

The package `edtf` (5.0.2) cannot read `[2025?-06-27..]`, although the standard allows it.
"""

from calendar import monthrange
from datetime import date

Bounds = tuple[date | None, date | None]


class EdtfError(ValueError):
    """A date that the calendar does not have, or an interval that runs backwards or is open at both ends."""


def bounds(text: str) -> Bounds:
    """The first and the last day that the date allows; None where it is open.

    >>> bounds("2024-12")
    (datetime.date(2024, 12, 1), datetime.date(2024, 12, 31))
    >>> bounds("[2025?-06-27..]")
    (datetime.date(2025, 6, 27), None)

    Raises EdtfError. The text must match the pattern `edtf`.
    """
    separator = "/" if "/" in text else ".." if text.startswith("[") else None
    if separator is None:
        return _days(text)
    first, last = text.strip("[]").split(separator)
    earliest = _days(first)[0] if first not in ("", "..") else None
    latest = _days(last)[1] if last not in ("", "..") else None
    if earliest and latest and earliest > latest:
        raise EdtfError("runs backwards")
    if earliest is None and latest is None:
        raise EdtfError("is open at both ends")
    return earliest, latest


def is_in_calendar(text: str) -> bool:
    """Whether a date that matches the pattern has bounds."""
    try:
        bounds(text)
    except EdtfError:
        return False
    return True


def _days(text: str) -> tuple[date, date]:
    year, *rest = (int(part) for part in text.replace("?", "").split("-"))
    if not year:
        raise EdtfError("is not in the calendar, which begins with the year 1")
    try:
        if len(rest) == 2:
            return date(year, *rest), date(year, *rest)
        months = rest or [1, 12]
        return date(year, months[0], 1), date(year, months[-1], monthrange(year, months[-1])[1])
    except ValueError:
        raise EdtfError("is not in the calendar") from None
