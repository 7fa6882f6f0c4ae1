"""Charts of views: what they draw of which rows, offline, and what they say of a frame that lacks something."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import bakumoscow
from bakumoscow import plot
from bakumoscow.chart_rows import mark_of, rows_of_frame, span
from bakumoscow.dataset import Dataset
from bakumoscow.model.levels import FACTUALITY
from tests.test_import import imported


def marks(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows = rows_of_frame(frame, plot.TIMELINE, "timeline", "timeline()")
    return [mark_of(number, row, *span(rows)) for number, row in enumerate(rows)]


def values(chart: Any, layer: int) -> list[dict[str, Any]]:
    """The rows that a layer of a chart draws."""
    content = chart.to_dict()
    data = content["layer"][layer].get("data") or content["data"]
    return list(data["values"] if "values" in data else content["datasets"][data["name"]])


def charts(dataset: Dataset) -> list[Any]:
    events = dataset.load("events").merge(dataset.load("places").drop(columns="kind"), on=["article_id", "place_id"])
    return [
        plot.timeline(dataset.timeline(reading="filled")),
        plot.timeline(dataset.timeline().head(1)),
        plot.dyads(dataset.dyads()),
        plot.dyads(dataset.dyads(level="state", reading="filled")),
        plot.map(dataset.load("places")),
        plot.map(events),
    ]


def test_charts_are_whole_and_ask_for_nothing(built_package: Path) -> None:
    """Catches a chart that Altair refuses, that takes its data from elsewhere, or that is wider than a page."""
    for dataset in (bakumoscow.open("."), bakumoscow.open(built_package)):
        for chart in charts(dataset):
            content = chart.to_dict()  # validated against the schema of Vega-Lite
            text = json.dumps({key: value for key, value in content.items() if key != "$schema"})
            assert "http" not in text
            assert '"url"' not in text
            assert content["width"] <= plot.WIDTH


def test_open_ends_and_inferred_years() -> None:
    """Catches a bar that ends where the text gives no end, and an inferred year that looks like one that is given."""
    frame = bakumoscow.timeline()
    for mark, row in zip(marks(frame), frame.to_dict("records"), strict=True):
        dated = not (pd.isna(row["date_earliest"]) and pd.isna(row["date_latest"]))
        assert mark["open_to"] == (dated and pd.isna(row["date_latest"]))
        assert ("inferred" in mark["look"]) == (dated and row["when"].endswith("?"))
        assert (mark["shape"] == "none") == (not dated)
    assert {mark["shape"] for mark in marks(frame)} == {"bar", "dot", "none"}
    bars, dots, before, after, events, whens = (values(plot.timeline(frame), layer) for layer in range(6))
    assert [mark["when"] for mark in after] == [mark["when"] for mark in bars if mark["when"].startswith("from")]
    assert (before, len(after) > 0, len(dots) > 0) == ([], True, True)
    assert [mark["event"] for mark in events] == [mark["event"] for mark in whens] == frame["event"].tolist()


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        ("2024-01-01", None, ("bar", "2024-01-01T00:00:00Z", False, True)),
        (None, "2024-01-01", ("bar", "2023-12-17T00:00:00Z", True, False)),
        ("2024-01-01", "2024-12-31", ("bar", "2024-01-01T00:00:00Z", False, False)),
        ("2024-01-05", "2024-01-05", ("dot", "2024-01-05T12:00:00Z", False, False)),
        ("2024-01-05", "2024-01-07", ("dot", "2024-01-06T12:00:00Z", False, False)),
        (None, None, ("none", "2023-12-17T00:00:00Z", False, False)),
    ],
)
def test_marks(earliest: str | None, latest: str | None, expected: tuple[Any, ...]) -> None:
    """Catches a bar too narrow to be seen, or an arrow at an end that is given."""
    days = [(earliest, latest), ("2024-01-01", "2024-12-31")]
    frame = pd.DataFrame(days, columns=["date_earliest", "date_latest"]).apply(pd.to_datetime)
    frame = frame.assign(when="x", event="y", factuality="CT+")
    for dates in (frame, frame.assign(date_earliest=frame["date_earliest"].dt.date)):  # as a database may give them
        mark = marks(dates)[0]
        assert (mark["shape"], mark["from"], mark["open_from"], mark["open_to"]) == expected


def test_every_level_of_factuality_has_a_color() -> None:
    """Catches a denied event that looks like one that happened."""
    frame = bakumoscow.timeline().head(len(FACTUALITY)).assign(factuality=list(FACTUALITY))
    looks = {mark["certainty"] for mark in marks(frame)}
    assert looks == set(plot.COLORS)
    denied = {level for level, mark in zip(FACTUALITY, marks(frame), strict=True) if mark["certainty"] == "denied"}
    assert denied == {level for level in FACTUALITY if level.endswith("-")}


def test_events_are_counted_once_in_a_cell(built_package: Path) -> None:
    """Catches rows that are counted for events, actors of one name that are taken for one, and a basis lost."""
    for frame in (bakumoscow.dyads(), bakumoscow.open(built_package).dyads()):
        twice = pd.concat([frame, frame], ignore_index=True)
        cells = values(plot.dyads(twice), 0)
        assert cells == values(plot.dyads(frame), 0)
        keys = ["source", "source_id", "target", "target_id"]
        groups = frame.groupby(keys, dropna=False, sort=False)
        expected = [len(rows[["article_id", "event_id"]].drop_duplicates()) for _, rows in groups]
        assert [cell["events"] for cell in cells] == expected
        inferred = groups["basis"].apply(lambda basis: (basis.astype(object) == "inferred").all()).tolist()
        assert [cell["basis"] == "inferred" for cell in cells] == inferred
    assert {"Danish citizens [danish-citizens]", "Danish citizens [convicted-danes]"} <= {c["target"] for c in cells}


def test_places_are_counted_and_those_without_coordinates_are_told() -> None:
    chart = plot.map(bakumoscow.load("places"))
    assert chart.to_dict()["title"]["text"] == "1 of 5 rows have no coordinates"
    assert [(value["name"], value["rows"]) for value in values(chart, 0)] == [
        *(("Yekaterinburg", 1), ("Voronezh", 1), ("Grozny", 1), ("Aktau", 1))
    ]


@pytest.mark.parametrize("draw", [plot.timeline, plot.dyads, plot.map])
def test_a_frame_that_lacks_something_is_answered(draw: Any) -> None:
    sources = {"timeline": bakumoscow.timeline(), "dyads": bakumoscow.dyads(), "map": bakumoscow.load("places")}
    needed = {"timeline": plot.TIMELINE, "dyads": plot.DYADS, "map": plot.MAP}
    name = draw.__name__
    with pytest.raises(ValueError, match=f"needs the columns {', '.join(needed[name])}, which the frame does not have"):
        draw(pd.DataFrame({"other": [1]}))
    with pytest.raises(ValueError, match=rf"plot.{name}\(\) needs the column {needed[name][1]}, which"):
        draw(sources[name].drop(columns=needed[name][1]))
    with pytest.raises(ValueError, match="no rows"):
        draw(sources[name].head(0))
    with pytest.raises(TypeError, match="pandas frame"):
        draw([1])


def test_only_a_chart_imports_altair() -> None:
    found = imported("import bakumoscow; bakumoscow.plot.timeline")
    assert {"bakumoscow.plot", "bakumoscow.chart_rows"} <= found
    assert not found & {"altair", "pandas", "pyarrow", "numpy", "bakumoscow.dataset"}
    program = (
        "import sys, bakumoscow; sys.modules['altair'] = None\n"
        "try: bakumoscow.plot.dyads(None)\n"
        "except ModuleNotFoundError as error: print(error)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    told = 'plot.dyads() needs altair, which is not installed; run `pip install "bakumoscow[plot]"`.\n'
    assert (result.stdout, result.stderr) == (told, "")
