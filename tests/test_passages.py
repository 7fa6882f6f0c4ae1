"""The sentences cut into passages and gaps: against the long way, and against the articles themselves."""

import hashlib
import shutil
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

import bakumoscow
from bakumoscow.dataset import Dataset
from bakumoscow.errors import IntegrityError, NotFoundError
from bakumoscow.pipeline.build import build
from tests import long_way
from tests.conftest import ROOT, hashes
from tests.test_packages import PACKAGES
from tests.test_views import plain

FRENCH = "acores-pourparlers"
ALL = ("repository", "article", "emoji", *(path.name for path in PACKAGES))
# In the middle of a quotation of two sentences, which one test makes two lines.
OVER_TWO = ("franchement. Rien", "franchement.\r\n \r\nRien")


def changed(directory: Path, *changes: tuple[str, str]) -> Path:
    """A copy of the package of the French article in which its text, and the openings of sentences, are changed."""
    shutil.copytree(ROOT / "tests/packages/fishing-talks", directory)
    seed = directory / f"seeds/{FRENCH}.txt"
    before = text = seed.read_bytes().decode()
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    seed.write_bytes(text.encode())
    old, new = (hashlib.sha256(each.encode()).hexdigest() for each in (before, text))
    path = directory / "data/articles.csv"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    path = directory / "data/sentences.csv"
    path.write_text(path.read_text("utf-8").replace(",1,Pêche,", f",1,{text.split()[0]},", 1), "utf-8")
    build(directory)
    return directory


