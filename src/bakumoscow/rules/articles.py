"""Rules of the articles' files: they are checked while these files are read."""

from bakumoscow.rules.rule import Rule

RULES = [
    Rule(
        "article-missing",
        "Every article in data/articles.csv has its text in seeds/.",
        "Without the text no passage can be checked.",
        "seeds/herring-quarrel.txt is deleted.",
        "{path} with the SHA-256 {sha256} is missing{elsewhere}.",
        "Put the unchanged file of the article at {path}.",
        tables=("articles",),
    ),
    Rule(
        "article-changed",
        "The file of an article has the SHA-256 that its row gives.",
        "Offsets and passages are valid for these bytes only.",
        "One curly quotation mark in the article is made straight.",
        "{path} has the SHA-256 {found}, not {value}.",
        "Restore the original file, or correct a mistyped sha256; never edit a file in seeds/.",
        tables=("articles",),
    ),
    Rule(
        "article-unlisted",
        "Every text in seeds/ has a row in data/articles.csv.",
        "An article without a row is not accounted for.",
        "seeds/second.txt has no row.",
        "the article has no row in data/articles.csv.",
        "Add a row for it, or remove the file.",
        uses={"others": ("README.md",)},
        tables=("articles",),
    ),
]
