"""Read a published package: its tables as pandas frames, their columns, schemas and evidence.

The file of a table is checked against its SHA-256 in datapackage.json before it is parsed.
"""

import hashlib
import json
import os
from functools import cached_property
from importlib import import_module
from types import MethodType
from typing import TYPE_CHECKING, Any

from bakumoscow.choices import READINGS
from bakumoscow.errors import IntegrityError, NotFoundError, raise_if_unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    import pandera.pandas as pa

    from bakumoscow.choices import Format, Reading, TableName
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
    from bakumoscow.views.timeline import timeline as ask_timeline
    from bakumoscow.views.totals import totals as ask_totals

FORMATS = ("parquet", "csv")

# The module in bakumoscow.views of each question, which has a function of its name.
QUESTIONS = {
    "assessments": "sayings",
    "cite": "citation",
    "compare": "comparison",
    "describe": "meanings",
    "dyads": "dyads",
    "evidence": "evidence",
    "levels": "meanings",
    "provenance": "provenance",
    "quotes": "sayings",
    "reactions": "reactions",
    "search": "occurrences",
    "timeline": "timeline",
    "totals": "totals",
}


class LazyMethod:
    """A method of Dataset that is a function in bakumoscow.views, imported when it is first asked for."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, dataset: "Dataset | None", _: object = None) -> "Callable[..., Any]":
        function = getattr(import_module(f"bakumoscow.views.{QUESTIONS[self.name]}"), self.name)
        return function if dataset is None else MethodType(function, dataset)


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

    def tables(self) -> list[str]:
        """The names of the tables. Raises IntegrityError if the descriptor is missing or damaged."""
        return list(self._resources["csv"])

    def path(self, table: "TableName | str", format: "Format | str" = "parquet") -> str:
        """The path of a table's published file; `format` is "parquet" or "csv".

        Raises NotFoundError for an unknown table or format, IntegrityError for a missing file.
        """
        raise_if_unknown(format, FORMATS, "format")
        found = self._full_path(self._resource(table, format)["path"])
        if not os.path.isfile(found):
            raise IntegrityError(f"{found} is missing; {self._remedy}.")
        return found

    def load(
        self, table: "TableName | str", *, reading: "Reading | str" = "coded", voice: str | None = None
    ) -> "pd.DataFrame":
        """A table as a new pandas frame.

        `reading` is "stated" (only what words say, whoever says it), "coded" (the published table, in which some
        dates, parts and relations are conclusions, marked as such) or "filled" (with the empty cells filled for which
        the coder has a conclusion). `voice` lays over it what one actor asserts: its values replace those of the
        reading, what it denies is emptied, and its certainty becomes the row's factuality. It is an actor's id, or
        `article/actor` where several articles have the id.

        Text is `str` (`object` before pandas 3), whole numbers Int64, numbers float64, truth values boolean,
        enumerations category, dates datetime64. `describe(table)` says what each column means, and
        `provenance(table)` where each cell comes from. Raises NotFoundError for an unknown table, reading or voice,
        IntegrityError if the SHA-256 of a file is not the one in the descriptor.

        >>> load("actors", reading="filled").query("country == 'RUS'")
        """
        if reading != "coded" or voice is not None:
            from bakumoscow.readings import Reading

            raise_if_unknown(table, self.tables(), "table")
            return Reading(self, reading, voice)[table].copy()
        from bakumoscow.frames import frame_of

        data = self._checked_bytes(self.path(table), self._resource(table, "parquet")["hash"])
        return frame_of(data, lambda: self._levels(table))

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
        describe = ask_describe
        dyads = ask_dyads
        evidence = ask_evidence
        levels = ask_levels
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

    def _levels(self, table: str) -> dict[str, list[str]]:
        """The levels of a table's enumerations."""
        fields = self._table_schema(table)["fields"]
        return {field["name"]: field["categories"] for field in fields if "categories" in field}

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


for _name in QUESTIONS:
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
