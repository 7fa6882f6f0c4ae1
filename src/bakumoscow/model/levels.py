"""The enumerations: every level in its fixed order, with its meaning.

Add a level only when a text needs it, and say why in the commit.
"""

Levels = dict[str, str]

EVENT_KIND: Levels = {
    "police_operation": "A police or security operation as a whole, such as a raid.",
    "arrest": "The taking of one or more people into custody.",
    "use_of_force": "Force used against people or things.",
    "assault": "Physical harm done to people, in custody or elsewhere, with no weapon named.",
    "statement": "A public act of speech.",
    "measure": "An administrative or political act, such as a cancellation.",
    "public_reaction": "A reaction of a public that the text asserts, such as outrage.",
    "accident": "An occurrence that nobody chose, such as a crash.",
    "hearing": "A session of a court.",
    "ceremony": "A funeral, commemoration or other ceremony.",
}

DATE_BASIS: Levels = {
    "stated": "The text gives the day, month or year of this event.",
    "relative": "The date follows from that of another event in the text.",
    "unknown": "The text gives no date.",
}

PLACE_RELATION: Levels = {
    "in": "The event took place in the place.",
    "near": "The event took place near the place.",
    "over": "The event took place in the air above the place.",
}

PLACE_BASIS: Levels = {
    "stated": "The text gives the place of this event.",
    "inherited": "The text gives the place of the event that this one is a part of.",
}

INTENT: Levels = {
    "accidental": "The text says that the act was not intended.",
    "deliberate": "The text says that the act was intended.",
}

FACTUALITY: Levels = {
    "CT+": "Certain: the voice says that it is so.",
    "PR+": "Probable: the voice says that it is probably so.",
    "PS+": "Possible: the voice says that it may be so.",
    "CT-": "Certainly not: the voice says that it is not so.",
    "PR-": "Probably not: the voice says that it is probably not so.",
    "PS-": "Possibly not: the voice says that it may not be so.",
    "CTu": "Certain, polarity unknown: the voice knows whether it is so but does not say.",
    "Uu": "Uncommitted: the voice does not say whether it is so.",
}

ACTOR_KIND: Levels = {
    "state": "A country as a party.",
    "government_body": "An office, ministry or authority of a state.",
    "security_force": "Police, special forces, military or an intelligence service.",
    "organization": "Any other organization.",
    "media_outlet": "A news outlet or news agency.",
    "person": "One person, named or described.",
    "group": "A number of people who act or suffer together.",
    "population": "A people or the public of a place.",
    "unnamed_source": "Speakers without a name, office or role, such as reports or `many`.",
    "author": "The voice of the article itself.",
    "coder": "The voice of the coder, for inferences.",
}

OUTCOME: Levels = {
    "death": "The victims died, whatever verb the text uses.",
    "injury": "The victims were hurt.",
    "assault": "The victims were physically assaulted; the text states no further harm.",
    "missing": "The victims are missing.",
}

QUOTE_KIND: Levels = {
    "direct": "The words between quotation marks.",
    "indirect": "Reported content in the article's words.",
}

CHANNEL: Levels = {
    "television": "Said on television.",
    "radio": "Said on the radio.",
    "social_media": "Said on social media.",
    "print": "Said in print.",
    "press_statement": "Said in a statement to the press.",
}

SUPPORT: Levels = {
    "explicit": "The words say it.",
    "inferred": "A reader concludes it; `note` says from what.",
}

CLAIM_RANK: Levels = {
    "preferred": "The claim that backs the row or cell.",
    "normal": "What another voice asserts, or an inference that fills no cell.",
    "alias": "Another name of the same actor or place.",
}

CLAIMED_TABLES: Levels = {
    "events": "The claim is about an event.",
    "actors": "The claim is about an actor.",
    "places": "The claim is about a place.",
    "participants": "The claim is about an actor's part in an event.",
    "relations": "The claim is about how one event is related to another.",
    "casualties": "The claim is about a group of victims.",
    "detentions": "The claim is about a group detained.",
    "charges": "The claim is about what a group is accused of or charged with.",
    "quotes": "The claim is about a quotation.",
}

IDENTIFIED_TABLES: Levels = {
    "events": "The code says what kind of event it is.",
    "actors": "The code identifies an actor.",
    "places": "The code identifies a place.",
}

SENTENCE_ROLE: Levels = {
    "coded": "At least one claim quotes the sentence. Never typed: the build sets it.",
    "context": "Background, or an assertion that fits no table.",
    "rhetorical": "A question, a mood or an outlook.",
    "restatement": "Says again what is coded elsewhere.",
    "heading": "A heading.",
}

PARTICIPANT_ROLE: Levels = {
    "initiator": "Acts in the event.",
    "target": "Is acted upon.",
    "victim": "Is harmed in the event.",
    "speaker": "Speaks in a public act of speech.",
    "addressee": "Is spoken to.",
    "present": "Is there; the text gives it no part in the act.",
    "means_owner": "Owns the weapon or other means; this alone does not make it the perpetrator.",
}

RELATION: Levels = {
    "part_of": "The event is a part of the other, larger event.",
    "responds_to": "The event is a reaction to the other event, by a party or by a public.",
    "caused_by": "The event is an effect of the other event, and nobody chose it.",
    "follows": "The text says that the event came after the other.",
}

STATED_BASIS: Levels = {
    "stated": "The words say it.",
    "inferred": "Only the order or the context of the text suggests it.",
}

CHARGE_BASIS: Levels = {
    "accusation": "The text says that the detained are accused or suspected of it.",
    "charge": "The text says that the detained are charged with it.",
}

SCHEME: Levels = {
    "cameo": "CAMEO 1.1b3 event code.",
    "plover": "PLOVER event type.",
    "plover_mode": "PLOVER mode of the event type.",
    "iso_3166_1": "ISO 3166-1 alpha-3 country code.",
    "iso_3166_2": "ISO 3166-2 code of a subdivision.",
    "gleditsch_ward": "Gleditsch and Ward state number.",
    "cow": "Correlates of War state number.",
    "geonames": "GeoNames identifier.",
    "wikidata": "Wikidata item.",
}

CODED_SCHEMES = ("cameo", "plover", "plover_mode")  # their codes are judgements; the others are identifiers
# The form of each vocabulary's codes: a regular expression without anchors.
CODE_FORMS = {
    "cameo": "(0[1-9]|1[0-9]|20)[0-9]{1,2}",
    "plover": "[A-Z]+",
    "plover_mode": "[a-z]+(-[a-z]+)*",
    "iso_3166_1": "[A-Z]{3}",
    "iso_3166_2": "[A-Z]{2}-[A-Z0-9]{1,3}",
    "gleditsch_ward": "[1-9][0-9]{0,2}",
    "cow": "[1-9][0-9]{0,2}",
    "geonames": "[1-9][0-9]*",
    "wikidata": "Q[1-9][0-9]*",
}

FIT: Levels = {
    "exact": "The code's definition covers the event.",
    "closest": "No code's definition covers the event; this one comes closest.",
    "forced": "The scheme requires a code, although the code's definition contradicts the event.",
}

PLACE_KIND: Levels = {
    "city": "A city or town.",
    "region": "A part of a country.",
    "country": "A country.",
}
