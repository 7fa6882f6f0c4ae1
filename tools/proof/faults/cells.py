"""The faults of one cell: each takes a cell and gives the spoiled one, or None where it cannot be made."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bakumoscow.contract import Column, contracts
from bakumoscow.models.levels import CODE_FORMS
from tools.proof.clean import SEED, Clean
from tools.proof.criterion import Row
from tools.proof.criterion.rows import MONTHS

FORMATS = ("missing", "near-miss spelling", "leading white space", "trailing white space", "homoglyph", "case changed")
VOICES = ("asserted_by", "speaker_id")
HOMOGLYPHS = dict(zip("aceopxyiACEHKMOPTXB", "асеорхуіАСЕНКМОРТХВ", strict=True))
STRAIGHT = str.maketrans("“”‘’", "\"\"''")
FORMLESS = {
    "slug": "Not a slug",
    "edtf": "June 2025",
    "country-code": "Russia",
    "language-code": "English language",
    "sha256": "0123",
}


@dataclass(frozen=True)
class Cell:
    """A cell and what stands around it; `column` is None for `opening`, which is not published."""

    clean: Clean
    table: str
    name: str
    column: Column | None
    rows: list[Row]
    row: int
    value: str

    @property
    def cells(self) -> Row:
        return self.rows[self.row]

    @property
    def chooser(self) -> random.Random:
        return random.Random(f"{SEED} {self.table} {self.name} {self.row}")

    @property
    def type(self) -> str:
        return self.column.type if self.column else "text"

    @property
    def is_key(self) -> bool:
        return self.name in contracts()[self.table].key and self.name != "article_id"

    @property
    def target(self) -> str | None:
        """The table whose key the cell is, in this row."""
        if self.name == "record_id":
            return self.cells["record_table"]
        return self.column.refers if self.column else None

    @property
    def levels(self) -> list[str]:
        return list(self.column.levels or ()) if self.column else []

    def other(self, values: list[str]) -> str | None:
        """One of several values, chosen by a seed, that is not the cell's."""
        others = sorted({value for value in values if value not in ("", self.value)})
        return self.chooser.choice(others) if others else None

    def in_article(self) -> tuple[str, int]:
        """The article's text and where the cell's words stand in it, -1 where they do not."""
        text = self.clean.articles[self.cells["article_id"]]
        number = self.cells.get("sentence_number")
        opening = next((row["opening"] for row in self.clean.rows("sentences") if row["sentence_number"] == number), "")
        start = 0 if self.name == "opening" else max(0, text.find(opening)) if opening else 0
        return text, text.find(self.value, start) if self.value else -1


def _missing(cell: Cell) -> str | None:
    return "" if cell.value else None


def _wrong_type(cell: Cell) -> str | None:
    value = cell.value
    spoilt = {
        "integer": value + ".0" if value else "two",
        "number": value.replace(".", ",") if value else "north",
        "boolean": value.lower() or "yes",
        "date": "27/06/2025",
    }
    return spoilt.get(cell.type)


def _outside(cell: Cell) -> str | None:
    if cell.levels:
        return "something_else"
    if cell.name == "code":
        return "no such code" if cell.cells["scheme"] in CODE_FORMS else None
    return FORMLESS.get(cell.column.pattern or "") if cell.column else None


def _near_miss(cell: Cell) -> str | None:
    if cell.type in ("integer", "number", "date", "boolean") or len(cell.value) < 2:
        return None
    middle = len(cell.value) // 2
    return cell.value[:middle] + cell.value[middle + 1 :]


def _below(cell: Cell) -> str | None:
    return cell.rows[cell.row + 1][cell.name] if cell.row + 1 < len(cell.rows) else None


def _dangling(cell: Cell) -> str | None:
    if not cell.target:
        return None
    return "99" if cell.type == "integer" else "no-such-row"


def _doubled(cell: Cell) -> str | None:
    return cell.other([row[cell.name] for row in cell.rows]) if cell.is_key and cell.table != "codes" else None


def _count_order(cell: Cell) -> str | None:
    numbers = {
        name: int(cell.cells[name]) for name in ("count_low", "count_best", "count_high") if cell.cells.get(name)
    }
    if cell.name not in numbers or len(numbers) < 2:
        return None
    if cell.name == "count_high":
        return str(numbers["count_best"] - 1)
    return str(max(numbers.values()) + 1)


def _words(cell: Cell) -> bool:
    """Whether the cell holds words of the article."""
    coded = cell.column is not None and cell.column.mark == "coded" and cell.type == "text" and not cell.column.refers
    coded = coded and cell.column is not None and cell.column.pattern == "text"
    return bool(cell.value) and (coded or cell.name in ("quoted_text", "opening", "claimed_value"))


def _cut_end(cell: Cell) -> str | None:
    return cell.value[:-1] if _words(cell) and len(cell.value) > 1 else None


def _cut_front(cell: Cell) -> str | None:
    return cell.value[1:] if _words(cell) and len(cell.value) > 1 else None


def _extended_end(cell: Cell) -> str | None:
    if not _words(cell):
        return None
    text, start = cell.in_article()
    return text[start : start + len(cell.value) + 1] if start >= 0 else None


def _extended_front(cell: Cell) -> str | None:
    if not _words(cell):
        return None
    text, start = cell.in_article()
    return text[start - 1 : start + len(cell.value)] if start > 0 else None


