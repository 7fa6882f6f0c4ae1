"""The pandas frame of a published Parquet file, as users load it, and its columns as rules take them."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def frame_of(parquet: bytes, levels: Callable[[], Mapping[str, list[str]]]) -> "pd.DataFrame":
    """The frame of a file; `levels` gives those of its enumerations, which Parquet loses if a table has no rows."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    frame: pd.DataFrame = ParquetFile(pa.BufferReader(parquet)).read().to_pandas(date_as_object=False)
    frame = frame.copy()  # Arrow's own values are read-only
    for column, names in levels().items() if frame.empty else ():
        frame[column] = frame[column].cat.set_categories(names)
    return frame


def plain(values: "pd.Series[Any]") -> list[Any]:
    """The values of a column, with None for missing."""
    return [value if known else None for value, known in zip(values.tolist(), values.notna().tolist(), strict=True)]


def records(frame: "pd.DataFrame") -> list[dict[str, Any]]:
    """The rows of a frame, with None for missing."""
    names: list[str] = frame.columns.tolist()
    columns = [plain(frame[name]) for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def arrow_of(values: "pd.Series[Any]", arrow: str) -> Any:
    """A column of any accepted dtype as an Arrow array of the type in which rules are checked."""
    import pyarrow as pa

    return pa.array(values, from_pandas=True).cast(arrow)
