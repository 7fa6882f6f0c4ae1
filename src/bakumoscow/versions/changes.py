"""What differs between two published packages: tables, columns, types, levels, rows and cells."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.errors import IntegrityError
from bakumoscow.kernels import SEPARATOR, positions
from bakumoscow.model.level_rows import LEVEL_LIST
from bakumoscow.versions.published_tables import PublishedColumn, PublishedPackage, PublishedTable

ARTICLE, MEANING = "article_id", "meaning"


@dataclass(frozen=True)
class Change:
    """One change: its kind (see `demand.DEMANDS`), where it is, and what was there before and is there now.

    `row_id` is the id of the row within its article; several columns of a key are joined by "/".
    """

    table: str
    kind: str
    article_id: str | None = None
    row_id: str | None = None
    field: str | None = None
    old: str | None = None
    new: str | None = None
    is_derived: bool = False


def changes(old: PublishedPackage, new: PublishedPackage) -> list[Change]:
    """All changes, by table in the order of the new package. Raises IntegrityError for a key that occurs twice."""
    found = []
    for name in [*new.tables, *(name for name in old.tables if name not in new.tables)]:
        if name not in old.tables:
            found.append(Change(name, "table added"))
        elif name not in new.tables:
            found.append(Change(name, "table removed"))
        else:
            found += _of_columns(old.tables[name], new.tables[name])
            rows = list(_of_rows(old, new, name))
            # the list of levels repeats what its columns tell, but for what the levels mean
            found += [each for each in rows if name != LEVEL_LIST.name or each.field == MEANING]
    return found


def _of_columns(old: PublishedTable, new: PublishedTable) -> Iterator[Change]:
    """Changes of what is promised about a table and its columns."""
    name = new.name
    if old.description != new.description:
        yield Change(name, "description changed", old=old.description, new=new.description)
    if old.key != new.key:
        yield Change(name, "key changed", old=", ".join(old.key), new=", ".join(new.key))
    yield from (Change(name, "column added", field=each) for each in new.columns if each not in old.columns)
    yield from (Change(name, "column removed", field=each) for each in old.columns if each not in new.columns)
    before, after = ([each for each in one.columns if each in other.columns] for one, other in ((old, new), (new, old)))
    if before != after:
        yield Change(name, "column order changed", old=", ".join(before), new=", ".join(after))
    for each in after:
        yield from _of_column(name, old.columns[each], new.columns[each])


def _of_column(table: str, old: PublishedColumn, new: PublishedColumn) -> Iterator[Change]:
    name = new.name
    both_stored = old.stored is not None and new.stored is not None
    types = [f"{each.type} ({each.stored})" if both_stored else each.type for each in (old, new)]
    if types[0] != types[1]:
        yield Change(table, "type changed", field=name, old=types[0], new=types[1])
    if old.description != new.description:
        yield Change(table, "description changed", field=name, old=old.description, new=new.description)
    yield from (Change(table, "level added", field=name, new=each) for each in new.levels if each not in old.levels)
    yield from (Change(table, "level removed", field=name, old=each) for each in old.levels if each not in new.levels)
    before, after = ([each for each in one.levels if each in other.levels] for one, other in ((old, new), (new, old)))
    if before != after:
        yield Change(table, "level order changed", field=name, old=", ".join(before), new=", ".join(after))


def _of_rows(old_package: PublishedPackage, new_package: PublishedPackage, name: str) -> Iterator[Change]:
    """Changes of rows and cells, row by row in the new order; rows are matched by the values of their keys."""
    old, new = old_package.tables[name], new_package.tables[name]
    if len(old.key) != len(new.key):
        return  # no row can be matched, and that the key has changed is said already
    old_keys, new_keys = _keys(old_package, old), _keys(new_package, new)
    at = pc.index_in(new_keys, value_set=old_keys)  # the old row of each new one
    for row in positions(pc.is_null(at)).to_pylist():
        yield Change(name, "row added", *_identity(new, row))
    for row in positions(pc.invert(pc.is_in(old_keys, value_set=new_keys))).to_pylist():
        yield Change(name, "row removed", *_identity(old, row))
    kept = positions(pc.is_valid(at))
    before = at.take(kept)
    if bool((np.diff(before.to_numpy(zero_copy_only=False)) < 0).any()):
        yield Change(name, "row order changed")
    cells = []
    for number, column in enumerate(new.columns.values()):
        if column.name in old.columns and column.name not in new.key:
            was = old.cells[column.name].take(before)
            now = new.cells[column.name].take(kept)
            cells += [(kept[at].as_py(), number, was[at].as_py(), now[at].as_py()) for at in _differ(was, now)]
    names = list(new.columns)
    for row, number, one, other in sorted(cells, key=lambda cell: cell[:2]):
        column = new.columns[names[number]]
        yield Change(name, "cell changed", *_identity(new, row), column.name, one, other, column.is_derived)


def _keys(package: PublishedPackage, table: PublishedTable) -> pa.Array:
    """The key of each row as one text. Raises IntegrityError if two rows have the same."""
    parts = [table.cells[column] for column in table.key]
    keys = pc.binary_join_element_wise(*parts, SEPARATOR, null_handling="replace", null_replacement="\0")
    whole = keys.combine_chunks() if isinstance(keys, pa.ChunkedArray) else keys
    if len(pc.unique(whole)) < len(whole):
        raise IntegrityError(f"{package.place}: two rows of {table.name} have the same key; build the package again.")
    return whole


def _identity(table: PublishedTable, row: int) -> tuple[str | None, str]:
    """The article and the id of a row; the id of an article's own row is the article."""
    cells = {column: table.cells[column][row].as_py() or "" for column in table.key}
    article = cells.pop(ARTICLE, None)
    return article, "/".join(cells.values()) or article or ""


def _differ(old: pa.ChunkedArray, new: pa.ChunkedArray) -> list[int]:
    """Where two columns differ; missing is no value, and the same as missing."""
    differ = pc.fill_null(pc.not_equal(old, new), False)
    return positions(pc.or_(differ, pc.xor(pc.is_null(old), pc.is_null(new)))).to_pylist()  # type: ignore[no-any-return]
