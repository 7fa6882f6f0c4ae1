"""Rules of voices: who asserts a row and its cells, whose an assessment is, the two voices of every article."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import all_of, find, is_one, keep_where, positions, rows_where
from bakumoscow.model.tables import CLAIMED, VOICES
from bakumoscow.rules.corpus import Corpus, Rows
from bakumoscow.rules.rule import ANY, Breach, Rule

ARTICLE = 1 << 40  # more code points than an article has: spans of different articles are that far apart
TOLD = tuple(name for name, table in CLAIMED.items() if "voice" in table and name != "assessments")  # facts, no views
VOICE_COLUMNS = ("article_id", "actor_id", "name", "kind", "is_named")  # the only columns filled for a voice


class Spans(NamedTuple):
    """Where the texts of some rows are, in the articles laid end to end."""

    rows: Rows
    starts: Rows
    ends: Rows


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


def _of_other_voice(corpus: Corpus, *, own: str, but: tuple[str, ...]) -> Iterator[Breach]:
    """Preferred explicit claims on cells whose voice is neither the article's nor that of the row."""
    claims = corpus["claims"]
    for name, table in CLAIMED.items():
        for field in table.claimable if "voice" in table and name not in but else ():
            found = corpus.preferred(name, field)
            voice, support = (claims[column].take(pa.array(found.claims)) for column in ("asserted_by", "support"))
            rows = corpus[name]["voice"].take(pa.array(found.rows))
            foreign = all_of(pc.not_equal(voice, own), pc.not_equal(voice, rows), pc.equal(support, "explicit"))
            for index in rows_where(foreign):
                yield Breach("claims", "asserted_by", int(found.claims[index]), {"row_voice": rows[index].as_py()})


def _of_another_speaker(corpus: Corpus) -> Iterator[Breach]:
    """Assessments in a quotation whose speaker neither holds nor asserts them."""
    assessments = corpus["assessments"]
    speakers = corpus["quotes"]["speaker_id"].take(corpus.rows_of("assessments", "quote_id", "quotes"))
    others = (pc.not_equal(assessments[name], speakers) for name in ("assessor_id", "voice"))
    for row in rows_where(all_of(*others)):
        yield Breach("assessments", "quote_id", row, {"speaker": speakers[row].as_py()})


def _quoted_unnamed(corpus: Corpus) -> Iterator[Breach]:
    """Assessments without a quotation whose words are in one."""
    quotations, assessments = (_spans(corpus, table) for table in ("quotes", "assessments"))
    order = np.argsort(quotations.starts, kind="stable")
    starts, ends = quotations.starts[order], np.maximum.accumulate(quotations.ends[order])
    before = np.searchsorted(starts, assessments.ends) - 1
    unnamed = pc.is_null(corpus["assessments"]["quote_id"]).to_numpy()
    for index in np.flatnonzero(before >= 0).tolist():
        row = int(assessments.rows[index])
        if ends[before[index]] > assessments.starts[index] and unnamed[row]:
            keys = corpus["quotes"]["quote_id"]
            inside = (quotations.starts < assessments.ends[index]) & (quotations.ends > assessments.starts[index])
            quote = int(quotations.rows[np.flatnonzero(inside)[0]])
            yield Breach("assessments", "quote_id", row, {"quote": keys[quote].as_py()})


def _reported_as_own(corpus: Corpus, *, own: str, tables: tuple[str, ...]) -> Iterator[Breach]:
    """Explicit claims of the article whose words are in somebody's quotation, except on parts in that statement."""
    claims = corpus["claims"]
    chosen = all_of(
        pc.equal(claims["asserted_by"], own),
        pc.equal(claims["support"], "explicit"),
        is_one(claims["record_table"], tables),
    )
    quotations, told = _spans(corpus, "quotes"), _placed(corpus, positions(chosen).to_numpy(), None)
    if not len(quotations.rows):
        return
    order = np.argsort(quotations.starts, kind="stable")
    rows, ends = quotations.rows[order], quotations.ends[order]
    before = np.searchsorted(quotations.starts[order], told.starts, side="right") - 1
    inside = (before >= 0) & (np.maximum.accumulate(ends)[before] >= told.ends)
    parts = find(corpus.keys("claims", "article_id", "record_id"), corpus.keys("participants"))
    of_part = pc.equal(claims["record_table"], "participants")
    events = keep_where(of_part, corpus["participants"]["event_id"].take(parts))
    for index in np.flatnonzero(inside).tolist():
        around = before[index]
        while ends[around] < told.ends[index]:  # quotations may be nested: an earlier one reaches far enough
            around -= 1
        quote, row = int(rows[around]), int(told.rows[index])
        event, spoken = events[row].as_py(), corpus["quotes"]["event_id"][quote].as_py()
        if event is None or event != spoken:
            values = {name: corpus["quotes"][name][quote].as_py() for name in ("quote_id", "speaker_id")}
            yield Breach("claims", "asserted_by", row, values)


