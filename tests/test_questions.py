"""Questions that a researcher asks of the published tables, in plain pandas; each answer is wrong if the data are."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from tests.conftest import ROOT

Tables = dict[str, pd.DataFrame]
SOURCES, TARGETS = ("initiator", "organizer", "speaker"), ("target", "victim", "addressee")


@pytest.fixture
def tables() -> Tables:
    """The tables of this repository's build."""
    return {path.stem: pd.read_parquet(path) for path in sorted((ROOT / "build/parquet").glob("*.parquet"))}


@pytest.fixture
def text() -> str:
    """The article."""
    (path,) = (ROOT / "seeds").glob("*.txt")
    return path.read_bytes().decode()


def ends(tables: Tables) -> pd.DataFrame:
    """For each event, whether it has a source and a target."""
    parts = tables["participants"]
    of = {"source": parts[parts["role"].isin(SOURCES)], "target": parts[parts["role"].isin(TARGETS)]}
    events = tables["events"].set_index("event_id")
    return pd.DataFrame({end: events.index.isin(those["event_id"]) for end, those in of.items()}, events.index)


def events_with_both_ends(tables: Tables) -> tuple[int, int]:
    """How many events have a source and a target, and how many events there are."""
    found = ends(tables)
    return int(found.all(axis=1).sum()), len(found)


def ends_missing_without_a_note(tables: Tables) -> list[str]:
    """Events that lack an end although no note on their row claim says why."""
    claims, found = tables["claims"], ends(tables)
    is_row = (claims["record_table"] == "events") & claims["field"].isna() & (claims["claim_rank"] == "preferred")
    noted = claims[is_row & claims["note"].notna()]["record_id"]
    return list(found.index[~found.all(axis=1) & ~found.index.isin(noted)])


def years_in_the_articles_mouth(tables: Tables) -> list[str]:
    """Claims on an inferred year that are not the coder's, or called certain."""
    claims = tables["claims"]
    guessed = claims[(claims["field"] == "date_edtf") & claims["claimed_value"].str.contains("?", regex=False)]
    assert len(guessed) >= tables["events"]["year_inferred"].sum() > 0
    is_coders = (guessed["asserted_by"] == "coder") & (guessed["factuality"] == "PR+")
    return list(guessed[~(is_coders & (guessed["support"] == "inferred"))]["claim_id"])


def uncertain(tables: Tables) -> pd.DataFrame:
    """Explicit claims that are probable or possible."""
    claims = tables["claims"]
    return claims[(claims["support"] == "explicit") & claims["factuality"].isin(["PR+", "PR-", "PS+", "PS-"])]


def uncertain_without_words(tables: Tables, text: str) -> list[str]:
    """Uncertain claims whose offsets do not give the words that make them so."""
    return [
        claim["claim_id"]
        for claim in uncertain(tables).to_dict("records")
        if pd.isna(claim["certainty_text"])
        or text[claim["certainty_start"] : claim["certainty_end"]] != claim["certainty_text"]
    ]


def deaths(tables: Tables) -> int:
    """The obvious sum."""
    casualties = tables["casualties"]
    return int(casualties[casualties["outcome"] == "death"]["count_best"].sum())


def denied_harm_with_counts(tables: Tables) -> list[str]:
    """Denied harm that a sum would count."""
    casualties = tables["casualties"]
    is_denied = casualties["factuality"].isin(["CT-", "PR-", "PS-"])
    has_counts = casualties[["count_low", "count_best", "count_high"]].notna().any(axis=1)
    return list(casualties[is_denied & has_counts]["casualty_id"])


def test_both_ends_of_events(tables: Tables) -> None:
    """Catches an event that loses its source or target, or gets one that the words do not give."""
    assert events_with_both_ends(tables) == (12, 23)


def test_a_missing_end_has_a_reason(tables: Tables) -> None:
    """Catches an event of which nobody knows whether its target was forgotten."""
    assert ends_missing_without_a_note(tables) == []


