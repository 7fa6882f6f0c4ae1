"""The pandas frame of a published Parquet file, as users load it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def frame_of(parquet: bytes, levels: Mapping[str, Sequence[str]]) -> "pd.DataFrame":
    """The frame of a file, with the levels of its enumerations, which Parquet loses if a table has no rows."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    frame: pd.DataFrame = ParquetFile(pa.BufferReader(parquet)).read().to_pandas(date_as_object=False)
    frame = frame.copy()  # Arrow's own values are read-only
    for column in levels if frame.empty else ():
        frame[column] = frame[column].cat.set_categories(list(levels[column]))
    return frame
