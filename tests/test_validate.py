"""`validate` and `rules`: the same findings in every form, for people and machines."""

import graphlib
import json
import random
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from click.testing import CliRunner, Result

import bakumoscow.reports
from bakumoscow.cli import main
from bakumoscow.findings import Findings
from bakumoscow.pipeline.anchor import anchor
from bakumoscow.pipeline.check import check_alone
from bakumoscow.pipeline.examine import examine
from bakumoscow.pipeline.locate import Passage, _where_instead
from bakumoscow.pipeline.rawfile import mojibake
from bakumoscow.pipeline.read import Sources
from bakumoscow.pipeline.words import cut_word
from bakumoscow.problem import Problem, problem
from bakumoscow.reports import FORMATS
from bakumoscow.reports.github import MESSAGE, PROPERTY, escaped, step_summary
from bakumoscow.rules import RULES
from bakumoscow.rules.circles import circles
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.counts import counts_of, number_of
from bakumoscow.rules.date_words import date_agrees
from bakumoscow.rules.marks import is_marked, is_open
from tests.conftest import ROOT, copy_article, hashes

SARIF = json.loads((ROOT / "tests/formats/sarif-schema-2.1.0.json").read_text("utf-8"))
JSON = json.loads((Path(bakumoscow.reports.__file__).parent / "validation.schema.json").read_text("utf-8"))


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(
        main,
        list(arguments),
        env={"GITHUB_ACTIONS": "", "GITHUB_STEP_SUMMARY": "", "GITHUB_WORKSPACE": "", **environment},
    )


@pytest.fixture
def spoiled(package: Path) -> Path:
    """A package with two problems in one file and a warning in another."""
    edit(package / "data/casualties.csv", "two,2,2,2", "two,2,4,2")
    edit(package / "data/casualties.csv", "injury,injuring,", "injry,injuring,")
    edit(package / "data/events.csv", '"March 3, 1987",1987-03-03', '"March 3, 1987",1987-03-02')
    return package


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8", newline="\n")


def test_clean_package(package: Path) -> None:
    """The repository's own data may have warnings, which CI judges, but no problems."""
    result = run("validate", str(package))
    assert (result.exit_code, result.output) == (0, "no problems\n")
    assert run("validate", str(ROOT)).exit_code == 0


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
    assert "data does not exist" in result.output


def test_json_fits_its_schema(spoiled: Path) -> None:
    report = json.loads(run("validate", "--format", "json", str(spoiled)).stdout)
    jsonschema.Draft202012Validator(JSON).validate(report)
    assert (report["problems"], report["warnings"]) == (2, 1)
    first = report["findings"][0]
    assert first["file"] == "data/casualties.csv"
    assert (first["line"], first["column"], first["rule"], first["value"]) == (2, "outcome", "level", "injry")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(JSON).validate(report | {"version": 2})


@pytest.mark.parametrize("name", ["spoiled", "clean"])
def test_sarif_fits_the_oasis_schema(name: str, spoiled: Path) -> None:
    package = spoiled if name == "spoiled" else copy_article(spoiled.parent / "clean")
    log = json.loads(run("validate", "--format", "sarif", str(package)).stdout)
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
    place = {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "a/b", "GITHUB_SHA": "c0ffee"}
    result = run("validate", str(spoiled), GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary), **place)
    lines = result.stdout.splitlines()
    assert lines[1] == (
        "::error file=data/casualties.csv,line=3,title=count_best [count-order]::count_best 4 is above count_high 2 "
        "in casualty deckhands-missing. Lower count_best or raise count_high."
    )
    assert lines[2].startswith("::warning file=data/events.csv,line=2,")
    assert result.exit_code == 1
    link = "[count-order](https://github.com/a/b/blob/c0ffee/CODEBOOK.md#count-order)"
    assert f"| data/casualties.csv | 3 | count_best | {link} |" in summary.read_text("utf-8")
    built = run("build", str(spoiled), GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY="").stderr
    assert built == result.stdout, "a build under GitHub Actions annotates, too"


def test_summary_that_cannot_be_written(spoiled: Path, tmp_path: Path) -> None:
    """Catches a traceback, and an exit code that means a problem in the data."""
    result = run("validate", str(spoiled), GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(tmp_path / "no" / "x.md"))
    assert (result.exit_code, type(result.exception)) == (2, SystemExit)
    assert "No such file or directory" in result.output


