"""Encode: tables as the bytes of their published CSV and Parquet files, in the published order of rows."""

import io

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bakumoscow.formats.arrow import published
from bakumoscow.kernels import text
from bakumoscow.model.level_rows import LEVEL_LIST, level_rows
from bakumoscow.model.tables import TABLES
from bakumoscow.pipeline.order import text_order

ROWS_AT_ONCE = 65_536  # so that a batch of lines is far below 2 GiB, the limit of an Arrow string array
PARQUET_SETTINGS = {
    "compression": "snappy",
    "version": "2.6",
    "data_page_version": "1.0",
    "write_statistics": True,
    "write_page_checksum": True,
    "store_schema": True,
}


def arrange(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables in published types, their rows in the order of the article."""
    return {name: published(tables[name].take(text_order(tables, table)), table) for name, table in TABLES.items()}


def level_list() -> dict[str, pa.Table]:
    """The list of all levels, in published types, by its name."""
    return {LEVEL_LIST.name: published(pa.Table.from_pylist(level_rows()), LEVEL_LIST)}


def csv_bytes(table: pa.Table) -> bytes:
    """UTF-8, LF, quotation marks only where a cell needs them, TRUE and FALSE, ISO dates, empty for missing.

    No published text is empty, but the content hash is that of these bytes: an empty text would be a pair of
    quotation marks.
    Built from whole columns: the csv module is several times slower, and Arrow's writer quotes every text.
    """
    parts = [",".join(table.column_names).encode() + b"\n"]
    for batch in table.to_batches(max_chunksize=ROWS_AT_ONCE):
        cells = [_cells(column) for column in batch.columns]
        cells[-1] = pc.binary_join_element_wise(cells[-1], "\n", "", null_handling="replace")
        parts.append(_bytes(pc.binary_join_element_wise(*cells, ",", null_handling="replace")))
    return b"".join(parts)


def _cells(column: pa.Array) -> pa.Array:
    """A column as text, quoted where necessary; missing stays missing."""
    if pa.types.is_dictionary(column.type):
        return _quoted(column.dictionary).take(column.indices)
    return _quoted(column) if pa.types.is_string(column.type) else text(column)


def _quoted(values: pa.Array) -> pa.Array:
    """Text with quotation marks around the cells that need them; in most columns no cell does."""
    data = _bytes(values)
    shortest = pc.min(pc.binary_length(values)).as_py()
    if shortest != 0 and not any(mark in data for mark in (b'"', b",", b"\n", b"\r")):
        return values
    needs = pc.match_substring_regex(values, '[",\r\n]|^$')
    doubled = pc.replace_substring(values.filter(needs), '"', '""')
    quoted = pc.binary_join_element_wise('"', doubled, '"', "")
    return pc.replace_with_mask(values, pc.fill_null(needs, False), quoted)


def _bytes(values: pa.Array) -> bytes:
    """The bytes of all values, joined."""
    _, offsets, data = values.buffers()
    if data is None or not len(values):
        return b""
    start, end = np.frombuffer(offsets, np.int32)[[values.offset, values.offset + len(values)]]
    return data.slice(int(start), int(end - start)).to_pybytes()  # type: ignore[no-any-return]


def parquet_bytes(table: pa.Table) -> bytes:
    """Parquet with snappy, page checksums, column descriptions and the metadata that pandas reads."""
    sink = io.BytesIO()
    pq.write_table(table, sink, **PARQUET_SETTINGS)
    return sink.getvalue()
