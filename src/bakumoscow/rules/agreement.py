"""Rules between tables: no unused rows, no cycles, the same people in every table, the two voices of an article."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import all_of, composite, find, is_one, repeated, rows_where
from bakumoscow.model.tables import CLAIMED, TABLES, VOICES
from bakumoscow.rules.circles import circles
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.rule import ANY, Breach, Rule

VOICE_COLUMNS = ("article_id", "actor_id", "name", "kind", "is_named")  # the only columns filled for a voice
# The actor in one of these columns has the given role in the row's event: table, column, role.
ROLES = tuple(
    (table.name, column.name, column.role) for table in TABLES.values() for column in table.columns if column.role
)
SPEAKERS = tuple(entry for entry in ROLES if entry[2] == "speaker")


def _unused(corpus: Corpus, *, target: str) -> Iterator[Breach]:
    """Rows to which no row and no claimed value refers; named actors and the voices need no reference."""
    frame = corpus[target]
    keys = corpus.keys(target)
    unused = pa.chunked_array([pa.nulls(frame.num_rows, pa.bool_()).fill_null(True)])
    for others in (*corpus.referring(target), *_claimed(corpus, target)):
        unused = pc.and_(unused, pc.is_null(find(keys, others)))
    if target == "actors":
        unused = all_of(unused, pc.invert(frame["is_named"]), pc.invert(is_one(frame["kind"], VOICES.values())))
    yield from (Breach(target, TABLES[target].id, row) for row in rows_where(unused))


def _claimed(corpus: Corpus, target: str) -> list[pa.ChunkedArray]:
    """The keys of a table that claims give as the value of a cell."""
    values = corpus.keys("claims", "article_id", "claimed_value")
    return [
        values.take(pa.array(corpus.claims_on(name, column.name)))
        for name, table in CLAIMED.items()
        for column in table.columns
        if column.refers == target
    ]


def _circles(corpus: Corpus, *, chains: tuple[tuple[str, str, str], ...]) -> Iterator[Breach]:
    """Cycles of links. A chain is a table and the columns for the start and the end of a link; the end is reported."""
    for table, start, end in chains:
        frame = corpus[table]
        origins, targets = (corpus.keys(table, "article_id", name).to_pylist() for name in (start, end))
        edges = {
            row: ends
            for row, ends in enumerate(zip(origins, targets, strict=True))
            if ends[0] and ends[1] and ends[0] != ends[1]
        }
        ids = frame[TABLES[table].id]
        for circle in circles(edges):
            others = [ids[row].as_py() for row in circle[:-1]]
            yield Breach(table, end, circle[-1], {"others": " and ".join(map(str, others))})


def _backwards(corpus: Corpus, *, but: tuple[str, ...]) -> Iterator[Breach]:
    """Effects, reactions and sequels that ended before the other event began."""
    relations, events = corpus["relations"], corpus["events"]
    ended = events["date_latest"].take(corpus.rows_of("relations", "event_id", "events"))
    began = events["date_earliest"].take(corpus.rows_of("relations", "other_event_id", "events"))
    later = pc.and_(pc.is_valid(relations["relation"]), pc.invert(is_one(relations["relation"], but)))
    for row in rows_where(all_of(later, pc.less(ended, began))):
        yield Breach("relations", "relation", row, {"ended": ended[row].as_py(), "began": began[row].as_py()})


def _related_twice(corpus: Corpus) -> Iterator[Breach]:
    ids = corpus["relations"]["relation_id"]
    for row, earlier in repeated(corpus.keys("relations", "article_id", "event_id", "other_event_id")):
        yield Breach("relations", "relation_id", row, {"first": ids[earlier].as_py()})


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


def _kinds(corpus: Corpus, *, kinds: dict[str, str]) -> Iterator[Breach]:
    """Rows whose event has another kind than the one that belongs to their table."""
    for table, kind in kinds.items():
        found = corpus["events"]["kind"].take(corpus.rows_of(table, "event_id", "events"))
        for row in rows_where(pc.not_equal(found, kind)):
            yield Breach(table, "event_id", row, {"kind_found": found[row].as_py(), "expected": kind})


def _labels(corpus: Corpus) -> Iterator[Breach]:
    """Codes with another label than in their first row."""
    codes = corpus["codes"]
    keys = composite(codes, "scheme", "code")
    first = find(keys, keys)
    for row in rows_where(pc.not_equal(codes["label"], codes["label"].take(first))):
        earlier = first[row].as_py()
        label, record = (codes[name][earlier].as_py() for name in ("label", "record_id"))
        yield Breach("codes", "label", row, {"first_label": label, "first_record": record})


def _voices(corpus: Corpus, *, voices: dict[str, str], columns: tuple[str, ...]) -> Iterator[Breach]:
    """Voices that are missing or have another kind or name, are named, or have a value in any other column."""
    actors = corpus["actors"]
    misfits: set[str | None] = set()  # articles where an actor has the id of a voice or its kind, but not both
    present: dict[str, set[str | None]] = {}
    for voice, kind in voices.items():
        is_voice, is_kind = pc.equal(actors["actor_id"], voice), pc.equal(actors["kind"], kind)
        for name in (name for name in actors.column_names if name not in columns):
            for row in rows_where(pc.and_(is_voice, pc.is_valid(actors[name]))):
                yield _voice(name, row, f"the actor {voice} has the {name} {actors[name][row]}")
        for row in rows_where(pc.and_(is_voice, pc.not_equal(actors["name"], f"the {voice}"))):
            yield _voice("name", row, f"the actor {voice} has the name {actors['name'][row]}")
        for row in rows_where(pc.and_(is_voice, actors["is_named"])):
            yield _voice("is_named", row, f"is_named of the actor {voice} is TRUE")
        for row in rows_where(pc.xor(is_voice, is_kind)):
            misfits.add(actors["article_id"][row].as_py())
            yield _voice("kind", row, f"the kind of the actor {actors['actor_id'][row]} is {actors['kind'][row]}")
        right = pc.and_(is_voice, pc.or_(is_one(actors["kind"], voices.values()), pc.is_null(actors["kind"])))
        present[voice] = set(actors["article_id"].filter(right).to_pylist())
    for voice, articles in present.items():
        for article in corpus["articles"]["article_id"].to_pylist():
            if article not in articles | misfits:
                detail = f"the article {article} has no actor {voice}"
                yield Breach("actors", "actor_id", None, {"detail": detail, "article": article})


def _voice(column: str, row: int, detail: str) -> Breach:
    return Breach("actors", column, row, {"detail": detail})


RULES = [
    Rule(
        "actor-unused",
        "Every unnamed actor is used: another row refers to it, or it is the value of a claim.",
        "An actor that nothing refers to is a leftover, or its key is misspelt.",
        "An unnamed actor in no event, quotation or claim.",
        "nothing refers to {row_name}.",
        "Add a row that refers to it, or delete it.",
        tables=("actors",),
        check=_unused,
        uses={"target": "actors"},
        misses=(ANY, "actors"),
        is_unused=True,
    ),
    Rule(
        "place-unused",
        "Every place is used: it is the place of an event, or the value of a claim.",
        "A place that nothing refers to is a leftover, or its key is misspelt.",
        "A place without an event.",
        "nothing refers to {row_name}.",
        "Enter it as the place_id of an event, or delete it.",
        tables=("places",),
        check=_unused,
        uses={"target": "places"},
        misses=(ANY, "places"),
        is_unused=True,
    ),
    Rule(
        "part-cycle",
        "No chain of part_of leads from an actor back to itself, and no chain of relations from an event back to "
        "itself.",
        "A cycle has no whole and no first cause.",
        "police is part_of norway, and norway is part_of police.",
        "{row_name} closes a cycle with {others}.",
        "Change one {column} to break the cycle.",
        tables=("actors", "relations"),
        check=_circles,
        uses={"chains": (("actors", "actor_id", "part_of"), ("relations", "event_id", "other_event_id"))},
    ),
    Rule(
        "effect-before-cause",
        "An effect, reaction or sequel does not end before the other event begins.",
        "Nothing follows from what has not happened yet.",
        "Rage on March 2 about a raid on March 3.",
        "{event_id} ended on {ended}, before {other_event_id} began on {began}.",
        "Swap the two events, or correct a date.",
        tables=("relations",),
        check=_backwards,
        uses={"but": ("part_of",)},
        concerns=(("events", "event_id"), ("events", "other_event_id")),
    ),
    Rule(
        "relation-doubled",
        "There is at most one relation between two events.",
        "A pair with two relations is counted twice.",
        "caused_by and responds_to between the same two events.",
        "{row_name} connects the same two events as {first}.",
        "Keep the relation that the article states, and delete the other.",
        tables=("relations",),
        check=_related_twice,
    ),
    Rule(
        "participant-missing",
        "Whoever another table names in an event is a participant of it: a detained group as target, a stated detainer "
        "or perpetrator as initiator, a victim as victim, the speaker of a quotation as speaker.",
        "A query of the participants must find the same people as the other tables.",
        "A detained group that is not a participant of the arrest.",
        "{value} is the {column} of {row_name}, but does not have the role {role} in the event {event_id}.",
        "Add a participant with the role {role}, or correct {column}.",
        tables=("casualties", "detentions", "quotes"),
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
        "event-kind",
        "The event of a detention is an arrest, and the event of a quotation is a statement.",
        "Otherwise a count by kind of event puts the row under the wrong kind.",
        "A detention whose event is a funeral.",
        "{event_id}, the event of {row_name}, has the kind {kind_found}, not {expected}.",
        "Enter an event whose kind is {expected}, or correct the kind.",
        tables=("detentions", "quotes"),
        severity="warning",
        check=_kinds,
        uses={"kinds": {"detentions": "arrest", "quotes": "statement"}},
        concerns=(("events", "event_id"),),
    ),
    Rule(
        "code-label",
        "A code has the same label in every row.",
        "Two labels for one code become two categories in every table made from them.",
        "`Apologise` once and `Apologize` elsewhere for CAMEO 055.",
        "the label of {scheme} {code} is {value!r} here, but {first_label!r} for {first_record}.",
        "Write the label of the vocabulary in both rows.",
        tables=("codes",),
        check=_labels,
    ),
    Rule(
        "author-coder",
        "Every article has the actors `article` (kind author) and `coder` (kind coder), both unnamed, and no other "
        "actor of these kinds.",
        "`article` is the voice of the article, and `coder` the voice of the coder's inferences.",
        "The actor coder is deleted.",
        "{detail}.",
        "Copy the rows `article` (kind author) and `coder` (kind coder) from another article; no other actor may have "
        "one of these kinds.",
        tables=("actors",),
        check=_voices,
        uses={"voices": VOICES, "columns": VOICE_COLUMNS},
        misses=(ANY, "actors"),
    ),
]
