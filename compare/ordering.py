"""Versions of a plan put in order, the oldest first, by what they say of themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct

from normalise.model import Head, Plan

#: By what the versions were ordered: their dates, their numbers, or nothing (as given).
OrderedBy = Literal["published", "version", "given"]


class Ordered(Struct, frozen=True):
    """The versions, oldest first. `contradiction`: dates and numbers say different things, so they are as given."""

    plans: tuple[Plan, ...]
    by: OrderedBy
    contradiction: bool = False


class Order(Struct, frozen=True):
    """The same, of the places that the versions have in what was given (from 0)."""

    places: tuple[int, ...]
    by: OrderedBy
    contradiction: bool = False


def oldest_first(plans: Sequence[Plan]) -> Ordered:
    """The versions by the date of each, else by the number of each; as given where some have neither.

    Versions that say the same keep the order given. Dates and numbers that contradict each other decide nothing.
    """
    order = order_of([plan.plan for plan in plans])
    return Ordered(tuple(plans[place] for place in order.places), order.by, order.contradiction)


def order_of(heads: Sequence[Head]) -> Order:
    """The same of no more than what the versions say of themselves."""
    by_date, by_number = _sorted(heads, published_day), _sorted(heads, version_number)
    given = tuple(range(len(heads)))
    if by_date is None or by_number is None:
        known = by_date or by_number
        return Order(known or given, "published" if by_date else "version" if by_number else "given")
    both = _sorted(heads, lambda head: (published_day(head), version_number(head)))
    numbers = [version_number(heads[place]) or () for place in both or ()]
    if numbers != sorted(numbers):
        return Order(given, "given", contradiction=True)
    return Order(both or by_date, "published")


def published_day(head: Head) -> str | None:
    """The first day that the date of a version can mean (ISO); None where it has none.

    >>> first_day("2024-10"), first_day("2024"), first_day("2024-10-05/2024-10-09"), first_day("soon")
    ('2024-10-01', '2024-01-01', '2024-10-05', None)
    """
    return first_day(head.published or "")


def first_day(edtf: str) -> str | None:
    """The first day of a date or interval in EDTF (ISO); None for what is none."""
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?=$|/)", edtf)
    return f"{found[1]}-{found[2] or '01'}-{found[3] or '01'}" if found else None


def version_number(head: Head) -> tuple[int, ...] | None:
    """The number in what a version calls itself: `v12`, `3.1 draft`; None where it has none."""
    found = re.search(r"\d{1,9}(?:\.\d{1,9})*", head.version or "")
    return tuple(int(part) for part in found[0].split(".")) if found else None


def _sorted(heads: Sequence[Head], key: Callable[[Head], object]) -> tuple[int, ...] | None:
    """The places of the heads in the order of a key; None where one of them lacks it."""
    keys = [key(head) for head in heads]
    if None in keys:
        return None
    return tuple(sorted(range(len(heads)), key=lambda place: keys[place]))  # type: ignore[arg-type,return-value]
