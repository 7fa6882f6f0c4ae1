"""The five core tables: events, actors, casualties, detentions, quotes."""

from typing import Any

import pandas as pd

from bakumoscow.models import levels
from bakumoscow.models.base import Counted, Table
from bakumoscow.models.columns import (
    Boolean,
    Date,
    Integer,
    Text,
    coded,
    coder,
    count,
    count_words,
    derived,
    key,
    row_rule,
)


class Events(Table):
    """One act or occurrence, at one place and one time."""

    event_id: Text = key("The event.")
    label: Text = coder("A short name for people to read.")
    kind: Text = coder("What sort of act or occurrence it is.", levels=levels.EVENT_KIND)
    date_text: Text = coded("The article's words for the date.", missing=True)
    date_edtf: Text = coded(
        "The date in EDTF (ISO 8601-2): a day, month or year; `2025?-06-27` where the year is inferred; "
        "`[2025?-06-27..]` for one day on or after; `A/B` only where the text says that the act lasted.",
        missing=True,
        pattern="edtf",
        covered_by="date_text",
    )
    date_earliest: Date = derived(
        "The first day that `date_edtf` allows; missing if it has no lower bound.",
        missing=True,
        pattern="none",
        covered_by="date_edtf",
    )
    date_latest: Date = derived(
        "The last day that `date_edtf` allows; missing if it has no upper bound.",
        missing=True,
        pattern="none",
        covered_by="date_edtf",
    )
    event_date: Date = derived(
        "The day of the event; missing unless `date_earliest` and `date_latest` are equal.",
        missing=True,
        pattern="none",
        covered_by="date_edtf",
    )
    date_basis: Text = coder("How the text gives the date.", levels=levels.DATE_BASIS)
    year_inferred: Boolean = derived(
        "Whether the year is a reader's conclusion: `date_edtf` marks it with `?`.",
        pattern="none",
        covered_by="date_edtf",
    )
    place_id: Text = coded("The place of the event.", missing=True, refers="places")
    place_relation: Text = coded(
        "How the event lies to the place.", missing=True, levels=levels.PLACE_RELATION, covered_by="place_id"
    )
    place_basis: Text = coder("How the text gives the place.", missing=True, levels=levels.PLACE_BASIS)
    intent: Text = coded("Whether the text calls the act meant or not.", missing=True, levels=levels.INTENT)
    factuality: Text = coder("How certain the article is that the event happened.", levels=levels.FACTUALITY)

    class Config:
        name = "events"
        unique = ["article_id", "event_id"]
        metadata = {"row": "event", "claimed": True}

    @row_rule("date-basis", "date_basis", "date_edtf")
    def basis_fits_date(cls, frame: pd.DataFrame) -> Any:
        return (frame["date_basis"] == "unknown") == frame["date_edtf"].isna()

    @row_rule("date-words", "date_text", "date_basis")
    def stated_date_has_words(cls, frame: pd.DataFrame) -> Any:
        return (frame["date_basis"] != "stated") | frame["date_text"].notna() | frame["date_edtf"].isna()

    @row_rule("place-whole", "place_relation", "place_id")
    def relation_has_place(cls, frame: pd.DataFrame) -> Any:
        return frame["place_relation"].isna() == frame["place_id"].isna()

    @row_rule("place-whole", "place_basis", "place_id")
    def basis_has_place(cls, frame: pd.DataFrame) -> Any:
        place = frame["place_id"].isna()
        return (frame["place_basis"].isna() == place) | (frame["place_relation"].isna() != place)


