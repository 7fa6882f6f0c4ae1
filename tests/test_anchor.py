"""Where passages are: equal quotations, quotations over sentences and paragraphs; and long articles of equal lines."""

from pathlib import Path

import pytest

from bakumoscow.pipeline.examine import examine
from bakumoscow.pipeline.sentences import find_sentences
from tests.conftest import copy_article
from tests.edits import ARTICLE, make
from tests.faults import load
from tests.test_cases import CASES


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the made-up package."""
    return copy_article(tmp_path / "package")


def passages_of(case: str, package: Path) -> dict[tuple[str, str], tuple[str, int]]:
    """What the offsets of each claim on the text of a quotation hold, and where it begins, by article and quotation."""
    for edit in CASES[case].edit:
        make(package, edit)
    found = examine(package)
    return {
        (claim["article_id"], claim["record_id"]): (
            found.sources.articles[claim["article_id"]][claim["char_start"] : claim["char_end"]],
            claim["char_start"],
        )
        for claim in found.tables["claims"].to_pylist()
        if (claim["record_table"], claim["field"]) == ("quotes", "text")
    }


def test_equal_quotations_are_taken_in_order(package: Path) -> None:
    """Catches two rows that both stand for the first of two quotations."""
    found = passages_of("passage-twice/same-words-quoted-twice", package)
    assert [found["twice", quote] for quote in ("answer-1", "answer-2")] == [("no", 15), ("no", 29)]


def test_marks_choose_the_place(package: Path) -> None:
    """Catches a quotation that is placed at equal words before it or behind it."""
    found = passages_of("passage-twice/marks-choose", package)
    assert [found["yes", quote] for quote in ("answer-1", "answer-2")] == [("yes", 15), ("no", 46)]
    assert found["da", "answer-1"] == ("да", 17)


def test_offsets_of_quotations_over_paragraphs(package: Path) -> None:
    """Catches offsets that count the space of the passage instead of the line break of the article."""
    found = passages_of("passage-missing/quotation-over-paragraphs", package)
    assert found["abzatsy", "answer"] == ("Мы ответим.\r\n\r\nМы не будем ждать", 1)
    assert found["paragraphs", "answer"] == ("We will answer.\n“We will not wait,", 1)


def test_sentences_of_a_quotation_are_coded(package: Path) -> None:
    """Catches a sentence in the middle or at the end of a quotation that counts as not accounted for."""
    passages_of("passage-missing/quotation-over-sentences", package)
    sentences = examine(package).tables["sentences"].to_pylist()
    roles = [row["role"] for row in sentences if row["article_id"] in ("kcna", "otvet", "huida")]
    assert roles == [*["coded"] * 3, "context", *["coded"] * 4]


def entries(openings: list[str]) -> list[tuple[int, int, str | None]]:
    """Rows of sentences with these openings, numbered from 1."""
    return [(row + 1, row, opening) for row, opening in enumerate(openings)]


def test_no_wrong_opening_moves_a_sentence_unnoticed(package: Path) -> None:
    """Catches an opening of another place that fits the order, and is taken for right."""
    text = (package / f"seeds/{ARTICLE}.txt").read_text("utf-8")
    rows = [row for row in load(package)["sentences"] if row["article_id"] == ARTICLE]
    openings = [row["opening"] for row in rows]
    right, problems = find_sentences(text, entries(openings), complete=True, settled=set())
    assert problems == []
    words = text.split()
    others = sorted({" ".join(words[place : place + length]) for place in range(len(words)) for length in (1, 2)})
    for number in range(len(openings)):
        for other in others[number % 3 :: 3]:
            wrong = [*openings[:number], other, *openings[number + 1 :]]
            found, problems = find_sentences(text, entries(wrong), complete=True, settled=set())
            assert problems or found == right, f"sentence {number + 1} with {other!r}"


@pytest.mark.parametrize("lines", [["Read more"], ["Read more", "* * *"], ["One man left.", "* * *"]])
def test_a_long_article_of_repeated_lines(lines: list[str]) -> None:
    """Catches equal lines that are taken for one another."""
    openings = lines * 4_000
    found, problems = find_sentences("\n".join(openings), entries(openings), complete=True, settled=set())
    assert (len(found), problems) == (len(openings), [])
