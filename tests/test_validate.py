"""`validate` and `rules`: the same findings in every form, for people and machines."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

import bakumoscow.reports
from bakumoscow.checks.meaning import date_agrees, number_of
from bakumoscow.cli import main
from bakumoscow.findings import Findings
from bakumoscow.problems import Problem
from bakumoscow.reports import FORMATS
from bakumoscow.reports.github import MESSAGE, PROPERTY, escaped, step_summary
from bakumoscow.rules import RULES
from tests.conftest import ROOT, hashes

SARIF = json.loads((ROOT / "tests/formats/sarif-schema-2.1.0.json").read_text("utf-8"))
JSON = json.loads((Path(bakumoscow.reports.__file__).parent / "validation.schema.json").read_text("utf-8"))


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(
        main, list(arguments), env={"GITHUB_ACTIONS": "", "GITHUB_STEP_SUMMARY": "", **environment}
    )


@pytest.fixture
def spoiled(package: Path) -> Path:
    """A package with two problems in one file and a warning in another."""
    edit(package / "data/casualties.csv", "38,38,38,38", "38,38,40,38")
    edit(package / "data/casualties.csv", "assault,assaulted,", "assult,assaulted,")
    edit(package / "data/events.csv", '"December 25, 2024",2024-12-25', '"December 25, 2024",2024-12-24')
    return package


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8", newline="\n")


def test_clean_package() -> None:
    result = run("validate", str(ROOT))
    assert (result.exit_code, result.output) == (0, "no problems\n")


def test_validate_writes_nothing(spoiled: Path) -> None:
    before = hashes(spoiled)
    assert run("validate", str(spoiled)).exit_code == 1
    assert hashes(spoiled) == before


def test_validate_finds_what_build_finds(spoiled: Path) -> None:
    """Catches a second set of checks."""
    assert run("validate", str(spoiled)).stdout == run("build", str(spoiled)).stderr


def test_no_package(tmp_path: Path) -> None:
    result = run("validate", str(tmp_path))
    assert result.exit_code == 2
    assert "data is not there" in result.output


def test_json_fits_its_schema(spoiled: Path) -> None:
    report = json.loads(run("validate", "--format", "json", str(spoiled)).stdout)
    jsonschema.Draft202012Validator(JSON).validate(report)
    assert (report["problems"], report["warnings"]) == (2, 1)
    first = report["findings"][0]
    assert first["file"] == "data/casualties.csv"
    assert (first["line"], first["column"], first["rule"], first["value"]) == (3, "outcome", "level", "assult")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(JSON).validate(report | {"version": 2})


@pytest.mark.parametrize("name", ["spoiled", "clean"])
def test_sarif_fits_the_oasis_schema(name: str, spoiled: Path) -> None:
    log = json.loads(run("validate", "--format", "sarif", str(spoiled if name == "spoiled" else ROOT)).stdout)
    validator = jsonschema.Draft7Validator(SARIF)
    validator.validate(log)
    results = log["runs"][0]["results"]
    assert len(results) == (3 if name == "spoiled" else 0)
    assert [result["level"] for result in results] == (["error", "error", "warning"] if name == "spoiled" else [])
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(log | {"version": "2.0.0"})


def test_github_annotations_and_summary(spoiled: Path, tmp_path: Path) -> None:
    """GitHub Actions is recognised by its environment."""
    summary = tmp_path / "summary.md"
    result = run("validate", str(spoiled), GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary))
    lines = result.stdout.splitlines()
    assert lines[1] == (
        "::error file=data/casualties.csv,line=4,title=count_best [count-order]::count_best 40 is above count_high 38 "
        "in casualty aktau-crash-deaths. Lower count_best or raise count_high."
    )
    assert lines[2].startswith("::warning file=data/events.csv,line=18,")
    assert result.exit_code == 1
    assert "| data/casualties.csv | 4 | count_best | [count-order](CODEBOOK.md#count-order) |" in summary.read_text(
        "utf-8"
    )


@pytest.mark.parametrize("form", ["github", "sarif"])
def test_paths_of_a_package_below_the_working_directory(
    spoiled: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catches annotations on files that are not in the repository: its package need not be its root."""
    monkeypatch.chdir(spoiled.parent)
    found = run("validate", "--format", form, spoiled.name).stdout
    assert f"{spoiled.name}/data/casualties.csv" in found
    assert "data/casualties.csv" in run("validate", "--format", "text", spoiled.name).stdout


