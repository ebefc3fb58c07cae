"""The pages of a Diff and of a history in a real browser: opened from disk, filtered, driven by keys, printed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import chromium
import pytest
from chromium import printed_text as printed
from diff_builder import a_diff
from test_diff_page import EVIL, hostile_diff
from test_history import PLANS, hostile

from compare.history import history
from export.diff import as_page as diff_page
from export.history import as_page as history_page

chromium.skip_without_chromium()
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import Select, WebDriverWait  # noqa: E402

PAGES = {
    "diff": lambda: diff_page.render(a_diff()),
    "hostile diff": lambda: diff_page.render(hostile_diff()),
    "history": lambda: history_page.render(history(PLANS)),
    "hostile history": lambda: history_page.render(hostile()),
}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    yield from chromium.running(tmp_path_factory.mktemp("browser"))


Open = Callable[..., Path]


@pytest.fixture
def opened(browser, tmp_path: Path) -> Iterator[Open]:
    """Opens one of PAGES from the disk, in a window of a width in CSS pixels."""

    def open_page(name: str, width: int = 1280, fragment: str = "") -> Path:
        path = tmp_path / "page.html"
        path.write_text(PAGES[name](), "utf-8", newline="")
        chromium.sized(browser, width)
        browser.get("about:blank")
        for log in ("browser", "performance"):
            browser.get_log(log)
        browser.get(path.as_uri() + fragment)
        return path

    yield open_page
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def shown(browser) -> list[str]:
    """The ids of the rows that are to be seen."""
    return [
        card.get_attribute("id") for card in browser.find_elements(By.CSS_SELECTOR, "article") if card.is_displayed()
    ]


def choose(browser, name: str, words: str) -> None:
    Select(browser.find_element(By.NAME, name)).select_by_visible_text(words)


def said(browser) -> str:
    return browser.find_element(By.CSS_SELECTOR, "[role=status]").text


def focused(browser) -> tuple[str, str]:
    """What has the focus: its tag, and its id, name or address."""
    element = browser.switch_to.active_element
    names = (element.get_attribute(name) for name in ("id", "name", "href"))
    return element.tag_name, next((name for name in names if name), "").split("/")[-1]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_from_disk_and_asks_for_nothing_else(browser, opened: Open, name: str) -> None:
    path = opened(name)
    assert chromium.asked_for(browser) == [path.as_uri()]
    assert browser.get_log("browser") == []


@pytest.mark.parametrize("name", ["hostile diff", "hostile history"])
def test_what_a_document_says_never_runs(browser, opened: Open, name: str) -> None:
    opened(name)
    assert browser.execute_script("return typeof window.pwned") == "undefined"
    assert browser.find_elements(By.TAG_NAME, "img") == []
    assert EVIL.split("\u202e")[0] in browser.find_element(By.TAG_NAME, "h1").text


def test_markup_that_slipped_through_would_still_do_nothing(browser, opened: Open) -> None:
    """The page's policy holds even for what is put into it after it was made."""
    path = opened("diff")
    inline = "<script>window.pwned = 1</script><img src=x onerror='window.pwned = 1'><p style='color: red' id=p>x</p>"
    path.write_text(path.read_text("utf-8").replace("</main>", inline + "</main>"), "utf-8")
    browser.get(path.as_uri())
    assert browser.execute_script("return typeof window.pwned") == "undefined"
    assert len(shown(browser)) == 8


def rows(*numbers: int) -> list[str]:
    return [f"row-{number}" for number in numbers]


@pytest.mark.parametrize(
    "choices, left, words",
    [
        ({}, (1, 2, 3, 4, 5, 6, 7), "7 of 7 rows shown"),
        ({"kind": "Slipped"}, (1,), "1 of 7 rows shown: Slipped"),
        ({"kind": "Changed"}, (1, 2, 5, 7), "4 of 7 rows shown: Changed"),
        ({"kind": "Uncertain"}, (6, 7), "2 of 7 rows shown: Uncertain"),
        ({"section": "2 Homes"}, (3, 5), "2 of 7 rows shown: 2 Homes"),
        ({"lead": "Jo Kell"}, (3, 5), "2 of 7 rows shown: Jo Kell"),
        ({"section": "2 Homes", "kind": "Added"}, (3,), "1 of 7 rows shown: Added, 2 Homes"),
        ({"lead": "Jo Kell", "kind": "Removed"}, (), "0 of 7 rows shown: Removed, Jo Kell"),
    ],
)
def test_filters(browser, opened: Open, choices: dict[str, str], left: tuple[int, ...], words: str) -> None:
    opened("diff")
    for name, choice in choices.items():
        choose(browser, name, choice)
    assert shown(browser) == rows(*left, 8)  # what the tool reads otherwise has no part in it
    assert said(browser) == words
    assert browser.find_element(By.CSS_SELECTOR, ".none").is_displayed() == (not left)


def test_show_all_shows_all_again(browser, opened: Open) -> None:
    opened("diff")
    choose(browser, "kind", "Added")
    browser.find_element(By.CSS_SELECTOR, "button[type=reset]").click()
    WebDriverWait(browser, 5).until(lambda _: said(browser) == "7 of 7 rows shown")
    assert shown(browser) == rows(*range(1, 9))


def test_a_number_of_the_summary_shows_its_rows(browser, opened: Open) -> None:
    opened("diff")
    browser.find_element(By.PARTIAL_LINK_TEXT, "Completed").click()
    assert (shown(browser), said(browser)) == (rows(2, 8), "1 of 7 rows shown: Completed")
    assert focused(browser) == ("select", "kind")


