"""How certain one factuality is beside another: certain, then probable, then possible, then uncommitted."""

import pyarrow as pa
import pyarrow.compute as pc

ORDER = ("CT", "PR", "PS", "Uu")


def doubt(factuality: pa.ChunkedArray, order: tuple[str, ...] = ORDER) -> pa.ChunkedArray:
    """How uncertain each value is, from 0; missing where it is missing or no level."""
    return pc.index_in(pc.utf8_slice_codeunits(factuality, 0, 2), value_set=pa.array(order), skip_nulls=True)
