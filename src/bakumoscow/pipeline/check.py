"""Check: the cells and rows of the tables, then their keys, then the rules between tables and text.

The order is that of the registry. A problem that another one may have caused is left out: see `consequences`.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import positions
from bakumoscow.model.table import table_file
from bakumoscow.model.tables import TABLES
from bakumoscow.pipeline.consequences import KnownCauses, first_in_each_cell
from bakumoscow.pipeline.set_aside import set_aside, unused
from bakumoscow.problem import Aside, Problem
from bakumoscow.rules import BETWEEN_TABLES, OF_CELLS, OF_KEYS, OF_ROWS, OF_SPELLING
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.rule import Breach, Rule

MANY = 50_000  # rows; with fewer, threads are not worth their start
HIDDEN = "Problems that these may have caused are not shown. Fix these and run it again."


def check_alone(corpus: Corpus) -> list[Problem]:
    """The problems of cells and inside rows: all that can be checked while some tables cannot be read.

    A rule inside a row is not checked if a cell of the row is wrong by itself, and is reported once in a row.
    """
    by_rule = all_found(corpus, [*OF_CELLS, *OF_SPELLING])
    cells, spelling = ([item for rule in rules for item in by_rule[rule.id]] for rules in (OF_CELLS, OF_SPELLING))
    wrong = {(item.file, item.row) for item in (*corpus.known, *cells, *spelling) if not item.is_warning}
    rows = [item for rule in OF_ROWS for item in in_rows(corpus, rule) if (item.file, item.row) not in wrong]
    return first_in_each_cell([*cells, *rows, *spelling], corpus.known)


def check(corpus: Corpus, asides: Sequence[Aside] = ()) -> tuple[list[Problem], str]:
    """All problems, and a sentence if some that others may have caused are left out.

    `corpus.known` holds the problems found before; the new ones are added to it. `asides` are all rows of
    exceptions.csv, also those that are not valid.
    """
    corpus.known += check_alone(corpus)
    for rule in OF_KEYS:
        corpus.known += first_in_each_cell(found(corpus, rule), corpus.known)
    causes = KnownCauses(corpus)
    causes.add(corpus.known)
    by_rule = all_found(corpus, [rule for rules in BETWEEN_TABLES for rule in rules])
    groups = [_group(rules, by_rule) for rules in BETWEEN_TABLES]
    kept: list[Problem] = []
    for group in _in_order(groups):
        shown = causes.without_consequences(group)
        causes.add(shown)
        kept += shown
    kept = first_in_each_cell(kept)
    corpus.known += kept
    shown, is_left_out = unused(corpus, asides, chain(*by_rule.values()), causes)
    return shown, HIDDEN if is_left_out or len(kept) < sum(map(len, groups)) else ""


def _group(rules: Sequence[Rule], by_rule: dict[str, list[Problem]]) -> list[Problem]:
    """The problems of one group of rules, without those that a rule's `after` makes unnecessary."""
    kept: dict[str, list[Problem]] = {}
    for rule in rules:
        reported = {(item.file, item.row) for other in rule.after for item in kept[other] if not item.aside}
        kept[rule.id] = [item for item in by_rule[rule.id] if (item.file, item.row) not in reported]
    return [item for items in kept.values() for item in items]


def _in_order(groups: list[list[Problem]]) -> list[list[Problem]]:
    """The groups in order: first rules about the name of a row, one by one; warnings last."""
    every = [item for group in groups for item in group]
    first: dict[str, list[Problem]] = defaultdict(list)
    for item in every:
        if item.rule.is_about_name:
            first[item.rule.id].append(item)
    rest = [[item for item in group if not (item.rule.is_about_name or item.is_warning)] for group in groups]
    return [*first.values(), *rest, [item for item in every if item.is_warning]]


def all_found(corpus: Corpus, rules: Sequence[Rule]) -> dict[str, list[Problem]]:
    """The problems of each rule; in threads if there are many rows, since Arrow computes without Python's lock."""
    if sum(table.num_rows for table in corpus.tables.values()) < MANY:
        return {rule.id: found(corpus, rule) for rule in rules}
    from concurrent.futures import ThreadPoolExecutor  # takes 10 ms, which a small package does not need

    with ThreadPoolExecutor() as pool:
        return dict(zip((rule.id for rule in rules), pool.map(lambda rule: found(corpus, rule), rules), strict=True))


def found(corpus: Corpus, rule: Rule) -> list[Problem]:
    """The problems of a rule of columns or between tables."""
    return problems_of(corpus, rule, list(rule.breaches(corpus)))


def in_rows(corpus: Corpus, rule: Rule) -> list[Problem]:
    """The problems of a rule inside a row: in each row the first of its conditions that is not met."""
    breaches: dict[tuple[str, int], Breach] = {}
    for name in rule.tables:
        for arm in rule.arms if name in corpus.tables else ():
            column, other = arm.columns[:2]
            for row in positions(pc.invert(arm(corpus[name]))).to_pylist():
                values = {"other": other, "other_value": corpus[name][other][row].as_py()}
                breaches.setdefault((name, row), Breach(name, column, row, values))
    return problems_of(corpus, rule, list(breaches.values()))


def problems_of(corpus: Corpus, rule: Rule, breaches: list[Breach]) -> list[Problem]:
    """Breaches as problems, with the values for the rule's message; the rows of a table are fetched at once."""
    cells = _cells(corpus, rule, breaches)
    problems = []
    for breach in breaches:
        row = cells.get((breach.table, breach.row), {})
        given = row | {"table": breach.table, "column": breach.column} | dict(breach.values)
        given.setdefault("value", row.get(breach.column))
        named = {name: given[name] for name in _values(rule) if name in given}
        key = row.get(TABLES[breach.table].id)
        item = Problem(
            rule=rule,
            file=table_file(breach.table),
            column=breach.column,
            row=breach.row,
            line=None if breach.row is not None else 1,
            article=given.get("article_id", given.get("article")),
            key=_key_words(breach, key),
            value=None if given["value"] is None else str(given["value"]),
            values=named,
            other=None if breach.other is None else (table_file(breach.other[0]), breach.other[1]),
        )
        problems.append(set_aside(item, corpus.asides))
    return problems


def _key_words(breach: Breach, key: Any) -> str:
    """A row's id; empty if it has none, or if the breach is in a whole file."""
    return "" if breach.row is None or key is None else str(key)


def _values(rule: Rule) -> list[str]:
    """The names of the values for a rule's message; record_name is made of the record's table and key."""
    parts = {"record_name": ("record_table", "record_id")}
    return [part for name in rule.named for part in parts.get(name, (name,))]


def _cells(corpus: Corpus, rule: Rule, breaches: list[Breach]) -> dict[tuple[str, int | None], dict[str, Any]]:
    """The cells of the rows that break a rule: the key, the wrong column, and the values for the message."""
    rows: dict[str, dict[int, None]] = defaultdict(dict)
    columns: dict[str, dict[str, None]] = defaultdict(dict)
    for breach in breaches:
        if breach.row is not None:
            rows[breach.table][breach.row] = None
            columns[breach.table][breach.column] = None
    found: dict[tuple[str, int | None], dict[str, Any]] = {}
    for name, wanted in rows.items():
        table = TABLES[name]
        names = [each for each in dict.fromkeys((*table.key, *columns[name], *_values(rule))) if each in table]
        taken = corpus[name].select(names).take(pa.array(list(wanted), pa.int64())).to_pylist()
        found |= {(name, row): cells for row, cells in zip(wanted, taken, strict=True)}
    return found
