"""Where each cell comes from and who says it, against the claims themselves."""

from pathlib import Path

import pandas as pd
import pytest

from bakumoscow.choices import PROVENANCE, READINGS
from bakumoscow.dataset import Dataset
from bakumoscow.errors import NotFoundError
from bakumoscow.model.tables import CELL_CLAIMED, TABLES
from bakumoscow.views.provenance import BASES
from tests import long_readings

Packages = dict[str, tuple[Dataset, Path]]
PACKAGES = ("repository", "article", "bridge-name", "fishing-talks", "harbor-protest", "more")
DAILY = ("repository", "more")  # the others are tried weekly
each_package = pytest.mark.parametrize(
    "name", [name if name in DAILY else pytest.param(name, marks=pytest.mark.weekly) for name in PACKAGES]
)
EMPTY = ["denied", "disputed", "missing"]  # of cells without a value; alone a denied cell may have one
UNION, RADIO, REPORTS = (f"herring-quarrel/{actor}" for actor in ("fishermens-union", "radio-vest", "reports"))


@pytest.mark.parametrize(
    ("reading", "voice"),
    [
        *(pytest.param(reading, None, marks=pytest.mark.weekly) for reading in READINGS),
        pytest.param("coded", RADIO, marks=pytest.mark.weekly),
        pytest.param("stated", REPORTS, marks=pytest.mark.weekly),
        ("filled", UNION),
    ],
)
def test_it_has_the_shape_of_the_table(packages: Packages, reading: str, voice: str | None) -> None:
    """Catches a cell without provenance, a value that is said to be missing, and an actor that there is not."""
    dataset, _ = packages["more"]
    actors = set(dataset.load("actors")["actor_id"])
    for table in TABLES:
        frame = dataset.load(table, reading=reading, voice=voice)
        bases, voices = (dataset.provenance(table, reading=reading, voice=voice, what=what) for what in PROVENANCE)
        for found in (bases, voices):
            assert list(found.columns) == list(frame.columns)
            assert found.index.equals(frame.index)
        assert all(list(bases[column].cat.categories) == list(BASES) for column in bases), table
        assert (bases.isin(EMPTY) | frame.notna()).all(axis=None), table
        assert (bases.isin(["denied"]) | (bases.isin(EMPTY) == frame.isna())).all(axis=None), table
        said = voices.notna()
        assert (~said | frame.notna() | bases.isin(["denied"])).all(axis=None), table
        assert {voice for column in voices for voice in voices[column].dropna()} <= actors, table


def claims_by_cell(directory: Path, table: str) -> dict[tuple[tuple[str, ...], str], dict[str, str]]:
    """The preferred claim on each cell that has one of its own; the field is empty for that on the row."""
    return {
        ((claim["article_id"], claim["record_id"]), claim["field"]): claim
        for claim in long_readings.coded(directory, "claims").values()
        if (claim["record_table"], claim["claim_rank"]) == (table, "preferred")
    }


@each_package
def test_a_cell_comes_from_its_claim(packages: Packages, name: str) -> None:
    """Catches a conclusion that is taken for stated, one that is denied for asserted, and a claim of another cell."""
    dataset, directory = packages[name]
    bases = {"explicit": "stated", "inferred": "inferred"}
    for table in CELL_CLAIMED:
        frame = dataset.load(table)
        found, voices = (dict(dataset.provenance(table, what=what).items()) for what in PROVENANCE)
        claims = claims_by_cell(directory, table)
        for number, row in enumerate(frame.to_dict("records")):
            key = (row["article_id"], row[TABLES[table].id])
            for column in TABLES[table].marked("coded"):
                fields = [field for field in TABLES[table].covering(column.name) if (key, field) in claims]
                if pd.isna(row[column.name]):
                    assert found[column.name][number] == "missing"
                    assert pd.isna(voices[column.name][number])
                elif fields:
                    claim = claims[key, fields[0]]
                    expected = "denied" if claim["factuality"].endswith("-") else bases[claim["support"]]
                    assert found[column.name][number] == expected, (table, key, column.name)
                    assert voices[column.name][number] == claim["asserted_by"], (table, key, column.name)
                else:  # the two voices of every article, which need no claims
                    assert key[1] in ("article", "coder")
                    assert found[column.name][number] == "coder"


@each_package
def test_the_voice_is_that_of_the_evidence(packages: Packages, name: str) -> None:
    """Catches a voice other than that of the first claim which is shown as the evidence of the same cell."""
    dataset, _ = packages[name]
    for table in ("events", "casualties", "relations", "actors"):
        frame, voices = dataset.load(table), dataset.provenance(table, what="voice")
        for number in range(0, len(frame), 6):
            row = frame.loc[number]
            for column in ("voice", "place_id", "count_best", "other_event_id", "name", "kind", "event_date"):
                if column in frame and pd.notna(row[column]) and row.iloc[1] not in ("article", "coder"):
                    chain = TABLES[table].covering(column)
                    shown = dataset.evidence(table, row.iloc[1], column, article_id=str(row["article_id"]))
                    shown = shown[shown["claim_rank"] == "preferred"]
                    nearest = [one for field in chain for one in shown["asserted_by"][shown["field"] == field]]
                    expected = [*nearest, *shown["asserted_by"]][0]
                    assert voices.loc[number, column] == expected, (table, row.iloc[1], column)


