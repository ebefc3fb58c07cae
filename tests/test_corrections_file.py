"""The corrections file: what it says, and every word that is said of a wrong one."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from actionplan.corrections_file import corrections_beside, read_corrections
from actionplan.inputs import UsageError
from normalise.corrections.decided import (
    Corrections,
    LeadCorrection,
    Review,
    RowCorrection,
    Target,
    ValueCorrection,
    combined,
    fingerprint,
)
from normalise.model import FIELDS
from normalise.pinned import Pin, PinnedColumns

WHOLE = """\
[plan]
title = "Safer Quays Improvement Plan"
source = "quays.txt"

[reviewer]
author = "R. Okafor"
date = 2024-11-25

[[value]]
field = "end"
ref = "1.3"
printed = '''31  Jan
 25 '''
text = "31 Jan 2025"
note = "Rang the harbour office."

[[value]]
field = "extra.Ward"
printed_sha256 = "AB00000000000000000000000000000000000000000000000000000000000000"
accept = true
author = "T. Waring"
date = "2024-11-26"

[[lead]]
ref = "1.1"
printed = "SM and OL"
action = "Dredge the"
lead = "SM"
person = "Shifa Mustafa"

[[row]]
ref = "2.4"
printed = "2.4 Paint the rails"
join = "previous"

[[row]]
ref = "2.5"
printed = "2.5 Light the slip Count the bollards 3 May 4 May"
split = { action = "Count the  bollards", end = "4 May" }

[[row]]
printed = "2.7 Ring the bell"
accept = true