@pytest.fixture(scope="module")
def directories(built_package: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Packages with their built tables: five, and one with characters beyond the first plane before all passages."""
    folder = tmp_path_factory.mktemp("passages")
    found = {"repository": ROOT, "article": built_package}
    for package in PACKAGES:
        found[package.name] = Path(shutil.copytree(package, folder / package.name))
        build(found[package.name])
    return found | {"emoji": changed(folder / "emoji", ("Pêche", "🐟👩‍🚒Pêche"))}


def seeds(directory: Path) -> list[Path]:
    return sorted((directory / "seeds").glob("*.txt"))


def texts(directory: Path) -> dict[str, str]:
    """The articles of a package by id."""
    return {path.stem: path.read_bytes().decode() for path in seeds(directory)}


@pytest.mark.parametrize("name", ALL)
def test_pieces_agree_with_the_long_way(directories: dict[str, Path], name: str) -> None:
    """Catches a boundary that is lost, a claim of another piece, and offsets that are no code points."""
    found = plain(Dataset(str(directories[name])).passages())
    assert found == long_way.passages(long_way.read(directories[name]))
    assert any(not row["text"] for row in found)


@pytest.mark.parametrize("name", ALL)
def test_with_the_articles_at_hand(directories: dict[str, Path], name: str) -> None:
    """Catches words that are not those of the article, and a sentence that is not covered from end to end."""
    dataset, articles = Dataset(str(directories[name])), texts(directories[name])
    quoted, whole = dataset.passages(), dataset.passages(text=seeds(directories[name]))
    for row in whole.to_dict("records"):
        assert row["text"] == articles[row["article_id"]][row["char_start"] : row["char_end"]]
        assert len(row["text"]) == row["characters"]
    is_quoted = quoted["claims"] > 0
    pd.testing.assert_series_equal(quoted["text"][is_quoted], whole["text"][is_quoted])
    assert quoted["text"][~is_quoted].isna().all()
    pd.testing.assert_frame_equal(quoted.drop(columns="text"), whole.drop(columns="text"))
    joined = whole.groupby(["article_id", "sentence"], sort=False)["text"].agg("".join)
    spans = dataset.load("sentences")
    assert list(joined) == [
        articles[article][start:end]
        for article, start, end in spans[["article_id", "char_start", "char_end"]].itertuples(index=False)
    ]


def test_a_passage_over_two_lines(tmp_path: Path) -> None:
    """Catches words that shift, because a passage has one space where the article has a break of many characters."""
    directory = changed(tmp_path / "package", OVER_TWO)
    dataset = Dataset(str(directory))
    claims = dataset.load("claims")
    assert (claims["quoted_text"].str.len() < claims["char_end"] - claims["char_start"]).any()
    quoted, whole = dataset.passages(), dataset.passages(text=seeds(directory))
    is_quoted = quoted["claims"] > 0
    assert list(quoted["text"][is_quoted]) == list(whole["text"][is_quoted])


def test_rows_of_some_sentences(built_package: Path) -> None:
    """Catches a sentence of another article, and a list that is taken for one number."""
    dataset = bakumoscow.open(built_package)
    whole = dataset.passages()
    for asked, wanted in (
        (dataset.passages(2), whole["sentence"] == 2),
        (dataset.passages("2"), whole["sentence"] == 2),
        (dataset.passages([3, 2]), whole["sentence"].isin([2, 3])),
        (
            dataset.passages("herring-quarrel/2"),
            (whole["sentence"] == 2) & (whole["article_id"] == "herring-quarrel"),
        ),
        (dataset.passages(article_id="spor-o-seldi"), whole["article_id"] == "spor-o-seldi"),
    ):
        assert wanted.any()
        pd.testing.assert_frame_equal(asked, whole[wanted].reset_index(drop=True))
    with pytest.raises(NotFoundError, match="no row of sentences '99'"):
        dataset.passages(99)
    with pytest.raises(NotFoundError, match="no article 'herring'"):
        dataset.passages(article_id="herring")


def test_an_article_as_a_string(built_package: Path) -> None:
    """The text itself will do, and of several articles one: the gaps of the others stay gaps."""
    dataset, text = bakumoscow.open(built_package), texts(built_package)["spor-o-seldi"]
    found = dataset.passages(text=text)
    of_others = found["article_id"] != "spor-o-seldi"
    assert found["text"][~of_others].notna().all()
    assert found["text"][of_others].isna().any()
    pd.testing.assert_frame_equal(found, dataset.passages(text=built_package / "seeds/spor-o-seldi.txt"))


@pytest.mark.parametrize("kind", ["changed text", "changed file", "no file", "long text"])
def test_a_text_that_is_no_article(kind: str, built_package: Path, tmp_path: Path) -> None:
    """Catches words that offsets would cut at the wrong places, and a traceback."""
    dataset, text = bakumoscow.open(built_package), texts(built_package)["spor-o-seldi"]
    (tmp_path / "changed.txt").write_text(text + " ", "utf-8")
    given, said = {
        "changed text": (text + " ", "is neither a file nor the text of an article"),
        "changed file": (str(tmp_path / "changed.txt"), "no row of articles has its SHA-256"),
        "no file": (str(tmp_path / "none.txt"), "is neither a file nor the text of an article"),
        "long text": ("\0\ud800" * 9999, "is neither a file nor the text of an article"),
    }[kind]
    with pytest.raises(IntegrityError, match=said) as raised:
        dataset.passages(text=given)
    assert len(str(raised.value)) < 1000


def without_rows(directory: str, empty: tuple[str, ...], table: str) -> pd.DataFrame:
    """A table of a package; none of the rows of some tables."""
    frame = Dataset(directory).load(table)
    return frame.iloc[:0] if table in empty else frame


def test_types_do_not_depend_on_values(built_package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches an article without claims, which is all gaps, and a package without sentences."""
    dataset = bakumoscow.open(built_package)
    types = dataset.passages().dtypes
    for empty in (("claims",), ("claims", "sentences")):
        monkeypatch.setattr(dataset, "load", partial(without_rows, dataset.directory, empty))
        found = dataset.passages()
        assert list(found["characters"]) == list(found["char_end"] - found["char_start"])
        assert found["text"].isna().all()
        assert found.empty == ("sentences" in empty)
        pd.testing.assert_series_equal(found.dtypes, types)


def test_columns_fit_a_terminal() -> None:
    found = bakumoscow.passages()
    printed = found.iloc[:, :5].to_string(max_colwidth=24, index=False)
    assert max(map(len, printed.splitlines())) <= 80
    assert list(found.columns)[-1] == "article_id"


def test_nothing_is_written(built_package: Path) -> None:
    before = hashes(built_package)
    bakumoscow.open(built_package).passages(text=seeds(built_package))
    assert hashes(built_package) == before
