"""Rules of sentences and their openings: they are checked while the sentences are looked for in the article."""

from bakumoscow.rules.rule import Rule

RULES = [
    Rule(
        "opening-missing",
        "A sentence's opening is in its article.",
        "The build finds the sentence by its opening.",
        "An opening with a typing error.",
        "the opening {value!r} is not in the article{where}.",
        "Copy the sentence's first words from the article.",
        tables=("sentences",),
    ),
    Rule(
        "opening-twice",
        "A sentence's opening occurs only once in its article.",
        "Otherwise it is unclear where the sentence begins.",
        "The opening `The`.",
        "the opening {value!r} occurs more than once in the article.",
        "Add the next words of the sentence.",
        tables=("sentences",),
    ),
    Rule(
        "opening-words",
        "A sentence's opening consists of whole words, with no white space at its ends.",
        "If the opening begins inside a word, so does the sentence.",
        "The opening `he latest` for `The latest`.",
        "the opening {value!r} {detail}.",
        "Copy the sentence's first words in full.",
        tables=("sentences",),
    ),
    Rule(
        "sentence-begins",
        "A sentence begins on a new line, or after a full stop, question mark, exclamation mark, ellipsis or colon.",
        "If an opening begins too late, the first words of the sentence become part of the one before.",
        "The opening `latest crisis` for `The latest`.",
        "sentence {value} begins after {before!r}, which does not end a sentence.",
        "Begin the opening with the sentence's first word.",
        tables=("sentences",),
        severity="warning",
        uses={
            "ending": tuple(".?!…:؟۔。！？"),
            "closing": tuple("”’\"')»] \u00a0\u202f"),
            "note": r"(\[[0-9]+\])+",  # references to notes, after the end of a sentence
            "line_breaks": tuple("\n\r\u2028\u2029"),
        },
    ),
    Rule(
        "sentence-whole",
        "A sentence ends at its first full stop, question mark or exclamation mark.",
        "If a sentence includes the next one, the next one is not accounted for.",
        "The row of the last sentence is deleted, so the one before it extends to the end of the article.",
        "another sentence seems to begin within sentence {value}: {begins!r}.",
        "Add its row to data/sentences.csv, unless the mark does not end a sentence.",
        tables=("sentences",),
        severity="warning",
        uses={
            "ending": tuple(".?!"),
            "closing": tuple("”’\"')»"),
            "spaces": tuple(" \u00a0"),
            "opening": tuple("“‘\"'(«"),
            "abbreviated": 3,  # letters: a word of at most so many before a full stop is taken for an abbreviation
            "abbreviations": ("Brig", "Capt", "Dept", "Messrs", "Prof", "Sept", "Supt"),
        },
    ),
    Rule(
        "sentence-order",
        "Sentences are numbered 1, 2, 3 ... in the order of the article.",
        "A gap in the numbers hides a sentence that is not accounted for.",
        "Sentence 7 is deleted.",
        "sentence {value} {detail}.",
        "Restore a row that was deleted, or number the sentences in the order of the article, without gaps.",
        tables=("sentences",),
    ),
    Rule(
        "sentence-tiling",
        "The sentences of an article cover it: there is only white space before, between and after them, "
        "and no sentence spans a line break.",
        "Words outside all sentences are not accounted for.",
        "The row of the first sentence is deleted.",
        "{detail}.",
        "Add the missing sentence, or begin the next opening earlier.",
        tables=("sentences",),
    ),
]
