"""Read a published package: its tables as pandas frames, their columns, schemas and evidence.

The file of a table is checked against its SHA-256 in datapackage.json before it is parsed.
"""

import hashlib
import json
import os
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bakumoscow.errors import IntegrityError, NotFoundError, raise_if_unknown
from bakumoscow.views.evidence import evidence as evidence_of

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

FORMATS = ("parquet", "csv")


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
        raise_if_unknown(format, FORMATS, "format")
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

    evidence = evidence_of

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
        raise_if_unknown(table, self.tables(), "table")
        return self._resources[format][table]

    def _table_schema(self, table: str) -> dict[str, Any]:
        name = self._resource(table, "csv")["schema"]
        schema = self._json(name)
        if not {"fields", "foreignKeys", "primaryKey"} <= schema.keys():
            raise IntegrityError(f"{self._full_path(name)} is damaged; {self._remedy}.")
        return schema

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
