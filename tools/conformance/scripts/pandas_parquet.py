"""pandas reads every Parquet file, with the types that it has for nullable columns."""

import pandas as pd

from tools.conformance.scripts.published import Row, compare, count, names, parquet


def rows(name: str) -> list[Row]:
    frame = pd.read_parquet(parquet(name))
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


for name in names():
    compare(name, rows(name))
count(rows("casualties"), rows("detentions"))
