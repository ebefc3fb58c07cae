"""`actionplan review`: whose pages it writes, where it finds their sources, and what it says when it can't."""

import json
import re
import shutil
from pathlib import Path

import pytest
from plan_builder import a_plan, an_action
from review_plans import SAMPLES

from actionplan.command_line import main
from actionplan.reviewing import figures_of
from actionplan.unchanged import NOTE
from extract.page_pictures import page_pictures

DUMP = "recovery-plan-v3.txt"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the folders `in`, which holds a source, and `out`."""
    place = tmp_path_factory.mktemp("once")
    (place / "in").mkdir()
    shutil.copy(SAMPLES / DUMP, place / "in")
    assert main(["extract", str(place / "in"), "--out", str(place / "out"), "--quiet"]) == 0
    return place


@pytest.fixture
def extracted(once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a plan below the working folder, which holds copies of `in` and `out`."""
    shutil.copytree(once, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Path("out", DUMP)


def data_in(page: Path) -> dict:
    text = page.read_text("utf-8")
    return json.loads(text.partition('<script type="application/json" id="data">')[2].partition("</script>")[0])


def test_a_page_is_written_into_the_folder_of_its_plan(extracted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(path.name for path in extracted.iterdir())
    assert main(["review", str(extracted)]) == 0
    out, err = capsys.readouterr()
    assert (out, err.startswith(f"{extracted}/review.html: 37 actions, 34 findings to look at, 0.")) == ("", True)
    assert sorted(path.name for path in extracted.iterdir()) == sorted([*before, "review.html"])
    data = data_in(extracted / "review.html")
    assert (data["file"], data["corrections"]["name"]) == (DUMP, "corrections.toml")


def test_a_page_does_not_make_the_plan_another(extracted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", str(extracted / "plan.json"), "--quiet"]) == 0
    page = (extracted / "review.html").read_bytes()
    assert main(["extract", "in", "--out", "out"]) == 0
    assert "unchanged" in capsys.readouterr().err
    assert main(["check", "out"]) == 0
    assert (extracted / "review.html").read_bytes() == page


def test_many_plans_have_a_page_each(extracted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(extracted, "out/again")
    shutil.move("out/again", "out/deep/again")
    assert main(["review", "out", str(extracted), "--quiet"]) == 1  # the copy's source is not where its note says
    assert (extracted / "review.html").is_file()
    said = capsys.readouterr().err
    assert said == (
        "actionplan: Cannot review 'out/deep/again': its source 'recovery-plan-v3.txt' is not where it was. Name it "
        "with --source FILE.\n"
    )


def test_both_folders_can_be_moved_together(extracted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("elsewhere").mkdir()
    shutil.move("in", "elsewhere/in")
    shutil.move("out", "elsewhere/out")
    monkeypatch.chdir(tmp_path / "elsewhere" / "out")
    assert main(["review", DUMP]) == 0


def test_a_note_of_an_older_version_leads_nowhere_but_the_source_beside_is_found(extracted: Path) -> None:
    note = json.loads((extracted / NOTE).read_text("utf-8"))
    del note["place"]
    (extracted / NOTE).write_text(json.dumps(note), "utf-8")
    assert main(["review", str(extracted)]) == 1
    shutil.copy(SAMPLES / DUMP, ".")
    assert main(["review", str(extracted)]) == 0


def test_a_source_that_changed_is_told(extracted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Path("in", DUMP).open("a", encoding="utf-8") as file:
        file.write("One more line\n")
    assert main(["review", str(extracted)]) == 1
    assert capsys.readouterr().err == (
        f"actionplan: Cannot review 'out/{DUMP}': its source 'in/{DUMP}' has changed since it was extracted. "
        "Extract it again, or name the file that it was made from with --source.\n"
    )
    assert not (extracted / "review.html").exists()
    assert main(["review", str(extracted), "--source", str(SAMPLES / DUMP), "--quiet"]) == 0


@pytest.mark.parametrize(
    "source, cause",
    [
        ("in/other.txt", "its source has another SHA-256 than 'in/other.txt'"),
        ("in/none.txt", "'in/none.txt' is no file"),
    ],
)
def test_a_source_that_is_another_file_is_refused(
    extracted: Path, capsys: pytest.CaptureFixture[str], source: str, cause: str
) -> None:
    Path("in/other.txt").write_text("another", "utf-8")
    assert main(["review", str(extracted), "--source", source]) == 1
    assert capsys.readouterr().err == (
        f"actionplan: Cannot review 'out/{DUMP}': {cause}. Name the '{DUMP}' that it was made from, or extract this "
        "one.\n"
    )


def test_one_source_or_page_is_of_one_plan(extracted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(extracted, "out/again")
    for option, value in (("--source", f"in/{DUMP}"), ("--out", "page.html")):
        assert main(["review", "out", option, value]) == 2
        assert capsys.readouterr().err == (
            f"actionplan: Cannot review them together: {option} names one file, and these are 2 plans. Name one plan, "
            f"or leave {option} out.\n"
        )
    assert main(["review", "in"]) == 2
    assert capsys.readouterr().err == (
        "actionplan: Nothing to review in 'in': it holds no plan.json. Run actionplan extract first.\n"
    )


def test_the_page_can_be_written_elsewhere(extracted: Path) -> None:
    assert main(["review", str(extracted), "--out", "pages/mine.html", "--quiet"]) == 0
    assert [path.name for path in Path("pages").iterdir()] == ["mine.html"]
    assert not (extracted / "review.html").exists()


def test_a_plan_that_cannot_be_read_is_told(extracted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (extracted / "plan.json").write_text("{}", "utf-8")
    assert main(["review", str(extracted)]) == 1
    assert "it has no schema_version" in capsys.readouterr().err


@pytest.mark.parametrize(
    "files, name, entries",
    [
        ({"corrections.toml": "Adult Social Care Recovery Plan"}, "corrections.toml", 1),
        ({"corrections.toml": "Another plan"}, f"{DUMP}.corrections.toml", 0),
        ({"corrections.toml": "Another plan", f"{DUMP}.corrections.toml": "Odd"}, f"{DUMP}.corrections.toml", 1),
        ({}, "corrections.toml", 0),
    ],
)
def test_the_page_goes_on_with_the_corrections_beside_the_source(
    extracted: Path, files: dict[str, str], name: str, entries: int
) -> None:
    entry = '[[value]]\nfield = "end"\nprinted = "Oct 24"\naccept = true\nauthor = "R"\ndate = 2024-11-25\n'
    for file, title in files.items():
        Path("in", file).write_text(f'[plan]\ntitle = "{title}"\n\n{entry}', "utf-8")
    assert main(["review", str(extracted), "--quiet"]) == 0
    found = data_in(extracted / "review.html")["corrections"]
    assert (found["name"], [one["entry"]["date"] for one in found["entries"]]) == (name, ["2024-11-25"] * entries)


def test_corrections_that_cannot_be_used_stop_the_page(extracted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("in/corrections.toml").write_text('[[value]]\nfeild = "end"\n', "utf-8")
    assert main(["review", str(extracted)]) == 1
    said = capsys.readouterr().err
    assert said.startswith(
        f"actionplan: out/{DUMP}/plan.json: Cannot use the corrections 'in/corrections.toml': 'feild'"
    )
    assert "line 2" in said
    assert not (extracted / "review.html").exists()


def test_pictures_of_pages_are_as_large_as_the_boxes_count() -> None:

    pages = list(page_pictures(SAMPLES / "recovery-plan-v3.pdf", (2, 3)))
    assert [(page.number, int(page.width), int(page.height)) for page in pages] == [(2, 842, 595), (3, 842, 595)]
    assert all(page.data[8:12] == b"WEBP" and len(page.data) < 200_000 for page in pages)
    assert list(page_pictures(SAMPLES / DUMP, (1, 1))) == []


def test_a_picture_file_counts_in_its_own_pixels(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("L", (1654, 2339), 200).save(tmp_path / "scan.png", dpi=(300, 300))
    (page,) = page_pictures(tmp_path / "scan.png", (1, 1))
    assert (round(page.width), round(page.height)) == (1654, 2339)


def figures_on(page: Path) -> list[str]:
    return re.findall(r'<figcaption class="unseen"><h3><bdi>(.*?)</bdi>', page.read_text("utf-8"))


def test_the_page_has_the_pictures_of_its_plan(extracted: Path) -> None:
    """What is overdue only where a day is given: the clock is never read."""
    page = extracted / "review.html"
    assert main(["review", str(extracted), "--quiet"]) == 0
    assert figures_on(page) == ["Status by section", "Timeline"]
    assert main(["review", str(extracted), "--quiet", "--as-of", "2024-11-01"]) == 0
    assert figures_on(page) == ["Status by section", "Overdue as of 2024-11-01", "Timeline"]


@pytest.mark.parametrize("actions, pictures", [(0, 0), (1, 2), (2001, 0)])
def test_a_plan_that_no_picture_can_hold_has_none(actions: int, pictures: int) -> None:
    assert len(figures_of(a_plan(actions=(an_action(),) * actions))) == pictures