def _straight(cell: Cell) -> str | None:
    return cell.value.translate(STRAIGHT)


def _leading(cell: Cell) -> str | None:
    return " " + cell.value if cell.value else None


def _trailing(cell: Cell) -> str | None:
    return cell.value + " " if cell.value else None


def _inner(cell: Cell) -> str | None:
    return cell.value.replace(" ", "  ", 1)


def _homoglyph(cell: Cell) -> str | None:
    if cell.type in ("integer", "number", "date"):
        return None
    for letter in cell.value:
        if letter in HOMOGLYPHS:
            return cell.value.replace(letter, HOMOGLYPHS[letter], 1)
    return None


def _shifted(cell: Cell, shift: Callable[[date], date]) -> str | None:
    """The first day in the cell, as EDTF or in words, shifted."""
    found = re.search(r"([0-9]{4})(\??)-([0-9]{2})-([0-9]{2})", cell.value)
    if found and cell.name in ("date_edtf", "claimed_value", "published"):
        day = shift(date(int(found[1]), int(found[3]), int(found[4])))
        shifted = f"{day.year:04}{found[2]}-{day.month:02}-{day.day:02}"
        return cell.value[: found.start()] + shifted + cell.value[found.end() :]
    words = re.search(rf"({'|'.join(MONTHS)}) ([0-9]+)(, ([0-9]{{4}}))?", cell.value)
    if words and cell.name in ("date_text", "claimed_value"):
        day = shift(date(int(words[4] or 2025), MONTHS.index(words[1]) + 1, int(words[2])))
        shifted = f"{MONTHS[day.month - 1]} {day.day}" + (f", {day.year}" if words[3] else "")
        return cell.value[: words.start()] + shifted + cell.value[words.end() :]
    return None


def _day(cell: Cell) -> str | None:
    return _shifted(cell, lambda day: day + timedelta(days=1))


def _month(cell: Cell) -> str | None:
    return _shifted(
        cell,
        lambda day: (
            day.replace(day=min(day.day, 28), month=day.month % 12 + 1)
            if day.day > 28
            else day.replace(month=day.month % 12 + 1)
        ),
    )


def _year(cell: Cell) -> str | None:
    return _shifted(cell, lambda day: day.replace(year=day.year - 1))


def _day_and_month(cell: Cell) -> str | None:
    """The first day in the cell, its day and month swapped."""
    if cell.name not in ("date_edtf", "claimed_value", "published"):
        return None
    return re.sub(r"([0-9]{4}\??)-([0-9]{2})-([0-9]{2})", r"\1-\3-\2", cell.value, count=1)


def _zero(cell: Cell) -> str | None:
    is_count = cell.name in ("count_low", "count_best", "count_high", "sentence_number")
    return "0" if is_count or (cell.type == "number" and not cell.value) else None


def _unknown(cell: Cell) -> str | None:
    return "unknown" if not cell.value else None


def _another_row(cell: Cell) -> str | None:
    if not cell.target or not cell.value or cell.name in VOICES or cell.name == "article_id":
        return None
    target = contracts()[cell.target]
    return cell.other([row[target.id] for row in cell.clean.rows(target.name)])


def _another_voice(cell: Cell) -> str | None:
    return cell.other([row[cell.name] for row in cell.rows]) if cell.name in VOICES else None


def _another_certainty(cell: Cell) -> str | None:
    return cell.other(cell.levels) if cell.name == "factuality" else None


def _another_level(cell: Cell) -> str | None:
    if cell.type == "boolean":
        return "FALSE" if cell.value == "TRUE" else "TRUE"
    return cell.other(cell.levels) if cell.name != "factuality" and cell.value else None


def _filled(cell: Cell) -> str | None:
    """An empty cell filled with what another row has there."""
    return None if cell.value else cell.other([row[cell.name] for row in cell.rows])


def _case(cell: Cell) -> str | None:
    swapped = cell.value[:1].swapcase() + cell.value[1:]
    return cell.value.swapcase() if cell.levels or swapped == cell.value else swapped


def _number(cell: Cell) -> str | None:
    if cell.type == "integer" and cell.value:
        return str(int(cell.value) + 1)
    if cell.type == "number" and cell.value:
        return str(round(float(cell.value) + 1, 5))
    return None


CELL_FAULTS: dict[str, Callable[[Cell], str | None]] = {
    "missing": _missing,
    "wrong type": _wrong_type,
    "outside the list or form": _outside,
    "near-miss spelling": _near_miss,
    "swapped with the row below": _below,
    "dangling key": _dangling,
    "doubled key": _doubled,
    "order of counts broken": _count_order,
    "one character cut at the end": _cut_end,
    "one character cut in front": _cut_front,
    "one character more at the end": _extended_end,
    "one character more in front": _extended_front,
    "straight quotation marks": _straight,
    "leading white space": _leading,
    "trailing white space": _trailing,
    "doubled white space": _inner,
    "homoglyph": _homoglyph,
    "date shifted by a day": _day,
    "date shifted by a month": _month,
    "date shifted by a year": _year,
    "day and month swapped": _day_and_month,
    "unknown as 0": _zero,
    "unknown as a word": _unknown,
    "another existing row": _another_row,
    "another voice": _another_voice,
    "another certainty": _another_certainty,
    "another level": _another_level,
    "empty cell filled": _filled,
    "case changed": _case,
    "another number": _number,
}
