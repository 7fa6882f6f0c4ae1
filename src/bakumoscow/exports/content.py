"""What the formats share: the rows of a table as Python values, the levels, the people harmed in each event."""

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from bakumoscow.errors import IntegrityError
from bakumoscow.frames import plain, records
from bakumoscow.model.column import Column
from bakumoscow.model.level_rows import level_rows
from bakumoscow.model.table import Table
from bakumoscow.model.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from bakumoscow.dataset import Dataset

# of files that must have a day, where the package has none: the first that a ZIP file can have
NO_DAY = date(1980, 1, 1)
HARM = ("low", "best")
Row = tuple[Any, ...]
Progress = Callable[[float, str], None]  # told the share that is done, and what is written next


def tables_in_turn(
    dataset: "Dataset", progress: Progress, share: float = 1, tables: Iterable[Table] = tuple(TABLES.values())
) -> Iterator[Table]:
    """The tables, of which `progress` is told when each one's turn comes; `share` is what they are of the whole."""
    sizes = [(table, os.path.getsize(dataset.path(table.name, "csv"))) for table in tables]
    whole = sum(size for _, size in sizes)
    done = 0
    for table, size in sizes:
        progress(share * done / whole, table.name)
        yield table
        done += size


def frame_of_model(dataset: "Dataset", table: Table) -> "pd.DataFrame":
    """The frame of a table, which must have the columns of this version. Raises IntegrityError."""
    frame = dataset.load(table.name)
    if list(frame) != [column.name for column in table.columns]:
        raise IntegrityError(
            f"{table.name} does not have the columns of this version of bakumoscow; build the package again with it."
        )
    return frame


def rows_of(dataset: "Dataset", table: Table) -> list[Row]:
    """The rows of a table as str, int, float, bool and date, with None for missing. Raises IntegrityError."""
    frame = frame_of_model(dataset, table)
    return list(zip(*(_values(frame[column.name], column) for column in table.columns), strict=True))


def _values(values: "pd.Series[Any]", column: Column) -> list[Any]:
    found = plain(values)
    return [value and value.date() for value in found] if column.type.name == "date" else found


def records_of(dataset: "Dataset", table: Table) -> list[dict[str, Any]]:
    """The rows of a table by column, for formats that have text for a date. Raises IntegrityError."""
    names = [column.name for column in table.columns]
    return [dict(zip(names, map(_as_text, row), strict=True)) for row in rows_of(dataset, table)]


def _as_text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def levels_of_model() -> list[Row]:
    """Every level of every column with its meaning, in the columns of LEVEL_LIST."""
    return [tuple(row.values()) for row in level_rows()]


def released(dataset: "Dataset") -> date:
    """The day of the package's version, which stands for the time at which a file is written."""
    try:
        return date.fromisoformat(dataset._descriptor.get("bakumoscow:released", ""))
    except (TypeError, ValueError):
        return NO_DAY


def shortened(text: str, longest: int) -> str:
    """A text of at most so many characters, cut after a word."""
    if len(text) <= longest:
        return text
    room = text[: longest - 1]
    return (room.rpartition(" ")[0] or room).rstrip(",;:") + "…"


def harm(dataset: "Dataset") -> dict[tuple[str, str], dict[str, int | None]]:
    """The people harmed and detained in each event that has any, by article and event: the totals by event.

    The names are those of the outcomes, and `detained`, each with `_low` (at least) and `_best` (as stated).
    """
    found: dict[tuple[str, str], dict[str, int | None]] = {}
    for table, outcome in (("casualties", None), ("detentions", "detained")):
        for row in records(dataset.totals(table, by="event")):
            event = found.setdefault((row["article_id"], row["event_id"]), dict.fromkeys(harm_names()))
            for number in HARM:
                event[f"{outcome or row['outcome']}_{number}"] = row[number]
    return found


def harm_names() -> list[str]:
    """The names of the numbers of `harm`."""
    outcomes = [*(TABLES["casualties"]["outcome"].levels or {}), "detained"]
    return [f"{outcome}_{number}" for outcome in outcomes for number in HARM]
