"""The models: types, missing values, levels, patterns, bounds and the rules inside a row."""

from copy import copy
from functools import cache
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrorReason

from bakumoscow.checks.corpus import Corpus
from bakumoscow.contract import Column, contracts
from bakumoscow.models import MODELS
from bakumoscow.problems import LOOKALIKES, Problem, nearest

Place = tuple[str, int | None]  # a file and a row
PATTERN_WORDS = {
    "slug": ("a key", "Use lower-case letters, digits and hyphens, beginning with a letter."),
    "text": ("clean text", "Remove line breaks, control characters and white space at the ends."),
    "edtf": ("a date in the subset of EDTF used here", "Write 2025-06-27, 2025?-06-27, [2025?-06-27..] or A/B."),
    "country-code": ("an ISO 3166-1 alpha-3 code", "Write three capital letters, such as AZE."),
    "language-code": ("a language code", "Write a BCP 47 code, such as en."),
    "sha256": ("a SHA-256", "Write the 64 lower-case hexadecimal digits."),
}


def check_models(corpus: Corpus, wrong: frozenset[Place] = frozenset()) -> list[Problem]:
    """What pandera finds, one problem for each cell; doubled keys are left to the check of keys.

    A rule inside a row is not checked where a cell of the row is wrong by itself; a row breaks a rule once.
    """
    cells: list[Problem] = []
    rows: list[Problem] = []
    for table, model in MODELS.items():
        if table not in corpus.tables:
            continue
        schema = copy(model.to_schema())  # pandera caches it for every caller
        schema.unique = None
        try:
            schema.validate(corpus.tables[table].to_pandas(types_mapper=pd.ArrowDtype), lazy=True)
        except pa.errors.SchemaErrors as errors:
            for error in errors.schema_errors:
                in_row = "|" in (getattr(error.check, "name", None) or "")
                (rows if in_row else cells).extend(_problems(corpus, table, error))
    wrong = wrong | {(item.file, item.row) for item in cells}
    once = {(item.rule, item.file, item.row): item for item in reversed(rows)}
    return cells + [item for item in reversed(once.values()) if (item.file, item.row) not in wrong]


@cache
def rules_in_rows() -> set[str]:
    """The rules that compare the cells of one row."""
    names = [check.name or "" for model in MODELS.values() for check in model.to_schema().checks]
    return {name.split("|")[0] for name in names if "|" in name}


def _problems(corpus: Corpus, table: str, error: Any) -> list[Problem]:
    contract = contracts()[table]
    if error.reason_code is SchemaErrorReason.SERIES_CONTAINS_NULLS:
        column = contract[error.schema.name]
        rows = error.failure_cases["index"].tolist()
        return [
            corpus.problem("missing", table, column.name, int(row), advice="")
            for row in rows
            if column.mark != "derived"
            and (table, column.name) != ("sentences", "role")  # a sentence without role is not accounted for
        ]
    rows = [int(row) for row in error.check_output.index[~error.check_output.astype(bool)]]
    name = error.check.name
    if "|" in name:
        rule, blamed, other = name.split("|")
        return [
            corpus.problem(rule, table, blamed, row, other=other, other_value=corpus.row(table, row).get(other, ""))
            for row in rows
        ]
    column = contract[error.schema.name]
    return [_cell(corpus, table, column, row, name) for row in rows]


def _cell(corpus: Corpus, table: str, column: Column, row: int, check: str) -> Problem:
    """The problem of one cell that breaks its column's own constraint."""
    if check == "isin":
        value = corpus.row(table, row)[column.name]
        levels = list(column.levels or ())
        return corpus.problem(
            "level", table, column.name, row, nearest=nearest(value, levels), levels=", ".join(levels)
        )
    if check == "str_matches":
        expected, advice = PATTERN_WORDS[column.pattern or "text"]
        value = str(corpus.row(table, row)[column.name])
        latin = value.translate(LOOKALIKES)
        if latin != value and column.pattern not in (None, "text"):
            advice = f"Letters of another script stand in it; type {latin!r} anew."
        return corpus.problem("pattern", table, column.name, row, expected=expected, advice=advice)
    bounds = [f"at least {column.minimum:g}" if column.minimum is not None else ""]
    bounds += [f"at most {column.maximum:g}" if column.maximum is not None else ""]
    return corpus.problem("range", table, column.name, row, bounds=" and ".join(filter(None, bounds)))
