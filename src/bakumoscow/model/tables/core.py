"""The core tables: events, actors, casualties, detentions, quotes, and the assessments beside them."""

from bakumoscow.model import levels
from bakumoscow.model.column import (
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
    reference,
    voice,
    words,
)
from bakumoscow.model.table import Declaration


class Events(Declaration, name="events", row="event", key=("event_id",), claimed=True):
    """One act or occurrence, at one place and one time."""

    event_id: Text = key("The event.")
    sequence: Integer = derived(
        "The position of the event in the order in which the article tells the events, counted from 1.", minimum=1
    )
    label: Text = coder("A short name for people to read.")
    kind: Text = coder("What sort of act or occurrence it is.", levels=levels.EVENT_KIND)
    date_text: Text = words("The article's words for the date.", missing=True)
    date_edtf: Text = coded(
        "The date in EDTF (ISO 8601-2): a day, month or year; `2025?-06-27` where the year is inferred; "
        "`[2025?-06-27..]` for one day, on or after this one; `[1990..1999]` for a time within this range; `A/B`, both "
        "ends included, only where the text says that the act lasted.",
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
        "Where the event took place, relative to the place.",
        missing=True,
        levels=levels.PLACE_RELATION,
        covered_by="place_id",
    )
    place_basis: Text = coder("How the text gives the place.", missing=True, levels=levels.PLACE_BASIS)
    intent: Text = coded("Whether the text calls the act accidental or deliberate.", missing=True, levels=levels.INTENT)
    object_text: Text = words("The thing acted on, such as `passenger plane`; never persons.", missing=True)
    means_text: Text = words("The weapon or other means, such as `missile`.", missing=True)
    factuality: Text = coder("How certain the voice is that the event happened.", levels=levels.FACTUALITY)
    voice: Text = voice()


class Actors(Declaration, name="actors", row="actor", key=("actor_id",), claimed=True):
    """A party that acts, speaks, suffers or is named."""

    actor_id: Text = key("The actor.")
    name: Text = words("The article's name for it, or its words for an unnamed one.")
    kind: Text = coder("What sort of party it is.", levels=levels.ACTOR_KIND)
    part_of: Text = coded("The actor that it is a body or subset of.", missing=True, refers="actors")
    title: Text = words("The title, as the text gives it.", missing=True)
    country: Text = coded(
        "The state (ISO 3166-1 alpha-3); only for states and their organs.", missing=True, pattern="country-code"
    )
    ethnicity: Text = words("The ethnicity, as worded by the article's own voice.", missing=True)
    citizenship: Text = words("The citizenship, as worded by the article's own voice.", missing=True)
    citizenship_code: Text = reference(
        "The state (ISO 3166-1 alpha-3) that the word for the citizenship means.", missing=True, pattern="country-code"
    )
    nationality: Text = words("A bare adjective of nationality, as the article words it.", missing=True)
    occupation: Text = words("The occupation, as the article words it.", missing=True)
    is_named: Boolean = coder("Whether the article gives a proper name.", pattern="none")


class Casualties(Declaration, name="casualties", row="casualty", key=("casualty_id",), claimed=True):
    """One group of victims of one event; within an article, no person is counted twice for one outcome."""

    casualty_id: Text = key("The group of victims.")
    event_id: Text = coder("The event that harmed them.", refers="events")
    victim_id: Text = coder(
        "The victims; missing where the text says that there were none.", missing=True, refers="actors", role="victim"
    )
    outcome: Text = coder("The harm, without assigning blame.", levels=levels.OUTCOME)
    outcome_text: Text = words("The text's verb for the harm.")
    count_text: Text = count_words()
    count_low: Integer = count("The minimum number of persons.", "count_text")
    count_best: Integer = count("The stated number of persons; 0 where the text says that there were none.")
    count_high: Integer = count("The maximum number of persons.")
    perpetrator_id: Text = coded(
        "Who did it; filled only where the text says so.", missing=True, refers="actors", role="initiator"
    )
    factuality: Text = coder("How certain the voice is of the harm.", levels=levels.FACTUALITY)
    voice: Text = voice()


class Detentions(Declaration, name="detentions", row="detention", key=("detention_id",), claimed=True):
    """One group detained in one event."""

    detention_id: Text = key("The group detained.")
    event_id: Text = coder("The event in which they were detained.", refers="events")
    detainee_id: Text = coder("The people detained.", refers="actors", role="target")
    detained_by: Text = coded(
        "Who detained them; filled only where the text says so.", missing=True, refers="actors", role="initiator"
    )
    count_text: Text = count_words()
    count_low: Integer = count("The minimum number of persons.", "count_text")
    count_best: Integer = count("The stated number of persons.")
    count_high: Integer = count("The maximum number of persons.")
    factuality: Text = coder("How certain the voice is of the detention.", levels=levels.FACTUALITY)
    voice: Text = voice()


class Quotes(Declaration, name="quotes", row="quote", key=("quote_id",), claimed=True):
    """One quotation or reported statement."""

    quote_id: Text = key("The quotation.")
    speaker_id: Text = coder("Who said it, at the innermost level.", refers="actors", role="speaker")
    kind: Text = coder("Whether the words are quoted or reported.", levels=levels.QUOTE_KIND)
    text: Text = coded("The words between the quotation marks, or the longest span of reported content.")
    cue: Text = words("The verb of saying or believing.")
    context_text: Text = words("Words outside the quotation that its grammar needs, verbatim.", missing=True)
    event_id: Text = coder("The speech act, where it is an event.", missing=True, refers="events")
    about_event_id: Text = coder("The event that it is about.", missing=True, refers="events")
    about_actor_id: Text = coder("The actor that it is about.", missing=True, refers="actors")
    channel: Text = coded("Where it was said.", missing=True, levels=levels.CHANNEL)


class Assessments(Declaration, name="assessments", row="assessment", key=("assessment_id",), claimed=True):
    """One evaluation, stance, outlook or open question, and whose it is."""

    assessment_id: Text = key("The assessment.")
    kind: Text = coder("What sort of assessment it is: the first that fits.", levels=levels.ASSESSMENT_KIND)
    assessor_id: Text = coder("Whose view it is.", refers="actors")
    text: Text = words("The clause with its subject, verbatim.")
    quote_id: Text = coder("The quotation that it is in, if it is in one.", missing=True, refers="quotes")
    about_event_id: Text = coder("The event that it is about.", missing=True, refers="events")
    about_actor_id: Text = coder("The actor that it is about.", missing=True, refers="actors")
    about_other_id: Text = coder(
        "The second party, where it is about how two parties get on.", missing=True, refers="actors"
    )
    factuality: Text = coder(
        "How certain the voice is that the assessor holds this view; for the article's own views, how far the "
        "article commits itself.",
        levels=levels.FACTUALITY,
    )
    voice: Text = voice()
