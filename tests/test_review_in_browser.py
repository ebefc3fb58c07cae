"""The review page in a real browser: from a finding to its value, to its boxes, and back; corrected and downloaded."""

import json
import shutil
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import chromium
import pytest
from hostile_plan import MARKUP, hostile_plan
from review_plans import HOSTILE_TEXTS, SAMPLES, evil_page, long_page, sample, sample_page

from actionplan.command_line import main
from actionplan.door import load
from actionplan.reviewing import figures_of
from export.review.page import OnFile, render
from extract.reading import read
from normalise.model import Plan

chromium.skip_without_chromium()
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import Select, WebDriverWait  # noqa: E402

PDF, DUMP, WORD = "recovery-plan-v3.pdf", "recovery-plan-v3.txt", "recovery-plan-v3.docx"
FILED = OnFile(
    "corrections.toml",
    {
        "plan": {"title": "Adult Social Care Recovery Plan", "source": "v2.pdf"},
        "reviewer": {"author": "A. Before"},
        "value": [
            {"field": "end", "ref": "1.1", "printed": "Oct  24", "text": "Nov 24", "date": "2024-11-01"},
            {"field": "end", "ref": "9.9", "printed": "May 31", "accept": True, "date": "2024-11-01"},
        ],
        "columns": {'What needs to "happen"': "action"},
    },
)
PAGES: dict[str, Callable[[], str]] = {
    "pdf": lambda: sample_page(PDF),
    "dump": lambda: sample_page(DUMP),
    "word": lambda: sample_page(WORD),
    "filed": lambda: filed_page(),
    "long": long_page,
    "evil": evil_page,
    "pictures": lambda: pictures_page(),
}


def filed_page() -> str:
    return render(sample(WORD), document=read(SAMPLES / WORD), on_file=FILED)


def pictures_page() -> str:
    """The pictures of a plan of 300 actions with hostile texts."""
    plan = hostile_plan()
    return render(plan, figures=figures_of(plan, date(2024, 11, 1)))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    yield from chromium.running(tmp_path_factory.mktemp("browser"))


Open = Callable[..., Path]


@pytest.fixture
def opened(browser, tmp_path: Path) -> Iterator[Open]:
    """Opens one of PAGES from the disk, with an empty store, in a window of a width in CSS pixels."""

    def open_page(name: str, width: int = 1440, keep: bool = False) -> Path:
        path = tmp_path / f"{name}.html"
        path.write_text(PAGES[name](), "utf-8", newline="")
        chromium.sized(browser, width)
        browser.get(path.as_uri())
        if not keep:
            browser.execute_script("localStorage.clear()")
            browser.get(path.as_uri())
        for log in ("browser", "performance"):
            browser.get_log(log)
        return path

    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    yield open_page
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    browser.get("about:blank")


def warned_of_leaving(browser) -> bool:
    """Whether the browser would ask before it leaves the page (a driver answers that question itself)."""
    script = "const leave = new Event('beforeunload', {cancelable: true}); return !window.dispatchEvent(leave)"
    return browser.execute_script(script)


def press(browser, *keys: str) -> None:
    for key in keys:
        ActionChains(browser).send_keys(key).perform()


def one(browser, selector: str):
    return browser.find_element(By.CSS_SELECTOR, selector)


def texts(browser, selector: str) -> list[str]:
    found = browser.find_elements(By.CSS_SELECTOR, selector)
    return [" ".join(element.text.split()) for element in found if element.is_displayed()]


def said(browser) -> str:
    return " ".join(one(browser, "#said").get_attribute("textContent").split())


def field(browser, name: str):
    """The row of a value, as `1.6 Action`."""
    return one(browser, f'.field[data-name="{name}"]')


def boxes(browser) -> list[list[float]]:
    """The boxes on the page: page, x0, top, x1, bottom as drawn, rounded to whole points."""
    script = """return [...document.querySelectorAll('rect.box')].map(box => [box.closest('.sheet').dataset.page,
        ...['x', 'y', 'width', 'height'].map(name => box.getAttribute(name))].map(Number))"""
    found = browser.execute_script(script)
    return [[page, round(x + 2), round(y + 1.5), round(x + w - 2), round(y + h - 1.5)] for page, x, y, w, h in found]


