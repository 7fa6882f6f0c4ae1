"""Arrow kernels for keys of several columns and for masks; each says what a missing value means."""

from collections.abc import Iterable
from functools import reduce

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

SEPARATOR = "\x1f"  # occurs in no key, since control characters are not allowed


def text(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column as the published CSV writes it."""
    if pa.types.is_boolean(values.type):
        return pc.if_else(values, "TRUE", "FALSE")
    return values if pa.types.is_string(values.type) else values.cast(pa.string())


def composite(table: pa.Table, *columns: str | pa.Scalar) -> pa.ChunkedArray:
    """One key for each row, from column names and constants; missing where a part is missing."""
    parts = [text(table[column]) if isinstance(column, str) else column for column in columns]
    return parts[0] if len(parts) == 1 else pc.binary_join_element_wise(*parts, SEPARATOR)


def split(key: str) -> tuple[str, str]:
    """The first and the last part of a key: the article and the row's id."""
    parts = key.split(SEPARATOR)
    return parts[0], parts[-1]


def find(keys: pa.ChunkedArray, among: pa.ChunkedArray) -> pa.ChunkedArray:
    """For each key the first row among the others that has it; missing if there is none."""
    return pc.index_in(keys, value_set=among, skip_nulls=True)


def rows_where(mask: pa.ChunkedArray) -> list[int]:
    """The rows where a mask is true."""
    return positions(mask).to_pylist()  # type: ignore[no-any-return]


def positions(mask: pa.ChunkedArray) -> pa.Array:
    """The rows where a mask is true, as an array; pyarrow before 26 crashes on an array without chunks."""
    whole = mask.combine_chunks() if isinstance(mask, pa.ChunkedArray) else mask
    return pc.indices_nonzero(pc.fill_null(whole, False))


def keep_where(mask: pa.ChunkedArray, keys: pa.ChunkedArray) -> pa.ChunkedArray:
    """The keys where a mask is true, missing elsewhere."""
    return pc.if_else(mask, keys, pa.scalar(None, pa.string()))


def all_of(*masks: pa.ChunkedArray) -> pa.ChunkedArray:
    """Where all masks are true; false outweighs missing."""
    return reduce(pc.and_kleene, masks)


def any_of(*masks: pa.ChunkedArray) -> pa.ChunkedArray:
    """Where any mask is true; true outweighs missing."""
    return reduce(pc.or_kleene, masks)


def is_one(values: pa.ChunkedArray, options: Iterable[str]) -> pa.ChunkedArray:
    """Where a value is one of several; false where it is missing."""
    return pc.is_in(values, value_set=pa.array(list(options), pa.string()))


def among(values: pa.ChunkedArray, options: Iterable[str]) -> pa.ChunkedArray:
    """Where a value is one of several; missing where it is missing."""
    return pc.if_else(pc.is_valid(values), is_one(values, options), pa.scalar(None, pa.bool_()))


def known(mask: pa.ChunkedArray) -> pa.ChunkedArray:
    """The mask, false where it is missing."""
    return pc.fill_null(mask, False)


def repeated(keys: pa.ChunkedArray) -> list[tuple[int, int]]:
    """The rows whose key occurs in an earlier row, each with the first row that has it."""
    if len(pc.unique(keys)) == len(keys) - max(0, keys.null_count - 1):  # as in a valid package; faster than find
        return []
    first = find(keys, keys)
    rows = positions(pc.not_equal(first, pa.array(np.arange(len(keys), dtype=np.int32))))
    return list(zip(rows.to_pylist(), first.take(rows).to_pylist(), strict=True))
