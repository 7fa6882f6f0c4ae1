"""Where words occur: `search` finds all of it, each place once, in an order that helps."""

from pathlib import Path

import pandas as pd
import pytest

import bakumoscow
from bakumoscow.model.tables import TABLES
from bakumoscow.views.occurrences import SNIPPET, fold, occurrences
from tests.conftest import ROOT
from tests.test_lookup import WIDTH, printed_width, rows_of

COLUMNS = ["words", "where", "table", "row_id", "rows", "column", "level", "sentence_number", "article_id"]
PASSAGES = {"quoted_text": "char", "certainty_text": "certainty"}  # of claims, by the stem of their offsets
WORDS = ["arrest", "MOSCOW", "foreign  ministry", "certain", "may be"]


def is_searched(table: str, column: str) -> bool:
    """Whether a column holds words, and not an id, a code or an enumeration."""
    free = TABLES[table][column].is_free_text and column not in PASSAGES
    return free and (table, column) not in {("claims", "field"), ("codes", "code")}


def places(claims: list[dict[str, str]], words: str) -> dict[int, set[str]]:
    """Where the words begin in the article, with the claims that quote the place; computed from the article."""
    (path,) = (ROOT / "seeds").glob("*.txt")
    text = path.read_bytes().decode().casefold()
    starts = [start for start in range(len(text)) if text.startswith(words, start)]
    found: dict[int, set[str]] = {}
    for start in starts:
        for claim in claims:
            for stem in PASSAGES.values():
                first, last = claim[f"{stem}_start"], claim[f"{stem}_end"]
                if first and int(first) <= start and start + len(words) <= int(last):
                    found.setdefault(start, set()).add(claim["claim_id"])
    return found


@pytest.mark.parametrize("words", WORDS)
def test_all_places_are_found(words: str) -> None:
    """Catches a column that is not searched, a place that is lost, and one that is told for every claim on it."""
    found = bakumoscow.search(words)
    wanted = " ".join(words.split()).casefold()
    in_passage = found["where"] == "passage"
    assert set(found["column"][in_passage]) <= set(PASSAGES)
    cells = found[found["where"] == "cell"]
    expected = {
        (table, column, "/".join(row[key] for key in model.key[1:] or model.key))
        for table, model in TABLES.items()
        for row in rows_of(table)
        for column, value in row.items()
        if is_searched(table, column)
        and wanted in value.casefold()
        and not (column == "claimed_value" and row["claim_rank"] == "preferred")
    }
    assert set(zip(cells["table"], cells["column"], cells["row_id"], strict=True)) == expected
    assert len(cells) == len(expected)
    quoting = places(rows_of("claims"), wanted)
    assert list(found.loc[in_passage, "rows"]) == [len(quoting[start]) for start in sorted(quoting)]
    lengths = {claim["claim_id"]: len(claim["quoted_text"]) for claim in rows_of("claims")}
    for start, claim in zip(sorted(quoting), found.loc[in_passage, "row_id"], strict=True):
        assert lengths[claim] == max(lengths[other] for other in quoting[start])
    meanings = {
        (column.name, level, meaning)
        for model in TABLES.values()
        for column in model.columns
        for level, meaning in (column.levels or {}).items()
        if wanted in f"{level}: {meaning}".replace("_", " ").casefold()
    }
    levels = found[found["where"] == "level"]
    assert set(zip(levels["column"], levels["level"], strict=True)) == {meaning[:2] for meaning in meanings}
    assert len(levels) == len(meanings)
    descriptions = {
        (column.name, column.description)
        for model in TABLES.values()
        for column in model.columns
        if wanted in f"{column.name}: {column.description}".replace("_", " ").casefold()
    }
    assert list(found["where"]).count("column") == len(descriptions)
    assert all(wanted in fold(snippet) for snippet in found["words"])
    assert found["words"].str.len().max() <= SNIPPET
    assert printed_width(found) <= WIDTH
    assert list(found.columns) == COLUMNS


