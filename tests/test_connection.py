"""`connect`: all tables and the main views in a DuckDB database, with enumerations and comments."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

import bakumoscow
from bakumoscow.choices import Reading
from bakumoscow.connection import MEANINGS, VIEWS
from bakumoscow.dataset import Dataset
from bakumoscow.model.tables import TABLES
from tests.test_engines import cells


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()


def asked(dataset: Dataset, name: str, reading: Reading = "coded") -> pd.DataFrame:
    """The frame of a view."""
    found: pd.DataFrame = getattr(dataset, VIEWS[name].question)(**VIEWS[name].arguments, reading=reading)
    return found


@pytest.mark.parametrize(
    "reading", ["filled", *(pytest.param(reading, marks=pytest.mark.weekly) for reading in ("stated", "coded"))]
)
def test_it_holds_the_tables_and_what_the_functions_return(reading: Reading, built_package: Path) -> None:
    """Catches a table or view that is left out, in another reading or order, or loses a value."""
    dataset = bakumoscow.open(built_package)
    connection = dataset.connect(reading=reading)
    held = rows(connection, "SELECT schema_name, table_name FROM duckdb_tables()")
    assert sorted(held) == sorted([*(("main", name) for name in TABLES), *(("views", name) for name in VIEWS)])
    expected = {f'"{table}"': dataset.load(table, reading=reading) for table in TABLES}
    expected |= {f'views."{name}"': asked(dataset, name, reading) for name in VIEWS}
    for place, frame in expected.items():
        assert cells(connection.sql(f"FROM {place}")) == cells(frame), place


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    """The installed package, to be read."""
    return bakumoscow.connect()


def test_enumerations_have_their_levels(connection: duckdb.DuckDBPyConnection) -> None:
    """Catches a column that is text, or has the levels of another table's column of the name."""
    query = "SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"
    types = {(schema, table, column): kind for schema, table, column, kind in rows(connection, query)}
    frames = {("main", table): bakumoscow.load(table) for table in TABLES}
    frames |= {("views", name): asked(bakumoscow.open("."), name) for name in VIEWS}
    for (schema, table), frame in frames.items():
        for column in frame:
            levels = list(frame[column].cat.categories) if frame[column].dtype == "category" else list[str]()
            expected = "ENUM(" + ", ".join(f"'{level}'" for level in levels) + ")"
            kind = types[schema, table, str(column)]
            assert kind == expected if len(levels) else "ENUM" not in kind, (table, column)
    named = rows(connection, "SELECT type_name FROM duckdb_types() WHERE logical_type = 'ENUM' AND NOT internal")
    assert {("factuality",), ("events_kind",), ("actors_kind",)} <= {*named}
    with pytest.raises(duckdb.ConversionException):
        connection.execute("UPDATE events SET kind = 'earthquake'")


def test_every_table_and_column_has_a_comment(connection: duckdb.DuckDBPyConnection) -> None:
    """Catches a column of a view that nobody explains, and an explanation of a column that is gone."""
    query = (
        "SELECT table_name, comment FROM duckdb_tables() UNION ALL SELECT column_name, comment FROM duckdb_columns()"
    )
    assert [name for name, comment in rows(connection, query + " WHERE NOT internal") if not comment] == []
    told = "SELECT comment FROM duckdb_columns() WHERE schema_name = 'main' AND table_name = ? AND column_name = ?"
    for table in TABLES:
        for column, description in bakumoscow.describe(table)[["column", "description"]].to_numpy():
            assert connection.execute(told, [table, column]).fetchall() == [(description,)]
    used = "SELECT DISTINCT column_name FROM duckdb_columns() WHERE schema_name = 'views'"
    assert set(MEANINGS) <= {name for (name,) in rows(connection, used)}


def test_the_numbers_that_people_cite(connection: duckdb.DuckDBPyConnection) -> None:
    deaths = rows(connection, "SELECT sum(best) FROM views.casualties_by_event WHERE outcome = 'death'")
    assert (deaths, rows(connection, "SELECT sum(low) FROM views.detentions_by_event")) == ([(40,)], [(8,)])


def test_tables_have_their_keys(connection: duckdb.DuckDBPyConnection) -> None:
    """Catches a table in which a row could be twice, and a view that claims a key."""
    query = "SELECT schema_name, table_name, constraint_column_names FROM duckdb_constraints() "
    found = rows(connection, query + "WHERE constraint_type = 'PRIMARY KEY'")
    assert {(*place, tuple(key)) for *place, key in found} == {("main", name, TABLES[name].key) for name in TABLES}
    with pytest.raises(duckdb.ConstraintException):
        connection.execute("INSERT INTO events FROM events LIMIT 1")


def test_connections_are_new(connection: duckdb.DuckDBPyConnection) -> None:
    """Catches a connection that another user's change would spoil."""
    bakumoscow.connect().execute("DELETE FROM charges")
    assert rows(connection, "SELECT count(*) FROM charges") == [(len(bakumoscow.load("charges")),)]


def test_without_duckdb_the_pip_line_is_told() -> None:
    program = (
        "import sys, bakumoscow; sys.modules['duckdb'] = None\n"
        "try: bakumoscow.connect()\n"
        "except ModuleNotFoundError as error: print(error, 'pandas' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    told = 'connect() needs duckdb, which is not installed; run `pip install "bakumoscow[duckdb]"`. False\n'
    assert (result.stdout, result.stderr) == (told, "")
