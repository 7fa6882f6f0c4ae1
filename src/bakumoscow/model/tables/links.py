"""The tables that tie the core together: places, participants, relations, charges, codes."""

from bakumoscow.model import levels
from bakumoscow.model.column import (
    Integer,
    Number,
    Text,
    coded,
    coder,
    count,
    count_words,
    key,
    reference,
    voice,
    words,
)
from bakumoscow.model.table import Declaration


class Places(Declaration, name="places", row="place", key=("place_id",), claimed=True):
    """A place named in an article."""

    place_id: Text = key("The place.")
    name: Text = words("The article's name for it.")
    kind: Text = coder("What sort of place it is.", levels=levels.PLACE_KIND)
    country: Text = reference("The state that it is in (ISO 3166-1 alpha-3).", missing=True, pattern="country-code")
    latitude: Number = reference("Degrees north, WGS 84.", missing=True, minimum=-90, maximum=90)
    longitude: Number = reference("Degrees east, WGS 84.", missing=True, minimum=-180, maximum=180)
    reference: Text = reference("Where the coordinates come from.", missing=True)


class Participants(Declaration, name="participants", row="participant", key=("participant_id",), claimed=True):
    """An actor's part in an event."""

    participant_id: Text = key("The part.")
    event_id: Text = coder("The event.", refers="events")
    actor_id: Text = coder("The actor.", refers="actors")
    role: Text = coder("What the actor does in the event.", levels=levels.PARTICIPANT_ROLE)
    basis: Text = coder(
        "Whether the words of the clause name this part, or only the context suggests it.", levels=levels.STATED_BASIS
    )
    factuality: Text = coder(
        "How certain the voice is that the actor had this part and that the event happened.", levels=levels.FACTUALITY
    )
    count_text: Text = count_words()
    count_low: Integer = count("The minimum number of persons.", "count_text")
    count_best: Integer = count("The stated number of persons.")
    count_high: Integer = count("The maximum number of persons.")
    voice: Text = voice()


class Relations(Declaration, name="relations", row="relation", key=("relation_id",), claimed=True):
    """How one event is related to another; the later event comes first."""

    relation_id: Text = key("The relation.")
    event_id: Text = coder("The smaller, later or reacting event, or the effect.", refers="events")
    relation: Text = coder("How it is related to the other event.", levels=levels.RELATION)
    other_event_id: Text = coded("The larger or earlier event, the stimulus or the cause.", refers="events")
    basis: Text = coder(
        "Whether the words state both that there is a relation and to what.", levels=levels.STATED_BASIS
    )
    factuality: Text = coder(
        "How certain the relation is: as certain as the less certain of its row claim and its claim on "
        "`other_event_id`.",
        levels=levels.FACTUALITY,
    )
    voice: Text = voice()


class Charges(Declaration, name="charges", row="charge", key=("charge_id",), claimed=True):
    """What somebody is accused of, charged with, convicted or acquitted of, in one event."""

    charge_id: Text = key("The charge.")
    event_id: Text = coder("The arrest, hearing, decision or other event in which it is made.", refers="events")
    accused_id: Text = coder("Who is accused.", refers="actors", role="target")
    charge: Text = words("The charge in the article's words.")
    basis: Text = coder(
        "Whether the text tells of an accusation, a charge, a conviction or an acquittal.", levels=levels.CHARGE_BASIS
    )
    sentence_text: Text = words("The sentence of the court in the article's words.", missing=True)
    voice: Text = voice()


class Codes(Declaration, name="codes", row="code", key=("record_table", "record_id", "scheme", "code")):
    """The code of a row in an external vocabulary."""

    record_table: Text = key("The table of the row.", levels=levels.IDENTIFIED_TABLES)
    record_id: Text = key("The row.")
    scheme: Text = key("The vocabulary.", levels=levels.SCHEME)
    code: Text = key("The code.", pattern="text")
    label: Text = reference("The vocabulary's short label for the code.")
    fit: Text = coder("How well the code's definition fits the event.", missing=True, levels=levels.FIT)
    note: Text = coder("Why the code was chosen.", missing=True)
