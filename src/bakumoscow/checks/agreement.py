"""Agreement between tables: nothing unused, nothing circular, the same people in every table."""

from functools import reduce
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.checks.corpus import Corpus, shown
from bakumoscow.contract import contracts
from bakumoscow.keys import all_of, composite, find, only, repeated, rows_where
from bakumoscow.problems import Problem, problem, table_file

VOICE_COLUMNS = ("article_id", "actor_id", "name", "kind", "is_named")  # all that a voice has
VOICES = {"article": "author", "coder": "coder"}
# Whoever stands in a column of a table has a role in the row's event.
ROLES = [
    ("detentions", "detainee_id", "target"),
    ("detentions", "detained_by", "initiator"),
    ("casualties", "victim_id", "victim"),
    ("casualties", "perpetrator_id", "initiator"),
    ("quotes", "speaker_id", "speaker"),
]
KINDS = {"detentions": "arrest", "quotes": "statement"}  # the kind of the event of each row


def check_agreement(corpus: Corpus) -> list[Problem]:
    """Unused rows, circles, relations against time, participants, kinds of events, labels of codes, the two voices."""
    checks = (_unused, _circles, _backwards, _related_twice, _participants, _kinds, _labels, _voices)
    return [item for check in checks for item in check(corpus)]


def _backwards(corpus: Corpus) -> list[Problem]:
    """Effects, reactions and sequels that ended before their cause began."""
    relations, events = corpus.tables["relations"], corpus.tables["events"]
    keys = composite(events, "article_id", "event_id")
    ended = events["date_latest"].take(find(composite(relations, "article_id", "event_id"), keys))
    began = events["date_earliest"].take(find(composite(relations, "article_id", "other_event_id"), keys))
    rows = rows_where(all_of(pc.not_equal(relations["relation"], "part_of"), pc.less(ended, began)))
    return [
        corpus.problem("effect-before-cause", "relations", "relation", row, ended=ended[row], began=began[row])
        for row in rows
    ]


def _related_twice(corpus: Corpus) -> list[Problem]:
    """Two relations between the same two events."""
    relations = corpus.tables["relations"]
    pairs = composite(relations, "article_id", "event_id", "other_event_id")
    ids = relations["relation_id"]
    return [
        corpus.problem("relation-doubled", "relations", "relation_id", row, first=ids[earlier].as_py())
        for row, earlier in repeated(pairs)
    ]


def _unused(corpus: Corpus) -> list[Problem]:
    problems = []
    for target, rule in (("actors", "actor-unused"), ("places", "place-unused")):
        used: list[pa.ChunkedArray] = [
            composite(corpus.tables[name], "article_id", column.name)
            for name, contract in contracts().items()
            for column in contract.columns
            if column.refers == target
        ]
        keys = composite(corpus.tables[target], *contracts()[target].key)
        used += _claimed(corpus, target)
        unused = reduce(pc.and_, (pc.is_null(find(keys, others)) for others in used))
        if target == "actors":
            unused = pc.and_(unused, pc.invert(corpus.tables["actors"]["is_named"]))  # there because they are named
            unused = pc.and_(
                unused, pc.invert(pc.is_in(corpus.tables["actors"]["kind"], pa.array(list(VOICES.values()))))
            )
        problems += [corpus.problem(rule, target, contracts()[target].id, row) for row in rows_where(unused)]
    return problems


def _claimed(corpus: Corpus, target: str) -> list[pa.ChunkedArray]:
    """What claims name as the value of a cell that refers to a table has its part there, too."""
    claims = corpus.tables["claims"]
    values = composite(claims, "article_id", "claimed_value")
    return [
        only(all_of(pc.equal(claims["record_table"], name), pc.equal(claims["field"], column.name)), values)
        for name, contract in contracts().items()
        for column in contract.columns
        if column.refers == target
    ]


def _circles(corpus: Corpus) -> list[Problem]:
    """Chains that lead back to where they began."""
    problems = []
    for table, start, end, column in (
        ("actors", "actor_id", "part_of", "part_of"),
        ("relations", "event_id", "other_event_id", "other_event_id"),
    ):
        frame = corpus.tables[table]
        origins, targets = (composite(frame, "article_id", name).to_pylist() for name in (start, end))
        edges = {
            row: ends for row, ends in enumerate(zip(origins, targets, strict=True)) if ends[1] and len(set(ends)) > 1
        }
        while circle := _circle(edges):
            key = frame[contracts()[table].id]
            others = " and ".join(str(shown(key[row].as_py())) for row in circle[:-1])
            problems.append(corpus.problem("part-cycle", table, column, circle[-1], others=others))
            edges = {row: ends for row, ends in edges.items() if row not in circle}
    return problems


