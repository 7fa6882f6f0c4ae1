"""Which event reacts to which: the relations between events as chains."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bakumoscow.frames import records
from bakumoscow.readings import Reading
from bakumoscow.views.acts import acts
from bakumoscow.views.told import NOT_STATED, Key, events_told, framed, joined, names, parties, row_claims, texts

if TYPE_CHECKING:
    import pandas as pd

    from bakumoscow.choices import Reading as ReadingName
    from bakumoscow.dataset import Dataset

INDENT = "> "  # visible wherever text is aligned to the right
FIRST = (
    "event",
    "relation",
    "to",
    "basis",
    "again",
    "kind",
    "to_kind",
    "factuality",
    "says",
    "when",
    "place",
    "source",
    "target",
)
LAST = ("depth", "relation_id", "event_id", "other_event_id", "article_id")
TYPES = {
    "relation": "relations.relation",
    "basis": "relations.basis",
    "factuality": "relations.factuality",
    "to_kind": "events.kind",
    "again": "boolean",
    "depth": "integer",
}


def reactions(
    dataset: "Dataset", *, reading: "ReadingName | str" = "coded", voice: str | None = None
) -> "pd.DataFrame":
    """Which event reacts to which, one row a relation.

    A row says that `event` is a part of, responds to, is caused by, ends or follows `to`. The rows of a chain follow
    each other: below an event come its parts, then what reacts to it, each with its own reactions below it, marked
    by a `>` for each level. An event with two relations has two rows; its own reactions are below the first, and in
    the second `again` is True. As stated, the words may say that an event reacts but not to what: `to` is then
    "(not stated)". `load` explains `reading` and `voice`.

    Columns: event (with its marks), relation, to, basis (stated, or inferred if only the order or the context
    suggests that it reacts, or to what), again, kind and to_kind (of the two events), factuality, says (who says that
    it reacts, and who to what), when and place of the event, source and target (who acts in it and who is acted on;
    missing where the text names nobody), depth (1 for what reacts to the first event of a chain), relation_id,
    event_id, other_event_id, article_id. Raises NotFoundError, IntegrityError.

    >>> reactions().query("kind == 'arrest' and to_kind == 'arrest'")[["event", "to", "source", "target"]]
    >>> print(reactions()[["event", "relation", "basis", "says"]].to_string())
    """
    tables = Reading(dataset, reading, voice)
    told, actors, done = events_told(tables), names(tables, "actors"), acts(tables)
    rows = []
    to_what = row_claims(tables, "relations", "other_event_id")["asserted_by"].to_dict()
    for relation, depth, again in _chains(records(tables["relations"]), told):
        article = relation["article_id"]
        event = told[article, relation["event_id"]]
        other = relation["other_event_id"]
        voices = [relation["voice"], to_what.get((article, relation["relation_id"])) if other else None]
        row = {
            "event": INDENT * (depth - 1) + event["event"],
            "to": told[article, other]["event"] if other else NOT_STATED,
            "to_kind": told[article, other]["kind"] if other else None,
            "says": joined(actors.get((article, voice or "")) for voice in voices),
            "again": again,
            "depth": depth,
        }
        rows.append(event | relation | parties(done[article, relation["event_id"]], article, actors) | row)
    return framed(tables, rows, texts(*FIRST, *LAST) | TYPES)


def _chains(relations: list[dict[str, Any]], told: Mapping[Key, Any]) -> Iterator[tuple[dict[str, Any], int, bool]]:
    """The relations in the order of their chains, each with its depth and whether its event was shown before."""
    order = {key: number for number, key in enumerate(told)}
    below: dict[tuple[str, str | None], list[dict[str, Any]]] = {}
    reacting = {(row["article_id"], row["event_id"]) for row in relations}
    parts_first = sorted(
        relations, key=lambda row: (row["relation"] != "part_of", order[row["article_id"], row["event_id"]])
    )
    for relation in parts_first:
        below.setdefault((relation["article_id"], relation["other_event_id"]), []).append(relation)
    firsts = [key for key in told if key not in reacting]
    unknown = [(article, None) for article in dict.fromkeys(article for article, _ in told)]
    shown: set[tuple[str, str | None]] = set()
    for start in [*firsts, *unknown, *told]:  # all events at last: those of a circle have no first
        waiting = [] if start in shown else [(relation, 1) for relation in reversed(below.get(start, []))]
        shown.add(start)
        while waiting:
            relation, depth = waiting.pop()
            key = (relation["article_id"], relation["event_id"])
            yield relation, depth, key in shown
            if key not in shown:
                shown.add(key)
                waiting += [(reaction, depth + 1) for reaction in reversed(below.get(key, []))]
