"""What the public functions take as arguments, as types: an editor offers the names, and a type checker knows them."""

from typing import Literal, get_args

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
Order = Literal["time", "text"]
Provenance = Literal["basis", "voice"]
Format = Literal["parquet", "csv"]
Export = Literal["sqlite", "xlsx", "dta", "jsonl", "geojson", "graphml", "r"]
Engine = Literal["pandas", "polars", "pyarrow", "duckdb"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
READINGS: tuple[Reading, ...] = get_args(Reading)
PROVENANCE: tuple[Provenance, ...] = get_args(Provenance)
ORDERS: tuple[Order, ...] = get_args(Order)
LEVELS: tuple[Level, ...] = get_args(Level)
