"""The models in pandas' own dtypes: what `bakumoscow.schema` gives to users."""

import pandas as pd
import pandera.pandas as pa

from bakumoscow.contract import Column, contracts
from bakumoscow.models import MODELS

DTYPES = {"text": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}
DATES = pa.Check(
    lambda values: (
        pd.api.types.is_datetime64_dtype(values) or pd.api.types.infer_dtype(values, skipna=True) in ("date", "empty")
    ),
    name="dates",
    ignore_na=False,
    description="datetime64, as `load` gives it, or datetime.date, as `pandas.read_parquet` gives it.",
)


def pandas_schema(table: str) -> pa.DataFrameSchema:
    """The schema of a published table, strict in its columns and their order."""
    schema = MODELS[table].to_schema()
    columns = {column.name: _column(schema.columns[column.name], column) for column in contracts()[table].columns}
    return pa.DataFrameSchema(
        columns,
        checks=schema.checks,
        strict=True,
        ordered=True,
        unique=schema.unique,
        name=table,
        description=schema.description,
    )


def _dtype(column: Column) -> str | pd.CategoricalDtype | None:
    if column.levels:
        return pd.CategoricalDtype(list(column.levels), ordered=False)
    return DTYPES.get(column.type)


def _column(source: pa.Column, column: Column) -> pa.Column:
    """A column of the model with the dtype that pandas users expect; a date may be of two."""
    checks = [DATES] if column.type == "date" else [] if column.levels else source.checks
    return pa.Column(_dtype(column), checks, nullable=source.nullable, description=source.description, name=column.name)
