"""The tables behind every number: articles, their sentences and the claims on them."""

from typing import Any

import pandas as pd

from bakumoscow.models import levels
from bakumoscow.models.base import Table
from bakumoscow.models.columns import Date, Integer, Text, coder, derived, key, reference, row_rule


class Claims(Table):
    """One assertion of one voice about one row or cell, with the words that make it."""

    claim_id: Text = key("The claim.")
    record_table: Text = coder("The table of the row that the claim is about.", levels=levels.CLAIMED_TABLES)
    record_id: Text = coder("The row.", pattern="slug")
    field: Text = coder("The column; missing where the claim asserts the row.", missing=True)
    claimed_value: Text = coder("The value that the voice gives the cell.", missing=True)
    asserted_by: Text = coder("The voice.", refers="actors")
    factuality: Text = coder("How certain the voice is.", levels=levels.FACTUALITY)
    support: Text = coder("Whether the words say it or a reader concludes it.", levels=levels.SUPPORT)
    claim_rank: Text = coder("What the claim is for.", levels=levels.CLAIM_RANK)
    sentence_number: Integer = coder("The sentence of the passage.", minimum=1, refers="sentences")
    quoted_text: Text = coder("The passage: the exact characters of the article.")
    char_start: Integer = derived("Where the passage begins, in code points from 0.", minimum=0)
    char_end: Integer = derived("Where the passage ends, excluded.", minimum=1)
    note: Text = coder("What an inference rests on, or anything a reader should know.", missing=True)

    class Config:
        name = "claims"
        unique = ["article_id", "claim_id"]
        metadata = {"row": "claim", "claimed": False}

    @row_rule("claim-value", "claimed_value", "field")
    def value_with_field(cls, frame: pd.DataFrame) -> Any:
        return frame["field"].isna() == frame["claimed_value"].isna()

    @row_rule("claim-voice", "asserted_by", "support")
    def coder_infers(cls, frame: pd.DataFrame) -> Any:
        is_coder, is_inferred = frame["asserted_by"] == "coder", frame["support"] == "inferred"
        dated = (frame["field"] == "date_edtf").fillna(False) & (frame["asserted_by"] == "article")
        return (is_coder == is_inferred) | (is_inferred & dated)

    @row_rule("claim-voice", "asserted_by", "claim_rank")
    def preferred_are_the_articles_own(cls, frame: pd.DataFrame) -> Any:
        own = frame["asserted_by"].isin(["article", "coder"])
        related = (frame["record_table"] == "relations") & frame["field"].isna()
        return (frame["claim_rank"] != "preferred") | own | related

    @row_rule("inference-note", "note", "support")
    def inference_has_note(cls, frame: pd.DataFrame) -> Any:
        return (frame["support"] != "inferred") | frame["note"].notna()

    @row_rule("alias-of-name", "field", "claim_rank")
    def alias_of_name(cls, frame: pd.DataFrame) -> Any:
        named = (frame["field"] == "name").fillna(False)
        return (frame["claim_rank"] != "alias") | named


class Sentences(Table):
    """One sentence or heading of an article; together they tile it."""

    sentence_number: Integer = key("The sentence, counted from 1.", pattern="none", minimum=1)
    paragraph: Integer = derived("The paragraph, counted from 1: a run of text between line breaks.", minimum=1)
    role: Text = coder("What became of the sentence.", levels=levels.SENTENCE_ROLE)
    reason: Text = coder("Why nothing is coded from it.", missing=True)
    char_start: Integer = derived("Where the sentence begins, in code points from 0.", minimum=0)
    char_end: Integer = derived("Where the sentence ends, excluded.", minimum=1)

    class Config:
        name = "sentences"
        unique = ["article_id", "sentence_number"]
        metadata = {"row": "sentence", "claimed": False}

    @row_rule("sentence-reason", "reason", "role")
    def reason_unless_coded(cls, frame: pd.DataFrame) -> Any:
        return (frame["role"] == "coded") == frame["reason"].isna()


class Articles(Table):
    """One source text; its bytes are in `seeds/` of the repository."""

    article_id: Text = key("The article.")
    title: Text = reference("The title, where the publisher gives one.", missing=True)
    publisher: Text = reference("The publisher, where known.", missing=True)
    published: Date = reference("The day of publication, where known.", missing=True, pattern="none")
    language_code: Text = coder("The language of the text (BCP 47).", pattern="language-code")
    sha256: Text = coder("The SHA-256 of the article's bytes.", pattern="sha256")
    length: Integer = derived("The length of the article in code points.", minimum=1)
    note: Text = coder("Anything a reader should know about the source.", missing=True)

    class Config:
        name = "articles"
        unique = ["article_id"]
        metadata = {"row": "article", "claimed": False}
