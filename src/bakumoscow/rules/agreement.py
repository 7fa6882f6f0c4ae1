"""Rules between tables: no unused rows, no cycles, events of the right kind, one label for a code."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import all_of, composite, find, is_one, rows_where
from bakumoscow.model.tables import CLAIMED, TABLES, VOICES
from bakumoscow.rules.circles import circles
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.rule import ANY, Breach, Rule


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


def _kinds(corpus: Corpus, *, kinds: dict[str, tuple[str, ...]]) -> Iterator[Breach]:
    """Rows whose event has another kind than those that belong to their table."""
    for table, fitting in kinds.items():
        found = corpus["events"]["kind"].take(corpus.rows_of(table, "event_id", "events"))
        for row in rows_where(pc.and_(pc.is_valid(found), pc.invert(is_one(found, fitting)))):
            yield Breach(table, "event_id", row, {"kind_found": found[row].as_py(), "expected": " or ".join(fitting)})


def _labels(corpus: Corpus) -> Iterator[Breach]:
    """Codes with another label than in their first row."""
    codes = corpus["codes"]
    keys = composite(codes, "scheme", "code")
    first = find(keys, keys)
    for row in rows_where(pc.not_equal(codes["label"], codes["label"].take(first))):
        earlier = first[row].as_py()
        label, record = (codes[name][earlier].as_py() for name in ("label", "record_id"))
        yield Breach("codes", "label", row, {"first_label": label, "first_record": record})


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
        "event-kind",
        "The event of a detention is an arrest; that of a quotation is an occasion on which somebody speaks; that "
        "of a charge is an arrest, a police operation, a hearing, a court decision, a statement or a measure.",
        "Otherwise a count by kind of event puts the row under the wrong kind.",
        "A detention whose event is a funeral.",
        "{event_id}, the event of {row_name}, has the kind {kind_found}, not {expected}.",
        "Enter an event whose kind is {expected}, or correct the kind.",
        tables=("detentions", "quotes", "charges"),
        severity="warning",
        check=_kinds,
        uses={
            "kinds": {
                "detentions": ("arrest",),
                "quotes": ("statement", "negotiation", "hearing", "court_decision", "protest", "ceremony"),
                "charges": ("arrest", "police_operation", "hearing", "court_decision", "statement", "measure"),
            }
        },
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
]
