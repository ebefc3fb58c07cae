"""People in lines of their own: who, as what, under which initials."""

import pytest

from normalise.people.lines import read_line

LINES = [
    ("- Ada Lowe, Director of Adult Services", "Ada Lowe", "Director of Adult Services", None),
    ("• Ben Okafor – Head of Commissioning", "Ben Okafor", "Head of Commissioning", None),
    ("3. Wanda Price, Head of SEN.", "Wanda Price", "Head of SEN", None),
    ("Cara Whitlock (CW), Head of Estates", "Cara Whitlock", "Head of Estates", "CW"),
    ("Chief Nurse: Maeve O'Shaughnessy (MOS)", "Maeve O'Shaughnessy", "Chief Nurse", "MOS"),
    ("Director of Finance: Rolf Sanders (RSa)", "Rolf Sanders", "Director of Finance", "RSa"),
    ("Chief Finance Officer: Olu Bankole (XQ)", "Olu Bankole", "Chief Finance Officer", "XQ"),
    ("Chief Operating Officer – Rhona Swale", "Rhona Swale", "Chief Operating Officer", None),
    ("Head of Service – North: Jan Silver (JS)", "Jan Silver", "Head of Service – North", "JS"),
    ("HB – Hugo Bright, Fire Control Manager", "Hugo Bright", "Fire Control Manager", "HB"),
    ("HB = Hugo Bright (Fire Control Manager)", "Hugo Bright", "Fire Control Manager", "HB"),
    ("Ines Carver - Head of Crime (IC)", "Ines Carver", "Head of Crime", "IC"),
    ("Ines Carver\tHead of Crime\tIC", "Ines Carver", "Head of Crime", "IC"),
    ("Mrs S Kaur, SENDCo (SK)", "S Kaur", "SENDCo", "SK"),
    ("SENCO: Ann Bell", "Ann Bell", "SENCO", None),
    ("GP\tGlenn Pascoe\tDirector of Estates", "Glenn Pascoe", "Director of Estates", "GP"),
    ("CEO: Ann Bell", "Ann Bell", "CEO", None),
    ("Chief Executive Jonas Weir", "Jonas Weir", "Chief Executive", None),
    ("Jonas Weir Chief Executive", "Jonas Weir", "Chief Executive", None),
    ("Chief Executive (Jonas Weir)", "Jonas Weir", "Chief Executive", None),
    ("Lena Ashby, Accountable Officer (ICB)", "Lena Ashby", "Accountable Officer (ICB)", None),
    ("Ward Manager, Ward 7: Grace Adeniran (GA)", "Grace Adeniran", "Ward Manager, Ward 7", "GA"),
    ("Zoë St Leger, Head of Libraries & Museums", "Zoë St Leger", "Head of Libraries & Museums", None),
    (
        "Director of Law and Monitoring Officer: Odile Marsden-Pryce (OM-P)",
        "Odile Marsden-Pryce",
        "Director of Law and Monitoring Officer",
        "OM-P",
    ),
    ("Sarah Green, Head of Play", "Sarah Green", "Head of Play", None),
    ("Mary van der Berg, Deputy Director (Interim)", "Mary van der Berg", "Deputy Director (Interim)", None),
    # a rank or a title before the name: the rank is the role's, the title nobody's
    (
        "Detective Superintendent Nia Prosser, Public Protection",
        "Nia Prosser",
        "Detective Superintendent, Public Protection",
        None,
    ),
    ("T/Supt Idris Vaughan (IV), Response", "Idris Vaughan", "T/Supt, Response", "IV"),
    (
        "Group Manager Tess Aldridge, Prevention & Protection",
        "Tess Aldridge",
        "Group Manager, Prevention & Protection",
        None,
    ),
    ("Chief Fire Officer Alun Meredith QFSM", "Alun Meredith", "Chief Fire Officer", None),
    ("Lt Col Hugh Fane, Commanding Officer", "Hugh Fane", "Lt Col, Commanding Officer", None),
    ("Dr Sunil Mehra, Medical Director", "Sunil Mehra", "Medical Director", None),
    ("Cllr Amit Desai, Cabinet Member for Housing", "Amit Desai", "Cabinet Member for Housing", None),
]


@pytest.mark.parametrize("text, name, role, initials", LINES)
def test_a_line_about_one_person_gives_name_role_and_initials(text, name, role, initials):
    line = read_line(text)
    assert line is not None
    assert (line.called.name, line.role, line.initials) == (name, role, initials)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "KEY OUTCOMES",
        "ICB – Integrated Care Board",
        "Priority area 1: The lack of a clear strategy",
        "Ada Lowe, Director of Adult Services (AL), will lead the plan",
        "Ada Lowe, Ben Okafor",
        "Chair: TBC",
        "Company Secretary: VACANT",
        "Head of Patient Safety: To be appointed",
        "Strong accountability and a clear line of sight, with a named lead",
        "Dr Helen Moss",
        "Ada Lowe, 01632 960123, ada@example.org",
    ],
)
def test_other_lines_are_about_nobody(text):
    assert read_line(text) is None


def test_brackets_after_a_role_are_initials_where_the_lines_around_say_so():
    line = read_line("Lena Ashby, Head of Audit (XQ)", trusting=True)
    assert line is not None
    assert (line.role, line.initials) == ("Head of Audit", "XQ")
    doubted = read_line("Lena Ashby, Head of Audit (XQ)")
    assert doubted is not None
    assert (doubted.role, doubted.initials) == ("Head of Audit (XQ)", None)
