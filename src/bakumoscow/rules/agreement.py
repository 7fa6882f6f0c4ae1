"""Rules between tables: nothing unused, nothing circular, the same people in every table, the two voices."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import all_of, composite, find, is_one, repeated, rows_where
from bakumoscow.model.tables import CLAIMED, TABLES, VOICES
from bakumoscow.rules.circles import circles
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.rule import ANY, Breach, Rule

VOICE_COLUMNS = ("article_id", "actor_id", "name", "kind", "is_named")  # all that a voice has
# Whoever stands in a column of a table has a role in the row's event.
ROLES = tuple(
    (table.name, column.name, column.role) for table in TABLES.values() for column in table.columns if column.role
)
SPEAKERS = tuple(entry for entry in ROLES if entry[2] == "speaker")


def _unused(corpus: Corpus, *, target: str) -> Iterator[Breach]:
    """Rows to which no row and no claim refers; actors are there, too, because they are named."""
    frame = corpus[target]
    keys = corpus.keys(target)
    unused = pa.chunked_array([pa.nulls(frame.num_rows, pa.bool_()).fill_null(True)])
    for others in (*corpus.referring(target), *_claimed(corpus, target)):
        unused = pc.and_(unused, pc.is_null(find(keys, others)))
    if target == "actors":
        unused = all_of(unused, pc.invert(frame["is_named"]), pc.invert(is_one(frame["kind"], VOICES.values())))
    yield from (Breach(target, TABLES[target].id, row) for row in rows_where(unused))


def _claimed(corpus: Corpus, target: str) -> list[pa.ChunkedArray]:
    """What claims name as the value of a cell that refers to a table has its part there, too."""
    values = corpus.keys("claims", "article_id", "claimed_value")
    return [
        values.take(pa.array(corpus.claims_on(name, column.name)))
        for name, table in CLAIMED.items()
        for column in table.columns
        if column.refers == target
    ]


def _circles(corpus: Corpus, *, chains: tuple[tuple[str, str, str], ...]) -> Iterator[Breach]:
    """Chains that lead back to where they began: table, start and end of each link; reported at its end."""
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
    """Effects, reactions and sequels that ended before their cause began."""
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
    """People who are in another table and not among the participants of the event."""
    parts = corpus.keys("participants", "article_id", "event_id", "actor_id", "role")
    for table, column, role in roles:
        keys = composite(corpus[table], "article_id", "event_id", column, pa.scalar(role))
        for row in rows_where(pc.and_(pc.is_valid(keys), pc.is_null(find(keys, parts)))):
            yield Breach(table, column, row, {"role": role})


def _without_speaker(
    corpus: Corpus, *, kind: str, role: str, roles: tuple[tuple[str, str, str], ...]
) -> Iterator[Breach]:
    """Statements without a speaker, unless one is missed among their participants."""
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
    """Rows of a table whose event is of another kind than the table's."""
    for table, kind in kinds.items():
        found = corpus["events"]["kind"].take(corpus.rows_of(table, "event_id", "events"))
        for row in rows_where(pc.not_equal(found, kind)):
            yield Breach(table, "event_id", row, {"kind_found": found[row].as_py(), "expected": kind})


def _labels(corpus: Corpus) -> Iterator[Breach]:
    """Codes with another label than where they stand first."""
    codes = corpus["codes"]
    keys = composite(codes, "scheme", "code")
    first = find(keys, keys)
    for row in rows_where(pc.not_equal(codes["label"], codes["label"].take(first))):
        earlier = first[row].as_py()
        label, record = (codes[name][earlier].as_py() for name in ("label", "record_id"))
        yield Breach("codes", "label", row, {"first_label": label, "first_record": record})


