"""Rows of no article: to which article each most likely belongs."""

import pyarrow as pa
import pytest

from bakumoscow.pipeline.examine import examine
from bakumoscow.rules.astray import homes, settled
from bakumoscow.rules.corpus import Corpus
from tests.conftest import ARTICLE, ROOT

FIRST, SECOND, THIRD = "herring-quarrel", "spor-o-seldi", "awdat-as-sayyadin"
TABLES = examine(ROOT / ARTICLE).tables


def without_article(table: str, rows: list[int], name: str | None = None) -> Corpus:
    """The test article's tables with rows whose article is missing, or misspelt as `name`."""
    cells = [name if row in rows else cell for row, cell in enumerate(TABLES[table]["article_id"].to_pylist())]
    return Corpus(TABLES | {table: TABLES[table].set_column(0, "article_id", pa.chunked_array([cells], pa.string()))})


@pytest.mark.parametrize(
    ("table", "row", "home"),
    [
        ("events", 3, {FIRST}),  # between two rows of an article
        ("events", 0, {FIRST}),  # at the top
        ("events", -1, {THIRD}),  # at the end
        ("detentions", 1, {FIRST}),  # at the border: it names an event, detainees and police of the first article
        ("relations", 6, {FIRST}),
        ("sentences", 29, {FIRST, SECOND}),  # at the border: its number is missing in both
        ("sentences", 30, {SECOND}),  # at the border: its number, 1, is missing in the second alone
        ("places", 4, {FIRST}),  # the second article has none
        ("actors", 32, {FIRST, SECOND}),  # at the border, and it names nothing
    ],
)
@pytest.mark.parametrize("name", [None, "herring-quarel"])
def test_a_row_is_of_a_neighbours_article(table: str, row: int, home: set[str], name: str | None) -> None:
    """Catches a row that is assigned to the wrong article, where it hides other problems."""
    place = row % TABLES[table].num_rows
    corpus = without_article(table, [place], name)
    assert homes(corpus, table) == {place: home}
    assert homes(corpus, "quotes") == {}
    assert settled(corpus) == {FIRST, SECOND, THIRD}


def test_an_article_without_a_row_is_settled_if_tables_name_it() -> None:
    """Catches an article whose own row is misspelt, and whose rows are then of no article."""
    corpus = without_article("articles", [0], "herring-quarel")
    assert settled(corpus) == {FIRST, SECOND, THIRD, "herring-quarel"}
    assert homes(corpus, "events") == {}
    assert homes(corpus, "articles") == {}
