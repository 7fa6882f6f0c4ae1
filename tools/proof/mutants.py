"""The mutants: every column against every way to spoil a cell, every row deleted and doubled, every fault of a file."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from bakumoscow.contract import contracts
from bakumoscow.pipeline.read import hand_coded
from tools.proof.clean import SEED, Clean, as_csv
from tools.proof.faults.cells import CELL_FAULTS, FORMATS, Cell
from tools.proof.faults.files import FILE_FAULTS, Files

PER_COLUMN = 3  # cells of each column and class
PER_FORMAT = 1  # of the classes whose answer hardly depends on the cell
PER_TABLE = 6  # rows deleted and doubled
PER_FAULT = 3  # tables for each fault of a file
ROW_FAULTS = ("row deleted", "row doubled")


@dataclass(frozen=True)
class Mutant:
    """One fault. A cell's has a row and a column, a row's a row, a file's neither; `value` is the spoiled cell."""

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


def spoiled_records(clean: Clean, mutant: Mutant) -> list[list[str]]:
    """The records of a mutant's table, the fault in them."""
    records, row = [list(record) for record in clean.records[mutant.table]], mutant.row
    assert row is not None, "a fault of a file has no records"
    if mutant.fault == "row deleted":
        return records[:row] + records[row + 1 :]
    if mutant.fault == "row doubled":
        return records[: row + 1] + records[row:]
    position = clean.headers[mutant.table].index(mutant.column)
    if mutant.fault == "swapped with the row below":
        records[row + 1][position] = records[row][position]
    records[row][position] = mutant.value
    return records


def spoiled_files(clean: Clean, mutant: Mutant) -> Files:
    """The files that a mutant changes, None for one that it deletes."""
    if mutant.is_file:
        return FILE_FAULTS[mutant.fault](clean, mutant.table)
    header = clean.headers[mutant.table]
    return {f"data/{mutant.table}.csv": as_csv(header, spoiled_records(clean, mutant))}


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


def file_mutants(clean: Clean) -> Iterator[Mutant]:
    """Every fault of a file, in some tables in which it changes something; a fault of an article once."""
    for fault in FILE_FAULTS:
        tables = ["articles"] if fault.startswith("article ") else list(contracts())
        changed = [table for table in tables if _changes(clean, Mutant(fault, table))]
        chosen = random.Random(f"{SEED} {fault}").sample(changed, min(PER_FAULT, len(changed)))
        yield from (Mutant(fault, table) for table in sorted(chosen, key=tables.index))


def all_mutants(clean: Clean) -> list[Mutant]:
    """Every mutant, in a fixed order."""
    return [*cell_mutants(clean), *row_mutants(clean), *file_mutants(clean)]


def _changes(clean: Clean, mutant: Mutant) -> bool:
    return any(clean.files.get(path) != raw for path, raw in spoiled_files(clean, mutant).items())
