"""The engine and a second reading of the codebook agree on what is broken, in packages spoiled by seeds.

The engine shows causes and leaves out what may follow from them; `tests/oracle.py` knows nothing of that. So what is
shown must be broken, and what is broken must be shown or be explained by what is shown, as `explanations` says.
`--hypothesis-profile=thorough` spoils more packages.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bakumoscow.model.table import table_file
from bakumoscow.pipeline.examine import examine
from bakumoscow.problem import Problem
from bakumoscow.rules import OF_CELLS, OF_ROWS, OF_SPELLING, RULES
from tests.conftest import EXAMPLES, copy_article
from tests.edits import ARTICLE
from tests.faults import Tables, load, spoil, write
from tests.oracle import KEYS, REFERS, Blame, Place, Spot, read

# How many chunks `make test` tries of packages and of crowds of articles, each spoiled so many times; more if thorough.
PACKAGES, CROWDS = {2: 1}, {1: 1, 24: 1}
SIZES = {"package": 10, "crowd": 10}  # of a chunk
LINKS = {"record_table", "record_id", "field", *(key for keys in KEYS.values() for key in keys)}
LINKS |= {"opening", "file", "sha256", *(column for _, column in REFERS)}
ALONE = {rule.id for rules in (OF_CELLS, OF_ROWS, OF_SPELLING) for rule in rules}  # they look at one row
NAMED = {"event_id": "events", "other_event_id": "events", "sentence_number": "sentences", "quote_id": "quotes"}


def place(item: Problem) -> Place:
    return item.rule.id, item.file, item.line or 1, item.column


def related(spots: set[Spot], tables: Tables) -> set[Spot]:
    """Some rows, and those that they name: record and sentence of a claim, event of other rows, article of a date."""
    found = set(spots)
    for file, line in spots:
        table = Path(file).stem
        if file == table_file(table) and line > 1:
            row = tables[table][line - 2]
            keys = {(target, row[column]) for column, target in NAMED.items() if column in row}
            keys.add((row.get("record_table", ""), row.get("record_id", "")))
            keys |= {("articles", row["article_id"])} if row.get("date_basis") == "dateline" else set()
            found |= {spot for key in keys for spot in find(tables, *key, row["article_id"])}
    return found


def find(tables: Tables, table: str, key: str, article: str) -> Iterator[Spot]:
    """The rows of a key."""
    for line, row in enumerate(tables[table] if table in KEYS else (), start=2):
        if (row[KEYS[table][-1]], row["article_id"]) == (key, article):
            yield table_file(table), line


def explained(blame: Blame, problems: list[Problem], tables: Tables, is_skipped: bool) -> bool:
    """Whether what is broken and not shown may follow from what is shown.

    Always: something in its row; of a sentence, also a sentence of no article. Of a rule that looks at other rows, and
    where the report says that something is left out: something in a row that its row names or that names the same; or
    a key, a reference or a text of the same article, or a row of no article, by which rows are not found; of a rule
    that waits until the article is right, anything in it.
    """
    is_last = is_skipped and any(RULES[rule].is_last for rule, *_ in blame.places)
    rows = {spot[1:3] for spot in blame.places}
    is_skipped = is_skipped and not {spot[0] for spot in blame.places} & ALONE
    rows = related(rows, tables) if is_skipped else rows
    articles = {row["article_id"] for row in tables["articles"]}
    for item in problems:
        spot, is_astray = (item.file, item.line or 1), item.article not in articles
        if rows & (related({spot}, tables) if is_skipped else {spot}):
            return True
        if is_skipped and (item.article == blame.article or is_astray) and (is_last or item.column in LINKS):
            return True
        if is_astray and {item.file} == {file for file, _ in rows} == {table_file("sentences")}:
            return True
    return False


def disagreements(directory: Path, tables: Tables) -> list[str]:
    """Where the engine and the second reading of the codebook disagree about a package with some rows."""
    write(tables, directory)
    findings, blames = examine(directory).findings, read(directory)
    shown = {place(item) for item in findings.items}
    problems = [item for item in findings.items if not item.is_warning]
    broken = {place for blame in blames for place in blame.places}
    sure = [blame for blame in blames if blame.sure]
    said = [f"shown and not broken: {each}" for each in sorted(shown - broken)]
    said += ["nothing is shown"] if sure and not shown else []
    for blame in sure:
        if not blame.places & shown and not explained(blame, problems, tables, bool(findings.skipped)):
            said.append(f"broken and not shown: {sorted(blame.places)}")
    return said


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Tables, list[str]]:
    """A package to be spoiled again and again, its rows and its texts."""
    directory = copy_article(tmp_path_factory.mktemp("oracle") / "package")
    return (
        directory,
        with_exception(load(directory)),
        [path.read_text("utf-8") for path in sorted(directory.glob("seeds/*.txt"))],
    )


def with_exception(tables: Tables) -> Tables:
    """The rows of a package with a warning that is set aside."""
    row = next(row for row in tables["casualties"] if row["casualty_id"] == "deckhands-missing")
    row |= {"count_best": "3", "count_high": "3"}
    names = {
        "article_id": ARTICLE,
        "rule": "count-value",
        "record_table": "casualties",
        "record_id": row["casualty_id"],
    }
    tables["exceptions"].append(names | {"field": "count_best", "words": "", "reason": "Two and the cook."})
    return tables


def chunks(ordinary: dict[int, int]) -> list[tuple[int, int]]:
    """How often to spoil, and the number of a chunk; pytest sets the profile of Hypothesis before it collects."""
    factor = settings().max_examples // EXAMPLES["ordinary"]
    return [(times, chunk) for times, count in ordinary.items() for chunk in range(count * factor)]


def spoiled(package: tuple[Path, Tables, list[str]], seed: int, times: int) -> list[str]:
    """What is disagreed about a package that is spoiled so many times."""
    directory, clean, texts = package
    tables = {table: [dict(row) for row in rows] for table, rows in clean.items()}
    spots = spoil(tables, texts, seed, times)
    return [f"seed {seed}, {times} times, at {spots}: {each}" for each in disagreements(directory, tables)]


def test_a_clean_package_is_clean(package: tuple[Path, Tables, list[str]]) -> None:
    """Catches a reading that blames what is right."""
    directory, clean, _ = package
    assert disagreements(directory, clean) == []
    assert disagreements(directory, load(copy_article(directory.parent / "clean"))) == []
    assert [blame for blame in read(directory) if blame.sure] == []


@pytest.mark.parametrize(("times", "chunk"), chunks(PACKAGES))
def test_what_is_shown_is_what_is_broken(times: int, chunk: int, package: tuple[Path, Tables, list[str]]) -> None:
    """Catches a rule that is not checked, or checked where it does not hold, in a package spoiled once or twice."""
    seeds = range(chunk * SIZES["package"], (chunk + 1) * SIZES["package"])
    assert [each for seed in seeds for each in spoiled(package, seed, times)] == []


@pytest.mark.parametrize(("times", "chunk"), chunks(CROWDS))
def test_each_of_many_articles_is_answered(times: int, chunk: int, tmp_path: Path) -> None:
    """Catches the same in a crowd of articles of which each is spoiled by itself: none may hide another's problems."""
    directory = copy_article(tmp_path / "package")
    clean, text = with_exception(load(directory)), (directory / f"seeds/{ARTICLE}.txt").read_text("utf-8")
    for path in directory.glob("seeds/*.txt"):
        path.unlink()
    crowd: Tables = {table: [] for table in clean}
    for seed in range(chunk * SIZES["crowd"], (chunk + 1) * SIZES["crowd"]):
        name = f"article-{seed}"
        one = {
            table: [row | {"article_id": name} for row in rows if row["article_id"] == ARTICLE]
            for table, rows in clean.items()
        }
        spoil(one, [text], seed + 1_000, times)
        for table, rows in one.items():
            crowd[table] += rows
        (directory / f"seeds/{name}.txt").write_bytes(text.encode())
    assert disagreements(directory, crowd) == []
