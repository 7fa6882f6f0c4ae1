"""What the columns of a table and the levels of an enumeration mean."""

from typing import TYPE_CHECKING

from bakumoscow.errors import NotFoundError, raise_if_unknown

if TYPE_CHECKING:
    import pandas as pd

    from bakumoscow.choices import TableName
    from bakumoscow.dataset import Dataset
    from bakumoscow.model.levels import Levels

LEVEL_COLUMNS = ("level", "meaning", "rows", "column", "table")


def describe(dataset: "Dataset", table: "TableName | str") -> "pd.DataFrame":
    """One row for each column of a table.

    Columns: column, type, mark (key, coded, coder, reference or derived), missing (whether a value may be
    missing), levels (of an enumeration), refers (the table that a foreign key refers to), evidence (the column
    whose claims also back this one), description. Raises NotFoundError, IntegrityError.
    """
    import pandas as pd

    schema = dataset._table_schema(table)
    refers = {key["fields"][-1]: key["reference"].get("resource", table) for key in schema["foreignKeys"]}
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

    enumerations = enumerations_of(column, _tables_with(dataset, column, table))
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


def enumerations_of(column: str, tables: list[str]) -> "list[tuple[list[str], Levels]]":
    """The different enumerations of a column in the tables that have it, each with its tables.

    Raises NotFoundError if it has no levels in any of them.
    """
    from bakumoscow.model.tables import TABLES

    found: list[tuple[list[str], Levels]] = []
    for table in tables:
        own = TABLES[table][column].levels
        same = next((names for names, known in found if known == own), None)
        if same is not None:
            same.append(table)
        elif own is not None:
            found.append(([table], own))
    if not found:
        raise NotFoundError(f"{column} has no levels; describe({tables[0]!r}) says what it means.")
    return found


def _tables_with(dataset: "Dataset", column: str, table: str | None) -> list[str]:
    """The tables that have the column: the given one, or all."""
    from bakumoscow.model.tables import TABLES

    if table is not None:
        raise_if_unknown(table, dataset.tables(), "table")
        raise_if_unknown(column, [each.name for each in TABLES[table].columns], f"column of {table}")
        return [table]
    found = [name for name, model in TABLES.items() if isinstance(column, str) and column in model]
    if not found:  # only the columns that can be meant
        with_levels = (each.name for model in TABLES.values() for each in model.columns if each.levels)
        raise_if_unknown(column, list(dict.fromkeys(with_levels)), "column with levels")
    return found
