"""Citations: in each style what the package says and nothing else, and CITATION.cff as `cite` writes it."""

import json
import re
import tomllib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from jsonschema import Draft7Validator

import bakumoscow
from bakumoscow.choices import Style
from bakumoscow.formats import citation_styles
from tests.conftest import ROOT
from tests.test_lookup import ARTICLE, rows_of

ROW = f"{ARTICLE}/aktau-crash-deaths"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CFF_SCHEMA = json.loads(
    files("check_jsonschema").joinpath("builtin_schemas/vendor/citation-file-format.json").read_text("utf-8")
)
STYLES: tuple[Style, ...] = get_args(Style)
HARD = {
    "name": "hard",
    "title": r'50% of {Baku} & "Moscow"_#1 \ ~^ <x> | $5: a {',
    "version": "1.0",
    "homepage": "https://example.org/a_b%20c#d",
    "keywords": ["a: b", "#c", "- d", "a: b"],
    "bakumoscow:released": "2024-02-29",
    "contributors": [
        {"title": "Institute for X, Y and Z & Co.", "roles": ["author"]},
        {"title": "A. B. van der Berg", "givenName": "Anna-Lena", "familyName": "van der Berg", "roles": ["creator"]},
        {"title": "An Editor", "roles": ["editor"]},
    ],
    "licenses": [{"name": "Our own", "path": "https://example.org/licence"}],
}


def with_descriptor(package: Path, **entries: Any) -> bakumoscow.Dataset:
    """The package, with these entries of its descriptor instead; None takes an entry away."""
    path = package / "datapackage.json"
    said = json.loads(path.read_text("utf-8")) | entries
    path.write_text(json.dumps({name: value for name, value in said.items() if value is not None}), "utf-8")
    return bakumoscow.open(package)


def bib_fields(entry: str) -> dict[str, str]:
    """The fields of a BibTeX entry, which has one on each line; braces are counted as BibTeX does."""
    first, *lines, last = entry.splitlines()
    assert re.fullmatch(r"@dataset\{[A-Za-z0-9.:/_+-]+,", first)
    assert last == "}"
    found = {}
    for line in lines:
        name, value = line.strip().removesuffix(",").split(" = ", 1)
        depth = 0
        for place, character in enumerate(value):
            depth += {"{": 1, "}": -1}.get(character, 0)
            assert depth > 0 or place == len(value) - 1, line
        assert depth == 0, line
        found[name] = value[1:-1]
    return found


def from_tex(text: str) -> str:
    """What TeX prints for a text."""
    named = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textbar": "|"}
    named |= {"textasciitilde": "~", "textasciicircum": "^", "textless": "<", "textgreater": ">"}
    assert not re.search(r"(?<!\\)[&%$#_~^]", text), text
    return re.sub(r"\\(?:([a-z]+)\{\}|([&%$#_]))", lambda found: named.get(found[1] or "", found[2] or ""), text)


def test_the_citation_file_is_what_cite_writes() -> None:
    """Catches a CITATION.cff that disagrees with the package: write `bakumoscow.cite(style="cff")` into it."""
    assert (ROOT / "CITATION.cff").read_text("utf-8") == bakumoscow.cite(style="cff") + "\n"


def test_the_citation_file_says_version_and_day() -> None:
    """Catches a release whose version or day is not that of pyproject.toml and CHANGELOG.md, or an invalid file."""
    said = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    Draft7Validator(CFF_SCHEMA).validate(said)
    version, released = PROJECT["project"]["version"], PROJECT["tool"]["bakumoscow"]["package"]["released"]
    assert said["cff-version"] == "1.2.0"
    assert (said["version"], said["date-released"], said["type"]) == (version, released, "dataset")
    assert said["authors"] == [{"name": "The bakumoscow contributors"}]
    assert said["license"] == "CC-BY-4.0"
    assert said["keywords"] == PROJECT["tool"]["bakumoscow"]["package"]["keywords"]
    assert f"\n## {version} ({released})\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_styles_are_those_that_an_editor_offers() -> None:
    """Catches a style that the type of the argument does not know."""
    assert set(STYLES) == set(citation_styles.STYLES)


def test_bibtex_of_the_dataset() -> None:
    """Catches a citation without author, year or version, or with another key than its own."""
    package = PROJECT["tool"]["bakumoscow"]["package"]
    version, year = PROJECT["project"]["version"], package["released"][:4]
    entry = bakumoscow.cite()
    assert entry.startswith(f"@dataset{{bakumoscow-{version},\n")
    assert bib_fields(entry) == {
        "author": "{The bakumoscow contributors}",
        "title": f"{{{package['title']}}}",
        "year": year,
        "version": version,
        "howpublished": f"Dataset, version {version}",
    }