def test_a_link_to_a_row_shows_it_though_a_filter_hid_it(browser, opened: Open) -> None:
    opened("diff")
    choose(browser, "kind", "Added")
    browser.find_element(By.CSS_SELECTOR, ".chart a[href='#row-1']").click()
    WebDriverWait(browser, 5).until(lambda _: focused(browser) == ("article", "row-1"))
    assert shown(browser) == rows(*range(1, 9))


def test_a_page_opened_at_a_row_begins_there(browser, opened: Open) -> None:
    opened("diff", fragment="#row-5")
    assert focused(browser) == ("article", "row-5")
    top = browser.execute_script("return document.getElementById('row-5').getBoundingClientRect().top")
    assert 0 <= top < 60


def test_the_keyboard_reaches_everything_in_order(browser, opened: Open) -> None:
    opened("diff")
    order = []
    for _ in range(26):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        order.append(focused(browser))
    counts = ["page.html#changes"] * 10 + ["page.html#tool"]
    chart = ["page.html#row-1", "page.html#row-2"]
    lists = [f"page.html#row-{number}" for number in (2, 5, 3, 4, 5)]
    links = ["page.html#main", *counts, *chart, *lists]
    controls = [("select", "kind"), ("select", "section"), ("select", "lead"), ("button", "")]
    assert order[: len(links) + 4] == [*(("a", link) for link in links), *controls]


def test_the_first_key_offers_to_skip_to_the_changes(browser, opened: Open) -> None:
    opened("diff")
    browser.switch_to.active_element.send_keys(Keys.TAB)
    skip = browser.switch_to.active_element
    assert (skip.text, skip.is_displayed(), skip.rect["x"] >= 0) == ("Skip to the changes", True, True)
    skip.send_keys(Keys.ENTER)
    assert focused(browser) == ("main", "main")


def test_filters_work_by_keys_alone(browser, opened: Open) -> None:
    opened("diff")
    browser.find_element(By.NAME, "section").send_keys("2")
    assert (shown(browser), said(browser)) == (rows(3, 5, 8), "2 of 7 rows shown: 2 Homes")


@pytest.mark.parametrize("name", PAGES)
def test_every_control_and_picture_has_a_name(browser, opened: Open, name: str) -> None:
    opened(name)
    named = browser.find_elements(
        By.CSS_SELECTOR, "a, select, button, [role=img], [role=region], table, section[aria-labelledby]"
    )
    assert named
    assert [one.get_attribute("outerHTML")[:80] for one in named if not one.accessible_name.strip()] == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [1280, 640, 320], ids=["desktop", "zoom 200 %", "zoom 400 %"])
def test_nothing_sticks_out_at_the_side(browser, opened: Open, name: str, width: int) -> None:
    opened(name, width)
    widest = browser.execute_script("return [document.documentElement.scrollWidth, document.body.scrollWidth]")
    assert [at_most <= width for at_most in widest] == [True, True]


@pytest.mark.parametrize("name, cards", [("diff", 8), ("history", 4)])
def test_without_scripts_everything_is_there_but_the_filters(browser, opened: Open, name: str, cards: int) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    path = opened(name)
    assert path.exists()
    tree = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    roles = [node["role"]["value"] for node in tree if not node["ignored"]]
    assert (roles.count("article"), roles.count("combobox")) == (cards, 0)


@pytest.mark.parametrize(
    "name, there, absent",
    [
        (
            "diff",
            (
                "What changed",
                "Slipped",
                "Visit every home",
                "Write the <newsletter>",
                "What only the tool reads otherwise",
            ),
            ("Show only", "Skip to", "rows shown"),
        ),
        (
            "history",
            ("Version by version", "Timeline", "Every action", "Visit every home", "The action is not there any more."),
            ("Show only", "Skip to", "actions shown"),
        ),
    ],
)
def test_a_page_can_be_printed(
    browser, opened: Open, name: str, there: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    opened(name)
    text = printed(browser)
    assert [words for words in there if words not in text] == []
    assert [words for words in absent if words in text] == []


def test_a_filtered_page_is_printed_as_filtered_and_says_so(browser, opened: Open) -> None:
    opened("diff")
    choose(browser, "kind", "Slipped")
    text = printed(browser)
    assert "1 of 7 rows shown: Slipped" in text
    assert text.count("matched by ref and text") == 2  # the row that slipped, and the one read otherwise


@pytest.mark.parametrize("theme, behind", [("light", "rgb(255, 255, 255)"), ("dark", "rgb(20, 23, 27)")])
def test_the_page_follows_the_theme_of_its_reader(browser, opened: Open, theme: str, behind: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": theme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    opened("diff")
    assert browser.execute_script("return getComputedStyle(document.body).backgroundColor") == behind


@pytest.mark.parametrize(
    "choice, left",
    [
        ("Everything", [1, 2, 3, 4]),
        ("Slipped", [1, 2]),
        ("Completed", [2]),
        ("Gone", [3]),
        ("Added later", [4]),
        ("Reassigned", [2]),
    ],
)
def test_a_history_is_filtered_by_what_became_of_an_action(browser, opened: Open, choice: str, left: list[int]) -> None:
    opened("history")
    choose(browser, "kind", choice)
    assert shown(browser) == [f"action-{number}" for number in left]


def test_the_timeline_draws_what_it_says(browser, opened: Open) -> None:
    opened("history")
    dots = browser.find_elements(By.CSS_SELECTOR, ".lines tr:first-child circle")
    line = browser.find_element(By.CSS_SELECTOR, ".lines tbody tr:first-child svg").rect
    places = [(dot.rect["x"] + dot.rect["width"] / 2 - line["x"]) / line["width"] for dot in dots[:2]]
    # From 14 July 2017 to 30 September 2018 are 443 days; 31 March 2018 is the 260th, 30 September the last.
    assert places == [pytest.approx(260 / 443, abs=0.01), pytest.approx(1, abs=0.01)]