def test_names_of_files_in_sarif_are_addresses(package: Path) -> None:
    (package / "data/events (1)%.csv").write_text("x")
    log = json.loads(run("validate", "--format", "sarif", str(package)).stdout)
    places = [item["locations"][0]["physicalLocation"]["artifactLocation"] for item in log["runs"][0]["results"]]
    assert places == [{"uri": "data/events%20%281%29%25.csv"}]


@pytest.mark.parametrize("form", ["github", "sarif"])
@pytest.mark.parametrize("place", ["working folder", "repository", "workspace"])
def test_paths_are_those_of_the_repository(
    place: str, form: str, spoiled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catches annotations on files that do not exist: a package need not be the root or the working folder."""
    folder = spoiled.parent.resolve()
    monkeypatch.chdir(folder if place == "working folder" else spoiled / "data")
    if place == "repository":
        (folder / ".git").mkdir()
    workspace = str(folder) if place == "workspace" else ""
    result = run("validate", "--format", form, str(spoiled), GITHUB_WORKSPACE=workspace)
    assert result.exit_code == 1, result.exc_info
    assert f"{spoiled.name}/data/casualties.csv" in result.stdout
    text = run("validate", "--format", "text", str(spoiled)).stdout
    assert text.startswith("data/casualties.csv"), "people are shown paths in the package"


def test_given_format_wins_over_the_environment(spoiled: Path) -> None:
    result = run("validate", "--format", "text", str(spoiled), GITHUB_ACTIONS="true")
    assert result.stdout.startswith("data/casualties.csv:2:outcome [level]")


def test_workflow_commands_are_escaped() -> None:
    """Catches a value that ends a command or begins another one."""
    assert escaped("100%\r\n::error::x", MESSAGE) == "100%25%0D%0A::error::x"
    assert escaped("a:b,c%\n", PROPERTY) == "a%3Ab%2Cc%25%0A"
    item = problem("file-unknown", "data/a,b.csv", "x", line=1, advice="what | <b>\n::error::")
    (line, _) = FORMATS["github"](Findings([item]), None)
    words = "the file is not a table of this package. what | <b>%0A::error::"
    assert line == f"::error file=data/a%2Cb.csv,line=1,title=x [file-unknown]::{words}"
    assert "| what &#124; &#60;b>\\n::error:: |" in step_summary(Findings([item]))


def test_at_most_ten_of_a_rule(package: Path) -> None:
    path = package / "data/claims.csv"
    path.write_text(path.read_text("utf-8").replace(",explicit,", ",explict,"), "utf-8", newline="\n")
    shown = run("validate", str(package)).stdout.splitlines()
    every = run("validate", "--all", str(package)).stdout.splitlines()
    assert sum("[level]" in line and line.startswith("data/claims.csv:") for line in shown) == 10
    more = [line for line in shown if "more of [level]" in line]
    problems = [line for line in every if "[level]" in line]
    assert more == [f"{len(problems) - 10} more of [level]: `bakumoscow validate --all` shows them."]
    assert shown[-1] == every[-1] == f"{len(problems)} problems"


def test_warnings_are_no_problems(package: Path) -> None:
    edit(package / "data/casualties.csv", "two,2,2,2", "two,2,3,3")
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
    """Catches a rule that a message names and that cannot be looked up."""
    result = run("rules", rule)
    assert result.exit_code == 0
    for words in (RULES[rule].demands, RULES[rule].why, RULES[rule].example):
        assert words in result.output
    assert f'\n- <a id="{rule}"></a>**{rule}**' in (ROOT / "CODEBOOK.md").read_text("utf-8")


def test_unknown_rule() -> None:
    result = run("rules", "count-oder")
    assert result.exit_code == 2
    assert "the nearest is count-order" in result.output


@pytest.mark.parametrize(
    ("words", "number"),
    [
        *(("38", 38), ("two", 2), ("Twenty", 20), ("1,200", 1200), ("thirty-eight", 38), ("a dozen", 12)),
        *(("two hundred and five", 205), ("three thousand", 3000), ("hundred", 100), ("one hundred thousand", 100_000)),
        *(("several", None), ("more", None), ("", None), ("and", None), ("12,34", None), ("two men", None)),
        *(
            ("two dozen", 24),
            ("half a dozen", 6),
            ("two three", None),
            ("2.5 million", 2_500_000),
            ("1.25 dozen", None),
        ),
        *(
            ("١٢", 12),
            ("1\u202f200", 1200),
            ("1.200", 1200),
            ("1,00,000", 100_000),
            ("three hundred thousand", 300_000),
        ),
    ],
)
def test_number_words(words: str, number: int | None) -> None:
    assert number_of(words) == number


@pytest.mark.parametrize(
    ("words", "date", "agrees"),
    [
        ("December 25, 2024", "2024-12-25", True),
        ("December 25, 2024", "2024-12-26", False),
        ("December 25, 2024", "2024-11-25", False),
        ("December 25, 2024", "2023-12-25", False),
        ("December 5, 2024", "2024-05-12", False),
        ("June 7", "2025?-07-06", False),
        ("Dec. 25", "2024-11-25", False),
        ("Dec. 25", "2024-12-25", True),
        ("the 3rd of May", "[2024-05-03..]", True),
        ("10 p.m. on May 3, 2024", "2024-05-03", True),
        ("from June 1 to June 3", "2024-06-01/2024-06-03", True),
        ("May 2024", "2024-05", True),
        ("25 декабря", "2024-12-25", True),
        ("June 27", "2025?-06-27", True),
        ("June 27", "[2025?-06-28..]", False),
        ("last year", "2024", True),
    ],
)
def test_dates_and_their_words(words: str, date: str, agrees: bool) -> None:
    assert date_agrees(words, date) == agrees


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        ("two", (2, 2, 2)),
        ("At least 20", (20, None, None)),
        ("several", (2, None, None)),
        ("about 20", (None, 20, None)),
        ("Between 40 and 50", (40, None, 50)),
        ("fifty to forty", None),
        ("at least about 12", None),
        ("most", None),
        ("999 million", (999_000_000,) * 3),
        ("over 999,999,999", None),  # more digits than a number in a table has
        ("2.5 billion", None),
        ("двух", None),
    ],
)
def test_counts_and_their_words(words: str, counts: tuple[int | None, ...] | None) -> None:
    assert counts_of(words) == counts


@pytest.mark.parametrize(
    ("text", "whole", "passages"),
    [
        ("1,200 people", ["1,200", "people", "1,200 people"], ["200", "1"]),
        ("3.5 km.", ["3.5", "km", "km."], ["5 km", "3"]),
        ("the cafe\u0301 owner", ["cafe\u0301", "owner"], ["cafe", "caf"]),
        ("俄罗斯谴责了突袭", ["俄罗斯", "谴责"], []),
        ("men, women", ["men", "women", ", women"], ["me", "omen"]),
    ],
)
def test_passages_of_whole_words(text: str, whole: list[str], passages: list[str]) -> None:
    """Catches half a number, a letter without its accent, and a script without spaces taken for one word."""
    for passage in (*whole, *passages):
        start = text.index(passage)
        assert (cut_word(text, start, start + len(passage)) is None) == (passage in whole), passage


@pytest.mark.parametrize(
    ("text", "quotation", "marked"),
    [
        ("He said “no.”", "no.", True),
        ("He said “no” again.", "no", True),
        ("He said no again.", "no", False),
        ("Il dit «\u00a0non\u00a0».", "non", True),
        ("Er sagte „nein”.", "nein", True),
        ("Er sagte »nein«.", "nein", True),
        ('He said "no".', "no", True),
        ("He said “no, never”.", "never", False),
        ("He said “no, never”.", "no", False),
    ],
)
def test_quotation_marks(text: str, quotation: str, marked: bool) -> None:
    start = text.index(quotation)
    assert is_marked(text, (start, start + len(quotation)), (0, len(text))) == marked


def test_quotation_over_two_sentences() -> None:
    """The end of a sentence stands for the mark that the next sentence has."""
    text = "He said: “It is bad. We will answer.” They left. It is bad."
    first, second, third = (text.index(words) for words in ("It is", "We will", "They"))
    assert is_marked(text, (first, second - 1), (0, second - 1))
    assert is_marked(text, (second, third - 2), (second, third - 1))
    assert not is_marked(text, (third, third + 10), (third, third + 10))


@pytest.mark.parametrize(
    ("text", "mark", "close", "opened"),
    [
        ('a "b', '"', '"', True),
        ('"a" "b', '"', '"', True),
        ('"a" b', '"', '"', False),
        ('"a" "b" c', '"', '"', False),
        ("“a” “b", "“", "”", True),
        ("a” “b", "“", "”", True),
        ("a” “b” c", "“", "”", False),
        ("“a “b” c", "“", "”", False),
        ("no marks", "“", "”", False),
    ],
)
def test_open_quotations(text: str, mark: str, close: str, opened: bool) -> None:
    """Catches a quotation that another one before it seems to close, or to open."""
    assert is_open(text, mark, {mark: {close}}) == opened


@pytest.mark.parametrize(
    ("passage", "sentence", "runs", "where"),
    [
        ("Two men", 1, False, "; it is in sentence 2"),
        ("One man", 3, True, "; it is in sentence 1"),
        ("left. Two men came", 1, False, "; it runs over the sentences 1 to 2"),
        ("left. Two men came. Two", 2, True, "; it begins in sentence 1"),
        (" Two men came", 1, False, ""),  # between two sentences
        ("Two mem", 3, False, "; almost the same is at character 28: 'Two men'"),  # in its own one, not in the second
        ("Nobody", 1, False, ""),
    ],
)
def test_where_a_passage_is_instead(passage: str, sentence: int, runs: bool, where: str) -> None:
    """Catches advice that names another sentence."""
    spans = {1: (0, 13), 2: (14, 27), 3: (28, 41)}
    wanted = Passage(0, "a", sentence, passage, may_run_over=runs, is_text=False, quote=None)
    assert _where_instead(wanted, "One man left. Two men came. Two men left.", spans) == where


def test_only_so_many_near_keys_are_looked_for(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a search for each of a thousand dangling references, and one that is not made at all."""
    edit(package / "data/casualties.csv", "cook-injury,cook-struck", "cook-injury,cook-strukc")
    edit(package / "data/casualties.csv", "deckhands-missing,svala-raid", "deckhands-missing,svala-riad")
    for most, hints in ((1, 1), (2, 2)):
        monkeypatch.setattr("bakumoscow.rules.keys.SUGGESTIONS", most)
        near = [item.values["nearest"] for item in examine(package).findings.items if item.rule.id == "reference"]
        assert len(near) == 2
        assert len([hint for hint in near if hint]) == hints


@pytest.mark.parametrize(
    ("words", "misread"),
    [
        *((text.encode().decode("cp1252", "replace"), True) for text in ("’", "é", "è", "ç", "…", "«", "ş", "ı", "ğ")),
        *(("Рейд".encode().decode("cp1251"), True), ("\ufffd", True)),
        *((text, False) for text in ("’", "Ärger", "«США»", "Баку", "Ağdam, Şəki", "„nein“", "Çıraq", "—")),
    ],
)
def test_mojibake(words: str, misread: bool) -> None:
    assert bool(mojibake("x.csv", f"a,b\n1,x {words} y\n".encode())) == misread


def test_paragraphs_are_runs_of_text(tmp_path: Path, package: Path) -> None:
    """Catches a blank line or a line of spaces that is counted as a paragraph."""
    text = "\nRussia spoke.\n \nIt said so. Twice.\n\n\nEnd.\n"
    sources = Sources(
        tables={
            "articles": pa.table({"article_id": ["a"]}),
            "sentences": pa.table(
                {
                    "article_id": ["a"] * 4,
                    "sentence_number": [1, 2, 3, 4],
                    "opening": ["Russia", "It", "Twice", "End"],
                }
            ),
            "claims": pa.table(
                {
                    **{name: ["a"] for name in ("article_id", "record_table", "record_id", "field")},
                    **{"sentence_number": [1], "quoted_text": ["spoke"], "certainty_text": pa.nulls(1, pa.string())},
                }
            ),
            "quotes": pa.table({name: ["a"] for name in ("article_id", "quote_id", "kind")}),
        },
        articles={"a": text},
    )
    tables, problems = anchor(sources)
    assert problems == []
    assert tables["sentences"]["paragraph"].to_pylist() == [1, 2, 2, 3]


def test_warnings_hide_no_problem(package: Path) -> None:
    """Catches a warning on a row that switches off the rules inside it."""
    path = package / "data/claims.csv"
    claim = "herring-quarrel,crash-deaths-count-low,casualties,crash-deaths,count_low,5,coder,"
    path.write_text(path.read_text("utf-8") + f"{claim}CT+,,explicit,normal,6,at least four,\n", "utf-8", newline="\n")
    tables = examine(package).tables
    last = tables["claims"].num_rows - 1
    for rule, hidden in (("formula-quoted", False), ("passage-missing", True)):
        known = Problem(RULES[rule], "data/claims.csv", "quoted_text", row=last)
        found = {item.rule.id for item in check_alone(Corpus(tables, known=[known]))}
        assert ("claim-voice" in found) != hidden


def test_two_circles_are_told_apart() -> None:
    """Catches a bridge between circles that is called a part of them."""
    edges = {0: ("a", "b"), 1: ("b", "a"), 2: ("b", "c"), 3: ("c", "d"), 4: ("d", "c")}
    assert circles(edges) == [[0, 1], [3, 4]]
    assert circles({2: ("b", "c")}) == []
    assert circles({0: ("a", "b"), 1: ("a", "b"), 2: ("b", "a")}) == [[0, 1, 2]]


@pytest.mark.parametrize("seed", range(50))
def test_no_circle_is_left_and_none_is_invented(seed: int) -> None:
    """Catches a circle that is overlooked, and a chain that is called one."""
    chooser = random.Random(seed)
    edges = {row: (chooser.choice("abcdefg"), chooser.choice("abcdefg")) for row in range(chooser.randrange(2, 14))}
    edges = {row: ends for row, ends in edges.items() if ends[0] != ends[1]}
    found = circles(edges)
    for circle in found:
        assert {edges[row][0] for row in circle} == {edges[row][1] for row in circle}, "each end leads on within it"
    graph: dict[str, set[str]] = {}
    for origin, target in (ends for row, ends in edges.items() if not any(row in circle for circle in found)):
        graph.setdefault(origin, set()).add(target)
    graphlib.TopologicalSorter(graph).prepare()  # raises CycleError if a circle is left


def test_many_wrong_passages_are_answered_at_once(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a search of the whole article for every passage: only so many are looked for."""
    asked = []

    def closest_match(*arguments: object) -> str:
        asked.append(arguments)
        return ""

    monkeypatch.setattr("bakumoscow.pipeline.locate.closest_match", closest_match)
    path = package / "data/claims.csv"
    path.write_text(path.read_text("utf-8").replace(",The ", ",Tha ").replace(",in ", ",im "), "utf-8", newline="\n")
    rows = [line for line in run("validate", "--all", str(package)).stdout.splitlines() if "[passage-missing]" in line]
    monkeypatch.setattr("bakumoscow.pipeline.locate.SUGGESTIONS", 3)
    asked.clear()
    run("validate", str(package))
    assert len(rows) > 10
    assert 3 <= len(asked) <= 6


@pytest.mark.parametrize(
    ("missing", "missed"),
    [("bergen-name", ["cell-claim"]), ("deckhands-name", [])],
    ids=["on a row of another table", "on a row of its table"],
)
def test_a_wrong_key_hides_only_what_it_may_explain(missing: str, missed: list[str], package: Path) -> None:
    """Catches two lines for one mistake, and a second mistake that waits for the first to be mended.

    A claim is on an actor that is not there: it may be the one that another actor misses, and no place does.
    """
    path = package / "data/claims.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if f",{missing}," not in line]
    assert len(kept) == len(lines) - 1
    text = "".join(kept).replace(",crash-dead-name,actors,crash-dead,", ",crash-dead-name,actors,nobody,")
    path.write_text(text, "utf-8", newline="\n")
    assert sorted(item.rule.id for item in examine(package).findings.items) == sorted(["claim-record", *missed])


def test_a_wrong_claim_hides_none_of_its_sentence(package: Path) -> None:
    """Catches a passage or a sentence's number that is wrong and hides what other claims say."""
    path = package / "data/claims.csv"
    text = path.read_text("utf-8")
    other = text.replace(",cook,occupation,cook,", ",cook,occupation,ship’s cook,")
    row = "deckhands-row,actors,deckhands,,,article,CT+,,explicit,preferred,3,"
    for spoiled, rule in ((row[:-2] + "99,", "reference"), (row + "x ", "passage-missing")):
        path.write_text(other.replace(row, spoiled), "utf-8", newline="\n")
        rules = {item.rule.id for item in examine(package).findings.items}
        assert {rule, "claim-contradicts"} <= rules


def test_a_wrong_opening_hides_only_its_neighbours(package: Path) -> None:
    """Catches a sentence that cannot be found and takes the passages of all others with it."""
    path = package / "data/sentences.csv"
    path.write_text(path.read_text("utf-8").replace(",The next,", ",The nexxt,"), "utf-8", newline="\n")
    tables = examine(package).tables
    for name in ("sentences", "claims"):
        lost = tables[name].filter(pc.is_null(tables[name]["char_start"]))
        assert set(lost["sentence_number"].to_pylist()) == {4, 5}


def test_every_template_can_be_filled() -> None:
    """Catches a rule that lacks one of its texts."""
    for rule in RULES.values():
        texts: list[Any] = [rule.demands, rule.why, rule.example, rule.message, rule.remedy]
        assert all(texts), rule.id
        assert rule.severity in ("problem", "warning")
