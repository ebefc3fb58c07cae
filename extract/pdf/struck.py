"""Struck-through words: those that a level rule runs through, over their whole width and little further.

An underline runs below the letters, a table's rule reaches beyond the text; both are none. A rule that begins or ends
inside a word strikes nothing that could be said for certain.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from extract.pdf.content import Char, Rule
from extract.pdf.doubts import words_with_places
from extract.pdf.lines import Strip
from extract.pdf.words import Word

#: A rule strikes letters if it runs through the middle third of their box.
UPPER, LOWER = 1 / 3, 2 / 3
#: It covers a word if it leaves out no more than this of it at either end, in em, and may reach further by so much.
LEFT_OUT, BEYOND = 0.15, 0.4
#: Rules meet whose ends come this near, in points.
MEETS = 1.0


def strikes(rules: Iterable[Rule], words: Sequence[Word]) -> list[Rule]:
    """The rules of a page that strike words out, alone or with those that they meet."""
    level = sorted((word for word in words if not word.turn and word.text.strip()), key=lambda word: word.top)
    tops = [word.top for word in level]
    tallest = max((word.bottom - word.top for word in level), default=0.0)
    found: list[Rule] = []
    for run in runs_of(rule for rule in rules if not rule.upright):
        whole = Rule(False, run[0].at, run[0].start, max(rule.end for rule in run))
        near = level[bisect_left(tops, whole.at - tallest) : bisect_left(tops, whole.at)]
        if is_strike(whole, [word for word in near if runs_through(whole, word)]):
            found.extend(run)
    return found


def runs_of(rules: Iterable[Rule]) -> list[list[Rule]]:
    """Level rules in runs: those at one height of which each meets the next, as pieces of one line do."""
    found: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.at, 1), rule.start)):
        last = found[-1][-1] if found else None
        if last and abs(last.at - rule.at) < 0.1 and -MEETS < rule.start - last.end < MEETS:
            found[-1].append(rule)
        else:
            found.append([rule])
    return found


def is_strike(rule: Rule, over: Sequence[Word]) -> bool:
    """Whether a rule covers each of the words that it runs through, and reaches little further."""
    if not over or not all(covers(rule, word) for word in over):
        return False
    first, last = min(word.x0 for word in over), max(word.x1 for word in over)
    return rule.start > first - BEYOND * over[0].size and rule.end < last + BEYOND * over[0].size


def runs_through(rule: Rule, word: Word | Strip) -> bool:
    """Whether a rule runs through the middle of some letters of a word."""
    height = word.bottom - word.top
    middle = word.top + UPPER * height < rule.at < word.top + LOWER * height
    return middle and rule.start < word.x1 and rule.end > word.x0


def covers(rule: Rule, word: Word) -> bool:
    """Whether a rule runs over the whole width of a word."""
    return rule.start <= word.x0 + LEFT_OUT * word.size and rule.end >= word.x1 - LEFT_OUT * word.size


def pieces(strip: Strip, struck: Sequence[Rule]) -> Iterator[tuple[Strip, bool]]:
    """A line in pieces, each with whether it is struck through: together they are the line's text."""
    over = [] if strip.turn else [rule for rule in struck if runs_through(rule, strip)]
    if not over:
        yield strip, False
        return
    words = [(start, any(is_under(rule, chars) for rule in over), chars) for start, chars in words_with_places(strip)]
    cuts = [0] + [start for (_, one, _), (start, two, _) in pairwise(words) if one != two]
    for start, end in zip(cuts, [*cuts[1:], len(strip.text)], strict=True):
        held = [word for word in words if start <= word[0] < end]
        yield part_of(strip, start, end, [char for _, _, chars in held for char in chars]), held[0][1]


def is_under(rule: Rule, chars: Sequence[Char]) -> bool:
    """Whether characters stand under a rule that strikes words of their line."""
    middle = (chars[0].x0 + chars[-1].x1) / 2
    return rule.start < middle < rule.end


def part_of(strip: Strip, start: int, end: int, chars: Sequence[Char]) -> Strip:
    """A piece of a line's text, with the box of its characters; the marker stands before the first."""
    return replace(
        strip, text=strip.text[start:end], chars=tuple(chars), x0=min(char.x0 for char in chars),
        x1=max(char.x1 for char in chars), marker=strip.marker if start == 0 else "",
    )  # fmt: skip
