"""The models in pandas' own dtypes: what `bakumoscow.schema` gives to users."""

from datetime import date
from typing import Any

import pandas as pd
import pandera.pandas as pa

from bakumoscow.contract import Column, contracts
from bakumoscow.models import MODELS
from bakumoscow.models.columns import PATTERNS

DTYPES = {"text": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}


def _are_days(values: "pd.Series[Any]") -> "pd.Series[bool]":
    """Where a value is a day: datetime64 at midnight, as `load` gives it, or date, as `pandas.read_parquet` does."""
    if pd.api.types.is_datetime64_dtype(values):
        days: pd.Series[bool] = values == values.dt.normalize()
        return days
    return values.map(lambda value: type(value) is date).astype(bool)  # a datetime is a date, too


def _whole(pattern: str) -> pa.Check:
    """The pattern on whole values: on `str` columns `$` would also match before a line break at the end."""
    return pa.Check(
        lambda values: values.str.fullmatch(pattern), name="whole_value_matches"
    )  # a name that pandera has would be taken for its own check


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
    if column.type == "date":
        checks = [pa.Check(_are_days, name="dates")]
    elif column.pattern:
        checks = [_whole(PATTERNS[column.pattern])]
    else:
        checks = [] if column.levels else source.checks
    return pa.Column(_dtype(column), checks, nullable=source.nullable, description=source.description, name=column.name)
