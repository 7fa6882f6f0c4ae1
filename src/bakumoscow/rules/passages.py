"""Rules of passages: they are checked while the passages are looked for in their sentences."""

from bakumoscow.rules.rule import Rule

# Claims whose passage may end in a later sentence than its own: on quotations, and on their text.
OVER_SENTENCES = ("quotes", "quotes.text", "assessments.text")

RULES = [
    Rule(
        "passage-missing",
        "A claim's passage occurs in its sentence, character for character; that of a quotation may end in a later "
        "sentence. One space in the passage stands for a line break and the white space around it.",
        "The passage is the evidence for the value.",
        "A straight quotation mark where the article has a curly one.",
        "{value!r} is not in sentence {sentence_number}{where}.",
        "Copy the passage from the article, or correct sentence_number.",
        tables=("claims",),
        uses={"over_sentences": OVER_SENTENCES},
    ),
    Rule(
        "passage-twice",
        "A claim's passage occurs only once in its sentence as whole words. For the text of a direct quotation, "
        "only what is between quotation marks counts; if it occurs there several times, each occurrence has a row, "
        "in the order of the article.",
        "Otherwise it is unclear which words are meant.",
        "The passage `the` in a sentence that has the word twice.",
        "{value!r} occurs {times} times in sentence {sentence_number}.",
        "{advice}.",
        tables=("claims",),
    ),
    Rule(
        "passage-words",
        "A claim's passage does not begin or end inside a word.",
        "Part of a word proves nothing.",
        "The passage `men were arreste`.",
        "{value!r} cuts the word {word!r} in sentence {sentence_number}.",
        "Include the whole word.",
        tables=("claims",),
        uses={
            # Scripts without spaces between words, where any two letters may belong to different words: Thai and Lao,
            # Burmese, Khmer, Japanese, Chinese.
            "unspaced": (
                *("\u0e00-\u0eff", "\u1000-\u109f", "\u1780-\u17ff", "\u3040-\u30ff"),
                *("\u3400-\u4dbf", "\u4e00-\u9fff", "\U00020000-\U0003ffff"),
            ),
            "within_numbers": (".", ","),
        },
    ),
]