class Actors(Table):
    """A party that acts, speaks, suffers or is named."""

    actor_id: Text = key("The actor.")
    name: Text = coded("The article's name for it, or its words for an unnamed one.")
    kind: Text = coder("What sort of party it is.", levels=levels.ACTOR_KIND)
    part_of: Text = coded("The actor that it is a body or subset of.", missing=True, refers="actors")
    title: Text = coded("The title, as the text gives it.", missing=True)
    country: Text = coded(
        "The state, for states and their organs only (ISO 3166-1 alpha-3).", missing=True, pattern="country-code"
    )
    ethnicity: Text = coded("The ethnicity, as worded by the article's own voice.", missing=True)
    citizenship: Text = coded("The citizenship, as worded by the article's own voice.", missing=True)
    nationality: Text = coded("A bare adjective of nationality, as worded.", missing=True)
    occupation: Text = coded("The occupation, as worded.", missing=True)
    is_named: Boolean = coder("Whether the article gives a proper name.", pattern="none")

    class Config:
        name = "actors"
        unique = ["article_id", "actor_id"]
        metadata = {"row": "actor", "claimed": True}

    @row_rule("part-of-itself", "part_of", "actor_id")
    def no_part_of_itself(cls, frame: pd.DataFrame) -> Any:
        return frame["part_of"] != frame["actor_id"]

    @row_rule("country-kinds", "country", "kind")
    def country_of_state(cls, frame: pd.DataFrame) -> Any:
        return frame["country"].isna() | frame["kind"].isin(["state", "government_body", "security_force"])

    @row_rule("title-person", "title", "kind")
    def title_of_person(cls, frame: pd.DataFrame) -> Any:
        return frame["title"].isna() | frame["kind"].isin(["person", "group"])


class Casualties(Counted):
    """One group of victims of one event; no person is counted twice within an article and an outcome."""

    casualty_id: Text = key("The group of victims.")
    event_id: Text = coder("The event that harmed them.", refers="events")
    victim_id: Text = coder("The victims.", refers="actors")
    outcome: Text = coder("The harm, never the blame.", levels=levels.OUTCOME)
    outcome_text: Text = coded("The text's verb for the harm.")
    count_text: Text = count_words()
    count_low: Integer = count("At least so many persons.", "count_text")
    count_best: Integer = count("The stated number of persons.")
    count_high: Integer = count("At most so many persons.")
    perpetrator_id: Text = coded("Who did it, only where the text says so.", missing=True, refers="actors")
    factuality: Text = coder("How certain the article is of the harm.", levels=levels.FACTUALITY)

    class Config:
        name = "casualties"
        unique = ["article_id", "casualty_id"]
        metadata = {"row": "casualty", "claimed": True}


class Detentions(Counted):
    """One group detained in one event."""

    detention_id: Text = key("The group detained.")
    event_id: Text = coder("The event of detention.", refers="events")
    detainee_id: Text = coder("The detained.", refers="actors")
    detained_by: Text = coded("Who detained them, only where the text says so.", missing=True, refers="actors")
    count_text: Text = count_words()
    count_low: Integer = count("At least so many persons.", "count_text")
    count_best: Integer = count("The stated number of persons.")
    count_high: Integer = count("At most so many persons.")
    factuality: Text = coder("How certain the article is of the detention.", levels=levels.FACTUALITY)

    class Config:
        name = "detentions"
        unique = ["article_id", "detention_id"]
        metadata = {"row": "detention", "claimed": True}


class Quotes(Table):
    """One quotation or reported statement."""

    quote_id: Text = key("The quotation.")
    speaker_id: Text = coder("Who said it, at the innermost level.", refers="actors")
    kind: Text = coder("Whether the words are quoted or reported.", levels=levels.QUOTE_KIND)
    text: Text = coded("The words between the quotation marks, or the longest span of reported content.")
    cue: Text = coded("The verb of saying or believing.")
    context_text: Text = coded("Words outside the quotation that its grammar needs, verbatim.", missing=True)
    event_id: Text = coder("The speech act, where it is an event.", missing=True, refers="events")
    about_event_id: Text = coder("The event that it is about.", missing=True, refers="events")
    about_actor_id: Text = coder("The actor that it is about.", missing=True, refers="actors")
    channel: Text = coded("Where it was said.", missing=True, levels=levels.CHANNEL)

    class Config:
        name = "quotes"
        unique = ["article_id", "quote_id"]
        metadata = {"row": "quote", "claimed": True}
