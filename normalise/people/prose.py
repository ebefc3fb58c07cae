"""People in running text."""

from __future__ import annotations

from normalise.people.mention import Mention

Found = tuple[int, int, Mention]


def may_name_people(text: str) -> bool:
    return False


def people_in_prose(text: str) -> list[Found]:
    return []
