"""Table Schema (Data Package v2), compiled from the model: the subset that all readers tested here accept."""

from typing import Any

from bakumoscow.model.column import Column
from bakumoscow.model.table import Table
from bakumoscow.model.tables import TABLES


def table_schema(table: Table) -> dict[str, Any]:
    """The Table Schema of a published table.

    A required foreign key includes the article. An optional one does not, because frictionless 5.21 calls a
    composite key dangling if one part is missing.
    """
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(column, table) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
        "foreignKeys": [_foreign_key(column, table) for column in table.columns if column.refers],
    }


def _field(column: Column, table: Table) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if table.key == (column.name,):
        constraints["unique"] = True
    if column.levels:
        constraints["enum"] = list(column.levels)
    if column.pattern:
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
    return field | {"bakumoscow:mark": column.mark} | _evidence(column)


def _evidence(column: Column) -> dict[str, str]:
    return {"bakumoscow:evidence": column.covered_by} if column.covered_by else {}


def _foreign_key(column: Column, table: Table) -> dict[str, Any]:
    target = TABLES[column.refers or ""]
    fields = list(dict.fromkeys(("article_id", column.name))) if column.required else [column.name]
    keys = list(target.key) if column.required else [target.id]
    reference: dict[str, Any] = {"fields": keys}
    if target.name != table.name:
        reference["resource"] = target.name
    return {"fields": fields, "reference": reference}
