"""What a researcher asks first, each in a line or two, and the lines of plain pandas that answer wrongly.

Every answer is computed the long way, from the CSV files of data/ or of the build, with plain loops.
"""

import csv
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from bakumoscow import assessments, compare, dyads, load, quotes, reactions, timeline, totals
from bakumoscow import open as open_package
from bakumoscow.errors import LeftOutWarning
from tests import long_way
from tests.conftest import ROOT
from tests.long_way import Row, Tables


def rows(table: str) -> list[Row]:
    """A table as its coders typed it."""
    with (ROOT / f"data/{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def filled() -> Tables:
    """The tables of this repository, filled in the long way."""
    return long_way.in_reading(long_way.read(ROOT), "filled")


def names() -> dict[str, str]:
    return {row["actor_id"]: row["name"] for row in rows("actors")}


def cells(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The rows of a frame, with None for missing."""
    columns = [[None if pd.isna(cell) else cell for cell in frame[name].astype(object)] for name in frame]
    return list(zip(*columns, strict=True))


# Ten tasks


def test_the_timeline() -> None:
    seen = timeline()
    told = {row["event_id"]: position for position, row in enumerate(rows("events"))}
    day = ""
    days = {}
    for row in rows("events"):
        day = row["date_edtf"].strip("[].").replace("?", "") or day
        days[row["event_id"]] = day
    assert list(seen["event_id"]) == sorted(told, key=lambda event: (days[event], told[event]))
    assert cells(seen[["when", "event", "place"]].head(2)) == [
        ("25 Dec 2024", "Passenger plane shot down over Grozny", "over Grozny"),
        ("from 25 Dec 2024", "Outrage in Azerbaijan at the tragedy", "Azerbaijan"),
    ]


def test_killed_and_injured_by_event() -> None:
    seen = totals("casualties", by="event")
    expected = [
        (
            row["event_id"],
            row["outcome"],
            *(int(row[name]) if row[name] else None for name in ("count_low", "count_best")),
        )
        for row in rows("casualties")  # one group an event and outcome
    ]
    assert cells(seen[["event_id", "outcome", "low", "best"]]) == expected
    assert "injury" not in set(seen["outcome"])


@pytest.mark.parametrize("reading", ["coded", "filled"])
def test_killed_and_injured_by_perpetrator(reading: str) -> None:
    seen = totals("casualties", by="perpetrator", reading=reading)
    sums: dict[tuple[str, str], int] = {}
    for row in rows("casualties"):
        perpetrator = row["perpetrator_id"]
        for claim in rows("claims") if reading == "filled" else []:
            if (claim["record_id"], claim["field"]) == (row["casualty_id"], "perpetrator_id"):
                perpetrator = perpetrator or claim["claimed_value"]
        key = (names().get(perpetrator, "(not stated)"), row["outcome"])
        sums[key] = sums.get(key, 0) + int(row["count_low"])
    assert {row[:2]: row[2] for row in cells(seen[["perpetrator", "outcome", "low"]])} == sums
    assert sums == (
        {("(not stated)", "death"): 40, ("(not stated)", "assault"): 2}
        if reading == "coded"
        else {("Russian special forces", "death"): 2, ("(not stated)", "death"): 38, ("(not stated)", "assault"): 2}
    )


def test_who_arrested_whom() -> None:
    seen = dyads().query("kind == 'arrest' and role == 'target'")[["source", "target", "event_id"]]
    arrests = [row["event_id"] for row in rows("events") if row["kind"] == "arrest"]
    expected = []
    for event in arrests:
        parts = [row for row in rows("participants") if row["event_id"] == event]
        sources = [row["actor_id"] for row in parts if row["role"] == "initiator"]
        targets = [row["actor_id"] for row in parts if row["role"] == "target"]
        expected += [(names()[source], names()[target], event) for source in sources for target in targets]
    assert cells(seen) == expected
    assert len(expected) == 5


def test_which_arrest_answers_which() -> None:
    seen = reactions().query("kind == 'arrest' and to_kind == 'arrest'")[["event_id", "other_event_id"]]
    arrests = [row["event_id"] for row in rows("events") if row["kind"] == "arrest"]
    expected = {
        (row["event_id"], row["other_event_id"])
        for row in rows("relations")
        if row["event_id"] in arrests and row["other_event_id"] in arrests
    }
    assert set(cells(seen)) == expected
    assert len(seen) == len(expected) == 2


def test_direct_quotes_of_russian_officials(filled: Tables) -> None:
    with pytest.warns(LeftOutWarning, match="^1 of the quotes is left out"):
        seen = quotes(country="RUS", kind="direct", reading="filled")
    states = {
        row["quote_id"]: long_way.state_of(filled, row["article_id"], row["speaker_id"])[0]
        for row in rows("quotes")
        if row["kind"] == "direct"
    }
    expected = []
    for row in rows("quotes"):
        if states.get(row["quote_id"]) == "RUS":
            [claim] = [one for one in rows("claims") if (one["record_id"], one["field"]) == (row["quote_id"], "text")]
            context = row["context_text"] or None
            expected.append((names()[row["speaker_id"]], row["text"], context, int(claim["sentence_number"])))
    assert cells(seen[["speaker", "text", "context", "sentence"]]) == expected
    assert [row[0] for row in expected] == ["Dmitry Peskov"] * 2
    assert list(states.values()).count("") == 1  # of the presenter no state is known


def test_the_ministry_against_the_article() -> None:
    seen = compare("russian-foreign-ministry")
    of_ministry = [row for row in rows("claims") if row["asserted_by"] == "russian-foreign-ministry"]
    told = {
        (row["record_id"], row["field"]): row["claimed_value"]
        for row in rows("claims")
        if row["asserted_by"] == "article"
    }
    expected = []
    for row in of_ministry:
        other = told.get((row["record_id"], row["field"]))
        result = "alone" if other is None else "agrees" if other == row["claimed_value"] else "differs"
        expected.append((result, row["record_id"], row["field"], row["claimed_value"], row["quoted_text"]))
    columns = ["result", "row_id", "field", "value", "words"]
    assert cells(seen[columns])[: len(expected)] == expected
    spoken = [row for row in rows("quotes") if row["speaker_id"] == "russian-foreign-ministry"]
    assert cells(seen[columns])[len(expected) :] == [
        ("says", row["quote_id"], "text", row["text"], row["text"])
        for row in spoken
        if row["about_actor_id"] in [one[1] for one in expected]
    ]


def test_the_events_filled_in(filled: Tables) -> None:
    seen = load("events", reading="filled").set_index("event_id")["place_id"]
    expected = {}
    for row in rows("events"):
        expected[row["event_id"]] = row["place_id"] or None
        for claim in rows("claims"):
            if (claim["record_id"], claim["field"]) == (row["event_id"], "place_id") and claim["support"] == "inferred":
                expected[row["event_id"]] = claim["claimed_value"]
    assert {event: None if pd.isna(place) else place for event, place in seen.items()} == expected
    assert {row["event_id"]: row["place_id"] or None for row in filled["events"]} == expected
    assert sum(place is not None for place in expected.values()) == load("events")["place_id"].notna().sum() + 4


def test_deaths_in_the_raid_with_its_parts() -> None:
    seen = totals("casualties", by="event", whole=True).query("event_id == 'yekaterinburg-raid'")
    parts = ["yekaterinburg-raid"]
    parts += [row["event_id"] for row in rows("relations") if row["relation"] == "part_of"]
    deaths = sum(int(row["count_best"]) for row in rows("casualties") if row["event_id"] in parts)
    assert cells(seen[["event", "outcome", "best"]]) == [("Police operation in Yekaterinburg", "death", deaths)]
    assert deaths == 2


def test_acts_between_states(filled: Tables) -> None:
    acts = dyads(level="state", reading="filled").dropna(subset=["source_id", "target_id"])
    seen = acts.groupby(["source", "target"])["event_id"].nunique().to_dict()
    expected: dict[tuple[str, str], set[str]] = {}
    for event in filled["events"]:
        parts = [row for row in filled["participants"] if row["event_id"] == event["event_id"]]
        of_roles = [
            {long_way.state_of(filled, row["article_id"], row["actor_id"])[0] for row in parts if row["role"] in roles}
            for roles in (long_way.SOURCES, ("target", "addressee"))  # no victim's perpetrator and state are known
        ]
        for source in of_roles[0] - {""}:
            for target in of_roles[1] - {"", source}:
                expected.setdefault((source, target), set()).add(event["event_id"])
    state = {"RUS": "Russia", "AZE": "Azerbaijan"}
    assert seen == {(state[one], state[other]): len(events) for (one, other), events in expected.items()}
    assert seen == {("Azerbaijan", "Russia"): 4, ("Russia", "Azerbaijan"): 2}


def test_who_thinks_what() -> None:
    seen = assessments("article", kind="question")[["text", "sentence"]]
    asked = [row for row in rows("assessments") if (row["assessor_id"], row["kind"]) == ("article", "question")]
    assert list(seen["text"]) == [row["text"] for row in asked]
    assert len(asked) > 0


# Traps: a line of plain pandas that runs and is wrong, and the call that is not


def test_trap_groups_without_a_key_are_dropped() -> None:
    """`groupby` drops the rows whose perpetrator is missing: 40 deaths become none."""
    deaths = load("casualties").query("outcome == 'death'")
    assert deaths.groupby("perpetrator_id")["count_best"].sum().sum() == 0
    assert totals("casualties", by="perpetrator").query("outcome == 'death'")["best"].sum() == 40


def test_trap_the_sum_of_nothing_is_zero() -> None:
    """`sum` of missing numbers is 0: nobody assaulted, where nobody knows how many."""
    wrong = load("casualties").groupby("outcome", observed=True)["count_best"].sum()
    assert wrong["assault"] == 0
    right = totals("casualties").set_index("outcome")
    assert right["best"].isna()["assault"]
    assert right["low"]["assault"] == 2


def test_trap_numbers_that_the_words_do_not_give() -> None:
    """Who sums count_best counts 2 detained, and who groups by the detainer first 4: the words say at least 8."""
    detentions = load("detentions")
    assert detentions["count_best"].sum() == 2
    assert detentions.groupby("detained_by")["count_low"].sum().sum() == 4
    [total] = cells(totals("detentions")[["low", "best", "numbered"]])
    assert total == (8, None, "1 of 5")
    assert totals("detentions", by="detained_by")["low"].sum() == 8


def test_trap_an_order_that_depends_on_the_rows() -> None:
    """Sorting by day puts events of the same day in whatever order they were, and undated ones last."""
    events = load("events")
    orders = {
        tuple(frame.sort_values("date_earliest", kind="quicksort")["event_id"]) for frame in (events, events[::-1])
    }
    assert len(orders) == 2
    undated = "crash-funerals"
    assert all(order.index(undated) > order.index("arrests-anger") for order in orders)
    told = list(timeline()["event_id"])
    assert told.index(undated) == told.index("aktau-crash") + 1


def test_trap_an_id_is_local_to_its_article(built_package: Path) -> None:
    """Two articles have an actor `police`: joined on the id alone, each part in an event becomes several."""
    package = open_package(built_package)
    parts, actors = package.load("participants"), package.load("actors")
    assert len(parts.merge(actors, on="actor_id")) > len(parts)
    assert len(parts.merge(actors, on=["article_id", "actor_id"])) == len(parts)
    sums = package.totals("participants", by="actor")
    polices = sums.query("actor_id == 'police'")
    assert polices["article_id"].nunique() == 3
