"""Sums of counts that count nobody twice and take nothing unknown for zero."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bakumoscow.choices import LEVELS
from bakumoscow.errors import raise_if_unknown
from bakumoscow.frames import records
from bakumoscow.model.levels import DENIED, OPEN
from bakumoscow.model.tables import TABLES
from bakumoscow.readings import Reading
from bakumoscow.views.acts import AGENTS, Group, agents
from bakumoscow.views.dyads import STATELESS
from bakumoscow.views.states import State, states
from bakumoscow.views.told import NOT_STATED, Key, events_told, framed, joined, names

if TYPE_CHECKING:
    import pandas as pd

    from bakumoscow.choices import Level
    from bakumoscow.choices import Reading as ReadingName
    from bakumoscow.dataset import Dataset

NOBODY = "(nobody)"
COUNTED = tuple(name for name, table in TABLES.items() if "count_low" in table)
ALWAYS = ("outcome", "role")  # people with another outcome, or in another role, are never added
OF_EVENT = ("event", "kind", "place")
NUMBERS = ("low", "best", "high")
ASIDE = ("uncertain", "denied", "undecided")


def totals(
    dataset: "Dataset",
    table: str,
    by: str | None = None,
    *,
    level: "Level | str" = "actor",
    whole: bool = False,
    reading: "ReadingName | str" = "coded",
    voice: str | None = None,
) -> "pd.DataFrame":
    """How many people: the counts of casualties, detentions or participants, added up.

    `by` is "event", "kind" or "place" (of the event), or a party of the table: "victim" or "perpetrator", "detainee"
    or "detained_by", "actor". A sum never crosses articles, outcomes (of casualties) or roles (of participants): two
    articles may report the same people, and one person may have two outcomes. With `whole=True` the parts of an event
    count in the event that they are part of, and what it caused does not; it needs `by="event"`. With `level="state"`
    parties are states, as in `dyads`. `load` explains `reading` and `voice`; a detainer may be a part that is inferred
    in the event, which `coded` has, too.

    A group is a row of the table. Columns: what `by` says, outcome or role, low (persons at least; missing if no group
    has a lowest number), best (missing unless every group has one), high (likewise), numbered ("1 of 5": how many of
    the groups have a best number), uncertain (how many groups are only probable or possible; they are in the sums),
    denied and undecided (how many groups the text denies or leaves open; they are in no sum), the id of what `by`
    says, article_id. By perpetrator or detained_by also inferred (for how many groups a conclusion names the party). A
    party of which the text says nothing is "(not stated)", with a missing id; several who act together are one, with
    all names in one cell. The rows are in the order in which the articles tell the events. Raises NotFoundError,
    IntegrityError, and ValueError if `whole` is without events.

    >>> totals("casualties", by="event")
    >>> totals("casualties", by="perpetrator", reading="filled")
    """
    raise_if_unknown(table, COUNTED, "table with counts")
    raise_if_unknown(level, LEVELS, "level")
    if by is not None:
        by = by.removesuffix("_id") if isinstance(by, str) else by
        ways = [
            *OF_EVENT,
            *(column.name.removesuffix("_id") for column in TABLES[table].columns if column.refers == "actors"),
        ]
        raise_if_unknown(by, ways, f"way to group {table}")
    if whole and by != "event":
        raise ValueError("`whole` adds the parts of an event to it, so it needs totals by event.")
    tables = Reading(dataset, reading, voice)
    told = events_told(tables)
    rows = records(tables[table])
    if _is_agent(table, by):
        of_actors = states(tables) if level == "state" else {}
        rows = [
            row | {"inferred": _is_inferred(group, of_actors)}
            for row, group in zip(rows, agents(tables, table), strict=True)
        ]
    named = _names(tables, table, by, level, told, wholes(tables) if whole else {})
    always = [column for column in ALWAYS if column in TABLES[table]]
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    order = {key: number for number, key in enumerate(told)}
    for row, name in sorted(zip(rows, named, strict=True), key=lambda pair: order[_event(pair[0])]):
        groups.setdefault((row["article_id"], *name, *(row[column] for column in always)), []).append(row)
    keys = ("article_id", by or "", f"{by}_id", *always)
    sums = [dict(zip(keys, key, strict=True)) | _sums(group) for key, group in groups.items()]
    return framed(tables, sums, _columns(table, by, always))


def _columns(table: str, by: str | None, always: list[str]) -> dict[str, str]:
    """The columns of the sums, with their types."""
    return {
        **({by: "text"} if by else {}),
        **{column: f"{table}.{column}" for column in always},
        **dict.fromkeys(NUMBERS, "integer"),
        "numbered": "text",
        **({"inferred": "integer"} if _is_agent(table, by) else {}),
        **dict.fromkeys(ASIDE, "integer"),
        **({f"{by}_id": "text"} if by and by != "kind" else {}),
        "article_id": "text",
    }


def _event(row: Mapping[str, Any]) -> Key:
    return row["article_id"], row["event_id"]


def _names(
    tables: Reading, table: str, by: str | None, level: str, told: Mapping[Key, Any], whole_of: Mapping[Key, Key]
) -> list[tuple[str | None, str | None]]:
    """The name and the id of the group to which each row of a table belongs."""
    keys = [_event(row) for row in records(tables[table])]
    if by is None:
        return [(None, None)] * len(keys)
    if by == "event":
        keys = [whole_of.get(key, key) for key in keys]
        return [(told[key]["event"], key[1]) for key in keys]
    if by == "kind":
        return [(told[key]["kind"], None) for key in keys]
    if by == "place":
        places, ids = names(tables, "places"), [told[key]["place_id"] for key in keys]
        return [(places.get((key[0], id), NOT_STATED), id) for key, id in zip(keys, ids, strict=True)]
    return _parties(tables, table, by, level)


def _parties(tables: Reading, table: str, by: str, level: str) -> list[tuple[str | None, str | None]]:
    """The name and the id of the party in a column of each row; several that act together are one."""
    column = TABLES[table][f"{by}_id" if f"{by}_id" in TABLES[table] else by]
    if _is_agent(table, by):
        ids = [[agent.actor for agent in group.agents] for group in agents(tables, table)]
    else:
        ids = [[row[column.name]] for row in records(tables[table])]
    known: dict[Key, tuple[str, str | None]] = {key: (name, key[1]) for key, name in names(tables, "actors").items()}
    if level == "state":
        of_actors = states(tables)
        known = {
            key: (of_actors[key].name, of_actors[key].code) if key in of_actors else (STATELESS, None) for key in known
        }
    nobody = (NOT_STATED if column.mark == "coded" else NOBODY, None)
    found = []
    for article, actors in zip(tables[table]["article_id"], ids, strict=True):
        parties = [known[article, actor] if actor else nobody for actor in actors]
        ids_known = all(id for _, id in parties)
        found.append((joined(name for name, _ in parties), joined(id for _, id in parties) if ids_known else None))
    return found


def _is_inferred(group: Group, of_actors: Mapping[Key, State]) -> bool:
    """Whether a conclusion names one of those who acted on a group, or leads to its state."""
    found = (of_actors.get((group.event[0], agent.actor or "")) for agent in group.agents)
    return any(agent.basis == "inferred" for agent in group.agents) or any(
        state and state.concluded_by for state in found
    )


def _is_agent(table: str, by: str | None) -> bool:
    """Whether `by` is who acted on the people counted, whom a conclusion may name."""
    return table in AGENTS and AGENTS[table][1] in (by, f"{by}_id")


def wholes(tables: Reading) -> dict[Key, Key]:
    """The event that each part belongs to in the end, along the relation part_of."""
    relations = tables["relations"]
    is_asserted = ~relations["factuality"].isin((*DENIED, *OPEN))
    parts = relations[(relations["relation"] == "part_of") & relations["other_event_id"].notna() & is_asserted]
    columns = ["article_id", "event_id", "other_event_id"]
    whole_of: dict[Key, Key] = {}
    for article, event, other in parts[columns].itertuples(index=False):
        whole_of.setdefault((article, event), (article, other))
    return {part: _last(part, whole_of) for part in whole_of}


def _last(part: Key, whole_of: Mapping[Key, Key]) -> Key:
    seen = {part}
    while part in whole_of and whole_of[part] not in seen:
        part = whole_of[part]
        seen.add(part)
    return part


def _sums(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The sums of one group of rows."""
    asserted = [row for row in rows if row["factuality"] not in (*DENIED, *OPEN)]
    counts = {name: [row[f"count_{name}"] for row in asserted] for name in NUMBERS}
    known = [number for number in counts["low"] if number is not None]
    complete = {name: sum(counts[name]) for name in ("best", "high") if counts[name] and None not in counts[name]}
    return {
        "low": sum(known) if known else None,
        **complete,
        "numbered": f"{len(counts['best']) - counts['best'].count(None)} of {len(asserted)}",
        "inferred": sum(row.get("inferred", False) for row in asserted),
        "uncertain": sum(row["factuality"] != "CT+" for row in asserted),
        "denied": sum(row["factuality"] in DENIED for row in rows),
        "undecided": sum(row["factuality"] in OPEN for row in rows),
    }