def test_the_most_useful_comes_first() -> None:
    """Catches hundreds of notes before the level that is named so, and before the article's words."""
    found = bakumoscow.search("arrest")
    first = found.iloc[0].to_dict()
    assert [first[column] for column in ("where", "table", "column", "level")] == ["level", "events", "kind", "arrest"]
    assert first["rows"] == list(bakumoscow.load("events")["kind"]).count("arrest")
    is_passage = found["column"].isin(PASSAGES)
    last_passage = found[is_passage].index.max()
    coded = found["table"].isin(["events", "quotes", "assessments"]) & (found["where"] == "cell")
    assert found[coded].index.max() < found[is_passage].index.min()
    assert found[found["column"] == "note"].index.min() > last_passage
    assert found.loc[is_passage, "sentence_number"].is_monotonic_increasing
    evidence = bakumoscow.evidence("claims", list(found.loc[is_passage, "row_id"]))
    assert evidence["quoted_text"].str.casefold().str.contains("arrest").all()


def test_a_level_is_found_by_its_name_in_words() -> None:
    """Catches an underscore that nobody types."""
    for words in ("police operation", "police_operation", "Police Operation"):
        assert bakumoscow.search(words).loc[0, "level"] == "police_operation"


def test_no_place_is_an_empty_frame() -> None:
    """Catches another set of columns or types where nothing is found."""
    nothing, something = bakumoscow.search("no such words"), bakumoscow.search("arrest")
    assert nothing.empty
    pd.testing.assert_series_equal(nothing.dtypes, something.dtypes)


@pytest.mark.parametrize("words", ["", " \n", None, 3])
def test_nothing_to_search_for(words: str) -> None:
    with pytest.raises(bakumoscow.NotFoundError, match="words must be a text, such as 'arrest'"):
        bakumoscow.search(words)


def test_articles_are_told_apart(built_package: Path) -> None:
    """Catches a place of one article that hides the same place of another."""
    dataset = bakumoscow.open(built_package)
    found = dataset.search("police")
    names = found[(found["column"] == "name") & (found["table"] == "actors")]
    expected = dataset.load("actors").query("name.str.casefold().str.contains('police')")
    assert sorted(names["article_id"] + names["row_id"]) == sorted(expected["article_id"] + expected["actor_id"])


@pytest.mark.parametrize(
    ("text", "words", "places"),
    [
        ("Straße und STRASSE", "strasse", [(0, 6), (11, 18)]),
        ("Cafe\u0301, café", "CAFÉ", [(0, 5), (7, 11)]),
        ("Russia’s and Russia's", "russia's", [(0, 8), (13, 21)]),
        ("İstanbul", "i\u0307stanbul", [(0, 8)]),
        ("aaa", "aa", [(0, 2)]),
        ("Σίσυφος ΣΊΣΥΦΟΣ", "σίσυφος", [(0, 7), (8, 15)]),
        ("a\u00a0b", "a b", [(0, 3)]),
        ("abc", "x", []),
        (None, "x", []),
    ],
)
def test_letters_of_any_language(text: str | None, words: str, places: list[tuple[int, int]]) -> None:
    """Catches a place that is off because a letter has another length when its case is folded."""
    assert occurrences(text, fold(words)) == places


def test_a_long_text_is_cut_around_the_words() -> None:
    """Catches a snippet without the words, too long, or cut within a word though it has spaces."""
    from bakumoscow.views.occurrences import first_snippet

    text = " ".join(f"word{number}" for number in range(100))
    for number in range(100):
        snippet = first_snippet(text, f"word{number}")
        assert snippet is not None
        assert len(snippet) <= SNIPPET
        assert f"word{number}" in snippet
        assert set(snippet.strip("…").split()) <= set(text.split())
    assert first_snippet("字" * 100 + "犬" + "字" * 100, "犬") is not None
    unspaced = first_snippet("字" * 100 + "犬" + "字" * 100, "犬") or ""
    assert len(unspaced) == SNIPPET
    assert "犬" in unspaced
    long = first_snippet("x " + "y" * 100, "y" * 90) or ""
    assert len(long) <= SNIPPET
