"""A SQLite database with the keys, references and constraints of the model, and what columns mean as comments.

SQLite checks references only in a connection that asks for it: `PRAGMA foreign_keys = ON`. A reference is the article
and the id together; an optional one holds where the id is not missing. The row that a claim or code is about may be in
one of several tables, so triggers check it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from bakumoscow.exports.content import Progress, levels_of_model, rows_of, tables_in_turn
from bakumoscow.model.column import Column
from bakumoscow.model.level_rows import LEVEL_LIST
from bakumoscow.model.patterns import PATTERNS
from bakumoscow.model.table import Table
from bakumoscow.model.tables import TABLES
from bakumoscow.sql import sql_text

if TYPE_CHECKING:
    from bakumoscow.dataset import Dataset

# The storage class of each logical type, and what else must hold of a value.
STORED = {
    "text": ("TEXT", "{name} <> ''"),
    "enumeration": ("TEXT", ""),
    "integer": ("INTEGER", ""),
    "number": ("REAL", ""),
    "boolean": ("INTEGER", "{name} IN (0, 1)"),
    "date": ("TEXT", "{name} IS date({name}, '+0 days')"),  # without a modifier date() lets February 30 pass
}


def files(dataset: "Dataset", progress: Progress) -> dict[str, bytes]:
    """The database. Its bytes depend on the tables and on the version of SQLite."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for statement in (*map(_create, (*TABLES.values(), LEVEL_LIST)), *_triggers()):
            connection.execute(statement)
        connection.execute("BEGIN")
        connection.execute("PRAGMA defer_foreign_keys = ON")  # rows of two tables may refer to each other
        in_order = sorted(TABLES.values(), key=_has_records)
        for table in tables_in_turn(dataset, progress, tables=in_order):
            connection.executemany(_insert(table.name, len(table.columns)), rows_of(dataset, table))
        connection.executemany(_insert(LEVEL_LIST.name, len(LEVEL_LIST.columns)), levels_of_model())
        connection.execute("COMMIT")
        return {"database": connection.serialize()}


def _insert(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"


def _create(table: Table) -> str:
    """The statement that creates a table."""
    parts = [(_column(column), column.description) for column in table.columns]
    parts += [(f"PRIMARY KEY ({', '.join(table.key)})", "")]
    parts += [(_reference(table, column), "") for column in table.columns if _refers(table, column)]
    lines = []
    for number, (definition, comment) in enumerate(parts, start=1):
        comma = "," if number < len(parts) else ""
        lines.append(f"  {definition}{comma}{f' -- {_one_line(comment)}' if comment else ''}")
    return "\n".join([f"CREATE TABLE {table.name} ( -- {_one_line(table.description)}", *lines, ")"])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _column(column: Column) -> str:
    """A column with its type and constraints."""
    storage, demand = STORED[column.type.name]
    checks = [f"typeof({column.name}) = '{storage.lower()}'", *_demands(column)]
    if demand:
        checks.append(demand.format(name=column.name))
    held = " AND ".join(checks)
    if column.required:
        return f"{column.name} {storage} NOT NULL CHECK ({held})"
    return f"{column.name} {storage} CHECK ({column.name} IS NULL OR ({held}))"


def _demands(column: Column) -> Iterator[str]:
    if column.levels:
        yield f"{column.name} IN ({', '.join(map(sql_text, column.levels))})"
    if column.pattern is PATTERNS["slug"]:
        yield f"{column.name} NOT GLOB '*[^a-z0-9-]*'"
    if column.minimum is not None:
        yield f"{column.name} >= {column.minimum}"
    if column.maximum is not None:
        yield f"{column.name} <= {column.maximum}"


def _refers(table: Table, column: Column) -> bool:
    """Whether a column is a reference; the id of an article in its own table is none."""
    return bool(column.refers) and table.key != (column.name,)


def _reference(table: Table, column: Column) -> str:
    """The reference of a column, together with the article."""
    target = TABLES[column.refers or ""]
    own = dict.fromkeys(("article_id", column.name))
    return f"FOREIGN KEY ({', '.join(own)}) REFERENCES {target.name} ({', '.join(target.key)})"


def _has_records(table: Table) -> bool:
    """Whether the rows of a table are about rows of other tables, which have to be there first."""
    return "record_table" in table


def _triggers() -> Iterator[str]:
    """The triggers that refuse a row about another one that is not there."""
    for table in filter(_has_records, TABLES.values()):
        arms = "".join(
            f"\n  WHEN {sql_text(name)} THEN EXISTS (SELECT 1 FROM {name} "
            f"WHERE article_id = NEW.article_id AND {TABLES[name].id} = NEW.record_id)"
            for name in table["record_table"].levels or {}
        )
        for action in ("INSERT", "UPDATE"):
            yield (
                f"CREATE TRIGGER {table.name}_record_{action.lower()} BEFORE {action} ON {table.name}\n"
                f"WHEN NOT CASE NEW.record_table{arms}\nELSE 0 END\n"
                f"BEGIN SELECT RAISE(ABORT, '{table.name}: no row of record_table has this record_id'); END"
            )