def in_view(browser, element) -> bool:
    script = """const box = arguments[0].getBoundingClientRect();
        const frame = arguments[0].closest('.sheets, .read, .list').getBoundingClientRect();
        return box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1;"""
    return browser.execute_script(script, element)


def toml_of(tmp_path: Path, name: str = "corrections.toml") -> dict:
    """What was downloaded."""
    return tomllib.loads((tmp_path / name).read_text("utf-8"))


def download(browser, tmp_path: Path, name: str = "corrections.toml") -> dict:
    one(browser, "#open-corrections").click()
    one(browser, "#download").click()
    WebDriverWait(browser, 10).until(lambda _: (tmp_path / name).exists())
    press(browser, Keys.ESCAPE)
    return toml_of(tmp_path, name)


def signed(browser, author: str = "R. Okafor", day: str = "2024-11-25") -> None:
    """Say who corrects, and when."""
    name = one(browser, "#who [name=author]")
    name.clear()
    name.send_keys(author)
    browser.execute_script("arguments[0].value = arguments[1]", one(browser, "#who [name=date]"), day)
    one(browser, "#who button[value=yes]").click()


@pytest.mark.parametrize("name", PAGES)
def test_the_page_opens_from_disk_and_asks_for_nothing_else(browser, opened: Open, name: str) -> None:
    path = opened(name)
    browser.get(path.as_uri())
    assert [address for address in chromium.asked_for(browser) if not address.startswith("data:")] == [path.as_uri()]
    assert browser.get_log("browser") == []


def test_a_click_on_a_value_shows_its_boxes_on_both_pages(browser, opened: Open) -> None:
    opened("pdf")
    field(browser, "1.6 Action").find_element(By.CSS_SELECTOR, ".show").click()
    (record,) = [dict(action.cells)["action"] for action in sample(PDF).actions if action.id == "1.6"]
    assert boxes(browser) == [[one.page, *map(round, one.box)] for one in record.origins]
    assert [page for page, *_ in boxes(browser)] == [2, 3]
    assert in_view(browser, one(browser, "rect.box.here"))
    assert said(browser) == "1.6 Action: page 2, place 1 of 2"
    assert texts(browser, ".selected .name") == ["1.6 Action"]
    one(browser, ".selected [data-place='1']").click()
    assert said(browser) == "1.6 Action: page 3, place 2 of 2"
    assert in_view(browser, one(browser, "rect.box.here"))
    press(browser, "]")
    assert said(browser) == "1.6 Action: page 2, place 1 of 2"
    press(browser, Keys.ESCAPE)
    assert (boxes(browser), one(browser, ".selected").is_displayed()) == ([], False)


def test_a_value_anywhere_on_its_row_can_be_clicked(browser, opened: Open) -> None:
    opened("pdf")
    field(browser, "1.1 End date").find_element(By.CSS_SELECTOR, ".entry").click()
    assert said(browser) == "1.1 End date: page 2"


def test_a_click_on_the_page_shows_the_value(browser, opened: Open) -> None:
    opened("pdf")
    spot = field(browser, "2.3 Lead").get_attribute("data-spot")
    rect = one(browser, f"rect[data-number='{spot}']")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", rect)
    ActionChains(browser).move_to_element(rect).click().perform()
    assert texts(browser, ".picked > .show") == ["Lead"]
    assert in_view(browser, field(browser, "2.3 Lead"))
    assert said(browser).startswith("2.3 Lead: page ")


def test_a_click_on_a_line_of_a_dump_shows_its_values_one_after_the_other(browser, opened: Open) -> None:
    opened("dump")
    field(browser, "1.3 Measure").find_element(By.CSS_SELECTOR, ".show").click()
    assert texts(browser, ".piece.box") == [
        "Reference group in place with at least 14 members Feedback from members of the group Changes made because of "
        "the group,",
        "listed each quarter",
    ]
    assert said(browser) == "1.3 Measure: line 40, cell 7, place 1 of 2"
    piece = one(browser, "[data-at='line-40-5']")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", piece)
    piece.click()
    assert said(browser) == "1.3 Lead: line 40, cell 5"


