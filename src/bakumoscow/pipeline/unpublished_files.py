"""Read retired.csv and exceptions.csv, and judge their cells by themselves."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from bakumoscow.model.patterns import PATTERNS
from bakumoscow.model.tables import TABLES
from bakumoscow.model.unpublished import EXCEPTIONS, RETIRED, Unpublished
from bakumoscow.pipeline.csvfile import CsvFile, read_csv
from bakumoscow.problem import Aside, Problem, problem
from bakumoscow.rules import RULES
from bakumoscow.rules.nearest import nearest

IS_SLUG, IS_TEXT = (re.compile(PATTERNS[name].expression) for name in ("slug", "text"))
WARNINGS = [rule.id for rule in RULES.values() if rule.severity == "warning"]
Row = dict[str, str | None]
Fault = tuple[str | None, str]  # the value that a wrong cell most likely means, and what to do


def read_retired(directory: Path) -> tuple[pa.Table | None, CsvFile, list[Problem]]:
    """The ids that were withdrawn."""
    table, known, problems = _read(directory, RETIRED)
    for number, row in enumerate(table.to_pylist() if table else ()):
        for name, cell in row.items():
            if not _is_valid_in_retired(name, cell):
                value = "missing" if cell is None else repr(cell)
                problems.append(problem("retired-row", RETIRED.file, name, row=number, value=value))
    return table, known, problems


def read_exceptions(directory: Path) -> tuple[list[Aside] | None, CsvFile, list[Problem]]:
    """What sets warnings aside; None if the file cannot be read."""
    table, known, problems = _read(directory, EXCEPTIONS)
    if table is None:
        return None, known, problems
    asides = []
    first: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(table.to_pylist()):
        faults = {name: fault for name, judge in JUDGES.items() if (fault := judge(row))}
        for name, (near, advice) in faults.items():
            values = {"article": row["article_id"], "value": row[name], "nearest": near, "advice": advice}
            problems.append(problem("exception-row", EXCEPTIONS.file, name, row=number, **values))
        is_valid = not faults.keys() - {"reason"}
        if row["field"] is None and row["record_table"] in TABLES:
            row["field"] = TABLES[row["record_table"]].id
        cells = tuple(row[name] or "" for name in EXCEPTIONS.columns[:-1])
        if is_valid and first.setdefault(cells, number) != number:
            detail = f"line {known.line(first[cells])} is the same"
            problems.append(problem("exception-unused", EXCEPTIONS.file, "row", row=number, detail=detail))
            continue
        asides.append(Aside(number, cells, is_valid))
    return asides, known, problems


def _read(directory: Path, of: Unpublished) -> tuple[pa.Table | None, CsvFile, list[Problem]]:
    if of.may_be_absent and not os.path.lexists(directory / of.file):
        return pa.table({name: pa.array([], pa.string()) for name in of.columns}), CsvFile(), []
    return read_csv(directory, of.file, list(of.columns))


def _is_clean(cell: str, rule: str) -> bool:
    return bool(IS_TEXT.fullmatch(cell)) and not cell.startswith(RULES[rule].uses["formula"])


def _is_valid_in_retired(column: str, cell: str | None) -> bool:
    """Whether a cell of retired.csv is valid in its column."""
    if column == "record_table":
        return cell in TABLES and cell not in RULES["retired-row"].uses["without_ids"]
    if column == "note":
        return cell is None or _is_clean(cell, "retired-row")
    return cell is not None and bool(IS_SLUG.fullmatch(cell))


def _article(row: Row) -> Fault | None:
    cell = row["article_id"]
    return None if cell and IS_SLUG.fullmatch(cell) else (None, "Give the id of the article.")


def _rule(row: Row) -> Fault | None:
    cell = row["rule"]
    if cell in WARNINGS:
        return None
    if cell in RULES:
        return None, "It is not a warning, so it cannot be set aside: correct what it reports."
    return cell and nearest(cell, WARNINGS), "Give the rule that the warning names in brackets."


def _table(row: Row) -> Fault | None:
    cell = row["record_table"]
    return None if cell in TABLES else (cell and nearest(cell, TABLES), "Give the table that the warning is about.")


def _record(row: Row) -> Fault | None:
    return None if row["record_id"] else (None, "Give the id of the row; of a sentence, its number.")


def _field(row: Row) -> Fault | None:
    table, cell = TABLES.get(row["record_table"] or ""), row["field"]
    if table is None or cell is None:
        return None
    columns = [*(column.name for column in table.typed), *(["opening"] if table.name == "sentences" else [])]
    return None if cell in columns else (nearest(cell, columns), "Give the column that the warning names.")


def _words(row: Row) -> Fault | None:
    rule = RULES.get(row["rule"] or "")
    is_needed = rule is not None and rule.of_words and not row["words"]
    return (None, "Copy the words that the warning shows.") if is_needed else None


def _reason(row: Row) -> Fault | None:
    cell = row["reason"]
    return None if cell and _is_clean(cell, "exception-row") else (None, "Say in clean text why the warning is wrong.")


JUDGES: dict[str, Callable[[Row], Fault | None]] = dict(
    zip(EXCEPTIONS.columns, (_article, _rule, _table, _record, _field, _words, _reason), strict=True)
)
