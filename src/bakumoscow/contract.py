"""What a model promises, in neutral terms: the one reading from which every format is compiled."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import pandera.pandas as pa
import pyarrow

from bakumoscow.models import MODELS
from bakumoscow.models.base import Table
from bakumoscow.models.levels import Levels
from bakumoscow.rules import RULES

LOGICAL_TYPES: dict[pyarrow.DataType, str] = {
    pyarrow.string(): "text",
    pyarrow.int64(): "integer",
    pyarrow.float64(): "number",
    pyarrow.bool_(): "boolean",
    pyarrow.date32(): "date",
}
MAPPED_CHECKS = {"isin", "str_matches", "greater_than_or_equal_to", "less_than_or_equal_to"}


class ContractError(Exception):
    """A model promises something that the exporter cannot write down."""


@dataclass(frozen=True)
class Column:
    """One column: `type` is a logical type; `refers` is the table that it is a key of."""

    name: str
    type: str
    mark: str
    description: str
    required: bool
    levels: Levels | None
    pattern: str | None
    minimum: float | None
    maximum: float | None
    refers: str | None
    covered_by: str | None


@dataclass(frozen=True)
class RowRule:
    """A rule inside a row, reported at `column`."""

    rule: str
    column: str
    other: str


@dataclass(frozen=True)
class Contract:
    """One table: `row` is the noun for a row, `claimed` says whether its rows stand on claims."""

    name: str
    row: str
    claimed: bool
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    row_rules: tuple[RowRule, ...]

    def __getitem__(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def id(self) -> str:
        """The last column of the key, which names the row within its article."""
        return self.key[-1]

    @property
    def typed(self) -> tuple[Column, ...]:
        """The columns of the hand-coded file."""
        return tuple(column for column in self.columns if column.mark != "derived")

    def marked(self, mark: str) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.mark == mark)


def _column(name: str, column: pa.Column) -> Column:
    if not column.metadata or not column.description:
        raise ContractError(f"the column {name} has no mark or no description")
    statistics: dict[str, float] = {}
    for check in column.checks:
        if check.name not in MAPPED_CHECKS:
            raise ContractError(f"the check {check.name} of the column {name} is neither mapped nor a registered rule")
        statistics |= {key: check.statistics[key] for key in ("min_value", "max_value") if key in check.statistics}
    metadata = column.metadata
    logical = LOGICAL_TYPES.get(column.dtype.type.pyarrow_dtype)
    if logical is None or column.unique:
        raise ContractError(f"the column {name} has a type or a constraint that no format maps")
    return Column(
        name=name,
        type="enumeration" if metadata["levels"] else logical,
        mark=metadata["mark"],
        description=column.description,
        required=not column.nullable,
        levels=metadata["levels"],
        pattern=metadata["pattern"],
        minimum=statistics.get("min_value"),
        maximum=statistics.get("max_value"),
        refers=metadata["refers"],
        covered_by=metadata["covered_by"],
    )


def _row_rule(check: str, table: str) -> RowRule:
    rule, *columns = check.split("|")
    if rule not in RULES or len(columns) != 2:
        raise ContractError(f"the check {rule} of {table} is not registered as a rule")
    return RowRule(rule, *columns)


def compile_contract(model: type[Table]) -> Contract:
    """Read a model. Raises ContractError for a check that is neither mapped nor registered as a rule."""
    schema = model.to_schema()
    metadata: dict[str, Any] = getattr(model.__config__, "metadata", {})
    return Contract(
        name=schema.name,
        row=metadata["row"],
        claimed=metadata["claimed"],
        description=schema.description,
        columns=tuple(_column(name, column) for name, column in schema.columns.items()),
        key=tuple(schema.unique),
        row_rules=tuple(_row_rule(str(check.name), schema.name) for check in schema.checks),
    )


@cache
def contracts() -> dict[str, Contract]:
    """The thirteen tables in their published order."""
    return {name: compile_contract(model) for name, model in MODELS.items()}
