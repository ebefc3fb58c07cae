"""The sample plans: committed as generated, whole in every format, and with every kind of damage in the text."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import docx
import pypdfium2
import pytest

from samples import generate
from samples.as_pdf import as_pdf
from samples.as_word import as_word
from samples.content import FIELDS, Content, load_v3, load_v4
from samples.damage import Dump, DumpLine, change, clip_banner, dump, lose_columns, run_together
from samples.truth import truth

SAMPLES = Path(__file__).parents[1] / "samples"
CONTENTS = pytest.mark.parametrize("content", [load_v3(), load_v4()], ids=["v3", "v4"])


def refs(content: Content) -> list[str]:
    return [row.ref for section in content.sections for group in section.groups for row in group.rows]


def said(content: Content) -> list[str]:
    """All that the plan says outside its furniture, in reading order."""
    out = [content.running_head, content.date_text, content.organisation.upper()]
    for heading, paragraphs in content.intro:
        out += [heading, *paragraphs]
    out += [content.people_heading, *(f"{name}, {role}" for name, role in content.people)]
    for section in content.sections:
        out += [f"{section.number}. {section.title}", section.outcomes_heading, *section.outcomes]
        for group in section.groups:
            out += [group.title or "", *(text for row in group.rows for text in row.cells.values())]
    return out


def characters(*texts: str) -> Counter[str]:
    return Counter("".join("".join(texts).split()))


# --- what is committed -----------------------------------------------------------------------------------------------


def test_generated_files_are_committed() -> None:
    assert generate.differing(generate.files(), SAMPLES) == []


def test_generator_makes_the_same_bytes_twice() -> None:
    assert generate.files() == generate.files()


def test_check_names_what_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate, "HERE", tmp_path)
    assert generate.main(["--check"]) == 1
    assert sorted(capsys.readouterr().out.splitlines()) == sorted(
        f"differs: samples/{name}" for name in generate.files()
    )
    assert list(tmp_path.iterdir()) == []
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0
    (tmp_path / "recovery-plan-v3.txt").write_text("changed", "utf-8")
    capsys.readouterr()
    assert generate.main(["--check"]) == 1
    assert capsys.readouterr().out == "differs: samples/recovery-plan-v3.txt\n"


# --- content and truth -----------------------------------------------------------------------------------------------


def test_version_4_changes_version_3_as_its_file_says() -> None:
    assert refs(load_v3()) == [
        *(f"1.{n}" for n in range(1, 11)),
        *(f"2.{n}" for n in (1, 2, 3, 4, 5, 6, 7, 9, 11, 12, 13, 14)),
        *(f"3.{n}" for n in range(1, 10)),
        *(f"4.{n}" for n in range(1, 7)),
    ]
    assert refs(load_v4()) == [
        *(f"1.{n}" for n in range(1, 12)),
        *(f"2.{n}" for n in (1, 2, 3, 4, 5, 6, 7, 9, 11, 12, 13)),
        *(f"3.{n}" for n in range(1, 12)),
        *(f"4.{n}" for n in range(1, 6)),
    ]
    assert set(load_v3().people) ^ set(load_v4().people) == {
        ("Tomos Vaughan", "Head of Organisational Development"),
        ("Joanna Kell", "Interim Head of Organisational Development"),
    }


@CONTENTS
def test_truth_reads_every_row(content: Content) -> None:
    made = truth(content)
    actions = [action for section in made["sections"] for group in section["groups"] for action in group["actions"]]
    names = {person["name"] for person in made["people"]}
    assert [action["ref"] for action in actions] == refs(content)
    for action in actions:
        assert list(action) == [*FIELDS, "gold"]
        assert len(action["gold"]["start"]) == len(action["start"])
        assert len(action["gold"]["end"]) == len(action["end"])
        assert set(action["gold"]["leads"]) <= names
    assert [action["ref"] for action in actions if action["gold"]["leads_ambiguous"]] == [refs(content)[-2]]


# --- the formats -----------------------------------------------------------------------------------------------------


@CONTENTS
def test_pdf_holds_what_the_plan_says_and_its_furniture(content: Content) -> None:
    pdf = pypdfium2.PdfDocument(as_pdf(content))
    got = characters(*(page.get_textpage().get_text_range() for page in pdf))
    bullets = sum(len(section.outcomes) for section in content.sections) + len(content.people)
    page_numbers = [f"{content.running_head}Page {n}" for n in range(1, len(pdf) + 1)]
    rest = got - characters(*said(content), "•" * bullets, *page_numbers)
    header = characters(*(header for _, header, _ in content.columns))
    times = rest["U"] // header["U"]
    assert rest == Counter({letter: n * times for letter, n in header.items()})
    assert times > len(content.sections)


@CONTENTS
def test_word_holds_what_the_plan_says(content: Content) -> None:
    document = docx.Document(io.BytesIO(as_word(content)))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    by_ref = {row[0]: row for row in rows}
    for section in content.sections:
        for group in section.groups:
            for row in group.rows:
                assert by_ref[row.ref] == [row.cells[field] for field in FIELDS]
    printed = [paragraph.text for paragraph in document.paragraphs]
    outside = [text for text in said(content) if text in set(printed)]
    assert printed == outside


@CONTENTS
def test_dump_before_damage_holds_what_the_plan_says(content: Content) -> None:
    bullets = sum(len(section.outcomes) for section in content.sections) + len(content.people)
    rows = len(content.sections) + sum(group.between_tables for section in content.sections for group in section.groups)
    headers = [header for _, header, _ in content.columns] * rows
    assert characters(dump(content).text()) == characters(*said(content), "-" * bullets, *headers)


# --- damage: what an OCR table reader left, and the words that show it ----------------------------------------

#: Kind of damage, the words that show it in the dump of version 3, and in that of version 4.
DAMAGE = [
    ("header in other spellings", "\tRESOU RCES\t", "\tRESOU RCES\t"),
    ("header with a letter of another alphabet", "RЕF\tACTION", "PRОGRESS\n"),
    ("header with an extra first column", "R\tREF\tACTION\t", "R\tREF\tACTION\t"),
    ("ref split by the extra column", "\n1\t10\tLearn from", "\n1\t4\tGive every"),
    ("four empty cells at the end", "PROGRESS\t\t\t\t\n", "PROGRESS\t\t\t\t\n"),
    ("fragment with lost columns", "\n\t\tSelf-assessment by each", "\n\t\tevery six months\t"),
    ("row continued under a header", "PROGRESS\n\t\t\t\t\t\tlisted each", "PROGRESS\n\t• Flexible hours\t"),
    ("row continued without a header", "\n\n\t\uf0b7 • Time to learn", "\n\n\t• set a ceiling"),
    ("banner: repeated start", "\nASSU\tASSURANCE AND", "\nURGENT\tURGENT ACTIONS"),
    ("banner: split", "\nURGE\tNT ACTIONS", "\nCAS\tES NAMED"),
    ("banner: overlapping letter", "\nRECR\tRUITMENT", "\nFINAN\tNCIAL"),
    ("banner: wrong clipped letter", "\nPATHV\tWAYS", "\nRECF\tRUITMENT"),
    ("banner: Cyrillic", "\nНОМ\tE CARE", "\nРАТН\tAYS"),
    ("banner: lost letter", "\nFINA\tCIAL CONTROL", "\nРАТН\tAYS FROM"),
    ("banner: misread head over two lines", "\nEOUIF\t\t\t\t\t\t\t\thomes.\n\tMENT & TECH", "\n\tMENT & TECH"),
    ("banner fused with a row", "\nPRAC 2.14\tTICE QUALITY Build", "\nPRACTI 2.13\tCE QUALITY Build"),
    ("banner between two tables", "\n\nAUDIT AND SUPERVISION\n\n", "Page 9\nAUDIT AND SUPERVISION\n\n"),
    (
        "cell begins with the tail of the cell above",
        "\thas not stayed in a file Repeated",
        "\tto clear overdue annual reviews Duty",
    ),
    (
        "rows run together",
        "overdue annual reviews Duty line at the front door",
        "what we looked at and why Open a step-down flat",
    ),
    ("rows run together, two end dates and one lead", "\tSept 24\t15 Nov 24 30 Nov 24\tBC\t", None),
    ("Cyrillic", "\tТВС\t", "\tТВС\t"),
    ("Cyrillic, small", "\tтвс\t", None),
    ("Greek", "\tΤΒC\t", "\tΗΜ\t"),
    ("Cyrillic initials", "\tВС\t", "\tАО\t"),
    ("broken word", "\tCorpor ate training", "\tCorporate traini ng"),
    ("broken date", "\t29/11/202 4\t", " 29 Au g 25 phase 2\t"),
    ("broken amount", "\t£9,50 0\t", "\t£49 7k\t"),
    ("split ordinal", "31 st January 25", "1 st February"),
    ("hyphen at a wrap", "\tRT- B\t", "strengths- based"),
    ("stray bullets", "\t\uf0b7 First meeting", "an independent chair \uf0b7\t"),
    ("year on the continuation row", "\t31 March\tRT-B", "\t31 March\tRT-B"),
    ("running head and page number", None, "Assessment v4\nPage 5\n"),
]


@pytest.mark.parametrize("kind,v3,v4", DAMAGE, ids=[kind for kind, _, _ in DAMAGE])
def test_damage_stands_in_the_dump_and_not_in_the_plan(kind: str, v3: str | None, v4: str | None) -> None:
    for words, content in ((v3, load_v3()), (v4, load_v4())):
        if words is not None:
            text = (SAMPLES / f"recovery-plan-{content.version}.txt").read_text("utf-8")
            assert words in text
            assert kind == "banner between two tables" or words not in dump(content).text()


@pytest.mark.parametrize("version,lost", [("v3", ["WORKFORCE AND", "people are assessed"]), ("v4", ["WORKFORCE AND"])])
def test_heading_of_section_2_is_lost(version: str, lost: list[str]) -> None:
    text = (SAMPLES / f"recovery-plan-{version}.txt").read_text("utf-8").lower()
    assert [words for words in lost if words.lower() in text] == []


@pytest.mark.parametrize("version,ref", [("v3", "2.6"), ("v4", "3.5")])
def test_ref_of_a_row_run_together_is_nowhere(version: str, ref: str) -> None:
    lines = (SAMPLES / f"recovery-plan-{version}.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith((f"{ref}\t", f"{ref} "))] == []


# --- damage strikes where it is told to, or not at all ---------------------------------------------------------------


def test_damage_without_its_target_is_an_error() -> None:
    out = dump(load_v3())
    with pytest.raises(LookupError, match=r"row 9\.9: wanted once, found 0 times"):
        out.row("9.9")
    with pytest.raises(LookupError, match=r"1\.4 lead: 'ZZ' wanted once, found 0 times"):
        change(out.row("1.4"), "lead", "ZZ", "YY")
    with pytest.raises(LookupError, match=r"no such banner: wanted once, found 0 times"):
        clip_banner(out, "no such banner", "A", "B")


def test_cells_that_hold_something_are_not_lost() -> None:
    out = Dump(load_v3(), [DumpLine("rest", ["", "words", "", "", "", "", "", "", "end"], ref="1.1")])
    with pytest.raises(LookupError, match=r"1\.1: a cell that is lost is not empty"):
        lose_columns(out, "1.1", 5)
    lose_columns(out, "1.1", 8)
    assert out.lines[0].cells == ["words", "", "", "", "", "", "", "end"]


def test_rows_that_differ_in_a_field_do_not_share_it() -> None:
    row, last = ["1.1", *"abcdefgh"], ["1.2", *"abXdefgh"]
    out = Dump(
        load_v3(), [DumpLine("rest", [""] * 9, "1.0"), DumpLine("row", row, "1.1"), DumpLine("row", last, "1.2")]
    )
    with pytest.raises(LookupError, match=r"1\.1 and 1\.2 differ in end"):
        run_together(out, "1.0", "1.1", "1.2", once=("end",))
