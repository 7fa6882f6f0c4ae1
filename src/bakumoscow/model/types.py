"""The logical types of cells: every form that a type takes, in one row."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class CellForm:
    """How a cell is written in a hand-coded file: a pattern, what it is in words, an example."""

    pattern: str
    words: str
    example: str


@dataclass(frozen=True)
class LogicalType:
    """`arrow` names the Arrow type while tables are checked, `dtype` the one of a loaded pandas column.

    `footer` is pandas_type and numpy_type of the entry for pandas in a Parquet file, `table_schema` the type in a
    Table Schema. Text is written as it is and has no cell form.
    """

    name: str
    arrow: str
    dtype: str | None
    footer: tuple[str, str]
    table_schema: dict[str, Any]
    cell: CellForm | None = field(default=None)


_TYPES = (
    LogicalType("text", "string", "str", ("unicode", "str"), {"type": "string"}),
    # published as an Arrow dictionary of its levels and loaded as a pandas category
    LogicalType("enumeration", "string", None, ("categorical", "int8"), {"type": "string"}),
    LogicalType(
        *("integer", "int64", "Int64", ("int64", "Int64"), {"type": "integer"}),
        CellForm(r"^-?[0-9]{1,18}$", "a whole number", "digits only, such as 31"),
    ),
    LogicalType(
        *("number", "float64", "float64", ("float64", "float64"), {"type": "number"}),
        CellForm(r"^-?[0-9]+([.][0-9]+)?$", "a number", "digits with a point, such as 56.85733"),
    ),
    LogicalType(
        *("boolean", "bool", "boolean", ("bool", "boolean")),
        {"type": "boolean", "trueValues": ["TRUE"], "falseValues": ["FALSE"]},
        CellForm(r"^(TRUE|FALSE)$", "a truth value", "TRUE or FALSE"),
    ),
    LogicalType(  # datetime64 in a loaded frame, date objects in one that pandas itself has read
        *("date", "date32", None, ("date", "object"), {"type": "date"}),
        CellForm(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "a date", "YYYY-MM-DD, such as 2025-06-27"),
    ),
)
TYPES = {logical.name: logical for logical in _TYPES}
