"""The proof by mutation: its criterion, its mutants, its judges and its document."""

import shutil
from pathlib import Path

import pytest

from bakumoscow.contract import contracts
from tests.conftest import FROZEN
from tools.proof import loosening
from tools.proof.clean import Clean, read_clean
from tools.proof.criterion import broken_promises, cells, rows, text
from tools.proof.faults.cells import CELL_FAULTS
from tools.proof.judges import Found, Judges
from tools.proof.mutants import Mutant, all_mutants, spoiled_records
from tools.proof.report import DOCUMENT, ROOT, Verdict, check, sign, verdict

SAMPLE = 6


@pytest.fixture(scope="module")
def clean() -> Clean:
    """The frozen package."""
    return read_clean()


@pytest.fixture(scope="module")
def mutants(clean: Clean) -> list[Mutant]:
    """Every mutant."""
    return all_mutants(clean)


@pytest.fixture(scope="module")
def judges(clean: Clean, tmp_path_factory: pytest.TempPathFactory) -> Judges:
    """The judges on a copy of the frozen package."""
    return Judges(clean, tmp_path_factory.mktemp("judged"))


def test_document_is_current() -> None:
    """Catches a document whose mutants are others than today's, or whose judges say something else today."""
    assert check((ROOT / DOCUMENT).read_text("utf-8"), SAMPLE) == []


def test_changed_document_is_noticed() -> None:
    """Catches a check that compares nothing."""
    document = (ROOT / DOCUMENT).read_text("utf-8")
    head, mark, block = document.rpartition("```text\n")
    assert check(head + mark + block.replace("XX", "--").replace("X-", "-X"), SAMPLE)
    assert check(head + mark + block.partition("\n")[2], 0)


