"""Read a published package: its tables as pandas frames, their columns, schemas and evidence.

The file of a table is checked against its SHA-256 before it is parsed: that of a Parquet file is in
datapackage-parquet.json, whose own is in datapackage.json.
"""

import hashlib
import json
import os
from functools import cached_property
from importlib import import_module
from types import MethodType
from typing import TYPE_CHECKING, Any

from bakumoscow.choices import READINGS
from bakumoscow.errors import IntegrityError, NotFoundError, arguments_explained, raise_if_unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    import pandera.pandas as pa

    from bakumoscow.choices import Format, Reading, TableName
    from bakumoscow.connection import connect as connect_all
    from bakumoscow.engines import load as load_table
    from bakumoscow.exports import export as export_to
    from bakumoscow.views.citation import cite as ask_cite
    from bakumoscow.views.comparison import compare as ask_compare
    from bakumoscow.views.dyads import dyads as ask_dyads
    from bakumoscow.views.evidence import evidence as ask_evidence
    from bakumoscow.views.meanings import describe as ask_describe
    from bakumoscow.views.meanings import levels as ask_levels
    from bakumoscow.views.occurrences import search as ask_search
    from bakumoscow.views.provenance import provenance as ask_provenance
    from bakumoscow.views.reactions import reactions as ask_reactions
    from bakumoscow.views.sayings import assessments as ask_assessments
    from bakumoscow.views.sayings import quotes as ask_quotes
    from bakumoscow.views.segments import passages as ask_passages
    from bakumoscow.views.timeline import timeline as ask_timeline
    from bakumoscow.views.totals import totals as ask_totals

FORMATS = ("parquet", "csv")
LEVELS = "levels"  # the list of all levels, which is published beside the tables

# The module of each method that is a function of its name, in bakumoscow.views unless the module begins with a point.
FUNCTIONS = {
    "assessments": "sayings",
    "cite": "citation",
    "compare": "comparison",
    "connect": ".connection",
    "describe": "meanings",
    "dyads": "dyads",
    "evidence": "evidence",
    "export": ".exports",
    "levels": "meanings",
    "load": ".engines",
    "passages": "segments",
    "provenance": "provenance",
    "quotes": "sayings",
    "reactions": "reactions",
    "search": "occurrences",
    "timeline": "timeline",
    "totals": "totals",
}


