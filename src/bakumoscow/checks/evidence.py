"""Double entry: rows and cells against the claims they stand on, and sentences against both."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.checks.cells import is_country
from bakumoscow.checks.corpus import MISSING, Corpus
from bakumoscow.contract import Column, Contract, contracts
from bakumoscow.keys import all_of, composite, find, only, repeated, rows_where, text
from bakumoscow.models.columns import PATTERNS, anchored
from bakumoscow.pipeline.read import CELLS
from bakumoscow.problems import Problem, nearest, table_file

WORDED = [
    "name",
    "title",
    "ethnicity",
    "citizenship",
    "nationality",
    "occupation",
    "date_text",
    "outcome_text",
    "count_text",
    "charge",
    "cue",
    "context_text",
]
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
CLAIMS = table_file("claims")
QUOTATION_MARKS = {"“": "”", '"': '"', "«": "»", "„": "“", "‘": "’"}


def check_evidence(corpus: Corpus) -> list[Problem]:
    """Every rule of double entry, and every sentence accounted for."""
    problems = _fields(corpus) + _allowed(corpus)
    for contract in contracts().values():
        if contract.claimed:
            preferred = _preferred(corpus, contract)
            problems += _row_claims(corpus, contract, preferred)
            problems += _cells(corpus, contract, preferred)
            problems += _contradictions(corpus, contract, preferred)
    others = (_inferences, _inferred, _names, _twice, _sentences, _quotes)
    problems += [item for check in others for item in check(corpus)]
    wrong_values = {item.row for item in problems if (item.file, item.column) == (CLAIMS, "claimed_value")}
    return problems + [item for item in _values(corpus) if item.row not in wrong_values]


def claimable(contract: Contract) -> list[str]:
    """The columns of a table on which a claim can be made."""
    return [column.name for column in contract.columns if column.mark in ("coded", "reference")]


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


@dataclass(frozen=True)
class Preferred:
    """The preferred claims on one table: where each stands in claims, the row that it is about, its field."""

    positions: "np.ndarray[Any, np.dtype[np.int64]]"
    rows: "np.ndarray[Any, np.dtype[np.int64]]"
    fields: pa.ChunkedArray

    def on(self, field: str | None) -> "Preferred":
        """Those on a field, or on the rows themselves."""
        chosen = pc.is_null(self.fields) if field is None else pc.fill_null(pc.equal(self.fields, field), False)
        mask = chosen.to_numpy()
        return Preferred(self.positions[mask], self.rows[mask], self.fields.filter(chosen))


def _preferred(corpus: Corpus, contract: Contract) -> Preferred:
    """The table's rows are looked up once; a claim on a row that is not there is left to the check of keys."""
    table, claims = corpus.tables[contract.name], corpus.tables["claims"]
    chosen = all_of(pc.equal(claims["record_table"], contract.name), pc.equal(claims["claim_rank"], "preferred"))
    positions = pc.indices_nonzero(pc.fill_null(chosen, False))
    named = claims.select(["article_id", "record_id", "field"]).take(positions)
    rows = find(composite(named, "article_id", "record_id"), composite(table, *contract.key))
    known = pc.is_valid(rows)
    return Preferred(
        positions.to_numpy()[known.to_numpy()], rows.filter(known).to_numpy(), named["field"].filter(known)
    )


