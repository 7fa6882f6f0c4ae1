"""The explorer's page: what it shows is what the functions answer."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import bakumoscow
from bakumoscow.choices import LEVELS, READINGS, Level, Reading
from bakumoscow.cli import main
from bakumoscow.dataset import Dataset, open_dataset
from bakumoscow.explorer.answers import by_article, readings_alike
from bakumoscow.explorer.chain import chain
from bakumoscow.explorer.how_many import interval
from bakumoscow.explorer.matrix import matrix
from bakumoscow.explorer.page import page
from bakumoscow.pipeline import explorer_page
from bakumoscow.pipeline.build import build
from tests.conftest import IN_SHORT, ROOT

PAGE = ROOT / "build/explorer.html"


class Parts(HTMLParser):
    """The text of the elements that have a class, and the ids of all elements."""

    VOID = ("meta", "link", "input", "path", "line", "circle", "rect", "br")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, list[str]]] = []
        self.found: dict[str, list[str]] = {}
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids += [values["id"] or ""] if "id" in values else []
        classes = (values.get("class") or "").split()
        for name in classes:
            self.found.setdefault(name, []).append("")
        if tag not in self.VOID:
            self.open.append((tag, classes))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # a shape of SVG, which has no words

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for name in {name for _, classes in self.open for name in classes}:
            self.found[name][-1] += data


@pytest.fixture(scope="module")
def parts() -> Parts:
    return Parts(PAGE.read_text("utf-8"))


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_committed_page_is_current() -> None:
    """Catches a change of a view that the page shows; delete build/explorer.html and run `make build`."""
    assert page(Dataset(str(ROOT))) == PAGE.read_text("utf-8")


def test_the_number_is_the_largest_certain_total(parts: Parts) -> None:
    totals = bakumoscow.totals("casualties", by="event", reading="stated")
    largest = totals[totals["uncertain"] == 0].sort_values("best", ascending=False).iloc[0]
    assert words(parts.found["big"][0]).startswith(f"{largest['best']} ")
    assert largest["event"] in words(parts.found["big"][0])


def nodes(roots: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in roots:
        yield node
        yield from nodes(node["leads_to"])


@pytest.mark.parametrize("reading", READINGS)
def test_the_chain_has_every_relation_once(reading: Reading, built_package: Path) -> None:
    """Catches a second cause that is lost, an event that is drawn twice, and a conclusion drawn as stated."""
    for dataset in (Dataset(str(ROOT)), open_dataset(built_package)):
        events = by_article(dataset.timeline(reading=reading))
        for article, rows in by_article(dataset.reactions(reading=reading)).items():
            found = list(nodes(chain(rows, events[article])))
            drawn = [node["event"]["event_id"] for node in found if node["event"]]
            assert len(drawn) == len(set(drawn))
            hows = [how for node in found for how in (node["how"], *(also["how"] for also in node["also"])) if how]
            keys = ("event_id", "relation", "other_event_id", "basis")
            assert {tuple(how[key] for key in keys) for how in hows} == {
                tuple(row[key] for key in keys) for row in rows
            }


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("level", LEVELS)
def test_the_matrix_has_every_act_once(level: Level, reading: Reading, built_package: Path) -> None:
    """Catches an act without a cell, and one in a cell of somebody else."""
    for dataset in (Dataset(str(ROOT)), open_dataset(built_package)):
        for rows in by_article(dataset.dyads(level=level, reading=reading)).values():
            cells = [(line["source"], cell) for line in matrix(rows)["rows"] for cell in line["cells"]]
            assert sum(len(cell["acts"]) for _, cell in cells) == len(rows)
            for source, cell in cells:
                for act in cell["acts"]:
                    assert source == "others" or source.startswith(act["source"])
                    assert cell["target"] == "others" or cell["target"].startswith(act["target"])


def test_the_counts_are_the_totals(parts: Parts) -> None:
    """Catches a bound that is not that of the total, and a total that is not shown."""
    tables = [bakumoscow.totals(table, by="event") for table in ("casualties", "detentions")]
    rows = [row for table in tables for row in by_article(table)["has-russia-lost-azerbaijan"]]
    shown = words(parts.found["counts"][0])
    for row in rows:
        assert f"{interval(row['low'], row['best'], row['high'])}" in shown
        assert row["event"] in shown
    assert len(re.findall("death|assault|detention", shown)) >= len(rows)
    whole = bakumoscow.totals("detentions").iloc[0]
    assert f"at least {whole['low']}; {whole['numbered']} groups numbered" in words(parts.found["total"][0])


def test_the_page_has_each_row_and_claim_once(parts: Parts) -> None:
    """Catches a row or a claim that no part of the page shows, and an id that two elements share."""
    assert len(parts.ids) == len(set(parts.ids))
    claims = bakumoscow.load("claims")
    assert {f"claims/{claim}" for claim in claims["claim_id"]} <= set(parts.ids)
    for table in ("events", "actors", "casualties", "quotes", "assessments", "participants", "relations", "places"):
        frame = bakumoscow.load(table)
        assert [f"{table}/{key}" for key in frame.iloc[:, 1]] == [
            name for name in parts.ids if name.startswith(f"{table}/")
        ]


def test_a_build_keeps_a_page_of_the_same_tables(tmp_path: Path, built_package: Path, package: Path) -> None:
    """Catches a page made anew without need, and one kept though a table, the page itself or its name changed."""
    assert build(package).stale == []
    made = package / "build/explorer.html"
    made.write_text("changed by hand")
    assert build(package).stale == ["build/explorer.html"]
    assert made.read_text() == f"{IN_SHORT}\n"
    (package / "package.toml").write_text((package / "package.toml").read_text().replace('title = "', 'title = "New: '))
    assert "datapackage.json" in build(package).stale


def test_a_package_too_large_for_a_page_has_none(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a page that no browser would open, one of before that stays, and a build that does not say so."""
    monkeypatch.setattr(explorer_page, "MOST_EVENTS", 1)
    run = CliRunner().invoke(main, ["build", str(package)])
    assert "no build/explorer.html: the package has more than 1 events" in run.output
    assert not (package / "build/explorer.html").exists()
    assert build(package, check=True).stale == []
    article = open_dataset(package).load("articles")["article_id"].iloc[0]
    target = str(package / "one.html")
    run = CliRunner().invoke(main, ["explore", str(package), "--article", article, "--output", target])
    assert (run.exit_code, run.output.strip()) == (0, target)


