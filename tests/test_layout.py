"""--layout and --pages: the file, what it changes, and every word that is said of a wrong one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ruled_pages import ruled_pdf

import actionplan
from actionplan.command_line import main
from actionplan.door import configuration, settings_of
from actionplan.inputs import UsageError
from actionplan.layout_file import read_layout
from extract.model import PagesError
from normalise.model import FIELDS
from normalise.pinned import Pin, PinnedColumns

SHARED = Path(__file__).parents[2] / "shared"
DOCS = Path(__file__).parents[1] / "docs" / "layouts.md"

HEADER = ["Nr", "What has to happen", "Who minds it", "Done before", "Where it stands"]
WIDTHS = (30, 260, 120, 110, 220)
PAGES = [
    [
        HEADER,
        [
            "1",
            "Paint the quay rails before winter\nand log each section",
            "Tess Waring",
            "Jun 2019",
            "Out to three firms in the town",
        ],
        [
            "2",
            "Light the slipway from dusk\nuntil the last tide",
            "Owen Lisle",
            "Jul 2019",
            "Lamps are on order since May",
        ],
    ],
    [
        HEADER,
        [
            "3",
            "Count the bollards along the east\nwall each spring",
            "Owen Lisle",
            "Aug 2019",
            "Counted twice, written up in the log",
        ],
    ],
    [HEADER, ["4", "Ring the bell in fog", "Tess Waring", "Sep 2019", ""]],
]
LAYOUT = """\
# The words of the Marlstone plan
[columns]
"nr" = "ref"
"What has to happen" = "action"
'Who minds it' = "lead"
"Where it stands" = "progress"
"""


@pytest.fixture
def quays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with a plan of three pages under words of its own, and its layout."""
    monkeypatch.chdir(tmp_path)
    ruled_pdf(Path("quays.pdf"), PAGES, WIDTHS, "Safer Quays Improvement Plan")
    Path("quays.toml").write_text(LAYOUT, "utf-8")
    return tmp_path


def read_back(text: str, tmp_path: Path) -> PinnedColumns:
    path = tmp_path / "layout.toml"
    path.write_bytes(text.encode("utf-8"))
    return read_layout(path)


def test_a_layout_file_is_pins(tmp_path: Path) -> None:
    expected = PinnedColumns(
        (
            Pin("What has to happen", "action"),
            Pin("Where it stands", "progress"),
            Pin("Who minds it", "lead"),
            Pin("nr", "ref"),
        )
    )
    assert read_back(LAYOUT, tmp_path) == expected
    assert read_back("\ufeff" + LAYOUT.replace("\n", "\r\n"), tmp_path) == expected


EXAMPLE = 'Write a [columns] table with a line a header, such as "What needs to happen" = "action"'
FIELD_LIST = f"Fields are {', '.join(FIELDS)}, extra"
WRONG = [
    ("", "it pins no column", EXAMPLE),
    ("[columns]\n", "it pins no column", EXAMPLE),
    ("columns = 3", "it pins no column", EXAMPLE),
    (
        "[columns]\nWho is it = 'lead'",
        "it is no TOML (expected '=' after a key in a key/value pair (at line 2, column 5))",
        EXAMPLE,
    ),
    (
        "[columns]\nWho = 'lead'\n\n[rows]\nfirst = 2",
        "'rows' in line 4 is not known to a layout",
        "A layout holds [columns] alone",
    ),
    (
        '[columns]\nAction = "action"\nAct = "act"',
        "'Act' in line 3 is pinned to 'act', which is no field",
        FIELD_LIST,
    ),
    (
        "[columns]\n'Who minds it' = 'Leads'",
        "'Who minds it' in line 2 is pinned to 'Leads', which is no field",
        f"Did you mean 'lead'? {FIELD_LIST}",
    ),
    ("[columns]\nWho = 2", "'Who' in line 2 is pinned to what is no text", f"{FIELD_LIST}, each in quotation marks"),
    ("[columns]\n'–' = 'extra'", "'–' in line 2 holds no letter or digit", "Write the header as it is printed"),
    (
        "[columns]\n'SRO (Lead)' = 'lead'\n'SRO Lead' = 'action'",
        "'SRO Lead' in line 3 is the same header as 'SRO (Lead)'",
        "Pin each header once",
    ),
    ("[columns]\n" + "a" * 1_000_000, "it has more than 1000000 bytes", "Give the layout file, not the plan"),
]


