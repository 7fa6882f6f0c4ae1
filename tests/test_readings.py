"""The readings of the tables and the voices laid over them, against the long way from the hand-coded files."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from bakumoscow.choices import READINGS
from bakumoscow.dataset import Dataset
from bakumoscow.errors import NotFoundError
from bakumoscow.model.tables import CELL_CLAIMED, TABLES
from bakumoscow.readings import Reading
from bakumoscow.readings.change import EMPTIED, SETTLED, TOGETHER, WAIVED
from tests import long_readings
from tests.conftest import copy_article
from tests.more_claims import Unbuilt, added, concluded, explicit

Packages = dict[str, tuple[Dataset, Path]]
Cells = dict[str, Any]
PACKAGES = ("repository", "article", "bridge-name", "fishing-talks", "harbor-protest", "more")
DAILY = ("repository", "more")  # the others are tried weekly
VOICE = ("herring-quarrel/fishermens-union", "herring-quarrel/radio-vest", "herring-quarrel/reports")
VOICES = (*VOICE, "awdat-as-sayyadin/fishing-ministry")
each_package = pytest.mark.parametrize(
    "name", [name if name in DAILY else pytest.param(name, marks=pytest.mark.weekly) for name in PACKAGES]
)
# What an emptied cell changes in cells that keep a value: how the text gives it, and how certain what is left is.
DESCRIBING = {
    "events": {"date_basis", "year_inferred"},
    "relations": {"basis", "factuality"},
}


def voices(dataset: Dataset) -> list[str]:
    """Everybody whose claims are not all in the tables already, as `article/actor`."""
    claims = dataset.load("claims")
    said = claims[~claims["factuality"].isin(["Uu", "CTu"]) & (claims["claim_rank"] == "normal")]
    pairs = said[["article_id", "asserted_by"]].drop_duplicates()
    return [f"{article}/{actor}" for article, actor in pairs.itertuples(index=False)]


@pytest.fixture(scope="session")
def readings(packages: Packages) -> list[tuple[str, Reading]]:
    """Every package in every reading, without a voice and with each; the names of the packages."""
    found = [(name, Reading(dataset, reading)) for name, (dataset, _) in packages.items() for reading in READINGS]
    for name, (dataset, _) in packages.items():
        for reading in READINGS if name == "more" else ("coded",):
            found += [(name, Reading(dataset, reading, voice)) for voice in voices(dataset)]
    return found


def broken(dataset: Dataset, table: str, frame: pd.DataFrame, **reading: Any) -> set[str]:
    """The checks of a schema that a frame does not pass, each a rule, or a column that may not be missing."""
    try:
        dataset.schema(table, **reading).validate(frame, lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases[["check", "column"]].drop_duplicates()
        return {
            check.split("|")[0] if "|" in str(check) else f"{check} {table}.{column}"
            for check, column in cases.itertuples(index=False)
        }
    return set()


@pytest.mark.parametrize("names", [DAILY, pytest.param(PACKAGES, marks=pytest.mark.weekly)], ids=["daily", "all"])
def test_every_reading_passes_the_schema_but_for_what_is_waived(
    packages: Packages, readings: list[tuple[str, Reading]], names: tuple[str, ...]
) -> None:
    """Catches a reading that breaks a rule, and a rule that is waived although no reading breaks it."""
    dataset, _ = packages["repository"]
    together: dict[tuple[str, str, str | None], list[pd.DataFrame]] = {}  # validated at once, for that is quicker
    for number, tables in enumerate(tables for name, tables in readings if name in names):
        for table in TABLES:
            if tables.changes(table) or (tables.voice is None and tables.reading != "coded"):
                kind = (table, tables.reading, tables.voice and "voice")
                rows = tables[table].assign(article_id=f"article-{number}-" + tables[table]["article_id"])
                together.setdefault(kind, []).append(rows.astype(tables[table].dtypes.to_dict()))
    needed: dict[str, set[str]] = {kind: set() for kind in WAIVED}
    for (table, reading, voice), frames in together.items():
        frame = pd.concat(frames, ignore_index=True)
        needed[voice or reading] |= (rules := broken(dataset, table, frame))
        if rules:
            assert broken(dataset, table, frame, reading=reading, voice=voice) == set(), (table, reading, voice)
    empty = {f"not_nullable {table}.{column}" for table, column in EMPTIED}
    assert needed["stated"] == empty | set(WAIVED["stated"])
    assert needed["filled"] == set(WAIVED["filled"])
    assert needed["voice"] - empty == set(WAIVED["voice"])
    assert WAIVED["coded"] == ()


def test_dtypes_are_those_of_the_published_tables(readings: list[tuple[str, Reading]]) -> None:
    """Catches text that becomes object, whole numbers that become floats, and categories that lose levels."""
    for name, tables in readings:
        for table in TABLES:
            frame = tables[table]
            at = (name, table, tables.reading, tables.voice)
            assert frame.dtypes.to_dict() == tables.published(table).dtypes.to_dict(), at
            assert list(frame.index) == list(range(len(frame))), at


def differing(one: pd.DataFrame, other: pd.DataFrame) -> set[str]:
    """Columns in which a cell of one that is not missing is not that of the other."""
    return {
        str(column)
        for column in one
        for value, same in zip(one[column], other[column], strict=True)
        if pd.notna(value) and not (pd.notna(same) and value == same)
    }


@each_package
def test_readings_are_nested(packages: Packages, name: str) -> None:
    """Catches a reading that says something else than the wider one, where it says anything."""
    dataset, _ = packages[name]
    for table in TABLES:
        key = list(TABLES[table].key)
        stated, coded, filled = (dataset.load(table, reading=reading) for reading in READINGS)
        assert list(map(tuple, filled[key].values)) == list(map(tuple, coded[key].values)), table
        within = coded.merge(stated[key].drop_duplicates(), on=key).astype(coded.dtypes.to_dict())
        assert list(map(tuple, within[key].values)) == list(map(tuple, stated[key].values)), table
        assert differing(stated, within) <= DESCRIBING.get(table, set()), table
        assert differing(coded, filled) <= {"date_basis", "year_inferred"} & set(coded), table


def as_typed(row: pd.Series, table: str, columns: list[str]) -> dict[str, str]:
    """The cells of a loaded row as they are typed."""
    found = {}
    for column in columns:
        value = row[column]
        kind = TABLES[table][column].type.name
        form: Callable[[Any], str] = {
            "boolean": lambda cell: str(cell).upper(),
            "date": lambda day: f"{day:%Y-%m-%d}",
        }.get(kind, str)
        found[column] = "" if pd.isna(value) else form(value)
    return found


def typed_cells(frame: pd.DataFrame, table: str, like: long_readings.Rows) -> long_readings.Rows:
    """The rows of a frame by key, in the columns of the hand-coded file."""
    columns = [column.name for column in TABLES[table].typed if like and column.name in next(iter(like.values()))]
    columns = [column for column in columns if TABLES[table][column].type.name != "number"]
    rows = [as_typed(row, table, columns) for _, row in frame.iterrows()]
    return {tuple(row[name] for name in TABLES[table].key): row for row in rows}


@each_package
@pytest.mark.parametrize("reading", ["stated", "filled"])
def test_readings_the_long_way(packages: Packages, name: str, reading: str) -> None:
    """Catches a row that is left out or kept wrongly, a cell that is emptied or filled wrongly, and another value."""
    dataset, directory = packages[name]
    for table in [name for name in TABLES if name != "sentences"]:
        rows = (
            long_readings.stated(directory, table) if reading == "stated" else long_readings.filled(directory, table)[0]
        )
        found = typed_cells(dataset.load(table, reading=reading), table, rows)
        expected = {key: {column: row[column] for column in next(iter(found.values()))} for key, row in rows.items()}
        assert found == expected, table


def cells(dataset: Dataset, table: str, row: str, columns: list[str], **reading: Any) -> Cells:
    """Some cells of a row; None is missing."""
    frame = dataset.load(table, **reading)
    (found,) = frame[frame[TABLES[table].id] == row][columns].astype(object).to_dict("records")
    return {str(column): None if pd.isna(value) else value for column, value in found.items()}


DAY, DAYS = pd.Timestamp("1987-03-03"), ("date_earliest", "date_latest", "event_date", "year_inferred", "date_basis")
NO_DAY = dict(zip(DAYS, (None, None, None, False), strict=False))
COUNTS = ("count_text", "count_low", "count_best", "count_high")


def counts(*values: Any) -> Cells:
    return dict(zip(COUNTS, values, strict=True))


@pytest.mark.parametrize(
    ("reading", "row", "expected"),
    [
        ("stated", "public-rage", NO_DAY | {"date_basis": "unresolved", "date_edtf": None}),
        ("stated", "airliner-crash", NO_DAY | {"date_basis": "unknown", "date_text": None}),
        ("stated", "svala-raid", {"date_earliest": DAY, "event_date": DAY, "date_basis": "stated"}),
        ("filled", "reykjavik-funeral", NO_DAY | {"date_earliest": DAY, "date_basis": "relative"}),
        ("filled", "port-anger", {"event_date": pd.Timestamp("2024-05-06"), "date_basis": "relative"}),
        ("filled", "harbor-clash", {"place_id": "bergen", "place_relation": "in", "place_basis": None}),
        ("filled", "bottle-throw", {"place_id": "bergen", "place_relation": None, "place_basis": None}),
        ("filled", "shots-fired", {"place_id": None, "place_relation": None, "place_basis": None}),
    ],
)
def test_what_is_derived_changes_with_its_cell(packages: Packages, reading: str, row: str, expected: Cells) -> None:
    """Catches a day, a basis or a relation that stays behind when its date or place changes."""
    dataset, _ = packages["more"]
    assert cells(dataset, "events", row, list(expected), reading=reading) == expected


OVERLAID: list[tuple[int, str, str, Cells]] = [  # voice, table, row, cells with the voice
    (0, "casualties", "sailors-assault", counts("four", 4, 4, 4)),
    (0, "detentions", "danish-detention", counts("several", 2, None, None)),
    (3, "detentions", "bandar-detention", counts("لا", None, None, None)),
    (1, "detentions", "danish-detention", counts(None, None, 2, None)),
    (1, "detentions", "sailors-detention", counts(None, None, None, 5)),
    (2, "casualties", "deckhands-missing", counts(None, None, None, None)),
    (2, "casualties", "crash-deaths", counts("at least four", 4, None, None)),  # denies another number
    (1, "participants", "poaching-verdict-convicted-danes", counts("two", 2, 2, 2)),  # nobody: no row of its table
    (2, "casualties", "cook-injury", counts(None, None, None, None) | {"factuality": "CT-", "voice": "reports"}),
    (2, "casualties", "cook-injury", {"perpetrator_id": None, "victim_id": "cook"}),
    (3, "casualties", "no-wounded", counts(None, None, None, None) | {"factuality": "CT-", "victim_id": None}),
    (
        0,
        "relations",
        "public-rage-responds-to-svala-raid",
        {"other_event_id": "svala-raid", "factuality": "CT-", "voice": "fishermens-union"},
    ),
    (0, "relations", "dal-rebuke-responds-to-treaty-suspension", {"other_event_id": "svala-raid", "factuality": "CT+"}),
    (0, "events", "bottle-throw", {"place_id": "bergen", "place_relation": None, "place_basis": "stated"}),
    (0, "events", "flare-hit", {"place_id": "stavanger", "place_relation": "near", "place_basis": "stated"}),
    (0, "events", "shots-fired", {"place_id": None, "place_relation": None, "place_basis": None}),
    (2, "events", "reykjavik-talks", {"place_id": "bergen", "place_relation": "near", "place_basis": "stated"}),
    (2, "events", "svala-raid", {"place_id": None, "place_relation": None, "place_basis": None, "factuality": "CT+"}),
    (2, "events", "bergen-march", {"place_id": None, "place_relation": None, "place_basis": None}),
    (2, "events", "danish-hearing", {"place_id": None, "place_relation": None, "place_basis": None}),
    (0, "events", "svala-raid", NO_DAY | {"date_basis": "unknown", "date_text": None, "date_edtf": None}),
    (0, "events", "harbor-clash", {"factuality": "CT-", "voice": "fishermens-union"}),
    (1, "events", "dal-denial", {"date_text": "March 7", "date_edtf": "1987-03-07", "date_basis": "stated"}),
    (1, "events", "boats-moved", NO_DAY | {"date_earliest": DAY, "date_text": None, "date_basis": "relative"}),
    (1, "events", "flare-hit", {"intent": None, "place_id": "stavanger"}),
    (2, "events", "boats-moved", {"object_text": "patrol boats", "factuality": "CT+", "voice": "article"}),
    (0, "actors", "icelandic-sailors", {"citizenship": "Danish", "citizenship_code": "DNK"}),
    (1, "actors", "cook", {"citizenship": "Faroese", "citizenship_code": None, "country": None, "nationality": None}),
    (1, "actors", "beaten-sailors", {"citizenship": "Danish", "citizenship_code": "DNK"}),
    (2, "actors", "norway", {"part_of": None}),
    (2, "actors", "justice-ministry", {"title": None}),
    (1, "places", "rogaland", {"name": "Stavanger"}),
    (0, "charges", "sailors-smuggling", {"voice": "article"}),
    (1, "charges", "lawyer-acquittal", {"voice": "radio-vest"}),
    (0, "quotes", "beaten-quote", {"channel": None}),
    (2, "participants", "svala-raid-icelandic-sailors", {"factuality": "CT+", "voice": "reports", "basis": "inferred"}),
    (2, "participants", "bergen-march-dock-workers", {"factuality": "CT+", "voice": "article"}),
]


@pytest.mark.parametrize(
    ("voice", "table", "row", "expected"),
    OVERLAID,
    ids=[f"{VOICES[v].split('/')[1]}-{row}" for v, _, row, _ in OVERLAID],
)
def test_a_voice_replaces_empties_and_is_as_certain_as_it_says(
    packages: Packages, voice: int, table: str, row: str, expected: Cells
) -> None:
    """Catches a value, a denial or a certainty of a voice that is not laid over, or more than it says."""
    dataset, _ = packages["more"]
    assert cells(dataset, table, row, list(expected), voice=VOICES[voice]) == expected


@pytest.mark.weekly
def test_a_voice_changes_only_rows_of_which_it_says_more_than_the_table(readings: list[tuple[str, Reading]]) -> None:
    """Catches a voice that changes other rows, and one that empties or replaces what the table has from it already."""
    for name, tables in readings:
        if tables.voice is None:
            continue
        claims = tables.claims[tables.claims["claim_rank"] == "normal"]
        said = claims[
            claims["article_id"].eq(tables.voice.article_id) & claims["asserted_by"].eq(tables.voice.actor_id)
        ]
        plain = Reading(tables.dataset, tables.reading)
        for table in TABLES:
            about = set(said["record_id"][said["record_table"] == table])
            frame = plain[table]
            others = ~(frame[TABLES[table].id].isin(about) & (frame["article_id"] == tables.voice.article_id))
            if not tables.changes(table):
                others[:] = True
            pd.testing.assert_frame_equal(frame[others], tables[table][others], obj=f"{name} {table} {tables.voice}")


@pytest.mark.parametrize(
    ("name", "package", "expected"),
    [
        ("police", "article", "awdat-as-sayyadin/police, herring-quarrel/police, spor-o-seldi/police"),
        ("article", "more", "write one of: awdat-as-sayyadin/article"),
        ("herring-quarrel/cook", "article", "herring-quarrel/reports"),
        ("herring-quarrel/cook", "article", "quotes(speaker='herring-quarrel/cook')"),
        ("sudha-chanderia", "bridge-name", "did you mean 'sudha-chanderiya'"),
        ("balram-nadival", "bridge-name", "article, coder, sudha-chanderiya"),
        ("nowhere/police", "article", "spor-o-seldi/police"),
    ],
)
def test_a_voice_that_cannot_be_is_an_error(packages: Packages, name: str, package: str, expected: str) -> None:
    """Catches a voice of several articles that is taken for one, and a voice without assertions that passes."""
    with pytest.raises(NotFoundError) as error:
        packages[package][0].load("events", voice=name)
    assert expected in str(error.value)


def test_a_voice_needs_its_article_only_where_several_have_its_id(packages: Packages) -> None:
    """Catches an id that is refused although only one article has it."""
    dataset, _ = packages["more"]
    for voice in VOICES:
        short = dataset.load("casualties", voice=voice.split("/")[1])
        pd.testing.assert_frame_equal(short, dataset.load("casualties", voice=voice))


def test_as_stated_a_voice_says_only_what_words_say(packages: Packages) -> None:
    """Catches a conclusion of the coder that comes back into the stated reading."""
    dataset, _ = packages["more"]
    for table in TABLES:
        stated, laid_over = (
            dataset.load(table, reading="stated", voice=voice) for voice in (None, "herring-quarrel/coder")
        )
        pd.testing.assert_frame_equal(stated, laid_over)


def test_columns_that_change_together_are_columns(packages: Packages) -> None:
    """Catches a renamed column, whose group would change without it."""
    names = {column.name for table in TABLES.values() for column in table.columns}
    assert {*TOGETHER, *(name for group in TOGETHER.values() for name in group)} <= names
    assert {name for group in SETTLED for name in group} <= names
    named = {f"{table}.{column}" for table, columns in DESCRIBING.items() for column in columns}
    assert named <= {f"{name}.{column.name}" for name, table in TABLES.items() for column in table.columns}


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.weekly) for seed in (1, 2))])
def test_any_claims_that_the_rules_allow(seed: int, tmp_path: Path) -> None:
    """Catches a combination of claims, or another value, with which a reading says something else than they do."""
    choice = random.Random(seed)
    claims = choice.sample(explicit() + concluded(), 40)
    directory = copy_article(tmp_path / "package")
    ids = {
        column: [key[1] for key in long_readings.coded(directory, table) if key[0] == "herring-quarrel"]
        for column, table in {"part_of": "actors", "place_id": "places", "perpetrator_id": "actors"}.items()
    }
    for claim in claims:
        if claim["support"] == "inferred" and claim["field"] in ids:
            claim["claimed_value"] = choice.choice([name for name in ids[claim["field"]] if name != claim["record_id"]])
    added(claims, directory)
    dataset = Unbuilt(directory)
    for table in CELL_CLAIMED:
        rows, bases = long_readings.filled(directory, table)
        found = typed_cells(dataset.load(table, reading="filled"), table, rows)
        assert found == {key: {column: row[column] for column in found[key]} for key, row in rows.items()}, table
        where = dataset.provenance(table, reading="filled")
        frame = dataset.load(table, reading="filled")
        assert where.shape == frame.shape
        assert int((where == "disputed").sum().sum()) == list(bases.values()).count("disputed"), table
        stated = dataset.load(table, reading="stated")
        assert set(stated[TABLES[table].id]) == {key[-1] for key in long_readings.stated(directory, table)}, table


def test_what_a_voice_adds_to_its_preferred_claim_is_no_dispute(packages: Packages) -> None:
    """Catches a cell that is emptied because the voice to which it is due says a second thing of it."""
    dataset, _ = packages["harbor-protest"]
    assert cells(dataset, "actors", "marta-queiral", ["part_of"], voice="article") == {"part_of": "nurses-union"}
