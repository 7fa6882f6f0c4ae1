"""Rules of sentences and their openings: they are found while sentences are looked for in the article."""

from bakumoscow.rules.rule import Rule

RULES = [
    Rule(
        "opening-missing",
        "A sentence's opening stands in its article.",
        "It is how the sentence is found.",
        "An opening with a typing error.",
        "the opening {value!r} is not in the article{where}.",
        "Copy the sentence's first words from the article.",
        tables=("sentences",),
    ),
    Rule(
        "opening-twice",
        "A sentence's opening stands once in its article.",
        "Two places would do, and one of them is wrong.",
        "The opening `The`.",
        "the opening {value!r} stands in the article more than once.",
        "Add the sentence's next words.",
        tables=("sentences",),
    ),
    Rule(
        "opening-words",
        "A sentence's opening is whole words, with no white space at its ends.",
        "An opening that begins inside a word moves the sentence by a character.",
        "The opening `he latest` for `The latest`.",
        "the opening {value!r} {detail}.",
        "Copy the sentence's first words whole.",
        tables=("sentences",),
    ),
    Rule(
        "sentence-begins",
        "A sentence begins on a new line, or after a full stop, question mark, exclamation mark, ellipsis or colon.",
        "A sentence typed too late leaves its first words to the one before.",
        "The opening `latest crisis` for `The latest`.",
        "sentence {value} begins after {before!r}, which ends no sentence.",
        "Begin the opening with the sentence's first word.",
        tables=("sentences",),
        severity="warning",
        uses={
            "ending": tuple(".?!…:؟۔。！？"),
            "closing": tuple("”’\"')»] \u00a0\u202f"),
            "note": r"(\[[0-9]+\])+",  # references to notes after a sentence
            "line_breaks": tuple("\n\r\u2028\u2029"),
        },
    ),
    Rule(
        "sentence-whole",
        "A sentence ends where its first full stop, question mark or exclamation mark does.",
        "A sentence that swallows the next one leaves it unaccounted for.",
        "The row of the last sentence is deleted: the one before it reaches to the end of the article.",
        "within sentence {value} another one seems to begin: {begins!r}.",
        "Add its row to data/sentences.csv, unless the mark ends no sentence.",
        tables=("sentences",),
        severity="warning",
        uses={
            "ending": tuple(".?!"),
            "closing": tuple("”’\"')»"),
            "spaces": tuple(" \u00a0"),
            "opening": tuple("“‘\"'(«"),
            "abbreviated": 3,  # letters of the longest word whose full stop is taken for an abbreviation's
            "abbreviations": ("Brig", "Capt", "Dept", "Messrs", "Prof", "Sept", "Supt"),
        },
    ),
    Rule(
        "sentence-order",
        "Sentences are numbered 1, 2, 3 ... in the order of the article.",
        "A gap hides a sentence that is not accounted for.",
        "Sentence 7 is deleted.",
        "sentence {value} {detail}.",
        "Restore a row that was deleted, or number the sentences in the order of the article, without gaps.",
        tables=("sentences",),
    ),
    Rule(
        "sentence-tiling",
        "The sentences of an article cover it: before, between and after them is only white space, "
        "and none spans a line break.",
        "Words outside every sentence are words nobody answered for.",
        "The first sentence's row is deleted.",
        "{detail}.",
        "Add the missing sentence, or begin the next opening earlier.",
        tables=("sentences",),
    ),
]
