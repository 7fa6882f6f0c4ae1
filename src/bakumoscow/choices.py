"""What the public functions take as arguments, as types: an editor offers the names, and a type checker knows them."""

from typing import Literal

TableName = Literal[
    "events",
    "actors",
    "casualties",
    "detentions",
    "quotes",
    "assessments",
    "claims",
    "sentences",
    "articles",
    "places",
    "participants",
    "relations",
    "charges",
    "codes",
]
Reading = Literal["stated", "coded", "filled"]
Level = Literal["actor", "state"]
Style = Literal["bibtex", "apa", "cff", "ris", "csl"]
Format = Literal["parquet", "csv"]
