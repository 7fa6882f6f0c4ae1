"""Wheel and source distribution: exactly the intended files, reproducible, usable without the repository."""

import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from bakumoscow.model.tables import TABLES
from tests.conftest import ROOT, Distributions, build_distributions

LISTED = [*TABLES, "levels"]
PUBLISHED = {
    "datapackage.json",
    "datapackage-parquet.json",
    "CODEBOOK.md",
    "build/explorer.html",
    "docs/conventions.md",
    "docs/datasheet.md",
    "schemas/README.md",
    *(f"build/csv/{name}.csv" for name in LISTED),
    *(f"build/parquet/{name}.parquet" for name in LISTED),
    *(f"schemas/{name}.json" for name in LISTED),
}


def modules() -> set[str]:
    """The files of the import package, as git has or would have them."""
    paths = (path for path in (ROOT / "src/bakumoscow").rglob("*") if path.is_file())
    return {path.relative_to(ROOT / "src").as_posix() for path in paths if "__pycache__" not in path.parts}


def carried_tests() -> set[str]:
    """The tests that do not need a publisher's article."""
    names = [
        "__init__",
        "conftest",
        "edits",
        "faults",
        "oracle",
        "parts",
        "show",
        "test_article",
        "test_cases",
        "test_oracle",
        "test_packages",
        "test_parts",
        "test_together",
    ]
    folders = (path for name in ("article", "cases", "packages") for path in (ROOT / "tests" / name).rglob("*"))
    files = {path.relative_to(ROOT).as_posix() for path in folders if path.is_file()}
    return {f"tests/{name}.py" for name in names} | files


def test_wheel_holds_exactly_these_files(distributions: Distributions) -> None:
    """Catches a file that is missing or that slipped in, such as the article."""
    with zipfile.ZipFile(distributions.wheel) as wheel:
        found = {name for name in wheel.namelist() if ".dist-info/" not in name}
        meta = {name.split(".dist-info/")[1] for name in wheel.namelist() if ".dist-info/" in name}
    assert found == modules() | {f"bakumoscow/published/{name}" for name in PUBLISHED}
    expected = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE", "licenses/LICENSE-DATA"}
    assert meta == expected


def test_sdist_holds_exactly_these_files(distributions: Distributions) -> None:
    with tarfile.open(distributions.sdist) as sdist:
        found = {name.split("/", 1)[1] for name in sdist.getnames() if "/" in name}
    data = {f"data/{path.name}" for path in (ROOT / "data").iterdir()} | carried_tests()
    top = {
        "PKG-INFO",
        "README.md",
        "CHANGELOG.md",
        "CITATION.cff",
        "LICENSE",
        "LICENSE-DATA",
        "pyproject.toml",
        ".gitignore",
    }
    assert (
        found
        == {f"src/{name}" for name in modules()}
        | PUBLISHED
        | {"build/README.md", "docs/datasheet.template.md"}
        | {"schema-org.jsonld", "croissant.json", "datacite.json", "ro-crate-metadata.json"}
        | data
        | top
    )


def test_no_distribution_carries_the_article(distributions: Distributions) -> None:
    """Catches the article's text under any name: no file holds two whole sentences of it in a row."""
    article = (ROOT / "seeds/has-russia-lost-azerbaijan.txt").read_text("utf-8")
    runs = [paragraph.encode() for paragraph in article.splitlines() if paragraph.count(". ") >= 1]
    assert len(runs) > 8
    with zipfile.ZipFile(distributions.wheel) as wheel:
        contents = {name: wheel.read(name) for name in wheel.namelist()}
    with tarfile.open(distributions.sdist) as sdist:
        for member in sdist.getmembers():
            file = sdist.extractfile(member)
            contents[member.name] = file.read() if file else b""
    assert [name for name, content in contents.items() if any(run in content for run in runs)] == []


def test_distributions_are_byte_reproducible(distributions: Distributions, tmp_path: Path) -> None:
    """Built again, from the source distribution in another directory, they are the same bytes."""
    with tarfile.open(distributions.sdist) as sdist:
        sdist.extractall(tmp_path, filter="data")
    source = next(path for path in tmp_path.iterdir() if path.is_dir())
    again = tmp_path / "again"
    wheel, sdist_again = build_distributions(again, source)
    assert wheel.read_bytes() == distributions.wheel.read_bytes()
    assert sdist_again.read_bytes() == distributions.sdist.read_bytes()


