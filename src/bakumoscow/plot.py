"""Charts of the frames of views for notebooks, filtered or not: plain Altair, which holds its data.

>>> from bakumoscow import plot
>>> plot.timeline(bakumoscow.timeline())
>>> plot.dyads(bakumoscow.dyads(level="state"))

A chart holds its data as values and asks for no map tile or other file. Altair itself loads the script that draws it
from a network, unless the notebook draws it: after `altair.renderers.enable("mimetype")` JupyterLab and VS Code do.
"""

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

from bakumoscow.chart_rows import HOLLOW, around, in_order, labelled, mark_of, rows_of_frame, span
from bakumoscow.extras import needed

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

WIDTH = 800  # of a whole chart, in pixels
ROW = 20  # the height of a row, in pixels
LABELS, WORDS = 320, 175  # the room for the labels on the left and the dates on the right
# Certain is dark, denied red, open gray; colors that people with color blindness can tell apart.
COLORS = {
    "certain": "#1b4f8f",
    "probable or possible": "#0f8577",
    "denied": "#c8502d",
    "not committed": "#7f7f7f",
}
WHITE, INK, BLUE = "#ffffff", "#222222", COLORS["certain"]
TIMELINE = ("when", "event", "factuality", "date_earliest", "date_latest")
DYADS = ("source", "target", "basis", "source_id", "target_id", "event_id", "article_id")
MAP = ("name", "latitude", "longitude")


def timeline(frame: "pd.DataFrame") -> "alt.LayerChart":
    """The events of a frame of `timeline`, one row each in the frame's order, with the days that their dates allow.

    A dot is one day, a bar several, and an arrow an end that the date leaves open. Bars and dots are hollow where the
    year is inferred. An event without a date has its words alone. The color says how certain the event is, of the words
    too: what the text denies is red.

    Needs the columns when, event, factuality, date_earliest and date_latest. Raises ValueError if one is missing or
    the frame has no rows, ModuleNotFoundError with the pip line if Altair is not installed.

    >>> plot.timeline(bakumoscow.timeline().query("kind == 'arrest'"))
    """
    alt = _altair("timeline")
    rows = rows_of_frame(frame, TIMELINE, "timeline", "timeline()")
    first, last = span(rows)
    marks = [mark_of(number, row, first, last) for number, row in enumerate(rows)]
    bars, dots = ([mark for mark in marks if mark["shape"] == shape] for shape in ("bar", "dot"))
    y = alt.Y("row:O", axis=None, scale=alt.Scale(domain=list(range(len(rows))), padding=0.3))
    scale = alt.Scale(type="utc", domain=[f"{first}T00:00:00Z", f"{last}T00:00:00Z"], nice=False)
    axis = alt.Axis(
        title="the days that the date allows",
        titleFontWeight="normal",
        grid=True,
        labelOverlap=True,
        tickCount=6,
        orient="top",
    )
    x = alt.X("from:T", scale=scale, axis=axis)
    known = [
        (name + words, color, fill) for name, color in COLORS.items() for words, fill in (("", color), (HOLLOW, WHITE))
    ]
    used = [each for each in known if each[0] in {mark["look"] for mark in marks}]
    legend = alt.Legend(
        title=None, orient="bottom", symbolType="circle", symbolSize=80, labelFontSize=12, labelLimit=300
    )
    scales = [alt.Scale(domain=[each[0] for each in used], range=[each[at] for each in used]) for at in (1, 2)]
    stroke = alt.Stroke("look:N", scale=scales[0], legend=legend)
    fill = alt.Fill("look:N", scale=scales[1], legend=legend)
    tips = _tips("event", "when", "look")

    inks = alt.Scale(domain=list(COLORS), range=[INK, *list(COLORS.values())[1:]])
    ink = alt.Color("certainty:N", scale=inks, legend=None)

    def text(column: str, place: int, align: str, limit: int) -> Any:
        words = alt.Chart(alt.InlineData(values=marks)).mark_text(align=align, limit=limit, fontSize=12)
        return words.encode(y=y, x=alt.value(place), text=f"{column}:N", color=ink, tooltip=_tips(column))

    plotted = WIDTH - LABELS - WORDS
    drawn = {"y": y, "stroke": stroke, "fill": fill, "tooltip": tips}
    layers = [
        alt.Chart(alt.InlineData(values=bars))
        .mark_bar(strokeWidth=1.5, height={"band": 0.5})
        .encode(x=x, x2="to:T", **drawn),
        alt.Chart(alt.InlineData(values=dots)).mark_point(size=70, strokeWidth=1.5, opacity=1).encode(x=x, **drawn),
        *(
            alt.Chart(alt.InlineData(values=[mark for mark in bars if mark[f"open_{end}"]]))
            .mark_point(shape=shape, size=90, opacity=1, strokeWidth=1.5, xOffset=offset)
            .encode(
                x=alt.X(f"{end}:T", scale=scale),
                y=y,
                stroke=stroke,
                fill=alt.Fill("look:N", scale=scales[0]),
                tooltip=tips,
            )
            for end, shape, offset in (("from", "triangle-left", -4), ("to", "triangle-right", 4))
        ),
        text("event", -8, "right", LABELS - 10),
        text("when", plotted + 14, "left", WORDS - 16),
    ]
    return alt.layer(*layers).properties(width=plotted, height=ROW * len(rows)).configure_view(stroke=None)  # type: ignore[no-any-return]


