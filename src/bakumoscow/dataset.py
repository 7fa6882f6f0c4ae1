"""Read a published package: its tables as pandas frames, their columns, schemas and evidence.

The file of a table is checked against its SHA-256 in datapackage.json before it is parsed.
"""

import hashlib
import json
import os
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

FORMATS = ("parquet", "csv")
NAMES_IN_ERROR = 40  # an error lists at most so many names
EVIDENCE_COLUMNS = (  # the words come first, because a printed frame shows its first columns
    *(
        "quoted_text",
        "field",
        "claimed_value",
        "speaker",
        "factuality",
        "certainty_text",
        "support",
        "claim_rank",
        "sentence_number",
    ),
    *("char_start", "char_end", "asserted_by", "note", "claim_id", "article_id"),
)


class NotFoundError(LookupError):
    """A package, table, column, row or format that does not exist; the message lists what does."""


class IntegrityError(Exception):
    """A published file is missing or damaged, or its SHA-256 is not the one in the descriptor."""


class Dataset:
    """A published package: the one that comes with bakumoscow, or one that `bakumoscow build` made in a directory.

    `bakumoscow.open(directory)` returns one. Its descriptor is read once: open the package again after a build.
    `remedy` is what an error tells the user to do about a missing or damaged file.
    """

    def __init__(self, directory: str, remedy: str = "") -> None:
        self.directory = directory
        self._remedy = remedy or f"run `bakumoscow build {directory}`"

    def __repr__(self) -> str:
        return f"<Dataset {self.name} {self.version} in {self.directory}>"

    @property
    def name(self) -> str:
        """The name of the package. Raises IntegrityError."""
        return str(self._descriptor["name"])

    @property
    def version(self) -> str:
        """The version of the package. Raises IntegrityError."""
        return str(self._descriptor["version"])

    def tables(self) -> list[str]:
        """The names of the tables. Raises IntegrityError if the descriptor is missing or damaged."""
        return list(self._resources["csv"])

    def path(self, table: str, format: str = "parquet") -> str:
        """The path of a table's published file; `format` is "parquet" or "csv".

        Raises NotFoundError for an unknown table or format, IntegrityError for a missing file.
        """
        _raise_if_unknown(format, FORMATS, "format")
        found = self._full_path(self._resource(table, format)["path"])
        if not os.path.isfile(found):
            raise IntegrityError(f"{found} is missing; {self._remedy}.")
        return found

    def load(self, table: str) -> "pd.DataFrame":
        """A table as a new pandas frame.

        Text is `str` (`object` before pandas 3), whole numbers Int64, numbers float64, truth values boolean,
        enumerations category, dates datetime64. `describe(table)` says what each column means. Raises
        NotFoundError for an unknown table, IntegrityError if the SHA-256 of the file is not the one in the descriptor.
        """
        from bakumoscow.frames import frame_of

        data = self._checked_bytes(self.path(table), self._resource(table, "parquet")["hash"])
        fields = self._table_schema(table)["fields"]
        return frame_of(data, {field["name"]: field["categories"] for field in fields if "categories" in field})

    def load_all(self) -> "dict[str, pd.DataFrame]":
        """All tables by name. Raises IntegrityError."""
        return {table: self.load(table) for table in self.tables()}

    def describe(self, table: str) -> "pd.DataFrame":
        """One row for each column of a table.

        Columns: column, type, mark (key, coded, coder, reference or derived), missing (whether a value may be
        missing), levels (of an enumeration), refers (the table that a foreign key refers to), evidence (the column
        whose claims also back this one), description. Raises NotFoundError, IntegrityError.
        """
        import pandas as pd

        schema = self._table_schema(table)
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

    def schema(self, table: str) -> "pa.DataFrameSchema":
        """A pandera schema that accepts `load(table)` and `pandas.read_parquet(path(table))`.

        The schema is that of the installed bakumoscow; under pandas 2 it accepts text as `object`. Raises
        NotFoundError for an unknown table.
        """
        self._resource(table, "csv")
        from bakumoscow.formats.pandera_schema import pandera_schema

        return pandera_schema(table)

    def evidence(
        self, table: str, row_id: "str | int", field: str | None = None, *, article_id: str | None = None
    ) -> "pd.DataFrame":
        """The claims behind a row, or behind one of its cells, preferred ones first.

        `row_id` is the key of the row within its article, such as `aktau-crash-deaths`. For sentences it is a
        number, and the claims are those that quote the sentence. It may also be article and key, as in a citation:
        `has-russia-lost-azerbaijan/aktau-crash-deaths`. Without an article, the rows of all articles are searched.
        `field` is a column. A coded column is backed by its own claims, or by those of the column that covers it;
        a key or a column marked coder is backed by the claims on the row.

        Columns: quoted_text (the words), field, claimed_value, speaker (the name of the actor who asserts the
        claim), factuality, certainty_text (the words that make it uncertain), support, claim_rank, sentence_number,
        char_start and char_end (code points of the article from 0, end excluded), asserted_by (the speaker's
        actor_id), note, claim_id, article_id. The frame is empty if a cell has no claims, such as a coordinate.
        Raises NotFoundError for an unknown table, row, column or article, and IntegrityError.
        """
        _raise_if_unknown(table, self.tables(), "table")
        claims = self.load("claims")
        if "/" in str(row_id) and article_id in (None, str(row_id).split("/", 1)[0]):  # as in a citation
            article_id, row_id = str(row_id).split("/", 1)
        articles = self._articles_with(table, str(row_id), article_id)
        if table == "sentences":
            sentences = self.load("sentences")
            sentences = sentences[sentences["sentence_number"] == int(row_id)]
            first, last = (
                claims["article_id"].map(sentences.set_index("article_id")[end]) for end in ("char_start", "char_end")
            )
            chosen = (claims["char_start"] < last) & (claims["char_end"] > first)
        elif table == "claims":
            chosen = claims["claim_id"] == str(row_id)
        else:
            levels = list(claims["record_table"].cat.categories)
            if table not in levels:
                raise NotFoundError(f"rows of {table} have no claims; rows of these tables do: {', '.join(levels)}.")
            chosen = (claims["record_table"] == table) & (claims["record_id"] == str(row_id))
        chosen &= claims["article_id"].isin(articles)
        if field is not None:
            columns = self.describe(table).set_index("column")
            _raise_if_unknown(field, list(columns.index), f"column of {table}")
            if table not in ("claims", "sentences"):  # there the claims are the same for every column
                backing = _backing_columns(field, columns["evidence"])
                marks = ("key", "coder") if len(backing) > 1 else ("key", "coder", "derived")
                backed_by_row = columns.loc[field, "mark"] in marks
                chosen &= claims["field"].isna() if backed_by_row else claims["field"].isin(backing)
        voices = self.load("actors")[["article_id", "actor_id", "name"]]
        voices = voices.rename(columns={"actor_id": "asserted_by", "name": "speaker"})
        found = claims.assign(on_cell=claims["field"].notna())[chosen].merge(voices, how="left")
        found = found.sort_values(["claim_rank", "on_cell"], kind="stable")
        return found[list(EVIDENCE_COLUMNS)].reset_index(drop=True)

    @cached_property
    def _descriptor(self) -> dict[str, Any]:
        return self._json("datapackage.json")

    @cached_property
    def _resources(self) -> dict[str, dict[str, dict[str, Any]]]:
        """The descriptor's resources by format and table."""
        found: dict[str, dict[str, dict[str, Any]]] = {format: {} for format in FORMATS}
        try:
            for resource in self._descriptor["resources"]:
                table = resource["name"].removesuffix("-parquet")
                found["csv" if table == resource["name"] else "parquet"][table] = resource
                complete = all(isinstance(resource[key], str) for key in ("path", "hash", "schema"))
                if not complete:
                    raise TypeError
            if found["csv"].keys() != found["parquet"].keys() or not {"name", "version"} <= self._descriptor.keys():
                raise KeyError
        except (KeyError, TypeError, AttributeError) as error:
            raise IntegrityError(f"{self._full_path('datapackage.json')} is damaged; {self._remedy}.") from error
        return found

    def _resource(self, table: str, format: str) -> dict[str, Any]:
        _raise_if_unknown(table, self.tables(), "table")
        return self._resources[format][table]

    def _table_schema(self, table: str) -> dict[str, Any]:
        name = self._resource(table, "csv")["schema"]
        schema = self._json(name)
        if not {"fields", "foreignKeys", "primaryKey"} <= schema.keys():
            raise IntegrityError(f"{self._full_path(name)} is damaged; {self._remedy}.")
        return schema

    def _articles_with(self, table: str, row_id: str, article_id: str | None) -> list[str]:
        """The articles that have the row."""
        frame = self.load(table)
        key = self._table_schema(table)["primaryKey"][-1]
        if article_id is not None:
            _raise_if_unknown(article_id, sorted(set(frame["article_id"])), "article")
            frame = frame[frame["article_id"] == article_id]
        ids = frame[key].astype("str")
        _raise_if_unknown(row_id, list(dict.fromkeys(ids)), f"row of {table}")
        return list(frame["article_id"][ids == row_id])

    def _full_path(self, name: str) -> str:
        return os.path.join(self.directory, *name.split("/"))

    def _json(self, name: str) -> dict[str, Any]:
        found = self._full_path(name)
        try:
            with open(found, "rb") as file:
                content = json.load(file)
        except (OSError, ValueError, RecursionError) as error:
            raise IntegrityError(f"{found} is missing or damaged; {self._remedy}.") from error
        if not isinstance(content, dict):
            raise IntegrityError(f"{found} is damaged; {self._remedy}.")
        return content

    def _checked_bytes(self, found: str, expected: str) -> bytes:
        try:
            with open(found, "rb") as file:
                data = file.read()
        except OSError as error:
            raise IntegrityError(f"{found} cannot be read: {error.strerror}.") from error
        if f"sha256:{hashlib.sha256(data).hexdigest()}" != expected:
            raise IntegrityError(f"{found} does not have the SHA-256 of datapackage.json; {self._remedy}.")
        return data


