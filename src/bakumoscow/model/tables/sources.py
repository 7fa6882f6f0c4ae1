"""The tables behind every number: articles, their sentences and the claims on them."""

from bakumoscow.model import levels
from bakumoscow.model.column import Date, Integer, Text, coder, derived, key, reference, words
from bakumoscow.model.table import Declaration


class Claims(Declaration, name="claims", row="claim", key=("claim_id",)):
    """One voice's assertion about one row or cell, with the words that make it."""

    claim_id: Text = key("The claim.")
    record_table: Text = coder("The table of the row that the claim is about.", levels=levels.CLAIMED_TABLES)
    record_id: Text = coder("The row.", pattern="slug")
    field: Text = coder("The column; missing if the claim asserts the row itself.", missing=True)
    claimed_value: Text = coder("The value that the voice gives the cell.", missing=True, verbatim=True)
    asserted_by: Text = coder("The voice.", refers="actors")
    factuality: Text = coder("How certain the voice is.", levels=levels.FACTUALITY)
    certainty_text: Text = coder(
        "The words of the sentence that make the claim probable, possible, denied or open.", missing=True, verbatim=True
    )
    certainty_start: Integer = derived("Where these words begin, in code points from 0.", missing=True, minimum=0)
    certainty_end: Integer = derived("Where these words end: the first code point after them.", missing=True, minimum=1)
    support: Text = coder("Whether the words say it or a reader concludes it.", levels=levels.SUPPORT)
    claim_rank: Text = coder("What the claim is for.", levels=levels.CLAIM_RANK)
    sentence_number: Integer = coder("The sentence in which the passage begins.", minimum=1, refers="sentences")
    quoted_text: Text = coder(
        "The passage: the exact characters of the article, with a space for a line break.", verbatim=True
    )
    char_start: Integer = derived("Where the passage begins, in code points from 0.", minimum=0)
    char_end: Integer = derived("Where the passage ends: the first code point after it.", minimum=1)
    note: Text = coder("What an inference is based on, or anything else a reader should know.", missing=True)


class Sentences(Declaration, name="sentences", row="sentence", key=("sentence_number",)):
    """One sentence or heading of an article; together they cover it without overlap."""

    sentence_number: Integer = key("The sentence, counted from 1.", pattern="none", minimum=1)
    paragraph: Integer = derived("The paragraph, counted from 1: a run of text between line breaks.", minimum=1)
    role: Text = coder("How the sentence is used.", levels=levels.SENTENCE_ROLE)
    reason: Text = coder("Why nothing is coded from it.", missing=True)
    char_start: Integer = derived("Where the sentence begins, in code points from 0.", minimum=0)
    char_end: Integer = derived("Where the sentence ends: the first code point after it.", minimum=1)


class Articles(Declaration, name="articles", row="article", key=("article_id",)):
    """One source text; its bytes are in `seeds/` of the repository."""

    article_id: Text = key("The article.")
    title: Text = reference("The publisher's own title, verbatim, where there is one.", missing=True, verbatim=True)
    publisher: Text = reference("The publisher's own name, verbatim, where known.", missing=True, verbatim=True)
    dateline_text: Text = words("The place and day at the head of the article, as it prints them.", missing=True)
    published: Date = reference("The day of publication, where known.", missing=True, pattern="none")
    language_code: Text = coder("The language of the text (BCP 47).", pattern="language-code")
    sha256: Text = coder("The SHA-256 of the article's bytes.", pattern="sha256")
    length: Integer = derived("The length of the article in code points.", minimum=1)
    note: Text = coder("Anything a reader should know about the source.", missing=True)
