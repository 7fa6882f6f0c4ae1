"""The published package, read: tables as pandas frames, their columns, schemas and evidence.

Every file is checked against its SHA-256 in datapackage.json before anything is made of it.
"""

import hashlib
import json
import os
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

FORMATS = ("parquet", "csv")
SHOWN = 40  # names that an error lists at most
EVIDENCE_COLUMNS = (  # the words first: a printed frame shows its first columns
    "quoted_text",
    "field",
    "claimed_value",
    "speaker",
    "factuality",
    "support",
    "claim_rank",
    "sentence_number",
    "char_start",
    "char_end",
    "asserted_by",
    "note",
    "claim_id",
    "article_id",
)


class NotFoundError(LookupError):
    """A table, column, row or format that does not exist; the message lists what does."""


class IntegrityError(Exception):
    """A published file that is missing or does not have the SHA-256 of the descriptor."""


def tables() -> list[str]:
    """The names of the thirteen tables.

    Raises IntegrityError if the descriptor is missing or damaged.
    """
    return [name for name in _resources() if not name.endswith("-parquet")]


def path(table: str, format: str = "parquet") -> str:
    """The path of a table's published file; `format` is "parquet" or "csv".

    Raises NotFoundError for an unknown table or format, IntegrityError for a missing file.
    """
    _known(format, FORMATS, "format")
    found = os.path.join(root(), *_resource(table, format)["path"].split("/"))
    if not os.path.isfile(found):
        raise IntegrityError(f"{found} is missing; install the package again, or run `bakumoscow build`.")
    return found


def load(table: str) -> "pd.DataFrame":
    """A table as a new pandas frame: str, Int64, float64, boolean, category and datetime64 columns.

    `describe(table)` tells what each column means. Raises NotFoundError for an unknown table,
    IntegrityError if the file does not have the SHA-256 of the descriptor.
    """
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    data = _checked(path(table), _resource(table, "parquet")["hash"])
    frame: pd.DataFrame = ParquetFile(pa.BufferReader(data)).read().to_pandas(date_as_object=False)
    return frame.copy()  # what Arrow hands over cannot be written to


def load_all() -> "dict[str, pd.DataFrame]":
    """All thirteen tables by name. Raises IntegrityError."""
    return {table: load(table) for table in tables()}


def describe(table: str) -> "pd.DataFrame":
    """One row for each column of a table.

    Columns: column, type, mark (key, coded, coder, reference, derived), missing (whether a value may be),
    levels (of an enumeration), refers (the table that it is a key of), evidence (the column whose claims
    cover it), description. Raises NotFoundError, IntegrityError.
    """
    import pandas as pd

    schema = _table_schema(table)
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
    text = dict.fromkeys(("column", "type", "mark", "levels", "refers", "evidence", "description"), "str")
    return pd.DataFrame(rows).astype(text)


def schema(table: str) -> "pa.DataFrameSchema":
    """A pandera schema that accepts `load(table)` and `pandas.read_parquet(path(table))`.

    Raises NotFoundError for an unknown table.
    """
    _resource(table, "csv")
    from bakumoscow.formats.pandera_schema import pandera_schema

    return pandera_schema(table)


def evidence(
    table: str, row_id: "str | int", field: str | None = None, *, article_id: str | None = None
) -> "pd.DataFrame":
    """The claims behind a row, or behind one of its cells, preferred ones first.

    `row_id` is the row's key within its article (`aktau-crash-deaths`; for sentences a number, which gives
    the claims that rest on the sentence), or article and key as a cell is cited
    (`has-russia-lost-azerbaijan/aktau-crash-deaths`); without an article it is looked up in all. `field` is
    a column: a coded one has claims of its own or those of the column that covers it, a key or a column of
    the coder's vocabulary stands on the row's claims.

    Columns: quoted_text (the words), field, claimed_value, speaker (the name of whose claim it is),
    factuality, support, claim_rank, sentence_number, char_start and char_end (code points of the article
    from 0, end excluded), asserted_by (the speaker's actor_id), note, claim_id, article_id. Without rows
    where a cell has no claims, such as a coordinate. Raises NotFoundError for an unknown table, row, column
    or article, IntegrityError.
    """
    _known(table, tables(), "table")
    claims = load("claims")
    if "/" in str(row_id) and article_id in (None, str(row_id).split("/", 1)[0]):  # as a cell is cited
        article_id, row_id = str(row_id).split("/", 1)
    rows = _rows(table, str(row_id), article_id)
    if table == "sentences":
        chosen = claims["sentence_number"] == int(row_id)
    elif table == "claims":
        chosen = claims["claim_id"] == str(row_id)
    else:
        levels = list(claims["record_table"].cat.categories)
        if table not in levels:
            raise NotFoundError(f"rows of {table} have no claims; rows of {', '.join(levels)} have.")
        chosen = (claims["record_table"] == table) & (claims["record_id"] == str(row_id))
    chosen &= claims["article_id"].isin(rows)
    if field is not None:
        columns = describe(table).set_index("column")
        _known(field, list(columns.index), f"column of {table}")
        if table not in ("claims", "sentences"):  # whose claims are the same for every column
            rows_alone = columns.loc[field, "mark"] in ("key", "coder")
            covering = _covering(field, columns["evidence"])
            chosen &= claims["field"].isna() if rows_alone else claims["field"].isin(covering)
    voices = load("actors")[["article_id", "actor_id", "name"]]
    voices = voices.rename(columns={"actor_id": "asserted_by", "name": "speaker"})
    found = claims.assign(on_cell=claims["field"].notna())[chosen].merge(voices, how="left")
    found = found.sort_values(["claim_rank", "on_cell"], kind="stable")
    return found[list(EVIDENCE_COLUMNS)].reset_index(drop=True)


