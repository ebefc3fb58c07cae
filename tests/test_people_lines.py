"""People in lines of their own: who, as what, under which initials."""

import pytest

from normalise.people.lines import read_line

LINES = [
    ("- Ada Lowe, Director of Adult Services", "Ada Lowe", "Director of Adult Services", None),
    ("• Ben Okafor – Head of Commissioning", "Ben Okafor", "Head of Commissioning", None),
    ("Cara Whitlock (CW), Head of Estates", "Cara Whitlock", "Head of Estates", "CW"),
    ("Chief Nurse: Maeve O'Shaughnessy (MOS)", "Maeve O'Shaughnessy", "Chief Nurse", "MOS"),
    ("Chief Operating Officer – Rhona Swale", "Rhona Swale", "Chief Operating Officer", None),
    ("HB – Hugo Bright, Fire Control Manager", "Hugo Bright", "Fire Control Manager", "HB"),
    ("Ines Carver - Head of Crime (IC)", "Ines Carver", "Head of Crime", "IC"),
    ("Detective Superintendent Nia Prosser, Public Protection", "Nia Prosser", "Detective Superintendent, Public Protection", None),
    ("Chief Executive (Jonas Weir)", "Jonas Weir", "Chief Executive", None),
    ("Lena Ashby, Accountable Officer (ICB)", "Lena Ashby", "Accountable Officer (ICB)", None),
    ("Ward Manager, Ward 7: Grace Adeniran (GA)", "Grace Adeniran", "Ward Manager, Ward 7", "GA"),
    ("Dr Sunil Mehra, Medical Director", "Sunil Mehra", "Medical Director", None),
]


@pytest.mark.parametrize(("text", "name", "role", "initials"), LINES)
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
        "Chair: TBC",
        "Strong accountability and a clear line of sight, with a named lead",
        "Dr Helen Moss",
    ],
)
def test_other_lines_are_about_nobody(text):
    assert read_line(text) is None
