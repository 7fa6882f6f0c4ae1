"""Arrow schemas and the Parquet footer, compiled from the contracts.

The footer's pandas entry is what makes a plain `pandas.read_parquet` give str, Int64, boolean and
category; pandas' own entry carries library versions, so this one is written here.
"""

import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.contract import Column, Contract

ARROW: dict[str, pa.DataType] = {
    "text": pa.string(),
    "enumeration": pa.dictionary(pa.int8(), pa.string()),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
# pandas_type and numpy_type of the footer's pandas entry
PANDAS = {
    "text": ("unicode", "str"),
    "enumeration": ("categorical", "int8"),
    "integer": ("int64", "Int64"),
    "number": ("float64", "float64"),
    "boolean": ("bool", "boolean"),
    "date": ("date", "object"),
}


def arrow_schema(contract: Contract) -> pa.Schema:
    """The schema of the published Parquet file, descriptions and pandas' entry included."""
    fields = [
        pa.field(
            column.name, ARROW[column.type], nullable=not column.required, metadata={"description": column.description}
        )
        for column in contract.columns
    ]
    footer = {"description": contract.description, "pandas": json.dumps(_pandas_entry(contract), sort_keys=True)}
    return pa.schema(fields, metadata=footer)


def published(table: pa.Table, contract: Contract) -> pa.Table:
    """A table in its published types: enumerations as dictionaries that hold every level in its order."""
    columns = []
    for column in contract.columns:
        values = table[column.name].combine_chunks()
        if column.levels:
            levels = pa.array(list(column.levels))
            indices = pc.index_in(values, value_set=levels).cast(pa.int8())
            values = pa.DictionaryArray.from_arrays(indices, levels)
        columns.append(values)
    return pa.Table.from_arrays(columns, schema=arrow_schema(contract))


def _pandas_entry(contract: Contract) -> dict[str, Any]:
    return {
        "columns": [_pandas_column(column) for column in contract.columns],
        "column_indexes": [],
        "index_columns": [],
        "pandas_version": "3.0.0",
    }


def _pandas_column(column: Column) -> dict[str, Any]:
    pandas_type, numpy_type = PANDAS[column.type]
    levels = {"num_categories": len(column.levels), "ordered": False} if column.levels else None
    return {
        "name": column.name,
        "field_name": column.name,
        "pandas_type": pandas_type,
        "numpy_type": numpy_type,
        "metadata": levels,
    }
