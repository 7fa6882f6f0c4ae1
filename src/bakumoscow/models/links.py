"""The tables that tie the core together: places, participants, relations, charges, codes."""

from functools import reduce
from operator import or_
from typing import Any

import pandas as pd

from bakumoscow.models import levels
from bakumoscow.models.base import Counted, Table
from bakumoscow.models.columns import (
    Integer,
    Number,
    Text,
    coded,
    coder,
    count,
    count_words,
    key,
    reference,
    row_rule,
)

CODED_SCHEMES = ["cameo", "plover", "plover_mode"]  # their codes are judgements; the others are identifiers


class Places(Table):
    """A place named in an article."""

    place_id: Text = key("The place.")
    name: Text = coded("The article's name for it.")
    kind: Text = coder("What sort of place it is.", levels=levels.PLACE_KIND)
    country: Text = reference("The state it lies in (ISO 3166-1 alpha-3).", missing=True, pattern="country-code")
    latitude: Number = reference("Degrees north, WGS 84.", missing=True, minimum=-90, maximum=90)
    longitude: Number = reference("Degrees east, WGS 84.", missing=True, minimum=-180, maximum=180)
    reference: Text = reference("Where the coordinates come from.", missing=True)

    class Config:
        name = "places"
        unique = ["article_id", "place_id"]
        metadata = {"row": "place", "claimed": True}

    @row_rule("coordinates-whole", "longitude", "latitude")
    def both_coordinates(cls, frame: pd.DataFrame) -> Any:
        return frame["latitude"].isna() == frame["longitude"].isna()

    @row_rule("coordinates-whole", "reference", "latitude")
    def coordinates_have_source(cls, frame: pd.DataFrame) -> Any:
        return frame["latitude"].isna() == frame["reference"].isna()


class Participants(Counted):
    """An actor's part in an event."""

    participant_id: Text = key("The part.")
    event_id: Text = coder("The event.", refers="events")
    actor_id: Text = coder("The actor.", refers="actors")
    role: Text = coder("What the actor does in the event.", levels=levels.PARTICIPANT_ROLE)
    count_text: Text = count_words()
    count_low: Integer = count("At least so many persons.", "count_text")
    count_best: Integer = count("The stated number of persons.")
    count_high: Integer = count("At most so many persons.")

    class Config:
        name = "participants"
        unique = ["article_id", "participant_id"]
        metadata = {"row": "participant", "claimed": True}


class Relations(Table):
    """How one event bears on another; the later event comes first."""

    relation_id: Text = key("The relation.")
    event_id: Text = coder("The smaller, later or reacting event, or the effect.", refers="events")
    relation: Text = coder("How it bears on the other.", levels=levels.RELATION)
    other_event_id: Text = coder("The larger or earlier event, the stimulus or the cause.", refers="events")
    basis: Text = coder("Whether the words say it.", levels=levels.STATED_BASIS)

    class Config:
        name = "relations"
        unique = ["article_id", "relation_id"]
        metadata = {"row": "relation", "claimed": True}

    @row_rule("relation-to-itself", "other_event_id", "event_id")
    def two_events(cls, frame: pd.DataFrame) -> Any:
        return frame["event_id"] != frame["other_event_id"]


class Charges(Table):
    """What a group is accused of or charged with."""

    charge_id: Text = key("The charge.")
    detention_id: Text = coder("The detention.", refers="detentions")
    charge: Text = coded("The charge in the article's words.")
    basis: Text = coder("Whether the text speaks of an accusation or a charge.", levels=levels.CHARGE_BASIS)

    class Config:
        name = "charges"
        unique = ["article_id", "charge_id"]
        metadata = {"row": "charge", "claimed": True}


class Codes(Table):
    """A row's code in somebody else's vocabulary."""

    record_table: Text = key("The table of the row.", levels=levels.IDENTIFIED_TABLES)
    record_id: Text = key("The row.")
    scheme: Text = key("The vocabulary.", levels=levels.SCHEME)
    code: Text = key("The code.", pattern="text")
    label: Text = reference("The vocabulary's short label for the code.")
    fit: Text = coder("How well the code's definition fits the event.", missing=True, levels=levels.FIT)
    note: Text = coder("Why the code was chosen.", missing=True)

    class Config:
        name = "codes"
        unique = ["article_id", "record_table", "record_id", "scheme", "code"]
        metadata = {"row": "code", "claimed": False}

    @row_rule("code-form", "code", "scheme")
    def code_has_form_of_scheme(cls, frame: pd.DataFrame) -> Any:
        wrong = [
            (frame["scheme"] == scheme) & ~frame["code"].str.strip().str.fullmatch(form)
            for scheme, form in levels.CODE_FORMS.items()
        ]
        return ~reduce(or_, wrong)

    @row_rule("scheme-tables", "scheme", "record_table")
    def scheme_suits_table(cls, frame: pd.DataFrame) -> Any:
        return frame["scheme"].isin(CODED_SCHEMES) == (frame["record_table"] == "events")

    @row_rule("fit-schemes", "fit", "scheme")
    def fit_of_judged_codes(cls, frame: pd.DataFrame) -> Any:
        return frame["fit"].notna() == frame["scheme"].isin(CODED_SCHEMES)
