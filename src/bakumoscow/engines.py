"""A table as a frame of pandas or polars, an Arrow table or a relation of DuckDB: the same cells in each."""

from array import array
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, overload

from bakumoscow.choices import ENGINES
from bakumoscow.errors import raise_if_unknown
from bakumoscow.extras import needed
from bakumoscow.sql import sql_name, sql_text

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from bakumoscow.choices import Engine, Reading, TableName
    from bakumoscow.dataset import Dataset

Levels = Mapping[str, list[str]]  # of the enumerations of a table


@overload
def load(
    dataset: "Dataset",
    table: "TableName | str",
    *,
    reading: "Reading | str" = ...,
    voice: str | None = ...,
    engine: Literal["pandas"] = ...,
) -> "pd.DataFrame": ...
@overload
def load(
    dataset: "Dataset",
    table: "TableName | str",
    *,
    reading: "Reading | str" = ...,
    voice: str | None = ...,
    engine: Literal["polars"],
) -> "pl.DataFrame": ...
@overload
def load(
    dataset: "Dataset",
    table: "TableName | str",
    *,
    reading: "Reading | str" = ...,
    voice: str | None = ...,
    engine: Literal["pyarrow"],
) -> "pa.Table": ...
@overload
def load(
    dataset: "Dataset",
    table: "TableName | str",
    *,
    reading: "Reading | str" = ...,
    voice: str | None = ...,
    engine: Literal["duckdb"],
) -> "duckdb.DuckDBPyRelation": ...
def load(
    dataset: "Dataset",
    table: "TableName | str",
    *,
    reading: "Reading | str" = "coded",
    voice: str | None = None,
    engine: "Engine" = "pandas",
) -> Any:
    """A table as a new pandas frame, or as the table of another engine.

    `reading` is "stated" (only what words say, whoever says it), "coded" (the published table, in which some dates,
    parts and relations are conclusions, marked as such) or "filled" (with the empty cells filled for which the coder
    has a conclusion). `voice` lays over it what one actor asserts: its values replace those of the reading, what it
    denies is emptied, and its certainty becomes the row's factuality. It is an actor's id, or `article/actor` where
    several articles have the id.

    Text is `str` (`object` before pandas 3), whole numbers Int32, numbers float64, truth values boolean,
    enumerations category, dates datetime64. `describe(table)` says what each column means, and
    `provenance(table)` where each cell comes from.

    `engine` is "pandas", "polars" (a DataFrame), "pyarrow" (a Table) or "duckdb" (a relation of DuckDB's default
    connection, which `duckdb.sql` finds by the name of its variable). All have the same rows in the same order;
    enumerations are Enum in polars, dictionaries in pyarrow and ENUM in DuckDB, with all levels in their order, and
    dates are dates. A reading or voice is worked out in pandas.

    Raises NotFoundError for an unknown table, reading, voice or engine, IntegrityError if the SHA-256 of a file is
    not the one in the descriptor, ModuleNotFoundError with the pip line if the engine is not installed.

    >>> load("actors", reading="filled").query("country == 'RUS'")
    >>> load("events", engine="polars").group_by("kind").len()
    """
    raise_if_unknown(engine, ENGINES, "engine")
    if engine in ("polars", "duckdb"):
        needed(engine, engine, f'engine="{engine}"')
    if reading != "coded" or voice is not None:
        from bakumoscow.readings import Reading

        raise_if_unknown(table, dataset.tables(), "table")
        frame = Reading(dataset, reading, voice)[table].copy()
        if engine == "pandas":
            return frame
        arrow = _as_published(arrow_of(frame), _arrow_table(dataset, table))
        return OF_ARROW[engine](arrow, dataset._levels(table))
    if engine == "pandas":
        from bakumoscow.frames import frame_of

        return frame_of(_parquet(dataset, table), lambda: dataset._levels(table))
    if engine == "polars":
        import io

        import polars as pl

        return _with_enums(pl.read_parquet(io.BytesIO(_parquet(dataset, table))), dataset._levels(table))
    return OF_ARROW[engine](_arrow_table(dataset, table), dataset._levels(table))


