"""The public functions: tables, load, path, describe, schema, evidence."""

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest

import bakumoscow
from bakumoscow.model.tables import TABLES
from tests.conftest import ROOT, TEXT, hashes, vouch_for

ARTICLE = "has-russia-lost-azerbaijan"


def test_tables_are_the_fourteen() -> None:
    """Catches a renamed or lost table."""
    assert bakumoscow.tables() == list(TABLES)
    assert len(TABLES) == 14


@pytest.mark.parametrize("table", TABLES)
def test_load_gives_the_dtypes_that_pandas_users_expect(table: str) -> None:
    """Catches a column whose dtype depends on how Parquet was written."""
    expected = {"text": TEXT, "integer": "Int32", "number": "float64", "boolean": "boolean", "enumeration": "category"}
    frame = bakumoscow.load(table)
    assert len(frame) > 0
    for column, kind in bakumoscow.describe(table).set_index("column")["type"].items():
        dtype = str(frame[column].dtype)
        assert dtype == expected.get(kind, dtype), column
        assert dtype.startswith("datetime64") == (kind == "date"), column


def test_load_gives_a_fresh_frame() -> None:
    """Catches a cache that one user's change would spoil for the next."""
    first = bakumoscow.load("casualties")
    first["count_low"] = 0
    assert (bakumoscow.load("casualties")["count_low"] > 0).all()


def test_load_all_loads_every_table() -> None:
    assert list(bakumoscow.load_all()) == list(TABLES)


def test_csv_and_parquet_hold_the_same_values() -> None:
    """Catches a writer that drops or rewrites a value in one of the formats."""
    for table in TABLES:
        frame = bakumoscow.load(table)
        read = pd.read_csv(
            bakumoscow.path(table, format="csv"), dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8"
        )
        text = frame.copy()
        for column in frame:
            if frame[column].dtype == "boolean":
                text[column] = frame[column].map({True: "TRUE", False: "FALSE"})
            elif str(frame[column].dtype).startswith("datetime64"):
                text[column] = frame[column].dt.strftime("%Y-%m-%d")
        pd.testing.assert_frame_equal(
            read.fillna("").astype(str), text.astype(object).fillna("").astype(str), obj=table
        )


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: bakumoscow.load("event"), "did you mean 'events'"),
        (lambda: bakumoscow.path("events", format="xlsx"), "There are: parquet, csv"),
        (lambda: bakumoscow.describe("nothing"), "There are: events, actors"),
        (lambda: bakumoscow.schema("claim"), "did you mean 'claims'"),
        (lambda: bakumoscow.evidence("casualties", "aktau-crash-death"), "did you mean 'aktau-crash-deaths'"),
        (lambda: bakumoscow.evidence("casualties", "aktau-crash-deaths", "count"), "did you mean 'count_"),
        (lambda: bakumoscow.evidence("codes", "111"), "rows of codes have no claims"),
        (lambda: bakumoscow.evidence("events", "aktau-crash", article_id="other"), f"There are: {ARTICLE}"),
    ],
    ids=["table", "format", "describe", "schema", "row", "column", "unclaimed", "article"],
)
def test_unknown_names_are_answered_with_what_exists(call: Callable[[], object], said: str) -> None:
    with pytest.raises(bakumoscow.NotFoundError) as caught:
        call()
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: bakumoscow.dyads("state"), "^too many positional arguments; the call is dyads\\(\\*, level='actor', "),  # type: ignore[call-arg]
        (lambda: bakumoscow.totals(), "^missing a required argument: 'table'; the call is totals\\(table, by=None, "),  # type: ignore[call-arg]
        (lambda: bakumoscow.timeline(year=2025), "^got an unexpected keyword argument 'year'; the call is timeline"),  # type: ignore[call-arg]
    ],
    ids=["position", "missing", "unknown"],
)
def test_arguments_that_a_function_does_not_take(call: Callable[[], object], said: str) -> None:
    """Catches Python's own words, which count the dataset among the arguments."""
    with pytest.raises(TypeError, match=said):
        call()


def test_printed_evidence_shows_the_words() -> None:
    """Catches an order of columns in which a printed frame leaves the words out."""
    assert "killing 38 people" in repr(bakumoscow.evidence("casualties", "aktau-crash-deaths"))