@pytest.mark.parametrize("text, cause, hint", WRONG, ids=[cause[:40] for _, cause, _ in WRONG])
def test_a_wrong_layout_file_is_told(tmp_path: Path, text: str, cause: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_back(text, tmp_path)
    assert str(caught.value) == f"Cannot use the layout {str(tmp_path / 'layout.toml')!r}: {cause}. {hint}"


def test_a_layout_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        read_layout(tmp_path / "gone.toml")
    assert caught.value.cause == "no such file or directory"
    (tmp_path / "latin.toml").write_bytes(b"[columns]\nWh\xf6 = 'lead'")
    with pytest.raises(UsageError) as caught:
        read_layout(tmp_path / "latin.toml")
    assert (caught.value.cause, caught.value.hint) == ("it is not UTF-8 text", "Save it as UTF-8")


SNIPPET = """\
[columns]
"Nr" = "ref"
"What has to happen" = "action"
"Who minds it" = "lead"
"Done before" = "end"
"Where it stands" = "extra"
"""
OPENS = " | ".join(HEADER)
NO_TABLE = f"""\
actionplan: quays.pdf: No action table found: no table has headers that name an action and a lead, a date or the \
progress; 3 tables and 4 paragraphs were read; the first tables open with: {OPENS}; {OPENS}; {OPENS}. Check that this \
is the action plan itself and not the report that it answers; if it is, say in a layout file which header is which \
field.
A layout file for it, to put right and give with --layout FILE.toml. The fields are ref, action, start, end, lead, \
resources, measure, impact, progress, status, extra (a column that is none of them).

{SNIPPET}
"""


def test_the_error_for_unknown_headers_shows_the_layout_to_write(
    quays: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", "quays.pdf"]) == 1
    told = capsys.readouterr()
    assert told == ("", NO_TABLE)
    assert not (quays / "out").exists()
    Path("shown.toml").write_text(told.err[told.err.index("[columns]") :], "utf-8")
    assert main(["extract", "quays.pdf", "--layout", "shown.toml", "--quiet"]) == 0


def test_a_layout_reads_the_plan(quays: Path) -> None:
    assert main(["extract", "quays.pdf", "--layout", "quays.toml", "--quiet"]) == 0
    plan = json.loads(Path("out/quays.pdf/plan.json").read_text("utf-8"))
    assert [(column["field"], column["header"]) for column in plan["columns"]] == [
        ("ref", "Nr"),
        ("action", "What has to happen"),
        ("lead", "Who minds it"),
        ("end", "Done before"),
        ("progress", "Where it stands"),
    ]
    assert [(one["ref"], one["end"][0]["edtf"], one["leads"][0]["text"]) for one in plan["actions"]] == [
        ("1", "2019-06", "Tess Waring"),
        ("2", "2019-07", "Owen Lisle"),
        ("3", "2019-08", "Owen Lisle"),
        ("4", "2019-09", "Tess Waring"),
    ]
    assert main(["check", "out/quays.pdf", "--source", "quays.pdf"]) == 0


def test_a_wrong_layout_is_wrong_usage(quays: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "quays.pdf", "--layout", "gone.toml"]) == 2
    assert capsys.readouterr().err == (
        "actionplan: Cannot use the layout 'gone.toml': no such file or directory. "
        "Check the path and its permissions.\n"
    )
    assert not (quays / "out").exists()


def test_layout_and_pages_are_part_of_the_configuration(quays: Path) -> None:
    pins = read_layout(Path("quays.toml"))
    turned = PinnedColumns(pins.pins[::-1])
    assert settings_of() == {}
    assert settings_of(pins, (2, 3)) == {
        "layout": {
            "nr": "ref",
            "What has to happen": "action",
            "Who minds it": "lead",
            "Where it stands": "progress",
        },
        "pages": [2, 3],
    }
    assert configuration(settings_of(turned)) == configuration(settings_of(pins))
    several = [configuration(settings_of(*one)) for one in ((), (pins,), (pins, (1, 3)), (pins, (2, 3)))]
    assert len(set(several)) == 4
    assert actionplan.read("quays.pdf", "quays.toml", (2, 3)).tool.configuration == several[3]


def test_pages_of_a_pdf(quays: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "quays.pdf", "--layout", "quays.toml", "--quiet", "--pages", "2-3"]) == 0
    plan = actionplan.load("out/quays.pdf")
    assert [action.ref for action in plan.actions] == ["3", "4"]
    assert plan.source.pages == 3
    capsys.readouterr()
    assert main(["check", "out/quays.pdf", "--source", "quays.pdf", "--pages", "2-3"]) == 0
    assert main(["check", "out/quays.pdf", "--source", "quays.pdf"]) == 1
    assert [action.ref for action in actionplan.read("quays.pdf", "quays.toml", (3, 3)).actions] == ["4"]
    with pytest.raises(PagesError):
        actionplan.read("quays.pdf", pages=(0, 1))