def _stands_on_claims(table: pa.Table, name: str) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Which rows need claims: all but the two voices of each article."""
    if name != "actors":
        return np.ones(table.num_rows, bool)
    kind = pc.is_in(table["kind"], pa.array(["author", "coder"]))
    voice = pc.or_(kind, pc.is_in(table["actor_id"], pa.array(["article", "coder"])))
    return ~voice.to_numpy()  # type: ignore[no-any-return]


def _row_claims(corpus: Corpus, contract: Contract, preferred: Preferred) -> list[Problem]:
    """One preferred row claim for each row, as certain as the row."""
    table, claims = corpus.tables[contract.name], corpus.tables["claims"]
    found = preferred.on(None)
    missing = _stands_on_claims(table, contract.name)
    missing[found.rows] = False
    problems = [
        corpus.problem("row-claim-missing", contract.name, contract.id, int(row)) for row in np.flatnonzero(missing)
    ]
    for index, first in repeated(pa.chunked_array([found.rows])):
        position, line = int(found.positions[index]), int(found.positions[first]) + 2
        problems.append(corpus.problem("row-claim-doubled", "claims", "claim_id", position, first=line))
    if "factuality" in table.column_names:
        certain = table["factuality"].take(found.rows)
        for index in rows_where(pc.not_equal(certain, claims["factuality"].take(found.positions))):
            position, cell = int(found.positions[index]), certain[index].as_py()
            problems.append(corpus.problem("row-factuality", "claims", "factuality", position, cell=cell))
    return problems


def _cells(corpus: Corpus, contract: Contract, preferred: Preferred) -> list[Problem]:
    """A preferred claim for each coded cell that is not missing, on its own column or the one that covers it."""
    table = corpus.tables[contract.name]
    stands = _stands_on_claims(table, contract.name)
    problems = []
    without: dict[str, np.ndarray[Any, np.dtype[np.bool_]]] = {}
    for column in contract.marked("coded"):
        uncovered = stands & pc.is_valid(table[column.name]).to_numpy()
        for name in filter(None, (column.name, column.covered_by)):
            uncovered[preferred.on(name).rows] = False
        if column.covered_by:  # a claim that the covering cell lacks is missed there
            uncovered &= ~without[column.covered_by]
        without[column.name] = uncovered
        for row in map(int, np.flatnonzero(uncovered)):
            cells = corpus.row(contract.name, row)
            covering = column.covered_by or column.name
            field = column.name if cells[covering] is MISSING else covering
            problems.append(
                corpus.problem("cell-claim", contract.name, column.name, row, field=field, field_value=cells[field])
            )
    return problems


def _contradictions(corpus: Corpus, contract: Contract, preferred: Preferred) -> list[Problem]:
    """Preferred claims whose value is not their cell's, and passages that are not the quotation's text."""
    table, claims = corpus.tables[contract.name], corpus.tables["claims"]
    problems = []
    contradicting: set[int] = set()
    for field in claimable(contract):
        found = preferred.on(field)
        cells = text(table[field].take(found.rows))
        comparisons = [("claim-contradicts", "claimed_value")]
        comparisons += [("quote-passage", "quoted_text")] if (contract.name, field) == ("quotes", "text") else []
        for rule, column in comparisons:  # the second only where the first holds
            same = pc.fill_null(pc.equal(cells, claims[column].take(found.positions)), False)
            for index in rows_where(pc.invert(same)):
                position, cell = int(found.positions[index]), cells[index].as_py()
                if rule == "quote-passage" and position in contradicting:
                    continue
                contradicting.add(position)
                problems.append(
                    corpus.problem(rule, "claims", column, position, cell=MISSING if cell is None else cell)
                )
    return problems


def _inferences(corpus: Corpus) -> list[Problem]:
    """An inference is preferred only where its row says so, and there always."""
    claims, events, relations = (corpus.tables[name] for name in ("claims", "events", "relations"))
    dated = pc.or_kleene(pc.equal(events["date_basis"], "relative"), events["year_inferred"])
    conclusions = [
        ("events", "place_id", pc.equal(events["place_basis"], "inherited")),
        ("events", "date_edtf", all_of(dated, pc.is_valid(events["date_edtf"]))),
        ("relations", "", pc.equal(relations["basis"], "inferred")),
    ]
    fields = claims.set_column(claims.column_names.index("field"), "field", pc.fill_null(claims["field"], ""))
    preferred = all_of(pc.equal(claims["support"], "inferred"), pc.equal(claims["claim_rank"], "preferred"))
    inferred = only(preferred, composite(fields, "article_id", "record_table", "record_id", "field"))
    unfounded = preferred
    problems = []
    for table, field, concluded in conclusions:
        key = contracts()[table].id
        cells = only(concluded, composite(corpus.tables[table], "article_id", pa.scalar(table), key, pa.scalar(field)))
        unfounded = all_of(unfounded, pc.is_null(find(inferred, cells)))
        for row in rows_where(all_of(concluded, pc.is_null(find(cells, inferred)))):
            problems.append(corpus.problem("inference-marked", table, field or "basis", row))
    return problems + [corpus.problem("inference-fills", "claims", "support", row) for row in rows_where(unfounded)]


def _inferred(corpus: Corpus) -> list[Problem]:
    """How certain an inference is, and whose an inferred date."""
    claims = corpus.tables["claims"]
    inferred = pc.equal(claims["support"], "inferred")
    preferred = pc.equal(claims["claim_rank"], "preferred")
    dated = pc.fill_null(pc.equal(claims["field"], "date_edtf"), False)
    follows = pc.or_(dated, pc.and_(preferred, pc.fill_null(pc.equal(claims["field"], "place_id"), False)))
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


def _allowed(corpus: Corpus) -> list[Problem]:
    """Claims of a value that its cell could not hold."""
    claims = corpus.tables["claims"]
    problems = []
    for name, contract in contracts().items():
        for column in contract.columns if contract.claimed else ():
            on_column = all_of(pc.equal(claims["record_table"], name), pc.equal(claims["field"], column.name))
            rows = pc.indices_nonzero(pc.fill_null(on_column, False))
            chosen = claims.select(["article_id", "claimed_value"]).take(rows)
            wrong = rows_where(pc.invert(_fits(corpus, column, chosen)))
            problems += [corpus.problem("claimed-value", "claims", "claimed_value", rows[row].as_py()) for row in wrong]
    return problems


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
    return pc.match_substring_regex(values, pattern)


def _values(corpus: Corpus) -> list[Problem]:
    """Explicit claims on columns of the article's own words whose passage does not hold the value."""
    claims = corpus.tables["claims"]
    on_words = pc.is_in(claims["field"], pa.array(WORDED))
    explicit = rows_where(all_of(on_words, pc.equal(claims["support"], "explicit")))
    values, passages = (claims[name].take(explicit).to_pylist() for name in ("claimed_value", "quoted_text"))
    return [
        corpus.problem("value-in-passage", "claims", "quoted_text", row, said=value)
        for row, value, passage in zip(explicit, values, passages, strict=True)
        if value and passage and value not in passage
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


def _sentences(corpus: Corpus) -> list[Problem]:
    """Every sentence is coded or set aside, and not both."""
    sentences, claims = corpus.tables["sentences"], corpus.tables["claims"]
    problems: list[Problem] = []
    keys = composite(sentences, "article_id", "sentence_number")
    rests = composite(claims, "article_id", "sentence_number")
    both = all_of(pc.not_equal(sentences["role"], "coded"), pc.is_valid(find(keys, rests)))
    for row in rows_where(both):
        count = pc.sum(pc.equal(rests, keys[row])).as_py()
        problems.append(
            corpus.problem(
                "sentence-coded",
                "sentences",
                "role",
                row,
                count="1 claim rests" if count == 1 else f"{count} claims rest",
            )
        )
    coded_without = all_of(pc.fill_null(pc.equal(sentences["role"], "coded"), True), pc.is_null(find(keys, rests)))
    return problems + [
        corpus.problem("sentence-accounted", "sentences", "role", row) for row in rows_where(coded_without)
    ]


def _quotes(corpus: Corpus) -> list[Problem]:
    """Direct quotations stand between quotation marks, indirect ones do not."""
    quotes, claims = corpus.tables["quotes"], corpus.tables["claims"]
    on_text = all_of(
        pc.equal(claims["record_table"], "quotes"),
        pc.equal(claims["field"], "text"),
        pc.equal(claims["claim_rank"], "preferred"),
    )
    rows = find(
        composite(quotes, "article_id", "quote_id"), only(on_text, composite(claims, "article_id", "record_id"))
    )
    problems = []
    columns = (quotes["article_id"], quotes["kind"], claims["char_start"].take(rows), claims["char_end"].take(rows))
    for row, (article, kind, start, end) in enumerate(zip(*(column.to_pylist() for column in columns), strict=True)):
        if start is None or article not in corpus.articles:
            continue
        before, after = corpus.articles[article][:start][-1:], corpus.articles[article][end:][:1]
        marked = QUOTATION_MARKS.get(before) == after and after != ""
        if marked != (kind == "direct"):
            detail = "stands between quotation marks" if marked else f"stands between {before!r} and {after!r}"
            problems.append(corpus.problem("quote-marks", "quotes", "kind", row, detail=detail))
    return problems
