"""Cycles in a graph: chains of links that lead back to their beginning."""


def circles(edges: dict[int, tuple[str, str]]) -> list[list[int]]:
    """The rows of each cycle, in ascending order, every row in at most one; `edges` gives both ends of each row.

    Rows that lead to a dead end are removed first. After that every walk ends in a cycle.

    >>> circles({0: ("a", "b"), 1: ("b", "a"), 2: ("c", "a"), 3: ("b", "d")})
    [[0, 1]]
    """
    leaving: dict[str, list[int]] = {}
    entering: dict[str, list[int]] = {}
    for row, (origin, target) in reversed(edges.items()):
        leaving.setdefault(origin, []).append(row)
        entering.setdefault(target, []).append(row)
    alive = set(edges)
    _peel(edges, alive, leaving, entering, list(entering))
    found = []
    for first in edges:
        while first in alive:
            circle = _walk(edges, alive, leaving, first)
            alive.difference_update(circle)
            found.append(sorted(circle))
            _peel(edges, alive, leaving, entering, [edges[row][0] for row in circle])
    return found


def _onward(alive: set[int], leaving: dict[str, list[int]], node: str) -> int | None:
    """The first remaining row that starts at a node; removed rows are dropped from the list."""
    rows = leaving.get(node, [])
    while rows and rows[-1] not in alive:
        rows.pop()
    return rows[-1] if rows else None


def _peel(
    edges: dict[int, tuple[str, str]],
    alive: set[int],
    leaving: dict[str, list[int]],
    entering: dict[str, list[int]],
    nodes: list[str],
) -> None:
    """Remove the rows that lead to dead ends among some nodes, and then those that now lead to dead ends."""
    while nodes:
        node = nodes.pop()
        if _onward(alive, leaving, node) is None:
            for row in entering.pop(node, []):
                if row in alive:
                    alive.discard(row)
                    nodes.append(edges[row][0])


def _walk(edges: dict[int, tuple[str, str]], alive: set[int], leaving: dict[str, list[int]], first: int) -> list[int]:
    """The rows of the first cycle that a walk reaches, with any other rows between the same nodes."""
    path: list[int] = []
    place: dict[str, int] = {}
    row: int | None = first
    while row is not None and edges[row][0] not in place:
        place[edges[row][0]] = len(path)
        path.append(row)
        row = _onward(alive, leaving, edges[row][1])
    circle = path[place[edges[path[-1]][1]] :]
    steps = {edges[row] for row in circle}
    return [
        row for node in {origin for origin, _ in steps} for row in leaving[node] if row in alive and edges[row] in steps
    ]
