"""The test article: a package on which every rule can be tried, because every column and level is there."""

import csv

import pytest

from bakumoscow.model.table import table_file
from bakumoscow.model.tables import TABLES
from bakumoscow.pipeline.examine import examine
from tests.conftest import ARTICLE, ROOT

PACKAGE = ROOT / ARTICLE
DERIVED = {"coded"}  # levels that nobody types
VALUES: dict[str, dict[str, set[str]]] = {}
for name in TABLES:
    with (PACKAGE / table_file(name)).open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file))
    VALUES[name] = {column: {record[column] for record in records} for column in records[0]}


def test_it_is_valid() -> None:
    """Catches a slip in the package itself, which each case would show as well."""
    assert examine(PACKAGE).findings.items == []


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_filled(table: str) -> None:
    """Catches a column whose rules are tried on nothing."""
    for column in TABLES[table].typed:
        assert VALUES[table][column.name] - {""}, column.name


def test_every_level_occurs() -> None:
    """Catches a level that could be dropped from its enumeration without anybody noticing."""
    enumerations = {
        id(column.levels): column.levels for table in TABLES.values() for column in table.columns if column.levels
    }
    used: dict[int, set[str]] = {key: set(DERIVED) for key in enumerations}
    for name, table in TABLES.items():
        for column in table.typed:
            if column.levels:
                used[id(column.levels)] |= VALUES[name][column.name]
    for key, levels in enumerations.items():
        assert set(levels) - used[key] == set()
