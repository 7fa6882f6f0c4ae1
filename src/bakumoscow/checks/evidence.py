"""Double entry: rows and cells against the claims that they stand on."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.checks.claims import claimable
from bakumoscow.checks.corpus import MISSING, Corpus, shown
from bakumoscow.contract import Contract, contracts
from bakumoscow.keys import all_of, composite, find, only, positions, repeated, rows_where, text
from bakumoscow.problems import Problem, table_file


def check_evidence(corpus: Corpus) -> list[Problem]:
    """Every rule of double entry."""
    problems: list[Problem] = []
    for contract in contracts().values():
        if contract.claimed:
            preferred = _preferred(corpus, contract)
            problems += _row_claims(corpus, contract, preferred)
            problems += _cells(corpus, contract, preferred)
            problems += _contradictions(corpus, contract, preferred)
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
    found = positions(chosen)
    named = claims.select(["article_id", "record_id", "field"]).take(found)
    rows = find(composite(named, "article_id", "record_id"), composite(table, *contract.key))
    known = pc.is_valid(rows)
    return Preferred(found.to_numpy()[known.to_numpy()], rows.filter(known).to_numpy(), named["field"].filter(known))


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
    problems += _doubled(corpus, "row-claim-doubled", found)
    if "factuality" in table.column_names:
        certain = table["factuality"].take(found.rows)
        for index in rows_where(pc.not_equal(certain, claims["factuality"].take(found.positions))):
            position, cell = int(found.positions[index]), certain[index].as_py()
            problems.append(corpus.problem("row-factuality", "claims", "factuality", position, cell=cell))
    return problems


def _doubled(corpus: Corpus, rule: str, found: Preferred) -> list[Problem]:
    """Second preferred claims on the same row or cell."""
    return [
        corpus.problem(
            rule,
            "claims",
            "claim_id",
            int(found.positions[index]),
            other_row=(table_file("claims"), int(found.positions[first])),
        )
        for index, first in repeated(pa.chunked_array([found.rows]))
    ]


def _cells(corpus: Corpus, contract: Contract, preferred: Preferred) -> list[Problem]:
    """A preferred claim for each coded cell that is not missing, on its own column or the one that covers it."""
    table = corpus.tables[contract.name]
    stands = _stands_on_claims(table, contract.name)
    problems = []
    without: dict[str, np.ndarray[Any, np.dtype[np.bool_]]] = {}
    for column in contract.marked("coded"):
        uncovered = stands & pc.is_valid(table[column.name]).to_numpy()
        covering = covering_columns(contract, column.name)
        for name in covering:
            uncovered[preferred.on(name).rows] = False
        if column.covered_by:  # a claim that the covering cell lacks is missed there
            uncovered &= ~without[column.covered_by]
        without[column.name] = uncovered
        for row in map(int, np.flatnonzero(uncovered)):
            cells = corpus.row(contract.name, row)
            field = next(name for name in reversed(covering) if cells[name] is not MISSING)
            problems.append(
                corpus.problem("cell-claim", contract.name, column.name, row, field=field, field_value=cells[field])
            )
    return problems


def _contradictions(corpus: Corpus, contract: Contract, preferred: Preferred) -> list[Problem]:
    """Preferred claims whose value is not their cell's, and passages that are not the quotation's text."""
    table, claims = corpus.tables[contract.name], corpus.tables["claims"]
    problems = []
    for field in claimable(contract):
        found = preferred.on(field)
        doubled = _doubled(corpus, "cell-claim-doubled", found)
        answered = {problem.row for problem in doubled}  # a claim is answered once
        problems += doubled
        cells = text(table[field].take(found.rows))
        comparisons = [("claim-contradicts", "claimed_value")]
        comparisons += [("quote-passage", "quoted_text")] if (contract.name, field) == ("quotes", "text") else []
        for rule, column in comparisons:
            same = pc.fill_null(pc.equal(cells, claims[column].take(found.positions)), False)
            for index in rows_where(pc.invert(same)):
                position, cell = int(found.positions[index]), cells[index].as_py()
                if position not in answered:
                    answered.add(position)
                    problems.append(corpus.problem(rule, "claims", column, position, cell=shown(cell)))
    return problems


def covering_columns(contract: Contract, name: str) -> list[str]:
    """A column, and those whose claims are also its evidence."""
    chain = [name]
    while covering := contract[chain[-1]].covered_by:
        chain.append(covering)
    return chain


def check_inferences(corpus: Corpus) -> list[Problem]:
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
