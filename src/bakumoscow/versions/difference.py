"""The changes between two packages as a frame."""

import os
from typing import TYPE_CHECKING

from bakumoscow.versions.changes import Change, changes
from bakumoscow.versions.demand import BUMPS, DEMANDS
from bakumoscow.versions.published_tables import published_package

if TYPE_CHECKING:
    import pandas as pd

TEXTS = ("table", "change", "article_id", "row_id", "field", "old", "new")


def diff(old: "str | os.PathLike[str]", new: "str | os.PathLike[str]") -> "pd.DataFrame":
    """What differs between two published packages, one row a change.

    Each is a directory with a built package, its `datapackage.json`, or a wheel; packages of all versions are read.
    `change` says what happened, such as "row added", "cell changed", "level removed" or "type changed"; the row is
    `row_id` of `table` in the article `article_id`, the cell its column `field`. `old` and `new` are what was there
    before and is there now, as text: a cell as the CSV file has it, a level, a type with that of the Parquet file in
    brackets. What does not apply, and a missing cell, is missing. A renamed column is one removed and one added.

    `bump` is the version that the change demands, an ordered enumeration, so that `diff(old, new)["bump"].max()` is
    that of all: major for what is removed and for a type or key, minor for any other change of what the tables say
    (then the content hash is another one), patch for a description. A meaning is for people to judge, and functions
    and commands are not compared. Before 1.0 a minor version may do what a major one does.

    The frame has no rows if the packages say the same. Raises NotFoundError if one is no package, IntegrityError if
    it is damaged.

    >>> diff("bakumoscow-0.3.0-py3-none-any.whl", ".")
    """
    return frame_of_changes(changes(published_package(old), published_package(new)))


def frame_of_changes(found: list[Change]) -> "pd.DataFrame":
    """The frame that `diff` returns."""
    import pandas as pd

    values = [
        [each.table for each in found],
        [each.kind for each in found],
        *([getattr(each, name) for each in found] for name in TEXTS[2:]),
    ]
    text = pd.Series(["a"]).dtype  # str, or object before pandas 3, where `astype("str")` would write 'None'
    frame = pd.DataFrame(dict(zip(TEXTS, values, strict=True)), dtype=object).astype(text)
    kind = pd.CategoricalDtype(list(BUMPS), ordered=True)
    return frame.assign(bump=pd.Series([DEMANDS[each.kind] for each in found], dtype=kind))
