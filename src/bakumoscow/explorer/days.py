"""The timeline as shapes on a scale of days."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bakumoscow.chart_rows import mark_of, span
from bakumoscow.explorer.answers import Row

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)  # months between two ticks
MOST_TICKS = 9
CONCLUDED = ("relative",)  # a date that the text does not give is the coder's
AFTER = 0.1  # of the days between the first and the last: so far do bars go that have no end


def timeline_drawn(events: Sequence[Row]) -> dict[str, Any]:
    """The events as `days` has them, and the ticks of their axis."""
    first, last = span(list(events))
    last += (last - first) * AFTER
    return {"events": days(events, first, last), "ticks": ticks(first, last)}


def days(events: Sequence[Row], first: date, last: date) -> list[dict[str, Any]]:
    """One row an event: the event, and its shape (dot, bar or none) with where it begins and ends, in percent."""
    found = []
    for number, event in enumerate(events):
        mark = mark_of(number, event, first, last)
        start, end = (_percent(date.fromisoformat(mark[name][:10]), first, last) for name in ("from", "to"))
        found.append(
            {
                "event": event,
                "shape": mark["shape"],
                "start": start,
                "width": round(max(end - start, 1), 2),
                "open_to": mark["open_to"],
                "open_from": mark["open_from"],
                "inferred": "?" in event["when"] or event["date_basis"] in CONCLUDED,
            }
        )
    return found


def ticks(first: date, last: date) -> list[dict[str, Any]]:
    """The months, or years, that the axis names, each with its place in percent."""
    months = [year * 12 + month for year in range(first.year, last.year + 1) for month in range(12)]
    inside = [month for month in months if first <= date(month // 12, month % 12 + 1, 1) <= last]
    step = next((step for step in STEPS if len(inside) / step <= MOST_TICKS), STEPS[-1])
    shown = [month for month in inside if month % step == 0]
    return [
        {
            "words": f"{MONTHS[month % 12]} {month // 12}" if step < 12 else str(month // 12),
            "at": _percent(date(month // 12, month % 12 + 1, 1), first, last),
        }
        for month in shown
    ]


def _percent(day: date, first: date, last: date) -> float:
    return round(100 * ((day - first) / timedelta(1)) / max(1, (last - first).days), 2)
