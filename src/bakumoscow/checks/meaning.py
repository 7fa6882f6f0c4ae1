"""Meaning: what a reader should look at again. Warnings, since the words may be right and the rule too simple."""

import re

import pyarrow.compute as pc

from bakumoscow.checks.corpus import Corpus
from bakumoscow.contract import contracts
from bakumoscow.keys import all_of, rows_where
from bakumoscow.problems import Problem

NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
NUMBER_WORDS = {word: number for number, word in enumerate(NUMBERS.split(), start=1)}
QUANTIFIERS = {"several", "some", "more", "many", "few", "a few", "dozens", "scores", "hundreds", "thousands"}
MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905


def check_meaning(corpus: Corpus) -> list[Problem]:
    """Numbers and dates that disagree with their words (English words only)."""
    return _counts(corpus) + _dates(corpus)


def number_of(words: str) -> int | None:
    """The number that a number word or digits say, or None."""
    text = words.lower().replace(",", "")
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else NUMBER_WORDS.get(text)


def _counts(corpus: Corpus) -> list[Problem]:
    problems = []
    for name, contract in contracts().items():
        table = corpus.tables[name]
        if "count_text" not in table.column_names:
            continue
        words = table["count_text"].combine_chunks().dictionary_encode()
        texts = words.dictionary.to_pylist()
        numbers = [number_of(text) for text in texts]
        for row, index in enumerate(words.indices.to_pylist()):
            if index is None:
                continue
            stated, is_vague = numbers[index], texts[index].lower() in QUANTIFIERS
            for column in ("count_best", "count_low", "count_high"):
                value = table[column][row].as_py()
                if (stated is not None and value != stated) or (is_vague and column == "count_best" and value):
                    problems.append(corpus.problem("count-value", contract.name, column, row, stated=texts[index]))
                    break
    return problems


def _dates(corpus: Corpus) -> list[Problem]:
    events = corpus.tables["events"]
    stated = all_of(pc.equal(events["date_basis"], "stated"), pc.is_valid(events["date_text"]))
    problems = []
    for row in rows_where(all_of(stated, pc.is_valid(events["date_edtf"]))):
        words, date = events["date_text"][row].as_py(), events["date_edtf"][row].as_py()
        if not date_agrees(words, date):
            problems.append(corpus.problem("date-words-value", "events", "date_edtf", row, words=words))
    return problems


def date_agrees(words: str, date: str) -> bool:
    """Whether the days, month names and years in the words stand in the EDTF date.

    >>> date_agrees("December 25, 2024", "2024-12-26")
    False
    """
    numbers = {int(part) for part in re.findall("[0-9]+", date)}
    named = {int(part) for part in re.findall("[0-9]+", words)}
    months = {MONTHS.index(word) + 1 for word in re.findall("[a-z]+", words.lower()) if word in MONTHS}
    return named | months <= numbers
