"""Dates: the subset of EDTF, and the first and last day that a date allows."""

import datetime as dt

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from bakumoscow.model.edtf import EdtfError, bounds
from bakumoscow.model.patterns import PATTERNS

BOUNDS: dict[str, tuple[str | None, str | None]] = {
    # days
    "2025-06-27": ("2025-06-27", "2025-06-27"),
    "2024-12-31": ("2024-12-31", "2024-12-31"),
    "2024-02-29": ("2024-02-29", "2024-02-29"),
    "2000-02-29": ("2000-02-29", "2000-02-29"),
    "0001-01-01": ("0001-01-01", "0001-01-01"),
    "9999-12-31": ("9999-12-31", "9999-12-31"),
    # months, of every length and of February in four kinds of year
    "2024-12": ("2024-12-01", "2024-12-31"),
    "2025-06": ("2025-06-01", "2025-06-30"),
    "2024-02": ("2024-02-01", "2024-02-29"),
    "2025-02": ("2025-02-01", "2025-02-28"),
    "2000-02": ("2000-02-01", "2000-02-29"),
    "1900-02": ("1900-02-01", "1900-02-28"),
    # years
    "2025": ("2025-01-01", "2025-12-31"),
    "2024": ("2024-01-01", "2024-12-31"),
    # years that a reader concludes
    "2025?": ("2025-01-01", "2025-12-31"),
    "2025?-06": ("2025-06-01", "2025-06-30"),
    "2025?-06-27": ("2025-06-27", "2025-06-27"),
    "2024?-02": ("2024-02-01", "2024-02-29"),
    # one day of a set
    "[2025-06-27..]": ("2025-06-27", None),
    "[2025?-06-27..]": ("2025-06-27", None),
    "[..2025-06-27]": (None, "2025-06-27"),
    "[..2024-02]": (None, "2024-02-29"),
    "[2025-06..]": ("2025-06-01", None),
    "[2025..]": ("2025-01-01", None),
    "[2025-06-27..2025-07-01]": ("2025-06-27", "2025-07-01"),
    "[2024..2025]": ("2024-01-01", "2025-12-31"),
    "[2025-06-27..2025-06-27]": ("2025-06-27", "2025-06-27"),
    # intervals
    "2025-06-27/2025-06-30": ("2025-06-27", "2025-06-30"),
    "2024-12/2025-02": ("2024-12-01", "2025-02-28"),
    "2024/2025": ("2024-01-01", "2025-12-31"),
    "2025?-06-27/2025?-07": ("2025-06-27", "2025-07-31"),
    "2025-06-27/2025-06": ("2025-06-27", "2025-06-30"),
    "2025-06-27/2025-06-27": ("2025-06-27", "2025-06-27"),
    "2025-06-27/..": ("2025-06-27", None),
    "2025/..": ("2025-01-01", None),
    "../2025-06": (None, "2025-06-30"),
    "../2025?-06-27": (None, "2025-06-27"),
}
WITHOUT_BOUNDS = {
    "2025-02-29": "calendar",
    "2025-02-30": "calendar",
    "1900-02-29": "calendar",
    "2025-06-31": "calendar",
    "2025?-02-29": "calendar",
    "0000": "calendar",
    "0000-01-01": "calendar",
    "[2025-02-30..]": "calendar",
    "[..2025-04-31]": "calendar",
    "2025-02-30/2025-03-01": "calendar",
    "2025-02-01/2025-02-30": "calendar",
    "2025-06-28/2025-06-27": "backwards",
    "2025/2024": "backwards",
    "2025-07/2025-06-30": "backwards",
    "[2025-06-28..2025-06-27]": "backwards",
    "../..": "open",
}
REFUSED = {
    "empty": "",
    "words": "June 27",
    "two-digit year": "25-06-27",
    "three-digit year": "999",
    "five-digit year": "12025",
    "negative year": "-2025",
    "month 0": "2025-00",
    "month 13": "2025-13",
    "day 0": "2025-06-00",
    "day 32": "2025-06-32",
    "one-digit month": "2025-6-27",
    "no hyphens": "20250627",
    "slashes": "27/06/2025",
    "dots": "27.06.2025",
    "a time": "2025-06-27T10:00",
    "a time zone": "2025-06-27Z",
    "day in question": "2025-06-27?",
    "month in question": "2025-06?-27",
    "question before": "?2025-06-27",
    "approximate": "2025~-06-27",
    "unspecified digits": "202X",
    "season": "2025-21",
    "empty set": "[]",
    "set open at both ends": "[..]",
    "set of one": "[2025]",
    "list": "[2025,2026]",
    "all of a set": "{2025..2026}",
    "set without brackets": "2025..2026",
    "unclosed set": "[2025-06-27..",
    "unopened set": "2025-06-27..]",
    "interval in a set": "[2025/2026]",
    "half an interval": "2025/",
    "the other half": "/2025",
    "three ends": "2024/2025/2026",
    "three dots": "2025/...",
    "en dash": "2025–06–27",
    "other digits": "٢٠٢٥",
    "space before": " 2025",
    "space after": "2025 ",
    "line break after": "2025-06-27\n",
    "line break between": "2025\n2026",
    "two dates": "2025-06-27 2025-06-28",
}


def _matches(text: str) -> bool:
    """Whether the build reads the text as a date."""
    return bool(pc.match_substring_regex(pa.array([text]), PATTERNS["edtf"].anchored)[0].as_py())


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


@pytest.mark.parametrize(("text", "days"), BOUNDS.items(), ids=BOUNDS)
def test_bounds(text: str, days: tuple[str | None, str | None]) -> None:
    """Catches a wrong length of a month, a leap year, a `?` that is read as a digit, and ends that are swapped."""
    assert bounds(text) == (_day(days[0]), _day(days[1]))


@pytest.mark.parametrize(("text", "reason"), WITHOUT_BOUNDS.items(), ids=WITHOUT_BOUNDS)
def test_without_bounds(text: str, reason: str) -> None:
    """Catches a date that matches the pattern and that no calendar has, and an interval that holds no day."""
    with pytest.raises(EdtfError, match=reason):
        bounds(text)


@pytest.mark.parametrize("text", [*BOUNDS, *WITHOUT_BOUNDS])
def test_pattern_accepts(text: str) -> None:
    """Catches a pattern that refuses a date which the codebook allows."""
    assert _matches(text)


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_pattern_refuses(text: str) -> None:
    """Catches a pattern that lets through what `bounds` was never written to read."""
    assert not _matches(text)
