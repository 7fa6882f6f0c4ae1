"""Keys of several columns as one text column, and finding rows by them."""

from functools import reduce

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

SEPARATOR = "\x1f"  # stands in no key: control characters are refused


def text(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column as the published CSV writes it."""
    if pa.types.is_boolean(values.type):
        return pc.if_else(values, "TRUE", "FALSE")
    return values.cast(pa.string())


def composite(table: pa.Table, *columns: str | pa.Scalar) -> pa.ChunkedArray:
    """One key for each row, from column names and constants; missing where a part is missing."""
    parts = [text(table[column]) if isinstance(column, str) else column for column in columns]
    return pc.binary_join_element_wise(*parts, SEPARATOR)


def find(keys: pa.ChunkedArray, among: pa.ChunkedArray) -> pa.ChunkedArray:
    """The row of each key's first occurrence among the others; missing where there is none."""
    return pc.index_in(keys, value_set=among, skip_nulls=True)


def rows_where(mask: pa.ChunkedArray) -> list[int]:
    """The rows at which a truth value holds."""
    return positions(mask).to_pylist()  # type: ignore[no-any-return]


def positions(mask: pa.ChunkedArray) -> pa.Array:
    """The rows at which a truth value holds, as an array; pyarrow before 26 crashes on an array without chunks."""
    whole = mask.combine_chunks() if isinstance(mask, pa.ChunkedArray) else mask
    return pc.indices_nonzero(pc.fill_null(whole, False))


def only(mask: pa.ChunkedArray, keys: pa.ChunkedArray) -> pa.ChunkedArray:
    """The keys where a truth value holds, missing elsewhere."""
    return pc.if_else(mask, keys, pa.scalar(None, pa.string()))


def all_of(*masks: pa.ChunkedArray) -> pa.ChunkedArray:
    """Where every one of the truth values holds; a false one outweighs a missing one."""
    return reduce(pc.and_kleene, masks)


def repeated(keys: pa.ChunkedArray) -> list[tuple[int, int]]:
    """The rows whose key stands in an earlier row, each with the first row that has it."""
    first = find(keys, keys)
    rows = rows_where(pc.not_equal(first, pa.array(np.arange(len(keys), dtype=np.int32))))
    return [(row, first[row].as_py()) for row in rows]