def test_evidence_of_a_row_begins_with_its_row_claim() -> None:
    claims = bakumoscow.evidence("casualties", "aktau-crash-deaths")
    assert claims.loc[0, "quoted_text"] == "killing 38 people"
    assert claims["field"].isna().tolist() == [True] + [False] * (len(claims) - 1)
    assert set(claims["speaker"]) == {"the article"}


@pytest.mark.parametrize(
    ("table", "row", "field", "fields"),
    [
        ("casualties", "aktau-crash-deaths", "count_text", {"count_text"}),
        ("casualties", "aktau-crash-deaths", "count_best", {"count_text"}),
        ("casualties", "aktau-crash-deaths", "outcome", {None}),
        ("casualties", "aktau-crash-deaths", "perpetrator_id", set()),
        ("events", "plane-shootdown", "event_date", {"date_text"}),
        ("events", "yekaterinburg-raid", "date_earliest", {"date_text", "date_edtf"}),
        ("participants", "crash-funerals-mourners", "count_low", {"count_low"}),
        ("places", "grozny", "latitude", set()),
    ],
)
def test_evidence_of_a_cell(table: str, row: str, field: str, fields: set[str | None]) -> None:
    """Catches a covered, derived or coder's cell whose words are not found."""
    claims = bakumoscow.evidence(table, row, field)
    assert {None if pd.isna(value) else value for value in claims["field"]} == fields


def test_every_coded_cell_has_its_words() -> None:
    """The package's promise, tested as a user would use it."""
    asked = 0
    for table in ("events", "actors", "casualties", "detentions", "quotes"):
        columns = bakumoscow.describe(table)
        frame = bakumoscow.load(table)
        if table == "actors":
            frame = frame[~frame["kind"].isin(["author", "coder"])]
        key = columns["column"][1]
        for row in frame.head(6).to_dict("records"):
            for column in columns.loc[columns["mark"] == "coded", "column"]:
                if not pd.isna(row[column]):
                    claims = bakumoscow.evidence(table, str(row[key]), column)
                    assert (claims["claim_rank"] == "preferred").any(), (table, row[key], column)
                    asked += 1
    assert asked > 50


def test_evidence_of_a_sentence_and_of_a_claim() -> None:
    assert set(bakumoscow.evidence("sentences", 27)["sentence_number"]) == {27}
    assert bakumoscow.evidence("claims", "aktau-crash-deaths-row")["quoted_text"].tolist() == ["killing 38 people"]


@pytest.mark.parametrize("table", TABLES)
def test_a_damaged_file_is_never_loaded(table: str, package: Path) -> None:
    """Catches a loader that reads before it checks."""
    dataset = bakumoscow.open(package)
    path = package / "build" / "parquet" / f"{table}.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(bakumoscow.IntegrityError, match="SHA-256"):
        dataset.load(table)
    path.unlink()
    with pytest.raises(bakumoscow.IntegrityError, match="missing"):
        dataset.load(table)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"resources": 3}', b"\xff"])
def test_a_damaged_descriptor_is_reported(content: bytes, package: Path) -> None:
    (package / "datapackage.json").write_bytes(content)
    with pytest.raises(bakumoscow.IntegrityError, match=r"datapackage\.json.* is .*damaged; run `bakumoscow build"):
        bakumoscow.open(package)


def test_a_descriptor_of_parquet_must_be_there_and_unchanged(package: Path) -> None:
    """Catches Parquet files that are taken on the word of a descriptor for which the first does not vouch."""
    other = package / "datapackage-parquet.json"
    other.write_bytes(other.read_bytes().replace(b'"version": "1.0.0"', b'"version": "1.0.1"'))
    with pytest.raises(
        bakumoscow.IntegrityError, match=r"datapackage-parquet\.json .*SHA-256.*; run `bakumoscow build"
    ):
        bakumoscow.open(package)
    other.unlink()
    with pytest.raises(bakumoscow.IntegrityError, match=r"datapackage-parquet\.json is missing; run `bakumoscow build"):
        bakumoscow.open(package)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"resources": 3}', b'{"resources": []}', b"\xff"])
def test_a_damaged_descriptor_of_parquet_is_reported(content: bytes, package: Path) -> None:
    """Catches a traceback where the second descriptor is the one that the first names, and no descriptor."""
    before = hashes(package)
    (package / "datapackage-parquet.json").write_bytes(content)
    vouch_for(package, before, "datapackage-parquet.json")
    with pytest.raises(bakumoscow.IntegrityError, match=r"datapackage.*\.json is .*damaged; run `bakumoscow build"):
        bakumoscow.open(package)


