"""Compare two codings of the same articles: `python tools/compare_codings.py FIRST SECOND [--output FILE]`.

FIRST and SECOND are folders with the tables of `data/`. Coders choose ids freely, so rows are matched by the words
that they stand on, and everything else is compared through these matches.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, product
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, TextIO

import click
import pandas as pd

from bakumoscow.model.tables import TABLES, VOICES

LINKING = ("participants", "relations", "casualties", "detentions", "charges")  # nothing without what they link
COMPARED = ("places", "actors", "events", *LINKING, "quotes", "claims", "sentences")  # what others link to comes first
ABOUT = ("record_table", "record_id", "field")  # what a claim is about
NEEDED = {"claims": (*ABOUT, "sentence_number", "quoted_text"), "sentences": ("sentence_number",)}
FREE_TEXT = ("label", "note", "reason")

INTRODUCTION = """# Comparison of two codings

First: `{}`. Second: `{}`. Articles in both: {}.

Rows are matched one to one by the words that their claims quote: for each field (and for the row itself) the words that
both share, as a part of the words that either has, summed over the fields; one more for each link to a matched row. The
highest sum is matched first; of equal sums the pair with more equal cells. Relations, parts, casualties, detentions and
charges are matched only if a link is equal, so their links agree in part by construction; claims only on the same cell
or row; sentences by number. Keys, labels, notes, reasons and what comes from outside the text are not compared.
`filled` are the cells that at least one coder filled. Cohen's kappa is given for enumerations and truth values, a
missing cell being a level; it is not defined where both coders used one level throughout.
"""


class Row(NamedTuple):
    """A row, and by field the words that its claims quote, with their sentences; "" stands for the row itself."""

    key: tuple[str, str]
    cells: dict[str, str]
    words: dict[str, set[tuple[int, str]]]

    def sentence(self, field: str = "") -> int:
        """Where a cell, or else the row, is first said."""
        words = self.words.get(field) or self.words.get("") or set().union(*self.words.values())
        return min((number for number, _ in words), default=int(self.cells.get("sentence_number", 0)))


Key = tuple[str, str]  # the ids of an article and of a row in it
Coding = dict[str, dict[Key, Row]]
Matches = dict[str, dict[Key, Key]]


def read(path: Path) -> dict[Key, Row]:
    """One table by its keys."""
    needed = ("article_id", TABLES[path.stem].id, *NEEDED.get(path.stem, ()))
    rows: dict[Key, Row] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if missing := [name for name in needed if name not in (reader.fieldnames or ())]:
                raise ValueError(f"it has no column {missing[0]}")
            for cells in reader:
                row = Row((cells["article_id"], cells[needed[1]]), cells, defaultdict(set))
                if None in cells or None in cells.values():
                    raise ValueError(f"line {reader.line_num} has not as many cells as the header")
                if not cells.get("sentence_number", "1").isdecimal():
                    raise ValueError(f"sentence_number in line {reader.line_num} is not a number")
                if rows.setdefault(row.key, row) is not row:
                    raise ValueError(f"line {reader.line_num} has the key of a line above it")
    except (OSError, ValueError, csv.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise click.ClickException(f"{path} cannot be read as a table of a coding: {reason}.") from error
    return rows


def load(folder: Path) -> Coding:
    """A coding, each row with the words that it stands on; without the two voices, which every article has."""
    coding = {name: read(folder / f"{name}.csv") for name in COMPARED}
    coding["actors"] = {key: row for key, row in coding["actors"].items() if key[1] not in VOICES}
    for claim in coding["claims"].values():
        table, record_id, field = (claim.cells[name] for name in ABOUT)
        number = int(claim.cells["sentence_number"])
        words = {(number, word) for word in re.findall(r"\w+", claim.cells["quoted_text"])}
        claim.words[""] |= words
        if record := coding.get(table, {}).get((claim.key[0], record_id)):
            record.words[field] |= words
    return coding


def columns(name: str, one: Row, other: Row) -> list[str]:
    """The columns that both codings have and that a coder fills from the text."""
    outside = {column.name for column in TABLES[name].columns if column.mark not in ("coded", "coder")}
    return [it for it in one.cells if it in other.cells and it not in (*outside, *FREE_TEXT, *ABOUT)]


def target(name: str, column: str, row: Row) -> str:
    """The table that a cell links to, or none; a claimed value links where the cell does that it is claimed for."""
    table, field = (row.cells[it] for it in ABOUT[::2]) if column == "claimed_value" else (name, column)
    return (TABLES[table][field].refers or "") if table in TABLES and field in TABLES[table] else ""


def same(name: str, column: str, one: Row, other: Row, found: Matches) -> bool:
    """Whether two cells hold the same value, a link being compared through the matches."""
    value, second = one.cells[column], other.cells[column]
    matches = found.get(target(name, column, one))
    if matches is None or not value or value in VOICES:
        return value == second
    return matches.get((one.key[0], value)) == (other.key[0], second)


def subject(name: str, row: Row, found: Matches | None = None) -> object:
    """What rows share that can match; a claim's record is called what the other coding calls it."""
    if name != "claims":
        return row.key if name == "sentences" else row.key[0]
    table, record_id, field = (row.cells[column] for column in ABOUT)
    record = (row.key[0], record_id)
    return table, record if found is None else found.get(table, {}).get(record), field