def test_a_word_table_is_laid_out_as_read(browser, opened: Open) -> None:
    opened("word")
    row = one(browser, "[data-at='cell-1-4-1']").find_element(By.XPATH, "./ancestor::tr")
    cells = [" ".join(cell.text.split()) for cell in row.find_elements(By.TAG_NAME, "td")]
    assert (len(cells), cells[0], cells[4]) == (9, "1.3", "HM")
    one(browser, "[data-at='cell-1-4-5']").click()
    assert said(browser) == "1.3 Lead: table 1, row 4, cell 5"


def test_findings_are_stepped_through_by_keys(browser, opened: Open) -> None:
    opened("pdf")
    press(browser, "n", "n")
    assert said(browser).startswith("Finding 2 of 9. ! Warning 2.10 Ref")
    press(browser, "j")
    assert said(browser).startswith("Finding 3 of 9. ! Warning 1.10 End date The end '30 Sept 24' comes before")
    assert said(browser).endswith("1.10 End date: page 3")
    assert [page for page, *_ in boxes(browser)] == [3]
    focus = browser.switch_to.active_element
    assert (focus.get_attribute("class"), in_view(browser, focus)) == ("doubt warning", True)
    assert texts(browser, ".finding.current .at") == ["1.10 End date"]
    press(browser, "p", "k", "k")
    assert said(browser) == "That was the first finding"
    browser.find_elements(By.CSS_SELECTOR, ".finding .go")[-1].click()
    press(browser, "n")
    assert said(browser) == "That was the last finding"


def test_findings_are_filtered_and_counted(browser, opened: Open) -> None:
    opened("dump")
    assert texts(browser, ".findings .shown") == ["54 of 54 shown: 34 warnings, 20 info"]
    severity = Select(one(browser, "[name=severity]"))
    assert [option.text for option in severity.options] == ["All (54)", "Warning (34)", "Info (20)"]
    severity.select_by_visible_text("Warning (34)")
    about = Select(one(browser, "[name=about]"))
    assert [option.text for option in about.options] == ["Both (34)", "Our reading (31)", "The document (3)"]
    about.select_by_visible_text("The document (3)")
    assert texts(browser, ".findings .shown") == ["3 of 54 shown: 3 warnings"]
    assert texts(browser, ".finding .at") == ["2.8 Ref", "2.10 Ref", "1.10 End date"]
    severity = Select(one(browser, "[name=severity]"))
    assert [option.text for option in severity.options] == ["All (3)", "Warning (3)", "Info (0)"]
    press(browser, "n")
    assert said(browser).startswith("3 of 54 shown")  # a key in a list of choices is the list's own
    browser.execute_script("document.activeElement.blur()")
    press(browser, "n", "n", "n", "n")
    assert said(browser) == "That was the last finding"


def test_a_search_goes_over_every_text(browser, opened: Open) -> None:
    opened("pdf")
    press(browser, "/")
    press(browser, *"Teal Bridge")
    WebDriverWait(browser, 5).until(lambda _: texts(browser, ".hits") == ["1 hit"])
    press(browser, Keys.ENTER)
    assert texts(browser, ".hits") == ["1 of 1"]
    assert said(browser) == "Hit 1 of 1. 1.3 Progress: page 2"
    press(browser, Keys.ESCAPE)
    press(browser, *"Anything more than four weeks", Keys.ENTER)  # a paragraph outside the tables
    assert said(browser).startswith("Hit 1 of 1. Paragraphs: The Recovery Board oversees")
    assert texts(browser, "#kind-paragraphs .picked .body") != []
    press(browser, Keys.ESCAPE)
    assert (one(browser, "#query").get_attribute("value"), texts(browser, ".hits")) == ("", [])


