"""networkx opens the exported graph; the numbers are on the acts, once for each event."""

import sys

import networkx as nx

from tools.conformance.scripts.published import demand, published, tell

graph = nx.read_graphml(sys.argv[1])
events = {(data["article_id"], data["event_id"]): data for *_, data in graph.edges(data=True)}
actors = {f"{row['article_id']}/{row['actor_id']}" for row in published("actors")}
demand(actors <= set(graph.nodes), f"no nodes: {actors - set(graph.nodes)}")
demand(graph.is_directed() and graph.is_multigraph(), "acts have no direction, or one hides another")
tell(*(sum(event.get(name, 0) for event in events.values()) for name in ("death_best", "detained_low")))
