"""mlcroissant validates croissant.json and loads the records of every table by it."""

import json
from pathlib import Path
from typing import Any

from mlcroissant import Dataset

from tools.conformance.scripts.published import Row, compare, count, demand, names

dataset = Dataset("croissant.json")
print(dataset.metadata.issues.report())
demand(not dataset.metadata.issues.errors, "croissant.json is not valid")


def rows(name: str) -> list[Row]:
    """The records of a table, by column; mlcroissant gives texts as bytes."""
    return [{key.split("/")[1]: value(each) for key, each in row.items()} for row in dataset.records(name)]


def value(each: Any) -> Any:
    return each.decode() if isinstance(each, bytes) else each


record_sets = [each["@id"] for each in json.loads(Path("croissant.json").read_text("utf-8"))["recordSet"]]
demand(set(names()) - {"levels"} <= set(record_sets), f"it has the tables {record_sets}")
tables = {name: rows(name) for name in record_sets}  # a second time it gives none
for name, records in tables.items():
    compare(name, records)
count(tables["casualties"], tables["detentions"])