def test_a_package_of_an_older_version_says_so(package: Path) -> None:
    """Catches a traceback from a descriptor that lists Parquet files itself, as 0.3.0 wrote it."""
    descriptor = package / "datapackage.json"
    descriptor.write_text(descriptor.read_text("utf-8").replace("bakumoscow:parquet", "bakumoscow:other"), "utf-8")
    with pytest.raises(bakumoscow.IntegrityError, match="is of an older version or damaged; run `bakumoscow build"):
        bakumoscow.open(package)


def test_a_folder_without_a_package_is_answered(tmp_path: Path) -> None:
    with pytest.raises(bakumoscow.NotFoundError, match=r"holds no datapackage\.json; run `bakumoscow build"):
        bakumoscow.open(tmp_path)


def test_another_package_answers_every_function(package: Path) -> None:
    """Catches a function that reads the installed dataset although another one was opened."""
    dataset = bakumoscow.open(str(package))
    assert dataset.tables() == bakumoscow.tables()
    articles = {"herring-quarrel", "spor-o-seldi", "awdat-as-sayyadin"}
    assert set(dataset.load("articles")["article_id"]) == articles
    assert dataset.path("events", "csv").startswith(str(package))
    for table, frame in dataset.load_all().items():
        pd.testing.assert_frame_equal(dataset.schema(table).validate(frame), frame)
        assert list(dataset.describe(table)["column"]) == list(frame)
    assert dataset.evidence("events", "herring-quarrel/flare-hit", "intent")["quoted_text"].tolist() == ["accidentally"]
    assert set(dataset.evidence("actors", "police", "name")["article_id"]) == articles


def test_the_descriptor_is_read_once(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a call that reads and parses the same file again and again."""
    read: list[str] = []
    real = bakumoscow.Dataset._json

    def json(dataset: bakumoscow.Dataset, name: str) -> dict[str, object]:
        read.append(name)
        return real(dataset, name)

    monkeypatch.setattr(bakumoscow.Dataset, "_json", json)
    bakumoscow.open(package).evidence("casualties", "crash-deaths", "count_low")
    assert read.count("datapackage.json") == 1


def test_every_public_function_is_a_method() -> None:
    """Catches a function that only the installed dataset has, or only an opened one."""
    properties = {"name", "title", "description", "version", "content_hash"}
    methods = {name for name in vars(bakumoscow.Dataset) if not name.startswith("_") and name not in properties}
    assert methods | {"diff"} == {name for name in bakumoscow.__all__ if name.islower()}
    assert "open" in dir(bakumoscow)
    assert "open" not in bakumoscow.__all__


def test_the_names_offered_are_those_that_exist() -> None:
    """Catches a type that offers a table or style that is none, or leaves one out."""
    from bakumoscow import choices
    from bakumoscow.formats.citation_styles import STYLES

    assert get_args(choices.TableName) == tuple(TABLES)
    assert set(get_args(choices.Style)) == set(STYLES)


def test_a_notebook_offers_the_tables() -> None:
    dataset = bakumoscow.Dataset(str(ROOT))
    assert dataset._ipython_key_completions_() == list(TABLES)
    pd.testing.assert_frame_equal(dataset["events"], dataset.load("events"))


def test_no_module_bears_the_name_of_a_function() -> None:
    """Catches a module that replaces a function of the package once it is imported."""
    modules = {path.stem for path in Path(bakumoscow.__file__).parent.iterdir()}
    assert not modules & {*bakumoscow.__all__, "open"}


def test_the_right_sum_of_deaths() -> None:
    """The number that people will cite: two in Yekaterinburg, 38 near Aktau."""
    casualties = bakumoscow.load("casualties")
    deaths = casualties[casualties["outcome"] == "death"].groupby("article_id")["count_best"].sum()
    assert deaths[ARTICLE] == 40


def test_version_is_that_of_the_project() -> None:
    import tomllib

    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))["project"]
    assert bakumoscow.__version__ == project["version"]


def test_unknown_attribute() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'lod'"):
        bakumoscow.lod  # type: ignore[attr-defined]  # noqa: B018