def test_the_ledger_can_be_switched_on_over_the_page(browser, opened: Open) -> None:
    opened("pdf")

    def stroke(kind: str) -> str:
        return browser.execute_script(
            "return getComputedStyle(document.querySelector('rect.' + arguments[0])).stroke", kind
        )

    assert (stroke("placed"), stroke("furniture")) == ("none", "none")
    assert texts(browser, ".overlays label") == ["Placed 14,365", "Furniture 724", "Unplaced 0"]
    press(browser, "1", "2")
    assert (stroke("placed"), stroke("furniture")) == ("rgb(24, 121, 74)", "rgb(107, 79, 179)")
    assert one(browser, "[name=placed]").is_selected()
    one(browser, "[name=placed]").click()
    assert stroke("placed") == "none"


def test_the_page_can_be_made_larger(browser, opened: Open) -> None:
    opened("pdf")
    width = one(browser, ".sheet").rect["width"]
    press(browser, "+", "+")
    assert one(browser, ".sheet").rect["width"] == pytest.approx(width * 1.5, rel=0.03)
    press(browser, "0")
    assert one(browser, ".sheet").rect["width"] == pytest.approx(width, rel=0.03)


def test_the_line_beside_the_page_is_moved_by_keys_and_by_the_pointer(browser, opened: Open) -> None:
    opened("pdf")
    divider = one(browser, ".divider")
    width = one(browser, "#page").rect["width"]
    divider.send_keys(Keys.ARROW_LEFT)
    assert (divider.get_attribute("aria-valuenow"), one(browser, "#page").rect["width"]) == ("50", width * 50 / 55)
    ActionChains(browser).drag_and_drop_by_offset(divider, -600, 0).perform()
    assert divider.get_attribute("aria-valuenow") == "25"
    opened("pdf", keep=True)
    assert one(browser, ".divider").get_attribute("aria-valuenow") == "25"


def test_single_keys_can_be_switched_off(browser, opened: Open) -> None:
    opened("pdf")
    press(browser, "?")
    assert one(browser, "#keys").is_displayed()
    one(browser, "#single-keys").click()
    press(browser, Keys.ESCAPE, "n")
    assert texts(browser, ".finding.current") == []


def test_repairs_are_shown_before_and_after(browser, opened: Open) -> None:
    opened("dump")
    repairs = field(browser, "1.3 Resources").find_element(By.CSS_SELECTOR, ".repairs")
    assert [part.get_attribute("textContent") for part in repairs.find_elements(By.CSS_SELECTOR, "del, ins")] == [
        "before: ␣"
    ]
    words = " ".join(repairs.get_attribute("textContent").split())
    assert words == (
        "1 repair £9,50before: ␣0 broken_amounts A sum of money that a narrow cell broke inside its thousands is whole "
        "again: £118,00 0 is £118,000. As printed £9,50 0"
    )


def test_a_value_is_corrected_and_downloaded(browser, opened: Open, tmp_path: Path) -> None:
    opened("pdf")
    end = field(browser, "1.10 End date")
    end.find_element(By.CSS_SELECTOR, ".correct").click()
    area = end.find_element(By.TAG_NAME, "textarea")
    assert (area.get_attribute("value"), browser.switch_to.active_element) == ("30 Sept 24", area)
    end.find_element(By.CSS_SELECTOR, "[type=submit]").click()
    assert texts(browser, ".correction .error") == [
        "Nothing is changed. Where the value is right, press Right as read."
    ]
    area.clear()
    area.send_keys('30 Sept 25 "or" \\ later\nש')
    end.find_element(By.NAME, "note").send_keys("Rang the service.")
    end.find_element(By.CSS_SELECTOR, "[type=submit]").click()
    signed(browser)
    assert texts(browser, ".corrected") == [
        'Corrected: 30 Sept 25 "or" \\ later ש R. Okafor, 2024-11-25: Rang the service. Undo'
    ]
    assert texts(browser, ".finding.settled .at") == ["1.10 End date"]
    assert "1 settled here" in texts(browser, ".findings .shown")[0]
    assert one(browser, "#open-corrections").accessible_name == "Corrections: 1, not downloaded yet"
    found = download(browser, tmp_path)
    action = json.loads(one(browser, "#data").get_attribute("textContent"))["actions"]
    (row,) = [each for each in action if each["id"] == "1.10"]
    assert found == {
        "plan": {"title": "Adult Social Care Recovery Plan – Post CQC Assessment", "source": PDF},
        "value": [
            {
                "field": "end",
                "ref": "1.10",
                "printed_sha256": row["cells"]["end"][0],
                "action_sha256": row["says"],
                "text": '30 Sept 25 "or" \\ later\nש',
                "author": "R. Okafor",
                "date": date(2024, 11, 25),
                "note": "Rang the service.",
            }
        ],
    }
    assert one(browser, "#open-corrections").accessible_name == "Corrections: 1"


