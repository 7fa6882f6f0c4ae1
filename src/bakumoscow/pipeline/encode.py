"""Encode: tables as the bytes of their published CSV and Parquet files, in the published order of rows."""

import io

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bakumoscow.contract import Contract
from bakumoscow.export.arrow import published
from bakumoscow.keys import all_of, composite, find, only, text

PARQUET_SETTINGS = {
    "compression": "snappy",
    "version": "2.6",
    "data_page_version": "1.0",
    "write_statistics": True,
    "write_page_checksum": True,
    "store_schema": True,
}


def arrange(tables: dict[str, pa.Table], contracts: dict[str, Contract]) -> dict[str, pa.Table]:
    """The tables in published types, their rows in the order in which the article tells them.

    A row stands where its preferred row claim begins; rows without one follow in the order of their keys.
    """
    claims = tables["claims"]
    is_row_claim = all_of(pc.is_null(claims["field"]), pc.equal(claims["claim_rank"], "preferred"))
    claimed = only(is_row_claim, composite(claims, "article_id", "record_table", "record_id"))
    arranged = {}
    for name, contract in contracts.items():
        table = tables[name]
        order = [(key, "ascending") for key in contract.key]
        if contract.claimed or "char_start" in table.column_names:
            if contract.claimed:
                rows = find(composite(table, "article_id", pa.scalar(name), contract.id), claimed)
                keyed = table.append_column("char_start", claims["char_start"].take(rows))
            else:
                keyed = table
            order[1:1] = [("char_start", "ascending")]
        else:
            keyed = table
        indices = pc.sort_indices(keyed, sort_keys=order)
        arranged[name] = published(table.take(indices), contract)
    return arranged


def csv_bytes(table: pa.Table) -> bytes:
    """UTF-8, LF, quotation marks only where a cell needs them, TRUE and FALSE, ISO dates, empty for missing.

    Built from whole columns: the csv module is several times slower, and Arrow's writer puts every text
    between quotation marks.
    """
    cells = []
    for column in table.columns:
        values = text(column.cast(pa.large_string()) if pa.types.is_dictionary(column.type) else column)
        needs_marks = pc.match_substring_regex(values, '[",\r\n]')
        doubled = pc.replace_substring(values, '"', '""')
        marked = pc.binary_join_element_wise('"', doubled, '"', "")
        cells.append(pc.fill_null(pc.if_else(needs_marks, marked, values), "").cast(pa.large_string()))
    lines = pc.binary_join_element_wise(*cells, pa.scalar(",", pa.large_string()))
    header = ",".join(table.column_names)
    if not table.num_rows:
        return f"{header}\n".encode()
    whole = pa.LargeListArray.from_arrays(pa.array([0, len(lines)], pa.int64()), lines.combine_chunks())
    body: bytes = pc.binary_join(whole, pa.scalar("\n", pa.large_string()))[0].as_buffer().to_pybytes()
    return header.encode() + b"\n" + body + b"\n"


def parquet_bytes(table: pa.Table) -> bytes:
    """Parquet with snappy, page checksums, descriptions and the footer that pandas reads."""
    sink = io.BytesIO()
    pq.write_table(table, sink, **PARQUET_SETTINGS)
    return sink.getvalue()
