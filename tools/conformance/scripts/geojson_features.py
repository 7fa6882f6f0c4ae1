"""GDAL, by pyogrio, opens the exported places and events with their positions."""

import sys

import numpy as np
from pyogrio.raw import read

from tools.conformance.scripts.published import demand, published, tell

layout, _, geometries, values = read(sys.argv[1])
columns = dict(zip(layout["fields"], values, strict=True))
places = columns["table"] == "places"
placed = sum(row["longitude"] != "" for row in published("places"))
demand(int(places.sum()) == len(published("places")), "a place is missing")
demand(sum(each is not None for each in geometries[places]) == placed, "a place has lost its position")
events = columns["table"] == "events"
tell(*(np.nansum(columns[name][events]) for name in ("death_best", "detained_low")))
