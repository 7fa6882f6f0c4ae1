"""The slips: faults of several cells or rows at once, by a hand that knows how the tables hang together."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from tools.proof.clean import SEED, Clean
from tools.proof.criterion import Row
from tools.proof.criterion.text import passage_breaks

Tables = dict[str, list[Row]]
Spoil = Callable[[Clean, int], Tables | None]


@dataclass(frozen=True)
class Slip:
    """A slip in a row of a table, and in a column of it where the row stays.

    `spoil` gives the tables that it changes, or None where it cannot be made; `adds` is how many rows of its own table
    it inserts below its row, or less than 0 if it deletes its row.
    """

    table: str
    column: str
    spoil: Spoil
    adds: int = 0


def _unmarked(change: Callable[[Row], Row | None]) -> Spoil:
    """The question mark of an inferred year dropped; `change` says what becomes of a claim on the date, if it stays."""

    def spoil(clean: Clean, row: int) -> Tables | None:
        events, claims = list(clean.rows("events")), []
        event = events[row]
        if "?" not in event["date_edtf"]:
            return None
        events[row] = event | {"date_edtf": event["date_edtf"].replace("?", "")}
        on = {"article_id": event["article_id"], "record_table": "events", "record_id": event["event_id"]}
        for claim in clean.rows("claims"):
            concerned = (on | {"field": "date_edtf"}).items() <= claim.items()
            changed = change(claim) if concerned else claim
            claims += [changed] if changed else []
        return {"events": events, "claims": claims}

    return spoil


def _without_mark(claim: Row) -> Row:
    return claim | {"claimed_value": claim["claimed_value"].replace("?", "")}


def _second(second: Callable[[Clean, Row], Row | None], of_row: bool = False) -> Spoil:
    """A second preferred claim, inserted below the one on a cell or, `of_row`, on a row."""

    def spoil(clean: Clean, row: int) -> Tables | None:
        claims = list(clean.rows("claims"))
        claim = claims[row]
        if claim["claim_rank"] != "preferred" or of_row != (not claim["field"]):
            return None
        other = second(clean, claim)
        if not other:
            return None
        ids, stem = {item["claim_id"] for item in claims}, re.sub("-[0-9]+$", "", claim["claim_id"])
        free = next(name for number in range(2, 99) if (name := f"{stem}-{number}") not in ids)
        return {"claims": [*claims[: row + 1], other | {"claim_id": free}, *claims[row + 1 :]]}

    return spoil


def _longer(clean: Clean, claim: Row) -> Row | None:
    """The claim with a word more in its passage."""
    text, passage = clean.articles[claim["article_id"]], claim["quoted_text"]
    first, last = clean.spans[claim["article_id"], claim["sentence_number"]]
    start = text.index(passage, first, last)
    end = start + len(passage)
    after = re.match(r"\W*\w+", text[end:last])
    before = re.search(r"\w+\W*$", text[first:start])
    for found in ((start, end + after.end()) if after else None, (first + before.start(), end) if before else None):
        if found and not passage_breaks(text, (first, last), text[slice(*found)]):
            return claim | {"quoted_text": text[slice(*found)]}
    return None


def _of_another(clean: Clean, claim: Row) -> Row | None:
    """A claim of another row with another value for the same column, taken for one on this row."""
    same = {name: claim[name] for name in ("article_id", "record_table", "field", "claim_rank", "support")}
    others = [
        other
        for other in clean.rows("claims")
        if same.items() <= other.items() and other["claimed_value"] != claim["claimed_value"]
    ]
    chooser = random.Random(f"{SEED} {claim['claim_id']}")
    return chooser.choice(others) | {"record_id": claim["record_id"]} if others else None


def _last_sentence(clean: Clean, row: int) -> Tables | None:
    sentences = clean.rows("sentences")
    return {"sentences": sentences[:-1]} if row + 1 == len(sentences) else None


SLIPS: dict[str, Slip] = {
    "inferred year not marked in cell and claims": Slip("events", "date_edtf", _unmarked(_without_mark)),
    "inferred year not marked and its claims deleted": Slip("events", "date_edtf", _unmarked(lambda claim: None)),
    "inferred year not marked and given to the coder": Slip(
        "events", "date_edtf", _unmarked(lambda claim: _without_mark(claim) | {"asserted_by": "coder"})
    ),
    "second preferred claim on a cell": Slip("claims", "", _second(_longer), 1),
    "second preferred claim with another value": Slip("claims", "", _second(_of_another), 1),
    "second preferred claim on a row": Slip("claims", "", _second(_longer, of_row=True), 1),
    "last sentence deleted": Slip("sentences", "", _last_sentence, -1),
}