def _voices(corpus: Corpus, *, voices: dict[str, str], columns: tuple[str, ...]) -> Iterator[Breach]:
    """Voices that are missing, of another kind, or have more than a voice has."""
    actors = corpus["actors"]
    misfits: set[str | None] = set()  # articles in which an actor is of a voice's kind, or the reverse
    present: dict[str, set[str | None]] = {}
    for voice, kind in voices.items():
        is_voice, is_kind = pc.equal(actors["actor_id"], voice), pc.equal(actors["kind"], kind)
        for name in (name for name in actors.column_names if name not in columns):
            for row in rows_where(pc.and_(is_voice, pc.is_valid(actors[name]))):
                yield _voice(name, row, f"the actor {voice} has the {name} {actors[name][row]}")
        for row in rows_where(pc.and_(is_voice, pc.not_equal(actors["name"], f"the {voice}"))):
            yield _voice("name", row, f"the actor {voice} has the name {actors['name'][row]}")
        for row in rows_where(pc.and_(is_voice, actors["is_named"])):
            yield _voice("is_named", row, f"the actor {voice} is named")
        for row in rows_where(pc.xor(is_voice, is_kind)):
            misfits.add(actors["article_id"][row].as_py())
            yield _voice("kind", row, f"the actor {actors['actor_id'][row]} is of the kind {actors['kind'][row]}")
        right = pc.and_(is_voice, is_one(actors["kind"], voices.values()))
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
        "Every actor has a part somewhere.",
        "An actor that nothing refers to is a leftover or a misspelt key.",
        "An actor without event, quote, part or claim.",
        "nothing refers to {row_name}.",
        "Give it its part, or delete it.",
        tables=("actors",),
        check=_unused,
        uses={"target": "actors"},
        misses=(ANY, "actors"),
        is_unused=True,
    ),
    Rule(
        "place-unused",
        "Every place is the place of an event.",
        "A place that nothing refers to is a leftover or a misspelt key.",
        "A place without events.",
        "nothing refers to {row_name}.",
        "Give an event the place, or delete it.",
        tables=("places",),
        check=_unused,
        uses={"target": "places"},
        misses=(ANY, "places"),
        is_unused=True,
    ),
    Rule(
        "part-cycle",
        "No actor is, through part_of, a part of itself; nor is an event through its relations an effect of itself.",
        "A circle has no whole and no cause.",
        "police part_of norway and norway part_of police.",
        "{row_name} closes a circle with {others}.",
        "Take one {column} out of the circle.",
        tables=("actors", "relations"),
        check=_circles,
        uses={"chains": (("actors", "actor_id", "part_of"), ("relations", "event_id", "other_event_id"))},
    ),
    Rule(
        "effect-before-cause",
        "An effect, reaction or sequel does not end before the other event begins.",
        "Nothing answers what has not happened yet.",
        "The rage on March 2 at the raid of March 3.",
        "{event_id} ended on {ended}, before {other_event_id} began on {began}.",
        "Exchange the two events, or correct a date.",
        tables=("relations",),
        check=_backwards,
        uses={"but": ("part_of",)},
        concerns=(("events", "event_id"), ("events", "other_event_id")),
    ),
    Rule(
        "relation-doubled",
        "Two events have at most one relation.",
        "Two relations for a pair count it twice.",
        "A caused_by beside a responds_to between the same events.",
        "{row_name} ties the events of {first} again.",
        "Keep the relation that the words state.",
        tables=("relations",),
        check=_related_twice,
    ),
    Rule(
        "participant-missing",
        "In its event a detained group is a target, a stated detainer or perpetrator an initiator, a victim a victim, "
        "and the speaker of a quotation a speaker.",
        "Whoever asks the participants for an event must find the same people as in the other tables.",
        "A detainee who is no participant of the arrest.",
        "{value} is the {column} of {row_name} and no {role} of the event {event_id}.",
        "Add the participant with the role {role}, or correct {column}.",
        tables=("casualties", "detentions", "quotes"),
        check=_absent,
        uses={"roles": ROLES},
        misses=("participants", ANY),
        concerns=(("participants of", "event_id"),),
    ),
    Rule(
        "statement-speaker",
        "A statement has a speaker among its participants.",
        "Somebody says it, or it is no statement.",
        "The participant dal-denial-ingrid-dal has the role present.",
        "{row_name} is a statement and has no speaker.",
        "Add a participant with the role speaker, or correct kind.",
        tables=("events",),
        check=_without_speaker,
        uses={"kind": "statement", "role": "speaker", "roles": SPEAKERS},
        misses=("participants", ANY),
    ),
    Rule(
        "event-kind",
        "A detention belongs to an arrest, and the event in which a quotation is spoken is a statement.",
        "What is counted by kind of event would be counted under another.",
        "A detention whose event is a funeral.",
        "{event_id}, the event of {row_name}, is of the kind {kind_found}.",
        "Name the event of the kind {expected}, or correct its kind.",
        tables=("detentions", "quotes"),
        severity="warning",
        check=_kinds,
        uses={"kinds": {"detentions": "arrest", "quotes": "statement"}},
        concerns=(("events", "event_id"),),
    ),
    Rule(
        "code-label",
        "A code has the same label wherever it stands.",
        "Two labels for one code are two categories in every table made from them.",
        "`Apologise` once and `Apologize` elsewhere for CAMEO 055.",
        "{scheme} {code} is {value!r} here and {first_label!r} for {first_record}.",
        "Write the vocabulary's label in both.",
        tables=("codes",),
        check=_labels,
    ),
    Rule(
        "author-coder",
        "Every article has the actors `article` (kind author) and `coder` (kind coder), unnamed, and no other of these "
        "kinds.",
        "They are the voices of the article and of inferences.",
        "The actor coder is deleted.",
        "{detail}.",
        "Each article has one row `article` of the kind author and one `coder` of the kind coder; copy them.",
        tables=("actors",),
        check=_voices,
        uses={"voices": VOICES, "columns": VOICE_COLUMNS},
        misses=(ANY, "actors"),
    ),
]
