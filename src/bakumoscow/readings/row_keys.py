"""Rows found by key: an id counts only together with its article."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Rows = np.ndarray[Any, np.dtype[np.intp]]


def rows_of(
    wanted: "pd.DataFrame", columns: Sequence[str], frame: "pd.DataFrame", key: Sequence[str] | None = None
) -> "Rows":
    """For each wanted row the number of the row of a frame with the same key, -1 where there is none.

    `columns` are those of the key in `wanted`, `key` those in `frame`, where they are unique.
    """
    import pandas as pd

    index = pd.MultiIndex.from_frame(frame[list(key or columns)].astype(object))
    return index.get_indexer(pd.MultiIndex.from_frame(wanted[list(columns)].astype(object)))
