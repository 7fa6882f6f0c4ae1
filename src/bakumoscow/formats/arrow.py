"""Arrow schemas and the Parquet footer, compiled from the model.

Because of the footer's entry for pandas, a plain `pandas.read_parquet` returns str, Int32, boolean and
category. The entry is written here because the one that pandas writes holds library versions.
"""

import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.model.column import Column
from bakumoscow.model.table import Table

LEVELS = pa.dictionary(pa.int8(), pa.string())


def arrow_schema(table: Table) -> pa.Schema:
    """The schema of the published Parquet file, with descriptions and the entry for pandas."""
    fields = [
        pa.field(
            column.name,
            LEVELS if column.levels else column.type.published,
            nullable=not column.required,
            metadata={"description": column.description},
        )
        for column in table.columns
    ]
    footer = {"description": table.description, "pandas": json.dumps(_pandas_entry(table), sort_keys=True)}
    return pa.schema(fields, metadata=footer)


def published(frame: pa.Table, table: Table) -> pa.Table:
    """A table in its published types: an enumeration is a dictionary of all its levels in their order."""
    columns = []
    for column in table.columns:
        values = frame[column.name].combine_chunks()
        if column.levels:
            levels = pa.array(list(column.levels))
            indices = pc.index_in(values, value_set=levels).cast(pa.int8())
            values = pa.DictionaryArray.from_arrays(indices, levels)
        else:
            values = values.cast(column.type.published)
        columns.append(values)
    return pa.Table.from_arrays(columns, schema=arrow_schema(table))


def _pandas_entry(table: Table) -> dict[str, Any]:
    return {
        "columns": [_pandas_column(column) for column in table.columns],
        "column_indexes": [],
        "index_columns": [],
        "pandas_version": "3.0.0",
    }


def _pandas_column(column: Column) -> dict[str, Any]:
    pandas_type, numpy_type = column.type.footer
    levels = {"num_categories": len(column.levels), "ordered": False} if column.levels else None
    return {
        "name": column.name,
        "field_name": column.name,
        "pandas_type": pandas_type,
        "numpy_type": numpy_type,
        "metadata": levels,
    }
