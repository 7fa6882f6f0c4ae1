"""Rules of passages: they are found while passages are looked for in their sentences."""

from bakumoscow.rules.rule import Rule

RULES = [
    Rule(
        "passage-missing",
        "A claim's passage stands, character for character, in its sentence.",
        "The passage is the proof of the value.",
        "A straight quotation mark where the article has a curly one.",
        "{value!r} is not in sentence {sentence_number}{where}.",
        "Copy the passage from the article, or correct sentence_number.",
        tables=("claims",),
    ),
    Rule(
        "passage-twice",
        "A claim's passage stands only once in its sentence.",
        "Otherwise nobody knows which words are meant.",
        "The passage `the` in a sentence that has the word twice.",
        "{value!r} stands {times} times in sentence {sentence_number}.",
        "Add a neighbouring word, so that it stands there once.",
        tables=("claims",),
    ),
    Rule(
        "passage-words",
        "A claim's passage begins and ends at the edge of a word.",
        "Half a word proves nothing.",
        "The passage `men were arreste`.",
        "{value!r} cuts the word {word!r} in sentence {sentence_number}.",
        "Take the whole word.",
        tables=("claims",),
        uses={
            # Scripts that put no space between words, so that any two letters may stand in different ones: Thai and
            # Lao, Burmese, Khmer, Japanese, Chinese.
            "unspaced": (
                *("\u0e00-\u0eff", "\u1000-\u109f", "\u1780-\u17ff", "\u3040-\u30ff"),
                *("\u3400-\u4dbf", "\u4e00-\u9fff", "\U00020000-\U0003ffff"),
            ),
            "within_numbers": (".", ","),
        },
    ),
]
