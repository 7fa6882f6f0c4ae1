"""The readings of a package the long way: from its hand-coded files, with the csv module and plain loops."""

import csv
from pathlib import Path

from bakumoscow.model.tables import TABLES

Row = dict[str, str]
Rows = dict[tuple[str, ...], Row]
NUMBERS = {"four": "4", "two": "2"}  # of the words that conclusions of the tests have
COUNTS = ("count_low", "count_best", "count_high")
STATES = ("state", "government_body", "security_force")


def coded(package: Path, table: str) -> Rows:
    """The rows of a table by key; an empty cell is missing."""
    with (package / f"data/{table}.csv").open(encoding="utf-8", newline="") as file:
        return {tuple(row[name] for name in TABLES[table].key): row for row in csv.DictReader(file)}


def stated(package: Path, table: str) -> Rows:
    """The rows that words say, without the cells that a reader concludes."""
    claims = list(coded(package, "claims").values())
    concluded = [claim for claim in claims if (claim["claim_rank"], claim["support"]) == ("preferred", "inferred")]
    left_out = {(one["record_table"], one["article_id"], one["record_id"]) for one in concluded if not one["field"]}
    found: Rows = {}
    for key, row in coded(package, table).items():
        record = (row.get("record_table", table), row["article_id"], row.get("record_id", key[-1]))
        if record not in left_out and row.get("support") != "inferred":
            found[key] = row
    for claim in concluded:
        row = found.get((claim["article_id"], claim["record_id"]), {})
        if claim["record_table"] == table and row:
            if claim["field"]:
                row[claim["field"]] = ""
            if claim["field"] == "place_id":
                row |= {"place_relation": "", "place_basis": ""}
            if claim["field"] == "date_edtf":
                row["date_basis"] = "unresolved" if row["date_text"] else "unknown"
            if claim["field"] == "other_event_id":
                (that,) = [
                    one["factuality"]
                    for one in claims
                    if (one["record_id"], one["field"], one["claim_rank"]) == (claim["record_id"], "", "preferred")
                    and one["article_id"] == claim["article_id"]
                ]
                row |= {"basis": "stated", "factuality": that}
    return found


def filled(package: Path, table: str) -> tuple[Rows, dict[tuple[tuple[str, ...], str], str]]:
    """The rows with what conclusions fill, and each cell that one fills or that is in dispute."""
    found, values = coded(package, table), dict[tuple[tuple[str, ...], str], set[str]]()
    for claim in coded(package, "claims").values():
        if (claim["claim_rank"], claim["support"], claim["record_table"]) == ("normal", "inferred", table):
            key = tuple(dict.fromkeys((claim["article_id"], claim["record_id"])))
            if not found[key][claim["field"]]:
                values.setdefault((key, claim["field"]), set()).add(claim["claimed_value"])
    bases: dict[tuple[tuple[str, ...], str], str] = {}
    for (key, field), claimed in values.items():
        row = found[key]
        if len(claimed) > 1:
            bases[key, field] = "disputed"
            continue
        if field == "country" and row["kind"] not in STATES:
            continue
        if field == "place_relation" and not row["place_id"] and (key, "place_id") not in values:
            continue
        (row[field],) = claimed
        bases[key, field] = "inferred"
        if field == "date_edtf":
            row["date_basis"] = "relative"
        if field == "date_text" and not row["date_edtf"]:
            row["date_basis"] = "unresolved"
        if field == "count_text" and not any(row[name] for name in COUNTS):
            row |= dict.fromkeys(COUNTS, NUMBERS[row[field]])
            bases |= {(key, name): "inferred" for name in COUNTS}
        if field == "citizenship":
            for other in coded(package, table).values():
                if (other["article_id"], other["citizenship"]) == (key[0], row[field]) and other["citizenship_code"]:
                    row["citizenship_code"] = other["citizenship_code"]
    return found, bases
