"""The places with coordinates as points on a map without tiles."""

from collections.abc import Sequence
from math import cos, radians
from typing import Any

from bakumoscow.explorer.answers import Row

RATIO = 1.6  # the map's width by its height
MARGIN = 1.3  # the map by the distance of the outermost points
SMALLEST = 2.0  # degrees of latitude that the map shows at least
RIGHT_EDGE, CLOSE_ROWS, CLOSE_COLUMNS = 75, 6, 20  # in percent of the map
GRID_STEPS = (1, 2, 5, 10, 15, 30, 60)


def place_map(places: Sequence[Row]) -> dict[str, Any] | None:
    """Points and lines of the grid in percent of the map; None without coordinates.

    East and north have one scale in the middle of the map.
    """
    known = [place for place in places if place["latitude"] is not None and place["longitude"] is not None]
    if not known:
        return None
    east, north = (_extent([place[name] for place in known]) for name in ("longitude", "latitude"))
    shrink = max(0.05, cos(radians(north[0])))  # of a degree of longitude, by one of latitude
    height = MARGIN * max(north[1], east[1] * shrink / RATIO, SMALLEST)
    width = height * RATIO / shrink
    x, y = (east[0] - width / 2, width), (-north[0] - height / 2, height)
    points = [place | {"x": _percent(place["longitude"], *x), "y": _percent(-place["latitude"], *y)} for place in known]
    return {
        "points": [point | _side(point, points) for point in points],
        "meridians": [{"degrees": line, "at": _percent(line, *x)} for line in _lines(*x)],
        "parallels": [{"degrees": -line, "at": _percent(line, *y)} for line in _lines(*y)],
    }


def _side(point: Row, points: Sequence[Row]) -> dict[str, bool]:
    """Where the name of a point is: before it near the right edge, and higher where another would be in its way."""
    others = [other for other in points if other is not point and abs(other["y"] - point["y"]) < CLOSE_ROWS]
    return {
        "flipped": point["x"] > RIGHT_EDGE,
        "raised": any(0 <= other["x"] - point["x"] < CLOSE_COLUMNS for other in others),
    }


def _extent(values: Sequence[float]) -> tuple[float, float]:
    """The middle of some values, and how far the outermost are apart."""
    return (min(values) + max(values)) / 2, max(values) - min(values)


def _lines(start: float, length: float) -> list[int]:
    step = next((step for step in GRID_STEPS if length / step <= 6), GRID_STEPS[-1])
    return [line for line in range(-180, 181, step) if start < line < start + length]


def _percent(value: float, start: float, length: float) -> float:
    return round(100 * (value - start) / length, 2)
