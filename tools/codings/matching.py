"""Which row of one coding is which row of the other, by the passages of their claims."""

from bakumoscow.model.column import Column
from bakumoscow.model.table import Table
from bakumoscow.model.tables import TABLES as MODELS
from bakumoscow.model.tables import VOICES
from tools.codings.reading import TABLES, Cells, Coding, Record, Records

LINK_TABLES = {"participants", "relations", "casualties", "detentions", "charges"}
FREE_TEXT = {"label", "note", "reason"}
SUBJECT = ("record_table", "record_id", "field")  # what a claim is about; claims are matched by it

Matches = dict[str, dict[str, str]]  # by table: ids of one coding to ids of the other


def match_codings(first: Coding, second: Coding) -> Matches:
    """The matches of all tables. The voices `article` and `coder`, which have no claims, match by their ids."""
    found: Matches = {}
    for name in TABLES:
        found[name] = match(MODELS[name], first.tables[name], second.tables[name], found)
        if name == "actors":
            found[name] |= {
                voice: voice for voice in VOICES if voice in first.tables[name].keys() & second.tables[name]
            }
    return found


def match(contract: Table, first: Records, second: Records, found: Matches) -> dict[str, str]:
    """Rows matched one to one, the pair with the highest score first; ties go to the pair with more equal cells."""
    subjects: dict[tuple[str | None, ...], list[tuple[int, Record]]] = {}
    for position, other in enumerate(second.values()):
        subjects.setdefault(_subject(contract, other.cells), []).append((position, other))
    candidates = []
    for position, one in enumerate(first.values()):
        for other_position, other in subjects.get(_subject(contract, one.cells, found), []):
            points = score(contract, one, other, found)
            if points:
                equal = sum(same(contract, column, one, other, found) for column in compared(contract, one, other))
                candidates.append((-round(points, 6), -equal, position, other_position, one.id, other.id))
    matched: dict[str, str] = {}
    taken: set[str] = set()
    for *_, one_id, other_id in sorted(candidates):
        if one_id not in matched and other_id not in taken:
            matched[one_id] = other_id
            taken.add(other_id)
    return matched


def _subject(contract: Table, cells: Cells, found: Matches | None = None) -> tuple[str | None, ...]:
    """What a claim is about, its row as the other coding has it; nothing for the rows of other tables."""
    if contract.name != "claims":
        return ()
    table, key, field = (cells[name] for name in SUBJECT)
    return (table, key if found is None else found[str(table)].get(str(key)), field)


def score(contract: Table, first: Record, second: Record, found: Matches) -> float:
    """How well two rows match: the shared part of the passages field by field, and one for each equal link.

    0 means that they cannot match: no passage is shared, or no link is in a table of links. Two claims on the
    same cell or row match whatever their passages, sooner if they have the same rank.
    """
    shared = sum(
        len(first.passages[field] & second.passages[field]) / len(first.passages[field] | second.passages[field])
        for field in sorted(first.passages.keys() & second.passages.keys())
    )
    links = sum(
        first.cells[column.name] is not None and same(contract, column, first, second, found)
        for column in compared(contract, first, second)
        if column.refers in found
    )
    if contract.name == "claims":
        return 1 + shared + links + (first.cells["claim_rank"] == second.cells["claim_rank"])
    return shared + links if shared and (links or contract.name not in LINK_TABLES) else 0


def compared(contract: Table, first: Record, second: Record) -> list[Column]:
    """The columns that both rows have and that were coded twice: no keys, labels, notes, references."""
    left_out = (*FREE_TEXT, *SUBJECT) if contract.name == "claims" else FREE_TEXT
    return [
        column
        for column in contract.typed
        if column.mark in ("coded", "coder")
        and column.name not in left_out
        and column.name in first.cells
        and column.name in second.cells
    ]


def same(contract: Table, column: Column, first: Record, second: Record, found: Matches) -> bool:
    """Whether two cells hold the same value, a link being compared through the matches."""
    value, other = first.cells[column.name], second.cells[column.name]
    target = column.refers
    if contract.name == "claims" and column.name == "claimed_value" and first.cells["field"]:
        target = MODELS[str(first.cells["record_table"])][first.cells["field"]].refers
    if target is None or value is None:
        return value == other
    return found[target].get(value) == other if target in found else value == other


def unequal(contract: Table, first: Record, second: Record, found: Matches) -> list[str]:
    return [
        column.name for column in compared(contract, first, second) if not same(contract, column, first, second, found)
    ]
