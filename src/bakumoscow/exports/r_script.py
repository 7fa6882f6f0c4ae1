"""For R, without packages: a script that reads the tables with their types and levels, and the CSV files it reads.

`read.csv` alone takes dates for text, a missing text for an empty one and 055 for 55.
"""

from typing import TYPE_CHECKING

from bakumoscow.exports.content import Progress
from bakumoscow.model.column import Column
from bakumoscow.model.table import Table
from bakumoscow.model.tables import TABLES

if TYPE_CHECKING:
    from bakumoscow.dataset import Dataset

SCRIPT = "tables.R"
CLASSES = {"integer": "integer", "number": "numeric", "boolean": "logical", "date": "Date"}  # all others: character
HEAD = """# {package}: the tables as a list of data frames.
#
#   source("tables.R", chdir = TRUE)
#   table(tables$events$kind)
#   attr(tables$events$event_date, "label")
#
# Text is character, a level is a factor, a day is a Date, an empty cell is NA. The label of a column says what it is.

read_table <- function(file, classes, levels, labels) {{
  frame <- read.csv(file, colClasses = classes, na.strings = "", encoding = "UTF-8", check.names = FALSE)
  for (column in names(levels)) frame[[column]] <- factor(frame[[column]], levels = levels[[column]])
  for (column in names(labels)) attr(frame[[column]], "label") <- labels[[column]]
  frame
}}

tables <- list(
{tables}
)
"""


def files(dataset: "Dataset", progress: Progress) -> dict[str, bytes]:
    """The script, and the published CSV files, each checked against its SHA-256."""
    parts = ",\n".join(map(_table, TABLES.values()))
    script = HEAD.format(package=quoted(f"{dataset.name} {dataset.version}")[1:-1], tables=parts)
    return {SCRIPT: script.encode("ascii"), **{f"{name}.csv": _csv(dataset, name) for name in TABLES}}


def _csv(dataset: "Dataset", table: str) -> bytes:
    return dataset._checked_bytes(dataset._resource(table, "csv"))


def _table(table: Table) -> str:
    """The call that reads a table."""
    levels = [
        f"      {column.name} = c({', '.join(map(quoted, column.levels))})" for column in table.columns if column.levels
    ]
    return "\n".join(
        [
            f"  # {table.description}",
            f"  {table.name} = read_table(",
            f"    {quoted(f'{table.name}.csv')},",
            *_vector("c", [f"      {column.name} = {quoted(_class(column))}" for column in table.columns], ","),
            *_vector("list", levels, ","),
            *_vector("c", [f"      {column.name} = {quoted(column.description)}" for column in table.columns], ""),
            "  )",
        ]
    )


def _vector(function: str, lines: list[str], end: str) -> list[str]:
    return [f"    {function}(", ",\n".join(lines), f"    ){end}"] if lines else [f"    {function}(){end}"]


def _class(column: Column) -> str:
    return CLASSES.get(column.type.name, "character")


def quoted(text: str) -> str:
    """A text as a string of R, in ASCII, so that it means the same in every locale."""
    return '"' + "".join(map(_character, text)) + '"'


def _character(each: str) -> str:
    if each in '"\\':
        return f"\\{each}"
    if " " <= each <= "~":
        return each
    return f"\\u{ord(each):04x}" if ord(each) < 0x10000 else f"\\U{ord(each):08x}"
