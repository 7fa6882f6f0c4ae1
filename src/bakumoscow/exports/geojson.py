"""GeoJSON (RFC 7946): the places, and the events at their places.

A country, or a place that the text leaves open, has no point: its geometry is null, which the standard allows.
"""

import json
from typing import TYPE_CHECKING, Any

from bakumoscow.exports.content import Progress, harm, harm_names, records_of
from bakumoscow.model.tables import TABLES

if TYPE_CHECKING:
    from bakumoscow.dataset import Dataset


def files(dataset: "Dataset", progress: Progress) -> dict[str, bytes]:
    """One collection. The property `table` tells places and events apart; the others are the columns of the table.

    An event also has the name of its place, and how many were harmed or detained in it, as in `totals` by event.
    """
    places = {(row["article_id"], row["place_id"]): row for row in records_of(dataset, TABLES["places"])}
    progress(0, "places")
    features = [_feature("places", place, place) for place in places.values()]
    progress(0.2, "events")
    harmed, nobody = harm(dataset), dict.fromkeys(harm_names())
    for event in records_of(dataset, TABLES["events"]):
        place = places.get((event["article_id"], event["place_id"]), {})
        numbers = harmed.get((event["article_id"], event["event_id"]), nobody)
        features.append(_feature("events", event | {"place_name": place.get("name")} | numbers, place))
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return {"collection": f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'.encode()}


def _feature(table: str, row: dict[str, Any], place: dict[str, Any]) -> dict[str, Any]:
    """A row at a place; its id is unique among all features."""
    point = [place.get("longitude"), place.get("latitude")]
    return {
        "type": "Feature",
        "id": "/".join((table, row["article_id"], row[TABLES[table].id])),
        "geometry": {"type": "Point", "coordinates": point} if None not in point else None,
        "properties": {"table": table, **row},
    }
