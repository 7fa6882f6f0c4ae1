"""Metadata: each file says what the model, the package and the tables say, and nobody's own file is overwritten."""

import hashlib
import json
import re
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml

from bakumoscow.formats.descriptor import PUBLISHED
from bakumoscow.model.tables import TABLES
from bakumoscow.pipeline.build import build
from bakumoscow.pipeline.metadata import PATHS
from bakumoscow.problem import UsageError
from tests.conftest import ROOT, Distributions, copy_article

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ENTRIES = PROJECT["tool"]["bakumoscow"]["package"] | {"version": PROJECT["project"]["version"]}
TYPES = {"sc:Text": str, "sc:Integer": int, "sc:Float": float, "sc:Boolean": bool}
DAY = 'released = "2026-11-27"\n'


def said(path: str) -> dict[str, Any]:
    return dict(json.loads((ROOT / path).read_text("utf-8")))


def front_matter() -> dict[str, Any]:
    """The front matter of the README, as Hugging Face reads it."""
    return dict(yaml.safe_load((ROOT / "README.md").read_text("utf-8").split("---\n")[1]))


def complete(target: Path) -> Path:
    """The test article's package, which says all that metadata need."""
    directory = copy_article(target)
    path = directory / "package.toml"
    path.write_text(DAY + path.read_text("utf-8"), "utf-8", newline="\n")
    return directory


@pytest.mark.parametrize("path", ["croissant.json", "schema-org.jsonld", "ro-crate-metadata.json"])
def test_json_ld_says_what_the_package_says(path: str) -> None:
    """Catches a title, version, day, licence or author that is not the package's, and an address that it lacks."""
    found = said(path)
    entities = {each["@id"]: each for each in found.get("@graph", [])}
    root = entities.get("./", found)

    def only(name: str) -> dict[str, Any]:
        value = root[name][0] if isinstance(root[name], list) else root[name]
        return dict(entities.get(value.get("@id"), value))

    assert (root["name"], root["description"], root["keywords"]) == tuple(
        ENTRIES[name] for name in ("title", "description", "keywords")
    )
    assert (root["version"], root["datePublished"]) == (ENTRIES["version"], ENTRIES["released"])
    assert "url" not in root
    assert only("creator")["name"] == ENTRIES["contributors"][0]["title"]
    assert (only("license")["url"], only("license")["name"]) == tuple(
        ENTRIES["licenses"][0][n] for n in ("path", "title")
    )


def test_croissant_lists_every_column() -> None:
    """Catches a column, key or reference that is lost, and a type that is not that of the Parquet file."""
    found = {each["name"]: each for each in said("croissant.json")["recordSet"]}
    assert set(found) == set(PUBLISHED)
    for name, table in PUBLISHED.items():
        fields = {field["name"]: field for field in found[name]["field"]}
        assert list(fields) == [column.name for column in table.columns]
        assert [key["@id"] for key in found[name]["key"]] == [f"{name}/{column}" for column in table.key]
        references = {
            field: value["references"]["field"]["@id"] for field, value in fields.items() if "references" in value
        }
        assert references == {
            column.name: f"{column.refers}/{TABLES[column.refers].id}"
            for column in table.columns
            if column.refers and column.refers != name
        }
        for row in pq.ParquetFile(ROOT / f"build/parquet/{name}.parquet").read().to_pylist():
            for field, value in row.items():
                kind = fields[field]["dataType"]
                assert value is None or type(value).__name__ == "date" == kind[3:].lower() or type(value) is TYPES[kind]


def test_croissant_has_the_hash_of_each_file() -> None:
    """Catches a file that was written after its description."""
    for file in said("croissant.json")["distribution"]:
        data = (ROOT / file["contentUrl"]).read_bytes()
        assert (file["sha256"], file["contentSize"]) == (hashlib.sha256(data).hexdigest(), f"{len(data)} B")


def test_croissant_has_referenced_tables_first() -> None:
    """Catches an order in which mlcroissant gives columns for records."""
    seen: list[str] = []
    for table in said("croissant.json")["recordSet"]:
        needed = {f["references"]["field"]["@id"].split("/")[0] for f in table["field"] if "references" in f}
        assert needed <= set(seen)
        seen.append(table["name"])


def test_the_crate_lists_files_that_are_beside_it(distributions: Distributions) -> None:
    """Catches an entity without its file, in a clone or in the source distribution, and a wrong size."""
    with tarfile.open(distributions.sdist) as sdist:
        carried = {name.split("/", 1)[1] for name in sdist.getnames() if "/" in name}
    files = [each for each in said("ro-crate-metadata.json")["@graph"] if each["@type"] == "File"]
    assert len(files) > 3 * len(TABLES)
    for file in files:
        data = (ROOT / file["@id"]).read_bytes()
        assert file.get("contentSize", str(len(data))) == str(len(data))
        assert file["@id"] in carried


def test_datacite_names_what_does_not_exist() -> None:
    """Catches a DOI or publisher that is made up, and one that is missing without a word."""
    found = said("datacite.json")
    assert "doi" not in found
    assert found["publisher"] == {"name": ":tba"}
    assert any("no DOI and no publisher yet" in each["description"] for each in found["descriptions"])
    assert (found["version"], found["publicationYear"]) == (ENTRIES["version"], ENTRIES["released"][:4])
    assert found["titles"][0]["title"] == ENTRIES["title"]
    assert found["creators"] == [{"name": ENTRIES["contributors"][0]["title"], "nameType": "Organizational"}]
    assert found["rightsList"][0]["rightsIdentifier"] == ENTRIES["licenses"][0]["name"]