def _circle(edges: dict[int, tuple[str, str]]) -> list[int]:
    """The rows of one circle, none if there is none."""
    graph: dict[str, list[str]] = {}
    for origin, target in edges.values():
        graph.setdefault(origin, []).append(target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        nodes = error.args[1]
        steps = set(pairwise(reversed(nodes))) | set(pairwise(nodes))
        return [row for row, ends in edges.items() if ends in steps]
    return []


def _participants(corpus: Corpus) -> list[Problem]:
    """People who are in another table and not among the participants; statements without a speaker."""
    parts = composite(corpus.tables["participants"], "article_id", "event_id", "actor_id", "role")
    problems = []
    known = set()
    for table, column, role in ROLES:
        frame = corpus.tables[table]
        keys = composite(frame, "article_id", "event_id", column, pa.scalar(role))
        for row in rows_where(pc.and_(pc.is_valid(keys), pc.is_null(find(keys, parts)))):
            problems.append(corpus.problem("participant-missing", table, column, row, role=role))
            known.add((frame["article_id"][row].as_py(), frame["event_id"][row].as_py()))
    events = corpus.tables["events"]
    speakers = composite(events, "article_id", "event_id", pa.scalar("speaker"))
    spoken = composite(corpus.tables["participants"], "article_id", "event_id", "role")
    for row in rows_where(all_of(pc.equal(events["kind"], "statement"), pc.is_null(find(speakers, spoken)))):
        if (events["article_id"][row].as_py(), events["event_id"][row].as_py()) not in known:
            problems.append(corpus.problem("statement-speaker", "events", "kind", row))
    return problems


def _kinds(corpus: Corpus) -> list[Problem]:
    """Detentions in what is no arrest, and quotations spoken in what is no statement."""
    events = corpus.tables["events"]
    keys = composite(events, "article_id", "event_id")
    problems = []
    for table, kind in KINDS.items():
        found = events["kind"].take(find(composite(corpus.tables[table], "article_id", "event_id"), keys))
        for row in rows_where(pc.not_equal(found, kind)):
            kind_found = found[row].as_py()
            problems.append(corpus.problem("event-kind", table, "event_id", row, kind_found=kind_found, expected=kind))
    return problems


def _labels(corpus: Corpus) -> list[Problem]:
    """Codes with another label than where they stand first."""
    codes = corpus.tables["codes"]
    keys = composite(codes, "scheme", "code")
    first = find(keys, keys)
    problems = []
    for row in rows_where(pc.not_equal(codes["label"], codes["label"].take(first))):
        earlier = corpus.row("codes", first[row].as_py())
        problems.append(
            corpus.problem(
                *("code-label", "codes", "label", row),
                first_label=earlier["label"],
                first_record=earlier["record_id"],
            )
        )
    return problems


def _voices(corpus: Corpus) -> list[Problem]:
    actors = corpus.tables["actors"]
    expected = pa.array(list(VOICES.values()))
    problems = []
    for voice, kind in VOICES.items():
        is_voice, is_kind = pc.equal(actors["actor_id"], voice), pc.equal(actors["kind"], kind)
        filled = [name for name in actors.column_names if name not in VOICE_COLUMNS]
        for name in filled:
            for row in rows_where(pc.and_(is_voice, pc.is_valid(actors[name]))):
                detail = f"the actor {voice} has the {name} {actors[name][row]}"
                problems.append(corpus.problem("author-coder", "actors", name, row, detail=detail))
        for row in rows_where(pc.and_(is_voice, pc.not_equal(actors["name"], f"the {voice}"))):
            detail = f"the actor {voice} has the name {actors['name'][row]}"
            problems.append(corpus.problem("author-coder", "actors", "name", row, detail=detail))
        for row in rows_where(pc.and_(is_voice, actors["is_named"])):
            detail = f"the actor {voice} is named"
            problems.append(corpus.problem("author-coder", "actors", "is_named", row, detail=detail))
        for row in rows_where(pc.xor(is_voice, is_kind)):
            cells = corpus.row("actors", row)
            detail = f"the actor {cells['actor_id']} is of the kind {cells['kind']}"
            problems.append(corpus.problem("author-coder", "actors", "kind", row, detail=detail))
        present = set(actors["article_id"].filter(pc.and_(is_voice, pc.is_in(actors["kind"], expected))).to_pylist())
        for article in corpus.tables["articles"]["article_id"].to_pylist():
            if article not in present and not any(item.column == "kind" for item in problems):
                detail = f"the article {article} has no actor {voice}"
                problems.append(problem("author-coder", table_file("actors"), "actor_id", line=1, detail=detail))
    return problems