def score(name: str, one: Row, other: Row, found: Matches) -> tuple[float, int]:
    """How well two rows of one subject match, 0 if they cannot, and then how many cells are equal."""
    pairs = [(words, other.words[field]) for field, words in one.words.items() if words and field in other.words]
    shared = sum(len(words & others) / len(words | others) for words, others in pairs)
    equal = [column for column in columns(name, one, other) if same(name, column, one, other, found)]
    links = sum(target(name, column, one) in found and one.cells[column] != "" for column in equal)
    can_match = name in ("claims", "sentences") or (shared and (links or name not in LINKING))
    return round(1 + shared + links, 6) if can_match else 0, len(equal)


def match(name: str, first: Coding, second: Coding, found: Matches) -> dict[Key, Key]:
    """The rows of a table matched one to one, the best pairs first."""
    others = defaultdict(list)
    for other in second[name].values():
        others[subject(name, other)].append(other)
    pairs = ((one, other) for one in first[name].values() for other in others[subject(name, one, found)])
    scored = [(score(name, one, other, found), one.key, other.key) for one, other in pairs]
    matched: dict[Key, Key] = {}
    taken = set()
    for (points, _), key, other_key in sorted(scored, key=itemgetter(0), reverse=True):
        if points and key not in matched and other_key not in taken:
            matched[key] = other_key
            taken.add(other_key)
    return matched


def agreement(first: Coding, second: Coding, found: Matches) -> Iterator[tuple[object, ...]]:
    """Column by column of the matched rows: cells, equal ones, their share, the same of filled ones, kappa."""
    for name, matches in found.items():
        pairs = [(first[name][key], second[name][other]) for key, other in matches.items()]
        for column in columns(name, *pairs[0]) if pairs else []:
            cells = pd.DataFrame([(one.cells[column], other.cells[column]) for one, other in pairs])
            equal = pd.Series([same(name, column, one, other, found) for one, other in pairs])
            filled = equal[(cells != "").any(axis=1)]
            chance = (cells[0].value_counts(normalize=True) * cells[1].value_counts(normalize=True)).sum()
            kappa = "not defined" if chance == 1 else f"{(equal.mean() - chance) / (1 - chance):.3f}"
            is_level = column in TABLES[name] and TABLES[name][column].type.name in ("enumeration", "boolean")
            shares = f"{equal.mean():.3f}", len(filled), f"{filled.mean():.3f}" if len(filled) else ""
            yield name, column, len(equal), equal.sum(), *shares, kappa if is_level else ""


def differences(first: Coding, second: Coding, found: Matches) -> Iterator[tuple[object, ...]]:
    """Every difference: heading, sentence, row, column, what the first and the second have."""
    for name, matches in found.items():
        title = f"{'Claims' if name == 'claims' else 'Cells and rows'} that differ"
        for one, other in ((first[name][key], second[name][match]) for key, match in matches.items()):
            ids = " = ".join(f"`{key}`" for key in dict.fromkeys((one.key[1], other.key[1])))
            for column in (it for it in columns(name, one, other) if not same(name, it, one, other, found)):
                values = (row.cells[column] or "(missing)" for row in (one, other))
                yield f"{title}: {one.key[0]}", one.sentence(column), f"{name} {ids}", column, *values
        hidden = (*TABLES[name].key, *FREE_TEXT)
        for order, rows, matched in ((1, first[name], {*matches}), (-1, second[name], {*matches.values()})):
            for row in (row for key, row in rows.items() if key not in matched):
                cells = ", ".join(f"{it} {cell}" for it, cell in row.cells.items() if cell and it not in hidden)
                both = (cells, "(no such row)")[::order]
                yield f"{title}: {row.key[0]}", row.sentence(), f"{name} `{row.key[1]}`", "(whole row)", *both


def markdown(title: str, header: str, rows: Iterable[Iterable[object]]) -> str:
    """A section with a table."""
    lines = [header.split(", "), ["---"] * len(header.split(", ")), *rows]
    cells = ([str(cell).replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines)
    return f"\n## {title}\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in cells)


@click.command()
@click.argument("folders", metavar="FIRST SECOND", nargs=2, type=click.Path(path_type=Path))
@click.option("--output", type=click.File("w", "utf-8"), default="-", help="A file to write instead.")
def main(folders: tuple[Path, Path], output: TextIO) -> None:
    """Write how far two codings agree, and every difference, as Markdown."""
    first, second = (load(folder) for folder in folders)
    articles = {article for article, _ in first["sentences"]} & {article for article, _ in second["sentences"]}
    if not articles:
        raise click.ClickException("The two codings have no article in common.")
    for coding, name in product((first, second), COMPARED):
        coding[name] = {key: row for key, row in coding[name].items() if key[0] in articles}
    found: Matches = {}
    for name in COMPARED:
        found[name] = match(name, first, second, found)
    output.write(INTRODUCTION.format(*(folder.as_posix() for folder in folders), ", ".join(sorted(articles))))
    counts = ((name, len(first[name]), len(second[name]), len(found[name])) for name in COMPARED)
    output.write(markdown("Rows", "table, first, second, both", counts))
    header = "table, column, cells, equal, share, filled, share of filled, kappa"
    output.write(markdown("Columns", header, agreement(first, second, found)))
    for title, rows in groupby(sorted(differences(first, second, found), key=itemgetter(0, 1)), itemgetter(0)):
        output.write(markdown(title, "sentence, row, column, first, second", (row[1:] for row in rows)))


if __name__ == "__main__":
    main()