def test_explore_names_the_page(package: Path) -> None:
    run = CliRunner().invoke(main, ["explore", str(package), "--no-open"])
    assert (run.exit_code, run.output.strip()) == (0, str(package / "build/explorer.html"))


def test_explore_refuses_a_page_that_is_not_the_built_one(package: Path) -> None:
    (package / "build/explorer.html").write_text("changed")
    run = CliRunner().invoke(main, ["explore", str(package), "--no-open"])
    assert run.exit_code == 2
    assert "SHA-256" in run.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--output", "."], "is a folder"),
        (["--output", "no/such/page.html"], "there is no folder"),
        (["--article", "nobody"], "there is no article 'nobody'"),
        (["--text", "no-such-file"], "neither a file nor the text"),
    ],
)
def test_explore_says_what_it_cannot_do(arguments: list[str], words: str, package: Path) -> None:
    run = CliRunner().invoke(main, ["explore", str(package), "--no-open", *arguments])
    assert run.exit_code == 2
    assert words in run.output
    assert not [*Path().glob(".*.part")]


def test_explore_writes_the_whole_text_outside_build(package: Path, tmp_path: Path) -> None:
    text = next(iter(sorted((package / "seeds").glob("*.txt"))))
    inside = CliRunner().invoke(
        main, ["explore", str(package), "--text", str(text), "--output", str(package / "build/a.html")]
    )
    assert inside.exit_code == 2
    assert "choose another place" in inside.output
    output = tmp_path / "page.html"
    run = CliRunner().invoke(main, ["explore", str(package), "--text", str(text), "--output", str(output)])
    assert (run.exit_code, run.output.strip()) == (0, str(output))
    assert 'class="unquoted"' in output.read_text("utf-8")
    assert 'class="unquoted"' not in page(open_dataset(package))


def test_voices_that_differ_are_beside_each_other(built_package: Path) -> None:
    """Catches a disagreement that is not shown, and a voice set beside one that says nothing of the matter."""
    dataset = open_dataset(built_package)
    claims = dataset.load("claims")
    explicit = claims[claims["support"] == "explicit"]
    expected = []
    for article, own in explicit.groupby("article_id"):
        for one, other in combinations(sorted(set(own["asserted_by"])), 2):
            rows = dataset.compare(f"{article}/{one}", other)
            differ = rows["result"].isin(["differs", "denies", "undecided"]) & rows["other_factuality"].notna()
            expected += rows[differ]["what"].tolist()
    html = page(dataset)
    shown = " ".join(words(table) for table in Parts(html).found["differ"])
    assert len(expected) > 1
    assert all(what in shown for what in expected)
    assert sum(html.count(f"<small>{result}</small>") for result in ("differs", "denies", "undecided")) == len(expected)


def test_readings_alike_are_drawn_once() -> None:
    assert readings_alike({"stated": 1, "coded": 2, "filled": 1}) == [("stated filled", 1), ("coded", 2)]


def test_the_policy_allows_only_the_pages_own_style_and_script() -> None:
    policy = re.search('Content-Security-Policy" content="([^"]+)"', PAGE.read_text("utf-8"))
    assert policy
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; img-src data:; "
        "base-uri 'none'; form-action 'none'",
        policy[1],
    )
