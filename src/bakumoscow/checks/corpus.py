"""What the checks see: complete tables of any number of whole articles, and the articles' texts."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from bakumoscow.contract import contracts
from bakumoscow.problems import Problem, problem, table_file


class _Missing:
    """How a missing value reads in a message."""

    def __repr__(self) -> str:
        return "missing"


MISSING = _Missing()


def shown(value: Any) -> Any:
    """A value as a message shows it."""
    return MISSING if value is None else value


def _name(table: str, row_id: Any) -> str:
    """A row in words: `event yekaterinburg-raid`, or `the event` where its key is missing."""
    row = contracts()[table].row
    return f"the {row}" if row_id is MISSING else f"{row} {row_id}"


@dataclass
class Corpus:
    """`tables` by name, `articles` by id, `retired` the withdrawn ids."""

    tables: dict[str, pa.Table]
    articles: dict[str, str]
    retired: pa.Table

    def row(self, table: str, row: int) -> dict[str, Any]:
        """A row's values by column, a missing one as MISSING."""
        cells = {name: self.tables[table][name][row].as_py() for name in self.tables[table].column_names}
        return {name: shown(cell) for name, cell in cells.items()}

    def problem(self, rule: str, table: str, column: str, row: int, **values: Any) -> Problem:
        """A problem at a cell; its templates see every value of the row, `row_name` and `value`."""
        cells = self.row(table, row)
        named = {"row_name": _name(table, cells[contracts()[table].id])}
        if "record_table" in cells:
            known = cells["record_table"] in contracts()
            named["record_name"] = _name(cells["record_table"], cells["record_id"]) if known else "its row"
        given = cells | named | {"table": table, "value": cells.get(column)} | values
        key = str(cells[contracts()[table].id])
        return problem(rule, table_file(table), column, row=row, key=key, **given)
