"""Leads: whom each entry of a lead cell means, and what is said where that is in doubt."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalise.corrections.applying import with_persons
from normalise.model import Flag, Lead
from normalise.people import looks_like_lead, read_entries, read_roster

SHARED = Path(__file__).parents[2] / "shared"


def read_leads(text, people, context=""):
    return with_persons(read_entries(text, people, context), (), people)


def roster(*lines):
    return read_roster([(line, ()) for line in lines]).people


TRUST = roster(
    "Chief Executive: Ottilie Marsh (OM)",
    "Medical Director: Dr Sunil Mehra (SMe)",
    "Chief Nurse: Maeve O'Shaughnessy (MOS)",
    "Chief Operating Officer: Rhona Swale (RS)",
    "Director of Finance: Rolf Sanders (RSa)",
    "Head of Midwifery: Hannah Weale (HW)",
    "Director of Workforce & OD: Priti Nandra (PN)",
    "Director of Estates and Facilities: Paul Nash (PN)",
    "Deputy Chief Nurse: Ama Boateng (AB)",
    "Head of Theatres & Day Surgery: Odile Marsden-Pryce (OM-P)",
)
POLICE = roster(
    "Assistant Chief Constable Priya Webb, Local Policing",
    "Detective Superintendent Dana Frith, Public Protection",
    "Superintendent Alun Rees, Operations",
    "Detective Chief Inspector Callum Dacre, Investigations",
    "Chief Inspector Bev Frith, Custody",
    "T/Supt Ines Carver, Response",
    "Mr Piers Lanyon, Director of Finance",
)
COUNCIL = roster(
    "Amina Lowe, Assistant Director Libraries",
    "Otto Finch, Assistant Director Parks",
    "Rhys Marlow, Deputy Director of Culture",
    "Sara Ingle, Head of Psychology",
    "Stefan Ingle, Senior Commissioner (ICB)",
    "Sue Ash, Director of Human Resources",
    "Sid Amos, Executive Director Place",
    "Coralie St Leger, Head of Play & Inclusion",
)
SCHOOL = roster(
    "Mrs H Dobson, Headteacher",
    "Peter Lanyon, Assistant Director, Safeguarding",
    "Marcia Webb, Head of Service, MASH and Assessment",
)
CHIEFS = roster(
    "Chief Constable Ola Dray",
    "Deputy Chief Constable Ian Tate (IT), Operations",
    "Chief Inspector Bev Frith, Custody",
    "Detective Superintendent Dana Holt",
    "Ada Lowe, Director of Finance",
    "Ben Okri, Head of Estates",
)

#: roster, cell, what each entry says: (text, person or None, basis)
CELLS = [
    (TRUST, "RS", [("RS", "rhona-swale", "initials")]),
    (TRUST, "RS / SMe", [("RS", "rhona-swale", "initials"), ("SMe", "sunil-mehra", "initials")]),
    (
        TRUST,
        "RS, HW and MOS",
        [
            ("RS", "rhona-swale", "initials"),
            ("HW", "hannah-weale", "initials"),
            ("MOS", "maeve-oshaughnessy", "initials"),
        ],
    ),
    (TRUST, "RS HW", [("RS", "rhona-swale", "initials"), ("HW", "hannah-weale", "initials")]),
    (TRUST, "RS RS", [("RS", "rhona-swale", "initials"), ("RS", "rhona-swale", "initials")]),
    (TRUST, "RSa & OM-P", [("RSa", "rolf-sanders", "initials"), ("OM-P", "odile-marsden-pryce", "initials")]),
    (TRUST, "OMP", [("OMP", "odile-marsden-pryce", "initials")]),
    (TRUST, "O M", [("O M", "ottilie-marsh", "initials")]),
    (TRUST, "RS\nHW", [("RS", "rhona-swale", "initials"), ("HW", "hannah-weale", "initials")]),
    (
        TRUST,
        "Lead: RS\nSupport: HW",
        [("Lead: RS", "rhona-swale", "initials"), ("Support: HW", "hannah-weale", "initials")],
    ),
    (
        TRUST,
        "RS (lead) supported by HW",
        [("RS (lead)", "rhona-swale", "initials"), ("HW", "hannah-weale", "initials")],
    ),
    (TRUST, "COO", [("COO", "rhona-swale", "role")]),
    (SCHOOL, "Assistant Director, Safeguarding", [("Assistant Director, Safeguarding", "peter-lanyon", "role")]),
    (
        SCHOOL,
        "Head of Service, MASH and Assessment / Assistant Director, Safeguarding",
        [
            ("Head of Service, MASH and Assessment", "marcia-webb", "role"),
            ("Assistant Director, Safeguarding", "peter-lanyon", "role"),
        ],
    ),
    (SCHOOL, "Webb, Marcia", [("Webb, Marcia", "marcia-webb", "name")]),
    (SCHOOL, "H Dobson, TAs", [("H Dobson", "h-dobson", "name"), ("TAs", None, "none")]),
    (SCHOOL, "Headteacher / office", [("Headteacher", "h-dobson", "role"), ("office", None, "none")]),
    (TRUST, "CEO / DoF", [("CEO", "ottilie-marsh", "role"), ("DoF", "rolf-sanders", "role")]),
    (
        TRUST,
        "Chief Nurse and Medical Director",
        [
            ("Chief Nurse", "maeve-oshaughnessy", "role"),
            ("Medical Director", "sunil-mehra", "role"),
        ],
    ),
    (TRUST, "Dep. Chief Nurse", [("Dep. Chief Nurse", "ama-boateng", "role")]),
    (
        TRUST,
        "Director of Workforce and Organisational Development",
        [
            ("Director of Workforce and Organisational Development", "priti-nandra", "role"),
        ],
    ),
    (
        TRUST,
        "Head of Theatres & Day Surgery / Swale",
        [
            ("Head of Theatres & Day Surgery", "odile-marsden-pryce", "role"),
            ("Swale", "rhona-swale", "name"),
        ],
    ),
    (TRUST, "Dr Mehra; H. Weale", [("Dr Mehra", "sunil-mehra", "name"), ("H. Weale", "hannah-weale", "name")]),
    (
        TRUST,
        "Rhona Swale Hannah Weale",
        [("Rhona Swale", "rhona-swale", "name"), ("Hannah Weale", "hannah-weale", "name")],
    ),
    (TRUST, "Hannah Weale, Head of Midwifery", [("Hannah Weale, Head of Midwifery", "hannah-weale", "name")]),
    (TRUST, "Head of Midwifery – Hannah Weale", [("Head of Midwifery – Hannah Weale", "hannah-weale", "name")]),
    (TRUST, "Chief Nurse (MOS)", [("Chief Nurse (MOS)", "maeve-oshaughnessy", "role")]),
    (
        TRUST,
        "Head of Midwifery, Rolf Sanders",
        [
            ("Head of Midwifery", "hannah-weale", "role"),
            ("Rolf Sanders", "rolf-sanders", "name"),
        ],
    ),
    (TRUST, "TBC", [("TBC", None, "none")]),
    (TRUST, "Executive team / RS", [("Executive team", None, "none"), ("RS", "rhona-swale", "initials")]),
    (TRUST, "All Heads of Service", [("All Heads of Service", None, "none")]),
    (TRUST, "Ward managers and HW", [("Ward managers", None, "none"), ("HW", "hannah-weale", "initials")]),
    (TRUST, "", []),
    (POLICE, "D/Supt Frith", [("D/Supt Frith", "dana-frith", "name")]),
    (
        POLICE,
        "Ch Insp Frith / DCI Dacre",
        [("Ch Insp Frith", "bev-frith", "name"), ("DCI Dacre", "callum-dacre", "name")],
    ),
    (POLICE, "T/Supt Carver, ACC Webb", [("T/Supt Carver", "ines-carver", "name"), ("ACC Webb", "priya-webb", "name")]),
    (POLICE, "Supt Rees and Mr Lanyon", [("Supt Rees", "alun-rees", "name"), ("Mr Lanyon", "piers-lanyon", "name")]),
    (POLICE, "ACC (Local Policing)", [("ACC (Local Policing)", "priya-webb", "role")]),
    (POLICE, "ACC Local Policing", [("ACC Local Policing", "priya-webb", "role")]),
    (
        POLICE,
        "T/ACC Local Policing, Supt Operations",
        [("T/ACC Local Policing", "priya-webb", "role"), ("Supt Operations", "alun-rees", "role")],
    ),
    (POLICE, "ACC Local Finance", [("ACC Local Finance", None, "none")]),
    (POLICE, "DCI Dacre and Finance", [("DCI Dacre", "callum-dacre", "name"), ("Finance", None, "none")]),
    (COUNCIL, "AD Libraries", [("AD Libraries", "amina-lowe", "role")]),
    (
        COUNCIL,
        "A. Lowe and Stefan Ingle",
        [("A. Lowe", "amina-lowe", "name"), ("Stefan Ingle", "stefan-ingle", "name")],
    ),
    (COUNCIL, "S. Ingle (ICB)", [("S. Ingle (ICB)", "stefan-ingle", "name")]),
    (COUNCIL, "C. St Leger", [("C. St Leger", "coralie-st-leger", "name")]),
    (
        COUNCIL,
        "Head of Play & Inclusion / O. Finch",
        [
            ("Head of Play & Inclusion", "coralie-st-leger", "role"),
            ("O. Finch", "otto-finch", "name"),
        ],
    ),
    (COUNCIL, "HR Director", [("HR Director", "sue-ash", "role")]),
    (COUNCIL, "Lowe, Amina", [("Lowe, Amina", "amina-lowe", "name")]),
    (
        COUNCIL,
        "Lowe, A., Finch, Otto and Marlow",
        [
            ("Lowe, A.", "amina-lowe", "name"),
            ("Finch, Otto", "otto-finch", "name"),
            ("Marlow", "rhys-marlow", "name"),
        ],
    ),
    (COUNCIL, "Lowe, Dr Amina", [("Lowe, Dr Amina", "amina-lowe", "name")]),
    (COUNCIL, "Lowe, Finch", [("Lowe", "amina-lowe", "name"), ("Finch", "otto-finch", "name")]),
    (
        COUNCIL,
        "Estates & Health and Safety Lead",
        [("Estates & Health and Safety Lead", None, "none")],
    ),
    (
        COUNCIL,
        "Parks and Safety Lead / RM",
        [("Parks and Safety Lead", None, "none"), ("RM", "rhys-marlow", "initials")],
    ),
    (COUNCIL, "Headteacher and Safety Lead", [("Headteacher", None, "none"), ("Safety Lead", None, "none")]),
    (COUNCIL, "Parks and HR Director", [("Parks", None, "none"), ("HR Director", "sue-ash", "role")]),
    (CHIEFS, "CC", [("CC", "ola-dray", "role")]),
    (CHIEFS, "DCC / Ch Insp", [("DCC", "ian-tate", "role"), ("Ch Insp", "bev-frith", "role")]),
    (CHIEFS, "IT team", [("IT team", None, "none")]),
    (CHIEFS, "Head of IT", [("Head of IT", None, "none")]),
]


@pytest.mark.parametrize("people, cell, expected", CELLS)
def test_a_lead_cell_is_read_entry_by_entry_without_a_finding(people, cell, expected):
    leads, flags = read_leads(cell, people, "")
    wanted = tuple(Lead(text, person, (person,) if person else (), basis) for text, person, basis in expected)
    assert (leads, flags) == (wanted, ())


#: roster, cell, the row's other texts, who is meant, all who fit, basis, code, about, severity
DOUBTS = [
    (TRUST, "PN", "", None, ("priti-nandra", "paul-nash"), "none", "ambiguous-lead", "reading", "warning"),
    (
        TRUST,
        "PN",
        "Recruit 20 nurses",
        "priti-nandra",
        ("priti-nandra", "paul-nash"),
        "context",
        "lead-by-context",
        "reading",
        "info",
    ),
    (
        TRUST,
        "PN",
        "Mend the floor\nESTATES",
        "paul-nash",
        ("priti-nandra", "paul-nash"),
        "context",
        "lead-by-context",
        "reading",
        "info",
    ),
    (
        TRUST,
        "PN",
        "Estates to fill its vacancies",
        None,
        ("priti-nandra", "paul-nash"),
        "none",
        "ambiguous-lead",
        "reading",
        "warning",
    ),
    (TRUST, "XY", "", None, (), "none", "unknown-initials", "document", "warning"),
    (TRUST, "Rhona Swail", "", "rhona-swale", ("rhona-swale",), "name", "close-lead", "reading", "warning"),
    (TRUST, "Nurse", "", None, ("maeve-oshaughnessy",), "none", "doubtful-lead", "reading", "warning"),
    (
        TRUST,
        "Executive Director of Finance",
        "",
        None,
        ("rolf-sanders",),
        "none",
        "doubtful-lead",
        "reading",
        "warning",
    ),
    (TRUST, "Director of Facilities", "", "paul-nash", ("paul-nash",), "role", "part-of-role", "reading", "info"),
    (
        TRUST,
        "CEO (Hannah Weale)",
        "",
        None,
        ("ottilie-marsh", "hannah-weale"),
        "none",
        "ambiguous-lead",
        "reading",
        "warning",
    ),
    (TRUST, "Jane Other", "", None, (), "none", "unknown-name", "document", "info"),
    (CHIEFS, "DS", "", None, ("dana-holt",), "none", "doubtful-lead", "reading", "warning"),
    *(
        (CHIEFS, text, "", None, ids, "none", "doubtful-lead", "reading", "warning")
        for text, ids in (
            ("BO on behalf of AL", ("ada-lowe", "ben-okri")),
            ("AL→BO", ("ada-lowe", "ben-okri")),
            ("AL-BO", ("ada-lowe", "ben-okri")),
            ("TBC (AL until May)", ("ada-lowe",)),
            ("Executive team chaired by AL", ("ada-lowe",)),
            ("AL's team", ("ada-lowe",)),
            ("Board (Ada Lowe)", ("ada-lowe",)),
            ("IT then the Board", ("ian-tate",)),
        )
    ),
    (POLICE, "Frith", "", None, ("dana-frith", "bev-frith"), "none", "ambiguous-lead", "reading", "warning"),
    (POLICE, "PC Dacre", "", None, ("callum-dacre",), "none", "doubtful-lead", "reading", "warning"),
    (
        COUNCIL,
        "S. Ingle",
        "One form for all who give advice",
        None,
        ("sara-ingle", "stefan-ingle"),
        "none",
        "ambiguous-lead",
        "reading",
        "warning",
    ),
    (
        COUNCIL,
        "Assistant Director",
        "",
        None,
        ("amina-lowe", "otto-finch"),
        "none",
        "ambiguous-lead",
        "reading",
        "warning",
    ),
    (
        COUNCIL,
        "SA",
        "A policy in place by May",
        None,
        ("sue-ash", "sid-amos"),
        "none",
        "ambiguous-lead",
        "reading",
        "warning",
    ),
    (
        COUNCIL,
        "SA",
        "Agree with the Place directorate what to build",
        "sid-amos",
        ("sue-ash", "sid-amos"),
        "context",
        "lead-by-context",
        "reading",
        "info",
    ),
    (
        COUNCIL,
        "SA",
        "Answer within 24 hr",
        None,
        ("sue-ash", "sid-amos"),
        "none",
        "ambiguous-lead",
        "reading",
        "warning",
    ),
]


@pytest.mark.parametrize("people, cell, context, person, candidates, basis, code, about, severity", DOUBTS)
def test_what_is_in_doubt_says_so(people, cell, context, person, candidates, basis, code, about, severity):
    leads, flags = read_leads(cell, people, context)
    assert leads == (Lead(cell, person, candidates, basis),)
    assert [(flag.code, flag.about, flag.severity, flag.candidates) for flag in flags] == [
        (code, about, severity, candidates)
    ]


@pytest.mark.parametrize("cell", ["AL (BO from Jan)", "Ada Lowe (deputy: Ben Okri)", "Director of Finance (with BO)"])
def test_a_lead_whose_entry_names_somebody_else_too_says_so(cell):
    (lead,), flags = read_leads(cell, CHIEFS, "")
    assert lead.person in (None, "ada-lowe")
    assert [(flag.severity, flag.candidates) for flag in flags] == [("warning", ("ada-lowe", "ben-okri"))]


@pytest.mark.parametrize("cell", ["AL (Ada Lowe)", "Ada Lowe (AL)", "Director of Finance (AL)", "AL (lead)"])
def test_a_lead_named_twice_is_no_finding(cell):
    assert read_leads(cell, CHIEFS, "")[1] == ()


def test_the_finding_names_the_word_that_settled_it():
    _, flags = read_leads("PN", TRUST, "Recruitment of 20 nurses")
    message = (
        "PN fits Priti Nandra (Director of Workforce & OD) and Paul Nash (Director of Estates and Facilities); "
        "the row's “Recruitment” is of Priti Nandra's role."
    )
    assert flags == (Flag("lead-by-context", "reading", "info", message, ("priti-nandra", "paul-nash")),)


def test_a_cell_too_long_to_list_leads_is_one_entry_and_a_warning():
    text = "RS, HW " * 300
    leads, flags = read_leads(text, TRUST, "")
    assert leads == (Lead(" ".join(text.split()), None, (), "none"),)
    message = "2099 characters are more than a list of leads has; nobody is read from them."
    assert flags == (Flag("doubtful-lead", "reading", "warning", message),)


def test_without_a_roster_names_and_roles_are_no_finding_and_initials_are():
    leads, flags = read_leads("Ada Lowe / Head of Play / AL", (), "")
    assert leads == tuple(Lead(text, None, (), "none") for text in ("Ada Lowe", "Head of Play", "AL"))
    assert [flag.code for flag in flags] == ["unknown-initials"]


@pytest.mark.parametrize(
    "text, whether",
    [
        ("RS", True),
        ("RS / TBC", True),
        ("XY", True),
        ("COO, H. Weale", True),
        ("Ada Lowe", True),
        ("Head of Play", True),
        ("Executive team / RS", True),
        ("", False),
        ("TBC", False),
        ("N/A", False),
        ("Green", False),
        ("RED", False),
        ("31 March 2018", False),
        ("Jul 17", False),
        ("£46k", False),
        ("Complete", False),
        ("Not started", False),
        ("1.14", False),
        ("Q2 2019/20", False),
        ("The manager has been asked to report back.", False),
        ("Feedback from staff", False),
    ],
)
def test_a_lead_column_is_known_by_its_cells(text, whether):
    assert looks_like_lead(text, TRUST) is whether


PIECES = st.sampled_from(
    "RS HW PN OM-P / , and & ; \n ( ) : - – Dr Supt D/Supt Rhona Swale Weale COO Head of Midwifery TBC XY S.".split(" ")
)
CELLS_OF_ANY_KIND = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map(" ".join))


@settings(deadline=None, max_examples=300)
@given(CELLS_OF_ANY_KIND, st.sampled_from([TRUST, POLICE, COUNCIL, ()]), st.text(max_size=40))
def test_any_cell_gives_leads_who_are_in_the_roster_and_says_what_is_open(text, people, context):
    leads, flags = read_leads(text, people, context)
    ids = {person.id for person in people}
    assert (leads, flags) == read_leads(text, people, context)
    assert looks_like_lead(text, people) in (True, False)
    for lead in leads:
        assert lead.text == " ".join(lead.text.split()) != ""
        assert set(lead.candidates) <= ids
        assert lead.person is None or lead.person in lead.candidates
        assert (lead.person is None) == (lead.basis == "none")
        assert len(lead.candidates) < 2 or flags


@settings(deadline=None, max_examples=200)
@given(CELLS_OF_ANY_KIND)
def test_every_letter_of_a_cell_is_in_an_entry_or_joins_two(text):
    leads, _ = read_leads(text, TRUST, "")
    place = 0
    flat = " ".join(text.split())
    for lead in leads:
        found = flat.find(lead.text, place)
        assert found >= 0
        place = found + len(lead.text)


def plans():
    return sorted((SHARED / "bench" / "plans").glob("*.json")) if SHARED.is_dir() else []


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared plans are not here")
@pytest.mark.parametrize("path", plans(), ids=lambda path: path.stem)
def test_the_leads_of_a_known_plan_are_those_that_two_readers_agree_on(path):
    plan = json.loads(path.read_text("utf-8"))
    listed = [f"- {person['name']}, {person['role']}" for person in plan["people"] if plan["people_printed"]]
    found = read_roster([(text, ()) for text in (*plan["intro"], *listed)])
    names = {person.id: person.name for person in found.people}
    wrong = []
    for action in (a for s in plan["sections"] for g in s["groups"] for a in g["actions"]):
        leads, flags = read_leads(action.get("lead") or "", found.people, "\n".join(action.get("action") or []))
        who = list(dict.fromkeys(names[lead.person] for lead in leads if lead.person))
        doubtful = any(flag.about == "reading" and flag.severity == "warning" for flag in flags)
        if (who, doubtful) != (action["gold"]["leads"], bool(action["gold"].get("leads_ambiguous"))):
            wrong.append((action["ref"], who, doubtful))
    assert wrong == []