USAGE_OF_PAGES = [
    (
        ["quays.pdf", "--pages", "2-4"],
        "Cannot read pages 2 to 4 of quays.pdf: it has 3 pages. Ask for pages that it has",
    ),
    (["quays.pdf", "--pages", "4"], "Cannot read pages 4 to 4 of quays.pdf: it has 3 pages. Ask for pages that it has"),
    (
        ["quays.pdf", "quays.toml", "--pages", "1"],
        "Cannot extract some pages of 2 documents: each has pages of its own. Name one document with --pages",
    ),
    (
        ["quays.toml", "--pages", "1"],
        "Cannot read some pages of 'quays.toml': a Word file, workbook or text has no fixed pages. "
        "Leave the pages out, or save it as PDF first",
    ),
]


@pytest.mark.parametrize("words, message", USAGE_OF_PAGES)
def test_pages_that_are_not_there_are_wrong_usage(
    quays: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    assert main(["extract", *words]) == 2
    assert capsys.readouterr() == ("", f"actionplan: {message}.\n")
    assert not (quays / "out").exists()


@pytest.mark.parametrize("text", ["0", "0-3", "3-2", "-3", "3-", "a", "1,2", "1-2-3", "²", ""])
@pytest.mark.parametrize("verb", ["extract", "tables"])
def test_what_is_no_range_of_pages(quays: Path, capsys: pytest.CaptureFixture[str], verb: str, text: str) -> None:
    assert main([verb, "quays.pdf", f"--pages={text}"]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"actionplan {verb}: error: argument --pages: {text!r} is no range of pages. Write the first and the last, "
        "such as 3-7"
    )


@pytest.mark.skipif(not (SHARED / "real").is_dir(), reason="the real documents are not here")
@pytest.mark.parametrize("path", sorted((SHARED / "real").glob("*.pdf")), ids=lambda path: path.stem)
def test_a_document_that_is_no_plan_gets_one_error_and_no_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], path: Path
) -> None:
    assert main(["extract", str(path), "--out", str(tmp_path / "out")]) == 1
    told = capsys.readouterr()
    assert (told.out, told.err.count("actionplan: ")) == ("", 1)
    assert f"{path}: No action table found: " in told.err
    assert list(tmp_path.iterdir()) == []


def test_the_page_on_layouts_shows_what_is_printed() -> None:
    page = DOCS.read_text("utf-8")
    assert SNIPPET in page
    for line in NO_TABLE.splitlines()[:2]:
        assert line in page
    assert all(f"`{field}`" in page for field in (*FIELDS, "extra"))
