"""Set aside: the warnings that a row of exceptions.csv names, and the rows that name none.

A warning that is set aside is no longer a reason to look at its cell again, so it hides nothing. A row that sets
nothing aside is not reported while a problem may keep its warning from being found. If it differs from a warning in one
cell, and there only a little, it is most likely meant for that warning, which is then left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.model.table import table_file
from bakumoscow.model.tables import BY_FILE, TABLES
from bakumoscow.model.unpublished import EXCEPTIONS
from bakumoscow.pipeline.consequences import KnownCauses
from bakumoscow.problem import Aside, Problem, problem
from bakumoscow.rules import RULES, openings
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.nearest import nearest

KEY = EXCEPTIONS.columns[:-1]  # all but the reason
ARTICLE, RULE, TABLE, RECORD, FIELD, WORDS = range(len(KEY))
MEANT = 50  # rows of an article for which the warning that is meant is looked for


def set_aside(item: Problem, asides: Mapping[tuple[str, ...], Aside]) -> Problem:
    """A warning with what sets it aside; any other problem as it is."""
    if not (asides and item.is_warning and item.row is not None):
        return item
    cells = _cells(item)
    aside = asides.get(cells) or asides.get((*cells[:WORDS], ""))
    return replace(item, aside=aside) if aside else item


def with_keys(items: Iterable[Problem], tables: Mapping[str, pa.Table]) -> Iterator[Problem]:
    """The same problems; warnings that were found while files were read get the article and the id of their row."""
    for item in items:
        if item.is_warning and item.row is not None:
            table = BY_FILE[item.file]
            article, key = (tables[table.name][name][item.row].as_py() for name in ("article_id", table.id))
            item = replace(item, article=article, key="" if key is None else str(key))
        yield item


def _cells(item: Problem) -> tuple[str, ...]:
    """The cells of the row that would set a warning aside."""
    return item.article or "", item.rule.id, BY_FILE[item.file].name, item.key, item.column, item.value or ""


def unused(
    corpus: Corpus, asides: Iterable[Aside], found: Iterable[Problem], causes: KnownCauses
) -> tuple[list[Problem], bool]:
    """What is shown in the end, and whether anything is left out; `found` is all that the rules between tables found.

    It is what is known, with the rows that set nothing aside, and without the warnings that these are meant for.
    """
    used = {item.aside.row for item in (*corpus.known, *found) if item.aside}
    left = [aside for aside in asides if aside.row not in used]
    if not left:
        return corpus.known, False
    warnings: dict[str, list[Problem]] = defaultdict(list)
    for item in corpus.known:
        if item.is_warning and item.row is not None and not item.aside:
            warnings[item.article or ""].append(item)
    searches: dict[str, int] = defaultdict(int)
    meant: list[Problem] = []
    shown: list[Problem] = []
    waits = False
    for aside in left:
        article = aside.cells[ARTICLE]
        searches[article] += 1
        near = _meant(aside, warnings[_home(corpus, article)]) if searches[article] <= MEANT else None
        if near:
            meant.append(near[0])
        if aside.is_valid and near:
            column, value = KEY[near[1]], _cells(near[0])[near[1]]
            shown.append(_unused(aside, column, f"a warning has the {column} {value!r} instead"))
        elif aside.is_valid and _waits(corpus, aside, causes):
            waits = True
        elif aside.is_valid:
            shown.append(_unused(aside, *_missed(corpus, aside)))
    hidden = set(map(id, meant))
    return [*(item for item in corpus.known if id(item) not in hidden), *shown], waits or bool(meant)


def _unused(aside: Aside, column: str, detail: str) -> Problem:
    values: dict[str, Any] = {"value": aside.cells[KEY.index(column)], "detail": detail}
    return problem("exception-unused", EXCEPTIONS.file, column, row=aside.row, article=aside.cells[ARTICLE], **values)


def _meant(aside: Aside, warnings: list[Problem]) -> tuple[Problem, int] | None:
    """The warning from which a row differs in one cell only, and there only a little; and that cell."""
    for item in warnings:
        wanted = _cells(item)
        if not (aside.cells[WORDS] or item.rule.of_words):
            wanted = (*wanted[:WORDS], "")
        wrong = [place for place in range(len(KEY)) if aside.cells[place] != wanted[place]]
        if len(wrong) == 1 and _is_near(aside.cells, wanted, wrong[0]):
            return item, wrong[0]
    return None


def _home(corpus: Corpus, article: str) -> str:
    """The article that an exception most likely belongs to."""
    known = corpus.ids("articles").get("", {})
    return article if article in known else nearest(article, known) or ""


def _is_near(cells: tuple[str, ...], wanted: tuple[str, ...], place: int) -> bool:
    """Whether a cell is missing or almost right, or all others say enough."""
    is_told = {
        RECORD: bool(cells[WORDS]),
        FIELD: cells[FIELD] == TABLES[wanted[TABLE]].id,  # as in a row whose field is left out
        WORDS: not RULES[wanted[RULE]].of_words,
    }
    return not cells[place] or is_told.get(place, False) or bool(nearest(cells[place], [wanted[place]]))


def _row(corpus: Corpus, aside: Aside) -> int | None:
    """The first row that has the article and id of an exception."""
    article, table, key = (aside.cells[place] for place in (ARTICLE, TABLE, RECORD))
    return corpus.ids(table).get("" if table == "articles" else article, {}).get(key)


def _waits(corpus: Corpus, aside: Aside, causes: KnownCauses) -> bool:
    """Whether a problem, or another warning about the cell, may keep the warning from being found."""
    article, rule, table, _, column, words = aside.cells
    problems = [item for item in corpus.known if not (item.is_warning and item.aside)]
    row = _row(corpus, aside)
    if any((item.file, item.row) == (EXCEPTIONS.file, aside.row) or item.rule.id == "table-empty" for item in problems):
        return True
    if row is None:
        return any(not item.is_warning and _may_explain(corpus, item, aside) for item in problems)
    sentences = corpus["sentences"]
    unanchored = pc.and_(pc.equal(sentences["article_id"], article), pc.is_null(sentences["char_start"]))
    if article not in corpus.articles or pc.any(unanchored).as_py():
        return True
    warning = Problem(RULES[rule], table_file(table), column, row, value=words)
    for item in problems:
        is_same_row = (item.file, item.row) == (warning.file, row)
        is_before = item.rule.id in warning.rule.after or item.cell == warning.cell
        if item.rule is not warning.rule and is_same_row and (is_before or not item.is_warning):
            return True
        if item.rule in openings.RULES and warning.rule in openings.RULES and item.article == article:
            return True
    return not causes.without_consequences([warning])


def _may_explain(corpus: Corpus, item: Problem, aside: Aside) -> bool:
    """Whether a problem may be that of the row or article that an exception names and that is not there."""
    article, _, table, key, *_ = aside.cells
    listed = corpus.ids("articles").get("", {})
    if article not in listed:
        return item.file == table_file("articles") or (item.column, item.value) == ("article_id", article)
    if item.file != table_file(table):
        return (item.article, item.value) == (article, key)
    home = item.article if item.row is None else corpus[table]["article_id"][item.row].as_py()
    return home == article or home not in listed


def _missed(corpus: Corpus, aside: Aside) -> tuple[str, str]:
    """Which cell of an exception that sets nothing aside is blamed, and why."""
    article, rule, table, key, column, words = aside.cells
    ids = corpus.ids("articles").get("", {})
    if article not in ids:
        return "article_id", f"there is no article {article!r}{_nearest(article, ids)}"
    ids = corpus.ids(table).get("" if table == "articles" else article, {})
    if key not in ids:
        return "record_id", f"{table} has no row {key!r}{_nearest(key, ids)}"
    said = f" with the words {words!r}" if words else ""
    return "rule", f"[{rule}] gives no warning about {column} of {TABLES[table].row} {key}{said}"


def _nearest(value: str, values: Iterable[str]) -> str:
    near = nearest(value, values)
    return f"; the nearest is {near}" if near else ""
