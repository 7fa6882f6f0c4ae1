"""The enumerations: every level in its fixed order, with its meaning.

Add a level only when a text needs it, and say why in the commit.
"""

Levels = dict[str, str]

MUTUAL = "Mutual: each side is both initiator and target."  # a mark on the level
# The first that fits. CAMEO is the vocabulary of PLOVER's older classes; ACLED and UCDP GED code violence only.
EVENT_KIND: Levels = {
    "clash": "Violence in which, by the text's own words, two sides act against each other. "
    + MUTUAL
    + " ACLED's battles and mob "
    "violence, PLOVER's ASSAULT in both directions; UCDP GED needs an organized side and a death.",
    "use_of_force": "Force by police or military, or by anybody with a state's heavy weapon, against people or "
    "things; one side acts. PLOVER's ASSAULT and parts of COERCE, ACLED's excessive force and shelling.",
    "attack": "One-sided violence with a weapon, or planned violence, by anybody else or by an unnamed party: a "
    "shooting, bombing or ambush. PLOVER's ASSAULT, ACLED's attack and explosions, UCDP GED's one-sided "
    "violence.",
    "assault": "Bodily violence against people with no weapon named, in custody or elsewhere. PLOVER's ASSAULT with "
    "the mode beat; ACLED's attack; not in UCDP GED.",
    "police_operation": "A police or security operation as a whole, such as a raid; the arrests and the force in it "
    "are events of their own. PLOVER's COERCE with the mode seize; ACLED's strategic developments.",
    "arrest": "The taking of one or more people into custody. PLOVER's COERCE with the mode arrest, CAMEO 173, ACLED's "
    "arrests.",
    "release": "The end of a custody or of a captivity. PLOVER's CONCEDE; CAMEO 0841.",
    "protest": "A demonstration, march, strike or vigil of people who want something; force used against it is "
    "another event. PLOVER's PROTEST, ACLED's protests and riots.",
    "court_decision": "A decision of a court: verdict, sentence, order. PLOVER's COERCE or CONCEDE; not in ACLED.",
    "hearing": "A session of a court, where the text tells of the session itself; its decision is another event.",
    "negotiation": "Talks, meetings and visits of two or more sides. "
    + MUTUAL
    + " PLOVER's CONSULT; ACLED's strategic developments "
    "only if they end in an agreement.",
    "military_movement": "Troops, ships, aircraft or weapons are moved, massed, put on alert or exercised, and nobody "
    "is attacked. PLOVER's MOBILIZE; ACLED's strategic developments.",
    "statement": "A public act of speech. PLOVER's ACCUSE, REQUEST, SUPPORT, REJECT, THREATEN and others, by content.",
    "measure": "An administrative or political act, such as a cancelation, law, expulsion or payment. PLOVER's "
    "SANCTION, AID, COOPERATE and others, by content.",
    "public_reaction": "A feeling of a public that the text asserts, such as outrage, with no act named. The other "
    "schemes have no class for it.",
    "accident": "An occurrence that nobody chose, such as a crash. The other schemes have no class for it.",
    "ceremony": "A funeral, commemoration or other ceremony. CAMEO 017 for mourning; not in ACLED.",
}
MUTUAL_KINDS = tuple(kind for kind, meaning in EVENT_KIND.items() if MUTUAL in meaning)
HARM_KINDS = ("clash", "use_of_force", "attack", "assault")  # who did it is never inferred as a row

DATE_BASIS: Levels = {
    "stated": "The text gives the day, month or year of this event.",
    "relative": "The date follows from that of another event in the text.",
    "dateline": "The words, such as `yesterday`, give the date relative to the day that the article's dateline prints.",
    "unresolved": "The text has words for the date, such as `yesterday` or `recently`, but nothing says which date "
    "they mean.",
    "unknown": "The text has no words for the date, and it follows from no other event.",
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

DENIED = tuple(level for level in FACTUALITY if level.endswith("-"))
OPEN = tuple(level for level in FACTUALITY if level.endswith("u"))  # the voice does not say whether it is so

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
    "direct": "The words between quotation marks, or after a dash that opens direct speech.",
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
    "charges": "The claim is about what somebody is accused of, charged with, convicted or acquitted of.",
    "quotes": "The claim is about a quotation.",
    "assessments": "The claim is about an evaluation, a stance, an outlook or an open question.",
    "articles": "The claim is about the dateline of the article; an article's row needs no claim.",
}

IDENTIFIED_TABLES: Levels = {
    "events": "The code says what kind of event it is.",
    "actors": "The code identifies an actor.",
    "places": "The code identifies a place.",
}

SENTENCE_ROLE: Levels = {
    "coded": "At least one claim quotes the sentence. Never typed: the build sets it.",
    "context": "Background, or an assertion that fits no table.",
    "rhetorical": "A figure of speech or an address to the reader that asserts, asks and judges nothing.",
    "restatement": "Says again what is coded elsewhere.",
    "heading": "A heading.",
}

PARTICIPANT_ROLE: Levels = {
    "initiator": "Acts in the event. A source.",
    "organizer": "Called for, planned or led the event, by the text's words. A source.",
    "speaker": "Speaks in a public act of speech. A source.",
    "target": "The act, measure or statement is directed against or towards it. A target.",
    "victim": "Is harmed in the event. A target.",
    "addressee": "Is spoken to. A target.",
    "present": "Is there, but the text gives it no part in the act.",
    "means_owner": "Owns the weapon or other means; this alone does not make it the perpetrator.",
}
SOURCE_ROLES, TARGET_ROLES = ("initiator", "organizer", "speaker"), ("target", "victim", "addressee")

RELATION: Levels = {
    "part_of": "The event is a part of the other, larger event.",
    "responds_to": "The event is a reaction to the other event, by a party or by a public.",
    "caused_by": "The event is an effect of the other event, and nobody chose it.",
    "ends": "The event ends what the other event began, for those named: a release ends a detention.",
    "follows": "The text says that the event came after the other.",
}

STATED_BASIS: Levels = {
    "stated": "The words say it.",
    "inferred": "Only the order or the context of the text suggests it.",
}

CHARGE_BASIS: Levels = {
    "accusation": "The text says that they are accused or suspected of it.",
    "charge": "The text says that they are charged with it.",
    "conviction": "The text says that they were found guilty of it.",
    "acquittal": "The text says that they were found not guilty of it.",
}

ASSESSMENT_KIND: Levels = {
    "question": "Something left open or doubted: the text asks it, or says that it is asked. Always Uu.",
    "outlook": "What will or may come.",
    "stance": "What a party wants, hopes for, refuses or signals.",
    "evaluation": "How good, grave or meaningful something is, what it means, or why it is so.",
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
