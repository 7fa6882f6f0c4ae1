"""The tables and the main views of a dataset as a database of DuckDB in memory."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from bakumoscow.engines import arrow_of
from bakumoscow.extras import needed
from bakumoscow.sql import sql_name, sql_text

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from bakumoscow.choices import Reading
    from bakumoscow.dataset import Dataset


class View(NamedTuple):
    """A question with its arguments, what a row is, and the tables whose columns it shows, the first of them first."""

    question: str
    arguments: Mapping[str, Any]
    row: str
    tables: tuple[str, ...]


SCHEMA = "views"
VIEWS = {
    "timeline": View("timeline", {}, "One event, in the order of time.", ("events",)),
    "dyads": View("dyads", {}, "One event, source and target.", ("participants", "events")),
    "dyads_of_states": View(
        "dyads", {"level": "state"}, "One event, source state and target state.", ("participants", "events")
    ),
    "casualties_by_event": View(
        "totals", {"table": "casualties", "by": "event"}, "One event and outcome: how many people.", ("casualties",)
    ),
    "detentions_by_event": View(
        "totals", {"table": "detentions", "by": "event"}, "One event: how many people were detained.", ("detentions",)
    ),
    "reactions": View("reactions", {}, "One event that answers another one.", ("relations", "events")),
    "quotes": View("quotes", {}, "One quotation, with the names of those in it.", ("quotes",)),
    "assessments": View("assessments", {}, "One assessment, with the names of those in it.", ("assessments",)),
}
# What the columns of views mean that no table has, or has with another meaning.
MEANINGS = {
    "about": "The events and actors that it is about, all names in one cell.",
    "about_ids": "The ids of the events and actors that it is about.",
    "again": "Whether the event has an earlier row, below which its own reactions are.",
    "assessor": "Who assesses.",
    "best": "Persons; missing unless every group has a best number.",
    "context": "The words around the quotation that its grammar needs.",
    "country": "The state of who speaks or assesses.",
    "country_basis": "Inferred if a conclusion leads to the country.",
    "country_via": "The column that the country comes from.",
    "denied": "How many groups the text denies; they are in no sum.",
    "depth": "1 for what reacts to the first event of a chain.",
    "directed": "False in a mutual act, such as a clash, in which each side acts on each other side.",
    "event": "The label of the event.",
    "high": "Persons at most; missing unless every group has a highest number.",
    "low": "Persons at least; missing if no group has a lowest number.",
    "numbered": "How many of the groups have a best number.",
    "place": "The place of the event.",
    "role": "The role of who is acted on.",
    "says": "The names of those who say so.",
    "sentence": "The number of the sentence that tells it.",
    "source": "Who acts.",
    "source_actors": "The actors of the source state.",
    "source_id": "The id of the actor, or the code of the state, that acts.",
    "source_role": "The role of who acts.",
    "source_via": "What leads from the actors to the source state.",
    "speaker": "Who speaks.",
    "target": "Who is acted on.",
    "target_actors": "The actors of the target state.",
    "target_id": "The id of the actor, or the code of the state, that is acted on.",
    "target_via": "What leads from the actors to the target state.",
    "title": "The title of the speaker.",
    "to": "The label of the event that it bears on.",
    "to_kind": "The kind of the event that it bears on.",
    "uncertain": "How many groups are only probable or possible; they are in the sums.",
    "undecided": "How many groups the text leaves open; they are in no sum.",
    "when": "The date in short words, with `?` for an inferred year.",
    "words": "The passage of the row claim.",
}
TYPES = {
    "string": "VARCHAR",
    "int64": "BIGINT",
    "int32": "INTEGER",
    "double": "DOUBLE",
    "bool": "BOOLEAN",
    "date32[day]": "DATE",
}


def connect(dataset: "Dataset", *, reading: "Reading | str" = "coded") -> "duckdb.DuckDBPyConnection":
    """A new connection to a DuckDB database in memory with all tables, and views in the schema `views`.

    The tables have the names of `tables()`, and primary keys. `views.timeline`, `views.dyads`,
    `views.dyads_of_states`, `views.reactions`, `views.quotes` and `views.assessments` are what the functions of these
    names return, and `views.casualties_by_event` and `views.detentions_by_event` are `totals` by event. They are
    worked out once, when the connection is made: a changed table changes no view.

    An enumeration is an ENUM type of its levels in their order. Its name is the column's, or where levels differ
    between tables, that of the first table that has them and the column's: `factuality`, `events_kind`. The comments
    of tables and columns are what `describe` says; read them with `SELECT column_name, comment FROM duckdb_columns()`.
    The columns `when` and `to` of views are words of SQL: write `"when"` and `"to"`. `load` explains `reading`.

    Raises NotFoundError for an unknown reading, IntegrityError, ModuleNotFoundError with the pip line if DuckDB is
    not installed.

    >>> connect().sql("SELECT sum(best) FROM views.casualties_by_event WHERE outcome = 'death'")
    >>> connect(reading="filled").sql('SELECT "when", event, place FROM views.timeline')
    """
    connect_to: Callable[[], duckdb.DuckDBPyConnection] = needed("duckdb", "duckdb", "connect()").connect
    tables = {table: dataset.load(table, reading=reading) for table in dataset.tables()}
    connection = connect_to()
    types = dict(_types(tables))
    for levels, name in types.items():
        connection.execute(f"CREATE TYPE {sql_name(name)} AS ENUM ({', '.join(map(sql_text, levels))})")
    for table, frame in tables.items():
        told = str(dataset._resource(table, "csv")["description"])
        _add(connection, sql_name(table), frame, types, dataset._table_schema(table)["primaryKey"])
        _comment(connection, sql_name(table), told, _descriptions(dataset, table))
    connection.execute(f"CREATE SCHEMA {SCHEMA}")
    for name, view in VIEWS.items():
        frame = getattr(dataset, view.question)(**view.arguments, reading=reading)
        place = f"{SCHEMA}.{sql_name(name)}"
        _add(connection, place, frame, types)
        known: dict[str, str] = {}
        for table in reversed(view.tables):
            known |= _descriptions(dataset, table)
        known |= MEANINGS
        _comment(connection, place, view.row, {column: known[column] for column in frame if column in known})
    return connection


def _types(tables: "Mapping[str, pd.DataFrame]") -> Iterator[tuple[tuple[str, ...], str]]:
    """The different lists of levels in the tables, each with the name of its type."""
    found: dict[str, dict[tuple[str, ...], str]] = {}  # by column, the first table that has the levels
    for table, frame in tables.items():
        for column in frame.select_dtypes("category"):
            found.setdefault(str(column), {}).setdefault(tuple(frame[column].cat.categories), table)
    named = {
        levels: column if len(first) == 1 else f"{table}_{column}"
        for column, first in reversed(found.items())
        for levels, table in first.items()
    }
    return iter(named.items())


def _add(
    connection: "duckdb.DuckDBPyConnection",
    name: str,
    frame: "pd.DataFrame",
    types: Mapping[tuple[str, ...], str],
    key: Sequence[str] = (),
) -> None:
    """Add a frame as a table with a primary key, if it has one."""
    arrow = arrow_of(frame)
    columns = []
    for column, kind in zip(arrow.column_names, arrow.schema.types, strict=True):
        levels = tuple(frame[column].cat.categories) if str(frame[column].dtype) == "category" else None
        columns.append(f"{sql_name(column)} {sql_name(types[levels]) if levels else TYPES[str(kind)]}")
    columns += [f"PRIMARY KEY ({', '.join(map(sql_name, key))})"] if key else []
    connection.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
    connection.register("frame_to_add", arrow)
    connection.execute(f"INSERT INTO {name} SELECT * FROM frame_to_add")
    connection.unregister("frame_to_add")


def _descriptions(dataset: "Dataset", table: str) -> dict[str, str]:
    """The descriptions of a table's columns."""
    return {field["name"]: field["description"] for field in dataset._table_schema(table)["fields"]}


def _comment(connection: "duckdb.DuckDBPyConnection", name: str, row: str, columns: Mapping[str, str]) -> None:
    """Comment on a table and its columns."""
    connection.execute(f"COMMENT ON TABLE {name} IS {sql_text(row)}")
    for column, text in columns.items():
        connection.execute(f"COMMENT ON COLUMN {name}.{sql_name(column)} IS {sql_text(text)}")
