"""Who says what, and who thinks what: quotations and assessments with their speakers, subjects and words."""

import warnings
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from bakumoscow.errors import LeftOutWarning, raise_if_unknown
from bakumoscow.frames import records
from bakumoscow.model.countries import COUNTRIES
from bakumoscow.model.tables import TABLES
from bakumoscow.readings import Reading
from bakumoscow.readings.voice import actor_named
from bakumoscow.views.states import states
from bakumoscow.views.told import framed, joined, names, row_claims, texts

if TYPE_CHECKING:
    import pandas as pd

    from bakumoscow.choices import Reading as ReadingName
    from bakumoscow.dataset import Dataset

WHO = {"quotes": "speaker", "assessments": "assessor"}
COLUMNS = {
    "quotes": texts(
        *(
            "speaker",
            "text",
            "kind",
            "sentence",
            "country",
            "cue",
            "context",
            "about",
            "channel",
            "country_via",
            "country_basis",
        ),
        *("title", "speaker_id", "about_ids", "quote_id", "article_id"),
    )
    | {"kind": "quotes.kind", "channel": "quotes.channel"},
    "assessments": texts(
        *(
            "assessor",
            "text",
            "kind",
            "sentence",
            "country",
            "factuality",
            "about",
            "says",
            "words",
            "country_via",
            "country_basis",
        ),
        *("assessor_id", "about_ids", "quote_id", "assessment_id", "article_id"),
    )
    | {"kind": "assessments.kind"},
}
ABOUT = ("about_event_id", "about_actor_id", "about_other_id")


def quotes(
    dataset: "Dataset",
    speaker: str | None = None,
    *,
    country: str | None = None,
    kind: str | None = None,
    about: str | None = None,
    reading: "ReadingName | str" = "coded",
) -> "pd.DataFrame":
    """The quotations with their speakers, one row a quotation.

    `speaker` is an actor's id, or `article/actor`. `country` (ISO 3166-1 alpha-3) is the state of the speaker: its
    country, else that of the nearest actor that it is part of, else that of its citizenship, as in `dyads`; a
    LeftOutWarning says how many quotations are left out since no state of their speaker is known. `kind` is "direct"
    or "indirect". `about` is the id of an event or actor that the quotation is about. `load` explains `reading`.

    Columns: speaker, text (the words between the quotation marks, or the reported content), kind, sentence (the number
    of the sentence in which it begins), country, cue (the verb of saying), context (the words around it that its
    grammar needs), about (events and actors, all names in one cell), channel, country_via and country_basis (the column
    that the country comes from, and inferred if a conclusion leads to it), title (of the speaker), speaker_id,
    about_ids, quote_id, article_id. The quotations are in the order of the articles. Raises NotFoundError,
    IntegrityError.

    >>> quotes(country="RUS", kind="direct", reading="filled")[["speaker", "text", "context", "sentence"]]
    """
    return _sayings(Reading(dataset, reading), "quotes", speaker, country, kind, about)


def assessments(
    dataset: "Dataset",
    assessor: str | None = None,
    *,
    country: str | None = None,
    kind: str | None = None,
    about: str | None = None,
    reading: "ReadingName | str" = "coded",
) -> "pd.DataFrame":
    """The evaluations, stances, outlooks and open questions with those who hold them, one row each.

    The arguments are those of `quotes`, with the assessor for the speaker and the kind of the assessment.

    Columns: assessor, text (the clause), kind, sentence, country, factuality (how certain the voice is that the
    assessor holds the view; of the article's own views, how far it commits itself), about (events and actors, all names
    in one cell), says (who says so), words (the passage of the row claim, such as "many believe"), country_via,
    country_basis, assessor_id, about_ids, quote_id, assessment_id, article_id. The order is that of the articles.
    Raises NotFoundError, IntegrityError.

    >>> assessments("article", kind="question")[["text", "about", "sentence"]]
    """
    return _sayings(Reading(dataset, reading), "assessments", assessor, country, kind, about)


def _sayings(
    tables: Reading, table: str, who: str | None, country: str | None, kind: str | None, about: str | None
) -> "pd.DataFrame":
    """The rows of quotes or assessments that pass the filters, in the order of the articles."""
    is_wanted = _filter(tables, table, who, kind, about)
    rows = [row for row in _told(tables, table) if is_wanted(row)]
    if country is not None:
        known = dict.fromkeys(state.code for state in states(tables).values())
        raise_if_unknown(country, [*known, *sorted(COUNTRIES - {*known})], "country code (ISO 3166-1 alpha-3)")
        stateless = sum(row["country"] is None for row in rows)
        rows = [row for row in rows if row["country"] == country]
        if stateless:
            one = stateless == 1
            warnings.warn(
                f"{stateless} of the {table} {'is' if one else 'are'} left out, because no state of "
                f"{'its' if one else 'their'} {WHO[table]} is known. Without a country "
                f"{'it is' if one else 'they are'} shown.",
                LeftOutWarning,
                stacklevel=3,
            )
    return framed(tables, rows, COLUMNS[table])


def _told(tables: Reading, table: str) -> Iterator[dict[str, Any]]:
    """The rows of quotes or assessments with names beside ids."""
    actors, titles, events = names(tables, "actors"), names(tables, "actors", "title"), names(tables, "events", "label")
    of_actors, on_rows, on_text = states(tables), row_claims(tables, table), row_claims(tables, table, "text")
    sentences, starts = on_text["sentence_number"].to_dict(), on_text["char_start"].to_dict()
    words, identifier = on_rows["quoted_text"].to_dict(), TABLES[table].id
    rows = records(tables[table])
    articles = {article: number for number, article in enumerate(dict.fromkeys(row["article_id"] for row in rows))}
    for row in sorted(rows, key=lambda row: (articles[row["article_id"]], starts[row["article_id"], row[identifier]])):
        article = row["article_id"]
        person, key = (article, row[f"{WHO[table]}_id"]), (article, row[identifier])
        state = of_actors.get(person)
        subjects = [row[column] for column in ABOUT if row.get(column)]
        yield row | {
            WHO[table]: actors[person],
            "sentence": sentences[key],
            "words": words[key],
            "context": row.get("context_text"),
            "about": joined(events.get((article, id)) or actors.get((article, id)) for id in subjects),
            "about_ids": joined(subjects),
            "country": state.code if state else None,
            "country_via": state.via if state else None,
            "country_basis": ("inferred" if state.concluded_by else "stated") if state else None,
            "title": titles[person],
            "says": actors.get((article, row.get("voice", ""))),
        }


def _filter(
    tables: Reading, table: str, who: str | None, kind: str | None, about: str | None
) -> Callable[[dict[str, Any]], bool]:
    """Whether a row has the person, the kind and the subject asked for. Raises NotFoundError for an unknown one."""
    person = None if who is None else actor_named(who, tables.published("actors"), WHO[table])
    if kind is not None:
        raise_if_unknown(kind, list(TABLES[table]["kind"].levels or ()), f"kind of {table}")
    article, _, subject = (about or "").rpartition("/")
    if about is not None:
        keys = [key for name in ("events", "actors") for key in names(tables, name, tables[name].columns[0])]
        known = [f"{key[0]}/{key[1]}" for key in keys] if article else list(dict.fromkeys(id for _, id in keys))
        raise_if_unknown(about, known, "event or actor")

    def is_wanted(row: dict[str, Any]) -> bool:
        return (
            (person is None or person == (row["article_id"], row[f"{WHO[table]}_id"]))
            and kind in (None, row["kind"])
            and article in ("", row["article_id"])
            and (not subject or subject in [row.get(column) for column in ABOUT])
        )

    return is_wanted
