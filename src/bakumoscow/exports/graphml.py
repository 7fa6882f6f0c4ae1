"""GraphML: actors as nodes and acts as edges, as in `dyads()`: an edge for each event, source and target.

The names of the ends are `source_name` and `target_name`, because programs keep `source` and `target` for the nodes.

An event of which the text names no source or no target keeps its edge. The end that is not named is a node of this
event alone, whose `stated` is false, so that it joins no events that have nothing to do with each other.
"""

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as Xml

from bakumoscow.exports.content import Progress, harm, harm_names, records_of
from bakumoscow.model.tables import TABLES

if TYPE_CHECKING:
    from bakumoscow.dataset import Dataset

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
TYPES = {"integer": "long", "number": "double", "boolean": "boolean"}  # all others: string
NAMED = {"source": "source_name", "target": "target_name"}
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NUMBERS_OF_AN_EVENT = "of the event, so the same on each of its edges: add it up once for each event_id."


def files(dataset: "Dataset", progress: Progress) -> dict[str, bytes]:
    """The graph. Nodes have the columns of actors, edges those of `dyads()` and the harm of their event."""
    root = Xml.Element("graphml", xmlns=NAMESPACE)
    progress(0, "actors")
    actors = {(row["article_id"], row["actor_id"]): row for row in records_of(dataset, TABLES["actors"])}
    nodes = {f"{article}/{actor}": row | {"stated": True} for (article, actor), row in actors.items()}
    progress(0.1, "acts")
    edges = _edges(dataset, nodes)
    progress(0.6, "the graph")
    graph = Xml.Element("graph", id="acts", edgedefault="directed")
    of_actors = {column.name: TYPES.get(column.type.name, "string") for column in TABLES["actors"].columns}
    _declare(root, "node", of_actors | {"stated": "boolean"})
    _declare(root, "edge", _edge_types(edges))
    root.append(graph)
    for name, row in nodes.items():
        _data(Xml.SubElement(graph, "node", id=name), "node", row)
    for number, row in enumerate(edges, start=1):
        ends = {"source": row.pop("from"), "target": row.pop("to")}
        _data(Xml.SubElement(graph, "edge", id=f"act-{number}", **ends), "edge", row)
    Xml.indent(root)
    return {"graph": Xml.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"}


def _edges(dataset: "Dataset", nodes: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The acts, with `from` and `to` as their nodes; adds the nodes of ends that are not named."""
    harmed, nobody = harm(dataset), dict.fromkeys(harm_names())
    found = []
    acts = dataset.dyads().rename(columns=NAMED)
    for act in acts.to_dict("records"):
        row: dict[str, Any] = {str(name): value if _is_known(value) else None for name, value in act.items()}
        event = (row["article_id"], row["event_id"])
        for end, node in (("source", "from"), ("target", "to")):
            row[node] = f"{row['article_id']}/{row[f'{end}_id']}"
            if row[f"{end}_id"] is None:
                row[node] = f"{'/'.join(event)}#{end}"
                nodes[row[node]] = {"article_id": row["article_id"], "name": row[f"{end}_name"], "stated": False}
        found.append(row | harmed.get(event, nobody))
    return found


def _is_known(value: Any) -> bool:
    import pandas as pd

    return not pd.isna(value)


def _edge_types(edges: list[dict[str, Any]]) -> dict[str, str]:
    numbers = dict.fromkeys(harm_names(), "long") | {"sentence": "long", "directed": "boolean"}
    names = [name for name in (edges[0] if edges else {}) if name not in ("from", "to")]
    return {name: numbers.get(name, "string") for name in names}


def _declare(root: Xml.Element, domain: str, types: dict[str, str]) -> None:
    """The attributes of nodes or edges; what the numbers of an event mean is said where they are declared."""
    for name, kind in types.items():
        key = {"id": f"{domain}-{name}", "for": domain, "attr.name": name, "attr.type": kind}
        element = Xml.SubElement(root, "key", key)
        if name in harm_names():
            outcome, _, number = name.partition("_")
            people = "persons at least" if number == "low" else "persons as stated"
            Xml.SubElement(element, "desc").text = f"{outcome}: {people}, {NUMBERS_OF_AN_EVENT}"


def _data(element: Xml.Element, domain: str, row: dict[str, Any]) -> None:
    """The attributes of a node or edge that are not missing."""
    for name, value in row.items():
        if value is not None:
            text = str(value).lower() if isinstance(value, bool) else NOT_IN_XML.sub("\ufffd", str(value))
            Xml.SubElement(element, "data", key=f"{domain}-{name}").text = text
