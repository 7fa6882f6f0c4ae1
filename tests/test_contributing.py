"""The pages for contributors are right: what they quote is what the commands print and what is in `data/`.

The links of the README are checked here, too.
"""

import math
import re
import shutil
import textwrap
import tomllib
from pathlib import Path

import pytest

from bakumoscow.formats.dataset_card import FRONT_MATTER
from bakumoscow.model.tables import TABLES
from tests.conftest import ROOT, copy_package

CELL, ARTICLE, CODE = "CONTRIBUTING.md", "docs/add-an-article.md", "docs/change-the-code.md"
COLUMNS, DATASHEET = "docs/compare-columns.md", "docs/datasheet.md"
ALL = ("README.md", "docs/README.md", "docs/releasing.md", CELL, ARTICLE, CODE, COLUMNS, DATASHEET)
PAGES = {name: (ROOT / name).read_text("utf-8") for name in ALL}
FENCED = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
QUOTED = {CELL: {"text"}, ARTICLE: {"csv", "text", "toml", "yaml"}, CODE: set[str]()}  # what the tests below look at
TWO_SCREENS, WIDTH = 85, 100  # lines, and the characters of a line
FIRST = "has-russia-lost-azerbaijan"
SLIPS = [
    ("casualties", "38,38,38,38", "38,38,40,38"),
    ("claims", "27,near Aktau,", "27,near Aktua,"),
]
RETIRED = [("retired", "note\n", f"note\n{FIRST},events,crash-funerals,Renamed to funerals.\n")]


def quoted(page: str, language: str) -> list[str]:
    """The fenced blocks of a page in a language, in their order."""
    return [textwrap.dedent(block) for _, found, block in FENCED.findall(PAGES[page]) if found == language]


@pytest.mark.parametrize("page", QUOTED)
def test_nothing_else_is_quoted(page: str) -> None:
    """Catches a block that no test here reads."""
    assert {language for _, language, _ in FENCED.findall(PAGES[page])} == QUOTED[page]


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    """A link names a file, seen from the page's folder, and a place within a page is one of its headings."""
    links = re.findall(r"\]\(([^)#]*)#?([^)]*)\)", PAGES[page])
    assert links
    for target, heading in links:
        if target.startswith("https://"):
            continue
        file = (ROOT / page).parent / target if target else ROOT / page
        assert file.exists(), target
        if heading:
            assert heading in places(file.read_text("utf-8")), f"{target}#{heading}"


def places(page: str) -> set[str]:
    """The anchors of the headings of a page."""
    titles = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}


def test_a_cell_is_corrected_on_two_screens() -> None:
    """Catches the page growing again: what few correctors need belongs on the page about articles."""
    assert sum(math.ceil(len(line) / WIDTH) or 1 for line in PAGES[CELL].splitlines()) <= TWO_SCREENS


def findings_after(package: Path, slips: list[tuple[str, str, str]], command: str) -> str:
    """What a command prints about a package after slips in tables, each in a text that occurs there once."""
    from click.testing import CliRunner

    from bakumoscow.cli import main

    for name, old, new in slips:
        path = package / f"data/{name}.csv"
        text = path.read_text("utf-8")
        assert text.count(old) == 1, old
        path.write_text(text.replace(old, new), "utf-8", newline="\n")
    return CliRunner(env={"GITHUB_ACTIONS": None}).invoke(main, [command, str(package)]).output


@pytest.mark.parametrize("command", ["build", "validate"])
def test_output_after_slips(command: str, tmp_path: Path) -> None:
    """Every output that the pages quote is the one that the command prints today."""
    clone = copy_package(tmp_path / "clone")
    retired = Path(shutil.copytree(clone, tmp_path / "retired"))
    assert quoted(CELL, "text") == [findings_after(clone, SLIPS, command)]
    assert quoted(ARTICLE, "text") == [findings_after(retired, RETIRED, command)]


def test_rows() -> None:
    """The rows shown are in data/ as they are shown, and the sentence worked through has every claim on it."""
    shown = [block.splitlines() for block in quoted(ARTICLE, "csv")]
    tables = [path.read_text("utf-8").splitlines() for path in (ROOT / "data").glob("*.csv")]
    of_header = {lines[0]: lines for lines in tables}
    assert shown
    for header, *rows in shown:
        assert rows
        assert not set(rows) - set(of_header[header]), "data/ has changed: correct the rows shown"
    claims = next(lines for lines in tables if lines[0].startswith("article_id,claim_id,"))
    on_sentence = [line for line in claims if line.startswith(f"{FIRST},") and ",27," in line]
    assert [claims[0], *on_sentence] in shown


def test_package_file(tmp_path: Path) -> None:
    """The package.toml shown is one that a build accepts, entry by entry."""
    from bakumoscow.pipeline.package import KEYS, package

    (block,) = quoted(ARTICLE, "toml")
    (tmp_path / "package.toml").write_text(block, "utf-8")
    assert package(tmp_path) == tomllib.loads(block)
    assert package(tmp_path).keys() == KEYS.keys()


def test_front_matter() -> None:
    """The lines that a README begins with are those that a build fills with a card."""
    (block,) = quoted(ARTICLE, "yaml")
    assert FRONT_MATTER.fullmatch(block)


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`((?:[\w.]+/)*[\w]+\.(?:py|toml|md))`", PAGES[CODE]))))
def test_files_named_in_change_the_code(named: str) -> None:
    """Catches a module that was renamed: a path is one from the root or of the source, a bare name occurs there."""
    source = ROOT / "src/bakumoscow"
    assert any(folder.joinpath(named).exists() for folder in (ROOT, source)) or list(source.rglob(named)), named


def test_every_part_of_the_source_is_described() -> None:
    """The two tables of the layout name every folder and every module at the top, and nothing else."""
    source = ROOT / "src/bakumoscow"
    layout = PAGES[CODE].split("## Where things are")[1].split("\n## ")[0]
    first_cells = [line.split("|")[1] for line in layout.splitlines() if line.startswith("| `")]
    folders = {f"{path.name}/" for path in source.iterdir() if (path / "__init__.py").exists()}
    modules = {path.name for path in source.glob("*.py") if not path.name.startswith("__")}
    assert set(re.findall("`([^`]+)`", " ".join(first_cells))) == folders | modules


def test_columns_compared_with_other_datasets() -> None:
    """Catches a column that is renamed, and one of what happened, to whom and where that the comparison leaves out."""
    named = set(re.findall(r"`(\w+)\.(\w+)`", PAGES[COLUMNS]))
    columns = {(name, column.name) for name, table in TABLES.items() for column in table.columns}
    compared = {name for name, _ in named}
    assert named <= columns
    assert {(name, column) for name, column in columns if name in compared and column != "article_id"} <= named
    assert all(f"`{name}`" in PAGES[COLUMNS] for name in set(TABLES) - compared)
