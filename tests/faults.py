"""Slips of coders, keyboards and spreadsheets, made by a seed in any cell or row of a package.

The slips depend on the column's published schema, not on the rule that they may break.
"""

import csv
import io
import random
from collections.abc import Iterable
from pathlib import Path

from tests.oracle import CODED, FIELDS, KEYS, LEVELS, REFERS

Cells = dict[str, str]
Tables = dict[str, list[Cells]]
Spot = tuple[str, str, str]  # a table, the key of a row, a column
RETIRED = ("article_id", "record_table", "record_id", "note")
EXCEPTIONS = ("article_id", "rule", "record_table", "record_id", "field", "words", "reason")
UNPUBLISHED = {"retired": RETIRED, "exceptions": EXCEPTIONS}
EVERY = [(table, name) for table, fields in FIELDS.items() for name in fields if name != "article_id"]
COLUMNS = [*EVERY, ("sentences", "opening"), *((table, name) for table, names in UNPUBLISHED.items() for name in names)]
COLUMNS += [(table, "article_id") for table in ("articles", "sentences", "events", "claims")]
UNSEEN = ("  ", "\u00a0", "\u200b", "\u00ad", "\u202e", "\u3000", "\t", "ο", "а")
BEGUN = ("=", "-", "+", "@", " ", "#REF! ", "#N/A ", "####")
MISSING = ("n/a", "NULL", "unknown", "...", "-", "tbd")
ALIKE = str.maketrans("aeocxp", "аеосхр")
DATES = ["1987-02-30", "1987-03-05/1987-03-01", "[1987-03-09..]", "[..1987-03-01]", "1987?-03-03", "1987-03", "1986"]
DATES += ["1987-3-3", "[..]", "../1987", "0000", "1987-04-01", "1987-03-06", "03/03/1987", "[1987-03-05..1987-03-07]"]
COUNTS = ["At least 4", "no fewer than two", "many", "three", "4", "a few", "four", "1"]
CODES = ["55", "1", "COERCE", "heavy-weapons", "XYZ", "RU-SVE", "0373", "227", "Q0", "FRA", "173"]
TYPED = {
    "date_edtf": DATES,
    "published": DATES,
    "count_text": COUNTS,
    "code": CODES,
}  # what may be typed in some columns


def load(directory: Path) -> Tables:
    """The rows of a package's tables."""
    return {
        path.stem: list(csv.DictReader(path.open(encoding="utf-8", newline=""))) for path in directory.glob("data/*")
    }


def write(tables: Tables, directory: Path) -> None:
    """Write the tables of a package; one without rows keeps its header."""
    for table, rows in tables.items():
        names = [*FIELDS.get(table, UNPUBLISHED.get(table, ())), *(["opening"] if table == "sentences" else [])]
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        (directory / f"data/{table}.csv").write_bytes(text.getvalue().encode())


def values(tables: Tables, texts: Iterable[str], table: str, column: str) -> list[str]:
    """Values that a column has elsewhere, or could have: levels, keys of its rows, words of the articles."""
    if (table, column) in LEVELS:
        return LEVELS[table, column]
    special = {
        "field": ["label", *(name for fields in CODED.values() for name in fields)],
        "claimed_value": [level for (owner, _), levels in LEVELS.items() if owner in CODED for level in levels],
        "quoted_text": [" ".join(text.split()[place : place + 3]) for text in texts for place in range(0, 200, 5)],
        "record_id": [row[KEYS[owner][-1]] for owner in ("events", "actors", "places") for row in tables[owner]],
        "record_table": ["events", "actors", "sentences", "event"],
    } | TYPED
    target = REFERS.get((table, column), table)
    return special.get(column, []) + [row[KEYS[target][-1] if target != table else column] for row in tables[target]]