def words_of(table: str, key: str, fields: set[str]) -> list[dict[str, str]]:
    """The preferred claims on a row or its cells, from the CSV file; the field of a claim on the row is empty."""
    claims = [row for row in rows_of("claims") if (row["record_table"], row["record_id"]) == (table, key)]
    return [row for row in claims if row["claim_rank"] == "preferred" and row["field"] in fields]


@pytest.mark.parametrize(
    ("table", "key", "field", "fields", "value"),
    [
        ("casualties", "aktau-crash-deaths", "count_best", {"count_text"}, "38"),
        ("casualties", "aktau-crash-deaths", "outcome", {""}, "death"),
        ("casualties", "aktau-crash-deaths", "perpetrator_id", {"perpetrator_id"}, "missing"),
        ("events", "yekaterinburg-raid", "event_date", {"date_text", "date_edtf"}, "2025-06-27"),
        ("events", "yekaterinburg-raid", "year_inferred", {"date_text", "date_edtf"}, "TRUE"),
        ("places", "grozny", "latitude", set(), "43.31195"),
    ],
)
def test_a_cell_is_cited_with_its_words(table: str, key: str, field: str, fields: set[str], value: str) -> None:
    """Catches a cell without its value, words, sentence or voice, or with those of another."""
    note = json.loads(bakumoscow.cite(table, key, field, style="csl"))[0]["note"]
    head = f"Table {table}, row {ARTICLE}/{key}, column {field}: {value}"
    assert note.startswith(head)
    claims = words_of(table, key, fields)
    assert bool(claims) == ("(" in note)
    voices = {row["actor_id"]: row["name"] for row in rows_of("actors")}
    for claim in claims:
        how = "inferred by" if claim["support"] == "inferred" else "according to"
        voice = f"{how} {voices[claim['asserted_by']]}, {claim['factuality']}"
        assert f"“{claim['quoted_text']}”, sentence {claim['sentence_number']}, {voice}" in note
    assert note.count("sentence") == len(claims)


@pytest.mark.parametrize(
    ("arguments", "key", "note"),
    [
        (("casualties",), ":casualties", "Table casualties."),
        (("casualties", None, "count_best"), ":casualties:count_best", "Table casualties, column count_best."),
        (
            ("casualties", "aktau-crash-deaths"),
            f":casualties:{ROW}",
            f"Table casualties, row {ROW} (“killing 38 people”, sentence 27, according to the article, CT+).",
        ),
        (("sentences", 27), f":sentences:{ARTICLE}/27", f"Table sentences, row {ARTICLE}/27."),
        (
            ("sentences", 27, "role"),
            f":sentences:{ARTICLE}/27:role",
            f"Table sentences, row {ARTICLE}/27, column role: coded.",
        ),
        (("articles", ARTICLE), f":articles:{ARTICLE}", f"Table articles, row {ARTICLE}."),
        (
            ("articles", ARTICLE, "length"),
            f":articles:{ARTICLE}:length",
            f"Table articles, row {ARTICLE}, column length: 3857.",
        ),
        (("codes",), ":codes", "Table codes."),
    ],
    ids=["table", "column", "row", "sentence", "sentence-cell", "article", "article-cell", "codes"],
)
def test_key_and_note_of_a_part(arguments: tuple[Any, ...], key: str, note: str) -> None:
    """Catches two parts with one key, and a note that names another part."""
    (item,) = json.loads(bakumoscow.cite(*arguments, style="csl"))
    assert item["id"] == f"bakumoscow-{PROJECT['project']['version']}{key}"
    assert item["note"] == note
    entry = bakumoscow.cite(*arguments)
    assert entry.startswith(f"@dataset{{{item['id']},")
    assert from_tex(bib_fields(entry)["note"]) == note


def test_the_whole_key_is_the_same_as_the_short_one() -> None:
    """Catches an id in the form of a citation that is not understood."""
    assert bakumoscow.cite("casualties", ROW) == bakumoscow.cite("casualties", "aktau-crash-deaths")
    assert bakumoscow.cite("casualties", "aktau-crash-deaths", article_id=ARTICLE) == bakumoscow.cite("casualties", ROW)
    assert f"Table events, article {ARTICLE}." in bakumoscow.cite("events", article_id=ARTICLE, style="apa")
    assert f"Article {ARTICLE}." in bakumoscow.cite(article_id=ARTICLE, style="apa")


