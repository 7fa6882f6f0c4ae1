"""What the views say of events and actors: names beside ids, dates and places in short words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bakumoscow.frames import plain, records
from bakumoscow.views.when import when

if TYPE_CHECKING:
    import pandas as pd

    from bakumoscow.readings import Reading
    from bakumoscow.views.acts import Act

Key = tuple[str, str]  # article and id
NOT_STATED = "(not stated)"
ASIDE = ("near", "over")  # place relations that are said before the place
# The columns that views share, by name, each with its type or with the column of a table that has it.
TYPES = {
    "sentence": "integer",
    "factuality": "events.factuality",
    "kind": "events.kind",
    "date_basis": "events.date_basis",
    "date_earliest": "events.date_earliest",
    "date_latest": "events.date_latest",
    "sequence": "integer",
}


def events_told(tables: "Reading") -> dict[Key, dict[str, Any]]:
    """What the views say of each event, by article and event, in the order in which each article tells them."""
    events, places, actors = tables["events"], names(tables, "places"), names(tables, "actors")
    sentences = row_claims(tables, "events")["sentence_number"].to_dict()
    articles = {article: number for number, article in enumerate(events["article_id"].unique())}
    found: dict[Key, dict[str, Any]] = {}
    for row in sorted(records(events), key=lambda row: (articles[row["article_id"]], row["sequence"])):
        article, event = key = row["article_id"], row["event_id"]
        place = places.get((article, row["place_id"]))
        found[key] = row | {
            "event": row["label"],
            "when": when(row["date_edtf"], row["date_text"]),
            "place": f"{row['place_relation']} {place}" if row["place_relation"] in ASIDE else place,
            "says": actors.get((article, row["voice"])),
            "sentence": sentences.get(key),
            "event_id": event,
        }
    return found


def row_claims(tables: "Reading", table: str, field: str | None = None) -> "pd.DataFrame":
    """The preferred claims on the rows of a table, or on one of its columns, by article and row."""
    claims = tables.claims
    on_field = claims["field"].isna() if field is None else claims["field"] == field
    chosen = (claims["record_table"] == table) & on_field & (claims["claim_rank"] == "preferred")
    return claims[chosen].set_index(["article_id", "record_id"])


def names(tables: "Reading", table: str, column: str = "name") -> dict[Key, str]:
    """The names of the rows of a table by article and id."""
    frame = tables[table]
    article, identifier = frame.columns[:2]
    return dict(zip(zip(frame[article], frame[identifier], strict=True), plain(frame[column]), strict=True))


def joined(parts: Iterable[str | None]) -> str | None:
    """Different names in one cell; None if there are none."""
    return "; ".join(dict.fromkeys(part for part in parts if part)) or None


def parties(acts: "Sequence[Act]", article: str, actors: Mapping[Key, str]) -> dict[str, str | None]:
    """The names of the sources and of the targets of one event, each in one cell."""
    return {
        "source": joined(actors.get((article, act.source.actor or "")) for act in acts),
        "target": joined(actors.get((article, act.target.actor or "")) for act in acts),
    }


def framed(tables: "Reading", rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> "pd.DataFrame":
    """A frame of rows with these columns, each with its type.

    A type is text, integer or boolean, or a table and a column with the same type.
    """
    import pandas as pd

    dtypes = {"text": tables.published("articles")["article_id"].dtype, "integer": "Int64", "boolean": "boolean"}
    of_columns = {}
    for name, kind in columns.items():
        table, _, column = kind.partition(".")
        dtype: Any = tables.published(table)[column].dtype if column else dtypes[kind]
        of_columns[name] = pd.Series([row.get(name) for row in rows], dtype=dtype)
    return pd.DataFrame(of_columns)


def texts(*columns: str) -> dict[str, str]:
    """Columns of a view, each with its type: text, unless views share it."""
    return {column: TYPES.get(column, "text") for column in columns}
