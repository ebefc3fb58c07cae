"""The words by which people are read, from `words.toml`: roles, ranks, titles, groups, synonyms."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from msgspec import Struct


class Topic(Struct, frozen=True):
    """Synonyms: a role that holds one of `role` (and none of `unless`) is about a row that holds one of `row`."""

    role: tuple[str, ...]
    row: tuple[str, ...]
    unless: tuple[str, ...] = ()


class Words(Struct, frozen=True):
    """`words.toml` as read; all but `honours`, `posts` and `acronyms` are casefolded."""

    heads: frozenset[str]
    posts: frozenset[str]
    wide: frozenset[str]
    cared_for: frozenset[str]
    titles: frozenset[str]
    honours: frozenset[str]
    particles: frozenset[str]
    ranks: frozenset[str]
    rank_abbreviations: dict[str, tuple[str, ...]]
    rank_prefixes: dict[str, str]
    abbreviations: dict[str, tuple[str, ...]]
    groups: frozenset[str]
    acronyms: frozenset[str]
    nobody: frozenset[str]
    no_initials: frozenset[str]
    joints: tuple[str, ...]
    labels: frozenset[str]
    line_labels: frozenset[str]
    sentence: frozenset[str]
    no_name: frozenset[str]
    also_names: frozenset[str]
    places: frozenset[str]
    table_headers: dict[str, frozenset[str]]
    common: frozenset[str]
    weak: frozenset[str]
    topics: tuple[Topic, ...]


@cache
def words() -> Words:
    """The vocabulary, read once."""
    data = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return Words(
        heads=frozenset(data["heads"]),
        posts=frozenset(data["posts"]),
        wide=frozenset(data["wide"]),
        cared_for=frozenset(data["cared_for"]),
        titles=frozenset(data["titles"]),
        honours=frozenset(data["honours"]),
        particles=frozenset(data["particles"]),
        ranks=frozenset(data["ranks"]),
        rank_abbreviations={short: tuple(full) for short, full in data["rank_abbreviations"].items()},
        rank_prefixes=data["rank_prefixes"],
        abbreviations={short: tuple(full) for short, full in data["abbreviations"].items()},
        groups=frozenset(data["groups"]["words"]),
        acronyms=frozenset(data["groups"]["acronyms"]),
        nobody=frozenset(data["nobody"]["words"]),
        no_initials=frozenset(data["nobody"]["no_initials"]),
        joints=tuple(sorted(data["joints"]["words"], key=len, reverse=True)),
        labels=frozenset(data["joints"]["labels"]),
        line_labels=frozenset(data["lines"]["labels"]),
        sentence=frozenset(data["lines"]["sentence"]),
        no_name=_no_name(data),
        also_names=frozenset(data["no_name"]["also_names"]),
        places=frozenset(data["no_name"]["places"]),
        table_headers={field: frozenset(known) for field, known in data["table_headers"].items()},
        common=frozenset(data["context"]["common"]),
        weak=frozenset(data["context"]["weak"]),
        topics=tuple(
            Topic(tuple(topic["role"]), tuple(topic["row"]), tuple(topic.get("except", ())))
            for topic in data["context"]["topics"]
        ),
    )


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """The text for comparing: no capitals, no accents, straight quotes, plain hyphens, single spaces.

    >>> folded("Zoë  O’Brien–Hart")
    "zoe o'brien-hart"
    """
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    kept = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(kept.casefold().split())


@lru_cache(maxsize=16384)
def bare(text: str) -> str:
    """The folded letters and digits alone, for short forms: `D/Ch. Supt` is `dchsupt`."""
    return re.sub(r"[^a-z0-9&]", "", folded(text))


_PLAIN = str.maketrans("’‘`´“”–—‐‑−\u00a0", "''''\"\"-----" + " ")


def _no_name(data: dict[str, dict[str, list[str]]]) -> frozenset[str]:
    """Every word of the list, of the role heads and of the ranks: none of them is a name on its own."""
    singles = {word for phrase in (*data["heads"], *data["ranks"]) for word in phrase.split()}
    return frozenset(singles | set(data["no_name"]["words"]) | set(data["groups"]["words"]))
