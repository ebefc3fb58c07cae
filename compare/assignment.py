"""Who goes with whom: the pairing whose scores, taken together, are best."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

#: Larger clusters (hundreds of rows that all look alike) are paired best score first: the exact way grows too fast.
EXACT = 40

Edge = tuple[int, int]


def best_pairs(scores: Mapping[Edge, float]) -> list[Edge]:
    """Pairs (one, two), each number of either side once at most, that together score best; scores are 0 to 1.

    One very good pair counts for more than two poor ones (scores are cubed). What may be paired falls into clusters
    that do not touch, and each is settled by itself. Among equals, those at like places win: the answer for the
    reversed pairs is the reverse.

    >>> best_pairs({(0, 0): 0.80, (0, 1): 0.82, (1, 1): 0.78})
    [(0, 0), (1, 1)]
    """
    found: list[Edge] = []
    for cluster in _clusters(scores):
        sizes = len({one for one, _ in cluster}), len({two for _, two in cluster})
        found += _exactly(cluster, scores) if max(sizes) <= EXACT else _greedily(cluster, scores)
    return sorted(found)


def _clusters(edges: Iterable[Edge]) -> list[list[Edge]]:
    parent: dict[tuple[int, int], tuple[int, int]] = {}

    def root(node: tuple[int, int]) -> tuple[int, int]:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    edges = sorted(edges)
    for one, two in edges:
        parent[root((0, one))] = root((1, two))
    clusters: defaultdict[tuple[int, int], list[Edge]] = defaultdict(list)
    for one, two in edges:
        clusters[root((0, one))].append((one, two))
    return list(clusters.values())


def _greedily(cluster: list[Edge], scores: Mapping[Edge, float]) -> list[Edge]:
    def order(edge: Edge) -> tuple[float, int, int, int]:
        return (-scores[edge], abs(edge[0] - edge[1]), min(edge), max(edge))

    ones: set[int] = set()
    twos: set[int] = set()
    found = []
    for one, two in sorted(cluster, key=order):
        if one not in ones and two not in twos:
            ones.add(one)
            twos.add(two)
            found.append((one, two))
    return found


def _exactly(cluster: list[Edge], scores: Mapping[Edge, float]) -> list[Edge]:
    """The Hungarian method (shortest augmenting paths with potentials), on a square of costs; no edge costs 0."""
    ones, twos = sorted({one for one, _ in cluster}), sorted({two for _, two in cluster})
    size = max(len(ones), len(twos))
    if len(cluster) == 1:
        return cluster
    costs = [[0.0] * size for _ in range(size)]
    places = {two: at for at, two in enumerate(twos)}
    rows = {one: at for at, one in enumerate(ones)}
    for one, two in cluster:
        nearness = 1e-6 / (1 + abs(one - two)) + 1e-9 / (1 + one + two)
        costs[rows[one]][places[two]] = -(scores[(one, two)] ** 3) - nearness
    wanted = set(cluster)
    pairs = ((ones[row], twos[at]) for row, at in _cheapest(costs) if row < len(ones) and at < len(twos))
    return [pair for pair in pairs if pair in wanted]


def _cheapest(costs: list[list[float]]) -> list[Edge]:
    """The (row, column) pairs of least total cost in a square, each row and each column once."""
    size = len(costs)
    rows, columns = [0.0] * (size + 1), [0.0] * (size + 1)  # potentials
    owner, way = [0] * (size + 1), [0] * (size + 1)  # row of a column (from 1), column before it on the path
    for row in range(1, size + 1):
        owner[0], at = row, 0
        least, used = [float("inf")] * (size + 1), [False] * (size + 1)
        while owner[at]:
            used[at] = True
            here, delta, following = owner[at], float("inf"), 0
            for column in range(1, size + 1):
                if used[column]:
                    continue
                cost = costs[here - 1][column - 1] - rows[here] - columns[column]
                if cost < least[column]:
                    least[column], way[column] = cost, at
                if least[column] < delta:
                    delta, following = least[column], column
            for column in range(size + 1):
                if used[column]:
                    rows[owner[column]] += delta
                    columns[column] -= delta
                else:
                    least[column] -= delta
            at = following
        while at:
            owner[at], at = owner[way[at]], way[at]
    return [(owner[column] - 1, column - 1) for column in range(1, size + 1)]