def _parquet(dataset: "Dataset", table: str) -> bytes:
    """The published file of a table, checked."""
    return dataset._checked_bytes(dataset._resource(table, "parquet"))


def _arrow_table(dataset: "Dataset", table: str) -> "pa.Table":
    """The published table, without pandas; Parquet loses the levels of a table without rows."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    found = ParquetFile(pa.BufferReader(_parquet(dataset, table))).read()
    for column, names in dataset._levels(table).items() if not len(found) else ():
        place = found.schema.get_field_index(column)
        none = pa.DictionaryArray.from_arrays(pa.nulls(0, found.schema.types[place].index_type), _texts(names))
        found = found.set_column(place, found.schema.field(place), none)
    return found


def _texts(values: list[str]) -> "pa.Array":
    """An Arrow array of texts, made of their bytes: pyarrow would import pandas to convert a list."""
    import pyarrow as pa

    encoded = [value.encode() for value in values]
    ends = array("i", [0])
    for value in encoded:
        ends.append(ends[-1] + len(value))
    buffers = [None, pa.py_buffer(ends.tobytes()), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.string(), len(values), buffers)


def arrow_of(frame: "pd.DataFrame") -> "pa.Table":
    """A frame of `load` or of a view as an Arrow table in the types of the published ones."""
    import pyarrow as pa

    kinds = {"Int64": pa.int64(), "Int32": pa.int32(), "float64": pa.float64(), "boolean": pa.bool_(), "category": None}
    arrays = []
    for name in frame:
        dtype = str(frame[name].dtype)
        kind = pa.date32() if dtype.startswith("datetime64") else kinds.get(dtype, pa.string())
        values = pa.array(frame[name], kind, from_pandas=True)
        if dtype == "category":  # of text, which pandas 3 keeps as large strings
            values = pa.DictionaryArray.from_arrays(values.indices, values.dictionary.cast(pa.string()))
        arrays.append(values)
    return pa.table(arrays, names=list(frame.columns))


def _as_published(table: "pa.Table", published: "pa.Table") -> "pa.Table":
    """A table of a reading with the descriptions of the published one; a reading may empty a cell that this needs."""
    import pyarrow as pa

    fields = [
        field.with_nullable(field.nullable or column.null_count > 0)
        for field, column in zip(published.schema, table.columns, strict=True)
    ]
    columns = [
        column if column.type == field.type else column.cast(field.type)
        for field, column in zip(fields, table.columns, strict=True)
    ]
    return pa.table(columns, schema=pa.schema(fields, metadata=published.schema.metadata))


def _with_enums(frame: "pl.DataFrame", levels: Levels) -> "pl.DataFrame":
    """A polars frame whose enumerations have their levels."""
    import polars as pl

    return frame.with_columns(pl.col(column).cast(pl.Enum(names)) for column, names in levels.items())


def _polars_frame(table: "pa.Table", levels: Levels) -> "pl.DataFrame":
    import polars as pl

    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)  # one column alone would be a series
    return _with_enums(frame, levels)


def _duckdb_relation(table: "pa.Table", levels: Levels) -> "duckdb.DuckDBPyRelation":
    import duckdb

    types = {column: f"ENUM ({', '.join(map(sql_text, names))})" for column, names in levels.items()}
    columns = [
        f"{sql_name(name)}::{types[name]} AS {sql_name(name)}" if name in types else sql_name(name)
        for name in table.column_names
    ]
    return duckdb.from_arrow(table).project(", ".join(columns))


OF_ARROW: Mapping[str, Callable[["pa.Table", Levels], Any]] = {
    "polars": _polars_frame,
    "pyarrow": lambda table, levels: table,
    "duckdb": _duckdb_relation,
}
