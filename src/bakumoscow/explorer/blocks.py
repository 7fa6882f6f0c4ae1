"""The sentences as blocks of pieces, each with the rows that it backs."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from bakumoscow.explorer.answers import Row

SMALL_GAP = 2  # a gap of a space or a full stop is shown as a space


def blocks(
    passages: Sequence[Row], claims: Mapping[str, Row], labels: Mapping[tuple[str, str], str]
) -> list[dict[str, Any]]:
    """One block a sentence: its pieces in reading order, and the rows that its words back, by table, with a label."""
    found = []
    for sentence, rows in groupby(passages, key=lambda row: row["sentence"]):
        own = list(rows)
        quoting = {claim["claim_id"]: claim for row in own for claim in _claims(row, claims)}
        backed: dict[str, dict[str, str]] = {}
        for claim in quoting.values():
            key = (claim["record_table"], claim["record_id"])
            backed.setdefault(key[0], {})[key[1]] = labels.get(key, key[1])
        found.append(
            {
                "number": sentence,
                "role": own[0]["role"],
                "paragraph": own[0]["paragraph"],
                "pieces": [piece(row, claims) for row in own],
                "rows": backed,
            }
        )
    return found


def piece(row: Row, claims: Mapping[str, Row]) -> dict[str, Any]:
    """A passage, or a gap, with the numbers of the claims that quote it."""
    quoting = _claims(row, claims)
    return {
        "text": row["text"],
        "start": row["char_start"],
        "end": row["char_end"],
        "characters": row["characters"],
        "small": row["characters"] <= SMALL_GAP,
        "claims": [claim["number"] for claim in quoting],
        "inferred": bool(quoting) and all(claim["support"] == "inferred" for claim in quoting),
        "much": min(3, (len(quoting) + 1) // 2),
    }


def marked(block: Mapping[str, Any], claim: Row) -> list[dict[str, Any]]:
    """The pieces of a sentence, joined: those that a claim quotes, those before, and those after."""

    def quoted(each: Mapping[str, Any]) -> bool:
        return bool(claim["char_start"] <= each["start"] and each["end"] <= claim["char_end"])

    return [{"marked": inside, "pieces": list(those)} for inside, those in groupby(block["pieces"], key=quoted)]


def _claims(row: Row, claims: Mapping[str, Row]) -> list[Row]:
    return [claims[claim] for claim in (row["claim_ids"] or "").split("; ") if claim]
