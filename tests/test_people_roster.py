"""The roster: one person for all that lists, tables and prose say of somebody."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import TextCell
from normalise.model import Flag, Person
from normalise.people import Roster, read_roster


def at(line):
    return (TextCell(line, 1),)


def read(*texts, tables=()):
    return read_roster([(text, at(line)) for line, text in enumerate(texts, 1)], tables)


def test_a_list_and_the_prose_make_one_person_with_all_the_places():
    roster = read(
        "Who is who",
        "- Ada Lowe, Director of Adult Services",
        "- Ben Okafor, Head of Commissioning (BOk)",
        "The plan is led by Ada Lowe (ALo), who meets the Head of Estates, Cara Whitlock (CW), each week.",
    )
    assert roster == Roster(
        people=(
            Person("ada-lowe", "Ada Lowe", "Director of Adult Services", ("ALo",), (*at(2), *at(4))),
            Person("ben-okafor", "Ben Okafor", "Head of Commissioning", ("BOk",), at(3)),
            Person("cara-whitlock", "Cara Whitlock", "Head of Estates", ("CW",), at(4)),
        ),
        used=(1, 2),
    )


def test_a_sentence_over_two_passages_is_read_whole_and_stands_in_both():
    roster = read(
        "Every case that moves to another county, and every one that comes back, is read by Ellen Frost, Senior",
        "Probation Officer (EF).",
    )
    assert roster == Roster(
        people=(Person("ellen-frost", "Ellen Frost", "Senior Probation Officer", ("EF",), (*at(1), *at(2))),)
    )


def test_two_people_of_one_name_are_told_apart_by_their_initials():
    roster = read("Jo Hall (JH), Team Manager North", "Jo Hall (JHa), Team Manager South")
    assert [(person.id, person.initials) for person in roster.people] == [("jo-hall", ("JH",)), ("jo-hall-2", ("JHa",))]


def test_two_roles_of_one_person_are_a_finding_and_the_first_stays():
    roster = read("Jo Hall, Team Manager North", "Jo Hall, Head of Play")
    assert roster.people == (Person("jo-hall", "Jo Hall", "Team Manager North", ("JH",), (*at(1), *at(2))),)
    message = "Jo Hall is Team Manager North in one place and Head of Play in another."
    assert roster.flags == (Flag("two-roles", "document", "warning", message),)


def test_the_fuller_of_two_roles_that_agree_is_kept():
    roster = read("Jo Hall, Head of Play", "Jo Hall, Head of Play and Youth Work")
    assert [person.role for person in roster.people] == ["Head of Play and Youth Work"]
    assert roster.flags == ()


def test_a_line_without_a_word_for_a_post_needs_a_neighbour_that_has_one():
    assert read("Ada Lowe, Commercial Waste").people == ()
    beside = read("Ben Okafor, Head of Commissioning", "Ada Lowe, Commercial Waste")
    assert [(person.name, person.role) for person in beside.people] == [
        ("Ben Okafor", "Head of Commissioning"),
        ("Ada Lowe", "Commercial Waste"),
    ]


def test_brackets_that_end_every_line_of_a_list_are_initials_whatever_the_names_give():
    roster = read("Ada Lowe, Head of Play (XA)", "Ben Okafor, Head of Parks (XB)", "Cara Whitlock, Head of Sport (XC)")
    assert [(person.role, person.initials) for person in roster.people] == [
        ("Head of Play", ("XA",)),
        ("Head of Parks", ("XB",)),
        ("Head of Sport", ("XC",)),
    ]


TABLES = [
    (
        (("Initials", "Name", "Job title"), ("AL", "Ada Lowe", "Director of Adults"), ("BO", "Ben Okafor", "Finance")),
        [("Ada Lowe", "Director of Adults", ("AL",)), ("Ben Okafor", "Finance", ("BO",))],
    ),
    (
        (("Name", "Role"), ("Supt Nia Prosser", "Public Protection"), ("TBC", "Head of Crime")),
        [("Nia Prosser", "Supt, Public Protection", ("NP",))],
    ),
    (
        (("Director of Adults", "Ada Lowe"), ("Head of Commissioning", "Ben Okafor")),
        [("Ada Lowe", "Director of Adults", ("AL",)), ("Ben Okafor", "Head of Commissioning", ("BO",))],
    ),
    ((("ICB", "Integrated Care Board"), ("YOS", "Youth Offending Service")), []),
    ((("Version", "Author", "Date"), ("0.1", "Ada Lowe", "3 May 2019")), []),
    ((("Blue", "Complete"), ("Green", "On track")), []),
]


@pytest.mark.parametrize("rows, people", TABLES)
def test_a_table_names_people_by_its_headers_or_its_rows(rows, people):
    roster = read(tables=[(rows, at(9))])
    assert [(person.name, person.role, person.initials) for person in roster.people] == people
    assert all(person.origins == at(9) for person in roster.people)


def test_a_roster_printed_as_a_list_does_not_load_spacy():
    script = (
        "import sys; from normalise.people import read_roster;"
        "print(len(read_roster([('- Ada Lowe, Director of Adult Services', ())]).people), 'spacy' in sys.modules)"
    )
    root = Path(__file__).parents[1]
    ran = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout == "1 False\n"


WORDS = st.sampled_from(
    "Ada Lowe Ben Okafor Head of Play Director , ( ) (AL) AL - – : ; . and the who, Supt Dr 7 \n \t St O'Dea".split(" ")
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=25).map(" ".join))


@settings(deadline=None, max_examples=150)
@given(st.lists(TEXTS, max_size=4), st.lists(st.lists(TEXTS, max_size=3).map(tuple), max_size=3).map(tuple))
def test_any_text_gives_a_roster_whose_ids_are_unique_and_whose_lines_exist(texts, rows):
    passages = [(text, at(line)) for line, text in enumerate(texts)]
    roster = read_roster(passages, [(rows, at(99))])
    assert roster == read_roster(passages, [(rows, at(99))])
    assert len({person.id for person in roster.people}) == len(roster.people)
    assert set(roster.used) <= set(range(len(texts)))
    assert all(person.name and person.origins for person in roster.people)
    assert all(person.role or person.initials for person in roster.people)
