"""The rows of a frame as plain values, as CSV and as JSON."""

import csv
import datetime
import io
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bakumoscow.terminal import UNPRINTABLE

if TYPE_CHECKING:
    import pandas as pd


def plain_rows(frame: "pd.DataFrame") -> list[tuple[Any, ...]]:
    """The rows, each value a str, int, float, bool, date or datetime; None where it is missing."""
    return list(zip(*([_plain(value) for value in frame[column].tolist()] for column in frame), strict=True))


def _plain(value: Any) -> Any:
    import pandas as pd

    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(map(str, value))
    if pd.isna(value):
        return None
    if isinstance(value, datetime.datetime):  # as pandas' own Timestamp is
        return value.date() if value == pd.Timestamp(value).normalize() else value
    return value.item() if hasattr(value, "item") else value


def cell_text(value: Any) -> str:
    """A plain value as the published CSV writes it: dates ISO, TRUE and FALSE, empty for missing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def frame_csv(frame: "pd.DataFrame") -> str:
    """A frame as CSV with all columns, in the form of the published files."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows([cell_text(value) for value in row] for row in plain_rows(frame))
    return text.getvalue()


def frame_json(frame: "pd.DataFrame") -> str:
    """A frame as a JSON list with one object and one line for each row; null for missing, dates ISO."""
    names = [str(column) for column in frame]
    rows = [_json_line(dict(zip(names, map(_json_value, row), strict=True))) for row in plain_rows(frame)]
    return f"[\n{_joined(rows)}\n]\n" if rows else "[]\n"


def _joined(rows: Iterable[str]) -> str:
    return ",\n".join(rows)


def _json_value(value: Any) -> Any:
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return None  # JSON has no infinite numbers
    return cell_text(value) if isinstance(value, datetime.date) else value


def _json_line(row: dict[str, Any]) -> str:
    """One object; characters that a terminal or a log obeys are escaped, which changes no value."""
    line = json.dumps(row, ensure_ascii=False, allow_nan=False)
    return UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", line).replace("##[", "#\\u0023[")
