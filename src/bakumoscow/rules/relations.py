"""Rules of relations between events, and of the days and places that events take from each other."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import all_of, any_of, composite, find, is_one, keep_where, repeated, rows_where
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.degrees import ORDER, doubt
from bakumoscow.rules.rule import Breach, Rule


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


def _of_other_certainty(corpus: Corpus, *, order: tuple[str, ...]) -> Iterator[Breach]:
    """Relations whose factuality is not the lower of those of their two claims."""
    relations = corpus["relations"]
    that, what = (_factuality(corpus, field) for field in (None, "other_event_id"))
    lower = pc.if_else(pc.greater(doubt(what, order), doubt(that, order)), what, that)
    for row in rows_where(pc.not_equal(relations["factuality"], lower)):
        yield Breach("relations", "factuality", row, {"expected": lower[row].as_py()})


def _factuality(corpus: Corpus, field: str | None) -> pa.ChunkedArray:
    """The factuality of the preferred claim on a field of each relation, or on the relation itself."""
    found = corpus.preferred("relations", field)
    rows = pa.array(range(corpus["relations"].num_rows), pa.int64())
    claims = pa.array(found.claims).take(pc.index_in(rows, value_set=pa.array(found.rows)))
    return corpus["claims"]["factuality"].take(claims)


def _untied(corpus: Corpus, *, basis: str) -> Iterator[Breach]:
    """Events whose date follows from another event without words of time and without a relation."""
    events = corpus["events"]
    ends = ("event_id", "other_event_id")
    tied = any_of(
        *(pc.is_valid(find(corpus.keys("events"), corpus.keys("relations", "article_id", end))) for end in ends)
    )
    wordless = all_of(pc.equal(events["date_basis"], basis), pc.is_null(events["date_text"]))
    yield from (Breach("events", "date_basis", row) for row in rows_where(all_of(wordless, pc.invert(tied))))


def _places_elsewhere(corpus: Corpus, *, basis: str, relation: str) -> Iterator[Breach]:
    """Events that inherit a place which no event that they are a part of has."""
    events, relations = corpus["events"], corpus["relations"]
    wholes = corpus.rows_of("relations", "other_event_id", "events")
    of_whole = {name: events[name].take(wholes) for name in ("place_id", "place_relation")}
    parts = pa.table({"article_id": relations["article_id"], "event_id": relations["event_id"], **of_whole})
    places = keep_where(pc.equal(relations["relation"], relation), composite(parts, *parts.column_names))
    own = composite(events, "article_id", "event_id", "place_id", "place_relation")
    wrong = all_of(pc.equal(events["place_basis"], basis), pc.is_valid(own), pc.is_null(find(own, places)))
    yield from (Breach("events", "place_id", row) for row in rows_where(wrong))


RULES = [
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
        "relation-factuality",
        "A relation is as certain as the less certain of its two claims: the row claim and the claim on "
        "other_event_id.",
        "It may be certain that an event is a reaction, but uncertain to what.",
        "A relation that is CT+, but whose claim on other_event_id is PR+.",
        "{row_name} is {value}, but the less certain of its two claims is {expected}.",
        "Set factuality to {expected}, or correct the claims.",
        tables=("relations",),
        check=_of_other_certainty,
        uses={"order": ORDER},
        misses=("claims", "relations"),
    ),
    Rule(
        "date-tied",
        "An event with a relative date has words of time in date_text, or a relation to another event.",
        "Otherwise nothing says which event the date comes from.",
        "A hearing with the date of an arrest and no relation.",
        "{row_name} takes its date from another event, but neither words of time nor a relation tie it to one.",
        "Add the relation, or set date_basis to unknown and empty the date.",
        tables=("events",),
        check=_untied,
        uses={"basis": "relative"},
        misses=("relations", "events"),
    ),
    Rule(
        "place-inherited",
        "An inherited place and its place_relation are those of an event that this event is part of.",
        "Otherwise nothing says where the place comes from.",
        "An arrest that inherits Bergen from no event.",
        "{row_name} inherits the place {value}, but is part of no event there.",
        "Add the relation part_of, or correct place_id, place_relation or place_basis.",
        tables=("events",),
        check=_places_elsewhere,
        uses={"basis": "inherited", "relation": "part_of"},
        misses=("relations", "events"),
    ),
]
