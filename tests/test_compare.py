"""What one voice asserts beside another, against the claims themselves."""

from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from bakumoscow.dataset import Dataset
from bakumoscow.errors import NotFoundError
from bakumoscow.views.comparison import RESULTS
from tests import long_readings

Packages = dict[str, tuple[Dataset, Path]]
PACKAGES = ("repository", "article", "bridge-name", "fishing-talks", "harbor-protest", "more")
DAILY = ("repository", "more")  # the others are tried weekly
each_package = pytest.mark.parametrize(
    "name", [name if name in DAILY else pytest.param(name, marks=pytest.mark.weekly) for name in PACKAGES]
)
UNION, RADIO, REPORTS = (f"herring-quarrel/{actor}" for actor in ("fishermens-union", "radio-vest", "reports"))
KEY = ["table", "row_id", "field", "value", "words"]


def voices(dataset: Dataset) -> list[str]:
    """Everybody who asserts something that the tables do not have already, as `article/actor`."""
    claims = dataset.load("claims").query("claim_rank == 'normal'")
    pairs = claims[["article_id", "asserted_by"]].drop_duplicates()
    return [f"{article}/{actor}" for article, actor in pairs.itertuples(index=False)]


def known(value: Any) -> Any:
    return "" if pd.isna(value) else value


@each_package
def test_every_claim_of_the_voice_is_a_row(packages: Packages, name: str) -> None:
    """Catches a claim that is left out, one of somebody else, and words that belong to another claim."""
    dataset, directory = packages[name]
    claims = list(long_readings.coded(directory, "claims").values())
    for voice in voices(dataset):
        article, actor = voice.split("/")
        found = dataset.compare(voice)
        found = found[~found["result"].isin(["says", "thinks"])]
        columns = ["table", "row_id", "field", "value", "words", "factuality", "sentence", "article_id"]
        expected = sorted(
            tuple(
                claim[part]
                for part in (
                    *("record_table", "record_id", "field", "claimed_value", "quoted_text"),
                    *("factuality", "sentence_number", "article_id"),
                )
            )
            for claim in claims
            if (claim["article_id"], claim["asserted_by"]) == (article, actor) and claim["claim_rank"] != "alias"
        )
        rows = [tuple(str(known(value)) for value in row) for row in found[columns].itertuples(index=False)]
        assert sorted(rows) == expected, voice
        assert list(found["result"].cat.codes) == sorted(found["result"].cat.codes), voice


@pytest.mark.parametrize(
    ("voice", "row", "field", "expected"),
    [
        # result, value and other value, factuality and other factuality
        (UNION, "danish-detention", "count_text", ("differs", "several", "three", "CT+", "CT+")),
        (UNION, "sailors-assault", "count_text", ("differs", "four", "some", "CT+", "CT+")),
        (RADIO, "danish-detention", "count_best", ("differs", "2", "3", "CT+", "CT+")),
        (RADIO, "sailors-detention", "count_high", ("differs", "5", "", "CT+", "CT+")),
        (UNION, "bottle-throw", "place_id", ("alone", "bergen", "", "CT+", "")),
        (UNION, "flare-hit", "place_relation", ("differs", "near", "over", "CT+", "CT+")),
        (UNION, "svala-raid", "date_text", ("denies", "March 3, 1987", "March 3, 1987", "CT-", "CT+")),
        (UNION, "harbor-clash", "", ("denies", "", "", "CT-", "CT+")),
        (UNION, "public-rage-responds-to-svala-raid", "", ("agrees", "", "", "CT+", "CT+")),
        (UNION, "public-rage-responds-to-svala-raid", "other_event_id", ("denies", *["svala-raid"] * 2, "CT-", "CT+")),
        (RADIO, "cook", "nationality", ("undecided", "Faroese", "", "Uu", "")),
        (RADIO, "lawyer-acquittal", "", ("agrees", "", "", "CT+", "CT+")),
        (REPORTS, "boats-moved", "object_text", ("undecided", "boats", "patrol boats", "Uu", "CT+")),
        (REPORTS, "crash-deaths", "count_low", ("alone", "9", "4", "CT-", "CT+")),  # denies what nobody says
    ],
)
def test_of_one_cell(packages: Packages, voice: str, row: str, field: str, expected: tuple[str, ...]) -> None:
    """Catches a difference that is taken for agreement, and the other way round."""
    dataset, _ = packages["more"]
    found = dataset.compare(voice)
    (cell,) = found[(found["row_id"] == row) & (found["field"].fillna("") == field)].to_dict("records")
    columns = ("result", "value", "other_value", "factuality", "other_factuality")
    assert tuple(known(cell[column]) for column in columns) == expected


