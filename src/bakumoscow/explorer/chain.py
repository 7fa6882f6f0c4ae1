"""The chain of reaction as nested events."""

from collections.abc import Iterable, Sequence
from typing import Any

from bakumoscow.explorer.answers import Row


def chain(reactions: Sequence[Row], events: Iterable[Row]) -> list[dict[str, Any]]:
    """The events that something follows from, each with what follows from it, nested.

    An event that follows from several is shown once, where `reactions` has it first; its other causes are in `also`.
    An event whose cause the text does not name is under a root without an event.
    """
    told = {event["event_id"]: event for event in events}
    roots: dict[str | None, dict[str, Any]] = {}
    shown: dict[str, dict[str, Any]] = {}
    path: list[dict[str, Any]] = []
    for row in reactions:
        if row["event_id"] in shown:
            _add_cause(shown[row["event_id"]], row, told)
            continue
        cause = row["other_event_id"]
        if row["depth"] == 1:
            path = [roots.setdefault(cause, _node(told.get(cause), None))]
        parent = path[row["depth"] - 1]
        node = _node(told[row["event_id"]], row)
        parent["leads_to"].append(node)
        path[row["depth"] :] = [node]
        shown[row["event_id"]] = node
    return [root for cause, root in roots.items() if cause not in shown and root["leads_to"]]


def _node(event: Row | None, relation: Row | None) -> dict[str, Any]:
    return {"event": event, "how": relation, "also": [], "leads_to": []}


def _add_cause(node: dict[str, Any], row: Row, told: dict[str, Row]) -> None:
    """Note a second cause of an event that is shown already; the same one twice is one."""
    first = node["how"]["other_event_id"]
    if row["other_event_id"] not in (first, None, *(cause["event"]["event_id"] for cause in node["also"])):
        node["also"].append({"event": told[row["other_event_id"]], "how": row})
