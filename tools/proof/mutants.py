"""The mutants: every column against every way to spoil a cell, rows deleted and doubled, slips, faults of files."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from bakumoscow.contract import contracts
from bakumoscow.pipeline.read import hand_coded
from tools.proof.clean import SEED, Clean, as_csv
from tools.proof.faults.cells import CELL_FAULTS, FORMATS, Cell
from tools.proof.faults.files import FILE_FAULTS, Files
from tools.proof.faults.slips import SLIPS, Tables

PER_COLUMN = 3  # cells of each column and class
PER_FORMAT = 1  # of the classes whose answer hardly depends on the cell
PER_TABLE = 6  # rows deleted and doubled
PER_SLIP = 20  # rows for each fault of several cells or rows at once
PER_FAULT = 3  # tables for each fault of a file
ROW_FAULTS = ("row deleted", "row doubled")


@dataclass(frozen=True)
class Mutant:
    """One fault. A cell's has a row and a column, a row's a row, a file's neither; `value` is the spoiled cell.

    A slip is counted as one of the cell or row in which it is made.
    """

    fault: str
    table: str
    column: str = ""
    row: int | None = None
    value: str = ""

    @property
    def group(self) -> str:
        """What the mutant is listed under: the column and the class."""
        return f"{self.table}{'.' + self.column if self.column else ''} {self.fault}"

    @property
    def is_file(self) -> bool:
        return self.row is None

    @property
    def adds(self) -> int:
        """How many rows of its table it adds below its row; less than 0 if it deletes its row."""
        known = {"row deleted": -1, "row doubled": 1}
        return SLIPS[self.fault].adds if self.fault in SLIPS else known.get(self.fault, 0)


def spoiled_tables(clean: Clean, mutant: Mutant) -> Tables:
    """The rows of the tables that a mutant changes, the fault in them."""
    row, rows = mutant.row, list(clean.rows(mutant.table))
    assert row is not None, "a fault of a file has no rows"
    if mutant.fault in SLIPS:
        return SLIPS[mutant.fault].spoil(clean, row) or {}
    if mutant.adds:
        return {mutant.table: rows[: row + max(mutant.adds, 0)] + rows[row + max(-mutant.adds, 0) :]}
    if mutant.fault == "swapped with the row below":
        rows[row + 1] = rows[row + 1] | {mutant.column: rows[row][mutant.column]}
    rows[row] = rows[row] | {mutant.column: mutant.value}
    return {mutant.table: rows}


def spoiled_files(clean: Clean, mutant: Mutant) -> Files:
    """The files that a mutant changes, None for one that it deletes."""
    if mutant.is_file:
        return FILE_FAULTS[mutant.fault](clean, mutant.table)
    return {
        f"data/{table}.csv": as_csv(clean.headers[table], [list(row.values()) for row in rows])
        for table, rows in spoiled_tables(clean, mutant).items()
    }


def cell_mutants(clean: Clean, per_column: int = PER_COLUMN) -> Iterator[Mutant]:
    """At most so many cells, chosen by a seed, for each column and class."""
    for table, contract in contracts().items():
        columns = {column.name: column for column in contract.typed}
        rows = clean.rows(table)
        for name in hand_coded(contract):
            column = columns.get(name)
            for fault, spoil in CELL_FAULTS.items():
                found = []
                for row, cells in enumerate(rows):
                    value = spoil(Cell(clean, table, name, column, rows, row, cells[name]))
                    if value is not None and value != cells[name]:
                        found.append(Mutant(fault, table, name, row, value))
                chooser = random.Random(f"{SEED} {table} {name} {fault}")
                limit = min(PER_FORMAT, per_column) if fault in FORMATS else per_column
                chosen = chooser.sample(found, min(limit, len(found)))
                yield from sorted(chosen, key=lambda mutant: mutant.row or 0)


def row_mutants(clean: Clean, per_table: int = PER_TABLE) -> Iterator[Mutant]:
    """Every row deleted and doubled, or a sample of a large table's."""
    for table, records in clean.records.items():
        for fault in ROW_FAULTS:
            chosen = random.Random(f"{SEED} {table} {fault}").sample(range(len(records)), min(per_table, len(records)))
            yield from (Mutant(fault, table, row=row) for row in sorted(chosen))


def slip_mutants(clean: Clean, per_slip: int = PER_SLIP) -> Iterator[Mutant]:
    """Every slip, in every row in which it can be made, or a sample of them."""
    for fault, slip in SLIPS.items():
        found = [row for row in range(len(clean.rows(slip.table))) if slip.spoil(clean, row)]
        chosen = random.Random(f"{SEED} {fault}").sample(found, min(per_slip, len(found)))
        yield from (Mutant(fault, slip.table, slip.column, row) for row in sorted(chosen))


def file_mutants(clean: Clean) -> Iterator[Mutant]:
    """Every fault of a file, in some tables in which it changes something; a fault of an article once."""
    for fault in FILE_FAULTS:
        tables = ["articles"] if fault.startswith("article ") else list(contracts())
        changed = [table for table in tables if _changes(clean, Mutant(fault, table))]
        chosen = random.Random(f"{SEED} {fault}").sample(changed, min(PER_FAULT, len(changed)))
        yield from (Mutant(fault, table) for table in sorted(chosen, key=tables.index))


def all_mutants(clean: Clean) -> list[Mutant]:
    """Every mutant, in a fixed order."""
    return [*cell_mutants(clean), *row_mutants(clean), *slip_mutants(clean), *file_mutants(clean)]


def _changes(clean: Clean, mutant: Mutant) -> bool:
    return any(clean.files.get(path) != raw for path, raw in spoiled_files(clean, mutant).items())
