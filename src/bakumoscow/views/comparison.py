"""What one voice asserts beside what another does."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bakumoscow.errors import NotFoundError, raise_if_unknown
from bakumoscow.frames import records
from bakumoscow.model.levels import DENIED, OPEN
from bakumoscow.model.tables import TABLES
from bakumoscow.readings import Reading
from bakumoscow.readings.voice import Voice
from bakumoscow.views.told import Key, framed, joined, row_claims, texts

if TYPE_CHECKING:
    import pandas as pd

    from bakumoscow.dataset import Dataset

RESULTS = ("differs", "denies", "undecided", "alone", "agrees", "says", "thinks")
COLUMNS = texts("result", "what", "field", "value", "other_value", "words", "other_words") | {
    **{"factuality": "claims.factuality", "other_factuality": "claims.factuality"},
    **{"sentence": "integer", "other_sentence": "integer"},
    **texts("table", "row_id", "article_id"),
}
SAYINGS = {"quotes": ("speaker_id", "says"), "assessments": ("assessor_id", "thinks")}
EVENTS = ("event_id", "other_event_id", "about_event_id")
ACTORS = ("about_actor_id", "about_other_id")


def compare(dataset: "Dataset", voice: str, other: str = "article") -> "pd.DataFrame":
    """All that one voice asserts of rows and cells, beside what another asserts of the same.

    `voice` is an actor's id, or `article/actor` where several articles have the id; `other` is an actor of the same
    article. The rows are sorted by result: differs (the two give a cell different values), denies (one says that it is
    not so, the other that it is), undecided (the voice does not say whether it is so), alone (the other asserts
    nothing of it), agrees. Then come the quotations ("says") and assessments ("thinks") of the voice that are of the
    same events and actors.

    Columns: result, what (the name of the row, or of its event), field (missing for the row itself), value and
    other_value (what each gives the cell; of a quotation or assessment its text), words and other_words (the
    passages), factuality and other_factuality, sentence and other_sentence, table, row_id, article_id. Raises
    NotFoundError for an unknown voice, and for one that asserts no row or cell; IntegrityError.

    >>> compare("russian-foreign-ministry")[["result", "what", "field", "value", "words"]]
    """
    import pandas as pd

    tables = Reading(dataset)
    named = Voice.named(voice, tables.published("actors"), tables.claims, undecided=True)
    of_table = _Rows(tables)
    compared = sorted(
        _compared(of_table, named, _other(tables, named, other)), key=lambda row: RESULTS.index(row["result"])
    )
    frame = framed(tables, compared + list(_sayings(of_table, named, compared)), COLUMNS)
    return frame.astype({"result": pd.CategoricalDtype(list(RESULTS))})


class _Rows:
    """The rows of each table by article and id, and what they are called; a table is read when it is asked for."""

    def __init__(self, tables: Reading) -> None:
        self.tables = tables
        self._found: dict[str, dict[Key, dict[str, Any]]] = {}

    def __getitem__(self, table: str) -> dict[Key, dict[str, Any]]:
        if table not in self._found:
            rows = records(self.tables[table])
            self._found[table] = {(row["article_id"], row[TABLES[table].id]): row for row in rows}
        return self._found[table]

    def name(self, table: str, key: Key) -> str:
        """The name of a row: its own, or else that of its event, or its id."""
        row = self[table].get(key, {})
        event = self["events"].get((key[0], row.get("event_id") or key[1]), {})
        return str(row.get("name") or event.get("label") or key[1])


def _other(tables: Reading, voice: Voice, other: str) -> Voice:
    article, _, actor = other.rpartition("/")
    actors = tables.published("actors")
    raise_if_unknown(actor, list(actors["actor_id"][actors["article_id"] == voice.article_id]), "voice")
    if article not in ("", voice.article_id):
        raise NotFoundError(f"{other!r} is a voice of another article than {voice.article_id}.")
    return Voice(voice.article_id, actor)


def _compared(rows: _Rows, voice: Voice, other: Voice) -> Iterator[dict[str, Any]]:
    """The claims of a voice beside those of the other."""
    claims = rows.tables.claims
    claims = claims[(claims["claim_rank"] != "alias") & (claims["article_id"] == voice.article_id)].sort_values(
        "claim_rank", kind="stable"
    )
    of_other: dict[tuple[str, str, str | None], dict[str, Any]] = {}
    for claim in records(claims[claims["asserted_by"] == other.actor_id]):
        of_other.setdefault((claim["record_table"], claim["record_id"], claim["field"]), claim)
    for claim in records(claims[claims["asserted_by"] == voice.actor_id].sort_index()):
        table, field = claim["record_table"], claim["field"]
        key = (voice.article_id, claim["record_id"])
        fields = TABLES[table].covering(field) if field else [None]
        backing = [one for name in fields if (one := of_other.get((table, key[1], name)))]
        # what covers another cell backs the value in the table, and so only where it is preferred
        found = next((one for one in backing if field in (None, one["field"]) or one["claim_rank"] == "preferred"), {})
        value = found.get("claimed_value")
        if found and found["field"] != field:
            value = rows[table][key][field]
            value = None if value is None else str(value)
        yield {
            "result": _result(claim, found, value),
            "what": rows.name(table, key),
            "field": field,
            "value": claim["claimed_value"],
            "other_value": value,
            "words": claim["quoted_text"],
            "other_words": found.get("quoted_text"),
            "factuality": claim["factuality"],
            "other_factuality": found.get("factuality"),
            "sentence": claim["sentence_number"],
            "other_sentence": found.get("sentence_number"),
            "table": table,
            "row_id": claim["record_id"],
            "article_id": voice.article_id,
        }


def _result(claim: Mapping[str, Any], other: Mapping[str, Any], value: str | None) -> str:
    """How a claim compares with that of the other voice, and with the value that this gives the cell."""
    if claim["factuality"] in OPEN:
        return "undecided"
    denies = claim["factuality"] in DENIED
    if not other or other["factuality"] in OPEN:
        return "denies" if denies else "alone"
    same, other_denies = claim["claimed_value"] == value, other["factuality"] in DENIED
    if denies != other_denies:
        return "denies" if same else "alone"
    return "agrees" if same else "alone" if denies else "differs"


def _sayings(rows: _Rows, voice: Voice, compared: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What a voice says and thinks of the events and actors that it was compared on."""
    about_rows = [rows[row["table"]][row["article_id"], row["row_id"]] for row in compared]
    events = {row[column] for row in about_rows for column in EVENTS if row.get(column)}
    actors = {row[column] for row in about_rows for column in ("actor_id", *ACTORS) if row.get(column)}
    for table, (who, result) in SAYINGS.items():
        sentences = row_claims(rows.tables, table, "text")["sentence_number"].to_dict()
        for key, row in rows[table].items():
            about = [row.get(column) for column in EVENTS if row.get(column) in events]
            about_actors = [row.get(column) for column in ACTORS if row.get(column) in actors]
            if (row["article_id"], row[who]) == voice and about + about_actors:
                names = [rows.name("events", (key[0], str(id))) for id in about]
                names += [rows.name("actors", (key[0], str(id))) for id in about_actors]
                yield {
                    "result": result,
                    "what": joined(names),
                    "field": "text",
                    "value": row["text"],
                    "words": row["text"],
                    "factuality": row.get("factuality"),
                    "sentence": sentences[key],
                    "table": table,
                    "row_id": key[1],
                    "article_id": key[0],
                }