def slips(chance: random.Random, table: str, column: str, cell: str, others: list[str]) -> list[list[str]]:
    """What a coder may type for a cell: kinds of slips, and the slips of each."""
    place, words = chance.randint(0, len(cell)), cell.split(" ")
    before, after = cell[:place], cell[place:]
    other = [sorted({each for each in others if each not in ("", cell)}) or ["x"]] * 2
    misspelt = [before + after[1:], before + after[:1] + after, cell.swapcase(), f"{cell}-2", cell.translate(ALIKE)]
    if (table, column) in LEVELS:
        return [*other, *other, *other, [""], misspelt]
    kind = FIELDS.get(table, {}).get(column, {"type": "string"})["type"]
    if kind == "boolean":
        return [["TRUE" if cell == "FALSE" else "FALSE"], ["true", "1"], [""]]
    if kind in ("integer", "number"):
        near = [str(int(cell) + step) for step in (-1, 1, 2)] if cell.isdigit() else ["1", "2", "3"]
        odd = [f"0{cell}", f"{cell}.0", "two", "1,2", "9" * 19]
        return [near, near, ["0", "-1", "181", "-91.5"], odd, [""], *other]
    cut = [" ".join(words[1:]), " ".join(words[:-1]), cell[1:], cell[:-1], " ".join(words[:2]), words[-1]]
    harmed = [before + each + after for each in UNSEEN] + [each + cell for each in BEGUN] + [cell + " ", *MISSING]
    dated = [cell.replace("?", ""), cell.replace("1987", "1987?"), cell.replace("-03-0", "-03-1"), *DATES]
    return [*other, [""], [""], misspelt, cut, harmed, harmed, *([dated] * 3 if column == "date_edtf" else [])]


def spoil_cell(tables: Tables, texts: Iterable[str], chance: random.Random, table: str, column: str) -> list[Spot]:
    """Another value in a cell, alone or also in the claims on it."""
    rows = tables[table]
    filled = [row for row in rows if row[column]]
    row = chance.choice(filled if filled and chance.random() < 0.7 else rows)
    old, key = row[column], row[KEYS.get(table, UNPUBLISHED.get(table, ()))[-1]]
    row[column] = chance.choice(chance.choice(slips(chance, table, column, old, values(tables, texts, table, column))))
    spoiled = [(table, key, column)]
    for claim in tables["claims"] if table in CODED and chance.random() < 0.5 else ():
        part = "claimed_value" if claim["field"] else column
        is_on = [claim[name] for name in RETIRED[:3]] == [row["article_id"], table, key]
        if is_on and claim["field"] in ("", column) and claim.get(part) == old:
            claim[part] = row[column]
            spoiled.append(("claims", claim["claim_id"], part))
    return spoiled


def spoil_rows(tables: Tables, chance: random.Random, table: str, column: str) -> list[Spot]:
    """Delete a row, alone or with its claims; copy it under the same or another key; or exchange cells."""
    rows, key = tables[table], KEYS.get(table, UNPUBLISHED.get(table, ()))[-1]
    place = chance.randrange(len(rows))
    row = rows[place]
    slip = chance.choice(["delete", "delete all", "copy", "copy as another", "exchange", "empty"])
    if slip == "copy":
        rows.insert(place, dict(row))
    elif slip == "copy as another":
        new = str(int(row[key]) + chance.randint(1, 30)) if row[key].isdigit() else f"{row[key]}-{chance.randint(1, 3)}"
        rank = {"claim_rank": "normal"} if table == "claims" and chance.random() < 0.5 else {}
        rows.insert(place + 1, row | {key: new} | rank)
    elif slip == "exchange":
        mate = chance.choice([each for each in rows if each["article_id"] == row["article_id"]])
        mate[column], row[column] = row[column], mate[column]
        return [(table, each[key], column) for each in (row, mate)]
    elif slip == "empty" and chance.random() < 0.2:
        rows.clear()
    else:
        del rows[place]
        about = [row["article_id"], table, row[key]]
        for name in ("claims", "codes") if slip == "delete all" else ():
            tables[name][:] = [each for each in tables[name] if [each[part] for part in RETIRED[:3]] != about]
    return [(table, row[key], key)]


def spoil(tables: Tables, texts: Iterable[str], seed: int, times: int = 1) -> list[Spot]:
    """Spoil a package that many times, and return where; columns take turns, so that few seeds reach all of them."""
    chance = random.Random(seed)
    spoiled = []
    for turn in range(times):
        table, column = chance.choice(COLUMNS) if turn else COLUMNS[seed % len(COLUMNS)]
        if tables[table] and chance.random() < 0.2:
            spoiled += spoil_rows(tables, chance, table, column)
        elif tables[table]:
            spoiled += spoil_cell(tables, texts, chance, table, column)
    return spoiled
