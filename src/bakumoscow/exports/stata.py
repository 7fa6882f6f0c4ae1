"""A Stata file (118, from Stata 14 on) for each table, with labels of variables and values.

A missing text is empty in Stata. An enumeration is the position of the level, counted from 1, with the level as its
label.
"""

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

from bakumoscow.exports.content import Progress, frame_of_model, released, shortened, tables_in_turn
from bakumoscow.model.table import Table

if TYPE_CHECKING:
    import pandas as pd

    from bakumoscow.dataset import Dataset

LONGEST = 80  # characters of a label


def files(dataset: "Dataset", progress: Progress) -> dict[str, bytes]:
    """A file for each table."""
    written = datetime.combine(released(dataset), time())
    return {
        f"{table.name}.dta": _file(frame_of_model(dataset, table), table, written)
        for table in tables_in_turn(dataset, progress)
    }


def _file(frame: "pd.DataFrame", table: Table, written: datetime) -> bytes:
    data = BytesIO()
    _stored(frame, table).to_stata(
        data,
        version=118,  # the first that holds any character
        write_index=False,
        time_stamp=written,
        data_label=shortened(table.description, LONGEST),
        variable_labels={column.name: shortened(column.description, LONGEST) for column in table.columns},
        value_labels={
            column.name: dict(enumerate(column.levels, start=1)) for column in table.columns if column.levels
        },
        convert_dates={column.name: "td" for column in table.columns if column.type.name == "date"},
    )
    return data.getvalue()


def _stored(frame: "pd.DataFrame", table: Table) -> "pd.DataFrame":
    """The frame with texts that are empty where missing, and positions of levels.

    pandas refuses a column of texts that are all missing, and an enumeration in a table without rows.
    """
    stored = {}
    for column in table.columns:
        values = frame[column.name]
        if column.type.name == "text":
            stored[column.name] = values.astype(object).where(values.notna(), "")
        elif column.levels:
            positions = {level: number for number, level in enumerate(column.levels, start=1)}
            stored[column.name] = values.astype(object).map(positions).astype("Int16")
    return frame.assign(**stored)