def test_a_conclusion_is_cited_as_one() -> None:
    """Catches a conclusion that is cited as if the article said it, and an empty cell that gets a value."""
    cell = ("casualties", "yekaterinburg-arrests-deaths", "perpetrator_id")
    assert "missing." in bakumoscow.cite(*cell)
    assert "missing." in bakumoscow.cite(*cell, reading="stated")
    filled = bakumoscow.cite(*cell, style="apa", reading="filled")
    assert filled.endswith("two men died”, sentence 5, inferred by the coder, PR+).")
    assert "perpetrator_id: russian-special-forces (“" in filled
    assert bakumoscow.cite("casualties", "aktau-crash-deaths", "count_best", reading="filled") == bakumoscow.cite(
        "casualties", "aktau-crash-deaths", "count_best"
    )


def test_apa() -> None:
    """Catches a reference that journals would send back."""
    package, version = PROJECT["tool"]["bakumoscow"]["package"], PROJECT["project"]["version"]
    year, title = package["released"][:4], package["title"]
    start = f"The bakumoscow contributors. ({year}). {title} (Version {version}) [Data set]."
    assert bakumoscow.cite(style="apa") == start
    assert bakumoscow.cite("events", style="apa") == f"{start} Table events."


def test_names_and_marks_that_mean_something_to_a_style(package: Path) -> None:
    """Catches a character that a style takes for its own, and an author who is torn apart."""
    dataset = with_descriptor(package, **HARD)
    fields = bib_fields(dataset.cite())
    assert from_tex(fields["title"][1:-1]) == HARD["title"]
    assert fields["author"] == r"{Institute for X, Y and Z \& Co.} and {van der Berg}, {Anna-Lena}"
    assert (fields["url"], fields["year"]) == (HARD["homepage"], "2024")

    said = yaml.safe_load(dataset.cite(style="cff"))
    Draft7Validator(CFF_SCHEMA).validate(said)
    assert said["title"] == HARD["title"]
    person = {"family-names": "van der Berg", "given-names": "Anna-Lena"}
    assert said["authors"] == [{"name": "Institute for X, Y and Z & Co."}, person]
    assert (said["version"], said["date-released"], said["url"]) == ("1.0", "2024-02-29", HARD["homepage"])
    assert (said.get("license"), said["license-url"]) == (None, "https://example.org/licence")
    assert said["keywords"] == ["a: b", "#c", "- d"]

    record = dataset.cite(style="ris")
    assert record.endswith("\r\nER  - \r\n")
    assert record.count("\n") == record.count("\r\n")
    lines = [line.split("  - ", 1) for line in record.split("\r\n")[:-1]]
    assert lines[0] == ["TY", "DATA"]
    assert all(re.fullmatch("[A-Z][A-Z0-9]", tag) for tag, _ in lines)
    tags = [value for tag, value in lines if tag == "AU"]
    assert tags == ["Institute for X, Y and Z & Co.,", "van der Berg, Anna-Lena"]
    assert {"TI": HARD["title"], "DA": "2024/02/29", "PY": "2024", "ET": "1.0"}.items() <= dict(lines).items()

    (item,) = json.loads(dataset.cite(style="csl"))
    assert item["author"] == [
        {"literal": "Institute for X, Y and Z & Co."},
        {"family": "van der Berg", "given": "Anna-Lena"},
    ]
    assert item["issued"] == {"date-parts": [[2024, 2, 29]]}
    assert item["title"] == HARD["title"]
    apa = f"Institute for X, Y and Z & Co. & van der Berg, A. L. (2024). {HARD['title']} (Version 1.0) [Data set]."
    assert dataset.cite(style="apa") == f"{apa} {HARD['homepage']}"


@pytest.mark.parametrize("style", STYLES)
def test_nothing_is_invented(style: Style, package: Path) -> None:
    """Catches a year, an address, an identifier or a licence that the package does not give."""
    dataset = with_descriptor(package, licenses=None, keywords=None, description=None)
    text = dataset.cite(style=style)
    assert "made-up quarrel over herring" in text
    for invented in ("20", "http", "doi", "DOI", "None", "licen", "{}", "keyword", "KW", "abstract"):
        assert invented not in text.replace("1.2.0", ""), invented
    assert style != "apa" or "(n.d.)" in text
    untitled = with_descriptor(package, title=None)
    assert "herring-quarrel" in untitled.cite(style=style)


def test_without_an_author(package: Path) -> None:
    """Catches an author who is made up, and a CITATION.cff that is not valid."""
    dataset = with_descriptor(package, contributors=None)
    assert "author" not in bib_fields(dataset.cite())
    assert dataset.cite(style="apa") == "A made-up quarrel over herring (Version 1.0.0) [Data set]. (n.d.)."
    with pytest.raises(bakumoscow.NotFoundError, match="needs an author; name one in the contributors"):
        dataset.cite(style="cff")