@pytest.mark.weekly
def test_frictionless_calls_the_unpacked_wheel_valid(distributions: Distributions) -> None:
    """As anybody runs it, without extras: the Parquet files have a descriptor of their own."""
    published = distributions.installed / "bakumoscow/published"
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    result = subprocess.run(command, cwd=published, capture_output=True, text=True)
    report = json.loads(result.stdout)
    assert report["valid"], report
    assert [task["name"] for task in report["tasks"]] == LISTED


def test_installed_wheel_answers(distributions: Distributions, tmp_path: Path) -> None:
    """A first user's session outside the repository, without the article."""
    program = (
        "import bakumoscow as b; print(b.__file__); print(b.load('events'));"
        "print(b.evidence('casualties', 'aktau-crash-deaths')['quoted_text'].tolist())"
    )
    result = distributions.run(sys.executable, "-c", program, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert str(distributions.installed) in result.stdout
    assert "killing 38 people" in result.stdout


def test_installed_command_answers(distributions: Distributions, tmp_path: Path) -> None:
    result = distributions.run(
        sys.executable, "-m", "bakumoscow", "evidence", "casualties", "aktau-crash-deaths", cwd=tmp_path
    )
    assert result.returncode == 0, result.stderr
    assert "[killing 38 people]" in result.stdout
    assert "The plane crashed" not in result.stdout


def test_build_without_the_article_names_it(distributions: Distributions, tmp_path: Path) -> None:
    """The source distribution has no seeds/; the build names the missing file and its SHA-256."""
    with tarfile.open(distributions.sdist) as sdist:
        sdist.extractall(tmp_path, filter="data")
    source = next(path for path in tmp_path.iterdir() if path.is_dir())
    result = distributions.run(sys.executable, "-m", "bakumoscow", "build", ".", cwd=source)
    assert result.returncode == 1
    lines = result.stderr.splitlines()
    assert len(lines) == 3, lines
    assert "seeds/has-russia-lost-azerbaijan.txt with the SHA-256 eaac0316" in lines[0]
    assert "were not checked" in lines[1]


@pytest.mark.weekly  # CI runs all of them there
def test_the_source_distribution_tests_itself(distributions: Distributions, tmp_path: Path) -> None:
    """Catches a test that needs a file which is not there: the article of seeds/, say. CI runs all of them."""
    with tarfile.open(distributions.sdist) as sdist:
        sdist.extractall(tmp_path, filter="data")
    source = next(path for path in tmp_path.iterdir() if path.is_dir())
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests/test_article.py",
        "tests/test_cases.py",
    ]
    result = distributions.run(*command, "-k", "article-missing or count-order", cwd=source)
    assert result.returncode == 0, result.stdout


def test_an_archive_says_that_it_cannot_be_read(distributions: Distributions, tmp_path: Path) -> None:
    """Catches a traceback, or the tables of another place, where a wheel is imported without being installed."""
    program = (
        f"import sys; sys.path.insert(0, {str(distributions.wheel)!r}); import bakumoscow as b\n"
        "print(b.__version__)\n"
        "try:\n    b.load('events')\nexcept b.IntegrityError as error:\n    print(error)\n"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "is in an archive, from which no table can be read; install bakumoscow with pip." in result.stdout


@pytest.mark.parametrize("has_tables", [True, False])
def test_a_copy_without_metadata_knows_its_version(
    has_tables: bool, distributions: Distributions, tmp_path: Path
) -> None:
    """Catches an error of importlib.metadata where an attribute is asked for: `hasattr` must get an answer."""
    copy = Path(shutil.copytree(distributions.installed / "bakumoscow", tmp_path / "lib/bakumoscow"))
    if not has_tables:
        (copy / "published/datapackage.json").unlink()
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'lib')!r})\n"
        "import importlib.metadata as m\n"
        "def lost(name): raise m.PackageNotFoundError(name)\n"
        "m.version = lost\n"
        "import bakumoscow; print(getattr(bakumoscow, '__version__', 'unknown'))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path)
    expected = "unknown" if not has_tables else json.loads((ROOT / "datapackage.json").read_text("utf-8"))["version"]
    assert result.stdout.strip() == expected, result.stderr


def test_typed_marker_is_shipped(distributions: Distributions) -> None:
    assert (distributions.installed / "bakumoscow/py.typed").is_file()


@pytest.mark.parametrize("name", ["build", "schemas", "data", "seeds"])
def test_no_python_in_the_data_folders(name: str) -> None:
    assert list((ROOT / name).rglob("*.py")) == []
