"""The rows of the tables as cards: each cell with the claims that back it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any

from bakumoscow.explorer.answers import Row

# The tables whose rows are cards, each with what names a row. Claims and codes are shown with the rows that they are
# of; sentences are blocks.
TITLES = {
    "events": ("label",),
    "actors": ("name",),
    "casualties": ("outcome", "victim_id"),
    "detentions": ("detainee_id", "event_id"),
    "quotes": ("text",),
    "assessments": ("text",),
    "participants": ("actor_id", "role", "event_id"),
    "relations": ("event_id", "relation", "other_event_id"),
    "charges": ("charge", "accused_id"),
    "places": ("name",),
    "articles": ("title",),
}
NAMED = ("events", "actors", "places")
LONGEST_TITLE = 90
# What a filter on a kind compares, where it is no column `kind`.
KINDS = {"casualties": "outcome", "participants": "role", "relations": "relation"}
SPEAKERS = {"quotes": "speaker_id", "assessments": "assessor_id"}  # who speaks or thinks what a row holds


def row_id(table: str, row: Row) -> str:
    """The id of a row in its article."""
    names = list(row)
    return str(row[names[0] if table == "articles" else names[1]])


def text_of(value: Any) -> str:
    """A cell as the CSV files have it.

    >>> text_of(True), text_of(3), text_of(date(2025, 6, 27)), text_of(56.85733)
    ('TRUE', '3', '2025-06-27', '56.85733')
    """
    if isinstance(value, bool):
        return str(value).upper()
    return value.isoformat()[:10] if isinstance(value, date) else str(value)


def titles(tables: Mapping[str, Sequence[Row]], columns: Mapping[str, Sequence[Row]]) -> dict[tuple[str, str], str]:
    """A short name for each row, by table and id: an id in it is shown as the name of the row that it refers to."""
    found: dict[tuple[str, str], str] = {}
    for table in sorted(tables, key=lambda name: len(TITLES.get(name, ()))):
        refers = {column["column"]: column["refers"] for column in columns[table]}
        for row in tables[table] if table in TITLES else ():
            parts = []
            for name in TITLES[table]:
                value = row[name]
                if value is not None:
                    parts.append(found.get((refers[name], value), text_of(value)) if refers[name] else text_of(value))
            words = ", ".join(parts).replace("_", " ") if len(parts) > 1 else "".join(parts)
            found[table, row_id(table, row)] = _shortened(words) or row_id(table, row)
    return found


def short_labels(in_tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[tuple[str, str], str]:
    """The kind of each row that has no name, by table and id: its title repeats the words that it is about."""
    return {
        (table, card["id"]): card["kind"].replace("_", " ")
        for table, those in in_tables.items()
        if table not in NAMED
        for card in those
        if card["kind"]
    }


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST_TITLE else words[: LONGEST_TITLE - 1].rstrip() + "…"


def cards(
    codebook: Mapping[str, Sequence[Row]],
    tables: Mapping[str, Sequence[Row]],
    bases: Mapping[str, Sequence[Row]],
    named: Mapping[tuple[str, str], str],
) -> dict[str, list[dict[str, Any]]]:
    """The cards of each table: one a row, its cells that have a value or claims, and the claims on the row as a whole.

    `bases` are the rows of `provenance`, in the order of the tables, and `named` the titles of rows. Each claim has a
    number, its place among those of all cards.
    """
    of_rows: dict[tuple[str, str], list[Row]] = {}
    for claim in sorted(tables["claims"], key=lambda claim: claim["claim_rank"] != "preferred"):
        of_rows.setdefault((claim["record_table"], claim["record_id"]), []).append(claim)
    codes: dict[tuple[str, str], list[Row]] = {}
    for code in tables["codes"]:
        codes.setdefault((code["record_table"], code["record_id"]), []).append(code)
    found: dict[str, list[dict[str, Any]]] = {}
    number = count()
    for table in TITLES:
        refers = {column["column"]: column["refers"] for column in codebook[table]}
        found[table] = []
        for row, basis in zip(tables[table], bases[table], strict=True):
            claims = [
                claim | {"reads": _reads(claim, refers, named)}
                for claim in of_rows.get((table, row_id(table, row)), [])
            ]
            card = _card(table, row, basis, codebook[table], claims)
            card["codes"] = codes.get((table, card["id"]), [])
            for claim in claims_of(card):
                claim["number"] = next(number)
            found[table].append(card)
    return found


def claims_of(card: Mapping[str, Any]) -> Iterator[Row]:
    """The claims of a card in the order in which it shows them."""
    yield from card["claims"]
    for field in card["fields"]:
        yield from field["claims"]


def _reads(claim: Row, refers: Mapping[str, str | None], named: Mapping[tuple[str, str], str]) -> str | None:
    """The value that a claim gives its cell, where this is more than the words that it quotes."""
    value = claim["claimed_value"]
    if value in (None, claim["quoted_text"]):
        return None
    return named.get((refers[claim["field"]] or "", value), value)


def _card(table: str, row: Row, basis: Row, columns: Sequence[Row], claims: Sequence[Row]) -> dict[str, Any]:
    fields = [
        {
            "column": column["column"],
            "text": None if row[column["column"]] is None else text_of(row[column["column"]]),
            "refers": column["refers"],
            "basis": basis[column["column"]],
            "claims": [claim for claim in claims if claim["field"] == column["column"]],
        }
        for column in columns
        if column["mark"] != "key"
    ]
    return {
        "id": row_id(table, row),
        "kind": row.get(KINDS.get(table, "kind")),
        "actors": _actors(table, row, columns),
        "speaks": row.get(SPEAKERS.get(table, "")),
        "claims": [claim for claim in claims if claim["field"] is None],
        "fields": [field for field in fields if field["text"] is not None or field["claims"]],
    }


def _actors(table: str, row: Row, columns: Sequence[Row]) -> list[str]:
    """The actors that a row is about."""
    own = [row["actor_id"]] if table == "actors" else []
    refers = [row[column["column"]] for column in columns if column["refers"] == "actors"]
    return list(dict.fromkeys(actor for actor in [*own, *refers] if actor is not None))
