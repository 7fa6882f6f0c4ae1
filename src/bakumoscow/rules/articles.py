"""Rules of the articles' files and of retired.csv: they are found while these are read."""

from bakumoscow.rules.rule import Rule
from bakumoscow.rules.spelling import FORMULA

RULES = [
    Rule(
        "article-missing",
        "seeds/ holds the article that data/articles.csv names.",
        "Without its words no passage can be checked.",
        "seeds/herring-quarrel.txt is deleted.",
        "{path} with the SHA-256 {sha256} is missing{elsewhere}.",
        "Put the article's unchanged bytes there.",
        tables=("articles",),
    ),
    Rule(
        "article-changed",
        "An article's bytes have the SHA-256 of its row.",
        "Offsets and passages are claims about these bytes and no others.",
        "One curly quotation mark in the article is made straight.",
        "{path} has the SHA-256 {found}, not {value}.",
        "Restore the article's bytes, or correct a mistyped sha256; never edit a seed.",
        tables=("articles",),
    ),
    Rule(
        "article-unlisted",
        "Every text in seeds/ has its row in data/articles.csv.",
        "An article without a row is not accounted for.",
        "seeds/second.txt without a row.",
        "the article has no row in data/articles.csv.",
        "Add its row, or remove the file.",
        uses={"others": ("README.md",)},
        tables=("articles",),
    ),
    Rule(
        "retired-row",
        "A row of retired.csv names an article, a table whose rows have ids, and an id; its note is clean text.",
        "Any other row retires nothing.",
        "`event` for `events` in retired.csv.",
        "the row retires nothing: {column} is {value}.",
        "Name the article, the table and the id that was withdrawn, and say why in the note.",
        uses={"without_ids": ("codes", "sentences"), "formula": FORMULA},
    ),
]
