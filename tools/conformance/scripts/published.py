"""What the judges' scripts share: the published CSV files as text, and how a tool's values are held against them.

A script runs in a copy of the repository, in the environment of its judge: nothing here may need more than Python.
"""

import csv
import json
import sys
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
HOSTILE = ("=1+1", "055", "+1", "-2", "@SUM(A1)", "1e5", "2025-06-27", "TRUE", "NA", '"a",b', "’“‘ № ə")


def names() -> list[str]:
    """The published tables, and the list of levels."""
    return [each["name"] for each in json.loads(Path("datapackage.json").read_text("utf-8"))["resources"]]


def parquet(name: str) -> str:
    """The Parquet file of a table."""
    return f"build/parquet/{name}.parquet"


def published(name: str, true_as: str = "TRUE") -> list[dict[str, str]]:
    """A table as its CSV file has it, but for the truth values of a format that has none: "1" and "0"."""
    words = {} if true_as == "TRUE" else {"TRUE": true_as, "FALSE": "0"}
    with Path(f"build/csv/{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{key: words.get(cell, cell) for key, cell in row.items()} for row in csv.DictReader(file)]


def demand(is_right: bool, what: str) -> None:
    """End the script with a sentence if something is not as it should be."""
    if not is_right:
        sys.exit(what)


def as_text(value: Any) -> str:
    """A value as the CSV files write it; `value != value` is how NaN, NaT and the like are known."""
    if value is None or str(value) in ("<NA>", "NaT", "nan"):
        return ""
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return str(value).upper()
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


def compare(name: str, rows: Iterable[Row], true_as: str = "TRUE") -> None:
    """Hold what a tool read of a table against the CSV file, cell by cell."""
    expected, found = published(name, true_as), list(rows)
    demand(len(found) == len(expected), f"{name}: {len(found)} rows instead of {len(expected)}")
    for number, (right, row) in enumerate(zip(expected, found, strict=True), 1):
        text = {column: as_text(value) for column, value in row.items()}
        wrong = [column for column in {**right, **text} if right.get(column) != text.get(column)]
        demand(not wrong, f"{name}, row {number}: {[(each, text.get(each), right.get(each)) for each in wrong]}")


def count(casualties: Iterable[Row], detentions: Iterable[Row]) -> None:
    """Print the two numbers that every judge of the tables must arrive at, from the rows that its tool read."""
    deaths = sum(int(row["count_best"]) for row in casualties if row["outcome"] == "death")
    tell(deaths, sum(int(row["count_low"]) for row in detentions))


def tell(deaths: int, detained: int) -> None:
    """Print the two numbers."""
    print(f"{int(deaths)} deaths, at least {int(detained)} detained")
