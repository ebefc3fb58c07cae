"""The pictures themselves: sound SVG and PNG, the same bytes each time, and nothing in them that does anything."""

from __future__ import annotations

import io
import subprocess
import sys
import xml.etree.ElementTree as Tree
from datetime import date
from pathlib import Path

import pytest
from hostile_plan import FORMULA, HOSTILE, MARKUP, hostile_plan
from msgspec.structs import replace
from PIL import Image
from plan_builder import a_plan, an_action

import actionplan
from actionplan import charting
from actionplan.command_line import main
from export.charts import FORMATS, KINDS
from export.charts.charting import Chart, chart_of
from export.charts.drawing import dots, drawn
from export.charts.scene import Box, Line, Mark, Scene, Words
from export.charts.timeline import Part, bar_of
from export.charts.timeline_scene import timeline_scene
from export.plan_json import to_json
from normalise.model import Date

ROOT = Path(__file__).parents[1]
SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2017, 12, 10)
PLAIN = a_plan()


def svg_of(chart: Chart) -> Tree.Element:
    return Tree.fromstring(drawn(chart.scene, chart.title, chart.words, "svg"))


def texts(svg: Tree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]


@pytest.mark.parametrize("kind", KINDS)
def test_an_svg_has_its_words_as_text_and_is_described(kind) -> None:
    chart = chart_of(PLAIN, kind, DAY)
    svg = svg_of(chart)
    assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", "title words")
    told = {part.get("id"): part.text for part in svg if part.tag in (f"{SVG}title", f"{SVG}desc")}
    assert told == {"title": chart.title, "words": chart.words}
    found = texts(svg)
    words = [thing for thing in chart.scene.things if isinstance(thing, Words)]
    assert len(found) == len(words)
    assert [text for text, one in zip(found, words, strict=True) if not one.text.startswith(text.rstrip("…"))] == []


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_same_plan_gives_the_same_bytes(kind, form) -> None:
    assert actionplan.chart(PLAIN, kind, DAY, form) == actionplan.chart(PLAIN, kind, DAY.isoformat(), form)


def test_neither_the_clock_nor_the_users_settings_are_read(tmp_path: Path) -> None:
    """Another process, another time, another font and colour set by the user."""
    (tmp_path / "matplotlibrc").write_text("font.size: 30\nlines.linewidth: 9\nsvg.fonttype: path\n", "utf-8")
    (tmp_path / "plan.json").write_text(to_json(PLAIN), "utf-8")
    own = {"MATPLOTLIBRC": str(tmp_path), "MPLCONFIGDIR": str(tmp_path), "SOURCE_DATE_EPOCH": "1"}
    environment = {**own, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "actionplan", "chart", str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, timeout=120, check=True, env=environment)
    assert ran.stdout == actionplan.chart(PLAIN)


def test_a_png_is_as_large_as_its_scene() -> None:
    chart = chart_of(PLAIN, "status")
    image = Image.open(io.BytesIO(drawn(chart.scene, "", "", "png")))
    assert (image.format, image.width, image.height) == ("PNG", 2000, int(chart.scene.height * 160))
    assert image.getpixel((2, 2))[:3] == (255, 255, 255)


@pytest.mark.parametrize("height, expected", [(10.0, 160), (200.0, 160), (320.0, 100), (10_000.0, 60)])
def test_a_high_picture_has_fewer_dots(height: float, expected: int) -> None:
    assert dots(height) == expected


def test_hostile_text_does_nothing() -> None:
    """Formulas, markup, controls, other directions, 20,000 characters; the review page's tests draw all 300 actions."""
    plan = hostile_plan()
    chart = chart_of(replace(plan, actions=plan.actions[: len(HOSTILE)]), "timeline", DAY)
    svg = svg_of(chart)  # parses, so nothing broke out of its element
    found = texts(svg)
    assert {FORMULA, MARKUP} <= set(found)
    assert {part.tag.removeprefix(SVG) for part in svg.iter()} == {
        *("svg", "title", "desc", "defs", "style", "g", "path", "text", "use"),
    }
    assert max(map(len, found)) < 160
    assert not [text for text in found if not text.isprintable()]


@pytest.mark.parametrize("text", ["$x^2$", "$\\frac{1}{0}$ and $", "£5 and $5 and $6", "_private", "\\textbf{a}"])
def test_no_text_is_a_formula(text: str) -> None:
    assert text in texts(svg_of(chart_of(a_plan(actions=(an_action(action=text),)), "timeline")))