def test_given_format_wins_over_the_environment(spoiled: Path) -> None:
    result = run("validate", "--format", "text", str(spoiled), GITHUB_ACTIONS="true")
    assert result.stdout.startswith("data/casualties.csv:3:outcome [level]")


def test_workflow_commands_are_escaped() -> None:
    """Catches a value that ends a command or begins another one."""
    assert escaped("100%\r\n::error::x", MESSAGE) == "100%25%0D%0A::error::x"
    assert escaped("a:b,c%\n", PROPERTY) == "a%3Ab%2Cc%25%0A"
    item = Problem("data/a,b.csv", "x", "type", "what | <b>\n::error::", "remedy", line=1)
    (line, _) = FORMATS["github"](Findings([item]), None)
    assert line == "::error file=data/a%2Cb.csv,line=1,title=x [type]::what | <b>%0A::error:: remedy"
    assert "| what &#124; &#60;b>\\n::error:: |" in step_summary(Findings([item]))


def test_at_most_ten_of_a_rule(package: Path) -> None:
    path = package / "data/codes.csv"
    path.write_text(path.read_text("utf-8").replace(",exact,", ",exakt,"), "utf-8", newline="\n")
    shown = run("validate", str(package)).stdout.splitlines()
    every = run("validate", "--all", str(package)).stdout.splitlines()
    assert sum("[level]" in line and line.startswith("data/codes.csv:") for line in shown) == 11
    more = [line for line in shown if "more of [level]" in line]
    assert more == [f"data/codes.csv: {len(every) - 11} more of [level]; --all shows them"]
    assert shown[-1] == every[-1] == f"{len(every) - 1} problems"


def test_warnings_are_no_problems(package: Path) -> None:
    edit(package / "data/casualties.csv", "38,38,38,38", "38,38,83,83")
    assert run("validate", str(package)).exit_code == 0
    assert run("validate", "--strict", str(package)).exit_code == 1
    built = run("build", str(package))
    assert built.exit_code == 0
    assert "[count-value, warning]" in built.stderr


def test_rules_lists_every_rule() -> None:
    lines = run("rules").output.splitlines()
    assert [line.split()[0] for line in lines] == list(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_rule_is_explained_and_has_an_anchor(rule: str) -> None:
    """Catches a rule that a message can name and nobody can look up."""
    result = run("rules", rule)
    assert result.exit_code == 0
    for words in (RULES[rule].demands, RULES[rule].why, RULES[rule].example, f"CODEBOOK.md#{rule}"):
        assert words in result.output
    assert f"\n### {rule}\n" in (ROOT / "CODEBOOK.md").read_text("utf-8")


def test_unknown_rule() -> None:
    result = run("rules", "count-oder")
    assert result.exit_code == 2
    assert "the nearest is count-order" in result.output


@pytest.mark.parametrize(
    ("words", "number"),
    [("38", 38), ("two", 2), ("Twenty", 20), ("1,200", 1200), ("several", None), ("more", None), ("", None)],
)
def test_number_words(words: str, number: int | None) -> None:
    assert number_of(words) == number


@pytest.mark.parametrize(
    ("words", "date", "agrees"),
    [
        ("December 25, 2024", "2024-12-25", True),
        ("December 25, 2024", "2024-12-26", False),
        ("December 25, 2024", "2024-11-25", False),
        ("June 27", "2025?-06-27", True),
        ("June 27", "[2025?-06-28..]", False),
        ("last year", "2024", True),
    ],
)
def test_dates_and_their_words(words: str, date: str, agrees: bool) -> None:
    assert date_agrees(words, date) == agrees


def test_every_template_can_be_filled() -> None:
    """Catches a rule without one of its texts."""
    for rule in RULES.values():
        texts: list[Any] = [rule.demands, rule.why, rule.example, rule.what, rule.remedy]
        assert all(texts), rule.id
        assert rule.severity in ("problem", "warning")
