"""The three judges: this package, its pandera models alone, and frictionless with its Table Schemas."""

import copy
import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import frictionless
import pandas as pd
import pandera.pandas as pa
import pyarrow
import pyarrow.compute as pc

from bakumoscow.checks import models as checks_of_models
from bakumoscow.contract import contracts
from bakumoscow.export.table_schema import table_schema
from bakumoscow.models import MODELS
from bakumoscow.models.columns import CELLS
from bakumoscow.pipeline.examine import examine
from bakumoscow.pipeline.read import ARROW_TYPES, hand_coded
from tools.proof.clean import Clean
from tools.proof.faults.files import Files
from tools.proof.mutants import Mutant, spoiled_files


@dataclass(frozen=True)
class Found:
    """What a judge says: the file, and the line and column where it names them."""

    file: str
    line: int | None
    column: str | None
    rule: str
    warning: bool = False


class _Remembering:
    """A schema that knows the clean table: pandera is not asked again about a frame that is equal to it."""

    def __init__(self, schema: pa.DataFrameSchema, clean: pd.DataFrame) -> None:
        self.schema, self.clean = schema, clean
        self.unique, self.checks = schema.unique, schema.checks

    def validate(self, frame: pd.DataFrame, lazy: bool) -> Any:
        if frame.equals(self.clean):
            return frame
        schema = copy.copy(self.schema)
        schema.unique = self.unique
        return schema.validate(frame, lazy=lazy)


class _Model:
    def __init__(self, schema: _Remembering) -> None:
        self.schema = schema

    def to_schema(self) -> _Remembering:
        return self.schema


class Judges:
    """The judges on one copy of the package, in which only the spoiled files are rewritten."""

    def __init__(self, clean: Clean, directory: Path) -> None:
        self.clean, self.directory = clean, directory
        for path, raw in clean.files.items():
            (directory / path).parent.mkdir(parents=True, exist_ok=True)
            (directory / path).write_bytes(raw)
        examination = examine(directory)
        assert not examination.findings.items, "the frozen package has problems of its own"
        self.tables = examination.tables
        frames = {name: table.to_pandas(types_mapper=pd.ArrowDtype) for name, table in self.tables.items()}
        self._models = {name: _Model(_Remembering(model.to_schema(), frames[name])) for name, model in MODELS.items()}

    def all(self, mutant: Mutant) -> dict[str, list[Found]]:
        """What each judge says."""
        return {"ours": self.ours(mutant), "pandera": self.pandera(mutant), "frictionless": self.frictionless(mutant)}

    @contextmanager
    def spoiled(self, files: Files) -> Iterator[None]:
        """The copy with some files changed."""
        try:
            for path, raw in files.items():
                if raw is None:
                    (self.directory / path).unlink()
                else:
                    (self.directory / path).write_bytes(raw)
            yield
        finally:
            for path in files:
                if path in self.clean.files:
                    (self.directory / path).write_bytes(self.clean.files[path])
                else:
                    (self.directory / path).unlink(missing_ok=True)

    def ours(self, mutant: Mutant, remembering: bool = True) -> list[Found]:
        """This package on the spoiled package."""
        return self.examined(spoiled_files(self.clean, mutant), remembering)

    def examined(self, files: Files, remembering: bool = True) -> list[Found]:
        """This package's examination of the whole; tables that are as they were are not judged again by pandera."""
        chosen = self._models if remembering else MODELS
        with self.spoiled(files), mock.patch.object(checks_of_models, "MODELS", chosen):
            items = examine(self.directory).findings.items
        return [Found(item.file, item.line, item.column, item.rule, item.severity == "warning") for item in items]

    def pandera(self, mutant: Mutant) -> list[Found]:
        """The model of each spoiled table on its frame."""
        found: list[Found] = []
        for path, raw in spoiled_files(self.clean, mutant).items():
            name = Path(path).stem
            if name in MODELS and path.startswith("data/"):
                found += self._model(name, path, raw)
        return found

    def _model(self, name: str, path: str, raw: bytes | None) -> list[Found]:
        try:
            text = pd.read_csv(io.BytesIO(raw or b""), dtype=str, keep_default_na=False, encoding="utf-8-sig")
        except (ValueError, pd.errors.ParserError) as error:
            return [Found(path, None, None, type(error).__name__)]
        frame = self._frame(name, text)
        try:
            MODELS[name].to_schema().validate(frame, lazy=True)
        except pa.errors.SchemaErrors as errors:
            return [found for error in errors.schema_errors for found in _errors(name, path, error)]
        return []

    def _frame(self, name: str, text: pd.DataFrame) -> pd.DataFrame:
        """The hand-coded columns in their types, as far as they can be read, and the true derived columns."""
        columns, contract = hand_coded(contracts()[name]), contracts()[name]
        if set(text.columns) == set(columns):
            text = text[columns]
        series: dict[str, pd.Series[Any]] = {}
        for label in text.columns:
            if label != "opening":
                column = next((column for column in contract.typed if column.name == label), None)
                values = pyarrow.array([value or None for value in text[label]], pyarrow.string())
                if (name, label) == ("sentences", "role"):
                    values = pc.fill_null(values, "coded")
                series[str(label)] = pd.Series(_typed(values, column.type if column else "text"))
        rows = self._true_rows(name, text)
        for column in contract.marked("derived"):
            series[column.name] = pd.Series(
                pd.array(self.tables[name][column.name].take(rows), dtype=pd.ArrowDtype(ARROW_TYPES[column.type]))
            )
        order = [column.name for column in contract.columns if column.name in series]
        return pd.DataFrame(
            {label: series[label] for label in [*order, *(label for label in series if label not in order)]}
        )

    def _true_rows(self, name: str, text: pd.DataFrame) -> pyarrow.Array:
        """Each row's place in the true table: by key where it has one, else by position."""
        key = contracts()[name].id
        known = {
            value: row
            for row, value in reversed(
                list(enumerate(record[self.clean.headers[name].index(key)] for record in self.clean.records[name]))
            )
        }
        last = self.tables[name].num_rows - 1
        if len(text) == last + 1 or key not in text:
            return pyarrow.array([min(row, last) for row in range(len(text))], pyarrow.int64())
        return pyarrow.array([known.get(value, min(row, last)) for row, value in enumerate(text[key])], pyarrow.int64())

    def frictionless(self, mutant: Mutant) -> list[Found]:
        """The Table Schema on the spoiled tables, foreign keys included; other tables' keys where a key may be lost."""
        files = {path: raw for path, raw in spoiled_files(self.clean, mutant).items() if path.startswith("data/")}
        found: list[Found] = []
        for path, raw in files.items():
            name = Path(path).stem
            if name not in contracts():
                continue
            if raw is None:
                return [Found(path, None, None, "scheme-error")]
            loses = mutant.is_file or mutant.adds < 0 or mutant.column in contracts()[name].key
            found += _table_errors(self.clean, name, raw, loses)
        return found


