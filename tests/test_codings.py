"""The comparison of two codings: the report has all matches and differences; a bad folder gives one sentence."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tools.compare_codings import main

FIRST, STUDY = (Path(__file__).parent.parent / path for path in ("tests/article/data", "docs/studies/double-coding"))


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """Another coding of the test's articles: another id of an event, two other bases, a quotation less."""
    folder = Path(shutil.copytree(FIRST, tmp_path / "second"))
    for path in folder.glob("*.csv"):
        edit(path, ",svala-raid,", ",raid,")
    edit(folder / "relations.csv", ",raid,inferred", ",raid,stated", 1)
    edit(folder / "charges.csv", ",accusation", ",", 1)
    edit(folder / "quotes.csv", (folder / "quotes.csv").read_text("utf-8").splitlines(keepends=True)[-1], "")
    return folder


def edit(path: Path, old: str, new: str, times: int = -1) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new, times), "utf-8", newline="\n")


def compare(*folders: Path) -> tuple[int, list[str]]:
    result = CliRunner().invoke(main, [*map(str, folders)])
    return result.exit_code, result.output.splitlines()


def test_differences_are_counted_and_named(second: Path) -> None:
    """Catches rows that are matched by their ids, and a difference that is left out or invented."""
    _, lines = compare(FIRST, second)
    quotes = len((FIRST / "quotes.csv").read_text("utf-8").splitlines()) - 1
    assert f"| quotes | {quotes} | {quotes - 1} | {quotes - 1} |" in lines
    listed = [line.split(" | ")[1:] for line in lines if line.startswith("| ") and line[2].isdecimal()]
    relation, charge, quote = (cells for cells in listed if not cells[0].startswith("claims "))
    assert relation == ["relations `svala-arrests-part-of-svala-raid`", "basis", "inferred", "stated |"]
    assert charge == ["charges `sailors-smuggling`", "basis", "accusation", "(missing) |"]
    assert (quote[1], quote[3]) == ("(whole row)", "(no such row) |")


def test_figures_of_the_study() -> None:
    """Catches a count, share or kappa other than those in the frozen report, which other code computed."""
    _, lines = compare(STUDY / "first", STUDY / "second")
    assert "| relations | relation | 14 | 11 | 0.786 | 14 | 0.786 | 0.580 |" in lines
    assert "| detentions | factuality | 5 | 5 | 1.000 | 5 | 1.000 | not defined |" in lines


@pytest.mark.parametrize("content", [None, b"", b"article_id,place_id\na,b,c\n", b"article_id,place_id\n\xff,\n"])
def test_what_is_no_coding_is_one_sentence(content: bytes | None, second: Path) -> None:
    """Catches a traceback, or a report on half a coding: no file, an empty one, a row too long, no UTF-8."""
    path = second / "places.csv"
    path.unlink() if content is None else path.write_bytes(content)
    code, (line,) = compare(FIRST, second)
    assert (code, line.split(": ")[:2]) == (1, ["Error", f"{path} cannot be read as a table of a coding"])