def test_other_articles_are_left_out(clean: Clean, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches an article added to seeds/ and data/ that enters the frozen package, which knows nothing of it."""
    shutil.copytree(ROOT / FROZEN, tmp_path / FROZEN)
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    (tmp_path / "seeds/another.txt").write_text("One sentence.\n", "utf-8")
    monkeypatch.setattr("tests.conftest.ROOT", tmp_path)
    assert read_clean() == clean


def test_clean_package_breaks_nothing(clean: Clean) -> None:
    """Catches a criterion that finds fault with what is right, which would make every mutant wrong."""
    assert broken_promises(clean.tables, clean.articles) == []


@pytest.mark.parametrize(
    ("table", "cells", "promise"),
    [
        ("casualties", {"count_low": "3", "count_best": "2", "count_text": "two"}, "counts do not fall"),
        ("casualties", {"count_low": "2", "count_best": "2", "count_text": ""}, "a stated number has its words"),
        ("events", {"date_basis": "unknown", "date_edtf": "2025"}, "a date has a basis"),
        (
            "events",
            {"date_basis": "stated", "date_edtf": "2025-02-30", "date_text": "x"},
            "a date is in the calendar and runs forwards",
        ),
        ("events", {"place_id": "grozny"}, "a place is whole"),
        ("actors", {"actor_id": "kremlin", "part_of": "kremlin"}, "no actor is part of itself"),
        ("actors", {"country": "RUS", "kind": "person"}, "only states and organs have a country"),
        ("relations", {"event_id": "a", "other_event_id": "a"}, "a relation ties two events"),
        (
            "codes",
            {"scheme": "cameo", "code": "55", "fit": "exact", "record_table": "events"},
            "a code has the form of its scheme",
        ),
        ("claims", {"support": "inferred", "asserted_by": "coder"}, "an inference has a note"),
        ("sentences", {"role": "context"}, "a sentence set aside has a reason"),
    ],
)
def test_promises_inside_a_row(table: str, cells: dict[str, str], promise: str) -> None:
    """Catches a promise of the criterion that nothing breaks."""
    row = dict.fromkeys([column.name for column in contracts()[table].columns], "") | cells
    assert promise in {name for name, _ in rows.in_row(table, row)}


@pytest.mark.parametrize(
    ("table", "column", "value", "promise"),
    [
        ("events", "kind", "", "a required cell is filled"),
        ("events", "kind", "arest", "a cell holds a level of its list"),
        ("events", "event_id", "A b", "a cell matches its pattern"),
        ("events", "label", "Raid ", "a cell matches its pattern"),
        ("places", "latitude", "91", "a number is within its bounds"),
        ("places", "latitude", "5,5", "a cell is of its type"),
        ("articles", "published", "2025-02-30", "a cell is of its type"),
        ("casualties", "count_low", "0", "a number is within its bounds"),
        ("events", "kind", "arrest", None),
        ("events", "intent", "", None),
    ],
)
def test_promises_on_a_cell(table: str, column: str, value: str, promise: str | None) -> None:
    """Catches a cell that the criterion takes for wrong or right without reason."""
    assert cells.cell_breaks(contracts()[table][column], value) == promise


def test_promises_on_a_passage() -> None:
    """Catches a passage that is taken though it is not there, there twice, or half a word."""
    article = "Two men died. Two men spoke."
    assert text.passage_breaks(article, (0, 13), "men died") is None
    assert text.passage_breaks(article, (0, 13), "spoke") == "a passage stands in its sentence"
    assert text.passage_breaks(article, (0, 28), "Two men") == "a passage stands once in its sentence"
    assert text.passage_breaks(article, (0, 13), "men die") == "a passage is of whole words"
    assert [cells.mixes_scripts(word) for word in ("Raid", "R\u0430id", "Рейд raid")] == [False, True, False]
    assert rows.days_of("[2025?-06-27..]") == ("2025-06-27", "")


def test_mutants_change_their_cell_alone(clean: Clean, mutants: list[Mutant]) -> None:
    """Catches a mutant that is the package itself, and one that spoils more than it says."""
    cells = [mutant for mutant in mutants if mutant.fault in CELL_FAULTS]
    assert {mutant.fault for mutant in cells} == set(CELL_FAULTS)
    for mutant in cells:
        before, after = clean.records[mutant.table], spoiled_records(clean, mutant)
        position = clean.headers[mutant.table].index(mutant.column)
        changed = {
            (row, column)
            for row, (old, new) in enumerate(zip(before, after, strict=True))
            for column, (was, now) in enumerate(zip(old, new, strict=True))
            if was != now
        }
        rows = {mutant.row, (mutant.row or 0) + 1} if mutant.fault.startswith("swapped") else {mutant.row}
        assert changed == {(row, position) for row in rows}


def test_every_column_is_spoiled(mutants: list[Mutant]) -> None:
    """Catches a hand-coded column that no mutant touches."""
    spoiled = {(mutant.table, mutant.column) for mutant in mutants}
    assert {(name, column.name) for name, contract in contracts().items() for column in contract.typed} <= spoiled


MISSPELT = Mutant("near-miss spelling", "events", "kind", 3, "public_reacton")


def test_broken_judge_is_noticed(clean: Clean, judges: Judges) -> None:
    """Catches a report that counts a judge's silence, or an answer at the wrong place, as caught."""
    known = verdict(clean, MISSPELT)
    right = judges.ours(MISSPELT)
    assert (known.kind, sign(right, known)) == ("w", "X")
    assert sign([], known) == "-"
    assert sign([Found("data/events.csv", 6, "kind", "level")], known) == "e"
    assert sign([Found("data/events.csv", 5, "label", "level")], known) == "e"
    assert sign([Found("data/actors.csv", 5, "kind", "level")], known) == "e"
    assert sign([*right, Found("data/claims.csv", 2, "field", "claim-field")], known) == "x"
    assert sign([Found("data/events.csv", 5, "kind", "level", warning=True)], known) == "Xw"
    assert sign(right, Verdict("r", (), frozenset(), frozenset())) == "!"


def test_remembered_tables_change_no_answer(judges: Judges) -> None:
    """Catches an answer that is quicker and another."""
    for mutant in (MISSPELT, Mutant("missing", "claims", "support", 3, ""), Mutant("row doubled", "places", row=1)):
        assert judges.ours(mutant) == judges.ours(mutant, remembering=False)


def test_copy_is_restored(judges: Judges, clean: Clean) -> None:
    """Catches a fault that stays in the copy and is judged with the next mutant."""
    judges.ours(MISSPELT)
    judges.ours(Mutant("file of an unknown name", "events"))
    judges.ours(Mutant("file renamed", "events"))
    files = {path.relative_to(judges.directory).as_posix() for path in judges.directory.rglob("*") if path.is_file()}
    assert files == set(clean.files)
    assert all((judges.directory / path).read_bytes() == raw for path, raw in clean.files.items())


def test_loosening_is_noticed(built_package: Path) -> None:
    """Catches a loosening that changes nothing, and one that is not undone."""
    constraint = next(item for item in loosening.constraints() if item.name == "events:kind:enum")
    constraint.run()
    assert loosening.try_constraint(constraint).outcome == loosening.FAILS
    constraint.run()
    assert loosening.try_rule("level", built_package).outcome == loosening.FAILS
    with loosening.disabled("no-such-rule"):
        assert loosening.try_rule("level", built_package).outcome == loosening.FAILS