def open_dataset(directory: "str | os.PathLike[str]") -> Dataset:
    """The package that `bakumoscow build` made in a directory.

    Raises NotFoundError if the directory has no descriptor, IntegrityError if the descriptor is damaged.
    """
    found = os.fspath(directory)
    if not os.path.isfile(os.path.join(found, "datapackage.json")):
        raise NotFoundError(f"{found} holds no datapackage.json; run `bakumoscow build {found}` first.")
    dataset = Dataset(found)
    dataset.tables()
    return dataset


def installed() -> Dataset:
    """The package that comes with bakumoscow: beside its code; in a clone, the clone itself."""
    here = os.path.dirname(os.path.abspath(__file__))
    if not os.path.isdir(here):
        raise IntegrityError(f"{here} is in an archive, from which no table can be read; install bakumoscow with pip.")
    published = os.path.join(here, "published")
    if os.path.isdir(published):
        return Dataset(published, "install bakumoscow again")
    return Dataset(os.path.dirname(os.path.dirname(here)))


def _backing_columns(field: str, evidence_of: "pd.Series[str]") -> list[str]:
    """A column, and the columns whose claims also back it."""
    import pandas as pd

    chain = [field]
    while pd.notna(evidence_of[chain[-1]]):
        chain.append(evidence_of[chain[-1]])
    return chain


def _raise_if_unknown(name: str, names: "list[str] | tuple[str, ...]", what: str) -> None:
    if not isinstance(name, str) or name not in names:
        near = get_close_matches(str(name), names, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else "."
        shown = ", ".join(names[:NAMES_IN_ERROR])
        shown += f" and {len(names) - NAMES_IN_ERROR} more" if len(names) > NAMES_IN_ERROR else ""
        raise NotFoundError(f"there is no {what} {name!r}{hint} There are: {shown}.")
