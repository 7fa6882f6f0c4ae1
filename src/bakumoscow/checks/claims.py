"""Claims by themselves: on a column that can be claimed, with a value that it could hold, named after it, said once."""

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow import edtf
from bakumoscow.checks.cells import is_country
from bakumoscow.checks.corpus import Corpus
from bakumoscow.checks.countries import COUNTRIES
from bakumoscow.contract import Column, Contract, contracts
from bakumoscow.keys import all_of, composite, find, only, positions, repeated, rows_where, text
from bakumoscow.models.columns import CELLS, PATTERNS, anchored
from bakumoscow.problems import Problem, nearest

SAYING = [
    "article_id",
    "record_table",
    "record_id",
    "field",
    "claimed_value",
    "asserted_by",
    "sentence_number",
    "quoted_text",
]


def check_claims(corpus: Corpus) -> list[Problem]:
    """Claims whose field, value, certainty, voice or name is wrong, and copies."""
    checks = (_fields, _allowed, _inferred, _names, _twice)
    return [item for check in checks for item in check(corpus)]


def claimable(contract: Contract) -> list[str]:
    """The columns of a table on which a claim can be made."""
    return [column.name for column in contract.marked("coded")]


def _fields(corpus: Corpus) -> list[Problem]:
    claims = corpus.tables["claims"]
    problems = []
    for table, contract in contracts().items():
        known = pa.array(claimable(contract), pa.string())
        wrong = all_of(
            pc.equal(claims["record_table"], table),
            pc.is_valid(claims["field"]),
            pc.invert(pc.is_in(claims["field"], known)),
        )
        for row in rows_where(wrong):
            near = nearest(claims["field"][row].as_py(), known.to_pylist())
            problems.append(corpus.problem("claim-field", "claims", "field", row, nearest=near))
    return problems


def _allowed(corpus: Corpus) -> list[Problem]:
    """Claims of a value that its cell could not hold."""
    claims = corpus.tables["claims"]
    problems = []
    for name, contract in contracts().items():
        for column in contract.columns if contract.claimed else ():
            on_column = all_of(pc.equal(claims["record_table"], name), pc.equal(claims["field"], column.name))
            rows = positions(on_column)
            chosen = claims.select(["article_id", "claimed_value"]).take(rows)
            for row in rows_where(pc.invert(_fits(corpus, column, chosen))):
                near = _nearest(corpus, column, *(chosen[cell][row].as_py() for cell in chosen.column_names))
                place = rows[row].as_py()
                problems.append(corpus.problem("claimed-value", "claims", "claimed_value", place, nearest=near))
    return problems


def _nearest(corpus: Corpus, column: Column, article: str, value: str | None) -> str:
    """The near miss of a claimed value among the keys or levels that its cell may hold."""
    if not value:
        return ""
    if column.refers:
        table = corpus.tables[column.refers]
        ids = table[contracts()[column.refers].id].filter(pc.equal(table["article_id"], article))
        return nearest(value, ids.to_pylist())
    if column.pattern == "country-code":
        return nearest(value, sorted(COUNTRIES))
    return nearest(value, column.levels or ())


def _fits(corpus: Corpus, column: Column, claims: pa.Table) -> pa.ChunkedArray:
    """Where a claimed value is a key that exists, a level, a number, or matches the column's pattern."""
    values = claims["claimed_value"]
    if column.refers:
        keys = composite(corpus.tables[column.refers], *contracts()[column.refers].key)
        return pc.is_in(composite(claims, "article_id", "claimed_value"), value_set=keys)
    if column.pattern == "country-code":
        return is_country(values)
    if column.levels:
        return pc.is_in(values, value_set=pa.array(list(column.levels)))
    pattern = CELLS[column.type][0] if column.type in CELLS else anchored(PATTERNS[column.pattern or "text"])
    fits = pc.match_substring_regex(values, pattern)
    if column.type == "integer":
        numbers = pc.if_else(fits, values, pa.scalar(None, pa.string())).cast(pa.int64())
        return pc.and_kleene(fits, pc.fill_null(pc.greater_equal(numbers, column.minimum or 0), False))
    if column.pattern == "edtf":
        wrong = [value for value in values.filter(fits).unique().to_pylist() if not edtf.is_in_calendar(value)]
        return pc.and_kleene(fits, pc.invert(pc.is_in(values, value_set=pa.array(wrong, pa.string()))))
    return fits


def _inferred(corpus: Corpus) -> list[Problem]:
    """How certain an inference is, and whose an inferred date."""
    claims = corpus.tables["claims"]
    inferred = pc.equal(claims["support"], "inferred")
    preferred = pc.equal(claims["claim_rank"], "preferred")
    dated = pc.fill_null(pc.equal(claims["field"], "date_edtf"), False)
    placed = pc.fill_null(pc.equal(claims["field"], "place_id"), False)
    fills = pc.or_(preferred, pc.fill_null(pc.equal(claims["claimed_value"], _dates_of_records(corpus)), False))
    follows = pc.and_(pc.or_(dated, placed), fills)
    year = pc.fill_null(pc.match_substring(claims["claimed_value"], "?"), False)
    expectations = [
        ("inference-certainty", "factuality", inferred, pc.if_else(follows, "CT+", "PR+")),
        ("inference-voice", "asserted_by", pc.and_(inferred, dated), pc.if_else(year, "article", "coder")),
    ]
    return [
        corpus.problem(rule, "claims", column, row, expected=expected[row].as_py())
        for rule, column, chosen, expected in expectations
        for row in rows_where(all_of(chosen, pc.not_equal(claims[column], expected)))
    ]


def _dates_of_records(corpus: Corpus) -> pa.ChunkedArray:
    """The date in the cell that each claim is about: a claim that is not preferred may support it, too."""
    claims, events = corpus.tables["claims"], corpus.tables["events"]
    keys = only(
        pc.and_kleene(pc.equal(claims["record_table"], "events"), pc.equal(claims["field"], "date_edtf")),
        composite(claims, "article_id", "record_id"),
    )
    return events["date_edtf"].take(find(keys, composite(events, "article_id", "event_id")))


def _names(corpus: Corpus) -> list[Problem]:
    """Claims whose id does not say what they are about."""
    claims = corpus.tables["claims"]
    fields = pc.replace_substring(pc.fill_null(claims["field"], "row"), "_", "-")
    expected = pc.binary_join_element_wise(claims["record_id"], fields, "-")
    unnumbered = pc.replace_substring_regex(claims["claim_id"], "-([2-9]|[1-9][0-9]+)$", "")
    right = pc.or_kleene(pc.equal(claims["claim_id"], expected), pc.equal(unnumbered, expected))
    return [
        corpus.problem("claim-name", "claims", "claim_id", row, expected=expected[row].as_py())
        for row in rows_where(pc.invert(right))
    ]


def _twice(corpus: Corpus) -> list[Problem]:
    """Claims that are copies of others."""
    claims = corpus.tables["claims"].select(SAYING)
    if claims.group_by(SAYING, use_threads=False).aggregate([]).num_rows == claims.num_rows:
        return []
    keys = composite(pa.table({name: pc.fill_null(text(claims[name]), "") for name in SAYING}), *SAYING)
    ids = corpus.tables["claims"]["claim_id"]
    return [
        corpus.problem("claim-twice", "claims", "claim_id", row, first=ids[first].as_py())
        for row, first in repeated(keys)
    ]