def test_letters_that_the_font_lacks_are_drawn_all_the_same(recwarn: pytest.WarningsRecorder) -> None:
    chart = chart_of(a_plan(actions=(an_action(action="会议 שלום 😀"),)), "timeline")
    assert "会议 שלום 😀" in texts(svg_of(chart))
    assert drawn(chart.scene, "", "", "png")[:4] == b"\x89PNG"
    assert [str(warning.message) for warning in recwarn] == []


def test_words_are_cut_where_their_room_ends() -> None:
    words = "Agree the programme of visits " * 4
    scene = Scene(4.0, 1.0, (Words(0.1, 0.5, words, within=2.0), Words(0.1, 0.8, "Agree", within=2.0)))
    cut, whole = texts(Tree.fromstring(drawn(scene, "", "", "svg")))
    assert (cut.endswith("…"), words.startswith(cut[:-1]), 20 < len(cut) < 40, whole) == (True, True, True, "Agree")


def things(*end: Date, as_of: date | None = None) -> dict[type, list]:
    """What is drawn on the row of an action that starts in July 2017."""
    july = Date("Jul 17", "date", "2017-07", "2017-07-01", "2017-07-31")
    scene = timeline_scene("", "", (Part("", (bar_of(an_action(start=(july,), end=end)),)),), as_of)
    row = [thing for thing in scene.things if getattr(thing, "y", getattr(thing, "top", 9.0)) > 1.72]
    return {kind: [thing for thing in row if isinstance(thing, kind)] for kind in (Box, Line, Mark, Words)}


A_DAY = Date("30 Nov 17", "date", "2017-11-30", "2017-11-30", "2017-11-30")
A_MONTH = Date("Nov 17", "date", "2017-11", "2017-11-01", "2017-11-30")


def test_a_month_is_pale_and_what_is_sure_is_full() -> None:
    start, end, sure = things(A_MONTH)[Box]
    assert (start.fill, end.fill, sure.fill) == ("#bed9f1", "#bed9f1", "#3b8bd4")
    assert (sure.left, sure.right) == (start.right, end.left)
    days = (start.right - start.left) / 31
    assert (end.right - end.left) == pytest.approx(30 * days)


def test_an_exact_day_is_full_and_a_day_wide() -> None:
    start, end, sure = things(A_DAY)[Box]
    assert (end.right - end.left, end.fill) == (pytest.approx((start.right - start.left) / 31), sure.fill)
    assert end.right == pytest.approx(sure.right)


def test_a_day_on_a_scale_of_years_can_still_be_seen() -> None:
    end = things(replace(A_DAY, earliest="2037-11-30", latest="2037-11-30"))[Box][1]
    assert end.right - end.left == pytest.approx(0.03)


@pytest.mark.parametrize(
    "end, arrows, dotted", [(Date("Ongoing", "ongoing"), 1, 0), (Date("TBC", "tbc"), 0, 1), (A_MONTH, 0, 0)]
)
def test_an_open_end_has_an_arrow_and_an_unknown_one_dots(end: Date, arrows: int, dotted: int) -> None:
    drawn_things = things(end)
    assert sum(mark.kind == "arrow" for mark in drawn_things[Mark]) == arrows
    lines = timeline_lines(end)
    assert sum(line.dashes == "dotted" and line.y0 > 1.72 for line in lines) == dotted


def timeline_lines(end: Date, as_of: date | None = None) -> list[Line]:
    july = Date("Jul 17", "date", "2017-07", "2017-07-01", "2017-07-31")
    scene = timeline_scene("", "", (Part("", (bar_of(an_action(start=(july,), end=(end,))),)),), as_of)
    return [thing for thing in scene.things if isinstance(thing, Line)]


@pytest.mark.parametrize(
    "as_of, lines, told",
    [
        (None, 0, []),
        (date(2017, 9, 1), 1, ["as of 2017-09-01"]),
        (date(2018, 1, 20), 1, ["as of 2018-01-20"]),
        (date(2030, 1, 1), 0, ["as of 2030-01-01 →"]),
        (date(2000, 1, 1), 0, ["← as of 2000-01-01"]),
    ],
)
def test_the_line_of_a_day_is_there_only_where_one_is_given(as_of: date | None, lines: int, told: list[str]) -> None:
    """A day far outside is named, with an arrow: the plan itself must stay to be seen."""
    assert sum(line.dashes == "dashed" for line in timeline_lines(A_MONTH, as_of)) == lines
    chart = chart_of(a_plan(actions=(an_action(end=(A_MONTH,)),)), "timeline", as_of)
    assert [words.text for words in chart.scene.things if isinstance(words, Words) and "as of" in words.text] == told


