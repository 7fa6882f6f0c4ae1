"""Rules of dates: they are what their words, the dateline and the article say."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import all_of, is_one, keep_where, positions, rows_where
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.date_words import UNMARKED, YEAR, date_agrees, in_ascii_digits, resolves, said, years_not_said
from bakumoscow.rules.rule import Breach, Rule

WORDED = ("stated", "dateline")


def _datelines(corpus: Corpus) -> pa.ChunkedArray:
    """For each event the dateline of its article."""
    return corpus["articles"]["dateline_text"].take(corpus.rows_of("events", "article_id", "articles"))


def _without_dateline(corpus: Corpus, *, basis: str) -> Iterator[Breach]:
    """Dates that are resolved against a dateline that the article does not have."""
    listed = pc.is_valid(corpus.rows_of("events", "article_id", "articles"))
    resolved = pc.equal(corpus["events"]["date_basis"], basis)
    yield from (
        Breach("events", "date_basis", row)
        for row in rows_where(all_of(resolved, listed, pc.is_null(_datelines(corpus))))
    )


def _published(corpus: Corpus) -> Iterator[Breach]:
    """Days of publication that differ from the dateline."""
    articles = corpus["articles"]
    both = positions(all_of(pc.is_valid(articles["published"]), pc.is_valid(articles["dateline_text"])))
    columns = (articles[name].take(both).to_pylist() for name in ("published", "dateline_text"))
    for row, day, words in zip(both.to_pylist(), *columns, strict=True):
        if not date_agrees(words, str(day)):
            yield Breach("articles", "published", row, {"words": words})


def _date_words(corpus: Corpus, *, worded: tuple[str, ...]) -> Iterator[Breach]:
    """Dates whose words, or the dateline with them, give another day, month, year or weekday."""
    events = corpus["events"]
    filled = all_of(
        is_one(events["date_basis"], worded), pc.is_valid(events["date_text"]), pc.is_valid(events["date_edtf"])
    )
    rows = positions(filled)
    lines = keep_where(pc.equal(events["date_basis"], "dateline"), _datelines(corpus)).take(rows)
    columns = (events[name].take(rows).to_pylist() for name in ("date_edtf", "date_text"))
    for row, date, words, line in zip(rows.to_pylist(), *columns, lines.to_pylist(), strict=True):
        if not (resolves(words, date, line) if line else date_agrees(words, date)):
            yield Breach(
                "events", "date_edtf", row, {"words": words, "against": f" and the dateline {line!r}" if line else ""}
            )


def _years(corpus: Corpus, *, worded: tuple[str, ...]) -> Iterator[Breach]:
    """Dates with an unmarked year that is not in their words, or, if they have no words, not in the article."""
    events = corpus["events"]
    unmarked = pc.match_substring_regex(events["date_edtf"], "[0-9]{4}([^0-9?]|$)")
    by_words = all_of(is_one(events["date_basis"], worded), pc.is_valid(events["date_text"]))
    rows = positions(unmarked)
    columns = (events[name].take(rows).to_pylist() for name in ("article_id", "date_edtf", "date_text"))
    lines = keep_where(pc.equal(events["date_basis"], "dateline"), _datelines(corpus)).take(rows).to_pylist()
    printed: dict[str, set[str]] = {}
    for row, is_worded, article, date, words, line in zip(
        rows.to_pylist(), by_words.take(rows).to_pylist(), *columns, lines, strict=True
    ):
        years = UNMARKED.findall(date)
        if is_worded:
            place = f"date_text {words!r}"
            absent = years_not_said(words, date, years)
            if line:  # whatever follows from a day in a printed year is no guess
                place += f" with the dateline {line!r}"
                absent = [] if said(line).years or said(line).endings else absent
        elif article in corpus.articles:
            if article not in printed:
                printed[article] = set(YEAR.findall(in_ascii_digits(corpus.articles[article])))
            place, absent = "the article", [year for year in dict.fromkeys(years) if year not in printed[article]]
        else:
            continue
        if absent:
            yield Breach("events", "date_edtf", row, {"place": place, "year": " and ".join(absent)})


RULES = [
    Rule(
        "dateline-missing",
        "Only an article with a dateline_text has dates whose basis is `dateline`.",
        "`yesterday` means a day only if the day of the article is known.",
        "date_basis `dateline` in an article without dateline_text.",
        "{column} is {value!r} in {row_name}, but the article has no dateline_text.",
        "Fill dateline_text in data/articles.csv with the words that the article prints, or empty date_edtf and set "
        "date_basis to unresolved.",
        tables=("events",),
        check=_without_dateline,
        uses={"basis": "dateline"},
        concerns=(("articles", "article_id"),),
    ),
    Rule(
        "dateline-published",
        "The day, month and year in dateline_text are those of published.",
        "The dateline is what the article itself says about its day.",
        "dateline_text `BAKU, June 27` and published 2025-06-26.",
        "{column} is {value} in {row_name}, but dateline_text is {words!r}.",
        "Correct the one that is wrong, or empty published if the source gives no day of publication.",
        tables=("articles",),
        severity="warning",
        check=_published,
    ),
    Rule(
        "date-words-value",
        "Each day, month and year in date_edtf is one that date_text gives, and falls on the weekday that date_text "
        "names. If date_text is resolved against the dateline, `yesterday` is the day before the dateline, and a "
        "weekday is at most a week away from it. Words that are not understood are not judged.",
        "Otherwise the date and its words disagree.",
        "date_text `March 3, 1987` and date_edtf `1987-03-02`.",
        "{column} is {value} in {row_name}, but date_text is {words!r}{against}.",
        "Correct the one that differs from the sentence.",
        tables=("events",),
        severity="warning",
        check=_date_words,
        uses={"worded": WORDED},
        after=("dateline-missing",),
    ),
    Rule(
        "year-inferred",
        "date_edtf has a `?` after a year that the text does not give: that is not in date_text or, if the date is "
        "resolved against the dateline, not in the dateline either; for a date that has no words of its own, not "
        "anywhere in the article.",
        "A year that the text does not give is a reader's conclusion, and must be marked as one.",
        "date_text `March 5` and date_edtf `1987-03-05`.",
        "{column} is {value} in {row_name}, but {place} does not give the year {year}.",
        "Write the year with `?` and add an inferred claim, or correct the year; if the dateline gives it, set "
        "date_basis to dateline.",
        tables=("events",),
        severity="warning",
        check=_years,
        uses={"worded": WORDED},
        after=("date-words-value", "dateline-missing"),
    ),
]
