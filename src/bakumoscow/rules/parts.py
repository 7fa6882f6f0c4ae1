"""Rules of who did what to whom: the parts of actors in events."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import all_of, any_of, composite, find, is_one, keep_where, repeated, rows_where
from bakumoscow.model.levels import HARM_KINDS, MUTUAL_KINDS, SOURCE_ROLES, TARGET_ROLES
from bakumoscow.model.tables import TABLES
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.degrees import ORDER, doubt
from bakumoscow.rules.rule import ANY, Breach, Rule

# The actor in one of these columns has the given role in the row's event: table, column, role.
ROLES = tuple(
    (table.name, column.name, column.role) for table in TABLES.values() for column in table.columns if column.role
)
SPEAKERS = tuple(entry for entry in ROLES if entry[2] == "speaker")
# Tables of what happened in an event, with a certainty of their own; that of a relation follows from its claims.
OF_EVENTS = tuple(
    name
    for name, table in TABLES.items()
    if "event_id" in table and "factuality" in table and name not in ("events", "relations")
)


def _absent(corpus: Corpus, *, roles: tuple[tuple[str, str, str], ...]) -> Iterator[Breach]:
    """Actors that another table names in an event, but that are not participants of it in that role."""
    parts = corpus.keys("participants", "article_id", "event_id", "actor_id", "role")
    for table, column, role in roles:
        keys = composite(corpus[table], "article_id", "event_id", column, pa.scalar(role))
        for row in rows_where(pc.and_(pc.is_valid(keys), pc.is_null(find(keys, parts)))):
            yield Breach(table, column, row, {"role": role})


def _without_speaker(
    corpus: Corpus, *, kind: str, role: str, roles: tuple[tuple[str, str, str], ...]
) -> Iterator[Breach]:
    """Statements without a speaker, except those where `_absent` already reports the missing speaker."""
    events = corpus["events"]
    absent = {
        corpus.keys(breach.table, "article_id", "event_id")[breach.row].as_py()
        for breach in _absent(corpus, roles=roles)
    }
    speakers = composite(events, "article_id", "event_id", pa.scalar(role))
    spoken = corpus.keys("participants", "article_id", "event_id", "role")
    keys = corpus.keys("events")
    for row in rows_where(all_of(pc.equal(events["kind"], kind), pc.is_null(find(speakers, spoken)))):
        if keys[row].as_py() not in absent:
            yield Breach("events", "kind", row)


def _kinds_of(corpus: Corpus, table: str) -> pa.ChunkedArray:
    """The kind of the event of each row."""
    return corpus["events"]["kind"].take(corpus.rows_of(table, "event_id", "events"))


def _parts_twice(corpus: Corpus) -> Iterator[Breach]:
    ids = corpus["participants"]["participant_id"]
    for row, earlier in repeated(corpus.keys("participants", "article_id", "event_id", "actor_id", "role")):
        yield Breach("participants", "participant_id", row, {"first": ids[earlier].as_py()})


def _more_certain(corpus: Corpus, *, tables: tuple[str, ...], order: tuple[str, ...]) -> Iterator[Breach]:
    """Rows that are more certain than their event, although the same voice asserts both."""
    events = corpus["events"]
    for table in tables:
        found = corpus.rows_of(table, "event_id", "events")
        certain, voice = (events[name].take(found) for name in ("factuality", "voice"))
        rows = corpus[table]
        surer = pc.less(doubt(rows["factuality"], order), doubt(certain, order))
        for row in rows_where(all_of(surer, pc.equal(rows["voice"], voice))):
            yield Breach(table, "factuality", row, {"event_factuality": certain[row].as_py()})


def _inferred_harm(corpus: Corpus, *, kinds: tuple[str, ...], role: str, basis: str) -> Iterator[Breach]:
    parts = corpus["participants"]
    inferred = all_of(pc.equal(parts["basis"], basis), pc.equal(parts["role"], role))
    for row in rows_where(all_of(inferred, is_one(_kinds_of(corpus, "participants"), kinds))):
        yield Breach("participants", "role", row)


def _one_sided(corpus: Corpus, *, kinds: tuple[str, ...], roles: tuple[str, str]) -> Iterator[Breach]:
    """Parties of a mutual act with only one of the two roles."""
    mutual = is_one(_kinds_of(corpus, "participants"), kinds)
    parts = corpus.keys("participants", "article_id", "event_id", "actor_id", "role")
    for role, other in (roles, roles[::-1]):
        keys = composite(corpus["participants"], "article_id", "event_id", "actor_id", pa.scalar(other))
        is_alone = all_of(pc.equal(corpus["participants"]["role"], role), pc.is_null(find(keys, parts)))
        yield from (
            Breach("participants", "role", row, {"other_role": other}) for row in rows_where(all_of(mutual, is_alone))
        )


def _ends_missing(corpus: Corpus, *, ends: dict[str, tuple[str, ...]]) -> Iterator[Breach]:
    """Row claims without a note on events that lack a source or a target."""
    parts = corpus["participants"]
    found = corpus.preferred("events", None)
    unnoted = pc.is_null(corpus["claims"]["note"].take(pa.array(found.claims)))
    events = corpus.keys("events").take(pa.array(found.rows))
    ids = corpus.keys("participants", "article_id", "event_id")
    missing = {
        end: pc.is_null(find(events, keep_where(is_one(parts["role"], roles), ids))) for end, roles in ends.items()
    }
    for index in rows_where(all_of(unnoted, any_of(*missing.values()))):
        lacking = " and no ".join(end for end, mask in missing.items() if mask[index].as_py())
        yield Breach("claims", "note", int(found.claims[index]), {"lacking": lacking})


RULES = [
    Rule(
        "participant-missing",
        "Whoever another table names in an event is a participant of it: a detained or accused group as target, a "
        "stated detainer or perpetrator as initiator, a victim as victim, the speaker of a quotation as speaker.",
        "A query of the participants must find the same people as the other tables.",
        "A detained group that is not a participant of the arrest.",
        "{value} is the {column} of {row_name}, but does not have the role {role} in the event {event_id}.",
        "Add a participant with the role {role}, or correct {column}.",
        tables=("casualties", "detentions", "quotes", "charges"),
        check=_absent,
        uses={"roles": ROLES},
        misses=("participants", ANY),
        concerns=(("participants of", "event_id"),),
    ),
    Rule(
        "statement-speaker",
        "Every statement has a participant with the role speaker.",
        "A statement is made by somebody.",
        "The only participant of a statement has the role `present`.",
        "{row_name} is a statement but has no speaker.",
        "Add a participant with the role speaker, or correct kind.",
        tables=("events",),
        check=_without_speaker,
        uses={"kind": "statement", "role": "speaker", "roles": SPEAKERS},
        misses=("participants", ANY),
    ),
    Rule(
        "part-doubled",
        "An actor has a role in an event only once.",
        "A part with two rows is counted twice.",
        "The police as initiator of one arrest in two rows.",
        "{row_name} gives {actor_id} the same role in {event_id} as {first}.",
        "Delete one of the two, or correct its role.",
        tables=("participants",),
        check=_parts_twice,
    ),
    Rule(
        "part-certainty",
        "A part, a casualty or a detention is not more certain than its event, unless it is asserted by another "
        "voice than the event.",
        "If it is uncertain that something happened, it is uncertain that anybody took part in it.",
        "A victim that is CT+ in an assault that is PR+.",
        "{row_name} is {value}, but its event {event_id} is {event_factuality}.",
        "Set factuality in both rows to what the words say.",
        tables=OF_EVENTS,
        check=_more_certain,
        uses={"tables": OF_EVENTS, "order": ORDER},
        concerns=(("events", "event_id"),),
    ),
    Rule(
        "harm-initiator",
        "No part infers who did harm: every initiator of a clash, an attack, an assault or a use of force is stated.",
        "A table of who harmed whom would count a reader's guess.",
        "Police with the role initiator and the basis inferred in an assault.",
        "{row_name} infers who did harm.",
        "Delete the part; if you keep the guess, make it a claim on perpetrator_id with claim_rank normal.",
        tables=("participants",),
        check=_inferred_harm,
        uses={"kinds": HARM_KINDS, "role": "initiator", "basis": "inferred"},
        concerns=(("events", "event_id"),),
    ),
    Rule(
        "mutual-sides",
        "In a clash or negotiation each side is both initiator and target.",
        "Otherwise the two directions of a mutual act are counted differently.",
        "Norway as initiator and Iceland as target of a negotiation.",
        "{actor_id} is {value} of the mutual act {event_id}, but not {other_role}.",
        "Add a part with the role {other_role}, or correct the kind of the event.",
        tables=("participants",),
        severity="warning",
        check=_one_sided,
        uses={"kinds": MUTUAL_KINDS, "roles": ("initiator", "target")},
        misses=("participants", ANY),
        concerns=(("events", "event_id"),),
    ),
    Rule(
        "end-missing",
        "An event without a source or without a target says why in the note of its row claim. Sources are initiators, "
        "organizers and speakers; targets are targets, victims and addressees.",
        "A reader must know whether the text names nobody, or the coder forgot.",
        "A raid without a target and without a note.",
        "{record_id} has no {lacking}, and the note of its row claim does not say why.",
        "Add the participant, or say in note why the text gives none.",
        tables=("claims",),
        check=_ends_missing,
        uses={"ends": {"source": SOURCE_ROLES, "target": TARGET_ROLES}},
        misses=("participants", "events"),
        concerns=(("participants of", "record_id"),),
    ),
]