def test_inferred_years_are_the_coders(tables: Tables) -> None:
    """Catches a year that the article never prints in the article's mouth."""
    assert years_in_the_articles_mouth(tables) == []


def test_uncertain_claims_have_their_words(tables: Tables, text: str) -> None:
    """Catches a probable or possible claim whose words are missing, or elsewhere than its offsets say."""
    assert len(uncertain(tables)) > 0
    assert uncertain_without_words(tables, text) == []


def test_obvious_sums(tables: Tables) -> None:
    """Catches a death counted twice or not at all, and denied harm that is counted."""
    assert deaths(tables) == 40
    assert denied_harm_with_counts(tables) == []


def test_the_voice_of_a_row_is_that_of_its_claim(tables: Tables) -> None:
    """Catches a filter by voice that finds other rows than the claims would."""
    claims = tables["claims"]
    preferred = claims[(claims["claim_rank"] == "preferred") & claims["field"].isna()]
    for name in (name for name, table in tables.items() if "voice" in table):
        said = preferred[preferred["record_table"] == name].set_index("record_id")["asserted_by"]
        rows = tables[name].set_index(tables[name].columns[1])["voice"]
        assert rows.to_dict() == said.to_dict(), name


def _cut_part(tables: Tables) -> None:
    parts = tables["participants"]
    tables["participants"] = parts[parts["participant_id"] != "raid-condemnation-russia"]


def _set(table: str, chosen: Callable[[pd.DataFrame], "pd.Series[bool]"], **values: Any) -> Callable[[Tables], None]:
    """A slip: other values in the rows chosen."""

    def spoil(tables: Tables) -> None:
        frame = tables[table].astype(object)
        rows = chosen(frame)
        assert rows.any()
        for column, value in values.items():
            frame.loc[rows, column] = value
        tables[table] = frame

    return spoil


def _is(column: str, value: str) -> Callable[[pd.DataFrame], "pd.Series[bool]"]:
    return lambda frame: frame[column] == value


YEAR, WORDS = _is("claim_id", "yekaterinburg-raid-date-edtf"), _is("claim_id", "calm-waters-assessment-row")
SLIPS: list[tuple[Callable[[Tables], None], str]] = [
    (_cut_part, "test_both_ends_of_events"),
    (_cut_part, "test_a_missing_end_has_a_reason"),
    (_set("claims", _is("claim_id", "raid-outrage-row"), note=None), "test_a_missing_end_has_a_reason"),
    (_set("claims", YEAR, asserted_by="article"), "test_inferred_years_are_the_coders"),
    (_set("claims", YEAR, factuality="CT+"), "test_inferred_years_are_the_coders"),
    (_set("claims", YEAR, support="explicit"), "test_inferred_years_are_the_coders"),
    (_set("claims", WORDS, certainty_text=None), "test_uncertain_claims_have_their_words"),
    (_set("claims", WORDS, certainty_start=0), "test_uncertain_claims_have_their_words"),
    (_set("claims", WORDS, certainty_end=9999), "test_uncertain_claims_have_their_words"),
    (_set("casualties", _is("casualty_id", "aktau-crash-deaths"), count_best=37), "test_obvious_sums"),
    (_set("casualties", _is("casualty_id", "detainees-assaulted"), outcome="death", count_best=2), "test_obvious_sums"),
    (_set("casualties", _is("casualty_id", "detainees-assaulted"), factuality="CT-"), "test_obvious_sums"),
    (_set("events", _is("event_id", "aktau-crash"), voice="russia"), "test_the_voice_of_a_row_is_that_of_its_claim"),
]


@pytest.mark.parametrize(("slip", "question"), SLIPS)
def test_wrong_data_give_another_answer(
    slip: Callable[[Tables], None], question: str, tables: Tables, text: str
) -> None:
    """Catches a question that is answered in the same way whatever the data say."""
    slip(tables)
    asked = globals()[question]
    with pytest.raises(AssertionError):
        asked(tables, text) if "words" in question else asked(tables)
