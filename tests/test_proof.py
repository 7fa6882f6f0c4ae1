"""The proof by mutation: its criterion, its mutants, its judges and its document."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bakumoscow.contract import contracts
from bakumoscow.rules import RULES
from tests.conftest import FROZEN, ROOT
from tools.proof import check, loosening
from tools.proof.clean import Clean, read_clean
from tools.proof.criterion import broken_promises, cells, rows, text
from tools.proof.faults.cells import CELL_FAULTS
from tools.proof.judges import Found, Judges
from tools.proof.mutants import Mutant, all_mutants, spoiled_files, spoiled_tables
from tools.proof.report import DOCUMENT
from tools.proof.results import LISTING, listing
from tools.proof.text import CLASSES, SURVIVORS
from tools.proof.verdicts import Verdict, sign, verdict

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


@pytest.fixture(scope="module")
def files() -> check.Files:
    """The document and the listing of every mutant."""
    return check.as_written(*((ROOT / name).read_text("utf-8") for name in (DOCUMENT, LISTING)))


def test_document_is_current(files: check.Files) -> None:
    """Catches mutants that are others than today's, a document that does not follow, judges that say something else."""
    assert check.rendered(files) == []
    assert check.answers(files, SAMPLE) == []
    assert "\n\n\n" not in files.document


@pytest.mark.parametrize(
    ("title", "old", "new"),
    [
        ("Totals", r"(\| ours \| )[0-9]+", r"\g<1>1"),
        ("Totals", r"^[0-9]+ mutants", "9 mutants"),
        ("By class", r"(\| missing \| )[0-9]+", r"\g<1>1"),
        ("By class", r"\n\| row doubled .*", ""),
        ("By rule", r"(`missing` )[0-9]+", r"\g<1>1"),
        ("The criterion", r"always", "never"),
        ("Survivors", r"Not caught: [0-9]+", "Not caught: 2050"),
        ("Survivors", r"Not caught: .*", r"\g<0>\n\n- missing: `events.csv:2 kind`."),
        ("Answers to what is not wrong", r"`events.csv`", "`codes.csv`"),
        ("Wrong only to a reader", r"`events.label`, ", ""),
        ("Two mistakes at once", r"shown in [0-9]+", "shown in 1"),
        ("Two mistakes at once", r"Hidden: .*", "Hidden: none."),
        ("Loosening", r"(\| required \| )([0-9]+) \| [0-9]+", r"\g<1>\g<2> | 1"),
        ("Loosening", r"(\| rule \| )[0-9]+", r"\g<1>1"),
        ("Loosening", r"(same: )none", r"\g<1>rule `level`"),
        ("Loosening", r"`level` \[", "`lever` ["),
        ("Every mutant", r"lists", "list"),
    ],
)
def test_edited_document_is_noticed(files: check.Files, title: str, old: str, new: str) -> None:
    """Catches a check that guards the list of mutants alone: every section follows from what is recomputed."""
    head, mark, section = files.document.partition(f"\n## {title}\n")
    edited, count = re.subn(old, new, section, count=1, flags=re.MULTILINE)
    assert count == 1
    assert check.rendered(replace(files, document=head + mark + edited))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"^events.label missing: .*\n", ""),
        (r":wXXX:level( |$)", r":w---\1"),
        (r":wXXX:level( |$)", r":wXXX:pattern\1"),
        (r":wXXX:level( |$)", r":wYYY:level\1"),
        (r":w", ":r"),
        (r"^(two at once: )xx", r"\1--"),
        (r"^(two at once: )xx", r"\1xxx"),
        (r"^two at once: .*\n", ""),
    ],
    ids=[
        *("a line deleted", "another sign", "another rule", "no sign", "another kind"),
        *("another pair", "no sign of a pair", "no pairs"),
    ],
)
def test_edited_listing_is_noticed(files: check.Files, old: str, new: str) -> None:
    """Catches a listing that no longer bears its document."""
    edited, count = re.subn(old, new, files.listing, count=1, flags=re.MULTILINE)
    assert count == 1
    assert check.rendered(replace(files, listing=edited))


def test_other_answers_are_noticed(files: check.Files) -> None:
    """Catches a sample that is not judged: every rule is another one, and nothing else would tell."""
    others = [replace(result, rules=("another-rule",)) for result in files.results]
    assert len(check.answers(replace(files, listing=listing(others)), 2)) == 2


def test_other_pairs_are_noticed(files: check.Files) -> None:
    """Catches a sample of pairs that is not judged."""
    assert check.paired(files, 2) == []
    signs = {"xx=": "--+", "xx+": "--="}
    edited = re.sub("xx[=+]", lambda found: signs[found[0]], files.listing)
    assert len(check.paired(replace(files, listing=edited), 2)) == 2


