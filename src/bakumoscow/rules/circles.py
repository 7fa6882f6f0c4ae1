"""Circles in a graph: chains of links that lead back to where they began."""


def circles(edges: dict[int, tuple[str, str]]) -> list[list[int]]:
    """The rows of circles, each row in one at most, in ascending order; `edges` are both ends of each row.

    What leads nowhere is peeled off; then every step leads on, and so into a circle.

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
    """The first row that leads on from a node; rows that are no longer alive are forgotten."""
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
    """Take away the rows that lead to some nodes from which nothing leads on, and so on backwards."""
    while nodes:
        node = nodes.pop()
        if _onward(alive, leaving, node) is None:
            for row in entering.pop(node, []):
                if row in alive:
                    alive.discard(row)
                    nodes.append(edges[row][0])


def _walk(edges: dict[int, tuple[str, str]], alive: set[int], leaving: dict[str, list[int]], first: int) -> list[int]:
    """The rows of the first circle that a walk comes to, with those that double them."""
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