def test_the_card_has_a_configuration_for_each_table() -> None:
    """Catches a table that Hugging Face would not find, and a file that is not there."""
    found = front_matter()
    files = {each["config_name"]: each["data_files"] for each in found["configs"]}
    assert files == {name: f"build/parquet/{name}.parquet" for name in PUBLISHED}
    assert all((ROOT / path).is_file() for path in files.values())
    assert [each["config_name"] for each in found["configs"] if each.get("default")] == ["events"]
    assert (found["pretty_name"], found["license"], found["language"]) == (ENTRIES["title"], "cc-by-4.0", ["en"])


def test_the_long_description_begins_with_the_heading(distributions: Distributions) -> None:
    """Catches the front matter on the page of a package index, and a picture that is not there."""
    with zipfile.ZipFile(distributions.wheel) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        text = wheel.read(name).decode()
    heading, description = text.split("\n\n", 1)
    assert "Description-Content-Type: text/markdown" in heading
    assert description.startswith("# bakumoscow\n")
    picture = re.compile(r"!\[[^]]*\]\(docs/[^)]*\)\n\n")
    assert picture.sub("", (ROOT / "README.md").read_text("utf-8")).endswith(description)


def test_the_datasheet_has_the_numbers_of_the_tables() -> None:
    """Catches a placeholder, a question without an answer, and a number that is not counted."""
    text = (ROOT / "docs/datasheet.md").read_text("utf-8")
    rows = {name: pq.ParquetFile(ROOT / f"build/parquet/{name}.parquet").metadata.num_rows for name in TABLES}
    assert {name: int(count) for name, count in re.findall(r"^\| (\w+) \| .* \| ([\d,]+) \|$", text, re.M)} == rows
    assert f"{sum(rows.values()):,} rows, {rows['claims']:,} of them claims" in " ".join(text.split())
    assert not re.search(r"\$|TODO|TBD|FIXME|Lorem|\[\.\.\.|<!-- (?!Written)", text)
    questions = re.findall(r"^\*\*[^*]+\?\*\*(.*)", text, re.M)
    assert len(questions) > 40
    assert all(len(answer) > 3 or not answer for answer in questions)
    assert f"Version {ENTRIES['version']} is of {ENTRIES['released']}" in " ".join(text.split())


def test_a_datasheet_is_made_of_counted_numbers_only() -> None:
    """Catches a number of rows that is typed into the template and will be wrong after the next article."""
    template = (ROOT / "docs/datasheet.template.md").read_text("utf-8")
    typed = set(re.findall(r"\d+", template))
    # of a journal, a hash, the coding and a standard
    assert typed <= {"12", "64", "256", "2021", "2026", "3166"}, typed


def test_a_package_that_says_too_little_gets_none(package: Path) -> None:
    """Catches an author, day or licence that is made up."""
    assert [path for path in PATHS if (package / path).exists()] == []


def test_metadata_come_and_go_with_what_the_package_says(tmp_path: Path) -> None:
    """Catches a file that stays behind, and a datasheet without a template."""
    package = complete(tmp_path / "package")
    build(package)
    made = [path for path in PATHS if path != "docs/datasheet.md"]
    assert [path for path in PATHS if (package / path).exists()] == made
    assert json.loads((package / "datapackage.json").read_text("utf-8"))["bakumoscow:metadata"] == sorted(made)
    file = package / "package.toml"
    file.write_text(file.read_text("utf-8").replace(DAY, ""), "utf-8", newline="\n")
    assert build(package).gone == sorted(made)
    assert [path for path in PATHS if (package / path).exists()] == []


def test_what_others_wrote_stays(tmp_path: Path) -> None:
    """Catches a CITATION.cff, or a README with other front matter, that the build overwrites or deletes."""
    package = complete(tmp_path / "package")
    own = {"CITATION.cff": "cff-version: 1.2.0\n", "README.md": "---\ntitle: Mine\n---\n\n# Mine\n"}
    for path, text in own.items():
        (package / path).write_text(text, "utf-8", newline="\n")
    for _ in range(2):
        build(package)
        assert {path: (package / path).read_text("utf-8") for path in own} == own


def test_a_template_is_checked(tmp_path: Path) -> None:
    """Catches a traceback for a name that stands for nothing."""
    package = complete(tmp_path / "package")
    (package / "docs").mkdir()
    template = package / "docs/datasheet.template.md"
    for text, message in {
        "${rows}": r"\$\{rows\}, which stands for nothing; it may have title,",
        "5 $ or so": r"has a \$ that begins no name",
    }.items():
        template.write_text(text, "utf-8")
        with pytest.raises(UsageError, match=message):
            build(package)
    template.write_text("# ${title}\n\n${claims} claims, $$1\n", "utf-8")
    build(package)
    assert "# A made-up quarrel over herring\n\n343 claims, $1\n" in (package / "docs/datasheet.md").read_text("utf-8")
