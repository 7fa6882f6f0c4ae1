"""Rules of retired.csv and exceptions.csv, the hand-coded files that are not published."""

from bakumoscow.rules.rule import Rule
from bakumoscow.rules.spelling import FORMULA

RULES = [
    Rule(
        "retired-row",
        "A row of retired.csv names an article, a table whose rows have ids, and an id; its note is clean text.",
        "A row without these retires nothing.",
        "`event` for `events` in retired.csv.",
        "the row is not valid: {column} is {value}.",
        "Give the article, the table and the id that was withdrawn, and the reason in note.",
        uses={"without_ids": ("codes", "sentences"), "formula": FORMULA},
    ),
    Rule(
        "exception-row",
        "A row of exceptions.csv identifies a warning by its article, its rule, and the table, id and column of its "
        "cell; also by its words, if the rule can warn several times about one cell. The reason is clean text.",
        "A row without these sets no warning aside, and without a reason nobody can judge it.",
        "`count-valu` for `count-value` in exceptions.csv.",
        "{column} is {value}{nearest}.",
        "{advice}",
        uses={"formula": FORMULA},
    ),
    Rule(
        "exception-unused",
        "Every row of exceptions.csv sets a warning aside.",
        "A leftover row would set aside the next warning in the same place, which nobody has looked at.",
        "A count is corrected, so there is no warning about it any more, but its exception is still there.",
        "the row sets no warning aside: {detail}.",
        "Delete it, or correct it.",
    ),
]