@pytest.mark.parametrize(
    ("contributors", "authors"),
    [
        ([{"title": "A"}, {"title": "B", "roles": ["editor"]}], ["A"]),
        ([{"title": "A"}, {"title": "B", "role": "author"}], ["B"]),
        ([{"title": "A", "roles": ["editor"]}], []),
        ([{"title": "A"}, {"title": "B"}, {"title": "C"}], ["A", "B", "C"]),
    ],
)
def test_who_is_an_author(contributors: list[dict[str, Any]], authors: list[str], package: Path) -> None:
    """Catches an editor among the authors, and an author who is left out because no role is given."""
    dataset = with_descriptor(package, contributors=contributors)
    assert bib_fields(dataset.cite()).get("author", "") == " and ".join(f"{{{name}}}" for name in authors)
    expected = {0: "A made-up", 1: f"{''.join(authors)}. (", 3: "A, B, & C. ("}[len(authors)]
    assert dataset.cite(style="apa").startswith(expected)


@pytest.mark.parametrize(
    "entries",
    [
        {"contributors": 3},
        {"contributors": ["A"]},
        {"contributors": [{"title": 3}]},
        {"contributors": [{"roles": ["author"]}]},
        {"title": ["A"]},
        {"keywords": [3]},
        {"licenses": ["MIT"]},
        {"licenses": [{"name": 3}]},
        {"bakumoscow:released": "soon"},
        {"bakumoscow:released": 2026},
    ],
    ids=str,
)
def test_a_damaged_descriptor_is_reported(entries: dict[str, Any], package: Path) -> None:
    """Catches a traceback for a descriptor that somebody changed by hand."""
    with pytest.raises(bakumoscow.IntegrityError, match=r"datapackage\.json is damaged; run `bakumoscow build"):
        with_descriptor(package, **entries).cite(style="cff")


@pytest.mark.parametrize("style", STYLES)
def test_a_title_is_one_clean_line(style: Style, package: Path) -> None:
    """Catches a line break or a control character that ends an entry, or that YAML refuses."""
    text = with_descriptor(package, title="A\x07 title\r\nTY  - JOUR\u2028of mine").cite(style=style)
    assert "A title TY - JOUR of mine" in text
    assert "\x07" not in text


@pytest.mark.parametrize("style", STYLES)
def test_each_style_cites_each_package(style: Style, package: Path) -> None:
    """Catches a style that fails for a part, and rows of other articles that have the same key."""
    dataset = bakumoscow.open(package)
    articles = list(dataset.load("articles")["article_id"])
    said = [dataset.cite("actors", f"{article}/police", "name", style=style) for article in articles]
    assert len(set(said)) == len(articles) > 1
    for article, text in zip(articles, said, strict=True):
        assert f"{article}/police" in text


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: bakumoscow.cite(style="bibtx"), "there is no style 'bibtx'; did you mean 'bibtex'?"),
        (lambda: bakumoscow.cite("event"), "there is no table 'event'; did you mean 'events'?"),
        (lambda: bakumoscow.cite("events", "raid"), "there is no row of events 'raid'"),
        (lambda: bakumoscow.cite("events", "aktau-crash", "kid"), "there is no column of events 'kid'"),
        (lambda: bakumoscow.cite("events", "aktau-crash", article_id="x"), "there is no article 'x'"),
        (lambda: bakumoscow.cite("events", article_id="x"), "there is no article 'x'"),
        (lambda: bakumoscow.cite(article_id="x"), "there is no article 'x'"),
        (lambda: bakumoscow.cite(row_id="aktau-crash"), "name the table of the row or column that you cite"),
        (lambda: bakumoscow.cite(field="kind"), "name the table of the row or column that you cite"),
        (lambda: bakumoscow.cite("codes", "173"), "rows of codes have no keys of their own"),
    ],
    ids=[
        "style",
        "table",
        "row",
        "column",
        "article",
        "article-of-table",
        "only-article",
        "only-row",
        "only-column",
        "codes",
    ],
)
def test_what_cannot_be_cited(call: Callable[[], object], said: str) -> None:
    with pytest.raises(bakumoscow.NotFoundError) as caught:
        call()
    assert said in str(caught.value)


def test_a_row_of_several_articles_is_asked_for(package: Path) -> None:
    """Catches a citation that could mean either of two rows."""
    with pytest.raises(
        bakumoscow.NotFoundError, match=r"3 articles have a row police in actors; name one: .*/police, "
    ):
        bakumoscow.open(package).cite("actors", "police")
