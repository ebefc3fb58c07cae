"""The words of the field, from `vocabulary.toml`, and how printed words are compared with them.

A header is compared as a key: letters and digits only, without case, spaces, punctuation or look-alikes, so that
`SRO (Lea d)` and `КРІ` (Cyrillic) meet `SRO (Lead)` and `KPI`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from msgspec import Struct
from rapidfuzz import fuzz

from normalise.model import FIELDS
from normalise.rules.look_alikes import latin_key

#: Below this a header is not taken for a known phrase. 100 is the phrase itself; a slip in a long word keeps over 86.
MATCH = 75.0
_SLIP = 86.0
#: From here on a header says a phrase in so many words.
_SAID = 96.0


#: A header of more letters than the first is long: a phrase in it must have as many as the second.
_SHORT, _TELLING = 40, 10
_NO_KEY = re.compile(r"[^\w#]|_")
_BRACKET = re.compile(r"\(.*?\)?$")
#: How much more a phrase says where the header's main word stands.
_MAIN = 8.0
#: Before such a word stands the main word of a phrase; after such a one, that of a question.
_LINKS = frozenset(
    ("of", "for", "to", "on", "by", "in", "at", "as", "from", "against", "since", "with", "that", "this", "until", "so")
)
_ASKS = frozenset(("what", "how", "who", "when", "where", "which", "why"))


@lru_cache(maxsize=8192)  # a header is compared with every field's phrases
def key(text: str) -> str:
    """Letters, digits and `#` only, look-alikes read as Latin, casefolded.

    >>> key("SRO (Lea d)"), key("#")
    ('srolead', '#')
    """
    return _NO_KEY.sub("", latin_key(text))


@cache
def vocabulary() -> dict[str, dict[str, tuple[str, ...]]]:
    """The file as read: table -> name -> phrases."""
    text = Path(__file__).with_name("vocabulary.toml").read_text(encoding="utf-8")
    return {
        table: {name: tuple(phrases) for name, phrases in names.items()} for table, names in tomllib.loads(text).items()
    }


class _Keys(Struct, frozen=True):
    """The keys of some phrases, those of five letters or more by their length, and what is only a whole header."""

    all: frozenset[str]
    long: Mapping[int, tuple[str, ...]]
    alone: frozenset[str]


@cache
def _keys(table: str, name: str) -> _Keys:
    keys = frozenset(key(phrase) for phrase in vocabulary()[table][name])
    lengths = {len(one) for one in keys if len(one) >= 5}
    alone = frozenset(key(word) for word in vocabulary()["alone"]["words"])
    return _Keys(keys, {length: tuple(one for one in keys if len(one) == length) for length in lengths}, alone)


def says(text: str, table: str, name: str) -> bool:
    """Whether a text is one of the phrases, slips of a long word allowed, whatever follows a colon or in brackets."""
    return _score(text, _keys(table, name)) >= _SLIP


@cache
def fields_for(header: str) -> tuple[tuple[str, float], ...]:
    """The fields that a printed header may name, nearest first, each with its score (75 to 100)."""
    if is_other(header):
        return ()
    scored = _scored(header)
    if max(scored.values()) < MATCH or len(key(header)) > _SHORT:
        words = {field: _keyword(header, words) for field, words in vocabulary()["keywords"].items()}
        scored = {field: score if score >= MATCH else words.get(field, 0.0) for field, score in scored.items()}
    return tuple(sorted(((f, s) for f, s in scored.items() if s >= MATCH), key=lambda pair: -pair[1]))


@cache
def _scored(header: str) -> dict[str, float]:
    """How near a header is to each field."""
    return {field: _score(header, _keys("headers", field), _bags(field)) for field in FIELDS}


@cache
def is_other(header: str) -> bool:
    """Whether a header names what plans print and the contract has no field for (`CQC finding`): it stays extra.

    `Finding and action` names an action too, and is none of these.
    """
    other = _score(header, _keys("headers", "extra"), _bags("extra"))
    named = max(_scored(header).values())
    return other >= MATCH and (named < MATCH or other >= _SAID > named)


def _keyword(header: str, words: tuple[str, ...]) -> float:
    """The least that counts, where a word of the field stands anywhere in a short header; the further back the less."""
    said = _words(header)
    found = [at for at, word in enumerate(said) if word in words]
    return MATCH + 1 - found[0] / 20 if found and len(said) <= 9 else 0.0


@cache
def _bags(field: str) -> frozenset[frozenset[str]]:
    return frozenset(_bag(phrase) for phrase in vocabulary()["headers"][field])


@lru_cache(maxsize=1024)
def _bag(text: str) -> frozenset[str]:
    """The words of a phrase that tell, in any order: `Person accountable` is `Accountable person`."""
    return frozenset(_words(text)) - _SMALL


def _words(text: str) -> list[str]:
    return [word for word in (key(part) for part in re.split(r"[\s/()&,:-]+", text)) if word]


_SMALL = frozenset(("the", "a", "an", "of", "for", "and", "is", "are", "be", "this", "s"))


def _score(header: str, phrases: _Keys, bags: frozenset[frozenset[str]] = frozenset()) -> float:
    """How near the header is to the nearest phrase, 0 to 100.

    The whole header first; then without what stands in brackets; its words in another order; then a phrase that opens
    or ends it on a word's edge (`Progress as at June`, `Trust lead`): better where its main word must stand than where
    it only says of what (`Completion status`), and the better the more of the header it covers. In a long header only a
    phrase of some length tells: `What will be different for children, young people and families`.
    """
    whole = key(header)
    if whole in phrases.all:
        return 100.0
    bag = _bag(header)
    found = [96.0 if len(bag) > 1 and bag in bags else 0.0]
    if key(_BRACKET.sub("", header, count=1)) in phrases.all:
        found.append(97.0)
    shortest = 3 if len(whole) <= _SHORT else _TELLING
    main, other = _edges(header)
    for edges, least in ((main, MATCH + _MAIN), (other, MATCH)):
        parts = (edges & phrases.all) - phrases.alone
        found += [least + 7 * len(edge) / len(whole) for edge in parts if len(edge) >= shortest]
    near = (one for length in range(len(whole) - 2, len(whole) + 3) for one in phrases.long.get(length, ()))
    return max(*found, *(fuzz.ratio(whole, one, score_cutoff=_SLIP) - 1 for one in near), 0.0)


@lru_cache(maxsize=1024)
def _edges(header: str) -> tuple[frozenset[str], frozenset[str]]:
    """Every run of whole words, as keys, where a header's main word stands, and those at its other end.

    The main word of a phrase is its last (`Delivery lead`), that of a question or of one `of` another its first.

    >>> [[sorted(edges) for edges in _edges(header)] for header in ("Completion status", "Proof of impact")]
    [[['status'], ['completion']], [['proof', 'proofof'], ['impact', 'ofimpact']]]
    """
    words = re.split(r"[\s/]+", header.strip())
    opening = frozenset(key("".join(words[:n])) for n in range(1, len(words)))
    ending = frozenset(key("".join(words[n:])) for n in range(1, len(words)))
    first = any(word.casefold() in _LINKS for word in words[1:]) or words[0].casefold() in _ASKS
    return (opening, ending) if first else (ending, opening)
