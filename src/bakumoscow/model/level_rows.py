"""The published list of all levels: one more file beside the tables, and no table that anybody codes."""

from dataclasses import replace

from bakumoscow.model.column import Column, derived
from bakumoscow.model.table import Table
from bakumoscow.model.tables import TABLES
from bakumoscow.model.types import TYPES

_COLUMNS: dict[str, Column] = {
    "record_table": derived("The table of the column."),
    "field": derived("The column that has the level."),
    "level": derived("The level, as it is in the cells."),
    "level_number": replace(
        derived("The place of the level in the order of its enumeration, counted from 1.", minimum=1),
        type=TYPES["integer"],
    ),
    "meaning": derived("What the level means."),
}
LEVEL_LIST = Table(
    name="levels",
    row="level",
    claimed=False,
    description="One level of one column, with its meaning.",
    columns=tuple(replace(column, name=name) for name, column in _COLUMNS.items()),
    key=("record_table", "field", "level"),
)


def level_rows() -> list[dict[str, str | int]]:
    """The rows of the list, in the order of tables, columns and levels."""
    return [
        {"record_table": name, "field": column.name, "level": level, "level_number": number, "meaning": meaning}
        for name, table in TABLES.items()
        for column in table.columns
        for number, (level, meaning) in enumerate((column.levels or {}).items(), start=1)
    ]
