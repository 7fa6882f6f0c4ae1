"""pandas reads the exported Stata files, with labels for levels, days as days, and 1 for true."""

import sys
from pathlib import Path

import pandas as pd

from tools.conformance.scripts.published import Row, compare, count, names

folder = Path(sys.argv[1])


def rows(name: str) -> list[Row]:
    frame = pd.read_stata(folder / f"{name}.dta")
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


for name in names():
    if name != "levels":  # they are the labels
        compare(name, rows(name), true_as="1")
count(rows("casualties"), rows("detentions"))
