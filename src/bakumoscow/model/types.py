"""The logical types of cells; one row has all forms of a type."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class CellForm:
    """The form of a cell in a hand-coded file: as a pattern, in words, and as an example."""

    pattern: str
    words: str
    example: str


@dataclass(frozen=True)
class LogicalType:
    """`arrow` is the Arrow type in which tables are checked, `published` that in a Parquet file.

    `dtype` is that of a loaded pandas column, `footer` the pandas_type and numpy_type of pandas' entry in a Parquet
    file, `table_schema` the type in a Table Schema, `schema_org` that of schema.org. Text may have any form, so it has
    no cell form.
    """

    name: str
    arrow: str
    published: str
    dtype: str | None
    footer: tuple[str, str]
    table_schema: dict[str, Any]
    schema_org: str
    cell: CellForm | None = field(default=None)


_TYPES = (
    LogicalType("text", "string", "string", "str", ("unicode", "str"), {"type": "string"}, "Text"),
    # published as an Arrow dictionary of its levels and loaded as a pandas category
    LogicalType("enumeration", "string", "string", None, ("categorical", "int8"), {"type": "string"}, "Text"),
    LogicalType(  # published as int32: JavaScript reads int64 as BigInt, which JSON refuses, and Stata has no int64
        *("integer", "int64", "int32", "Int32", ("int32", "Int32"), {"type": "integer"}, "Integer"),
        CellForm(r"^-?[0-9]{1,9}$", "a whole number of at most nine digits", "digits only, such as 31"),
    ),
    LogicalType(
        *("number", "float64", "float64", "float64", ("float64", "float64"), {"type": "number"}, "Float"),
        CellForm(r"^-?[0-9]+([.][0-9]+)?$", "a number", "digits with a point, such as 56.85733"),
    ),
    LogicalType(
        *("boolean", "bool", "bool", "boolean", ("bool", "boolean")),
        {"type": "boolean", "trueValues": ["TRUE"], "falseValues": ["FALSE"]},
        "Boolean",
        CellForm(r"^(TRUE|FALSE)$", "a truth value", "TRUE or FALSE"),
    ),
    LogicalType(  # datetime64 in a frame of `load`, date objects in one of `pandas.read_parquet`
        *("date", "date32", "date32", None, ("date", "object"), {"type": "date"}, "Date"),
        CellForm(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "a date", "YYYY-MM-DD, such as 2025-06-27"),
    ),
)
TYPES = {logical.name: logical for logical in _TYPES}
