"""A Diff as text: whole, in colour or not, and harmless to the terminal that shows it."""

import re

import pytest
from diff_builder import CHANGES, VISITS, a_change, a_diff, a_row, day, no_diff
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from renderings import kept

from compare.model import FieldChange, Run
from export.diff.as_text import render
from normalise.model import Date

COLOUR = re.compile(r"\x1b\[(?:1|2|31|32|33|0)m")


def test_the_whole_of_a_diff() -> None:
    text = render(a_diff())
    assert text == kept("diff.txt", text)


def test_no_difference_is_said_to_be_none() -> None:
    assert render(no_diff()) == (
        "Old: Improvement plan, version 3, published 2017-07-14 (plan-v3.pdf)\n"
        "New: Improvement plan, version 4 (plan-v4.pdf)\n"
        "1 row before, 1 now; 1 without any change.\n"
        "\n"
        "No differences in the document.\n"
    )


def test_what_only_the_tool_reads_otherwise_is_no_difference_of_the_document() -> None:
    tool = tuple(change for change in CHANGES if change.cause == "tool")
    text = render(replace(no_diff(), changes=tool))
    assert "No differences in the document.\n\nWhat only the tool reads otherwise\n\n~ 2.3  Keep the list\n" in text
    assert "What the document changed" not in text


def test_colour_adds_colour_and_nothing_else() -> None:
    plainly, coloured = render(a_diff()), render(a_diff(), colour=True)
    assert "\x1b" not in plainly
    assert COLOUR.sub("", coloured) == plainly
    assert "\x1b[31m31 Mar 18 (2018-03-31)\x1b[0m → \x1b[32mRevised: 30 Jun 18 (2018-06-30)\x1b[0m" in coloured


def only(*fields: FieldChange, action: str = "Visit") -> str:
    """The lines of one changed row's fields."""
    row = a_row("1.1", action)
    text = render(replace(no_diff(), changes=(a_change("changed", row, row, *fields),)))
    return text.split("matched by ref and text, 100 % alike; old: page 4; page 5; new: page 4; page 5\n")[1]


TBC = Date("TBC", "tbc")
SAME = tuple("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split())


@pytest.mark.parametrize(
    "runs, shown",
    [
        ((Run("old", ("gone",)), Run("same", SAME[:8])), "[-gone-] one two three four five six seven eight"),
        ((Run("old", ("gone",)), Run("same", SAME[:9])), "[-gone-] one two three four five six …"),
        ((Run("same", SAME[:9]), Run("new", ("come",))), "… four five six seven eight nine {+come+}"),
        (
            (Run("new", ("a",)), Run("same", SAME[:14]), Run("old", ("b",))),
            "{+a+} " + " ".join(SAME[:14]) + " [-b-]",
        ),
        (
            (Run("new", ("a",)), Run("same", SAME), Run("old", ("b",))),
            "{+a+} one two three four five six … ten eleven twelve thirteen fourteen fifteen [-b-]",
        ),
        (
            (Run("same", (*SAME[:9], "end.\n")), Run("new", ("come",))),
            "one two three four five six …\n        {+come+}",
        ),
        (
            (Run("old", ("a.\n", "b")), Run("new", ("c.\n", "d")), Run("same", ("e",))),
            "[-a. ¶ b-] {+c.+}\n        {+d+} e",
        ),
    ],
)
def test_words_that_stayed_are_cut_to_those_beside_a_change(runs: tuple[Run, ...], shown: str) -> None:
    assert only(FieldChange("progress", "x", "y", words=runs)) == f"    Progress\n        {shown}\n"


@pytest.mark.parametrize(
    "field, line",
    [
        (FieldChange("rag", None, "green"), "RAG: (nothing) → green"),
        (FieldChange("rag", "amber", None), "RAG: amber → (nothing)"),
        (FieldChange("status", "complete", "in_progress"), "Status: complete → in progress"),
        (FieldChange("extra.Cost code", "A1", "A2"), "Cost code: A1 → A2"),
        (
            FieldChange("end", (), (day("1 Mar 18", "2018-03-01"),)),
            "End date: (nothing) → 1 Mar 18 (2018-03-01); a date at last",
        ),
        (
            FieldChange("end", (day("2018-03-01", "2018-03-01"),), (TBC,)),
            "End date: 2018-03-01 → TBC; no date any more",
        ),
        (FieldChange("start", (), (TBC,)), "Start date: (nothing) → TBC"),
        (FieldChange("start", (), (), days=1), "Start date: (nothing) → (nothing); later by 1 day"),
    ],
)
def test_a_value_before_and_now(field: FieldChange, line: str) -> None:
    assert only(field) == f"    {line}\n"


def test_a_text_of_which_no_word_stayed_is_shown_as_two_values() -> None:
    field = FieldChange("progress", "In hand", "Done", words=(Run("old", ("In", "hand")), Run("new", ("Done",))))
    assert only(field) == "    Progress: In hand → Done\n"


def test_a_document_does_not_drive_the_terminal() -> None:
    evil = "Go\x1b[2J\x9b1m\u202eback\x07"
    field = FieldChange("progress", evil, evil, words=(Run("new", (evil,)),))
    row = replace(VISITS, action=evil, ref=evil, section_title=evil, leads=(evil,))
    change = a_change("changed", row, row, field, FieldChange("extra." + evil, evil, (evil,)), doubts=(evil,))
    text = render(a_diff(changes=(change,)))
    assert re.findall(r"[^\n -~À-ž–—→…¶£−%]", text) == []
    assert "Go\\x1b[2J\\x9b1m\\u202eback\\x07" in text


@given(st.text())
def test_any_text_is_shown_without_control_characters(text: str) -> None:
    row = a_row(text, text)
    change = a_change("changed", row, row, FieldChange("measure", text, text, words=(Run("old", (text,)),)))
    shown = render(a_diff(changes=(change,)))
    assert [sign for sign in shown if sign != "\n" and (ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0)] == []
    assert shown.encode("utf-8")