[columns]
"What needs to happen" = "action"
"""
OKAFOR = Review("R. Okafor", "2024-11-25")


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_back(text: str, tmp_path: Path, name: str = "corrections.toml") -> Corrections:
    path = tmp_path / name
    path.write_bytes(text.encode("utf-8"))
    return read_corrections(path)


def test_a_corrections_file_is_plain_values(tmp_path: Path) -> None:
    expected = Corrections(
        (
            ValueCorrection(
                "end",
                Target(sha("31 Jan 25"), "1.3"),
                "31 Jan 2025",
                Review("R. Okafor", "2024-11-25", "Rang the harbour office."),
            ),
            ValueCorrection("extra.Ward", Target("ab" + "0" * 62), None, Review("T. Waring", "2024-11-26")),
        ),
        (LeadCorrection(Target(sha("SM and OL"), "1.1", "Dredge the"), "SM", "Shifa Mustafa", OKAFOR),),
        (
            RowCorrection(Target(sha("2.4 Paint the rails"), "2.4"), True, (), OKAFOR),
            RowCorrection(
                Target(sha("2.5 Light the slip Count the bollards 3 May 4 May"), "2.5"),
                False,
                (("action", "Count the bollards"), ("end", "4 May")),
                OKAFOR,
            ),
            RowCorrection(Target(sha("2.7 Ring the bell")), False, (), OKAFOR),
        ),
        PinnedColumns((Pin("What needs to happen", "action"),)),
        "Safer Quays Improvement Plan",
    )
    assert read_back(WHOLE, tmp_path) == expected
    assert read_back("\ufeff" + WHOLE.replace("\n", "\r\n"), tmp_path) == expected
    assert read_back("", tmp_path) == Corrections()


def test_a_fingerprint_is_the_hash_of_the_text_without_its_wraps() -> None:
    assert fingerprint(" 31 Jan\n\t25\u00a0") == sha("31 Jan 25")
    assert fingerprint("2.4", " a  b", "") == sha("2.4\na b\n")


ENTRY = "[[value]]\nfield = 'end'\nprinted = 'May'\n"
SIGNED = "author = 'R. Okafor'\ndate = 2024-11-25\n"
EXAMPLE = 'Write a [[value]] table for each cell, such as field = "end", printed = "31 Jan 25", text = "31 Jan 2026"'
VALUE_KEYS = "field, ref, printed, printed_sha256, action, action_sha256, text, accept, author, date, note"
FIELD_LIST = f"Fields are {', '.join(FIELDS)}, or extra. and the header as it is printed"
SPLIT = 'Write split = { action = "…", end = "…" }: the printed text with which the second row begins in each'
ROW = "[[row]]\nprinted = 'May'\n"
WRONG = [
    ("[[value]\n", "it is no TOML (expected ']]' at the end of an array declaration (at line 1, column 8))", EXAMPLE),
    (
        "\n[[values]]\n",
        "'values' in line 2 is not known to a corrections file",
        "Did you mean 'value'? A corrections file holds plan, reviewer, value, lead, row, columns",
    ),
    ("[value]\n", "'value' in line 1 is no list of tables", "Write [[value]], with two brackets, above each"),
    ("value = [1]\n", "'value' in line 1 is no list of tables", "Write [[value]], with two brackets, above each"),
    ("plan = 'mine'\n", "'plan' in line 1 is no table", "Write [plan], then a line for each key"),
    ("[plan]\ntitle = 3", "'title' in line 2 is no text", "Write it in quotation marks"),
    ("[plan]\ntitle = ' '", "'title' in line 2 is empty", "Write what it says, or leave it out"),
    ("[reviewer]\nauthor = ''", "'author' in line 2 is empty", "Write what it says, or leave it out"),
    ("[reviewer]\n\ndate = 1", "'date' in line 3 is no day", "Write the day, such as date = 2024-11-25"),
    ("[reviewer]\nnote = 'x'", "'note' in line 2 is no key of a reviewer", "Its keys are author, date"),
    (
        ENTRY + "txt = 'June'",
        "'txt' in line 4 is no key of a value",
        f"Did you mean 'text'? Its keys are {VALUE_KEYS}",
    ),
    (
        ENTRY + "text = 'June'\ndate = 2024-11-25",
        "the [[value]] in line 1 has no author",
        "Say author in it, or once for all in [reviewer]",
    ),
    (
        f"{ENTRY}text = 'June'\n{SIGNED}{ENTRY.replace('May', 'July')}text = 'June'\nauthor = 'R'",
        "the [[value]] in line 7 has no date",
        "Say date in it, or once for all in [reviewer]",
    ),
    (ENTRY + SIGNED, "the [[value]] in line 1 has no text or accept", "Say one of text or accept"),
    (
        ENTRY + "text = 'June'\naccept = true\n" + SIGNED,
        "the [[value]] in line 1 has text and accept",
        "Say one of text or accept",
    ),
    (
        ENTRY + "accept = false\n" + SIGNED,
        "'accept' in line 4 is not true",
        "Write accept = true, or leave it out",
    ),
    (
        "[[value]]\nfield = 'end'\ntext = 'June'\n" + SIGNED,
        "the [[value]] in line 1 has no printed or printed_sha256",
        "Say one of printed or printed_sha256",
    ),
    ("[[value]]\nprinted = 'x'\ntext = 'y'\n", "the [[value]] in line 1 has no field", f"Its keys are {VALUE_KEYS}"),
    (
        ENTRY.replace("end", "leads") + "text = 'x'\n" + SIGNED,
        "'field' in line 2 says 'leads', which is no field",
        f"Did you mean 'lead'? {FIELD_LIST}",
    ),
    (
        ENTRY.replace("end", "extra.") + "text = 'x'\n" + SIGNED,
        "'field' in line 2 says 'extra.', which is no field",
        FIELD_LIST,
    ),
    (
        ENTRY.replace("printed", "printed_sha256") + "text = 'x'\n" + SIGNED,
        "'printed_sha256' in line 3 is no SHA-256 of 64 hexadecimal digits",
        "Give printed, the text as it is printed, instead",
    ),
    (
        ENTRY + 'text = "a\\u0000b"\n' + SIGNED,
        "'text' in line 4 holds a control character",
        "Write printed characters and line ends alone",
    ),
    (ENTRY + f"text = '{'x' * 100_001}'\n", "'text' in line 4 has more than 100000 characters", "Shorten it"),
    (
        ENTRY + "text = 'June'\nauthor = 'R'\ndate = 2024-11-25T10:00:00",
        "'date' in line 6 is no day",
        "Write the day, such as date = 2024-11-25",
    ),
    (
        ENTRY + "text = 'June'\nauthor = 'R'\ndate = '2024-02-30'",
        "'date' in line 6 is no day",
        "Write the day, such as date = 2024-11-25",
    ),
    (
        f"{ENTRY}text = 'June'\n{SIGNED}\n{ENTRY}accept = true\n{SIGNED}",
        "the [[value]] in line 8 is of the same text as the [[value]] in line 1",
        "Keep one of the two",
    ),
    (
        "[[lead]]\nprinted = 'AL'\nlead = 'AL'\n" + SIGNED,
        "the [[lead]] in line 1 has no person",
        "Its keys are ref, printed, printed_sha256, action, action_sha256, lead, person, author, date, note",
    ),
    (ROW + SIGNED, "the [[row]] in line 1 has no join, split or accept", "Say one of join, split or accept"),
    (
        ROW + "join = 'next'\n" + SIGNED,
        "'join' in line 3 is not \"previous\"",
        'Write join = "previous": its cells are the rest of the row above',
    ),
    (ROW + "split = 'here'\n" + SIGNED, "'split' in line 3 names no field", SPLIT),
    (ROW + "split = { action = '' }\n" + SIGNED, "'split' in line 3 has no text for 'action'", SPLIT),
    (
        ROW + "split = { acton = 'x' }\n" + SIGNED,
        "'split' in line 3 says 'acton', which is no field",
        f"Did you mean 'action'? {FIELD_LIST}",
    ),
    (
        ENTRY + "text = 'June'\n" + SIGNED + "\n[columns]\nfield = 'act'\n",
        "'field' in line 9 is pinned to 'act', which is no field",
        f"Fields are {', '.join(FIELDS)}, extra",
    ),
    ("#" * 4_000_001, "it has more than 4000000 bytes", "Give the corrections file, not the plan"),
]


@pytest.mark.parametrize("text, cause, hint", WRONG, ids=[cause[:50] for _, cause, _ in WRONG])
def test_a_wrong_corrections_file_is_told(tmp_path: Path, text: str, cause: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_back(text, tmp_path)
    assert str(caught.value) == f"Cannot use the corrections {str(tmp_path / 'corrections.toml')!r}: {cause}. {hint}"


def test_a_line_within_a_text_begins_no_entry(tmp_path: Path) -> None:
    note = "note = '''\n[[value]]\nfield = 'x'\n'''\n"
    with pytest.raises(UsageError) as caught:
        read_back(f"{ENTRY}text = 'June'\n{note}{SIGNED}\n{ENTRY.replace('end', 'ends')}text = 'y'\n{SIGNED}", tmp_path)
    assert caught.value.cause == "'field' in line 13 says 'ends', which is no field"


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        read_corrections(tmp_path / "gone.toml")
    assert (caught.value.cause, caught.value.hint) == (
        "no such file or directory",
        "Check the path and its permissions",
    )
    (tmp_path / "latin.toml").write_bytes(b"[plan]\ntitle = 'K\xf6'")
    with pytest.raises(UsageError) as caught:
        read_corrections(tmp_path / "latin.toml")
    assert caught.value.cause == "it is not UTF-8 text"


def test_beside_a_source_the_one_of_the_folder_comes_before_its_own(tmp_path: Path) -> None:
    source = tmp_path / "quays.txt"
    assert corrections_beside(source) == ()
    own = read_back(ENTRY + "text = 'June'\n" + SIGNED, tmp_path, "quays.txt.corrections.toml")
    whole = read_back(WHOLE, tmp_path)
    assert (whole.own, own.own) == (False, True)
    assert corrections_beside(source) == (whole, own)
    assert corrections_beside(tmp_path / "quays.pdf") == (whole,)


def test_of_two_files_the_later_counts() -> None:
    may, june, sign = Target(sha("May")), Target(sha("June"), "1.1"), Review("R", "2024-01-01")
    general = Corrections(
        (ValueCorrection("end", may, "1 May", sign), ValueCorrection("end", june, "1 June", sign)),
        rows=(RowCorrection(may, True, (), sign),),
        columns=PinnedColumns((Pin("Who", "lead"), Pin("What", "action"))),
    )
    own = Corrections(
        (ValueCorrection("end", may, None, sign), ValueCorrection("start", may, "2 May", sign)),
        rows=(RowCorrection(may, False, (), sign),),
        columns=PinnedColumns((Pin("WHO", "extra"),)),
    )
    assert combined((general, own)) == Corrections(
        (*own.values, general.values[1]),
        rows=own.rows,
        columns=PinnedColumns((Pin("WHO", "extra"), Pin("What", "action"))),
    )