@pytest.mark.parametrize("kind", KINDS)
def test_plans_of_nothing_have_pictures(kind) -> None:
    dateless = a_plan(actions=(an_action(start=(), end=(), section=None),), sections=())
    for plan in (a_plan(actions=()), dateless):
        assert texts(svg_of(chart_of(plan, kind, DAY)))


def test_every_status_has_a_sign_of_its_own() -> None:
    """Not by colour alone: the signs differ in shape, or in being full, half full or empty."""
    legend = [thing for thing in chart_of(PLAIN, "status").scene.things if isinstance(thing, Mark)]
    pictures = {drawn(Scene(0.5, 0.5, (Mark(0.25, 0.25, one.kind, "#000000"),)), "", "", "png") for one in legend}
    assert (len(legend), len(pictures)) == (5, 5)


@pytest.fixture
def plan_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "plan.json").write_text(to_json(PLAIN), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_verb_draws_on_stdout(plan_folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["chart", "plan.json", "--kind", "overdue", "--as-of", "2017-12-10", "--format", "png"]) == 0
    assert capfdbinary.readouterr() == (actionplan.chart(PLAIN, "overdue", DAY, "png"), b"")


@pytest.mark.parametrize(
    "name, form, options",
    [
        ("a.PNG", "png", []),
        ("a.svg", "svg", []),
        ("a", "png", ["--format", "png"]),
        ("a.img", "svg", ["--format", "svg"]),
    ],
)
def test_the_verb_writes_a_file(
    plan_folder: Path, capfd: pytest.CaptureFixture[str], name: str, form, options: list[str]
) -> None:
    assert main(["chart", ".", "-o", name, *options]) == 0
    assert (plan_folder / name).read_bytes() == actionplan.chart(PLAIN, "timeline", None, form)
    assert sorted(path.name for path in plan_folder.iterdir()) == sorted([name, "plan.json"])
    assert capfd.readouterr() == ("", "")


NO_DAY = "actionplan: Cannot say what is overdue: no day is given, and the clock is never read. Name the day, such as "
ERRORS = [
    (["plan.json", "--kind", "overdue"], NO_DAY + "--as-of 2025-01-31.\n"),
    (["none"], "actionplan: Cannot read 'none': there is no such file. Check the name and the folder.\n"),
    (
        ["plan.json", "-o", "a.jpg"],
        "actionplan: Cannot draw 'a.jpg': its name ends in .jpg, and a picture is SVG or PNG. Name a .svg or .png "
        "file, or say which with --format.\n",
    ),
    (
        ["plan.json", "-o", "no/such/a.svg"],
        "actionplan: Cannot write 'no/such/a.svg': no such file or directory. Choose another folder with --out, or "
        "make room or permission there.\n",
    ),
]


@pytest.mark.parametrize("words, message", ERRORS)
def test_errors_are_told(plan_folder: Path, capfd: pytest.CaptureFixture[str], words: list[str], message: str) -> None:
    assert main(["chart", *words]) == 2
    assert capfd.readouterr() == ("", message)


@pytest.mark.parametrize("day", ["tomorrow", "2025-1-31", "2025-02-30", "20250131"])
def test_a_day_that_is_none_is_told(plan_folder: Path, capfd: pytest.CaptureFixture[str], day: str) -> None:
    assert main(["chart", ".", "--as-of", day]) == 2
    told = f"{day!r} is no day. Write year, month and day, such as 2025-01-31\n"
    assert capfd.readouterr().err.endswith(told)


def test_no_png_on_a_terminal(plan_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr(charting.sys.stdout, "isatty", lambda: True)
    assert main(["chart", ".", "--format", "png"]) == 2
    assert capsys.readouterr() == (
        "",
        "actionplan: Cannot print a PNG: a terminal shows text alone. Name a file with -o, or use a pipe.\n",
    )


def test_the_picture_in_the_docs_is_of_this_version() -> None:
    """As its page says that it was made; a missing one is written, and the test fails."""
    path = ROOT / "docs" / "timeline.svg"
    picture = actionplan.chart(actionplan.read(ROOT / "samples" / "recovery-plan-v4.docx"), as_of="2025-01-15")
    if not path.exists():
        path.write_bytes(picture)
        pytest.fail("docs/timeline.svg was written: look at it, then commit it")
    assert path.read_bytes() == picture
