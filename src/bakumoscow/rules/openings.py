"""Rules of sentences and their openings: they are checked while the sentences are looked for in the article."""

from bakumoscow.rules.rule import Rule

# Marks that end a sentence: the Unicode property Sentence_Terminal, which the standard library does not know, of all
# scripts in the first plane but the Burmese comma; those that end one in Khmer and Tibetan.
ENDING = (
    *"!.?։؝؞؟۔܀܁܂߹࠷࠹࠽࠾।॥။።፧፨᙮᜵᜶᠃᠉᥄᥅᪨᪩᪪᪫᭚᭛᭞᭟᭽᭾᰻᰼᱾᱿‼‽⁇⁈⁉⸮⸼⹓⹔。꓿꘎꘏꛳꛷꡶꡷꣎꣏꤯꧈꧉꩝꩞꩟꫰꫱꯫﹒﹖﹗！．？｡",
    *"។៕།༎",
)

RULES = [
    Rule(
        "opening-missing",
        "A sentence's opening occurs in its article; if it occurs several times, it begins a sentence between those "
        "numbered before and after it.",
        "The build finds the sentence by its opening and its number.",
        "An opening with a typing error.",
        "the opening {value!r} {detail}.",
        "{advice}.",
        tables=("sentences",),
    ),
    Rule(
        "opening-twice",
        "If a sentence's opening occurs several times in the article, the order of the sentences leaves only one "
        "place for it.",
        "Otherwise it is unclear where the sentence begins.",
        "The opening `The` of a sentence, where the next sentence also begins with `The` but has no row.",
        "the opening {value!r} fits in more than one place, {places}.",
        "Add the next words of the sentence to its opening, or add the row of a missing sentence.",
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
        "A sentence begins on a new line, or after a full stop, question mark, exclamation mark, ellipsis or colon "
        "of any script; quotation marks, brackets and references to notes may come between.",
        "If an opening begins too late, the first words of the sentence become part of the one before.",
        "The opening `latest crisis` for `The latest`.",
        "sentence {value} begins after {before!r}, which does not end a sentence.",
        "Begin the opening with the sentence's first word.",
        tables=("sentences",),
        severity="warning",
        uses={
            "ending": ENDING,
            "pausing": ("…", ":", "："),
            "unmarked": ("\u0e00-\u0eff",),  # scripts in which white space is all that ends a sentence: Thai and Lao
            "closing": ("Pe", "Pf", "Pi", '"', "'"),  # Unicode categories and marks
            "spaces": tuple(" \u00a0\u2009\u202f"),  # before a closing mark
            "note": r"\[[^\][]+\]|[¹²³⁰-⁹*†‡]",  # references to notes, after the end of a sentence
            "line_breaks": tuple("\n\r\u2028\u2029"),
        },
    ),
    Rule(
        "sentence-whole",
        "A sentence ends at its first full stop, question mark or exclamation mark, of any script.",
        "If a sentence includes the next one, the next one is not accounted for.",
        "The row of the last sentence is deleted, so the one before it extends to the end of the article.",
        "another sentence seems to begin within sentence {value}: {begins!r}.",
        "Add its row to data/sentences.csv, unless the mark does not end a sentence.",
        tables=("sentences",),
        severity="warning",
        uses={
            "spaced": (".", "?", "!"),  # marks after which there is white space: others end a sentence without it
            "opening": ("Ps", "Pi", '"', "'", "¿", "¡"),
            "abbreviated": 3,  # letters: a word of at most so many before a full stop is taken for an abbreviation
            "abbreviations": (
                *("Brig", "Capt", "Dept", "Messrs", "Prof", "Reps", "Sens", "Sept", "Supt"),
                *("акад", "проф"),
            ),
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