def _typed(values: pyarrow.Array, kind: str) -> Any:
    """A column in its type, or as text where a cell is not of it."""
    text: Any = pd.array(values, dtype=pd.ArrowDtype(pyarrow.string()))
    if kind not in CELLS:
        return text
    try:
        if kind == "boolean":
            if not set(values.drop_null().to_pylist()) <= {"TRUE", "FALSE"}:
                return text
            values = pc.equal(values, "TRUE")
        return pd.array(values.cast(ARROW_TYPES[kind]), dtype=pd.ArrowDtype(ARROW_TYPES[kind]))
    except pyarrow.ArrowInvalid:
        return text


def _errors(table: str, path: str, error: Any) -> Iterator[Found]:
    """What an error of pandera says, a cell at a time where it names cells."""
    reason = error.reason_code.name
    name = error.check if isinstance(error.check, str) else error.check.name or reason
    column = error.schema.name if isinstance(error.schema, pa.Column) else None
    if reason in ("SERIES_CONTAINS_NULLS", "DUPLICATES"):
        rows = sorted(set(error.failure_cases["index"].dropna()))
    elif reason == "WRONG_DATATYPE" or error.check_output is None:
        yield Found(path, None, column, name)
        return
    else:
        rows = error.check_output.index[~error.check_output.astype(bool)].tolist()
    if "|" in name:
        name, column, _ = name.split("|")
    elif reason == "DUPLICATES":
        column = contracts()[table].id
    yield from (Found(path, int(row) + 2, column, name) for row in rows)


@cache
def _schema(table: str) -> dict[str, Any]:
    """The Table Schema of a hand-coded table: without derived columns, and with `opening`."""
    schema = table_schema(contracts()[table])
    derived = {column.name for column in contracts()[table].marked("derived")}
    fields = [item for item in schema["fields"] if item["name"] not in derived]
    if table == "sentences":
        fields.insert(2, {"name": "opening", "type": "string", "constraints": {"required": True}})
        next(item for item in fields if item["name"] == "role")["constraints"].pop("required")  # derived where empty
    return schema | {"fields": fields}


def _narrow(clean: Clean, table: str, names: list[str], keys: list[dict[str, Any]]) -> dict[str, Any]:
    """A clean table with only some of its columns."""
    chosen = [clean.headers[table].index(name) for name in names]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(
        [record[index] for index in chosen] for record in [clean.headers[table], *clean.records[table]]
    )
    fields = [
        {"name": item["name"], "type": item["type"]} for item in _schema(table)["fields"] if item["name"] in names
    ]
    fields.sort(key=lambda item: names.index(item["name"]))
    return _resource(table, text.getvalue().encode(), {"fields": fields, "foreignKeys": keys})


def _resource(table: str, raw: bytes, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": table, "data": raw, "format": "csv", "encoding": "utf-8", "schema": schema}


def _table_errors(clean: Clean, table: str, raw: bytes, loses: bool) -> list[Found]:
    """What frictionless says of a table and, where a key may be lost, of the tables that refer to it."""
    schema = _schema(table)
    targets = {key["reference"].get("resource") for key in schema["foreignKeys"]} - {None, table}
    resources = {table: _resource(table, raw, schema)}
    for target in targets:
        resources[target] = _narrow(clean, target, list(contracts()[target].key), [])
    checked = [table]
    for other in contracts() if loses else ():
        keys = [key for key in _schema(other)["foreignKeys"] if key["reference"].get("resource") == table]
        if keys and other != table:
            names = list(dict.fromkeys(name for key in keys for name in key["fields"]))
            names = list(dict.fromkeys([*names, *(contracts()[other].key if other in targets else ())]))
            resources[other] = _narrow(clean, other, names, keys)
            checked.append(other)
    package = frictionless.Package(
        resources=[
            frictionless.Resource(
                name=item["name"],
                data=item["data"],
                format="csv",
                encoding="utf-8",
                schema=frictionless.Schema.from_descriptor(item["schema"]),
            )
            for item in resources.values()
        ]
    )
    found = []
    for name in checked:
        report = package.get_resource(name).validate()
        for row, kind, column in report.flatten(["rowNumber", "type", "fieldName"]):
            found.append(Found(f"data/{name}.csv", row, column, kind))
    return found
