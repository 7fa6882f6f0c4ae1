"""The promises of double entry: rows and cells against the claims that they stand on."""

from bakumoscow.contract import Column, contracts
from tools.proof.criterion.cells import cell_breaks
from tools.proof.criterion.package import NO_CLAIM, Package, Row, columns, covering, marked
from tools.proof.criterion.rows import in_calendar

SAYING = (
    *("article_id", "record_table", "record_id", "field"),
    *("claimed_value", "asserted_by", "sentence_number", "quoted_text"),
)  # the columns of what a claim says


def claims(package: Package) -> None:
    said: dict[tuple[str, ...], int] = {}
    for number, row in package.rows("claims"):
        column = columns(row["record_table"]).get(row["field"])
        if column and row["claimed_value"] and not _allowed(package, row, column):
            ends = [("claims", number, name) for name in ("claimed_value", "field")]
            package.add("a claimed value would be allowed in its cell", *ends)
        known = row["record_table"] in contracts()
        if known and row["field"] and (not column or column.mark != "coded"):
            package.add(
                "a claim is on a coded column", *(("claims", number, name) for name in ("field", "record_table"))
            )
        content = tuple(row[name] for name in SAYING)
        if content in said:
            names = ("claim_id", "record_table", "record_id", "field", "claimed_value", "asserted_by", "quoted_text")
            ends = [("claims", line, name) for line in (said[content], number) for name in names]
            package.add("no claim is a copy", *ends)
        said.setdefault(content, number)
    for table, contract in contracts().items():
        if contract.claimed:
            for number, row in package.rows(table):
                if table != "actors" or (row["actor_id"] not in NO_CLAIM and row["kind"] not in ("author", "coder")):
                    _stands(package, table, number, row)
                elif table == "actors":
                    _agrees(package, table, number, row)


def single(package: Package) -> None:
    """One claim on a cell is preferred; a value that rests on two sentences has a second one of rank normal."""
    for (_, _, _, field), found in package.claims_on.items():
        if field and len(found) > 1:
            names = ("claim_id", "claim_rank", "field", "record_id")
            package.add(
                "a cell has one preferred claim", *(("claims", line, name) for line, _ in found for name in names)
            )


def _allowed(package: Package, row: Row, column: Column) -> bool:
    """Whether a claimed value could stand in its cell."""
    if column.refers:
        return package.find(column.refers, row["article_id"], row["claimed_value"]) is not None
    if column.pattern == "edtf" and not in_calendar(row["claimed_value"]):
        return False
    return cell_breaks(column, row["claimed_value"]) is None


def _stands(package: Package, table: str, number: int, row: Row) -> None:
    """A row and its cells stand on claims that agree with them."""
    contract = contracts()[table]
    on = (row["article_id"], table, row[contract.id])
    found = package.claims_on.get((*on, ""), [])
    if len(found) != 1:
        ends = [("claims", line, name) for line, _ in found for name in ("claim_id", "claim_rank", "field")]
        package.add("a row has one preferred row claim", (table, number, contract.id), *ends)
    for line, claim in found:
        if "factuality" in row and claim["factuality"] != row["factuality"]:
            package.add(
                "a row is as certain as its claim", (table, number, "factuality"), ("claims", line, "factuality")
            )
    for column in marked(table, "coded"):
        if row[column.name] and not any(package.claims_on.get((*on, name)) for name in covering(table, column.name)):
            package.add("a filled coded cell has a preferred claim", (table, number, column.name))
    _agrees(package, table, number, row)


def _agrees(package: Package, table: str, number: int, row: Row) -> None:
    on = (row["article_id"], table, row[contracts()[table].id])
    for column in marked(table, "coded"):
        for line, claim in package.claims_on.get((*on, column.name), []):
            if claim["claimed_value"] != row[column.name]:
                ends = [(table, number, column.name)]
                ends += [("claims", line, name) for name in ("claimed_value", "field", "claim_rank", "record_id")]
                package.add("a cell is what its preferred claim says", *ends)
            if (table, column.name) == ("quotes", "text") and claim["quoted_text"] != row["text"]:
                package.add("a quotation is its passage", (table, number, "text"), ("claims", line, "quoted_text"))


def inferences(package: Package) -> None:
    allowed: dict[tuple[str, str, str, str], tuple[str, int, str]] = {}
    for number, row in package.rows("events"):
        article, event = row["article_id"], row["event_id"]
        if row["place_basis"] == "inherited":
            allowed[article, "events", event, "place_id"] = ("events", number, "place_id")
        if row["date_edtf"] and (row["date_basis"] == "relative" or "?" in row["date_edtf"]):
            allowed[article, "events", event, "date_edtf"] = ("events", number, "date_edtf")
    for number, row in package.rows("relations"):
        if row["basis"] == "inferred":
            allowed[row["article_id"], "relations", row["relation_id"], ""] = ("relations", number, "basis")
    inferred = set()
    for on, claims in package.claims_on.items():
        for line, claim in claims:
            if claim["support"] == "inferred":
                inferred.add(on)
                if on not in allowed:
                    basis = {"place_id": "place_basis", "date_edtf": "date_basis", "": "basis"}.get(on[3], "")
                    known = package.find(on[1], on[0], on[2]) if on[1] in contracts() else None
                    ends = [("claims", line, name) for name in ("support", "claim_rank", "field")]
                    ends += [(on[1], known[0], basis)] if known and basis in known[1] else []
                    package.add("an inference fills only marked cells", *ends)
    for on, place in allowed.items():
        if on not in inferred:
            ends = [("claims", line, "support") for line, _ in package.claims_on.get(on, [])]
            bases = {"place_id": "place_basis", "date_edtf": "date_basis", "basis": "basis"}
            package.add("a conclusion has an inferred claim", place, (place[0], place[1], bases[place[2]]), *ends)


def certain(package: Package) -> None:
    """How certain an inference is, and whose an inferred date."""
    for number, row in package.rows("claims"):
        if row["support"] != "inferred":
            continue
        dated = row["field"] == "date_edtf"
        record = package.find(row["record_table"], row["article_id"], row["record_id"])
        fills = row["claim_rank"] == "preferred" or (record and record[1].get(row["field"]) == row["claimed_value"])
        follows = fills and row["field"] in ("date_edtf", "place_id")
        if row["factuality"] != ("CT+" if follows else "PR+"):
            names = ("factuality", "support", "claim_rank", "field")
            package.add("an inference has its certainty", *(("claims", number, name) for name in names))
        if dated and row["asserted_by"] != ("article" if "?" in row["claimed_value"] else "coder"):
            names = ("asserted_by", "claimed_value", "support", "field")
            package.add("an inferred date has its voice", *(("claims", number, name) for name in names))
