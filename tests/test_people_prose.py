"""People in running text: name, role and initials in whatever order a sentence has them."""

import pytest

from normalise.people.prose import people_in_prose
from normalise.people.sentences import may_name_people

SENTENCES = [
    (
        "Delivery is overseen by the Chief Executive, Ottilie Marsh (OM), with Dr Sunil Mehra (SM), Medical Director, "
        "and Maeve O'Shaughnessy, Chief Nurse (MOS).",
        [
            ("Ottilie Marsh", "Chief Executive", ("OM",)),
            ("Sunil Mehra", "Medical Director", ("SM",)),
            ("Maeve O'Shaughnessy", "Chief Nurse", ("MOS",)),
        ],
    ),
    (
        "Our Chief Operating Officer is Rhona Swale (RS); the Director of Finance, Piers Lanyon (PL), agrees.",
        [("Rhona Swale", "Chief Operating Officer", ("RS",)), ("Piers Lanyon", "Director of Finance", ("PL",))],
    ),
    (
        "Temporary Chief Superintendent Nia Prosser (NP) holds the plan, and Detective Inspector Callum Frayne (CF) "
        "runs the vulnerability hub.",
        [
            ("Nia Prosser", "Temporary Chief Superintendent", ("NP",)),
            ("Callum Frayne", "Detective Inspector", ("CF",)),
        ],
    ),
    (
        "The plan is owned by Deputy Chief Constable Idris Vaughan-Lloyd (IV-L). Reports go to the Police and Crime "
        "Commissioner (PCC).",
        [("Idris Vaughan-Lloyd", "Deputy Chief Constable", ("IV-L",))],
    ),
    (
        "Group Manager Tess Aldridge (TA), Prevention, and Station Manager Joel Osgood (JO), Operational Assurance, "
        "will each hold a monthly review.",
        [
            ("Tess Aldridge", "Group Manager, Prevention", ("TA",)),
            ("Joel Osgood", "Station Manager, Operational Assurance", ("JO",)),
        ],
    ),
    (
        "Hannah Weale (HW) is our Head of Midwifery and Grace Adeniran (GA) the Matron for Children.",
        [("Hannah Weale", "Head of Midwifery", ("HW",)), ("Grace Adeniran", "Matron for Children", ("GA",))],
    ),
    (
        "Questions should go to Leon Tarrant, performance and information manager (LT), or to our head of "
        "communications, Petra Voss (PV).",
        [
            ("Leon Tarrant", "performance and information manager", ("LT",)),
            ("Petra Voss", "head of communications", ("PV",)),
        ],
    ),
    (
        "The Board is chaired by Professor Anselm Krieger, independent chair, and meets in Tannery Street.",
        [("Anselm Krieger", "independent chair", ())],
    ),
    (
        "Ellen Frost who, as the Head of Adoption and Fostering (EF), leads Priority 2.",
        [("Ellen Frost", "Head of Adoption and Fostering", ("EF",))],
    ),
    (
        "As Director of Public Health, Yusuf Rahman (YR) will report to the Health and Wellbeing Board (HWB).",
        [("Yusuf Rahman", "Director of Public Health", ("YR",))],
    ),
    (
        "Ines Carver (Head of Crime, IC) and Tom Ridley (TR; Head of Intelligence) share the work.",
        [("Ines Carver", "Head of Crime", ("IC",)), ("Tom Ridley", "Head of Intelligence", ("TR",))],
    ),
    (
        "Oversight rests with the Director of Nursing (Bronwen Pugh, BP) and the Company Secretary (Miles Tetley).",
        [("Bronwen Pugh", "Director of Nursing", ("BP",)), ("Miles Tetley", "Company Secretary", ())],
    ),
    (
        "Sister Agnes Doyle (AD), Ward 7, and Matron Lucy Fenn (LF) meet weekly.",
        [("Agnes Doyle", "Sister, Ward 7", ("AD",)), ("Lucy Fenn", "Matron", ("LF",))],
    ),
    (
        "Assistant Chief Officer Graham Stokes (GS), who leads on people, has asked Karim Haddad (KH), Head of "
        "Learning and Development, to help.",
        [
            ("Graham Stokes", "Assistant Chief Officer", ("GS",)),
            ("Karim Haddad", "Head of Learning and Development", ("KH",)),
        ],
    ),
    (
        "Councillor June Wardle, Lead Member for Children’s Services, and Cllr Amit Desai (AD) sit on the Panel.",
        [("June Wardle", "Lead Member for Children’s Services", ()), ("Amit Desai", None, ("AD",))],
    ),
    (
        "The Trust's Freedom to Speak Up Guardian, Olu Bankole (OB), attends.",
        [("Olu Bankole", "Freedom to Speak Up Guardian", ("OB",))],
    ),
    ("Dana Flint, Senior Commissioner (ICB), joins for health.", [("Dana Flint", "Senior Commissioner (ICB)", ())]),
    (
        "Mary-Ann de Souza (MAdS), Principal Social Worker, and Sean McAllister (SMcA), Service Manager for Care "
        "Leavers, lead.",
        [
            ("Mary-Ann de Souza", "Principal Social Worker", ("MAdS",)),
            ("Sean McAllister", "Service Manager for Care Leavers", ("SMcA",)),
        ],
    ),
    (
        "The Area Commander, Bev Tranter, and Watch Manager Kit Lowry cover training.",
        [("Bev Tranter", "Area Commander", ()), ("Kit Lowry", "Watch Manager", ())],
    ),
    (
        "The plan's owner is the Corporate Director for People, Marta Quill (MQ); its manager is Idris Bowen (IB), "
        "Programme Manager.",
        [("Marta Quill", "Corporate Director for People", ("MQ",)), ("Idris Bowen", "Programme Manager", ("IB",))],
    ),
    (
        "Marta Quill MQ, Corporate Director, with Jo Penn (JP) Head of Play and Al Rudd (AR).",
        [
            ("Marta Quill", "Corporate Director", ("MQ",)),
            ("Jo Penn", "Head of Play", ("JP",)),
            ("Al Rudd", None, ("AR",)),
        ],
    ),
    (
        "The Chief Constable, Olive Strand, is supported by Deputy Chief Constable Hal Mercer.",
        [("Olive Strand", "Chief Constable", ()), ("Hal Mercer", "Deputy Chief Constable", ())],
    ),
    (
        "Since March 2019 the Interim Head of Safeguarding has been Wendy Kerr (WK).",
        [("Wendy Kerr", "Interim Head of Safeguarding", ("WK",))],
    ),
]

NOBODY = [
    "The Integrated Care Board (ICB) and the Safeguarding Partnership (LSP) met in Upper Tarn and Great Fenwick.",
    "Nobody has yet been named as Programme Manager. Staff at St Brannoc House (SBH) will be told.",
    "Inspectors praised the commitment of managers and the quality of our work in court.",
    "The Board will meet at Fenwick Cross Academy, with the Director of Education in the chair.",
    "Professor Glenda Fairweather was appointed in May.",
]


@pytest.mark.parametrize("text, people", SENTENCES)
def test_a_sentence_says_who_somebody_is(text, people):
    found = people_in_prose(text)
    assert [(mention.name, mention.role, mention.initials) for _, _, mention in found] == people
    assert may_name_people(text)
    assert all(mention.name in text[start:end] for start, end, mention in found)


@pytest.mark.parametrize("text", NOBODY)
def test_bodies_places_and_names_without_role_or_initials_are_nobody(text):
    assert people_in_prose(text) == []


def test_text_without_names_does_not_pay_for_spacy():
    assert not may_name_people("The plan will be overseen by the Improvement Team and monitored weekly by managers.")
    assert not may_name_people("KEY OUTCOMES")
