"""What each voice asserts, says and thinks, and where two voices differ."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, groupby
from typing import Any

from bakumoscow.explorer.answers import Row

AUTHOR = "article"  # the voice of the text itself, which asserts most
DIFFERENT = ("differs", "denies", "undecided")  # results of `compare` that readers want beside each other


def voices(claims: Sequence[Row], said: Mapping[str, Sequence[Row]]) -> list[dict[str, Any]]:
    """Every actor that asserts, says or thinks something, the article first, then those with most to say."""
    parts = {
        "asserts": _by(claims, "asserted_by"),
        "says": _by(said["quotes"], "speaker_id"),
        "thinks": _by(said["assessments"], "assessor_id"),
    }
    actors = list(dict.fromkeys(actor for part in parts.values() for actor in part))
    found = [{"actor": actor} | {name: part.get(actor, []) for name, part in parts.items()} for actor in actors]
    return sorted(found, key=lambda voice: (voice["actor"] != AUTHOR, -sum(len(voice[name]) for name in parts)))


def differences(claims: Sequence[Row], compared: Callable[[str, str], list[Row]]) -> list[dict[str, Any]]:
    """The pairs of voices that assert something of the same row or cell and differ, with what `compare` says of it."""
    of_cells: dict[tuple[str, str, str | None], set[str]] = {}
    for claim in claims:
        if claim["support"] == "explicit":
            cell = (claim["record_table"], claim["record_id"], claim["field"])
            of_cells.setdefault(cell, set()).add(claim["asserted_by"])
    pairs = sorted({pair for voices in of_cells.values() for pair in combinations(sorted(voices), 2)})
    found = []
    for one, other in pairs:
        rows = [row for row in compared(one, other) if row["result"] in DIFFERENT and row["other_factuality"]]
        if rows:
            found.append({"voice": one, "other": other, "rows": rows})
    return found


def _by(rows: Sequence[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


def by_subject(assessments: Sequence[Row]) -> list[tuple[str | None, list[Row]]]:
    """The assessments by what they are about, most frequent first; those about nothing named last."""
    ordered = sorted(assessments, key=lambda row: (row["about"] or "", row["assessor_id"] != AUTHOR))
    groups = [(about, list(rows)) for about, rows in groupby(ordered, key=lambda row: row["about"])]
    return sorted(groups, key=lambda group: (group[0] is None, -len(group[1])))
