"""pandera schemas, compiled from the model and the rules, for `bakumoscow.schema`.

A schema takes pandas' own dtypes. Its checks of a row call the same functions as the check of a package, after the
columns have been converted to Arrow.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

import pandas as pd
import pandera.pandas as pa

from bakumoscow.frames import arrow_of
from bakumoscow.model.column import Column
from bakumoscow.model.table import Table
from bakumoscow.model.tables import TABLES
from bakumoscow.rules import RULES
from bakumoscow.rules.rule import Arm


def pandera_schema(
    name: str, waived: Collection[str] = (), nullable: Collection[tuple[str, str]] = ()
) -> pa.DataFrameSchema:
    """The schema of a published table, strict in its columns and their order.

    A reading may break the rules `waived`, and has empty cells in the columns `nullable`, each a table and a column.
    """
    table = TABLES[name]
    rules = [rule for rule in RULES.values() if name in rule.tables and rule.id not in waived]
    return pa.DataFrameSchema(
        {
            column.name: _column(column, column.required and (name, column.name) not in nullable)
            for column in table.columns
        },
        checks=[_check(rule.id, arm, table) for rule in rules for arm in rule.arms],
        strict=True,
        ordered=True,
        unique=list(table.key),
        name=name,
        description=table.description,
    )


def _column(column: Column, required: bool) -> pa.Column:
    """A column with the dtype that pandas users expect; a date may have either of two."""
    checks: list[pa.Check] = []
    if column.type.name == "date":
        checks.append(pa.Check(_are_days, name="dates"))
    if column.pattern:
        checks.append(_matches_whole_value(column.pattern.expression))
    if column.minimum is not None:
        checks.append(pa.Check.ge(column.minimum))
    if column.maximum is not None:
        checks.append(pa.Check.le(column.maximum))
    return pa.Column(_dtype(column), checks, nullable=not required, description=column.description, name=column.name)


def _dtype(column: Column) -> str | pd.CategoricalDtype | None:
    return pd.CategoricalDtype(list(column.levels), ordered=False) if column.levels else column.type.dtype


def _are_days(values: "pd.Series[Any]") -> "pd.Series[bool]":
    """Whether each value is a day: datetime64 at midnight, as from `load`, or date, as from `pandas.read_parquet`."""
    if pd.api.types.is_datetime64_dtype(values):
        days: pd.Series[bool] = values == values.dt.normalize()
        return days
    return values.map(lambda value: type(value) is date).astype(bool)  # type, because a datetime is an instance of date


def _matches_whole_value(pattern: str) -> pa.Check:
    """A check that whole values match; on `str` columns `$` would also match before a final line break."""
    return pa.Check(
        lambda values: values.str.fullmatch(pattern), name="whole_value_matches"
    )  # pandera takes a name that it knows for its own check


def _check(rule: str, arm: Arm, table: Table) -> pa.Check:
    """A rule inside a row as a check of the frame, named after the rule and its first two columns."""

    def rows_that_pass(frame: pd.DataFrame) -> "pd.Series[bool]":
        passed = arm({name: arrow_of(frame[name], table[name].type.arrow) for name in arm.columns})
        return pd.Series(passed.fill_null(True).to_numpy(zero_copy_only=False), index=frame.index, dtype=bool)

    return pa.Check(rows_that_pass, name="|".join((rule, *arm.columns[:2])), ignore_na=False)
