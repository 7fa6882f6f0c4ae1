"""`fix` repairs what needs no judgement, twice the same, and changes no meaning."""

import csv
import shutil
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner

from bakumoscow.cli import main
from bakumoscow.pipeline.build import build
from bakumoscow.pipeline.fix import fixes, write
from tests.conftest import hashes


@pytest.fixture(scope="module")
def ordered_package(built_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test article's package, its data in order; not to be changed."""
    directory = Path(shutil.copytree(built_package, tmp_path_factory.mktemp("ordered") / "package"))
    write(directory, fixes(directory))
    return directory


@pytest.fixture
def fixed(tmp_path: Path, ordered_package: Path) -> Path:
    """A copy of it to spoil."""
    return Path(shutil.copytree(ordered_package, tmp_path / "package"))


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def save(path: Path, records: list[list[str]], **options: object) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, **({"lineterminator": "\n"} | options)).writerows(records)  # type: ignore[arg-type]


def test_nothing_to_fix(fixed: Path) -> None:
    """Catches a fix that does not come to rest."""
    before = hashes(fixed)
    result = CliRunner().invoke(main, ["fix", "--yes", str(fixed)])
    assert (result.exit_code, result.output) == (0, "nothing to fix\n")
    assert hashes(fixed) == before


def disorder(path: Path, name: str) -> None:
    """Do to a file what people and spreadsheets do."""
    records = rows(path)
    match name:
        case "byte order mark":
            path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
        case "line ends":
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        case "mixed line ends":
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n", 3))
        case "white space":
            save(path, [records[0], *([f" {cell}  " if cell else cell for cell in record] for record in records[1:])])
        case "columns":
            save(path, [record[::-1] for record in records])
        case "rows":
            save(path, [records[0], *records[:0:-1]])
        case "quotation marks":
            save(path, records, quoting=csv.QUOTE_ALL)
        case "blank lines":
            path.write_bytes(path.read_bytes().replace(b"\n", b"\n\n"))


@pytest.mark.parametrize(
    "name",
    [
        "byte order mark",
        "line ends",
        "mixed line ends",
        "white space",
        "columns",
        "rows",
        "quotation marks",
        "blank lines",
    ],
)
def test_disorder_is_repaired(name: str, fixed: Path) -> None:
    """Back to the same bytes, so that no meaning has changed."""
    before = hashes(fixed)
    disordered = {f"data/{table}.csv" for table in ("events", "claims", "codes", "sentences")}
    for path in disordered:
        disorder(fixed / path, name)
    assert {path for path, content in hashes(fixed).items() if content != before[path]} == disordered
    result = CliRunner().invoke(main, ["fix", "--yes", str(fixed)])
    assert result.exit_code == 0, result.output
    assert set(result.output.splitlines()[-1].removeprefix("written: ").split(", ")) == disordered
    assert hashes(fixed) == before


def test_text_becomes_nfc_outside_of_the_articles_words(fixed: Path) -> None:
    label, name = fixed / "data/events.csv", fixed / "data/actors.csv"
    text = label.read_text("utf-8").replace("Crash of the airliner", unicodedata.normalize("NFD", "Åbenrå"))
    label.write_text(text, "utf-8", newline="\n")
    words = name.read_text("utf-8").replace("Jon Berg", unicodedata.normalize("NFD", "Jón Berg"))
    name.write_text(words, "utf-8", newline="\n")
    assert list(fixes(fixed)) == ["data/events.csv"]
    assert "Åbenrå" in fixes(fixed)["data/events.csv"].decode()


def test_fix_asks_first(fixed: Path) -> None:
    """Catches a fix that writes before it was told to."""
    disorder(fixed / "data/events.csv", "line ends")
    disorder(fixed / "data/charges.csv", "rows")
    before = hashes(fixed)
    refused = CliRunner().invoke(main, ["fix", str(fixed)], input="n\n")
    assert "data/events.csv: byte order mark or line ends" in refused.output
    assert "+++ data/charges.csv (fixed)" in refused.output
    assert "Write 2 files?" in refused.output
    assert hashes(fixed) == before
    agreed = CliRunner().invoke(main, ["fix", str(fixed)], input="y\n")
    assert "written: " in agreed.output
    assert hashes(fixed) != before


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b'a,b\n"x,1\n', b"a,b\n1\n", b"other,columns\n1,2\n", b"a\0b\n"])
def test_what_cannot_be_told_apart_is_left_alone(content: bytes, fixed: Path) -> None:
    path = fixed / "data/charges.csv"
    path.write_bytes(content)
    assert fixes(fixed) == {}


def test_fix_of_no_package(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["fix", str(tmp_path)])
    assert result.exit_code == 2
    assert "data does not exist" in result.output


def test_published_files_do_not_depend_on_fix(package: Path) -> None:
    before = hashes(package / "build")
    write(package, fixes(package))
    assert build(package).stale == []
    assert hashes(package / "build") == before


def test_a_missing_column_is_added_if_it_may_be_empty(fixed: Path) -> None:
    """Catches a coder who has to type commas for a column that no row of theirs fills; a required one is theirs."""
    path = fixed / "data/charges.csv"
    events = fixed / "data/events.csv"
    header, *records = rows(events)
    place = header.index("intent")
    save(events, [[*record[:place], *record[place + 1 :]] for record in [header, *records]])
    result = CliRunner().invoke(main, ["fix", "--yes", str(fixed)])
    assert "written: data/events.csv" in result.output
    assert rows(events)[0] == header
    assert {record[place] for record in rows(events)[1:]} == {""}
    save(path, [record[:-2] for record in rows(path)])  # basis, and sentence_text, which may be empty
    assert fixes(fixed) == {}
