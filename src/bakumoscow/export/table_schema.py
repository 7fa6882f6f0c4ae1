"""Table Schema (Data Package v2), compiled from the contracts: the subset that every checked reader accepts."""

from typing import Any

from bakumoscow.contract import Column, Contract, contracts
from bakumoscow.models.columns import PATTERNS

TABLE_SCHEMA: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "enumeration": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean", "trueValues": ["TRUE"], "falseValues": ["FALSE"]},
    "date": {"type": "date"},
}


def table_schema(contract: Contract) -> dict[str, Any]:
    """The Table Schema of a published table.

    A required reference is exported with its article; an optional one alone, because a composite key of
    which one part is missing counts as dangling (frictionless 5.21).
    """
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(column, contract) for column in contract.columns],
        "missingValues": [""],
        "primaryKey": list(contract.key),
        "foreignKeys": [_foreign_key(column, contract) for column in contract.columns if column.refers],
    }


def _field(column: Column, contract: Contract) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if contract.key == (column.name,):
        constraints["unique"] = True
    if column.levels:
        constraints["enum"] = list(column.levels)
    if column.pattern:
        constraints["pattern"] = PATTERNS[column.pattern]
    for bound in ("minimum", "maximum"):
        value = getattr(column, bound)
        if value is not None:
            constraints[bound] = value
    field = {"name": column.name} | TABLE_SCHEMA[column.type] | {"description": column.description}
    if column.levels:
        field["categories"] = list(column.levels)
        field["categoriesOrdered"] = False
    if constraints:
        field["constraints"] = constraints
    return field | {"bakumoscow:mark": column.mark} | _covered(column)


def _covered(column: Column) -> dict[str, str]:
    return {"bakumoscow:evidence": column.covered_by} if column.covered_by else {}


def _foreign_key(column: Column, contract: Contract) -> dict[str, Any]:
    target = contracts()[column.refers or ""]
    fields = list(dict.fromkeys(("article_id", column.name))) if column.required else [column.name]
    keys = list(target.key) if column.required else [target.id]
    reference: dict[str, Any] = {"fields": keys}
    if target.name != contract.name:
        reference["resource"] = target.name
    return {"fields": fields, "reference": reference}
