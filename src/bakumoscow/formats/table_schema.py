"""Table Schema (Data Package v2), compiled from the model: the subset that all readers tested here accept.

What some reader does not accept is a property of our own, whose name begins with `bakumoscow:`.
"""

from typing import Any

from bakumoscow.model.column import Column
from bakumoscow.model.table import Table
from bakumoscow.model.tables import TABLES


def table_schema(table: Table) -> dict[str, Any]:
    """The Table Schema of a published table; readers refuse `foreignKeys` without an entry.

    A required foreign key includes the article. An optional one does not, because frictionless 5.21 calls a
    composite key dangling if one part is missing. `bakumoscow:foreignKeys` has all of them with the article.
    """
    referring = [column for column in table.columns if column.refers]
    schema = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(column, table) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if referring:
        schema["foreignKeys"] = [_foreign_key(column, table) for column in referring]
        schema["bakumoscow:foreignKeys"] = [_true_foreign_key(column) for column in referring]
    return schema


def _field(column: Column, table: Table) -> dict[str, Any]:
    """The field of a column.

    A pattern is a constraint only where no cell may be empty: the SQL storage of the older `datapackage`, and with it
    datapackage-to-datasette, stops at an empty cell. The meanings of levels are not the labels of `categories`,
    because readers show labels in place of the levels.
    """
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if table.key == (column.name,):
        constraints["unique"] = True
    if column.levels:
        constraints["enum"] = list(column.levels)
    if column.pattern and column.required:
        constraints["pattern"] = column.pattern.expression
    for bound in ("minimum", "maximum"):
        value = getattr(column, bound)
        if value is not None:
            constraints[bound] = value
    field = {"name": column.name} | column.type.table_schema | {"description": column.description}
    if column.levels:
        field["categories"] = list(column.levels)
        field["categoriesOrdered"] = False
    if constraints:
        field["constraints"] = constraints
    return field | {f"bakumoscow:{name}": value for name, value in _own(column).items() if value}


def _own(column: Column) -> dict[str, Any]:
    """What the model says of a column and Table Schema has no word for, or none that all readers accept."""
    return {
        "mark": column.mark,
        "evidence": column.covered_by,
        "meanings": column.levels,
        "pattern": column.pattern.expression if column.pattern and not column.required else None,
    }


def _foreign_key(column: Column, table: Table) -> dict[str, Any]:
    """A key as readers take it; a table that refers to itself is the resource "", without which v1 readers stop."""
    target = TABLES[column.refers or ""]
    fields = list(dict.fromkeys(("article_id", column.name))) if column.required else [column.name]
    keys = list(target.key) if column.required else [target.id]
    return {
        "fields": fields,
        "reference": {"resource": "" if target.name == table.name else target.name, "fields": keys},
    }


def _true_foreign_key(column: Column) -> dict[str, Any]:
    target = TABLES[column.refers or ""]
    fields = list(dict.fromkeys(("article_id", column.name)))
    return {"fields": fields, "reference": {"resource": target.name, "fields": list(target.key)}}
