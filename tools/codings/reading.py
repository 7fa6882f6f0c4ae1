"""The codings as their files have them: rows, the passages of their claims, what became of each sentence."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.model.tables import TABLES as MODELS
from bakumoscow.pipeline.anchor import anchor
from bakumoscow.pipeline.csvfile import read_csv
from bakumoscow.pipeline.read import Sources
from bakumoscow.reports.wording import words

# In the order of matching: what others link to comes first.
TABLES = (
    "places", "actors", "events", "participants", "relations", "casualties", "detentions", "charges", "quotes", "claims"
)  # fmt: skip
MISSING = "(missing)"

Cells = Mapping[str, str | None]


class CodingError(Exception):
    """The codings cannot be compared: one line for each reason."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True)
class Record:
    """One row; `passages` are the code points of its claims by field, `""` being the claims on the row itself."""

    id: str
    cells: Cells
    passages: Mapping[str, frozenset[int]]
    sentences: Mapping[str, int]


Records = dict[str, Record]


@dataclass(frozen=True)
class Coding:
    """One coding of an article: its id, the rows of each table by id, and what became of each sentence."""

    article: str
    tables: dict[str, Records]
    roles: dict[int, str]
    sentences: dict[int, str]


def load(root: Path, folder: str, only: str | None = None) -> Coding:
    """A coding as its files have it, or of `only` one article in it, every passage found. Raises CodingError."""
    raw = {name: read_table(root, f"{folder}/{name}.csv") for name in (*TABLES, "sentences")}
    texts = {path.stem: path.read_bytes().decode() for path in sorted((root / "seeds").glob("*.txt"))}
    if only is not None:
        raw = {name: table.filter(pc.equal(table["article_id"], only)) for name, table in raw.items()}
    articles = set(raw["sentences"]["article_id"].to_pylist())
    if len(articles) != 1 or not articles <= texts.keys():
        raise CodingError([f"{folder}: the coding is not of one article in seeds/."])
    (article,) = articles
    for name in ("sentences", "claims"):
        position = raw[name].column_names.index("sentence_number")
        raw[name] = raw[name].set_column(position, "sentence_number", raw[name]["sentence_number"].cast(pa.int64()))
    sources = Sources(
        tables={name: raw[name] for name in ("sentences", "claims")}
        | {"articles": pa.table({"article_id": [article]})},
        articles={article: texts[article]},
    )
    anchored, problems = anchor(sources)
    if problems:
        raise CodingError([f"{folder}: {words(item)}" for item in problems])
    claims, sentences = anchored["claims"].to_pylist(), anchored["sentences"].to_pylist()
    evidence: dict[tuple[str, str], list[dict[str, str | int | None]]] = {}
    for claim in sorted(claims, key=lambda claim: claim["claim_rank"] != "preferred"):
        evidence.setdefault((claim["record_table"], claim["record_id"]), []).append(claim)
        evidence["claims", claim["claim_id"]] = [claim | {"field": None}]
    tables = {}
    for name in TABLES:
        rows = raw[name].to_pylist()
        key = MODELS[name].id
        tables[name] = {row[key]: record(row[key], row, evidence.get((name, row[key]), [])) for row in rows}
    coded = {claim["sentence_number"] for claim in claims}
    roles = {
        row["sentence_number"]: "coded" if row["sentence_number"] in coded else row["role"] or MISSING
        for row in sentences
    }
    text = texts[article]
    return Coding(
        article, tables, roles, {row["sentence_number"]: text[row["char_start"] : row["char_end"]] for row in sentences}
    )


def read_table(root: Path, file: str) -> pa.Table:
    """A file as text columns under its own header: the kept codings do not follow later changes of the tables."""
    path = root / file
    if not path.is_file():
        raise CodingError([f"{file} is missing."])
    with path.open(encoding="utf-8", newline="") as lines:
        header = next(csv.reader(lines), [])
    table, _, problems = read_csv(root, file, header)
    if table is None or problems:
        raise CodingError([f"{file}: {words(item)}" for item in problems])
    return table


def record(key: str, row: Mapping[str, object], claims: Iterable[Mapping[str, object]]) -> Record:
    """A row with the passages of its claims, each given as field, char_start, char_end, sentence_number."""
    passages: dict[str, frozenset[int]] = {}
    sentences: dict[str, int] = {}
    for claim in claims:
        field = str(claim["field"] or "")
        span = frozenset(range(int(str(claim["char_start"])), int(str(claim["char_end"]))))
        passages[field] = passages.get(field, frozenset()) | span
        sentences.setdefault(field, int(str(claim["sentence_number"])))
    cells = {name: None if value is None else str(value) for name, value in row.items()}
    return Record(key, cells, passages, sentences)