class LazyMethod:
    """A method of Dataset that is a function elsewhere, imported when it is first asked for."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, dataset: "Dataset | None", _: object = None) -> "Callable[..., Any]":
        module = FUNCTIONS[self.name]
        place = f"bakumoscow{module}" if module.startswith(".") else f"bakumoscow.views.{module}"
        function = getattr(import_module(place), self.name)
        return function if dataset is None else arguments_explained(MethodType(function, dataset))


class Dataset:
    """A published package: the one that comes with bakumoscow, or one that `bakumoscow build` made in a directory.

    `bakumoscow.open(directory)` returns one. Its descriptor is read once: open the package again after a build.
    `remedy` is what an error tells the user to do about a missing or damaged file.
    """

    def __init__(self, directory: str, remedy: str = "") -> None:
        self.directory = directory
        self._remedy = remedy or f"run `bakumoscow build {directory}`"
        self._shared: dict[Any, Any] | None = None

    def __repr__(self) -> str:
        return f"<Dataset {self.name} {self.version} in {self.directory}>"

    def __getitem__(self, table: "TableName | str") -> "pd.DataFrame":
        """The table as `load(table)` gives it."""
        return self.load(table)

    def _ipython_key_completions_(self) -> list[str]:
        """What a notebook offers after `dataset["`."""
        return self.tables()

    @property
    def name(self) -> str:
        """The name of the package. Raises IntegrityError."""
        return str(self._descriptor["name"])

    @property
    def version(self) -> str:
        """The version of the package. Raises IntegrityError."""
        return str(self._descriptor["version"])

    @property
    def title(self) -> str:
        """The title of the package; its name if it has none. Raises IntegrityError."""
        return str(self._descriptor.get("title") or self.name)

    @property
    def description(self) -> str:
        """What the package says of itself; empty if it says nothing. Raises IntegrityError."""
        return str(self._descriptor.get("description") or "")

    @property
    def content_hash(self) -> str:
        """The SHA-256 of what all tables say, whatever the format of their files; build/README.md defines it.

        Two packages with the same hash have the same rows in the same order, columns, types and levels. Raises
        IntegrityError, also if the package was built by a version that wrote none.
        """
        found = self._descriptor.get("bakumoscow:contentHash")
        if not isinstance(found, str):
            raise IntegrityError(f"{self._full_path('datapackage.json')} has no content hash; {self._remedy}.")
        return found

    def tables(self) -> list[str]:
        """The names of the tables. Raises IntegrityError if the descriptor is missing or damaged."""
        return [name for name in self._resources["csv"] if name != LEVELS]

    def path(self, table: "TableName | str", format: "Format | str" = "parquet") -> str:
        """The path of a table's published file; `format` is "parquet" or "csv".

        Raises NotFoundError for an unknown table or format, IntegrityError for a missing file.
        """
        raise_if_unknown(format, FORMATS, "format")
        return self._existing(self._resource(table, format))

    def load_all(self) -> "dict[str, pd.DataFrame]":
        """All tables by name. Raises IntegrityError."""
        return {table: self.load(table) for table in self.tables()}

    def schema(
        self, table: "TableName | str", *, reading: "Reading | str" = "coded", voice: str | None = None
    ) -> "pa.DataFrameSchema":
        """A pandera schema that accepts `load(table)` and `pandas.read_parquet(path(table))`.

        With the same `reading` and `voice` it accepts `load(table, reading=..., voice=...)`, in which a few promises
        do not hold: as stated, the event that another one answers may be missing; filled in, or in one voice, a place
        may lack its relation, and a count its words.

        The schema is that of the installed bakumoscow; under pandas 2 it accepts text as `object`. Raises
        NotFoundError for an unknown table or reading.
        """
        self._resource(table, "csv")
        raise_if_unknown(reading, READINGS, "reading")
        from bakumoscow.formats.pandera_schema import pandera_schema
        from bakumoscow.readings.change import EMPTIED, WAIVED

        waived = {*WAIVED[reading], *(WAIVED["voice"] if voice else ())}
        return pandera_schema(table, waived, EMPTIED if reading == "stated" else ())

    if TYPE_CHECKING:
        assessments = ask_assessments
        cite = ask_cite
        compare = ask_compare
        connect = connect_all
        describe = ask_describe
        dyads = ask_dyads
        evidence = ask_evidence
        export = export_to
        levels = ask_levels
        load = load_table
        passages = ask_passages
        provenance = ask_provenance
        quotes = ask_quotes
        reactions = ask_reactions
        search = ask_search
        timeline = ask_timeline
        totals = ask_totals

    @cached_property
    def _descriptor(self) -> dict[str, Any]:
        return self._json("datapackage.json")

    @cached_property
    def _resources(self) -> dict[str, dict[str, dict[str, Any]]]:
        """The resources of both descriptors, by format and name."""
        try:
            other = self._descriptor["bakumoscow:parquet"]
            parquet = self._parsed(other["path"], self._checked_bytes(other))
            resources = {"csv": self._descriptor["resources"], "parquet": parquet["resources"]}
            found = {format: {each["name"]: each for each in resources[format]} for format in FORMATS}
            for each in [*found["csv"].values(), *found["parquet"].values()]:
                if not all(isinstance(each[key], str) for key in ("path", "hash", "schema")):
                    raise TypeError
            if found["csv"].keys() != found["parquet"].keys() or LEVELS not in found["csv"]:
                raise KeyError
            if not {"name", "version"} <= self._descriptor.keys():
                raise KeyError
        except (KeyError, TypeError, AttributeError) as error:
            descriptor = self._full_path("datapackage.json")
            raise IntegrityError(f"{descriptor} is of an older version or damaged; {self._remedy}.") from error
        return found

    def _resource(self, table: str, format: str) -> dict[str, Any]:
        raise_if_unknown(table, self.tables(), "table")
        return self._resources[format][table]

    def _table_schema(self, table: str) -> dict[str, Any]:
        name = self._resource(table, "csv")["schema"]
        schema = self._json(name)
        if not {"fields", "primaryKey"} <= schema.keys():
            raise IntegrityError(f"{self._full_path(name)} is damaged; {self._remedy}.")
        return schema

    def _levels(self, table: str) -> dict[str, list[str]]:
        """The levels of a table's enumerations."""
        fields = self._table_schema(table)["fields"]
        return {field["name"]: field["categories"] for field in fields if "categories" in field}

    def _level_list(self) -> "pd.DataFrame":
        """The levels of all columns: record_table, field, level, level_number, meaning."""
        from bakumoscow.frames import frame_of

        return frame_of(self._checked_bytes(self._resources["parquet"][LEVELS]), dict)

    def _full_path(self, name: str) -> str:
        return os.path.join(self.directory, *name.split("/"))

    def _existing(self, resource: dict[str, Any]) -> str:
        found = self._full_path(resource["path"])
        if not os.path.isfile(found):
            raise IntegrityError(f"{found} is missing; {self._remedy}.")
        return found

    def _json(self, name: str) -> dict[str, Any]:
        """The JSON object in a file."""
        found = self._full_path(name)
        try:
            with open(found, "rb") as file:
                data = file.read()
        except OSError as error:
            raise IntegrityError(f"{found} is missing or damaged; {self._remedy}.") from error
        return self._parsed(name, data)

    def _parsed(self, name: str, data: bytes) -> dict[str, Any]:
        try:
            content = json.loads(data)
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict):
            raise IntegrityError(f"{self._full_path(name)} is damaged; {self._remedy}.")
        return content

    def _checked_bytes(self, resource: dict[str, Any]) -> bytes:
        """The bytes of a file that a descriptor names with its SHA-256."""
        found = self._existing(resource)
        try:
            with open(found, "rb") as file:
                data = file.read()
        except OSError as error:
            raise IntegrityError(f"{found} cannot be read: {error.strerror}.") from error
        if f"sha256:{hashlib.sha256(data).hexdigest()}" != resource["hash"]:
            raise IntegrityError(f"{found} does not have the SHA-256 of its descriptor; {self._remedy}.")
        return data


for _name in FUNCTIONS:
    setattr(Dataset, _name, LazyMethod(_name))


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
