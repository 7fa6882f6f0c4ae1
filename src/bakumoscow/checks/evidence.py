"""Double entry: rows and cells against the claims they stand on, and sentences against both."""

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.checks.corpus import MISSING, Corpus
from bakumoscow.contract import Column, Contract, contracts
from bakumoscow.keys import all_of, composite, find, only, rows_where, text
from bakumoscow.problems import Problem, nearest

QUOTATION_MARKS = {"“": "”", '"': '"', "«": "»", "„": "“", "‘": "’"}


def check_evidence(corpus: Corpus) -> list[Problem]:
    """Every rule of double entry, and every sentence accounted for."""
    problems = _fields(corpus)
    for contract in contracts().values():
        if contract.claimed:
            problems += _row_claims(corpus, contract)
            for column in contract.marked("coded"):
                problems += _cells(corpus, contract, column)
    return (
        problems + _contradictions(corpus) + _inferences(corpus) + _twice(corpus) + _sentences(corpus) + _quotes(corpus)
    )


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


def _row_claims(corpus: Corpus, contract: Contract) -> list[Problem]:
    """One preferred row claim for each row, as certain as the row."""
    table, claims = corpus.tables[contract.name], corpus.tables["claims"]
    keys = composite(table, *contract.key)
    is_row_claim = all_of(
        pc.equal(claims["record_table"], contract.name),
        pc.is_null(claims["field"]),
        pc.equal(claims["claim_rank"], "preferred"),
    )
    claimed = only(is_row_claim, composite(claims, "article_id", "record_id"))
    missing = pc.is_null(find(keys, claimed))
    if contract.name == "actors":
        missing = all_of(missing, pc.invert(pc.is_in(table["kind"], pa.array(["author", "coder"]))))
    problems = [corpus.problem("row-claim-missing", contract.name, contract.id, row) for row in rows_where(missing)]
    first = find(claimed, claimed)
    doubled = pc.not_equal(first, pa.array(range(claims.num_rows), pa.int32()))
    for row in rows_where(doubled):
        line = first[row].as_py() + 2
        problems.append(corpus.problem("row-claim-doubled", "claims", "claim_id", row, first=line))
    if "factuality" in table.column_names:
        certain = table["factuality"].take(find(claimed, keys))
        for row in rows_where(pc.not_equal(certain, claims["factuality"])):
            problems.append(corpus.problem("row-factuality", "claims", "factuality", row, cell=certain[row].as_py()))
    return problems


def _cells(corpus: Corpus, contract: Contract, column: Column) -> list[Problem]:
    """A preferred claim for each coded cell that is not missing, on its own column or the one that covers it."""
    table, claims = corpus.tables[contract.name], corpus.tables["claims"]
    if contract.name == "actors":
        present = all_of(
            pc.is_valid(table[column.name]), pc.invert(pc.is_in(table["kind"], pa.array(["author", "coder"])))
        )
    else:
        present = pc.is_valid(table[column.name])
    preferred = only(
        pc.equal(claims["claim_rank"], "preferred"),
        composite(claims, "article_id", "record_table", "record_id", "field"),
    )
    uncovered = present
    fields = [name for name in (column.name, column.covered_by) if name]
    for name in fields:
        keys = composite(table, "article_id", pa.scalar(contract.name), contract.id, pa.scalar(name))
        uncovered = all_of(uncovered, pc.is_null(find(keys, preferred)))
    covering = column.covered_by and contract[column.covered_by]
    problems = []
    for row in rows_where(uncovered):
        cells = corpus.row(contract.name, row)
        field = covering.name if covering and cells[covering.name] is not MISSING else column.name
        problems.append(
            corpus.problem("cell-claim", contract.name, column.name, row, field=field, field_value=cells[field])
        )
    return problems


def _contradictions(corpus: Corpus) -> list[Problem]:
    """Preferred claims whose value is not their cell's, and passages that are not the quotation's text."""
    claims = corpus.tables["claims"]
    problems = []
    for name, contract in contracts().items():
        if not contract.claimed:
            continue
        table = corpus.tables[name]
        rows = find(composite(claims, "article_id", "record_id"), composite(table, *contract.key))
        for field in claimable(contract):
            cells = text(table[field]).take(rows)
            on_cell = all_of(
                pc.equal(claims["record_table"], name),
                pc.equal(claims["field"], field),
                pc.equal(claims["claim_rank"], "preferred"),
            )
            same = pc.fill_null(pc.equal(cells, claims["claimed_value"]), False)
            for row in rows_where(all_of(on_cell, pc.is_valid(rows), pc.invert(same))):
                problems.append(
                    corpus.problem("claim-contradicts", "claims", "claimed_value", row, cell=cells[row].as_py())
                )
            if (name, field) == ("quotes", "text"):
                differs = pc.not_equal(claims["quoted_text"], cells)
                for row in rows_where(all_of(on_cell, differs)):
                    problems.append(
                        corpus.problem("quote-passage", "claims", "quoted_text", row, cell=cells[row].as_py())
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


def _twice(corpus: Corpus) -> list[Problem]:
    claims = corpus.tables["claims"]
    columns = (
        "article_id",
        "record_table",
        "record_id",
        "field",
        "claimed_value",
        "asserted_by",
        "sentence_number",
        "quoted_text",
    )
    filled = pa.table({name: pc.fill_null(text(claims[name]), "") for name in columns})
    keys = composite(filled, *columns)
    first = find(keys, keys)
    return [
        corpus.problem("claim-twice", "claims", "claim_id", row, first=claims["claim_id"][first[row].as_py()].as_py())
        for row in rows_where(pc.not_equal(first, pa.array(range(claims.num_rows), pa.int32())))
    ]


def _sentences(corpus: Corpus) -> list[Problem]:
    """Every sentence is coded or set aside, and not both."""
    sentences, claims = corpus.tables["sentences"], corpus.tables["claims"]
    problems = [
        corpus.problem("sentence-accounted", "sentences", "role", row)
        for row in rows_where(pc.is_null(sentences["role"]))
    ]
    keys = composite(sentences, "article_id", "sentence_number")
    rests = composite(claims, "article_id", "sentence_number")
    both = all_of(pc.not_equal(sentences["role"], "coded"), pc.is_valid(find(keys, rests)))
    for row in rows_where(both):
        count = pc.sum(pc.equal(rests, keys[row])).as_py()
        problems.append(
            corpus.problem("sentence-coded", "sentences", "role", row, count=f"{count} claim{'s' if count > 1 else ''}")
        )
    coded_without = all_of(pc.equal(sentences["role"], "coded"), pc.is_null(find(keys, rests)))
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
