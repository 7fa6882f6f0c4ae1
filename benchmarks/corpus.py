"""A package of so many different articles, made of the repository's first one.

    python benchmarks/corpus.py DIRECTORY ARTICLES

Copies would flatter whatever stores or compresses a value once. So each article has ciphers of its own, one for words
and one for ids: permutations of the letters that keep case, digits, punctuation and spaces. A cipher is one to one:
what stands once, at the edges of words or in its passage, still does, and the package is valid.
"""

import csv
import io
import json
import sys
from collections.abc import Callable
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from random import Random
from string import ascii_letters, ascii_lowercase

ROOT = Path(__file__).resolve().parent.parent
VOICES = ("article", "coder")  # actors whose ids and names are the same in every article
WORDS, IDS = 0xE000, 0xE100  # where a template keeps the letters of words and of ids: Unicode's private characters
Kind = Callable[[str], str]  # what a template does with a column's cells


def make(directory: Path, articles: int) -> None:
    """Write data/ and seeds/ of so many articles, one after another: the memory that this takes does not grow."""
    with (ROOT / "data" / "articles.csv").open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    article = first["article_id"]
    text = words((ROOT / "seeds" / f"{article}.txt").read_bytes().decode())
    typed = {path.stem for path in (ROOT / "data").glob("*.csv")}
    kinds = {path.stem: column_kinds(path) for path in (ROOT / "schemas").glob("*.json") if path.stem in typed}
    kinds["exceptions"] = {"article_id": ids, "record_id": ids, "words": words}
    templates = {table: template(table, article, kinds) for table in sorted(kinds)} | {"retired": ""}
    (directory / "data").mkdir(parents=True)
    (directory / "seeds").mkdir()
    with ExitStack() as stack:
        files = {}
        for table in templates:
            path = directory / "data" / f"{table}.csv"
            files[table] = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
            files[table].write((ROOT / "data" / path.name).read_text("utf-8").split("\n")[0] + "\n")
        for number in range(1, articles + 1):
            key = cipher(number)
            raw = text.translate(key).encode()
            (directory / "seeds" / f"{ids(article).translate(key)}.txt").write_bytes(raw)
            for table, rows in templates.items():
                files[table].write(rows.translate(key).replace(first["sha256"], sha256(raw).hexdigest()))


def column_kinds(schema: Path) -> dict[str, Kind]:
    """A table's columns of ids and of words. All others are kept: levels, numbers, dates, codes, references."""
    kinds: dict[str, Kind] = {}
    for column in json.loads(schema.read_text("utf-8"))["fields"]:
        pattern = column.get("constraints", {}).get("pattern") or column.get("bakumoscow:pattern", "")
        if pattern.startswith("[a-z][a-z0-9]*"):
            kinds[column["name"]] = ids
        elif pattern.startswith("[^") and column["bakumoscow:mark"] in ("coded", "coder"):
            kinds[column["name"]] = words
    if schema.stem == "sentences":
        kinds["opening"] = words  # typed, not published
    return kinds


def template(table: str, article: str, kinds: dict[str, dict[str, Kind]]) -> str:
    """The article's rows of a table as CSV, with the letters that a cipher replaces as private characters."""
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["article_id"] == article:
                cells = {name: kinds[table].get(name, str)(cell) for name, cell in row.items()}
                if table == "actors" and row["actor_id"] in VOICES:
                    cells["name"] = row["name"]
                if table == "claims":  # its id is its record's and its field, its value of the kind of its cell
                    cells["field"] = row["field"]
                    cells["claimed_value"] = kinds[row["record_table"]].get(row["field"], str)(row["claimed_value"])
                    cells["claim_id"] = cells["record_id"] + row["claim_id"].removeprefix(row["record_id"])
                writer.writerow(cells.values())
    return rows.getvalue()


def words(text: str) -> str:
    return text.translate({ord(letter): WORDS + ord(letter) for letter in ascii_letters})


def ids(text: str) -> str:
    return text if text in VOICES else text.translate({ord(letter): IDS + ord(letter) for letter in ascii_lowercase})


def cipher(number: int) -> dict[int, int]:
    """The letter for each private character; ASCII stands for itself, which is faster than not to be in the table."""
    random = Random(number)
    table = {code: code for code in range(128)}
    for start in (WORDS, IDS):
        for letter, other in zip(ascii_lowercase, random.sample(ascii_lowercase, 26), strict=True):
            table[start + ord(letter)] = ord(other)
            table[start + ord(letter.upper())] = ord(other.upper())
    return table


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    make(Path(sys.argv[1]), int(sys.argv[2]))
