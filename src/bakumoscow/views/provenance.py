"""Where each cell of a table comes from, and who says it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bakumoscow.choices import PROVENANCE
from bakumoscow.errors import raise_if_unknown
from bakumoscow.model.column import Column
from bakumoscow.model.levels import DENIED
from bakumoscow.model.table import Table
from bakumoscow.model.tables import TABLES
from bakumoscow.readings import Reading

if TYPE_CHECKING:
    import pandas as pd

    from bakumoscow.choices import Provenance, TableName
    from bakumoscow.choices import Reading as ReadingName
    from bakumoscow.dataset import Dataset

BASES = ("stated", "inferred", "coder", "reference", "derived", "key", "denied", "disputed", "missing")


def provenance(
    dataset: "Dataset",
    table: "TableName | str",
    *,
    reading: "ReadingName | str" = "coded",
    voice: str | None = None,
    what: "Provenance | str" = "basis",
) -> "pd.DataFrame":
    """Where each cell of a table comes from, in a frame of the same shape as the table.

    With `what="basis"` each cell is one of: stated (the words say it), inferred (the coder concludes it), coder (the
    coder's own vocabulary, or a link between rows), reference (from outside the article), derived (computed by the
    build), key, denied (the voice says that it is not so), disputed (conclusions, or the assertions of one voice,
    differ, so it is empty), missing. With `what="voice"` it is the id of the actor who asserts the cell or, if nobody
    asserts the cell alone, the row; missing where there is none.

    The frame has the rows and columns of `load(table)` with the same `reading` and `voice`. Raises NotFoundError,
    IntegrityError.

    >>> provenance("casualties")["perpetrator_id"].value_counts()
    """
    raise_if_unknown(table, dataset.tables(), "table")
    raise_if_unknown(what, PROVENANCE, "provenance")
    tables = Reading(dataset, reading, voice)
    return _bases(tables, TABLES[table]) if what == "basis" else _voices(tables, TABLES[table])


def _bases(tables: Reading, table: Table) -> "pd.DataFrame":
    import pandas as pd

    frame = tables[table.name]
    found = pd.DataFrame({column.name: column.mark for column in table.columns}, index=frame.index, dtype=object)
    claims = _preferred(tables, table)
    basis = claims["support"].astype(object).map({"explicit": "stated", "inferred": "inferred"})
    basis = basis.mask(claims["factuality"].isin(DENIED), "denied")
    for column in table.marked("coded"):
        of_claims = _of_claims(table, column, claims, basis, frame.index)
        found[column.name] = of_claims.where(of_claims.notna(), "coder")
    found = found.mask(frame.isna(), "missing")
    _overlay(found, table, {(change.row, change.column): change.basis for change in tables.changes(table.name)})
    return found.astype(pd.CategoricalDtype(list(BASES)))


def _voices(tables: Reading, table: Table) -> "pd.DataFrame":
    import pandas as pd

    frame = tables[table.name]
    claims = _preferred(tables, table)
    on_rows = claims[claims["field"].isna()]
    on_row = dict(zip(on_rows["row"], on_rows["asserted_by"], strict=True))
    of_row = pd.Series(on_row, index=frame.index, dtype=object)
    of_row = next((frame[name] for name in ("voice", "asserted_by") if name in frame), of_row)
    found = pd.DataFrame(index=frame.index, columns=frame.columns, dtype=object)
    for column in table.columns:
        chain = set(table.covering(column.name)) & set(table.claimable)
        if chain:
            found[column.name] = _of_claims(table, column, claims, claims["asserted_by"], frame.index)
        elif column.mark in ("key", "coder", "derived"):
            found[column.name] = of_row
    found = found.mask(frame.isna())
    voices = {
        (change.row, change.column): change.voice if change.value is not None or change.basis == "denied" else None
        for change in tables.changes(table.name)
    }
    _overlay(found, table, voices)
    for column in table.marked("derived"):
        if column.covered_by in table.claimable:
            found[column.name] = found[column.covered_by].mask(frame[column.name].isna())
    return found.astype(frame["article_id"].dtype)


def _overlay(found: "pd.DataFrame", table: Table, values: Mapping[tuple[int, str], Any]) -> None:
    """Set what is said of changed cells that claims can be about."""
    for name in table.claimable:
        rows = {row: value for (row, column), value in values.items() if column == name}
        if rows:
            found.loc[list(rows), name] = list(rows.values())


def _preferred(tables: Reading, table: Table) -> "pd.DataFrame":
    """The preferred claims on the rows of a table, each with the number of its row; none if its rows have no claims."""
    claims = tables.claims_on(table.name) if table.claimable else tables.claims.iloc[:0].assign(row=0)
    return claims[claims["claim_rank"] == "preferred"]


def _of_claims(
    table: Table, column: Column, claims: "pd.DataFrame", values: "pd.Series[Any]", index: "pd.Index[Any]"
) -> "pd.Series[Any]":
    """For each row, a value of the claim on a column, or on one that covers it: the nearest that has a claim."""
    import pandas as pd

    found: dict[int, Any] = {}
    for name in reversed(table.covering(column.name)):
        is_on = claims["field"] == name
        found |= dict(zip(claims["row"][is_on], values[is_on], strict=True))
    return pd.Series(found, index=index, dtype=object)