def test_a_lead_is_corrected_and_a_value_accepted_by_keys(browser, opened: Open, tmp_path: Path) -> None:
    opened("pdf")
    press(browser, *"nnn", "a")
    signed(browser, "A. Reader")
    press(browser, "n", "e")
    choice = Select(browser.switch_to.active_element)
    assert choice.options[0].text == "As read: nobody in the list"
    choice.select_by_visible_text("Paul Lockyer, Head of Technology and Estates")
    field(browser, "3.9 Lead").find_element(By.CSS_SELECTOR, "[type=submit]").click()  # nobody is asked again
    assert texts(browser, ".finding.settled .at") == ["1.10 End date", "3.9 Lead"]
    Select(one(browser, "[name=settled]")).select_by_visible_text("Open only (7)")
    assert len(texts(browser, ".finding .at")) == 7
    found = download(browser, tmp_path)
    assert [(entry["field"], entry["accept"], entry["author"]) for entry in found["value"]] == [
        ("end", True, "A. Reader")
    ]
    assert [(entry["ref"], entry["lead"], entry["person"]) for entry in found["lead"]] == [
        ("3.9", "PL", "paul-lockyer")
    ]


def test_a_row_is_split_where_its_words_say(browser, opened: Open, tmp_path: Path) -> None:
    opened("pdf")
    card = field(browser, "1.3 Ref").find_element(By.XPATH, "./ancestor::article")
    card.find_element(By.CSS_SELECTOR, ".row").click()
    card.find_element(By.CSS_SELECTOR, "[value=split]").click()
    parts = {
        label.text.partition(":")[0]: label.find_element(By.TAG_NAME, "input")
        for label in card.find_elements(By.CSS_SELECTOR, ".second label")
    }
    keep = card.find_element(By.CSS_SELECTOR, "[type=submit]")
    parts["1.3 Measure"].send_keys("no such words")
    keep.click()
    assert texts(browser, ".correction .error") == ["1.3 Measure does not print these words."]
    parts["1.3 Measure"].clear()
    parts["1.3 Measure"].send_keys("Changes made  because")
    keep.click()
    signed(browser)
    assert texts(browser, ".corrected") == [
        "Corrected: Two rows: the second begins with “Changes made because” R. Okafor, 2024-11-25 Undo"
    ]
    (entry,) = download(browser, tmp_path)["row"]
    assert (entry["ref"], entry["split"]) == ("1.3", {"measure": "Changes made because"})
    one(browser, ".corrected .undo").click()
    assert texts(browser, ".corrected") == []


def test_corrections_on_file_are_shown_and_kept(browser, opened: Open, tmp_path: Path) -> None:
    opened("filed")
    assert texts(browser, ".corrected") == ["Corrected: Nov 24 A. Before, 2024-11-01 Undo"]
    one(browser, "#open-corrections").click()
    assert texts(browser, "#corrections .entries li") == [
        "1.1 End date: Nov 24 Remove",
        "9.9 End date: Right as it was read (of another plan, or it has lapsed; kept in the file) Remove",
    ]
    assert texts(browser, "#corrections .state") == ["2 corrections. As on file."]
    press(browser, Keys.ESCAPE)
    field(browser, "1.1 Lead").click()
    press(browser, "a")
    signed(browser)
    found = download(browser, tmp_path)
    day = date(2024, 11, 1)
    assert found["plan"] == FILED.data["plan"]
    assert (found["reviewer"], found["columns"]) == (FILED.data["reviewer"], FILED.data["columns"])
    assert found["value"][:2] == [{**entry, "date": day} for entry in FILED.data["value"]]
    assert (len(found["value"]), found["value"][2]["field"]) == (3, "lead")


