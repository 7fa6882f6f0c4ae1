"""What all tables share."""

from typing import Any

import pandas as pd
import pandera.pandas as pa

from bakumoscow.models.columns import Text, key, row_rule


class Table(pa.DataFrameModel):
    """A table; every one begins with the article, so that tables of several articles merge by concatenation."""

    article_id: Text = key("The article that the row belongs to.", refers="articles")

    class Config:
        strict = True
        ordered = True


class Counted(Table):
    """The rules of the columns count_text, count_low, count_best and count_high."""

    @row_rule("count-order", "count_best", "count_high")
    def best_within_high(cls, frame: pd.DataFrame) -> Any:
        return frame["count_best"] <= frame["count_high"]

    @row_rule("count-order", "count_low", "count_best")
    def low_within_best(cls, frame: pd.DataFrame) -> Any:
        return frame["count_low"] <= frame["count_best"]

    @row_rule("count-order", "count_low", "count_high")
    def low_within_high(cls, frame: pd.DataFrame) -> Any:
        return (frame["count_low"] <= frame["count_high"]) | frame["count_best"].notna()

    @row_rule("count-words", "count_best", "count_text")
    def best_has_words(cls, frame: pd.DataFrame) -> Any:
        return (frame["count_best"] <= 1) | frame["count_text"].notna()

    @row_rule("count-numbers", "count_low", "count_text")
    def words_have_low(cls, frame: pd.DataFrame) -> Any:
        return frame["count_text"].isna() | frame["count_low"].notna()