def root() -> str:
    """The folder that holds datapackage.json: inside an installed package, or the repository's own."""
    here = os.path.dirname(os.path.abspath(__file__))
    installed = os.path.join(here, "published")
    return installed if os.path.isdir(installed) else os.path.dirname(os.path.dirname(here))


def _covering(field: str, evidence_of: "pd.Series[str]") -> list[str]:
    """A column and those whose claims cover it."""
    import pandas as pd

    chain = [field]
    while pd.notna(evidence_of[chain[-1]]):
        chain.append(evidence_of[chain[-1]])
    return chain


def _rows(table: str, row_id: str, article_id: str | None) -> list[str]:
    """The articles that have the row."""
    frame = load(table)
    key = _table_schema(table)["primaryKey"][-1]
    if article_id is not None:
        _known(article_id, sorted(set(frame["article_id"])), "article")
        frame = frame[frame["article_id"] == article_id]
    ids = frame[key].astype("str")
    _known(row_id, list(dict.fromkeys(ids)), f"row of {table}")
    return list(frame["article_id"][ids == row_id])


def _known(name: str, names: "list[str] | tuple[str, ...]", what: str) -> None:
    if not isinstance(name, str) or name not in names:
        near = get_close_matches(str(name), names, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else "."
        shown = ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
        raise NotFoundError(f"there is no {what} {name!r}{hint} There are: {shown}.")


def _resource(table: str, format: str) -> dict[str, Any]:
    _known(table, tables(), "table")
    return _resources()[table if format == "csv" else f"{table}-parquet"]


def _resources() -> dict[str, dict[str, Any]]:
    descriptor = _json("datapackage.json")
    try:
        found = {resource["name"]: resource for resource in descriptor["resources"]}
        tables = [name for name in found if not name.endswith("-parquet")]
        complete = all(
            isinstance(found[name][key], str)
            for table in tables
            for name in (table, f"{table}-parquet")
            for key in ("path", "hash", "schema")
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise IntegrityError(f"{os.path.join(root(), 'datapackage.json')} is damaged.") from error
    if not complete:
        raise IntegrityError(f"{os.path.join(root(), 'datapackage.json')} is damaged.")
    return found


def _table_schema(table: str) -> Any:
    name = _resource(table, "csv")["schema"]
    schema = _json(name)
    if not isinstance(schema, dict) or not {"fields", "foreignKeys", "primaryKey"} <= schema.keys():
        raise IntegrityError(f"{os.path.join(root(), *name.split('/'))} is damaged; install the package again.")
    return schema


def _json(name: str) -> Any:
    found = os.path.join(root(), *name.split("/"))
    try:
        with open(found, "rb") as file:
            return json.load(file)
    except (OSError, ValueError, RecursionError) as error:
        raise IntegrityError(f"{found} is missing or damaged; install the package again.") from error


def _checked(found: str, expected: str) -> bytes:
    try:
        with open(found, "rb") as file:
            data = file.read()
    except OSError as error:
        raise IntegrityError(f"{found} cannot be read: {error.strerror}.") from error
    if f"sha256:{hashlib.sha256(data).hexdigest()}" != expected:
        raise IntegrityError(
            f"{found} does not have the SHA-256 of datapackage.json; "
            "install the package again, or run `bakumoscow build`."
        )
    return data
