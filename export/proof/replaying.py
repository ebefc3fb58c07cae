"""A cell's repairs replayed on its raw text, and held to what their rules may do.

A rule may drop or add white space, hyphens, bullets and other signs; only a few may put one letter for another, and
none of them at will.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from itertools import groupby

from export.proof.rereading import MARKS
from normalise.corrections.applying import CORRECTION
from normalise.model import CellRecord, Repair
from normalise.repairs import load_rules
from normalise.rules.look_alikes import latin_key

#: What a rule must leave as it was: a text's letters and digits, unless it is named here.
_COMPARED: dict[str, Callable[[str], str]] = {
    "look_alikes": latin_key,
    "ligatures": lambda text: unicodedata.normalize("NFKC", text),
    "stray_bullets": lambda text: text.replace("o", ""),  # `o` at the beginning of a line is a bullet
}
#: Rules that put in or leave out what only the source, or a reviewer, shows.
_FREE = frozenset(("ocr_close_calls", CORRECTION, *MARKS))


def replayed(record: CellRecord) -> str:
    """The text that a cell's repairs make of its raw text; ValueError where one does not fit."""
    text = record.raw
    for number, repair in enumerate(record.repairs, 1):
        text = _made(text, repair, number)
    return text


def unruly(record: CellRecord) -> Iterator[str]:
    """What is wrong with repairs that replay: a rule that does not exist, or that may not do what it did."""
    text, number = record.raw, 0
    for rule, run in groupby(record.repairs, key=lambda repair: repair.rule):
        before, first = text, number + 1
        for repair in run:
            number += 1
            text = _made(text, repair, number)
            if (rule == "automatic-number" and repair.before) or (rule == "struck-through" and repair.after):
                yield f"repair {number} ({rule}) puts {repair.after!r} for {repair.before!r}, which it may not"
            yield from (f"repair {number} ({rule}) {problem}" for problem in _signature(repair))
        if rule == CORRECTION and first < len(record.repairs):
            yield f"repair {first} ({rule}) is not the last, which it must be"
        if rule not in _rules():
            yield f"repair {first} ({rule}) names no rule that there is"
        elif rule not in _FREE and _kept(before, rule) != _kept(text, rule):
            yield f"repair {first} ({rule}) changes letters or digits, which it may not"


def _signature(repair: Repair) -> Iterator[str]:
    """What is wrong with who made a repair: a correction has an author and a day, and nothing else has."""
    if repair.rule == CORRECTION and not (repair.author and repair.date):
        yield "does not say who made it, and when"
    if repair.rule != CORRECTION and (repair.author, repair.date, repair.note) != (None, None, None):
        yield "is signed, and was made by no person"


def _made(text: str, repair: Repair, number: int) -> str:
    end = repair.at + len(repair.before)
    if repair.at > len(text):
        raise ValueError(f"repair {number} ({repair.rule}) begins after the end of the text")
    if text[repair.at : end] != repair.before:
        raise ValueError(f"repair {number} ({repair.rule}) finds {text[repair.at : end]!r}, not {repair.before!r}")
    if not _smallest(repair.before, repair.after):
        raise ValueError(f"repair {number} ({repair.rule}) is not the smallest span of its change")
    return text[: repair.at] + repair.after + text[end:]


def _smallest(before: str, after: str) -> bool:
    """Whether a change touches no character that it leaves as it was, at either end."""
    return before != after and (not (before and after) or (before[0] != after[0] and before[-1] != after[-1]))


def _kept(text: str, rule: str) -> str:
    """What a rule must leave as it was."""
    compared = _COMPARED.get(rule, str)(text)
    return "".join(character for character in compared if character.isalnum())


@cache
def _rules() -> frozenset[str]:
    return frozenset((*(rule.name for rule in load_rules()), CORRECTION, *MARKS))
