"""Which row of the old plan is which of the new one: by what a row is, not only by its ref.

First the rows whose words stand once in either plan; then, among the rest, the pairs whose likeness taken together is
best. Candidates are found by words and pairs of words that are rare, and by refs, so that time grows with the number
of rows and not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from compare.assignment import Edge, best_pairs
from compare.likeness import Traits, company, saying, traits_of, wording
from compare.model import By, Match, Pair
from normalise.model import Plan

#: From here on the wording alone says that two rows are one; from SURE on, it does so beyond doubt.
LIKE, SURE = 0.62, 0.8
#: With the same ref: how alike all the rest must be where the wording is another one.
KEPT = 0.6
#: What a ref, a section, a group and the place in the plan add where wordings are equally alike.
_REF, _SECTION, _GROUP, _PLACE = 0.05, 0.03, 0.03, 0.01
#: A rival this near makes a match unsure: place alone does not tell two rows apart.
_RIVAL = 0.015
#: A word that more rows than this share finds no candidates; each row asks with its rarest, for so many rows.
_COMMON, _RAREST, _CANDIDATES = 25, 16, 6


def match_rows(old: Plan, new: Plan) -> tuple[Pair, ...]:
    """The pairs of rows that are one, by their ids, in the order of the new plan; see `matched`."""
    return pairs_of(old, new, matched(old, new))


def pairs_of(old: Plan, new: Plan, matches: dict[Edge, Match]) -> tuple[Pair, ...]:
    """Matches by place as pairs of ids."""
    return tuple(Pair(old.actions[a].id, new.actions[b].id, match) for (a, b), match in matches.items())


def matched(old: Plan, new: Plan) -> dict[Edge, Match]:
    """(place in the old plan, place in the new one) of the rows that are one, in the order of the new plan.

    Every row is in one pair at most. `by`: "ref-and-text" and "text" where the wording says so (with the same ref or
    not), "ref" where the wording is another one and ref, measure, leads and dates stayed. `score`: how alike the
    wordings are, or for "ref" the rest. Matching the reverse gives the same pairs.
    """
    olds, news = traits_of(old), traits_of(new)
    ranks, judged = _ranked(olds, news, _candidates(olds, news))
    found = best_pairs(ranks)
    clear = _clear(found, ranks)
    matches = {}
    for edge in found:
        by, score, certain = judged[edge]
        matches[edge] = Match(by, round(score, 3), certain and edge in clear)
    matches |= _between_neighbours(olds, news, set(matches))
    return dict(sorted(matches.items(), key=lambda match: match[0][1]))


def _between_neighbours(olds: tuple[Traits, ...], news: tuple[Traits, ...], paired: set[Edge]) -> dict[Edge, Match]:
    """Rows that say nothing to be known by, and that stand beside the same row in both plans, or at the same end."""
    blank_old = {row.at for row in olds if not row.action} - {one for one, _ in paired}
    blank_new = {row.at for row in news if not row.action} - {two for _, two in paired}
    known = paired | {(-1, -1), (len(olds), len(news))}
    after = dict(known)
    before = {two: one for one, two in known}
    found: list[Edge] = []
    for step, order in ((1, sorted(blank_old)), (-1, sorted(blank_old, reverse=True))):
        for one in order:
            two = after.get(one - step, -2) + step
            if two not in blank_new or two in before or one in after or one - step not in after:
                continue
            rest, things = company(olds[one], news[two])
            if not things or rest >= KEPT:
                after[one], before[two] = two, one
                found.append((one, two))
    return {
        (one, two): Match("text", round(company(olds[one], news[two])[0], 3), _both_sides(one, two, after))
        for one, two in found
    }


def _both_sides(one: int, two: int, after: dict[int, int]) -> bool:
    return after.get(one - 1) == two - 1 and after.get(one + 1) == two + 1


def _ranked(
    olds: tuple[Traits, ...], news: tuple[Traits, ...], candidates: Iterable[Edge]
) -> tuple[dict[Edge, float], dict[Edge, tuple[By, float, bool]]]:
    """How good each candidate is among its rivals (0 to about 1), and how it would be matched."""
    ranks: dict[Edge, float] = {}
    matches: dict[Edge, tuple[By, float, bool]] = {}
    for edge in candidates:
        one, two = olds[edge[0]], news[edge[1]]
        if judged := _judged(one, two):
            matches[edge] = judged
            ranks[edge] = (_rank(one, two, judged)) / 1.2
    return ranks, matches


def _judged(one: Traits, two: Traits) -> tuple[By, float, bool] | None:
    """How two rows would be matched, how alike they are, and whether that settles it; None: they are not one."""
    alike = wording(one, two)
    same_ref = one.ref is not None and one.ref == two.ref
    if alike >= LIKE:
        certain = alike >= SURE or same_ref or company(one, two)[0] >= SURE
        return ("ref-and-text" if same_ref else "text"), alike, certain
    rest, things = company(one, two)
    if not one.action or not two.action:
        if same_ref or (things >= 2 and rest >= SURE):
            return ("ref" if same_ref else "text"), rest, same_ref and (rest >= KEPT or not things)
        return None
    if not same_ref or rest < KEPT:
        return None
    # A row that was replaced often has the lead and the dates of the one before it: it takes more words than that.
    said = saying(one, two)
    if said >= SURE or alike >= (LIKE + KEPT) / 2 - 0.1:
        return "ref", (rest + alike) / 2, said >= SURE and rest >= SURE and things >= 3
    return None


def _rank(one: Traits, two: Traits, judged: tuple[By, float, bool]) -> float:
    rest, things = company(one, two)
    rank = judged[1] + (0.05 * rest if things else 0.0)
    rank += _REF * (one.ref is not None and one.ref == two.ref)
    rank += _SECTION * (one.section == two.section) + _GROUP * (one.group == two.group)
    return rank + _PLACE * (1 - abs(one.place - two.place))


def _clear(found: list[Edge], ranks: dict[Edge, float]) -> set[Edge]:
    """Pairs without a rival that is as good for either of its rows."""
    best: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    for (one, two), rank in ranks.items():
        best[(0, one)].append(rank)
        best[(1, two)].append(rank)
    clear = set()
    for edge in found:
        rivals = [sorted(best[(side, row)])[-2:] for side, row in enumerate(edge)]
        near = [max(rival for rival in both[:1] if len(both) > 1) for both in rivals if len(both) > 1]
        if all(ranks[edge] - rival > _RIVAL for rival in near):
            clear.add(edge)
    return clear


def _candidates(olds: tuple[Traits, ...], news: tuple[Traits, ...]) -> set[Edge]:
    """Every pair worth a closer look; the reverse gives the reverse."""
    found = _same_words(olds, news)
    settled_old, settled_new = _only_ones(olds, news)
    left_old = [row for row in olds if row.at not in settled_old]
    left_new = [row for row in news if row.at not in settled_new]
    found |= {(one, two) for one, two in _alike(left_old, left_new)}
    found |= {(one, two) for two, one in _alike(left_new, left_old)}
    return found | _same_refs(left_old, left_new)


def _by(rows: Iterable[Traits], attribute: str) -> dict[str, list[int]]:
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows:
        if value := getattr(row, attribute):
            groups[value].append(row.at)
    return groups


def _only_ones(olds: Iterable[Traits], news: Iterable[Traits]) -> tuple[set[int], set[int]]:
    """Rows whose words stand once in either plan: they need no other candidate."""
    before, after = _by(olds, "key"), _by(news, "key")
    keys = [key for key, rows in before.items() if len(rows) == 1 == len(after.get(key, ()))]
    return {before[key][0] for key in keys}, {after[key][0] for key in keys}


def _same_words(olds: tuple[Traits, ...], news: tuple[Traits, ...]) -> set[Edge]:
    """Rows with the same words: each with each, but where there are many, those of one ref, and those in one place."""
    before, after = _by(olds, "key"), _by(news, "key")
    found: set[Edge] = set()
    for key, ones in before.items():
        twos = after.get(key, [])
        if len(ones) * len(twos) <= _COMMON**2:
            found |= {(one, two) for one in ones for two in twos}
            continue
        same = _same_refs([olds[one] for one in ones], [news[two] for two in twos])
        settled = {one for one, _ in same}, {two for _, two in same}
        rest = [one for one in ones if one not in settled[0]], [two for two in twos if two not in settled[1]]
        found |= same | set(zip(*rest, strict=False))
    return found


def _same_refs(olds: Iterable[Traits], news: Iterable[Traits]) -> set[Edge]:
    before, after = _by(olds, "ref"), _by(news, "ref")
    return {
        (one, two)
        for ref, ones in before.items()
        if len(ones) * len(after.get(ref, ())) <= _COMMON
        for one in ones
        for two in after.get(ref, ())
    }


def _alike(rows: list[Traits], others: list[Traits]) -> Iterator[Edge]:
    """For each row, the few others that share most of its rarest words and pairs of words."""
    index: defaultdict[str, list[int]] = defaultdict(list)
    for other in others:
        for mark in _marks(other):
            index[mark].append(other.at)
    for row in rows:
        marks = sorted((len(index[mark]), mark) for mark in _marks(row) if 0 < len(index.get(mark, ())) <= _COMMON)
        votes: Counter[int] = Counter()
        for count, mark in marks[:_RAREST]:
            for at in index[mark]:
                votes[at] += 60 // count
        for at, _ in sorted(votes.items(), key=lambda vote: (-vote[1], abs(vote[0] - row.at), vote[0]))[:_CANDIDATES]:
            yield row.at, at


def _marks(row: Traits) -> set[str]:
    words = row.words
    return {*words, *(f"{one} {two}" for one, two in pairwise(words))}
