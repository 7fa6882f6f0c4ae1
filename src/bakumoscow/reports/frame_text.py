"""A frame as lines for people: a table as wide as the terminal, with the columns that can be read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING

from bakumoscow.reports.frame_rows import cell_text, plain_rows
from bakumoscow.reports.text_width import pieces, width, wrap
from bakumoscow.terminal import visible

if TYPE_CHECKING:
    import pandas as pd

GAP = "  "
NARROWEST = 6  # two columns of two cells and the gap
NOTHING = "Nothing was found."
UNSHOWN = "Not shown: {}. `--format csv` has all columns."
LOG_COMMAND = re.compile(r":(?=:)|##(?=\[)")
# A column can be read if its short values and its words are whole and a line of its longer texts has some words.
SHORT, MIDDLE, LONG_WORD = 16, 40, 16
LINE_OF_MIDDLE, LINE_OF_LONG = 12, 18


@dataclass(frozen=True)
class Column:
    """The cells of a column as they are printed, and whether they are aligned to the right."""

    name: str
    cells: list[str]
    right: bool = False

    @cached_property
    def full(self) -> int:
        """The width in which no cell is wrapped."""
        return max(map(width, (self.name, *self.cells)))

    @cached_property
    def least(self) -> int:
        """The width below which the column cannot be read."""
        longest = max(map(width, self.cells), default=0)
        if longest > SHORT:
            words = max(width(piece) for cell in self.cells for word in cell.split(" ") for piece in pieces(word))
            line = LINE_OF_MIDDLE if longest <= MIDDLE else LINE_OF_LONG
            longest = min(longest, max(line, min(words, LONG_WORD)))
        return max(longest, min(LONG_WORD, max(map(width, pieces(self.name)))), 2)


def frame_text(frame: "pd.DataFrame", room: int, encoding: str = "utf-8") -> list[str]:
    """The lines of a frame, none wider than `room`.

    As many columns as can be read are shown, from the left, those without a value last; the last line names the
    others. A frame of one row that does not fit has one line for each column instead. What the encoding does not have
    is written as an escape.
    """
    if frame.empty:
        return [NOTHING]
    room = max(room, NARROWEST)
    columns = _columns(frame, encoding)
    count = _readable(columns, room)
    if count == len(columns):
        return _table(columns, room)
    if len(frame) == 1:
        return _list(columns, room)
    columns.sort(key=lambda column: not any(column.cells))  # those without a value come last
    count = _readable(columns, room)
    unshown = UNSHOWN.format(", ".join(column.name for column in columns[count:]))
    return [*_table(columns[:count], room), "", *wrap(unshown, room)]


def safe(text: str, encoding: str = "utf-8") -> str:
    """A text that commands nothing, however it is wrapped, in characters that the encoding has."""
    text = LOG_COMMAND.sub(r"\g<0>\\", visible(text))  # anywhere, for wrapping may put it first on a line
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _columns(frame: "pd.DataFrame", encoding: str) -> list[Column]:
    """The columns as they are printed; numbers are aligned to the right."""
    columns = []
    for name, values in zip(frame.columns, zip(*plain_rows(frame), strict=True), strict=True):
        known = [value for value in values if value is not None]
        right = bool(known) and all(isinstance(value, int | float) and not isinstance(value, bool) for value in known)
        cells = [safe(cell_text(value), encoding) for value in values]
        columns.append(Column(safe(str(name), encoding), cells, right))
    return columns


def _readable(columns: Sequence[Column], room: int) -> int:
    """How many columns can be read beside each other; at least one."""
    used, count = columns[0].least, 1
    while count < len(columns) and used + len(GAP) + columns[count].least <= room:
        used += len(GAP) + columns[count].least
        count += 1
    return count


def _widths(columns: Sequence[Column], room: int) -> list[int]:
    """The widths of the columns: what is left goes to the column that is wrapped into the most lines."""
    widths = [min(column.least, room) for column in columns]
    left = room - sum(widths) - len(GAP) * (len(columns) - 1)
    for _ in range(left):
        ratios = [column.full / given for column, given in zip(columns, widths, strict=True)]
        if max(ratios) <= 1:
            break
        widths[ratios.index(max(ratios))] += 1
    return widths


def _table(columns: Sequence[Column], room: int) -> list[str]:
    """The names of the columns, a rule and the rows; blank lines between the rows if one of them is wrapped."""
    widths = _widths(columns, room)
    right = [column.right for column in columns]
    names = [wrap(column.name, given) for column, given in zip(columns, widths, strict=True)]
    height = max(map(len, names))
    head = _beside([[""] * (height - len(lines)) + lines for lines in names], widths, right)
    rows = []
    for cells in zip(*(column.cells for column in columns), strict=True):
        rows.append(_beside([wrap(cell, given) for cell, given in zip(cells, widths, strict=True)], widths, right))
    blank = [""] if any(len(row) > 1 for row in rows) else []
    body = [line for row in rows for line in (*blank, *row)][len(blank) :]
    return [*head, GAP.join("-" * given for given in widths), *body]


def _list(columns: Sequence[Column], room: int) -> list[str]:
    """One row as lines of name and value."""
    names = [f"{column.name}:" for column in columns]
    name_room = max(2, min(max(map(width, names)), room // 2 - 1))
    widths = [name_room, max(2, room - len(GAP) - name_room)]
    lines = []
    for name, column in zip(names, columns, strict=True):
        lines += _beside([wrap(name, widths[0]), wrap(column.cells[0], widths[1])], widths, [False, False])
    return lines


def _beside(blocks: Sequence[Sequence[str]], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    """The lines of the cells of a row, put beside each other, each filled up to its width."""
    rows = []
    for lines in zip_longest(*blocks, fillvalue=""):
        blanks = [" " * (given - width(line)) for line, given in zip(lines, widths, strict=True)]
        cells = [
            blank + line if to_right else line + blank
            for line, blank, to_right in zip(lines, blanks, right, strict=True)
        ]
        rows.append(GAP.join(cells).rstrip(" "))
    return rows