def _spans(corpus: Corpus, table: str) -> Spans:
    """The spans of the texts of a table's rows."""
    found = corpus.preferred(table, "text")
    return _placed(corpus, found.claims, found.rows)


def _placed(corpus: Corpus, chosen: Rows, rows: Rows | None) -> Spans:
    """The spans of the passages of claims, under the rows given or else those of the claims."""
    claims = corpus["claims"].select(["article_id", "char_start", "char_end"]).take(pa.array(chosen))
    articles = pc.index_in(claims["article_id"], value_set=corpus["articles"]["article_id"])
    is_anchored = pc.and_(pc.is_valid(claims["char_start"]), pc.is_valid(articles))
    bases = pc.multiply(articles.cast(pa.int64()), ARTICLE)
    starts, ends = (pc.add(bases, claims[name]).filter(is_anchored).to_numpy() for name in ("char_start", "char_end"))
    return Spans((chosen if rows is None else rows)[is_anchored.to_numpy()], starts, ends)


RULES = [
    Rule(
        "cell-voice",
        "A preferred explicit claim on a cell is asserted by the article or by the voice of its row; only in "
        "relations may the two voices differ.",
        "What a further voice says about a row is recorded beside it and does not fill its cells.",
        "A preferred claim of `reports` on the count of a casualty that the article asserts.",
        "{row_name} is preferred, but asserted by {value}; the row is asserted by {row_voice}.",
        "Set claim_rank to normal and empty the cell, or correct asserted_by.",
        tables=("claims",),
        check=_of_other_voice,
        uses={"own": "article", "but": ("relations",)},
        misses=("claims", ANY),
    ),
    Rule(
        "voice-of-quotation",
        "An explicit claim about what happened (an event, a part, a relation, harm, a detention or a charge) whose "
        "passage is within a quotation or report is asserted by its speaker, not by the article. The parts in the "
        "statement itself are the exception.",
        "The article asserts what it says itself, not what it reports that somebody said.",
        "Victims that only a ministry reports, in a claim asserted by the article.",
        "{row_name} is asserted by {value}, but its words are those of {speaker_id}, in {quote_id}.",
        "Set asserted_by to {speaker_id}, or quote the article's own words.",
        tables=("claims",),
        severity="warning",
        check=_reported_as_own,
        uses={"own": "article", "tables": TOLD},
    ),
    Rule(
        "assessment-speaker",
        "An assessment in a quotation is held or asserted by the speaker of the quotation.",
        "A quotation tells what its speaker thinks, or what its speaker says that somebody thinks.",
        "An assessment that the minister holds and the article asserts, in a quotation of the ambassador.",
        "{row_name} is in {quote_id}, whose speaker {speaker} neither holds nor asserts it.",
        "Set assessor_id or the voice of the row claim to {speaker}, or correct quote_id.",
        tables=("assessments",),
        check=_of_another_speaker,
        concerns=(("quotes", "quote_id"),),
    ),
    Rule(
        "assessment-quoted",
        "An assessment whose words are in a quotation names that quotation in quote_id.",
        "Whoever looks for the assessments in a quotation must find all of them.",
        "The assessment `childish` without quote_id.",
        "{row_name} has words of the quotation {quote}, but no quote_id.",
        "Fill quote_id with {quote}.",
        tables=("assessments",),
        check=_quoted_unnamed,
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
