"""normalise.close_calls: what OCR was in two minds about, settled by known words alone."""

from __future__ import annotations

import pytest

from normalise.close_calls import confirms, settled
from normalise.evidence import Evidence
from normalise.model import Person

PEOPLE = (Person("jo-nash", "Jo Nash", "Clerk", ("JN",)), Person("ian-lowe", "Ian Lowe", None, ("IL",)))


def evidence(*calls: tuple[str, str]) -> Evidence:
    return Evidence(people=PEOPLE, close_calls=calls)


@pytest.mark.parametrize(
    "text, call, whole",
    [
        ("NC / JM", ("JM", "JN"), "NC / JN"),
        ("TBG", ("TBG", "TBC"), "TBC"),
        ("by Marcb", ("Marcb", "March"), "by March"),
        ("lan Lowe", ("lan", "Ian"), "Ian Lowe"),
        ("(Áttendance)", ("Áttendance", "Attendance"), "(Attendance)"),
    ],
)
def test_a_known_word_settles_it(text: str, call: tuple[str, str], whole: str) -> None:
    assert settled(text, evidence(call)) == whole


@pytest.mark.parametrize(
    "text, call",
    [
        ("JN", ("JN", "JM")),  # what was read is known
        ("AB", ("AB", "A8")),  # neither is
        ("form", ("form", "from")),  # both are
        ("1.3.19", ("1.3.19", "1.8.19")),  # figures
        ("a / b", ("/", "I")),  # a sign
        ("in law", ("law", "Iaw")),  # only what was read is
        ("JMB", ("JM", "JN")),  # not the word itself
    ],
)
def test_what_nothing_settles_stays(text: str, call: tuple[str, str]) -> None:
    assert settled(text, evidence(call)) == text


def test_known_words_confirm_one_of_two() -> None:
    assert confirms("Service,", "Servlce,", evidence())
    assert not confirms("form", "from", evidence())
    assert not confirms("17", "11", evidence())