def test_what_is_decided_on_the_page_is_read_by_the_next_extract(
    browser, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole round: extract, review, decide and download, extract again, review again."""
    monkeypatch.chdir(tmp_path)
    chromium.sized(browser, 1440)
    Path("in").mkdir()
    shutil.copy(SAMPLES / DUMP, "in")
    folder = tmp_path / "out" / DUMP

    def once_more() -> Plan:
        assert main(["extract", "in", "--quiet"]) == 0
        assert main(["review", "out", "--quiet"]) == 0
        browser.get((folder / "review.html").as_uri())
        return load(folder)

    before = once_more()
    browser.execute_script("localStorage.clear()")
    browser.get((folder / "review.html").as_uri())
    lead = field(browser, "3.9 Lead")
    lead.find_element(By.CSS_SELECTOR, ".correct").click()
    Select(lead.find_element(By.TAG_NAME, "select")).select_by_visible_text(
        "Priya Lakhani, Head of Commissioning and Market Development"
    )
    lead.find_element(By.CSS_SELECTOR, "[type=submit]").click()
    signed(browser)
    field(browser, "1.10 End date").click()
    press(browser, "a")
    progress = field(browser, "2.5 Progress")
    progress.find_element(By.CSS_SELECTOR, ".correct").click()
    area = progress.find_element(By.TAG_NAME, "textarea")
    area.clear()
    area.send_keys("Rota agreed with staff and unions")
    progress.find_element(By.CSS_SELECTOR, "[type=submit]").click()
    card = field(browser, "2.6 Ref").find_element(By.XPATH, "./ancestor::article")
    card.find_element(By.CSS_SELECTOR, ".row").click()
    card.find_element(By.CSS_SELECTOR, "[value=accept]").click()
    card.find_element(By.CSS_SELECTOR, "[type=submit]").click()
    download(browser, tmp_path)
    shutil.move("corrections.toml", "in")

    after = once_more()
    capsys.readouterr()
    assert main(["check", "out", "--source", f"in/{DUMP}"]) == 0

    def doubts(plan: Plan, ident: str, name: str) -> set[str]:
        told = (one for one in plan.findings if (one.action, one.field) == (ident, name))
        return {one.code for one in told if one.severity == "warning"}

    assert (doubts(before, "3.9", "leads"), doubts(after, "3.9", "leads")) == ({"ambiguous-lead"}, set())
    assert (doubts(before, "1.10", "end"), doubts(after, "1.10", "end")) == ({"end-before-start"}, set())
    assert (doubts(before, "2.5", "progress"), doubts(after, "2.5", "progress")) == (
        {"row-parted", "tail-suspected"},
        set(),
    )
    actions = {action.id: action for action in after.actions}
    assert [(one.person, one.basis) for one in actions["3.9"].leads] == [("priya-lakhani", "correction")]
    assert actions["2.5"].progress == "Rota agreed with staff and unions"
    assert [one for one in after.findings if one.code == "correction-lapsed"] == []
    assert one(browser, "#open-corrections").accessible_name == "Corrections: 4"  # as on file: nothing to download
    assert not warned_of_leaving(browser)
    assert "by correction" in field(browser, "3.9 Lead").text
    repairs = field(browser, "2.5 Progress").find_element(By.CSS_SELECTOR, ".repairs").get_attribute("textContent")
    assert "A reviewer's correction. By R. Okafor, 2024-11-25" in " ".join(repairs.split())


def test_what_is_not_downloaded_is_kept_in_the_browser_and_warned_of(browser, opened: Open, tmp_path: Path) -> None:
    opened("pdf")
    assert not warned_of_leaving(browser)
    field(browser, "1.1 Lead").click()
    press(browser, "a")
    signed(browser)
    assert warned_of_leaving(browser)
    opened("pdf", keep=True)
    assert texts(browser, ".corrected") == ["Accepted: Right as it was read R. Okafor, 2024-11-25 Undo"]
    assert one(browser, "#open-corrections").accessible_name == "Corrections: 1, not downloaded yet"
    download(browser, tmp_path)
    assert not warned_of_leaving(browser)
    opened("pdf", keep=True)
    assert one(browser, "#open-corrections").accessible_name == "Corrections: 1"


def test_what_a_document_says_never_runs(browser, opened: Open) -> None:
    opened("evil")
    assert browser.execute_script("return typeof window.pwned") == "undefined"
    assert [image.get_attribute("class") for image in browser.find_elements(By.TAG_NAME, "img")] == [""]
    assert browser.find_elements(By.CSS_SELECTOR, "body > script").__len__() == 2
    shown = [entry.text for entry in browser.find_elements(By.CSS_SELECTOR, ".field[data-key=action] .entry")]
    assert shown[0] == HOSTILE_TEXTS[0]
    assert shown[1] == HOSTILE_TEXTS[1].replace("\u202e", "\\u202e").replace("\u200f", "\\u200f")
    assert shown[4] == HOSTILE_TEXTS[4]
    assert len(shown[5]) == len(HOSTILE_TEXTS[5].strip())
    press(browser, "n", "e")
    assert browser.get_log("browser") == []


def test_a_hostile_text_is_corrected_and_written_as_toml(browser, opened: Open, tmp_path: Path) -> None:
    opened("evil")
    press(browser, "n", "e")
    area = browser.switch_to.active_element
    text = HOSTILE_TEXTS[4] + "\u202e \"\"\" ''' \\u0041 #"
    browser.execute_script("arguments[0].value = arguments[1]", area, text)
    area.find_element(By.XPATH, "./ancestor::form").find_element(By.CSS_SELECTOR, "[type=submit]").click()
    signed(browser, 'R. "O\\K"')
    assert texts(browser, ".corrected ins") == [text.replace("\u202e", "\\u{202E}")]
    found = download(browser, tmp_path)
    assert (found["value"][0]["text"], found["value"][0]["author"]) == (text, 'R. "O\\K"')
    assert "\u202e" not in (tmp_path / "corrections.toml").read_text("utf-8")
    assert browser.get_log("browser") == []


def test_markup_that_slipped_through_would_still_do_nothing(browser, opened: Open) -> None:
    path = opened("word")
    inline = "<script>window.pwned = 1</script><img src=x onerror='window.pwned = 1'><p style='color: red'>x</p>"
    path.write_text(path.read_text("utf-8").replace("</main>", inline + "</main>"), "utf-8")
    browser.get(path.as_uri())
    assert browser.execute_script("return typeof window.pwned") == "undefined"
    press(browser, "n")
    assert said(browser).startswith("Finding 1 of 9")


def test_a_plan_of_300_actions_has_them_all_and_renders_few(browser, opened: Open) -> None:
    opened("long")
    assert len(browser.find_elements(By.CSS_SELECTOR, "article.action")) == 300
    assert len(browser.find_elements(By.CSS_SELECTOR, ".sheet")) == 30
    script = """return [...document.querySelectorAll('.action > .field')]
        .filter(row => row.checkVisibility({contentVisibilityAuto: true})).length"""
    assert browser.execute_script(script) < 200
    last = field(browser, "29.10 Action")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", last)
    last.find_element(By.CSS_SELECTOR, ".show").click()
    assert said(browser) == "29.10 Action: page 29, place 1 of 2"
    assert in_view(browser, one(browser, "rect.box.here"))
    press(browser, "]")
    assert in_view(browser, one(browser, "rect.box.here"))


@pytest.mark.parametrize("name", ["pdf", "dump", "word", "evil"])
@pytest.mark.parametrize("width", [1440, 720, 360], ids=["desktop", "zoom 200 %", "zoom 400 %"])
def test_nothing_sticks_out_at_the_side(browser, opened: Open, name: str, width: int) -> None:
    opened(name, width)
    for view in ("findings", "actions", "page"):
        if width < 960:
            one(browser, f".views [data-view={view}]").click()
        widest = browser.execute_script("return [document.documentElement.scrollWidth, document.body.scrollWidth]")
        assert [at_most <= width for at_most in widest] == [True, True]
        script = "return [...document.querySelectorAll('.list, .read')].map(e => e.scrollWidth - e.clientWidth)"
        assert browser.execute_script(script) == [0, 0]


def test_in_a_narrow_window_one_thing_is_looked_at_at_a_time(browser, opened: Open) -> None:
    opened("pdf", 720)
    assert [one(browser, f"#{name}").is_displayed() for name in ("findings", "actions", "page")] == [True, False, False]
    press(browser, *"nnn")
    assert [one(browser, f"#{name}").is_displayed() for name in ("findings", "actions", "page")] == [False, True, False]
    field(browser, "1.10 Lead").find_element(By.CSS_SELECTOR, ".show").click()
    assert [one(browser, f"#{name}").is_displayed() for name in ("findings", "actions", "page")] == [False, False, True]
    one(browser, ".selected .back").click()
    assert browser.switch_to.active_element == field(browser, "1.10 Lead").find_element(By.CSS_SELECTOR, ".show")


@pytest.mark.parametrize("name", ["pdf", "dump", "evil"])
def test_every_control_and_picture_has_a_name(browser, opened: Open, name: str) -> None:
    opened(name)
    press(browser, "n", "e")
    tree = [node for node in browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"] if not node["ignored"]]
    named = {node["nodeId"]: (node["role"]["value"], node.get("name", {}).get("value", "")) for node in tree}
    must = {"button", "link", "combobox", "searchbox", "textbox", "checkbox", "image", "region", "article"}
    assert [role for role, name in named.values() if role in must and not name.strip()] == []
    there = {role for role, _ in named.values()}
    assert {"main", "banner", "search", "status", "article", "heading", "region", "navigation"} - there == set()


def test_without_scripts_everything_is_there_but_the_controls(browser, opened: Open) -> None:
    path = opened("pdf")
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get(path.as_uri())
    tree = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    roles = [node["role"]["value"] for node in tree if not node["ignored"]]
    assert (roles.count("article"), roles.count("combobox"), roles.count("image")) == (37, 0, 9)


def test_the_page_can_be_printed(browser, opened: Open) -> None:
    opened("pdf")
    text = chromium.printed_text(browser)
    there = ("PL fits Priya Lakhani", "1.10", "30 September 2024", "4.5", "Furniture", "Page 1 as printed"[:6])
    assert [words for words in there if words not in text] == []
    assert [words for words in ("Search everything", "Correct ", "Keys", "Download") if words in text] == []


@pytest.mark.parametrize("theme, behind", [("light", "rgb(255, 255, 255)"), ("dark", "rgb(20, 23, 27)")])
def test_the_page_follows_the_theme_of_its_reader(browser, opened: Open, theme: str, behind: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": theme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    opened("dump")
    assert browser.execute_script("return getComputedStyle(document.body).backgroundColor") == behind


def test_pictures_open_over_the_page(browser, opened: Open) -> None:
    """Each is loaded, as an image that can run nothing; the table behind it has the texts as text."""
    opened("pictures")
    assert not one(browser, "#pictures").is_displayed()
    one(browser, "#open-pictures").click()
    images = browser.find_elements(By.CSS_SELECTOR, "#pictures img")
    sizes = [(image.get_property("naturalWidth"), image.get_property("naturalHeight")) for image in images]
    assert [width for width, _ in sizes] == [1200, 1200, 1200]
    assert min(height for _, height in sizes) > 150
    assert images[0].get_attribute("alt").startswith("Status by section of Improvement plan: version 3, 300 actions")
    table = browser.find_elements(By.CSS_SELECTOR, "#pictures figure")[2].find_element(By.TAG_NAME, "details")
    table.find_element(By.TAG_NAME, "summary").click()
    rows = table.find_elements(By.CSS_SELECTOR, "tbody tr")
    assert (len(rows), MARKUP in rows[1].text) == (300, True)
    press(browser, Keys.ESCAPE)
    assert not one(browser, "#pictures").is_displayed()
    assert browser.get_log("browser") == []
