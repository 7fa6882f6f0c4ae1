"""The name and other entries that a package gives in its pyproject.toml or package.toml."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import bakumoscow
from bakumoscow.cli import main
from bakumoscow.pipeline.package import package
from bakumoscow.problem import UsageError

OWN = 'name = "mine"\nversion = "2.0"\n'
TABLE = '[project]\nname = "any"\nversion = "3.1"\n[tool.bakumoscow.package]\nname = "mine"\n'


def write(directory: Path, **files: str) -> Path:
    for name, text in files.items():
        (directory / f"{name}.toml").write_text(text, "utf-8")
    return directory


def test_either_file_names_the_package(tmp_path: Path) -> None:
    assert package(tmp_path) == {"name": "unnamed", "version": "0"}
    assert package(write(tmp_path, pyproject=TABLE)) == {"name": "mine", "version": "3.1"}
    write(tmp_path, pyproject='[project]\nname = "any"\nversion = "3.1"\n')
    assert package(tmp_path) == {"name": "unnamed", "version": "0"}, "a project is not a package of data"
    assert package(write(tmp_path, package=OWN)) == {"name": "mine", "version": "2.0"}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"package": OWN, "pyproject": TABLE}, "both name the package"),
        ({"package": 'name = "mine"\ntitel = "x"\n'}, r"package\.toml: a package has no 'titel'; the nearest is title"),
        (
            {"pyproject": TABLE + 'versoin = "1"\n'},
            r"pyproject\.toml: a package has no 'versoin'; the nearest is version",
        ),
        ({"pyproject": TABLE + 'version = "1"\n'}, r"already given in \[project\]"),
        ({"package": "name = 3\n"}, "name of the package must be lower-case letters"),
        ({"package": 'name = "My Data"\n'}, "name of the package must be lower-case"),
        ({"package": OWN + 'keywords = "a"\n'}, "keywords of the package must be a list of texts"),
        ({"package": OWN + 'licenses = [{ name = "MIT" }]\n'}, "licenses of the package must be a list of tables"),
        ({"package": OWN + 'released = "soon"\n'}, "released of the package must be a day in quotation marks"),
        ({"package": OWN + 'released = "2026-02-30"\n'}, "released of the package must be a day"),
        ({"package": OWN + 'released = "20260227"\n'}, "released of the package must be a day"),
        ({"package": OWN + "released = 2026-02-27\n"}, 'must be a day in quotation marks, such as "2026-11-27"'),
        (
            {"package": OWN + 'homepage = "example.org"\n'},
            "homepage of the package must be a text that begins with https",
        ),
        ({"package": OWN + 'homepage = "https://a b"\n'}, "homepage of the package must be a text that begins"),
        ({"package": 'name = "mine\\n"\n'}, "name of the package must be lower-case"),
        ({"package": "name = \n"}, r"package\.toml is not TOML"),
        ({"pyproject": "[tool.bakumoscow]\npackage = 3\n"}, "must be a table"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else None,
)
def test_bad_entries_are_refused(files: dict[str, str], said: str, tmp_path: Path) -> None:
    """Catches a misspelt key that is ignored, and a name that many tools refuse."""
    with pytest.raises(UsageError, match=said):
        package(write(tmp_path, **files))


def test_nothing_of_this_package_is_in_another(package: Path) -> None:
    """Catches a name, an example or a licence of ours in what `build` writes for somebody else."""
    write(package, package='name = "mine"\n')
    result = CliRunner().invoke(main, ["build", str(package)])
    assert result.exit_code == 0, result.output
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    assert (descriptor["name"], descriptor["version"]) == ("mine", "0")
    assert not {"title", "licenses", "contributors", "keywords", "homepage", "bakumoscow:released"} & descriptor.keys()
    assert repr(bakumoscow.open(package)).startswith("<Dataset mine 0 in ")
    others = [package / name for name in ("datapackage.json", "datapackage-parquet.json", "CODEBOOK.md")]
    for path in [*others, *(package / "schemas").glob("*.json")]:
        text = path.read_text("utf-8")
        assert not [word for word in ("azerbaijan", "Azerbaijan", "yekaterinburg", "kremlin", "aktau") if word in text]


def test_day_and_address_reach_citations(package: Path) -> None:
    """Catches an entry that the descriptor loses, so that no citation has a year."""
    write(package, package=OWN + 'released = "2024-02-29"\nhomepage = "https://example.org/mine"\n')
    result = CliRunner().invoke(main, ["build", str(package)])
    assert result.exit_code == 0, result.output
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    assert (descriptor["bakumoscow:released"], descriptor["homepage"]) == ("2024-02-29", "https://example.org/mine")
    said = bakumoscow.open(package).cite(style="apa")
    assert said == "mine (Version 2.0) [Data set]. (2024). https://example.org/mine"


def test_build_reports_an_unnamed_package(package: Path) -> None:
    (package / "package.toml").unlink()
    result = CliRunner().invoke(main, ["build", str(package)])
    assert "the package has no name: add one to package.toml" in result.output
    assert bakumoscow.open(package).name == "unnamed"