def test_pairs_are_of_two_files(files: check.Files) -> None:
    """Catches a pair in which one mutant overwrites the other, or that is answered otherwise alone."""
    for pair in files.pairs:
        first, second = (spoiled_files(files.clean, result.mutant).keys() for result in pair.both)
        assert not first & second
        assert all(result.kind == "w" and result.letter("ours") in "XP" for result in pair.both)


def test_other_kinds_are_noticed(files: check.Files) -> None:
    """Catches a mutant that the listing takes for wrong and the criterion does not."""
    few = replace(files, listing=files.listing.replace(":w", ":r"), mutants=files.mutants[:3])
    assert len(check.kinds(few)) == 3


def test_other_loosenings_are_noticed(files: check.Files) -> None:
    """Catches a sample of constraints and rules that is not taken away."""
    assert check.loosened(files, 1, 1) == []
    rules = "; ".join(f"rule `{rule}`" for rule in RULES)
    edited = files.document.replace(f"{loosening.PASSING}none", f"{loosening.PASSING}{rules}")
    assert len(check.loosened(replace(files, document=edited), 0, 1)) == 1


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
        (
            "events",
            {"date_basis": "stated", "date_edtf": "2025-06-27", "date_text": "June 27"},
            "a year that the words do not give is marked",
        ),
        ("claims", {"support": "inferred", "asserted_by": "coder"}, "an inference has a note"),
        ("detentions", {"count_text": "At least 20", "count_low": "2"}, "a number is that of its words"),
        (
            "detentions",
            {"count_text": "at least 20", "count_low": "20", "count_best": "20"},
            "a quantifier states no number",
        ),
        ("sentences", {"role": "context"}, "a sentence set aside has a reason"),
    ],
)
def test_promises_inside_a_row(table: str, cells: dict[str, str], promise: str) -> None:
    """Catches a promise of the criterion that nothing breaks."""
    row = dict.fromkeys([column.name for column in contracts()[table].columns], "") | cells
    assert promise in {name for name, _ in rows.in_row(table, row)}


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        ("events", {"date_basis": "stated", "date_edtf": "2024-12-25", "date_text": "December 25, 2024"}),
        ("events", {"date_basis": "stated", "date_edtf": "2025?-06-27", "date_text": "June 27"}),
        ("events", {"date_basis": "relative", "date_edtf": "[2025-06-27..]", "date_text": "immediately"}),
        ("detentions", {"count_text": "At least 20", "count_low": "20"}),
    ],
)
def test_rows_that_break_nothing(table: str, cells: dict[str, str]) -> None:
    """Catches a promise that what is right breaks."""
    row = dict.fromkeys([column.name for column in contracts()[table].columns], "") | cells
    assert list(rows.in_row(table, row)) == []


@pytest.mark.parametrize(
    ("fault", "promise"),
    [
        ("inferred year not marked in cell and claims", "an inferred date has its voice"),
        ("inferred year not marked and its claims deleted", "a year that the article does not print is marked"),
        ("inferred year not marked and given to the coder", "a year that the article does not print is marked"),
        ("second preferred claim on a cell", "a cell has one preferred claim"),
        ("second preferred claim with another value", "a cell is what its preferred claim says"),
        ("second preferred claim on a row", "a row has one preferred row claim"),
        ("last sentence deleted", "every sentence has a row of its own"),
    ],
)
def test_slips_break_their_promise(clean: Clean, mutants: list[Mutant], fault: str, promise: str) -> None:
    """Catches a slip that cannot be made, or whose promise the criterion forgot."""
    chosen = [mutant for mutant in mutants if mutant.fault == fault]
    assert chosen
    for mutant in chosen:
        spoiled = spoiled_tables(clean, mutant)
        assert len(spoiled[mutant.table]) == len(clean.rows(mutant.table)) + mutant.adds
        assert promise in verdict(clean, mutant).promises


def test_every_class_is_explained(mutants: list[Mutant], files: check.Files) -> None:
    """Catches a class without its criterion, a survivor without a reason, and a reason that no survivor needs."""
    assert {mutant.fault for mutant in mutants if not mutant.is_file} <= set(CLASSES)
    assert {result.mutant.fault for result in files.results if result.survives} == set(SURVIVORS)


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
        spoiled = spoiled_tables(clean, mutant)
        assert spoiled.keys() == {mutant.table}
        changed = {
            (number, name)
            for number, (old, new) in enumerate(zip(clean.rows(mutant.table), spoiled[mutant.table], strict=True))
            for name in old.keys() | new.keys()
            if old.get(name) != new.get(name)
        }
        rows = {mutant.row, (mutant.row or 0) + 1} if mutant.fault.startswith("swapped") else {mutant.row}
        assert changed == {(row, mutant.column) for row in rows}


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
