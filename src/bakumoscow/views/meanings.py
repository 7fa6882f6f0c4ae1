"""What the columns of a table and the levels of an enumeration mean."""

from typing import TYPE_CHECKING

from bakumoscow.errors import NotFoundError, raise_if_unknown

if TYPE_CHECKING:
    import pandas as pd

    from bakumoscow.choices import TableName
    from bakumoscow.dataset import Dataset

LEVEL_COLUMNS = ("level", "meaning", "rows", "column", "table")


def describe(dataset: "Dataset", table: "TableName | str") -> "pd.DataFrame":
    """One row for each column of a table.

    Columns: column, type, mark (key, coded, coder, reference or derived), missing (whether a value may be
    missing), levels (of an enumeration), refers (the table that a foreign key refers to), evidence (the column
    whose claims also back this one), description. Raises NotFoundError, IntegrityError.
    """
    import pandas as pd

    schema = dataset._table_schema(table)
    refers = {key["fields"][-1]: key["reference"]["resource"] or table for key in schema.get("foreignKeys", [])}
    rows = [
        {
            "column": field["name"],
            "type": "enumeration" if "categories" in field else field["type"].replace("string", "text"),
            "mark": field["bakumoscow:mark"],
            "missing": not field.get("constraints", {}).get("required", False),
            "levels": ", ".join(field.get("categories", [])) or None,
            "refers": refers.get(field["name"]),
            "evidence": field.get("bakumoscow:evidence"),
            "description": field["description"],
        }
        for field in schema["fields"]
    ]
    text = pd.Series(["a"]).dtype  # str, or object before pandas 3, where `astype("str")` would write 'None'
    return pd.DataFrame(rows).astype({column: text for column in rows[0] if column != "missing"})


def levels(dataset: "Dataset", column: str, table: "TableName | str | None" = None) -> "pd.DataFrame":
    """The levels of an enumeration with their meanings, in their fixed order.

    Columns: level, meaning, rows (how many rows of the package have the level, 0 included), column, table. If
    several tables have the column with the same levels, such as factuality, `table` joins their names and `rows`
    is their sum. If the levels differ, such as those of kind, `table` has to be given.

    >>> bakumoscow.levels("factuality")
    >>> bakumoscow.levels("kind", "events")

    Raises NotFoundError for an unknown column or table, a column without levels, and a column whose levels differ
    between tables; IntegrityError.
    """
    import pandas as pd

    enumerations = _enumerations(dataset, column, table)
    if len(enumerations) > 1:
        choices = [", ".join(tables) for tables, _ in enumerations]
        raise NotFoundError(
            f"the levels of {column} differ between tables. Name one of them, such as "
            f"levels({column!r}, {enumerations[0][0][0]!r}). There are: {'; '.join(choices)}."
        )
    tables, meanings = enumerations[0]
    names = ", ".join(tables)
    count = pd.concat([dataset.load(each)[column].astype(object) for each in tables]).value_counts()
    rows = [(level, meaning, int(count.get(level, 0)), column, names) for level, meaning in meanings.items()]
    return pd.DataFrame(rows, columns=list(LEVEL_COLUMNS))


def _enumerations(dataset: "Dataset", column: str, table: str | None) -> list[tuple[list[str], dict[str, str]]]:
    """The different enumerations of a column: the tables that share each, and its levels with their meanings.

    Raises NotFoundError for an unknown column or table, and for a column without levels.
    """
    known = dataset._level_list()
    if table is not None:
        raise_if_unknown(table, dataset.tables(), "table")
    is_meant = (known["field"] == str(column)) & (known["record_table"].isin([table]) | (table is None))
    found: list[tuple[list[str], dict[str, str]]] = []
    for name, rows in known[is_meant].groupby("record_table", sort=False):
        meanings = dict(zip(rows["level"], rows["meaning"], strict=True))
        same = next((tables for tables, others in found if others == meanings), None)
        if same is not None:
            same.append(str(name))
        else:
            found.append(([str(name)], meanings))
    if not found:
        _raise_without_levels(dataset, column, table, list(known["field"].unique()))
    return found


def _raise_without_levels(dataset: "Dataset", column: str, table: str | None, with_levels: list[str]) -> None:
    """Raise the NotFoundError of a column that is unknown or has no levels."""
    columns = {
        name: [field["name"] for field in dataset._table_schema(name)["fields"]]
        for name in ([table] if table is not None else dataset.tables())
    }
    having = [name for name, known in columns.items() if column in known]
    if table is not None:
        raise_if_unknown(column, columns[table], f"column of {table}")
    elif not having:  # only the columns that can be meant
        raise_if_unknown(column, with_levels, "column with levels")
    raise NotFoundError(f"{column} has no levels; describe({having[0]!r}) says what it means.")
