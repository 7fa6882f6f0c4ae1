"""The largest number of an article, and its counts as intervals."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bakumoscow.explorer.answers import Row

# The tables that count people: the column of a row's id, and that of who is counted.
COUNTED = {"casualties": ("casualty_id", "victim_id"), "detentions": ("detention_id", "detainee_id")}


def largest(totals: Sequence[Row], tables: Mapping[str, Sequence[Row]]) -> dict[str, Any] | None:
    """The total that is largest among those that are certain, with its groups that have a number above zero.

    None if no total is certain or all are zero.
    Among equals, it is that of the event which the article tells first.
    """
    order = {event["event_id"]: event["sequence"] for event in tables["events"]}
    known = [row for row in totals if row["best"] and not row["uncertain"]]
    if not known:
        return None
    total = min(known, key=lambda row: (-row["best"], order[row["event_id"]]))
    groups = [group for group in _groups("casualties", total, tables) if group["claim"] and group["count_best"]]
    return {"total": total, "groups": groups}


def interval(low: int | None, best: int | None, high: int | None) -> str:
    """Two or three bounds as words.

    >>> interval(2, 2, 2), interval(2, None, None), interval(None, None, None), interval(3, None, 5)
    ('2', 'at least 2', 'unknown', '3 to 5')
    >>> interval(None, None, 5), interval(3, 4, 5), interval(0, 0, 0)
    ('at most 5', '4 (3 to 5)', '0')
    """
    if best is not None:
        return str(best) if low == high == best else f"{best} ({interval(low, None, high)})"
    if low is not None and high is not None:
        return f"{low} to {high}"
    if low is None and high is None:
        return "unknown"
    return f"at least {low}" if high is None else f"at most {high}"


def all_counts(asked: Callable[[str], list[Row]], tables: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    """The totals of harmed and of detained people by event, each with its interval and its groups.

    What the text denies is apart. `detained` is the total over all events; `most` is the largest bound.
    """
    rows = [
        {
            "total": total,
            "outcome": total.get("outcome", "detention"),
            "words": interval(total["low"], total["best"], total["high"]),
            "groups": groups,
            "denied": total["denied"] == len(groups),
        }
        for table in COUNTED
        for total in asked(table)
        for groups in [_groups(table, total, tables)]
    ]
    ends = [value for row in rows for value in (row["total"]["low"], row["total"]["best"], row["total"]["high"])]
    return {
        "rows": [row for row in rows if not row["denied"]],
        "denied": [row for row in rows if row["denied"]],
        "detained": next(iter(asked("all detentions")), None),
        "most": max([value for value in ends if value is not None], default=0),
    }


def _groups(table: str, total: Row, tables: Mapping[str, Sequence[Row]]) -> list[Row]:
    """The rows that a total counts, each with the name of those counted and the claim on its number."""
    identifier, member = COUNTED[table]
    names = {actor["actor_id"]: actor["name"] for actor in tables["actors"]}
    counts = {
        claim["record_id"]: claim
        for claim in tables["claims"]
        if (claim["record_table"], claim["field"], claim["claim_rank"]) == (table, "count_text", "preferred")
    }
    return [
        row | {"members": names.get(row[member] or ""), "claim": counts.get(row[identifier])}
        for row in tables[table]
        if all(row.get(name) == total.get(name) for name in ("event_id", "outcome"))
    ]
