"""What charts draw of the rows of a frame, as plain values."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

HOLLOW = ", year inferred"
DAY = timedelta(days=1)
NARROW = 0.02  # of the days shown: what is shorter would be too narrow a bar to be seen
MARGIN = 0.04  # of the days shown, before the first and after the last


def rows_of_frame(frame: "pd.DataFrame", columns: Sequence[str], name: str, source: str) -> list[dict[str, Any]]:
    """The rows of the needed columns, with None for missing. Raises ValueError if a column or every row is missing."""
    if not hasattr(frame, "columns") or not hasattr(frame, "astype"):
        raise TypeError(f"plot.{name}() needs a pandas frame, such as that of {source}.")
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise ValueError(
            f"plot.{name}() needs the column{'s' * (len(missing) > 1)} {', '.join(missing)}, which the frame does not "
            f"have; give it a frame of {source} with all its columns."
        )
    if not len(frame):
        raise ValueError("the frame has no rows, so there is nothing to plot.")
    found = frame[list(columns)].astype(object)
    return [dict(zip(columns, row, strict=True)) for row in found.where(found.notna(), None).itertuples(index=False)]


def span(rows: list[dict[str, Any]]) -> tuple[date, date]:
    """The days that the time axis shows; a year of no meaning if no event has a date."""
    days = [day for row in rows for day in _days(row) if day]
    if not days:
        return date(2000, 1, 1), date(2000, 12, 31)
    margin = max(math.ceil((max(days) - min(days)).days * MARGIN), 3) * DAY
    return min(days) - margin, max(days) + 2 * margin


def mark_of(number: int, row: Mapping[str, Any], first: date, last: date) -> dict[str, Any]:
    """What is drawn of one event: a dot for one day or a few, a bar for more, and nothing without a date."""
    start, end = _days(row)
    shape = "bar" if start or end else "none"
    if start and end and (end - start) <= (last - first) * NARROW:
        shape, start = "dot", start + (end - start) / 2
    how = certainty(str(row["factuality"]))
    return {
        "row": number,
        "event": row["event"],
        "when": row["when"],
        "certainty": how,
        "look": how + (HOLLOW if shape != "none" and "?" in str(row["when"]) else ""),
        "shape": shape,
        "from": f"{start or first}T{'12' if shape == 'dot' else '00'}:00:00Z",
        "to": f"{end + DAY if end else last}T00:00:00Z",
        "open_from": shape == "bar" and start is None,
        "open_to": shape == "bar" and end is None,
    }


def _days(row: Mapping[str, Any]) -> list[date | None]:
    """The first and the last day that an event's date allows."""
    ends = [row["date_earliest"], row["date_latest"]]
    return [value.date() if isinstance(value, datetime) else value for value in ends]


def certainty(factuality: str) -> str:
    """A level of factuality as one of the four colors."""
    if factuality.endswith("-"):
        return "denied"
    if factuality.endswith("u"):
        return "not committed"
    return "certain" if factuality == "CT+" else "probable or possible"


def labelled(rows: list[dict[str, Any]], end: str) -> dict[tuple[str, str | None], str]:
    """The label of each party by name and id: its name, with the id where another party has the same name."""
    parties = dict.fromkeys((row[end], row[f"{end}_id"]) for row in rows)
    times = Counter(name for name, _ in parties)
    return {(name, id): f"{name} [{id}]" if times[name] > 1 and id else name for name, id in parties}


def in_order(labels: Iterable[str]) -> list[str]:
    """Labels in their order, with those that stand for nobody in particular last."""
    return sorted(dict.fromkeys(labels), key=lambda label: label.startswith("("))


def around(values: list[float]) -> tuple[float, float]:
    """The least and the greatest value with some room around them."""
    room = max((max(values) - min(values)) * 0.12, 1)
    return min(values) - room, max(values) + room
