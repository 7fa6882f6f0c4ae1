"""Who did what to whom: the sources and targets of events, between actors or between states."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bakumoscow.choices import LEVELS
from bakumoscow.errors import raise_if_unknown
from bakumoscow.model.levels import FACTUALITY, MUTUAL_KINDS, TARGET_ROLES
from bakumoscow.readings import Reading
from bakumoscow.views.acts import CONCLUDED, Act, End, acts
from bakumoscow.views.states import State, states
from bakumoscow.views.told import NOT_STATED, Key, events_told, framed, joined, names, texts

if TYPE_CHECKING:
    import pandas as pd

    from bakumoscow.choices import Level
    from bakumoscow.choices import Reading as ReadingName
    from bakumoscow.dataset import Dataset

STATELESS, WITHIN = "(unknown)", "(itself)"
ENDS = ("source", "target")
COLUMNS = {
    "actor": ("source", "kind", "target", "role", "basis", "sentence", "when", "event"),
    "state": ("source", "kind", "target", "event", "basis", "sentence", "when", "role"),
}
MORE = {
    "actor": ("place", "factuality", "says", "directed", "source_role"),
    "state": ("place", "factuality", "says", "directed", "source_actors", "source_via", "target_actors", "target_via"),
}
LAST = ("source_id", "target_id", "event_id", "article_id")
TYPES = {"directed": "boolean", "basis": "participants.basis"}


def dyads(
    dataset: "Dataset",
    *,
    level: "Level | str" = "actor",
    reading: "ReadingName | str" = "coded",
    voice: str | None = None,
) -> "pd.DataFrame":
    """Acts: one row for each event, source and target, not one for each pair of parties.

    Sources are initiators, organizers and speakers, targets are targets, victims and addressees. Count events with
    `event_id.nunique()` and never rows, for an event with two targets has two. An event of which the text names no
    source or no target keeps its row, with "(not stated)" as the name and a missing id. The source of a victim is the
    perpetrator of its casualty and nobody else, and the owner of a weapon is no source: for these see the role
    means_owner in participants. In a clash or negotiation each side acts on each other side, and `directed` is False.
    Nobody acts on itself.

    With `level="state"` a party is the state of the actor: its country, else that of the nearest actor that it is part
    of, else that of its citizenship; never its ethnicity, nationality or language. `source_via` and `target_via` say
    which; `source_actors` and `target_actors` name the actors. Parties without a known state stay, as "(unknown)" with
    a missing id, and so does the target of an act within a state, as "(itself)": what is left after
    `dropna(subset=["source_id", "target_id"])` are acts between two known states. An act is inferred if a conclusion
    leads to one of the states. `load` explains `reading` and `voice`.

    Columns: source, kind (of the event), target, role (of the target: the victims of an arrest were not arrested),
    basis (inferred if a conclusion names one of the two), sentence, when, event, place, factuality (the lower of those
    of source and target), says (whose voices), directed, source_role, source_id, target_id, event_id, article_id. The
    rows are in the order in which the articles tell the events and, within an event, of its participants. Raises
    NotFoundError, IntegrityError.

    >>> dyads().query("kind == 'arrest' and role == 'target'")[["source", "target", "when", "basis"]]
    >>> dyads(level="state", reading="filled").groupby(["source", "target"])["event_id"].nunique()
    """
    raise_if_unknown(level, LEVELS, "level")
    tables = Reading(dataset, reading, voice)
    told, actors, done = events_told(tables), names(tables, "actors"), acts(tables)
    rows = [told[key] | row for key in told for row in _of_actors(key, done[key], told[key], actors)]
    if level == "state":
        rows = _of_states(rows, states(tables), actors)
    rows = [row | {"says": joined(row["voices"])} for row in rows]
    return framed(tables, rows, texts(*COLUMNS[level], *MORE[level], *LAST) | TYPES)


def _of_actors(
    key: Key, done: list[Act], told: Mapping[str, Any], actors: Mapping[Key, str]
) -> Iterator[dict[str, Any]]:
    """The acts of one event as rows."""
    article, _ = key
    for act in done:
        yield {
            "basis": act.basis,
            "factuality": act.factuality or told["factuality"],
            "voices": [actors.get((article, end.voice or "")) for end in act.named] or [told["says"]],
            "directed": told["kind"] not in MUTUAL_KINDS,
            **{end: _name(getattr(act, end), article, actors) for end in ENDS},
            "role": act.target.role,
            "source_role": act.source.role,
            **{f"{end}_id": getattr(act, end).actor for end in ENDS},
        }


def _name(end: End, article: str, actors: Mapping[Key, str]) -> str:
    return NOT_STATED if end.actor is None else actors[article, end.actor]


def _of_states(
    rows: list[dict[str, Any]], found: Mapping[Key, State], actors: Mapping[Key, str]
) -> list[dict[str, Any]]:
    """The acts between states: those of one event between the same two are one."""
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        row |= {f"{end}_state": found.get((row["article_id"], row[f"{end}_id"])) for end in ENDS}
        row |= {f"{end}_party": _party(row[end], row[f"{end}_state"]) for end in ENDS}
        for voice in (row[f"{end}_state"].concluded_by for end in ENDS if row[f"{end}_state"]):
            if voice:
                row["basis"] = "inferred"
                row["factuality"] = max(row["factuality"], CONCLUDED, key=list(FACTUALITY).index)
                row["voices"] = [*row["voices"], actors[row["article_id"], voice]]
        if row["source_state"] and row["source_party"] == row["target_party"]:
            row["target_party"] = (WITHIN, None)
        groups.setdefault((row["article_id"], row["event_id"], row["source_party"], row["target_party"]), []).append(
            row
        )
    return [_one_act(group) for group in groups.values()]


def _party(name: str, state: State | None) -> tuple[str, str | None]:
    """The name and code of a state; where there is none, why not."""
    return (state.name, state.code) if state else (name if name == NOT_STATED else STATELESS, None)


def _one_act(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Acts between the same two states as one, backed as well as the best of them; a target before a victim."""
    best = min(rows, key=lambda row: (row["basis"] != "stated", list(FACTUALITY).index(row["factuality"])))
    voices = [voice for row in rows for voice in row["voices"]]
    roles = {row["role"] for row in rows}
    found = best | {"voices": voices, "role": next((role for role in TARGET_ROLES if role in roles), None)}
    for end in ENDS:
        found[end], found[f"{end}_id"] = best[f"{end}_party"]
        found[f"{end}_actors"] = joined(row[end] for row in rows if row[f"{end}_id"])
        found[f"{end}_via"] = joined(row[f"{end}_state"].via for row in rows if row[f"{end}_state"])
    return found
