"""Rows that are printed alike and read as more rows, or fewer: parted or joined by the tool, or by hand.

Where every cell of a row says what the same cells of several rows of the other version say together, the page is the
same and only where one row ends is read otherwise. The refs are printed cells too, so a document that gives the second
part a ref of its own has changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from compare.assignment import Edge
from compare.printed import as_printed, printed_key
from normalise.model import Action

#: Pairs of rows, and rows of the old and of the new plan that only one has, by their place in the plan.
Regrouped = tuple[frozenset[Edge], frozenset[int], frozenset[int]]
#: So many rows are looked at on each side of one.
_MOST = 4


def regrouped(pairs: Collection[Edge], old: Sequence[Action], new: Sequence[Action]) -> Regrouped:
    """The pairs of which one row is several of the other version, and the rows that are the rest of those."""
    paired = frozenset(one for one, _ in pairs), frozenset(two for _, two in pairs)
    found: set[Edge] = set()
    rest: tuple[set[int], set[int]] = (set(), set())
    for edge in pairs:
        for side, rows, whole in ((0, old, new[edge[1]]), (1, new, old[edge[0]])):
            for window in _windows(edge[side], rows, paired[side]):
                if _same_print(whole, [rows[at] for at in window]):
                    found.add(edge)
                    rest[side].update(at for at in window if at != edge[side])
    return frozenset(found), frozenset(rest[0]), frozenset(rest[1])


def _windows(at: int, rows: Sequence[Action], paired: frozenset[int]) -> Iterator[range]:
    """Every run of rows around one that is paired, with one or more neighbours that are not."""
    first, last = at, at
    while first and first - 1 not in paired:
        first -= 1
    while last + 1 < len(rows) and last + 1 not in paired:
        last += 1
    for begin in range(max(first, at - _MOST), at + 1):
        for end in range(at, min(last, at + _MOST) + 1):
            if begin < end:
                yield range(begin, end + 1)


def _same_print(whole: Action, parts: Sequence[Action]) -> bool:
    """Whether a row prints in each cell what the others print in it together."""
    cells = dict(whole.cells)
    others = [dict(part.cells) for part in parts]
    keys = {key for row in (cells, *others) for key in row}
    return bool(keys) and all(
        printed_key(as_printed(cells[key]) if key in cells else "")
        == "".join(printed_key(as_printed(row[key])) for row in others if key in row)
        for key in keys
    )