def dyads(frame: "pd.DataFrame") -> "alt.LayerChart":
    """Who acts on whom in a frame of `dyads`: sources as rows, targets as columns, and how many events in each cell.

    An event is counted once in a cell. A cell is hollow if in all its events a conclusion names the source or the
    target. Parties that share id and name are one, in several articles too; those that share a name alone have their
    ids beside it. Who is not stated comes last.

    Needs the columns source, target, basis, source_id, target_id, event_id and article_id. Raises ValueError if one is
    missing or the frame has no rows, ModuleNotFoundError with the pip line if Altair is not installed.

    >>> plot.dyads(bakumoscow.dyads(level="state", reading="filled").dropna(subset=["source_id", "target_id"]))
    """
    alt = _altair("dyads")
    rows = rows_of_frame(frame, DYADS, "dyads", "dyads()")
    labels = {end: labelled(rows, end) for end in ("source", "target")}
    cells: dict[tuple[str, str], dict[tuple[str, str], bool]] = {}
    for row in rows:
        pair = tuple(labels[end][row[end], row[f"{end}_id"]] for end in ("source", "target"))
        events = cells.setdefault((pair[0], pair[1]), {})
        event = (row["article_id"], row["event_id"])
        events[event] = events.get(event, True) and row["basis"] == "inferred"
    values = [
        {
            "source": source,
            "target": target,
            "events": len(events),
            "basis": "inferred" if all(events.values()) else "stated",
        }
        for (source, target), events in cells.items()
    ]
    orders = {end: in_order(labels[end].values()) for end in labels}
    axis = {
        "titleFontWeight": "normal",
        "labelLimit": 220,
        "labelFontSize": 12,
        "grid": True,
        "domain": False,
        "ticks": False,
        "zindex": 0,
    }
    y = alt.Y(
        "source:N",
        sort=orders["source"],
        axis=alt.Axis(title="source", **axis),
        scale=alt.Scale(domain=orders["source"]),
    )
    x = alt.X(
        *("target:N",),
        sort=orders["target"],
        axis=alt.Axis(title="target", **axis, orient="top", labelAngle=-40),
        scale=alt.Scale(domain=orders["target"]),
    )
    fills = [
        (basis, color)
        for basis, color in (("stated", BLUE), ("inferred", WHITE))
        if basis in {v["basis"] for v in values}
    ]
    scale = alt.Scale(domain=[basis for basis, _ in fills], range=[color for _, color in fills])
    legend = alt.Legend(title=None, orient="bottom", symbolType="square", symbolStrokeColor=BLUE, labelFontSize=12)
    tips = _tips("source", "target", "events", "basis")
    base = alt.Chart(alt.InlineData(values=values)).encode(x=x, y=y, tooltip=tips)
    squares = base.mark_rect(stroke=BLUE, strokeWidth=1.5, opacity=1)
    ink = alt.condition("datum.basis == 'inferred'", alt.value(BLUE), alt.value(WHITE))
    layers = [
        squares.encode(fill=alt.Fill("basis:N", scale=scale, legend=legend)),
        base.mark_text(fontSize=13).encode(text="events:Q", color=ink),
    ]
    width = min(36 * len(orders["target"]), WIDTH - 230)
    return alt.layer(*layers).properties(width=width, height=26 * len(orders["source"])).configure_view(stroke=None)  # type: ignore[no-any-return]