@each_package
def test_what_fills_is_inferred_and_what_differs_disputed(packages: Packages, name: str) -> None:
    """Catches a filled cell that is taken for coded, and a dispute that looks like nothing known."""
    dataset, directory = packages[name]
    for table in CELL_CLAIMED:
        coded, filled = (dataset.provenance(table, reading=reading).astype(object) for reading in ("coded", "filled"))
        keys = [tuple(key) for key in dataset.load(table)[list(TABLES[table].key)].to_numpy()]
        marked = [column.name for column in TABLES[table].marked("coded")]
        changed = {
            (key, column): filled.loc[number, column]
            for number, key in enumerate(keys)
            for column in marked
            if str(coded.loc[number, column]) != str(filled.loc[number, column])
        }
        assert changed == long_readings.filled(directory, table)[1], table
        for column in (name for name in filled if name not in marked):  # what is derived is still derived
            known = filled[column].ne("missing") & coded[column].ne("missing")
            assert (filled[column][known] == coded[column][known]).all(), (table, column)


@each_package
def test_as_stated_nothing_is_inferred(packages: Packages, name: str) -> None:
    """Catches a conclusion in the stated reading."""
    dataset, _ = packages[name]
    for table in TABLES:
        assert not (dataset.provenance(table, reading="stated") == "inferred").any(axis=None), table


@pytest.mark.parametrize(
    ("voice", "table", "row", "column", "basis", "says"),
    [
        (UNION, "casualties", "sailors-assault", "count_high", "stated", "fishermens-union"),
        (UNION, "events", "svala-raid", "date_edtf", "denied", "fishermens-union"),
        (UNION, "events", "svala-raid", "date_latest", "missing", None),
        (RADIO, "events", "dal-denial", "date_latest", "derived", "radio-vest"),
        (RADIO, "events", "dal-denial", "date_edtf", "stated", "radio-vest"),
        (RADIO, "actors", "cook", "country", "missing", None),
        (RADIO, "actors", "beaten-sailors", "citizenship_code", "reference", None),
        (RADIO, "detentions", "danish-detention", "count_text", "missing", None),
        (REPORTS, "events", "bergen-march", "place_id", "disputed", None),
        (REPORTS, "events", "danish-hearing", "place_id", "disputed", None),
        (REPORTS, "casualties", "cook-injury", "count_best", "denied", "reports"),
        (REPORTS, "casualties", "cook-injury", "outcome_text", "stated", "article"),
        (REPORTS, "casualties", "cook-injury", "victim_id", "coder", "reports"),
        ("herring-quarrel/coder", "casualties", "deckhands-missing", "perpetrator_id", "inferred", "coder"),
        (None, "events", "shots-fired", "kind", "coder", "article"),
        (None, "events", "bottle-throw", "place_id", "missing", None),
        (None, "places", "bergen", "latitude", "reference", None),
        (None, "claims", "svala-raid-row", "quoted_text", "coder", "article"),
        (None, "claims", "svala-raid-row", "char_start", "derived", "article"),
    ],
)
def test_of_one_cell(
    packages: Packages, voice: str | None, table: str, row: str, column: str, basis: str, says: str | None
) -> None:
    """Catches a cell of a voice that is said to be the article's, and the other way round."""
    dataset, _ = packages["more"]
    rows = dataset.load(table, voice=voice)[TABLES[table].id] == row
    found = [dataset.provenance(table, voice=voice, what=what)[column][rows].item() for what in PROVENANCE]
    assert [None if pd.isna(value) else value for value in found] == [basis, says]


def test_every_basis_occurs(packages: Packages) -> None:
    """Catches a basis of the docstring that no cell ever has."""
    dataset, _ = packages["more"]
    found = {
        basis
        for voice in (None, REPORTS)
        for table in ("events", "actors")
        for basis in dataset.provenance(table, reading="filled", voice=voice).stack()
    }
    assert found == set(BASES)
    assert all(f" {basis}" in (Dataset.provenance.__doc__ or "") for basis in BASES)


@pytest.mark.parametrize("arguments", [{"what": "words"}, {"reading": "read"}, {"voice": "nobody"}])
def test_an_unknown_name_is_an_error(packages: Packages, arguments: dict[str, str]) -> None:
    """Catches a slip in an argument that passes, and a traceback in place of what there is."""
    with pytest.raises(NotFoundError, match="There are: "):
        packages["article"][0].provenance("events", **arguments)