def test_two_other_voices_are_compared_by_what_they_say(packages: Packages) -> None:
    """Catches the value of the table, which is the article's, in the mouth of another voice."""
    dataset, _ = packages["more"]
    found = dataset.compare(RADIO, "fishermens-union")
    (row,) = found[(found["row_id"] == "danish-detention") & (found["field"] == "count_best")].to_dict("records")
    assert (row["result"], known(row["other_value"]), known(row["other_words"])) == ("alone", "", "")


@each_package
def test_what_is_mutual_is_mutual(packages: Packages, name: str) -> None:
    """Catches two voices that differ, agree or deny in one direction only."""
    dataset, _ = packages[name]
    pairs = [(voice, f"{voice.split('/')[0]}/article") for voice in voices(dataset)]
    claims = dataset.load("claims").query("claim_rank != 'alias'")
    claims = claims.assign(voice=claims["article_id"] + "/" + claims["asserted_by"].astype(object))
    cells = zip(claims["record_table"], claims["record_id"], claims["field"].map(known), strict=True)
    claims["cell"] = list(cells)
    open_cells = set(claims["cell"][claims["factuality"].isin(["Uu", "CTu"])])
    for one, other in [*pairs, (UNION, REPORTS)] if name == "more" else pairs:
        if one == other:
            continue
        by = {who: Counter(claims[who == claims["voice"]]["cell"]) for who in (one, other)}
        results: list[dict[tuple[str, ...], str]] = [{}, {}]
        for found, (first, second) in zip(results, ((one, other), (other, one)), strict=True):
            for row in dataset.compare(first, second).itertuples():
                cell = (str(row.table), str(row.row_id), known(row.field))
                if by[one][cell] == by[other][cell] == 1 and row.result != "undecided":
                    found[cell] = str(row.result)
        undecided = set(results[0].keys() ^ results[1].keys())
        assert undecided <= {cell for cell in by[one] if cell in open_cells}, (one, other)
        assert all(results[0][cell] == results[1][cell] for cell in results[0].keys() & results[1].keys()), (one, other)


@each_package
def test_quotations_and_assessments_of_the_same(packages: Packages, name: str) -> None:
    """Catches a saying of somebody else, one about something else, and one that is left out."""
    dataset, directory = packages[name]
    for voice in voices(dataset):
        article, actor = voice.split("/")
        rows = dataset.compare(voice)
        compared = rows[~rows["result"].isin(["says", "thinks"])]
        about: dict[str, set[str]] = {"event": set(), "actor": set()}
        for table, row_id in compared[["table", "row_id"]].drop_duplicates().itertuples(index=False):
            key = (article,) if table == "articles" else (article, row_id)
            row = long_readings.coded(directory, table)[key]
            about["event"] |= {row.get(column, "") for column in ("event_id", "other_event_id", "about_event_id")}
            about["actor"] |= {row.get(column, "") for column in ("actor_id", "about_actor_id", "about_other_id")}
        for table, who, result in (("quotes", "speaker_id", "says"), ("assessments", "assessor_id", "thinks")):
            expected = {
                key[1]
                for key, row in long_readings.coded(directory, table).items()
                if (key[0], row[who]) == (article, actor)
                and (
                    {row.get(column, "") for column in ("event_id", "about_event_id")} & (about["event"] - {""})
                    or {row.get(column, "") for column in ("about_actor_id", "about_other_id")}
                    & (about["actor"] - {""})
                )
            }
            found = rows[rows["result"] == result]
            assert set(found["row_id"]) == expected, voice
            assert not len(found) or set(found["table"]) == {table}


def test_every_result_occurs(packages: Packages) -> None:
    """Catches a result of the docstring that no comparison ever has."""
    dataset, _ = packages["more"]
    found = {
        result
        for voice in (UNION, RADIO, REPORTS, "herring-quarrel/article", "herring-quarrel/ingrid-dal")
        for result in dataset.compare(voice, "article")["result"]
    }
    assert found == set(RESULTS)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("cook",), "asserts no row or cell"),
        (("police",), "write one of"),
        ((UNION, "nobody"), "there is no voice 'nobody'"),
        ((UNION, "spor-o-seldi/police"), "another article"),
    ],
)
def test_a_voice_that_cannot_be_is_an_error(packages: Packages, arguments: tuple[str, ...], expected: str) -> None:
    """Catches a comparison across articles, and one with nobody."""
    with pytest.raises(NotFoundError) as error:
        packages["more"][0].compare(*arguments)
    assert expected in str(error.value)
