"""A workbook: a sheet for each table, and what columns and levels mean.

A spreadsheet changes what it takes for a number, a date or a formula. So text is written as text, into cells whose
format is text, and only numbers, truth values and days are what they are.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bakumoscow.exports.content import Progress, levels_of_model, released, rows_of, tables_in_turn
from bakumoscow.model.level_rows import LEVEL_LIST
from bakumoscow.model.tables import TABLES

if TYPE_CHECKING:
    from bakumoscow.dataset import Dataset

FIRST_DAY = date(1900, 3, 1)  # programs disagree on the number of an earlier day, so that one is text
FORMATS = {"integer": "0", "number": "General", "boolean": "General", "date": "yyyy-mm-dd"}  # all others: text
TEXT = "@"
WIDEST, LOOKED_AT = 48, 200  # characters of a column, and how many of the first rows decide
FILLED = 0.4  # of the time; the rest goes into saving
COLUMNS = ("table", "column", "type", "mark", "missing", "refers", "evidence", "description")


def files(dataset: "Dataset", progress: Progress) -> dict[str, bytes]:
    """The workbook. Raises ValueError for a table or text that is too long for a sheet."""
    from xlsxwriter import Workbook

    data = BytesIO()
    book = Workbook(data, {"in_memory": True})
    book.set_properties(
        {
            "title": "".join(filter(str.isprintable, f"{dataset.name} {dataset.version}")),
            "comments": "The licence of the coding does not cover the words of the articles, which are quotations.",
            "created": datetime.combine(released(dataset), time()),
        }
    )
    for table in tables_in_turn(dataset, progress, FILLED):
        types = [column.type.name for column in table.columns]
        _sheet(book, table.name, [column.name for column in table.columns], types, rows_of(dataset, table))
    _sheet(book, "columns", COLUMNS, ["text"] * len(COLUMNS), _columns())
    types = [column.type.name for column in LEVEL_LIST.columns]
    _sheet(book, LEVEL_LIST.name, [column.name for column in LEVEL_LIST.columns], types, levels_of_model())
    progress(FILLED, "saving the workbook")
    book.close()
    return {"workbook": data.getvalue()}


def _columns() -> list[tuple[str | None, ...]]:
    """What each column means."""
    return [
        (
            table.name,
            column.name,
            column.type.name,
            column.mark,
            "never" if column.required else "possible",
            column.refers,
            column.covered_by,
            column.description,
        )
        for table in TABLES.values()
        for column in table.columns
    ]


def _sheet(book: Any, name: str, header: Sequence[str], types: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A sheet with a header that stays in sight and has filters."""
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "num_format": TEXT})
    for at, (title, kind) in enumerate(zip(header, types, strict=True)):
        cells = book.add_format({"num_format": FORMATS.get(kind, TEXT), "align": "left", "valign": "top"})
        sheet.set_column(at, at, _width([title, *(row[at] for row in rows[:LOOKED_AT])]), cells)
        _put(sheet, (0, at), title, bold, name)
        for number, row in enumerate(rows, start=1):
            if row[at] is not None:
                _put(sheet, (number, at), row[at], cells, name)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(header) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(rows) + 1}"})


def _width(values: Iterable[Any]) -> int:
    """The width of a column in characters, with room for the arrow of the filter."""
    return min(WIDEST, max(len(str(value)) for value in values if value is not None) + 4)


def _put(sheet: Any, place: tuple[int, int], value: Any, cells: Any, name: str) -> None:
    """Write a cell as what it is."""
    if isinstance(value, str) or (isinstance(value, date) and value < FIRST_DAY):
        failed = sheet.write_string(*place, str(value), cells)
    elif isinstance(value, bool):
        failed = sheet.write_boolean(*place, value, cells)
    elif isinstance(value, date):
        failed = sheet.write_datetime(*place, datetime.combine(value, time()), cells)
    else:
        failed = sheet.write_number(*place, value, cells)
    if failed:
        raise ValueError(
            f"{name} does not fit into a sheet: row {place[0] + 1:,} is beyond 1,048,576, or a text in it is longer "
            "than 32,767 characters. Export to another format, such as sqlite."
        )