def map(frame: "pd.DataFrame") -> "alt.LayerChart":
    """Where the places of a frame lie, by longitude and latitude: a circle for each, larger the more rows it has.

    It has no coastline, for that would have to be fetched. Take the places themselves, or join them to events, which
    are then what is counted. Rows without coordinates, such as countries, are left out, and the title says how many.

    Needs the columns name, latitude and longitude. Raises ValueError if one is missing or no row has coordinates,
    ModuleNotFoundError with the pip line if Altair is not installed.

    >>> plot.map(bakumoscow.load("places"))
    >>> places = bakumoscow.load("places").drop(columns="kind")
    >>> plot.map(bakumoscow.load("events").merge(places, on=["article_id", "place_id"]))
    """
    alt = _altair("map")
    rows = rows_of_frame(frame, MAP, "map", 'load("places")')
    counts = Counter((row["name"], row["latitude"], row["longitude"]) for row in rows if None not in row.values())
    if not counts:
        raise ValueError("no row of the frame has a latitude and a longitude, so there is nothing to plot.")
    values = [{"name": n, "latitude": lat, "longitude": lon, "rows": count} for (n, lat, lon), count in counts.items()]
    (south, north), (west, east) = (around([value[name] for value in values]) for name in ("latitude", "longitude"))
    squeeze = math.cos(math.radians((south + north) / 2))  # how much shorter a degree of longitude is there
    width = WIDTH - 80
    height = min(max(width * (north - south) / ((east - west) * squeeze), 200), 800)
    degrees = "format(abs(datum.value), '~f') + '° ' + (datum.value < 0 ? '{}' : '{}')"
    x, y = (
        kind(
            f"{name}:Q",
            scale=alt.Scale(domain=list(domain), nice=False, zero=False),
            axis=alt.Axis(
                title=None, labelExpr=degrees.format(*letters), tickCount=6, gridDash=[2, 3], labelFontSize=12
            ),
        )
        for kind, name, domain, letters in (
            (alt.X, "longitude", (west, east), "WE"),
            (alt.Y, "latitude", (south, north), "SN"),
        )
    )
    base = alt.Chart(alt.InlineData(values=values)).encode(x=x, y=y, tooltip=_tips("name", "rows"))
    size = alt.Size("rows:Q", scale=alt.Scale(domain=[1, max(5, *counts.values())], range=[70, 600]), legend=None)
    left_out = len(rows) - sum(counts.values())
    title = f"{left_out} of {len(rows)} rows have no coordinates" if left_out else ""
    layers = [
        base.mark_circle(color=BLUE, opacity=0.8).encode(size=size),
        base.mark_text(dy=-21, fontSize=12, color=INK).encode(text="name:N"),
    ]
    heading = alt.TitleParams(title, fontSize=12, fontWeight="normal", anchor="start", orient="bottom")
    return alt.layer(*layers).properties(width=width, height=height, title=heading)  # type: ignore[no-any-return]


def _altair(name: str) -> Any:
    return needed("altair", "plot", f"plot.{name}()")


def _tips(*columns: str) -> list[str]:
    return [f"{column}:N" for column in columns]
